"""Lifecycle: a record begins, ends and is succeeded in order; it never just vanishes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from quanze.base.model import Record
from quanze.base.problem import Finding
from quanze.form import kinds
from quanze.register.life import Life, lives, state, unpublished
from quanze.register.roles import SUCCESSOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.register.catalog import Catalog

Earlier = Mapping[tuple[str, str], Record]
"""The records of the newest edition by (collection, id): what was published once."""


def period_reversed(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """终止日期须晚于生效日期。"""
    for name, life in lives(catalog).items():
        if not (life.start and life.end):
            continue
        for record in catalog.records.get(name, {}).values():
            start, end = life.begins(record.data), life.ends(record.data)
            if start and end and end <= start:
                message = f"「{life.end}」{end} 不晚于「{life.start}」{start}；是不是写反了"
                yield Finding(record, f"/{life.end}", message)


def future_start(catalog: Catalog, at: str) -> Iterator[Finding]:
    """状态写有效的，生效日期不能还没有到：到那一天以前写「拟」，或者核对日期；列为待复核。"""
    for name, life in lives(catalog).items():
        for record in catalog.records.get(name, {}).values() if life.start and life.status else ():
            start, status = life.begins(record.data), state(record.data, life.status)
            if start > at and life.exercised(record.data):
                message = (
                    f"状态是「{status}」，「{life.start}」{start} 却还没有到；请核对日期，到那一天以前可以写「拟」"
                )
                yield Finding(record, f"/{life.start}", message, "review")


def past_end(catalog: Catalog, at: str) -> Iterator[Finding]:
    """终止日期已经到了的，状态不能还是有效或者暂停：网站从那一天起说已到期，清单不再列入；请改写状态，或者核对日期；列为待复核。"""
    for name, life in lives(catalog).items():
        for record in catalog.records.get(name, {}).values() if life.end and life.status else ():
            end, status = life.ends(record.data), state(record.data, life.status)
            if "" < end <= at and not life.gone(record.data) and not unpublished(status):
                message = f"状态是「{status}」，「{life.end}」{end} 却已经到了；请改写状态，或者核对日期"
                yield Finding(record, f"/{life.end}", message, "review")


def ended_reference(catalog: Catalog, at: str) -> Iterator[Finding]:
    """承接的事项须在本事项终止之后仍然有效；有效的记录引用已经终止的记录（如主项），列为待复核。"""
    known = lives(catalog)
    for occurrence in catalog.by_kind[kinds.REF]:
        target = catalog.record(occurrence.field.collection, occurrence.value) if occurrence.field.collection else None
        gone = known[occurrence.field.collection].ended(target.data, at) if target else ""
        if not target or not gone:
            continue
        own = known[occurrence.record.collection].ended(occurrence.record.data, at)
        title = catalog.title(target)
        if occurrence.field.name == SUCCESSOR and own and gone <= own:
            message = f"承接事项「{title}」（{target.id}）已于 {gone} 终止，不能在 {own} 承接；请改写真正承接的事项"
            yield Finding(occurrence.record, occurrence.pointer, message)
        elif occurrence.field.name == SUCCESSOR and not target.data.get(SUCCESSOR):
            message = f"承接事项「{title}」（{target.id}）也已于 {gone} 终止，又没有写由谁承接；请核对"
            yield Finding(occurrence.record, occurrence.pointer, message, "review")
        elif known[occurrence.record.collection].status and not own and occurrence.field.name != SUCCESSOR:
            message = f"「{occurrence.field.name}」写的「{title}」（{target.id}）已于 {gone} 终止；请核对"
            yield Finding(occurrence.record, occurrence.pointer, message, "review")


def vanished(catalog: Catalog, earlier: Earlier) -> Iterator[Finding]:
    """公布过的记录不能删除，也不能退回「拟」：须写明终止（状态、终止日期、终止原因），编号不再使用。"""
    # what is gone is told at the path it had then
    known = lives(catalog)
    for (collection, id_), record in earlier.items():
        life = known.get(collection, Life("", "", "", ""))
        if life.draft(record.data) or (collection, id_) in catalog.broken:
            continue
        now = catalog.record(collection, id_)
        if now is None:
            message = f"已经公布的「{id_}」不见了；公布过的记录不能删除，请恢复文件{_ending(life)}"
            yield Finding(record, "", message)
        elif life.draft(now.data):
            message = f"已经公布的「{id_}」不能退回「拟」；不再行使的，请写明终止"
            yield Finding(now, f"/{life.status}", message)


def _ending(life: Life) -> str:
    """Return the clause that says how a record is ended; its form may have no field for the day, or none at all."""
    if not life.status:
        return ""
    return f"，改写「{life.status}」和终止的日期、原因" if life.end else f"，改写「{life.status}」"


RULES = (period_reversed, future_start, past_end, ended_reference)
