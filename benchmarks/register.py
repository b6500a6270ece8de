"""The made-up register around the items: laws, bodies, procedures, lists, each a pure function of its number."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from benchmarks import vocabulary as words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.model import Value

    Data = dict[str, Value]

LAWS = 40
BODIES = 12
BUREAU = "shi-li-shi-ying-ji-guan-li-ju"
CHECKED = "2026-11-01"
REGION = "990100"

TYPE_DIGITS = {t: f"{n:02}" for n, t in enumerate("行政许可 行政处罚 行政强制 行政征收 行政给付 行政检查 行政确认 行政奖励 行政裁决 其他行政权力".split(), 1)}
PREFIXES = {t: p for t, p in zip(TYPE_DIGITS, "xzxk xzcf xzqz xzzs xzjf xzjc xzqr xzjl xzzy qtql".split(), strict=True)}
_RANKS = (*("法律",) * 3, *("行政法规",) * 4, "部门规章", "地方性法规", "规范性文件")
_ISSUERS = {
    "法律": "示例立法机关",
    "行政法规": "示例政府",
    "部门规章": "示例主管部",
    "地方性法规": "示例省立法机关",
    "规范性文件": "示例省主管厅",
}
_FORMS = {"法律": "示例法", "行政法规": "示例条例", "部门规章": "示例办法", "地方性法规": "省级示例条例", "规范性文件": "示例通知"}
AMOUNTS = (5_000, 10_000, 20_000, 30_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)


def uscc(number: int) -> str:
    """Return a made-up credit code with a right check digit (GB 32100)."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"11{REGION}{number:09}"
    total = sum(alphabet.index(c) * pow(3, n, 31) for n, c in enumerate(body))
    return body + alphabet[-total % 31]


def law_rank(number: int) -> str:
    """Return the rank of law `number`; the first twenty-four can carry penalties, one a sector."""
    return _RANKS[number % 7] if number < len(words.SECTORS) else _RANKS[7 + number % 3]


def law_title(number: int) -> str:
    """Return the title of law `number`: its sector and 示例."""
    sector = words.SECTORS[number % len(words.SECTORS)].name
    return f"{sector}{'监督管理' if number >= len(words.SECTORS) else '管理'}{_FORMS[law_rank(number)]}"


def law_length(number: int) -> int:
    """Return the number of the law's last article."""
    return 60 + number * 13 % 60


def penalty_articles(number: int) -> range:
    """Return the articles on legal liability: the last third without the closing provisions."""
    last = law_length(number)
    return range(last * 2 // 3, last - 4) if number < len(words.SECTORS) else range(0)


def article_text(law: int, article: int) -> str:
    """Return what the made-up law says in this article: the same for everyone who quotes it."""
    r = Random(f"law {law} {article}")
    sector = words.SECTORS[law % len(words.SECTORS)]
    unit, thing, other = r.choice(sector.units), r.choice(sector.things), r.choice(sector.things)
    if article in penalty_articles(law):
        low = r.choice(AMOUNTS[:6])
        act, second = r.sample(words.ACTS, 2)
        return (
            f"{unit}有下列行为之一的，{r.choice(words.ORDERS)}，处{low // 10_000 or 1}万元以上{low // 2000}万元以下的罚款；"
            f"{r.choice(words.CONDITIONS)}，责令停产停业整顿：（一）{act.format(thing)}的；（二）{second.format(other)}的；"
            f"（三）{r.choice(sector.works)}中未{r.choice(words.DUTIES)}的。"
        )
    return (
        f"{unit}应当对{thing}{r.choice(words.DUTIES)}，{r.choice(words.AIMS)}。{r.choice(words.EVENTS)}的，"
        f"应当对{other}重新检查，并{r.choice(words.REPORTS)}。{r.choice(sector.works)}期间，{r.choice(words.DUTIES)}。"
    )


def cite(law: int, article: int, role: str, *, quote: bool = True, **more: Value) -> Data:
    """Return a citation of a whole article, or of the places in it that `more` names."""
    quoted = {"摘录": article_text(law, article)} if quote else {}
    version: Data = {"版本": f"{2015 + law % 9}年公布"} if law % 5 == 0 else {}
    return {"依据文件": law_title(law), **version, "条": article, **more, "作用": role, **quoted}


def laws() -> Iterator[tuple[str, Data]]:
    """Yield the id and data of each law."""
    for n in range(LAWS):
        year = 2015 + n % 9
        penalties: Data = {"罚则条": list(penalty_articles(n))} if penalty_articles(n) else {}
        yield (
            f"shi-li-fa-{n:02}",
            {
                "名称": law_title(n),
                "位阶": law_rank(n),
                "制定机关": _ISSUERS[law_rank(n)],
                "版本": [
                    {
                        "名称": f"{year}年公布",
                        "公布日期": f"{year}-03-01",
                        "施行日期": f"{year}-07-01",
                        "条数": law_length(n),
                        **penalties,
                    }
                ],
                "核对": {"日期": CHECKED, "来源": "基准测试生成"},
            },
        )


def bodies() -> Iterator[tuple[str, Data]]:
    """Yield the id and data of the government, the bureau and its districts' bureaus."""
    checked = {"日期": CHECKED, "来源": "基准测试生成"}
    phone = [{"用途": "监督投诉", "号码": "待核", "时间": "工作日 9:00—17:00"}]
    common: Data = {"地址": "示例市示例路一号", "电话": phone, "复议机关": "shi-li-shi-ren-min-zheng-fu", "核对": checked}
    head: Data = {"行政区划": REGION, "类型": "人民政府", "核对": checked}
    yield "shi-li-shi-ren-min-zheng-fu", {"名称": "示例市人民政府", "统一社会信用代码": uscc(1), "层级": "市级", **head}
    for n in range(2, BODIES + 1):
        place, level = ("", "市级") if n == 2 else (f"第{n - 2}区", "县级")  # noqa: PLR2004
        yield (
            BUREAU if n == 2 else f"shi-li-qu-{n:02}",  # noqa: PLR2004
            {
                "名称": f"示例市{place}应急管理局",
                "统一社会信用代码": uscc(n),
                "层级": level,
                "行政区划": REGION,
                "类型": "政府部门",
                **common,
            },
        )


def stages(kind: str, variant: int) -> list[Value]:
    """Return the duties by stage: a stock of variants for each power type."""
    r = Random(f"stages {kind} {variant}")
    return [
        {
            "环节": stage,
            "内容": f"{stage}责任：{r.choice(words.STAGE_DUTIES)}；{r.choice(words.STAGE_DUTIES)}。",
            "承办": r.choice(words.OFFICES),
            "时限": f"{r.randrange(1, 31)}个工作日",
            "依据": [cite(0, r.randrange(2, 30), "程序", quote=False)],
        }
        for stage in words.STAGES[kind].split()
    ]


def faults(kind: str, variant: int) -> str:
    """Return the accountability clauses, a line each."""
    chosen = Random(f"faults {kind} {variant}").sample(words.FAULTS, 4)
    return "".join(f"{n}. {clause}；\n" for n, clause in enumerate(chosen, 1))


def procedures() -> Iterator[tuple[str, Data]]:
    """Yield the id and data of one procedure for each power type."""
    for kind in words.STAGES:
        yield (
            f"cheng-xu-{PREFIXES[kind]}",
            {
                "名称": f"{kind}一般程序",
                "职权类型": kind,
                "环节": stages(kind, 0),
                "追责情形": faults(kind, 0),
                "追责依据": [cite(0, 31, "其他", quote=False)],
                "追责对象范围": "直接责任人员、审核人员、批准人员及其他有关人员。\n",
                "核对": {"日期": CHECKED, "来源": "基准测试生成"},
            },
        )




def lists() -> Iterator[tuple[str, Data]]:
    """Yield the id and data of three lists: all items, the enforcement directory, the licences."""
    columns = "序号 事项名称 职权类型 实施依据 行使主体 承办机构 行使层级 实施对象 责任事项 追责情形 监督电话 备注".split()
    conditions: tuple[tuple[str, str, Data], ...] = (
        ("quanze-qingdan", "示例市应急管理局权责清单", {}),
        ("zhifa-mulu", "示例市应急管理综合行政执法事项目录", {"条件": {"职权类型": ["行政处罚", "行政强制"]}}),
        ("xuke-qingdan", "示例市应急管理局行政许可事项清单", {"条件": {"职权类型": "行政许可"}}),
    )
    for order, (id_, title, condition) in enumerate(conditions, 1):
        yield (
            id_,
            {
                "名称": title,
                "性质": "本机关公布",
                "公布主体": BUREAU,
                "次序": order,
                "集合": "items",
                **condition,
                "排序": ["职权类型"],
                "列": [{"字段": column} for column in columns],
                "短列": ["序号", "事项名称", "职权类型", "实施依据", "行使主体"],
                "筛选": ["职权类型", "领域", "状态"],
            },
        )
