"""Items of a made-up register, each a pure function of its number: item 17 is the same among 300 and 10,000.

Texts repeat as they do in real lists: a quotation is the same wherever its article is cited, duties and
accountability come from a stock by power type; names, contents, sanctions and remarks are the item's own. Numbers
go up to 36,863: then names would come again.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import register, vocabulary
from benchmarks.register import cite

if TYPE_CHECKING:
    from benchmarks.register import Data
    from benchmarks.vocabulary import Sector
    from quanze.base.model import Value

_PENALTY = "行政处罚"
_TYPES = (*(_PENALTY,) * 14, *("行政检查",) * 3, *(kind for kind in vocabulary.STAGES if kind != _PENALTY))
_DIGITS = (len(vocabulary.SECTORS), 4, 12, len(vocabulary.ACTS))
_STEP = 7919  # prime to the product of the above: neighbours differ in everything
_SUFFIX = {"行政裁决": "争议的行政裁决", "其他行政权力": "备案", "行政许可": "许可"}
_ROUNDS = 3  # an item and those of its type one and two rounds later are a main item and its sub-items
_ENDED_EVERY = 31
_FORCES = ("可以", "应当", "可以并处")


class Subject(NamedTuple):
    """What an item is about: together unique among all items."""

    law: int
    sector: Sector
    unit: str
    thing: str
    act: str
    matter: str


def kind_of(number: int) -> str:
    """Return the power type of item `number`."""
    return _TYPES[number % len(_TYPES)]


def item_id(number: int) -> str:
    """Return the id of item `number`: the initials of its type and the number."""
    return f"{register.TYPES[kind_of(number)].prefix}-{number:05}"


def main_item(number: int) -> int:
    """Return the number of the item that item `number` is a part of, itself if it is none."""
    return number - number // len(_TYPES) % _ROUNDS * len(_TYPES)


def subject(number: int) -> Subject:
    """Return what item `number` is about."""
    rest, digits = (number + 1) * _STEP, []
    for base in _DIGITS:
        rest, digit = divmod(rest, base)
        digits.append(digit)
    law, unit, thing, act = digits
    sector = vocabulary.SECTORS[law]
    return Subject(law, sector, sector.units[unit], sector.things[thing], vocabulary.ACTS[act], vocabulary.MATTERS[act])


def title(number: int) -> str:
    """Return the name of item `number`."""
    about, kind = subject(number), kind_of(number)
    if kind == _PENALTY:
        return f"对{about.unit}{about.act.format(about.thing)}的处罚"
    named = f"{about.unit}{about.thing}{about.matter}"
    return f"{named}{_SUFFIX[kind]}" if kind in _SUFFIX else f"对{named}的{kind}"


def item(number: int) -> Data:
    """Return item `number` with every field that an item of its type and state can have."""
    r = Random(f"item {number}")
    kind = kind_of(number)
    article = r.choice(register.penalty_articles(subject(number).law))
    return {
        **_basics(number, r),
        **_state(number),
        **_bodies(number, r),
        "实施依据": _basis(number, article, r),
        **({"处罚": _sanctions(number, article, r)} if kind == _PENALTY else {"办理": _handling(number, r)}),
        "程序": register.procedure_id(kind),
        "责任事项": register.stages(kind, r.randrange(1, 9))[:3],
        "追责情形": register.faults(kind, r.randrange(1, 9)),
        "追责依据": [cite(0, r.randrange(31, 39), "其他", quote=False)],
        "监督电话": "待核",
        **_remarks(number, r),
    }


def _basics(number: int, r: Random) -> Data:
    """Return names, keywords and codes."""
    about, kind, main = subject(number), kind_of(number), main_item(number)
    code = f"99{register.TYPES[kind].digits}25{number // 1_000 + 1:03}{number % 1_000:03}"
    part: Data = {"主项": item_id(main), "子项名称": f"{about.thing}{about.matter}"}
    words = [*r.sample(about.sector.keywords, 3), f"{about.thing}问题", f"{about.thing}{about.matter[-2:]}"]
    return {
        "事项名称": title(number),
        "职权类型": kind,
        "事项子类": f"{about.sector.name}类",
        **(part if number != main else {}),
        "领域": [about.sector.name, "应急管理"],
        "关键词": list(words),
        "事项编码": [
            {"方案": "基本编码", "编码": code},
            {"方案": "实施编码", "编码": f"{register.uscc(2)}3{code}", "起": "2024-01-01"},
        ],
    }


def _state(number: int) -> Data:
    """Return whether the item is in force, since when, and what took its place."""
    if number % _ENDED_EVERY or number == main_item(number):
        return {"状态": "有效", "生效日期": f"{2018 + number % 7}-0{1 + number % 9}-01"}
    return {
        "状态": "合并",
        "生效日期": "2018-01-01",
        "终止日期": "2026-06-01",
        "终止原因": "与主项内容重复，依照年度动态调整合并",
        "承接事项": item_id(main_item(number)),
    }


def _bodies(number: int, r: Random) -> Data:
    """Return who exercises the power, at which level, on whom, and what is done."""
    about = subject(number)
    first, second, *_ = about.sector.works
    return {
        "行使主体": [register.BUREAU],
        "法定实施主体": "县级以上人民政府应急管理部门",
        "配合主体": [register.district_id(r.randrange(3, register.BODIES + 1))],
        "承办机构": r.choice(vocabulary.OFFICES),
        "行使层级": [
            {"层级": "市级", "权限": f"市本级监管的{about.unit}，以及跨区的{first}。\n"},
            {"层级": "县级", "权限": f"本行政区域内其他{about.unit}。\n"},
        ],
        "第一责任层级": ["县级"],
        "实施对象": about.unit,
        "部门职责": f"负责{about.sector.name}领域{about.unit}的监督管理；指导各区做好{second}的日常检查。\n",
        "行使内容": _content(number, r),
    }


def _content(number: int, r: Random) -> str:
    """Return two paragraphs on what is done: the item's own words."""
    about = subject(number)
    return "".join(
        f"对{about.unit}的{thing}，重点核查是否{r.choice(vocabulary.DUTIES)}、是否{r.choice(vocabulary.DUTIES)}；"
        f"{r.choice(about.sector.works)}中{r.choice(vocabulary.EVENTS)}的，应当{r.choice(vocabulary.REPORTS)}。\n"
        for thing in (about.thing, r.choice(about.sector.things))
    )


def _basis(number: int, article: int, r: Random) -> list[Value]:
    """Return the citations: duty, competence, penalty, and an attachment of a lower instrument."""
    law = subject(number).law
    return [
        cite(law, r.randrange(2, 40), "义务", 款=1),
        cite(0, r.randrange(2, 20), "职权", quote=False),
        *([cite(law, article, "罚则", 款=1)] if kind_of(number) == _PENALTY else []),
        cite(24 + number % 16, r.randrange(2, 50), "其他", 附件=f"{number % 9 + 1}", 效力="部分适用"),
    ]


def _sanctions(number: int, article: int, r: Random) -> list[Value]:
    """Return three sanctions, from the plain case to the gravest, fines rising."""
    about = subject(number)
    low, middle, high = sorted(r.sample(register.AMOUNTS, 3))
    excess = f"违法所得{max(1, high // 10_000)}万元以上的"
    fines: tuple[Data, ...] = (
        {"上限": low},
        {"下限": middle // 2, "上限": middle},
        {"倍数下限": 2, "倍数上限": 5, "基数": "违法所得", "基数条件": excess},
    )
    circumstances = ("基本情形", *r.sample(vocabulary.CONDITIONS, 2))
    addressees = (about.unit, r.choice(vocabulary.ADDRESSEES), about.unit)
    return [
        {
            "情形": circumstances[n],
            "对象": addressees[n],
            "种类": ["罚款", *r.sample(vocabulary.KINDS, n)],
            **({} if n else {"责令": [r.choice(vocabulary.ORDERS)]}),
            "力度": _FORCES[n],
            "罚款": fine,
            "说明": f"涉及{about.thing}的，按照{r.choice(vocabulary.MATTERS)}核定",
            "决定机关": "应急管理部门",
            "依据": [cite(about.law, article, "罚则", quote=False, 款=1, 项=1 + n)],
        }
        for n, fine in enumerate(fines)
    ]


def _handling(number: int, r: Random) -> Data:
    """Return how the item is applied for and dealt with."""
    about = subject(number)
    conditions = "".join(f"{n}. {about.thing}已{duty}；\n" for n, duty in enumerate(r.sample(vocabulary.DUTIES, 5), 1))
    return {
        "条件": conditions,
        "材料": [f"{about.thing}{material}" for material in r.sample(vocabulary.MATERIALS, 6)],
        "法定时限": f"{r.randrange(10, 46)}个工作日",
        "承诺时限": f"{r.randrange(3, 10)}个工作日",
        "收费": {"是否": False, "标准": "不收费", "依据": [cite(about.law, r.randrange(2, 40), "其他")]},
        "地点": "示例市政务服务大厅综合窗口",
        "网办": f"https://example.org/items/{item_id(number)}",
    }


def _remarks(number: int, r: Random) -> Data:
    """Return remarks, and where the item comes from."""
    about = subject(number)
    work, office = r.choice(about.sector.works), r.choice(vocabulary.OFFICES)
    source = f"{title(number)}（{about.sector.name}）\n"
    return {
        "备注": f"与{about.thing}有关的{work}，按照{office}职责分工办理；本条为基准测试数据。\n",
        "核对": register.check(),
        "来源": {"文件": "示例市权责事项底表.xlsx", "表": kind_of(number), "行": number + 3, "原文": source},
    }
