"""What an auditor asks of the whole: clocks, open reviews, waivers, completeness, and what was checked at all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from quanze import rules
from quanze.catalog import LISTS
from quanze.legal.numerals import numeral
from quanze.listing import listing
from quanze.problem import Problem
from quanze.rules import adjustments
from quanze.summary import coverage
from quanze.workbook import workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.catalog import Catalog
    from quanze.check import Checked
    from quanze.history import History
    from quanze.rules.adjustments import Clock
    from quanze.summary import Coverage

UPSTREAM = "上级目录"


class Waiver(NamedTuple):
    """A review that is let stand."""

    rule: str
    record: str
    message: str
    reason: str
    until: str
    days_left: int


class Gap(NamedTuple):
    """A row of an upstream directory that no record of the bureau answers to."""

    list_id: str
    record: str
    title: str


@dataclass(frozen=True, slots=True)
class Audit:
    """The state of a register on a day."""

    at: str
    checks: tuple[tuple[str, str, int], ...]
    """(rule id, what it asks, how often it found something)"""
    errors: tuple[Problem, ...]
    reviews: tuple[Problem, ...]
    waivers: tuple[Waiver, ...]
    clocks: tuple[Clock, ...]
    coverage: tuple[Coverage, ...]
    """By law, the penalty articles that items rest on and those without."""
    gaps: tuple[Gap, ...]


def audit(checked: Checked, history: History) -> Audit:
    """Work out the state of a checked project; `history` tells which changes no adjustment registers."""
    catalog, at = checked.catalog, checked.at
    found = Counter(problem.rule for problem in checked.problems)
    return Audit(
        at,
        tuple((id_, asks, found[id_]) for group in rules.MANUAL.values() for id_, asks in group.items()),
        checked.errors,
        checked.reviews,
        tuple(_waivers(checked)),
        tuple(adjustments.clocks(catalog)),
        coverage(catalog, at),
        tuple(_gaps(catalog)),
    )


def _waivers(checked: Checked) -> Iterator[Waiver]:
    for one in checked.waived:
        left = (date.fromisoformat(one.waiver.until) - date.fromisoformat(checked.at)).days
        yield Waiver(one.rule, one.waiver.record, one.finding.message, one.waiver.reason, one.waiver.until, left)


def _gaps(catalog: Catalog) -> Iterator[Gap]:
    """Yield the rows of upstream directories without an item: by the form's first reference to items."""
    for one in catalog.records.get(LISTS, {}).values():
        form = catalog.forms.get(str(one.data.get("集合")))
        if one.data["性质"] != UPSTREAM or form is None:
            continue
        link = next((field for field in form.fields.values() if field.collection == "items"), None)
        for row in listing(catalog, one).rows if link else ():
            for record in row.records:
                if link and not record.data.get(link.name):
                    yield Gap(one.id, f"{record.collection}/{record.id}", catalog.title(record))


def as_data(one: Audit) -> dict[str, Any]:
    """Return an audit as JSON data, with Chinese keys like all our data."""
    return {
        "日期": one.at,
        "检查": [{"规则": id_, "要求": asks, "发现": count} for id_, asks, count in one.checks],
        "错误": [_problem(problem) for problem in one.errors],
        "待复核": [_problem(problem) for problem in one.reviews],
        "豁免": [
            {
                "规则": w.rule,
                "记录": w.record,
                "问题": w.message,
                "理由": w.reason,
                "截止": w.until,
                "剩余天数": w.days_left,
            }
            for w in one.waivers
        ],
        "期限": [
            {
                "调整": clock.record.id,
                "事项": clock.name,
                "起算": clock.begins,
                "工作日": clock.days,
                "期限": clock.due or "未定",
                "完成": clock.done or "未完成",
                "逾期": clock.late(one.at),
            }
            for clock in one.clocks
        ],
        "罚则条": [
            {
                "文件": law.instrument.short,
                "版本": law.version.name,
                "条": len(law.articles),
                "有事项": sum(bool(article.records) for article in law.articles),
                "没有事项也没有原因": list(law.missing),
            }
            for law in one.coverage
        ],
        "上级目录缺项": [{"清单": gap.list_id, "记录": gap.record, "名称": gap.title} for gap in one.gaps],
    }


def _problem(one: Problem) -> dict[str, Any]:
    return {"文件": one.path, "行": one.line, "列": one.column, "规则": one.rule, "问题": one.message}


def lines(one: Audit) -> Iterator[str]:
    """Yield an audit in words."""
    yield f"检查日期：{one.at}"
    yield f"运行了 {len(one.checks)} 条规则：错误 {len(one.errors)}，待复核 {len(one.reviews)}，豁免 {len(one.waivers)}"
    for problem in (*one.errors, *one.reviews):
        mark = "错误" if problem.level == "error" else "待复核"
        yield f"{mark}　{problem.path}:{problem.line} {problem.message} [{problem.rule}]"
    for waiver in one.waivers:
        yield f"豁免　{waiver.record} [{waiver.rule}] {waiver.reason}（截止 {waiver.until}，还有 {waiver.days_left} 天）"
    for clock in one.clocks:
        state = "逾期" if clock.late(one.at) else clock.done or "进行中"
        yield f"期限　{clock.record.id} {clock.name}：{clock.begins} 起 {clock.days} 个工作日，期限 {clock.due or '未定'}，{state}"
    for law in one.coverage:
        if law.missing:
            places = "、".join(f"第{numeral(article)}条" for article in law.missing)
            yield f"缺项　《{law.instrument.short}》的{places}没有事项，也没有写明原因"
    for gap in one.gaps:
        yield f"缺项　清单 {gap.list_id} 的「{gap.title}」（{gap.record}）没有对应的事项"


def as_workbook(one: Audit, notice: str) -> bytes:
    """Return an audit as an XLSX workbook: a sheet a subject, the day and the counts first."""
    data = as_data(one)
    tables = {name: rows for name, rows in data.items() if isinstance(rows, list)}
    sheets: dict[str, list[list[Any]]] = {
        "概况": [["内容", "数量"], ["检查日期", one.at], *([name, len(rows)] for name, rows in tables.items())]
    }
    for name, rows in tables.items():
        heads = list(rows[0]) if rows else ["没有"]
        sheets[name] = [heads, *([_cell(row[head]) for head in heads] for row in rows)]
    return workbook("审计", sheets, notice)


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(map(str, value)) if isinstance(value, list) else value
