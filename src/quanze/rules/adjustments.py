"""Adjustments (动态调整): their clocks run in working days, and what they say must be what git recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from quanze.adjustment import ADJUSTMENTS, adjustments, justifying
from quanze.legal.calendar import workdays_after
from quanze.problem import Finding
from quanze.rules.life import real

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.catalog import Catalog
    from quanze.history import Entry
    from quanze.model import Record

Recorded = dict[tuple[str, str], tuple["Entry", ...]]
"""What git recorded of each published record since the newest edition that holds it, newest first."""

EVENT, APPLIED, REVIEWED, APPROVED, PUBLISHED = "事件日期", "申请", "审核", "批准", "公布日期"
_UNCHANGED = frozenset({"移动", "改名", "拟", "不可读", "修复", "起点"})
"""What git may tell of a record without the list saying anything new."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline of an adjustment."""

    record: Record
    name: str
    """申请 or 公布."""
    begins: str
    days: int
    """Working days."""
    due: str
    """The last day; empty (未定) where the calendar of that year is not yet published."""
    done: str
    """The day on which it was kept; empty while it is open."""

    def late(self, at: str) -> bool:
        """Tell whether it is missed, as of a day; never where the due day is 未定."""
        return bool(self.due) and (self.done or at) > self.due


def clocks(catalog: Catalog) -> Iterator[Clock]:
    """Yield the deadlines of every adjustment: to apply after the event, to publish after the approval."""
    limits = catalog.site.get("期限", {})
    for record in catalog.records.get(ADJUSTMENTS, {}).values():
        data = record.data
        approved = str(data.get(APPROVED, {}).get("日期", ""))
        runs = (
            ("申请", str(data.get(EVENT, "")), "申请工作日", str(data.get(APPLIED, {}).get("日期", ""))),
            ("公布", approved, "公布工作日", str(data.get(PUBLISHED, ""))),
        )
        for name, begins, limit, done in runs:
            if begins and real(begins) and limit in limits:
                due = workdays_after(date.fromisoformat(begins), limits[limit])
                yield Clock(record, name, begins, limits[limit], due.isoformat() if due else "", done)


def adjustment_late(catalog: Catalog, at: str) -> Iterator[Finding]:
    """动态调整有期限：事件发生后按期申请，批准后按期公布（工作日，天数在 site.yaml）；过期的列为待复核。"""
    for clock in clocks(catalog):
        if clock.late(at):
            what = f"{clock.done} 才{clock.name}" if clock.done else f"到 {at} 还没有{clock.name}"
            message = f"{clock.name}的期限是 {clock.due}（{clock.begins} 起 {clock.days} 个工作日），{what}"
            pointer = f"/{PUBLISHED}" if clock.name == "公布" else f"/{APPLIED}"
            yield Finding(clock.record, pointer, message, "review", at_key=True)


def adjustment_order(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """动态调整的各个日期须按先后：事件、申请、审核、批准、公布。"""
    for record in catalog.records.get(ADJUSTMENTS, {}).values():
        before, last = "", ""
        for name, day, pointer in _steps(record):
            if last and day < last:
                yield Finding(record, pointer, f"「{name}」的日期 {day} 早于「{before}」的 {last}；请核对")
            before, last = name, max(day, last)


def _steps(record: Record) -> Iterator[tuple[str, str, str]]:
    data = record.data
    yield "事件", str(data.get(EVENT, "")), f"/{EVENT}"
    for name in (APPLIED, APPROVED):
        if name == APPROVED:
            for index, one in enumerate(data.get(REVIEWED, ())):
                yield "审核", str(one["日期"]), f"/{REVIEWED}/{index}/日期"
        if name in data:
            yield name, str(data[name]["日期"]), f"/{name}/日期"
    if PUBLISHED in data:
        yield "公布", str(data[PUBLISHED]), f"/{PUBLISHED}"


def unregistered_change(
    catalog: Catalog, _at: str, recorded: Mapping[tuple[str, str], tuple[Entry, ...]]
) -> Iterator[Finding]:
    """上一版清单以后改动已公布的记录，须有动态调整登记；没有的列为待复核（未登记的调整）。"""
    named = adjustments(catalog, recorded)
    for (collection, id_), entries in recorded.items():
        record = catalog.record(collection, id_)
        if record is None or collection == ADJUSTMENTS:
            continue
        for entry in entries:
            if entry.kind not in _UNCHANGED and not justifying(named.get((collection, id_), ()), entry):
                message = f"{entry.date} 的{entry.kind}（{entry.commit.id[:7]}）没有动态调整登记；请补登记，或者说明理由列入豁免"
                yield Finding(record, "", message, "review")
                break


def adjustment_mismatch(
    catalog: Catalog, _at: str, recorded: Mapping[tuple[str, str], tuple[Entry, ...]]
) -> Iterator[Finding]:
    """动态调整里写的事项和变化，须与版本库记录的改动一致。"""
    for record in catalog.records.get(ADJUSTMENTS, {}).values():
        if PUBLISHED not in record.data:
            continue
        for index, row in enumerate(record.data.get("涉及事项", ())):
            kinds = [entry.kind for entry in recorded.get(("items", row["事项"]), ())]
            if row["变化"] in kinds:
                continue
            told = f"记录的是{'、'.join(dict.fromkeys(kinds))}" if kinds else "没有记录它的任何改动"
            message = f"登记为{row['变化']}的「{row['事项']}」，版本库{told}"
            yield Finding(record, f"/涉及事项/{index}/变化", message, "review")


RULES = (adjustment_late, adjustment_order)
RECORDED = (unregistered_change, adjustment_mismatch)
"""The rules that hold the catalog against what git recorded."""
