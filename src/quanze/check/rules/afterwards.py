"""What was changed after it was published: editions, files that records publish, the day from which history counts."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.form import kinds
from quanze.form.kinds.attachment import Attachment
from quanze.history.rewind import states
from quanze.register.catalog import LISTS
from quanze.register.definition import EDITIONS, ListDefinition
from quanze.register.life import real
from quanze.register.links import FILES
from quanze.register.settings import BEGINNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.check.rules.adjustments import Recorded
    from quanze.history import Entry
    from quanze.register.catalog import Catalog
    from quanze.register.definition import Edition


_SOON = 30
"""So many days after its publication an edition may be told."""


def edition_altered(catalog: Catalog, recorded: Recorded) -> Iterator[Finding]:
    """登记了的版次不能再改提交、标签、文号、日期，也不能删去；改过的列为待复核：它是查改动登记的起点。"""
    any_counts = catalog.settings.demonstration.on
    for id_, record in catalog.records.get(LISTS, {}).items():
        told: set[str] = set()
        entries = recorded.whole.get((LISTS, id_), ())
        for entry, (document, before) in zip(entries, pairwise(states(record.data, entries)), strict=True):
            now = {edition.id: edition for edition in ListDefinition.of(document).editions}
            for old in ListDefinition.of(before).editions:
                altered = _altered(old, now.get(old.id)) if any_counts or old.approved else ""
                if altered and old.id not in told:
                    told.add(old.id)
                    message = f"版次「{old.name}」{altered}（{entry.date}，提交 {entry.commit.id[:12]}）；请核对"
                    yield Finding(record, f"/{EDITIONS}" if EDITIONS in record.data else "", message, "review")


def edition_recorded(catalog: Catalog, recorded: Recorded) -> Iterator[Finding]:
    """版次公布以后三十日内要登记；晚于三十日才登记的，列为待复核：那可能是补的，它以前的改动就不查了。"""
    for id_, record in catalog.records.get(LISTS, {}).items():
        entries = recorded.whole.get((LISTS, id_), ())
        first_told: dict[str, str] = {}
        for entry, document in zip(entries, states(record.data, entries), strict=False):  # the last was before them all
            first_told |= dict.fromkeys((edition.id for edition in ListDefinition.of(document).editions), entry.date)
        for index, edition in enumerate(catalog.lists[id_].editions):
            published, first = real(edition.published), real(first_told.get(edition.id, ""))
            if published and first and recorded.begins <= edition.published and (first - published).days > _SOON:
                message = f"版次「{edition.name}」写的公布日期是 {published}，{first} 才登记；请核对是不是补登记"
                yield Finding(record, f"/{EDITIONS}/{index}", message, "review")


def _altered(old: Edition, new: Edition | None) -> str:
    """Say what became of an edition that was told once; empty where nothing did, or only more was told."""
    if new is None:
        return "登记以后被删去"
    changed = [f"「{name}」由 {was} 改为 {now or '没有'}" for name, was, now in old.altered(new)]
    return f"登记以后改过：{'，'.join(changed)}" if changed else ""


def attachment_replaced(catalog: Catalog, recorded: Recorded) -> Iterator[Finding]:
    """附件换了内容，引用它的记录须写明（改校验值，或者换文件名）；没有写明的列为待复核。"""
    for occurrence in catalog.by_kind[kinds.ATTACHMENT]:
        attachment = Attachment.of(occurrence.value)
        path = f"{FILES}/{attachment.path}"
        replaced = recorded.files.get(path)
        entries = recorded.whole.get((occurrence.record.collection, occurrence.record.id), ())
        if attachment.digest or not entries or not replaced or replaced.id not in recorded.order:
            continue
        field = occurrence.pointer.split("/")[1]
        since = [entry for entry in entries if recorded.order[entry.commit.id] <= recorded.order[replaced.id]]
        if not any(_names(each, field) for each in since):
            said = f"{path} 在 {replaced.date}（提交 {replaced.id[:12]}）换了内容，这条记录没有写明"
            message = f"{said}；请核对是不是原来那一份，写上「校验值」"
            yield Finding(occurrence.record, occurrence.pointer, message, "review")


def _names(entry: Entry, field: str) -> bool:
    """Tell whether an entry tells the public what stands in a field: it is new, or the field changed."""
    return entry.kind == "新增" or any(change.steps[0] == field for change in entry.changes)


def beginning_moved(catalog: Catalog, recorded: Recorded) -> Iterator[Finding]:
    """「历史起点」只在换成自己的「本机关」时写；后来才写、才改的，以前的改动就不查了，列为待复核。"""
    moved = recorded.beginning
    if moved:
        began = catalog.settings.beginning
        message = f"{moved.date}（提交 {moved.id[:12]}）才写成「{began[:12]}」：那以前的改动没有查；请核对"
        yield Finding(catalog.site_record, f"/{BEGINNING}" if began else "", message, "review")


RECORDED = (edition_altered, edition_recorded, attachment_replaced, beginning_moved)
"""They take a catalog and a `Recorded`."""
