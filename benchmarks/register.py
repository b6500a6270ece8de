"""The made-up register around the items: laws, bodies, procedures and lists, each a pure function of its number."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import vocabulary as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Value

    Data = dict[str, Value]

LAWS = 40
BODIES = 12
GOVERNMENT = "shi-li-shi-ren-min-zheng-fu"
BUREAU = "shi-li-shi-ying-ji-guan-li-ju"
AMOUNTS = (5_000, 10_000, 20_000, 30_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)
_REGION = "990100"
_WITH_PENALTIES = len(words.SECTORS)
"""The first laws, one a sector, are laws and regulations with penalties; the others are lower and have none."""


class Type(NamedTuple):
    """How ids and codes write a power type."""

    prefix: str
    digits: str


class Rank(NamedTuple):
    """A rank of instruments: who makes them, and how their titles end."""

    name: str
    issuer: str
    ending: str


TYPES = {
    "行政许可": Type("xzxk", "01"),
    "行政处罚": Type("xzcf", "02"),
    "行政强制": Type("xzqz", "03"),
    "行政征收": Type("xzzs", "04"),
    "行政给付": Type("xzjf", "05"),
    "行政检查": Type("xzjc", "06"),
    "行政确认": Type("xzqr", "07"),
    "行政奖励": Type("xzjl", "08"),
    "行政裁决": Type("xzzy", "09"),
    "其他行政权力": Type("qtql", "10"),
}
_HIGHER = (Rank("法律", "示例立法机关", "示例法"), Rank("行政法规", "示例政府", "示例条例"))
_LOWER = (
    Rank("部门规章", "示例主管部", "示例办法"),
    Rank("地方性法规", "示例省立法机关", "省级示例条例"),
    Rank("规范性文件", "示例省主管厅", "示例通知"),
)


def check() -> Data:
    """Return when a record was last checked."""
    return {"日期": "2026-11-01", "来源": "基准测试生成"}


def uscc(number: int) -> str:
    """Return a made-up credit code with a right check digit (GB 32100)."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"11{_REGION}{number:09}"
    total = sum(alphabet.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + alphabet[-total % 31]


def law_rank(number: int) -> Rank:
    """Return the rank of law `number`."""
    return _HIGHER[number % 5 > 1] if number < _WITH_PENALTIES else _LOWER[number % 3]


def law_title(number: int) -> str:
    """Return the title of law `number`: its sector, and 示例 so that nobody takes it for law."""
    what = "管理" if number < _WITH_PENALTIES else "监督管理"
    return f"{words.SECTORS[number % _WITH_PENALTIES].name}{what}{law_rank(number).ending}"


def law_id(number: int) -> str:
    """Return the id of law `number`."""
    return f"shi-li-{number:02}"


def law_length(number: int) -> int:
    """Return the number of the law's last article."""
    return 60 + number * 13 % 60


def law_version(number: int) -> Data:
    """Return the one version of law `number`."""
    year = 2015 + number % 9
    version: Data = {
        "名称": f"{year}年公布",
        "公布日期": f"{year}-03-01",
        "施行日期": f"{year}-07-01",
        "条数": law_length(number),
    }
    return version | ({"罚则条": list(penalty_articles(number))} if number < _WITH_PENALTIES else {})


def penalty_articles(number: int) -> range:
    """Return the articles on legal liability: the last third without the closing provisions."""
    return range(law_length(number) * 2 // 3, law_length(number) - 4)


def article_text(law: int, article: int) -> str:
    """Return what the made-up law says in this article: the same for everyone who quotes it."""
    r = Random(f"law {law} {article}")
    sector = words.SECTORS[law % _WITH_PENALTIES]
    unit, work, duty = r.choice(sector.units), r.choice(sector.works), r.choice(words.DUTIES)
    thing, other = r.sample(sector.things, 2)
    if law < _WITH_PENALTIES and article in penalty_articles(law):
        act, second = r.sample(words.ACTS, 2)
        least = r.randrange(1, 10)
        return (
            f"{unit}有下列行为之一的，{r.choice(words.ORDERS)}，处{least}万元以上{least * 5}万元以下的罚款；"
            f"{r.choice(words.CONDITIONS)}，责令停产停业整顿：（一）{act.format(thing)}的；"
            f"（二）{second.format(other)}的；（三）{work}中未{duty}的。"
        )
    return (
        f"{unit}应当对{thing}{duty}，{r.choice(words.AIMS)}。{r.choice(words.EVENTS)}的，"
        f"应当对{other}重新检查，并{r.choice(words.REPORTS)}。{work}期间，{r.choice(words.DUTIES)}。"
    )


def cite(law: int, article: int, role: str, *, quote: bool = True, **places: Value) -> Data:
    """Return a citation of an article, or of the places in it; every fifth law is cited with its version."""
    version: Data = {"版本": law_version(law)["名称"]} if law % 5 == 0 else {}
    quoted: Data = {"摘录": article_text(law, article)} if quote else {}
    return {"依据文件": law_title(law), **version, "条": article, **places, "作用": role, **quoted}


def laws() -> Iterator[tuple[str, Data]]:
    """Yield the id and data of each law."""
    for number in range(LAWS):
        rank = law_rank(number)
        yield (
            law_id(number),
            {
                "名称": law_title(number),
                "位阶": rank.name,
                "制定机关": rank.issuer,
                "版本": [law_version(number)],
                "核对": check(),
            },
        )


def district_id(number: int) -> str:
    """Return the id of a district's bureau, 3 being the first."""
    return f"shi-li-qu-{number:02}"


def bodies() -> Iterator[tuple[str, Data]]:
    """Yield the id and data of the government, the bureau and the bureaus of its districts."""
    names = [(GOVERNMENT, "示例市人民政府", "市级"), (BUREAU, "示例市应急管理局", "市级")]
    names += [(district_id(n), f"示例市第{n - 2}区应急管理局", "县级") for n in range(3, BODIES + 1)]
    for number, (id_, name, level) in enumerate(names, 1):
        yield (
            id_,
            {
                "名称": name,
                "统一社会信用代码": uscc(number),
                "层级": level,
                "行政区划": _REGION,
                "类型": "人民政府" if id_ == GOVERNMENT else "政府部门",
                "地址": "示例市示例路一号",
                "电话": [{"用途": "监督投诉", "号码": "待核", "时间": "工作日 9:00—17:00"}],
                **({} if id_ == GOVERNMENT else {"复议机关": GOVERNMENT}),
                "核对": check(),
            },
        )


def procedure_id(kind: str) -> str:
    """Return the id of the procedure of a power type."""
    return f"cheng-xu-{TYPES[kind].prefix}"


def stages(kind: str, variant: int) -> list[Value]:
    """Return the duties by stage: a stock of variants for each power type."""
    r = Random(f"stages {kind} {variant}")
    return [
        {
            "环节": stage,
            "内容": f"{stage}责任：{'；'.join(r.sample(words.STAGE_DUTIES, 2))}。",
            "承办": r.choice(words.OFFICES),
            "时限": f"{r.randrange(1, 31)}个工作日",
            "依据": [cite(0, r.randrange(2, 30), "程序", quote=False)],
        }
        for stage in words.STAGES[kind]
    ]


def faults(kind: str, variant: int) -> str:
    """Return the accountability clauses, a line each."""
    chosen = Random(f"faults {kind} {variant}").sample(words.FAULTS, 4)
    return "".join(f"{n}. {clause}；\n" for n, clause in enumerate(chosen, 1))


def procedures() -> Iterator[tuple[str, Data]]:
    """Yield the id and data of one procedure for each power type."""
    for kind in TYPES:
        yield (
            procedure_id(kind),
            {
                "名称": f"{kind}一般程序",
                "职权类型": kind,
                "环节": stages(kind, 0),
                "追责情形": faults(kind, 0),
                "追责依据": [cite(0, 31, "其他", quote=False)],
                "追责对象范围": "直接责任人员、审核人员、批准人员及其他有关人员。\n",
                "核对": check(),
            },
        )


def lists() -> Iterator[tuple[str, Data]]:
    """Yield the id and data of three lists: all items, the enforcement directory, the licences."""
    columns = "事项名称 职权类型 实施依据 行使主体 承办机构 行使层级 实施对象 责任事项 追责情形 监督电话 备注"
    chosen: tuple[tuple[str, str, Data], ...] = (
        ("quanze-qingdan", "示例市应急管理局权责清单", {}),
        ("zhifa-mulu", "示例市应急管理综合行政执法事项目录", {"职权类型": ["行政处罚", "行政强制"]}),
        ("xuke-qingdan", "示例市应急管理局行政许可事项清单", {"职权类型": "行政许可"}),
    )
    for order, (id_, name, condition) in enumerate(chosen, 1):
        yield (
            id_,
            {
                "名称": name,
                "性质": "本机关公布",
                "公布主体": BUREAU,
                "次序": order,
                "集合": "items",
                **({"条件": condition} if condition else {}),
                "排序": ["职权类型"],
                "列": [{"字段": "序号"}, *({"字段": column} for column in columns.split())],
                "短列": ["序号", "事项名称", "职权类型", "实施依据", "行使主体"],
                "筛选": ["职权类型", "领域", "状态"],
            },
        )
