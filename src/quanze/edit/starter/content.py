"""The first records of a new register: nothing in them is another bureau's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from slugify import slugify

from quanze.base.problem import Fault
from quanze.edit.naming import schema_path
from quanze.edit.starter import package
from quanze.edit.starter.answers import ALL, COLUMN, ENFORCED, ENFORCEMENT, Answers
from quanze.form.words import near
from quanze.io.yaml import write
from quanze.law.instrument import instrument
from quanze.register.catalog import BODIES, ITEMS, LAWS, LISTS
from quanze.register.roles import PROCEDURES
from quanze.register.tree import CATALOG, SITE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_OPENNESS = "政府信息公开条例"
_GENERAL = {
    "": (_OPENNESS, "行政复议法"),
    "行政处罚": ("行政处罚法", "行政强制法", "行政执法机关移送涉嫌犯罪案件的规定"),
    "行政强制": ("行政强制法",),
    "行政许可": ("行政许可法",),
}
"""Instruments that bind every bureau with powers of a type; of the first all that are bureaus."""
_SERVICES = ("公共服务", "其他行政权力")
"""Types of power under which dealing with an application for information can stand."""
_MATTER = re.compile("(?:管理|监督|实施)*(?:法|条例|规定|办法)$")
"""What the short title of an instrument has besides its matter."""
_OF_ONE_BUREAU = ("不列事项",)
"""What the facts of a law do not hold."""


def records(answers: Answers, start: str) -> Iterator[tuple[str, str]]:
    """Yield (path, text) of every record of a new register; `start` is where its history begins."""
    bureau = slugify(answers.bureau)
    laws = {*_named((*_general(answers), *answers.laws))}
    procedures = dict(_procedures(answers))
    known = package.records(LAWS)
    while more := {str(known[one].get("替代文件")) for one in laws} & known.keys() - laws:
        laws |= more
    yield _file(SITE, "", _site(answers, bureau, start))
    yield _file(BODIES, bureau, _body(answers))
    if answers.government:
        yield _file(BODIES, slugify(answers.government), _government(answers))
    for id_ in sorted(laws):
        yield _file(LAWS, id_, {name: value for name, value in known[id_].items() if name not in _OF_ONE_BUREAU})
    for id_, data in procedures.items():
        yield _file(PROCEDURES, id_, data)
    if {*answers.types} != {ENFORCED[0]}:  # what a penalty is for, only the law on it says
        yield _example(answers, bureau)
    for number, name in enumerate(answers.lists, 1):
        yield _list(answers, bureau, name, number)


def _file(collection: str, id_: str, data: Mapping[str, Any]) -> tuple[str, str]:
    path = f"{CATALOG}/{collection}/{id_}.yaml" if id_ else f"{CATALOG}/{collection}.yaml"
    return path, write(data, schema_path(path, collection))


def _general(answers: Answers) -> Iterator[str]:
    """Yield the titles of the instruments that the powers of a bureau need."""
    for type_ in ("", *answers.types):
        yield from _GENERAL.get(type_, ())


def _named(titles: Iterable[str]) -> Iterator[str]:
    """Yield the ids of instruments by full or short title; a Fault for one whose facts the package has not."""
    names = {name: id_ for id_, data in package.records(LAWS).items() for name in instrument(id_, data).names}
    for title in titles:
        plain = title.strip("《》")
        if plain not in names:
            raise Fault(f"没有《{plain}》的资料{near(plain, names, '《》')}；可以先不写，以后用 quanze new laws 新建")
        yield names[plain]


def _site(answers: Answers, bureau: str, start: str) -> Mapping[str, Any]:
    title = f"{answers.bureau}权责清单"
    column = {"栏目": {"名称": ALL, "类别": "政务公开"}} if answers.place == COLUMN else {}
    newest = max(one["核对"]["日期"] for one in package.records(LAWS).values() if "核对" in one)
    return {
        "名称": title,
        "简介": "查一项行政职权是否存在、依据哪一条、怎样办理、向谁申请复议。",
        **({"网址": answers.address} if answers.address else {}),
        "发布方式": answers.place,
        "本机关": bureau,
        "主办单位": f"{answers.bureau}权责清单试编人员",
        **column,
        "历史起点": start,
        "演示": {
            "启用": True,
            "示例机关": answers.bureau,
            "官方渠道": f"{answers.bureau}正式公布的文件",
            "法律核对至": newest,
            "未包括": "尚未录入的依据",
        },
        "公开待复核": answers.place != COLUMN,
        "核对周期": 365,
        "期限": {"申请工作日": 10, "公布工作日": 20},
    }


def _body(answers: Answers) -> Mapping[str, Any]:
    return {
        "名称": answers.bureau,
        "层级": answers.level,
        **({"行政区划": answers.region} if answers.region else {}),
        "类型": "政府部门",
        **({"复议机关": slugify(answers.government)} if answers.government else {}),
    }


def _government(answers: Answers) -> Mapping[str, Any]:
    region = {"行政区划": answers.region} if answers.region else {}
    return {"名称": answers.government, "层级": answers.level, **region, "类型": "人民政府"}


def _procedures(answers: Answers) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the procedures of the bureau's types that rest mostly on law which binds every bureau, and that alone."""
    general = {*_named(_general(answers))}
    known = package.records(LAWS)
    names = {name for id_ in general for name in instrument(id_, known[id_]).names}
    others = (name for id_ in known.keys() - general for name in known[id_].get("简称", ()))
    foreign = re.compile("|".join(re.escape(_MATTER.sub("", name)) for name in sorted(others)))
    for id_, data in package.records(PROCEDURES).items():
        stages = [
            stage for stage in data["环节"] if not stage.get("依据") or any(_rests(one, names) for one in stage["依据"])
        ]
        cited = [one for stage in data["环节"] for one in stage.get("依据", ())]
        if data["职权类型"] not in answers.types or sum(_rests(one, names) for one in cited) * 2 <= len(cited):
            continue
        blame = [one for one in data.get("追责依据", ()) if _rests(one, names)]
        changed = {
            "环节": [_stage(one, names, foreign) for one in stages],
            "追责情形": _clauses(data.get("追责情形", ""), foreign),
            "追责依据": blame,
            "核对": None,  # what was left out, and whether the rest is right for this bureau, nobody has looked at
        }
        whole = {name: changed.get(name, value) for name, value in data.items()}
        yield id_, {name: value for name, value in whole.items() if value}


def _rests(citation: Mapping[str, Any], names: set[str]) -> bool:
    return citation.get("依据文件") in names


def _stage(stage: Mapping[str, Any], names: set[str], foreign: re.Pattern[str]) -> Mapping[str, Any]:
    basis = [one for one in stage.get("依据", ()) if _rests(one, names)]
    words = {name: _clauses(value, foreign) for name, value in stage.items() if name != "依据"}
    return words | ({"依据": basis} if basis else {})


def _clauses(text: str, foreign: re.Pattern[str]) -> str:
    """Return a text without the clauses that speak of what other bureaus' laws are about."""
    clauses = re.split("(?<=[；。])", text)
    kept = [one for one in clauses if not foreign.search(one)]
    return text if kept == clauses else "".join(kept).strip().rstrip("；。") + "。"


def _example(answers: Answers, bureau: str) -> tuple[str, str]:
    """Return an item that every bureau has, as an example; a draft where no type of the bureau's fits it."""
    fitting = [one for one in _SERVICES if one in answers.types]
    type_ = (fitting or [one for one in answers.types if one != ENFORCED[0]])[0]
    id_ = f"{''.join(word[0] for word in slugify(type_).split('-'))}-001"
    return _file(
        ITEMS,
        id_,
        {
            "事项名称": "政府信息公开申请的办理",
            "职权类型": type_,
            "领域": ["政务公开"],
            "关键词": ["信息公开", "依申请公开"],
            "状态": "有效" if fitting else "拟",
            "行使主体": [bureau],
            "法定实施主体": "行政机关",
            "实施对象": "公民、法人或者其他组织",
            "实施依据": [
                {"依据文件": _OPENNESS, "条": 27, "款": 1, "作用": "职权"},
                {"依据文件": _OPENNESS, "条": 33, "款": 2, "作用": "程序"},
            ],
            "办理": {"法定时限": "20个工作日"},
        },
    )


def _list(answers: Answers, bureau: str, name: str, number: int) -> tuple[str, str]:
    head = {"性质": "本机关公布", "公布主体": bureau, "次序": number}
    if name in {ALL, ENFORCEMENT}:
        enforced = [one for one in answers.types if one in ENFORCED]
        condition = {"状态": ["有效", "暂停"], **({"职权类型": enforced} if name == ENFORCEMENT else {})}
        columns = ("序号", "职权类型", "事项名称", "实施依据", "行使主体", "承办机构", "监督电话", "备注")
        data = {
            "名称": f"{answers.bureau}{name}",
            **head,
            "集合": ITEMS,
            "条件": condition,
            "排序": ["职权类型"],
            "列": [{"字段": one} for one in columns],
            "短列": ["序号", "职权类型", "事项名称", "实施依据"],
            "筛选": ["职权类型"],
        }
        return _file(LISTS, slugify(name), data)
    file, form = next((file, form) for file, form in package.forms().items() if form["title"] == name)
    needed = [one for one in form["properties"] if one in form.get("required", ())]
    data = {
        "名称": f"{answers.bureau}{name}清单",
        **head,
        "集合": file.removesuffix(".schema.json"),
        "列": [{"字段": "序号"}, *({"字段": one} for one in needed)],
        "短列": ["序号", *needed],
    }
    return _file(LISTS, slugify(f"{name}清单"), data)
