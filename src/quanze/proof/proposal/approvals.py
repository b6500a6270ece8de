"""Which approvals a change of a published list still lacks; an approval is a number and a day, never a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.history.adjustment import ADJUSTMENTS, adjustments, justifying
from quanze.law.adjustment import Adjustment
from quanze.register.definition import EDITIONS, ListDefinition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Record
    from quanze.history import Entry
    from quanze.history.adjustment import OpenAdjustment
    from quanze.history.diff import Change
    from quanze.register.catalog import Catalog

    Key = tuple[str, str]


class Approvals:
    """What is registered of the changes, as the catalog and its history tell it."""

    def __init__(self, catalog: Catalog, entries: Mapping[Key, tuple[Entry, ...]]) -> None:
        self._catalog = catalog
        self._named = adjustments(catalog, entries)

    def open(self, entry: Entry) -> tuple[OpenAdjustment, ...]:
        """Return the adjustments that register a change."""
        return tuple(one for one in self._named.get(entry.key, ()) if justifying((one,), entry))

    def missing(self, found: Sequence[OpenAdjustment]) -> Iterator[str]:
        """Yield what a change of what is published lacks."""
        if not found:
            yield f"没有动态调整登记：请在 catalog/{ADJUSTMENTS}/ 写明事由、涉及的记录和批准"
        for one in found:
            record = self._catalog.record(ADJUSTMENTS, one.id)
            told = Adjustment.of(record.data if record else {})
            if not told.applied:
                yield f"动态调整「{one.title}」没有写申请（机关、日期）"
            if not told.reviews:
                yield f"动态调整「{one.title}」没有写审核意见（机构编制、司法行政）"
            if not (one.approver and one.approved):
                yield f"动态调整「{one.title}」还没有批准（机关、文号、日期）"
            elif not one.number:
                yield f"动态调整「{one.title}」的批准没有文号"


def unapproved(record: Record, changes: Sequence[Change] | None) -> Iterator[str]:
    """Yield which editions, of those that are new in a list's file, have no document that approves them."""
    fresh = {change.steps[1] for change in changes or () if change.steps[:1] == (EDITIONS,) and len(change.steps) > 1}
    whole = changes is None or any(change.steps == (EDITIONS,) for change in changes)
    for number, one in enumerate(ListDefinition.of(record.data).editions, 1):
        if (whole or number in fresh) and not one.number:
            yield f"版次「{one.name}」没有写批准的文号"
