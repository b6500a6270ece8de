"""Adjustments (动态调整): their clocks run in working days, and what they say must be what git recorded."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.problem import Finding
from quanze.form.kinds.attachment import FILE
from quanze.history.adjustment import ADJUSTMENTS, adjustments, justifying
from quanze.history.clocks import PUBLICATION, clocks
from quanze.history.provenance import NONE
from quanze.history.rewind import revert, states
from quanze.law.adjustment import (
    APPLIED,
    APPROVED,
    BECOMES,
    DAY,
    EVENT,
    HASH,
    OPINION,
    PUBLISHED,
    REASON,
    REVIEWED,
    TOUCHED,
    Adjustment,
    TouchedItem,
)
from quanze.register.catalog import ITEMS, LISTS
from quanze.register.definition import LOOKS
from quanze.register.life import real

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Document, Record
    from quanze.history import Entry
    from quanze.history.adjustment import OpenAdjustment
    from quanze.history.columns import ShownChange
    from quanze.history.diff import Change
    from quanze.history.dropped import Dropped
    from quanze.history.provenance import Names
    from quanze.io.git import Commit
    from quanze.register.catalog import Catalog

    Entries = Mapping[tuple[str, str], tuple[Entry, ...]]

SOON = 30
"""So many days after its day, what an edition or an adjustment claims may be recorded."""
_EVENT = "事件"
_COUNTS = (APPROVED, PUBLISHED, EVENT, APPLIED, REVIEWED, REASON)
_CHANGED = frozenset({"变更", "改名"})
"""What git may record of a file in which fields differ: what its list says has changed if one of them tells it."""
_UNTOLD = frozenset({"移动", "拟", "不可读", "修复", "起点"})
"""What git may record of a file without its list saying anything else."""


class _LateStep(NamedTuple):
    """A step of an adjustment that was written down long after its day."""

    name: str
    day: str
    pointer: str
    written: str
    """The day on which git recorded it."""


class Recorded(NamedTuple):
    """What git recorded, newest first; `quanze.publication` gathers it."""

    whole: Entries
    """All entries of each record."""
    since: Entries
    """Of what is published in a list with an edition, the entries since the newest such edition."""
    begins: str
    """The day of the first commit: what was published before cannot be held against git."""
    back: tuple[Commit, ...] = ()
    """The commits that claim a day before that of a commit they stand on."""
    at: str = ""
    """The day on which the check looks."""
    order: Mapping[str, int] = MappingProxyType({})
    """The place of each commit along the branch, from the newest, which is 0."""
    files: Mapping[str, Sequence[tuple[Commit, str]]] = MappingProxyType({})
    """Of each file that records may name, by its path: the commits that changed it, and the blob it then was."""
    beginning: Commit | None = None
    """The commit that last changed from where the register's own history counts."""
    aside: Names = NONE
    """By collection: the fields that tell nothing of what was published, whatever their form says today."""
    through: Mapping[str, Sequence[ShownChange]] = MappingProxyType({})
    """By list: since its newest edition, what changed in its columns through records that do not stand in it."""
    dropped: Sequence[Dropped] = ()
    """What merges left out."""


def adjustment_late(catalog: Catalog, at: str) -> Iterator[Finding]:
    """动态调整有期限：事件发生后按期申请，批准后按期公布（工作日，天数在 site.yaml）；过期的列为待复核。"""
    for clock in clocks(catalog):
        if clock.late(at):
            what = f"{clock.done} 才{clock.name}" if clock.done else f"到 {at} 还没有{clock.name}"
            message = f"{clock.name}的期限是 {clock.due}（{clock.begins} 之后 {clock.days} 个工作日），{what}"
            pointer = f"/{PUBLISHED}" if clock.name == PUBLICATION else f"/{APPLIED}"
            yield Finding(clock.record, pointer, message, "review", at_key=True)


def adjustment_order(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """动态调整的各个日期须按先后：事件、申请、审核、批准、公布。"""
    for record in catalog.records.get(ADJUSTMENTS, {}).values():
        before, last = "", ""
        for name, day, pointer in _steps(record.data):
            if day < last:
                yield Finding(record, pointer, f"「{name}」的日期 {day} 早于「{before}」的 {last}；请核对")
            else:
                before, last = name, day


def _steps(document: Document) -> Iterator[tuple[str, str, str]]:
    """Yield (step, day, pointer) in the order that the law gives them; reviews may run side by side."""
    adjustment = Adjustment.of(document)
    yield _EVENT, adjustment.event, f"/{EVENT}"
    if adjustment.applied:
        yield APPLIED, adjustment.applied.day, f"/{APPLIED}/{DAY}"
    for day, index in sorted((one.day, index) for index, one in enumerate(adjustment.reviews)):
        yield REVIEWED, day, f"/{REVIEWED}/{index}/{DAY}"
    if adjustment.approved:
        yield APPROVED, adjustment.approved.day, f"/{APPROVED}/{DAY}"
    if adjustment.published:
        yield PUBLICATION, adjustment.published, f"/{PUBLISHED}"


def unregistered_change(catalog: Catalog, recorded: Recorded) -> Iterator[Finding]:
    """清单最近一个版次以后，清单、清单上的事项及其程序，清单栏目里写着的别的记录（机关的名称等）有改动的，须先有批准的动态调整登记；没有的、后来才批准的列为待复核。"""
    # an edition is what makes a list published: before the first one, nothing has to be registered
    named = adjustments(catalog, recorded.whole)
    for key, told in recorded.since.items():
        record, entries = catalog.record(*key), [one for one in told if alters_list(one, recorded.aside)]
        for some, why in _unregistered(catalog, named.get(key, ()), entries, recorded.at):
            if record is None:
                continue
            newest, more = some[0], f"等 {len(some)} 次改动" if len(some) > 1 else ""
            message = f"{newest.date} 的{newest.kind}{more}（提交 {newest.commit.id[:12]}）{why}"
            yield Finding(record, "", message, "review")
    for id_, changes in recorded.through.items():
        for field in dict.fromkeys(change.told for change in changes):
            itself = {one.commit.id for one in recorded.since.get(field.key, ()) if alters_list(one, recorded.aside)}
            entries = [one.entry for one in changes if one.told == field and one.entry.commit.id not in itself]
            naming = (*named.get((LISTS, id_), ()), *named.get(field.key, ()))
            for some, why in _unregistered(catalog, naming, entries, recorded.at):
                what = f"改了 {'/'.join(field.key)} 的「{field.field}」，清单的栏目里写着它"
                message = f"{some[0].date} 的改动（提交 {some[0].commit.id[:12]}）{what}，{why}"
                yield Finding(catalog.records[LISTS][id_], "", message, "review")


def _unregistered(
    catalog: Catalog, named: Iterable[OpenAdjustment], entries: Iterable[Entry], at: str
) -> Iterator[tuple[list[Entry], str]]:
    """Yield the entries that nothing registers on a day, and those registered too late, with what to do."""
    named = [*named]
    by_then = [one for one in entries if not _registered(catalog, named, one, one.date)]
    open_ = [one for one in by_then if not _registered(catalog, named, one, at)]
    early = [one for one in by_then if one not in open_]
    told = ((open_, "没有动态调整登记；请补登记"), (early, "早于登记它的动态调整的批准；请核对"))
    yield from ((some, why) for some, why in told if some)


def alters_list(entry: Entry, aside: Names) -> bool:
    """Tell whether an entry changed what a list says; `aside` are by collection the fields that never do."""
    if entry.kind not in _CHANGED:
        return entry.kind not in _UNTOLD
    names = aside.get(entry.key[0], frozenset()) | (LOOKS if entry.key[0] == LISTS else frozenset())
    return any(change.steps[0] not in names for change in entry.changes)


def _registered(catalog: Catalog, named: Iterable[OpenAdjustment], entry: Entry, at: str) -> bool:
    """Tell whether an adjustment registers an entry: a later correction (变更) goes with whatever it registers.

    At a bureau, one that nobody has approved by the day `at` registers nothing.
    """
    return any(
        justifying((adjustment,), entry)
        and (adjustment.approved_by(at) or catalog.settings.demonstration.on)
        and (
            entry.kind in _CHANGED
            or entry.key[0] != ITEMS
            or TouchedItem(entry.key[1], entry.kind) in _touches(catalog, adjustment.id)
        )
        for adjustment in named
    )


def _touches(catalog: Catalog, id_: str) -> tuple[TouchedItem, ...]:
    """Return what an adjustment registers of items."""
    record = catalog.record(ADJUSTMENTS, id_)
    return Adjustment.of(record.data).touched if record else ()


def adjustment_mismatch(catalog: Catalog, recorded: Recorded) -> Iterator[Finding]:
    """已经公布的动态调整登记的事项和变化，须与版本库在它期间记录的改动一致；不一致的列为待复核。"""
    told = {one.id: one for adjustment in adjustments(catalog, recorded.whole).values() for one in adjustment}
    for id_, record in catalog.records.get(ADJUSTMENTS, {}).items():
        if Adjustment.of(record.data).published < recorded.begins:
            continue
        for index, one in enumerate(_touches(catalog, id_)):
            entries = [each for each in recorded.whole.get((ITEMS, one.item), ()) if justifying((told[id_],), each)]
            kinds = dict.fromkeys(entry.kind for entry in entries if alters_list(entry, recorded.aside))
            if one.becomes not in kinds:
                found = f"记录的是{'、'.join(kinds)}" if kinds else "没有记录它的改动"
                message = f"登记为{one.becomes}的「{one.item}」，版本库在这次调整期间{found}；请核对"
                yield Finding(record, f"/{TOUCHED}/{index}/{BECOMES}", message, "review")


RULES = (adjustment_late, adjustment_order)


def adjustment_recorded(catalog: Catalog, recorded: Recorded) -> Iterator[Finding]:
    """动态调整须随办随记，公布以前就记录在版本库里，公布以后不再改；申请、审核、批准三十日以后才记录，公布以后才记录、才写上批准、又改名称、事由、日期的，列为待复核：那可能是补的。"""
    for id_, record in catalog.records.get(ADJUSTMENTS, {}).items():
        entries, day = recorded.whole.get((ADJUSTMENTS, id_), ()), Adjustment.of(record.data).published
        first = entries[-1].date if entries else ""
        if recorded.begins <= day < first:
            message = f"写的公布日期是 {day}，而版本库里 {first} 才第一次记录这次调整；请核对是不是补登记"
            yield Finding(record, f"/{PUBLISHED}", message, "review")
            continue
        form = catalog.forms[ADJUSTMENTS]
        naming = (form.title_field, *(name for name, field in form.fields.items() if field.collections))
        afterwards = [*_afterwards(record, entries[:-1], (*_COUNTS, *naming), recorded.begins)]
        yield from afterwards
        for late in () if afterwards else _long_after(record, entries, recorded.begins):
            if late.day < recorded.begins and not _registers(catalog, recorded, id_):
                continue
            message = f"写的{late.name}日期是 {late.day}，而版本库里 {late.written} 才写上；请核对是不是补登记"
            yield Finding(record, late.pointer, message, "review")
            break


def _long_after(record: Record, entries: Sequence[Entry], begins: str) -> Iterator[_LateStep]:
    """Yield the steps that were written down long after their day, counted from the day on which git began."""
    written: dict[tuple[str, str], str] = {}
    still: set[tuple[str, str]] | None = None
    for entry, document in zip(entries, states(record.data, entries), strict=False):  # the last was before them all
        steps = {(name, day) for name, day, _ in _steps(document)}
        still = steps if still is None else still & steps
        written |= dict.fromkeys(still, entry.date)
    for name, day, pointer in _steps(record.data):
        told, first = real(max(day, begins)), real(written.get((name, day), ""))
        if name != _EVENT and day and told and first and (first - told).days > SOON:
            yield _LateStep(name, day, pointer, first.isoformat())


def _registers(catalog: Catalog, recorded: Recorded, id_: str) -> bool:
    """Tell whether an adjustment registers a change that git saw since an edition."""
    named = adjustments(catalog, recorded.whole)
    return any(
        _registered(catalog, [one], entry, recorded.at)
        for key, entries in recorded.since.items()
        for one in named.get(key, ())
        if one.id == id_
        for entry in entries
        if alters_list(entry, recorded.aside)
    )


def _afterwards(record: Record, entries: Iterable[Entry], counts: Iterable[str], begins: str) -> Iterator[Finding]:
    """Yield the newest time that an adjustment was altered in what counts after the day of its publication.

    Git saw nothing of one that was over before the first commit; one that is opened again takes in what git saw.
    """
    document = record.data
    for entry in entries:
        before = revert(document, entry.changes)
        closed = [Adjustment.of(one).published for one in (before, document)]
        days = [day for day in closed if day]
        names = [name for name in counts if any(_step_of(change) == name for change in entry.changes)]
        if names and days and min(days) < entry.date and not all("" < day < begins for day in closed):
            told = f"公布日期是 {min(days)}，而{'、'.join(f'「{name}」' for name in names)}是 {entry.date} 才写成这样的"
            pointer = f"/{names[0]}" if names[0] in record.data else ""
            yield Finding(record, pointer, f"{told}（提交 {entry.commit.id[:12]}）；请核对是不是补登记", "review")
            return
        document = before


def _step_of(change: Change) -> str:
    """Return the step of an adjustment that a change alters; empty where it only adds the document that proves it."""
    name, *inner = change.steps
    adds = inner[-1:] in ([FILE], [HASH], [OPINION]) and change.old is None
    return "" if adds else str(name)


def time_backwards(catalog: Catalog, recorded: Recorded) -> Iterator[Finding]:
    """提交的日期不能早于它前面的提交：早的按前面的算，列为待复核，请说明原因。"""
    for one in recorded.back:
        message = f"提交 {one.id[:12]} 写的日期是 {one.claimed}，早于它前面的提交，按 {one.date} 算；请核对"
        yield Finding(catalog.site_record, "", message, "review")


RECORDED = (unregistered_change, adjustment_mismatch, adjustment_recorded, time_backwards)
"""The rules that hold the catalog against what git recorded: they take a catalog and a `Recorded`."""
