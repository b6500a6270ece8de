"""Items of a made-up register, each a pure function of its number: item 17 is the same among 300 and 10,000.

Texts repeat as they do in real lists: a quotation is the same wherever its article is cited, duties and
accountability come from a stock by power type; names, contents, sanctions and remarks are the item's own.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import register, vocabulary
from benchmarks.register import cite

if TYPE_CHECKING:
    from benchmarks.register import Data
    from quanze.model import Value

_TYPES = (*("行政处罚",) * 14, *("行政检查",) * 3, *(kind for kind in vocabulary.STAGES if kind != "行政处罚"))
_COMBINATIONS = (len(vocabulary.SECTORS), 4, 12, len(vocabulary.ACTS))
_STEP = 7919  # prime to the product of the above: neighbours differ in everything
_SUFFIX = {"行政裁决": "争议的行政裁决", "其他行政权力": "备案", "行政许可": "许可"}
_ROUNDS = 3  # an item and those of the same type one and two rounds later are a main item and its sub-items
_ENDED_EVERY = 31


class Subject(NamedTuple):
    """What an item is about: together unique among all items."""

    sector: int
    unit: str
    thing: str
    act: int


def kind_of(number: int) -> str:
    """Return the power type of item `number`."""
    return _TYPES[number % len(_TYPES)]


def item_id(number: int) -> str:
    """Return the id of item `number`: the initials of its type and the number."""
    return f"{register.PREFIXES[kind_of(number)]}-{number:05}"


def main_item(number: int) -> int:
    """Return the number of the item that item `number` is a part of, itself if it is none."""
    return number - number // len(_TYPES) % _ROUNDS * len(_TYPES)


def subject(number: int) -> Subject:
    """Return what item `number` is about."""
    rest, digits = (number + 1) * _STEP, []
    for base in _COMBINATIONS:
        rest, digit = divmod(rest, base)
        digits.append(digit)
    sector = vocabulary.SECTORS[digits[0]]
    return Subject(digits[0], sector.units[digits[1]], sector.things[digits[2]], digits[3])


def title(number: int) -> str:
    """Return the name of item `number`."""
    about, kind = subject(number), kind_of(number)
    if kind == "行政处罚":
        return f"对{about.unit}{vocabulary.ACTS[about.act].format(about.thing)}的处罚"
    matter = vocabulary.MATTERS[about.act]
    return f"对{about.unit}{about.thing}{matter}的{kind}" if kind not in _SUFFIX else f"{about.unit}{about.thing}{matter}{_SUFFIX[kind]}"


def item(number: int) -> Data:
    """Return item `number` with every field that an item of its type and state can have."""
    r = Random(f"item {number}")
    about, kind = subject(number), kind_of(number)
    sector = vocabulary.SECTORS[about.sector]
    main = main_item(number)
    code = f"99{register.TYPE_DIGITS[kind]}25{number // 1000 + 1:03}{number % 1000:03}"
    local = cite(24 + number % 16, r.randrange(2, 50), "其他")
    data: Data = {
        "事项名称": title(number),
        "职权类型": kind,
        "事项子类": f"{sector.name}类",
        **({"主项": item_id(main), "子项名称": f"{about.thing}{vocabulary.MATTERS[about.act]}"} if number != main else {}),
        "领域": [sector.name, "应急管理"],
        "关键词": [*r.sample(sector.keywords, 3), f"{about.thing}问题", f"{about.thing}{vocabulary.MATTERS[about.act][-2:]}"],
        "事项编码": [
            {"方案": "基本编码", "编码": code},
            {"方案": "实施编码", "编码": f"{register.uscc(2)}3{code}", "起": "2024-01-01"},
        ],
        **_state(number),
        "行使主体": [register.BUREAU],
        "法定实施主体": "县级以上人民政府应急管理部门",
        "配合主体": [f"shi-li-qu-{r.randrange(3, register.BODIES + 1):02}"],
        "承办机构": r.choice(vocabulary.OFFICES),
        "行使层级": [
            {"层级": "市级", "权限": f"市本级监管的{about.unit}，以及跨区的{sector.works[0]}。\n"},
            {"层级": "县级", "权限": f"本行政区域内其他{about.unit}。\n"},
        ],
        "第一责任层级": ["县级"],
        "实施对象": about.unit,
        "部门职责": f"负责{sector.name}领域{about.unit}的监督管理；指导各区做好{sector.works[1]}的日常检查。\n",
        "行使内容": _content(number, r),
        "实施依据": [
            cite(about.sector, r.randrange(2, 40), "义务", 款=1),
            cite(0, r.randrange(2, 20), "职权", quote=False),
            local | {"效力": "部分适用", "附件": f"{number % 9 + 1}"},
        ],
        **_by_type(number, r),
        "程序": f"cheng-xu-{register.PREFIXES[kind]}",
        "责任事项": register.stages(kind, 1 + r.randrange(8))[:3],
        "追责情形": register.faults(kind, 1 + r.randrange(8)),
        "追责依据": [cite(0, r.randrange(31, 39), "其他", quote=False)],
        "监督电话": "待核",
        "备注": f"与{about.thing}有关的{r.choice(sector.works)}，按照{r.choice(vocabulary.OFFICES)}职责分工办理；本条为基准测试数据。\n",
        "核对": {"日期": register.CHECKED, "来源": "基准测试生成"},
        "来源": {"文件": "示例市权责事项底表.xlsx", "表": kind, "行": number + 3, "原文": f"{title(number)}（{sector.name}）\n"},
    }
    return data


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


def _content(number: int, r: Random) -> str:
    """Return two paragraphs on what is done: the item's own words."""
    about = subject(number)
    sector = vocabulary.SECTORS[about.sector]
    paragraphs = [
        f"对{about.unit}的{thing}，重点核查是否{r.choice(vocabulary.DUTIES)}、是否{r.choice(vocabulary.DUTIES)}；"
        f"{r.choice(sector.works)}中{r.choice(vocabulary.EVENTS)}的，应当{r.choice(vocabulary.REPORTS)}。\n"
        for thing in (about.thing, r.choice(sector.things))
    ]
    return "".join(paragraphs)


def _by_type(number: int, r: Random) -> Data:
    """Return what only penalties have, or what only the others have."""
    return {"处罚": _sanctions(number, r)} if kind_of(number) == "行政处罚" else {"办理": _handling(number, r)}


def _sanctions(number: int, r: Random) -> list[Value]:
    """Return sanctions from the plain case to the gravest, fines rising, each with its basis."""
    about = subject(number)
    law = about.sector
    article = r.choice(register.penalty_articles(law))
    steps = r.sample(range(len(register.AMOUNTS)), 3)
    rows: list[Value] = []
    for n, step in enumerate(sorted(steps)):
        top = register.AMOUNTS[step]
        fine: Data = {"上限": top} if n == 0 else {"下限": top // 2, "上限": top}
        if n == 2:  # noqa: PLR2004
            fine = {"倍数下限": 2, "倍数上限": 5, "基数": "违法所得", "基数条件": f"违法所得{top // 10_000 or 1}万元以上的"}
        circumstance = "基本情形" if n == 0 else f"{vocabulary.CONDITIONS[(number + n) % len(vocabulary.CONDITIONS)]}"
        rows.append(
            {
                "情形": circumstance,
                "对象": about.unit if n % 2 == 0 else r.choice(vocabulary.ADDRESSEES),
                "种类": ["罚款", *r.sample(vocabulary.KINDS, n % 3)],
                **({"责令": [r.choice(vocabulary.ORDERS)]} if n == 0 else {}),
                "力度": ("可以", "应当", "可以并处")[n],
                "罚款": fine,
                "说明": f"涉及{about.thing}的，按照{r.choice(vocabulary.MATTERS)}核定",
                "决定机关": "应急管理部门",
                "依据": [cite(law, article, "罚则", quote=n == 0, 款=1, 项=1 + n)],
            }
        )
    return rows


def _handling(number: int, r: Random) -> Data:
    """Return how the item is applied for and dealt with."""
    about = subject(number)
    conditions = "".join(f"{n}. {about.thing}已{duty}；\n" for n, duty in enumerate(r.sample(vocabulary.DUTIES, 5), 1))
    return {
        "条件": conditions,
        "材料": [f"{about.thing}{material}" for material in r.sample(vocabulary.MATERIALS, 6)],
        "法定时限": f"{r.randrange(10, 46)}个工作日",
        "承诺时限": f"{r.randrange(3, 10)}个工作日",
        "收费": {"是否": False, "标准": "不收费", "依据": [cite(about.sector, r.randrange(2, 40), "其他")]},
        "地点": "示例市政务服务大厅综合窗口",
        "网办": f"https://example.gov.cn/items/{item_id(number)}",
    }
