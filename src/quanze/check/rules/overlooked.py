"""What nobody sees by looking at the branch: merges that leave out, copies that were altered, approvals kept open."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.check.rules.adjustments import alters_list
from quanze.form.kinds.adoption import ADOPTION, Overlay
from quanze.history.adjustment import ADJUSTMENTS, adjustments, justifying
from quanze.history.rewind import states
from quanze.law.adjustment import APPROVED, Adjustment
from quanze.register.catalog import LISTS
from quanze.register.definition import LOOKS
from quanze.register.life import lives, real

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Record
    from quanze.check.rules.adjustments import Recorded
    from quanze.history.dropped import Dropped
    from quanze.register.catalog import Catalog

_LONG = 183
"""So many days after an approval nobody waits any more for what it approved: half a year."""


def merge_dropped(catalog: Catalog, recorded: Recorded) -> Iterator[Finding]:
    """合并两条分支，两边的改动都要收进来；没有收进来的（如 merge -s ours），列为待复核：主线的历史里看不出来。"""
    life = lives(catalog)
    for one in recorded.dropped:
        collection, id_ = one.key
        draft = life[collection].draft if collection in life else None
        if draft and all(not document or draft(document) for document in (one.before, one.theirs)):
            continue
        record = catalog.record(*one.key)
        fields = _still_left_out(recorded, one, record)
        if fields:
            became = "删去了" if not one.theirs else "新加了" if not one.before else f"改了「{'、'.join(fields)}」，"
            source = f"另一边（{one.source.date}，提交 {one.source.id[:12]}）{became}"
            what = f"{collection}/{id_} " if record is None else ""
            message = f"{one.merge.date} 的合并（提交 {one.merge.id[:12]}）：{source}{what}没有收进来；请核对"
            yield Finding(record or catalog.site_record, "", message, "review")


def _still_left_out(recorded: Recorded, one: Dropped, record: Record | None) -> list[str]:
    """Return the fields that tell something of what was published, and do not now say what the other side said."""
    aside = recorded.aside.get(one.key[0], frozenset()) | (LOOKS if one.key[0] == LISTS else frozenset())
    now = record.data if record else {}
    return [name for name in one.fields if name not in aside and now.get(name) != one.theirs.get(name)]


def adoption_altered(catalog: Catalog, recorded: Recorded) -> Iterator[Finding]:
    """采用来的内容只随上级的版本变；取来的还是那一版（校验值没有变），内容却变了的，列为待复核：副本可能改过。"""
    for record in catalog:
        entries = recorded.whole.get((record.collection, record.id), ()) if record.adopted else ()
        for entry, (now, before) in zip(entries, pairwise(states(record.data, entries)), strict=True):
            old, new = (Overlay.of(one.get(ADOPTION)) for one in (before, now))
            own = (*old.taken.own, *new.taken.own, *old.left_out, *new.left_out, ADOPTION)
            theirs = {change.steps[0] for change in entry.changes} - {path.partition(".")[0] for path in own}
            if theirs and old.taken.digest and old.taken.digest == new.taken.digest:
                fields = "、".join(sorted(map(str, theirs)))
                what = f"{entry.date}（提交 {entry.commit.id[:12]}）改了采用来的「{fields}」，取来的还是上级的那一版"
                message = f"{what}；请用 quanze adopt 与上级核对"
                yield Finding(record, f"/{ADOPTION}", message, "review")
                break


def adjustment_open(catalog: Catalog, recorded: Recorded) -> Iterator[Finding]:
    """批准的动态调整要接着公布；批准半年以后还没有公布的，半年以后才照它改的，列为待复核：那时的改动未必是批准的那一个。"""
    for record in catalog.records.get(ADJUSTMENTS, {}).values():
        adjustment = Adjustment.of(record.data)
        days = _days(adjustment.approved.day, recorded.at) if adjustment.approved else 0
        if adjustment.approved and not adjustment.published and days > _LONG:
            message = f"{adjustment.approved.day} 批准，到 {recorded.at} 已 {days} 天，还没有公布；请核对是不是不办了"
            yield Finding(record, f"/{APPROVED}", message, "review")
    for key, named in adjustments(catalog, recorded.whole).items():
        for entry in recorded.since.get(key, ()):
            found = justifying(named, entry) if alters_list(entry, recorded.aside) else None
            days = _days(found.approved, entry.date) if found else 0
            if found and days > _LONG:
                what = f"{entry.date}（提交 {entry.commit.id[:12]}）才改 {'/'.join(key)}"
                message = f"{found.approved} 批准，{days} 天以后 {what}；请核对是不是批准的那一个"
                yield Finding(catalog.records[ADJUSTMENTS][found.id], f"/{APPROVED}", message, "review")
                break


def _days(first: str, last: str) -> int:
    """Return how many days lie between two; 0 where one of them is none."""
    begin, end = real(first), real(last)
    return (end - begin).days if begin and end else 0


RECORDED = (merge_dropped, adoption_altered, adjustment_open)
"""They take a catalog and a `Recorded`."""
