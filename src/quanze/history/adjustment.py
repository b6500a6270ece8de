"""Adjustments (动态调整): which one justifies a change that git recorded.

An approval is a document number and a day, never the author of a commit. What is read here of a record of the
collection `adjustments/` is what the public is told; its clocks and rules are elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from quanze.base.value import text
from quanze.history.rewind import states
from quanze.law.adjustment import PUBLISHED, Adjustment, Approval
from quanze.law.document_number import numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quanze.base.model import Document, Record
    from quanze.history import Entry
    from quanze.register.catalog import Catalog

    Key = tuple[str, str]

ADJUSTMENTS = "adjustments"


@dataclass(frozen=True, slots=True)
class OpenAdjustment:
    """An adjustment with the time in which it is open: in it, a change is justified by it."""

    id: str
    title: str
    approver: str
    number: str
    """The number of the document that approves it; empty where none is told."""
    approved: str
    digest: str
    """The SHA-256 of that document."""
    published: str
    before: str
    """The day of publication that was written at first, where another was written since; else empty."""
    begin: str
    """The day of the event, or the day on which the adjustment was first recorded, whichever is earlier."""
    told: str
    """The day on which git recorded the approval as it stands now; empty where it is not recorded."""
    end: str
    """The day of its publication, or on which that was recorded, whichever is later; empty while it is open.

    Once it has come, nothing that is written afterwards opens the adjustment again.
    """

    def after(self, day: str) -> str:
        """Say of a change of a day that the approval came, or was recorded, after it; empty where it was not."""
        if self.approved > day:
            return "在这次改动以后"
        return f"{self.told} 才记录，在这次改动以后" if self.told > day else ""

    def approved_by(self, day: str) -> bool:
        """Tell whether it was approved by a numbered document, on a day that had come by `day`, where one is given."""
        return numbered(self.number) and bool(self.approved) and (not day or self.approved <= day)

    @property
    def url(self) -> str:
        """The address of its page from the root."""
        return f"{ADJUSTMENTS}/{self.id}/"


def adjustments(catalog: Catalog, entries: Mapping[Key, tuple[Entry, ...]]) -> Mapping[Key, tuple[OpenAdjustment, ...]]:
    """Return for each record the adjustments that name it."""
    named: defaultdict[Key, dict[str, OpenAdjustment]] = defaultdict(dict)
    for key, occurrences in catalog.references.items():
        for occurrence in occurrences:
            if occurrence.record.collection == ADJUSTMENTS:
                named[key][occurrence.record.id] = _adjustment(catalog, occurrence.record, entries)
    return {key: tuple(by_id.values()) for key, by_id in named.items()}


def _adjustment(catalog: Catalog, record: Record, entries: Mapping[Key, tuple[Entry, ...]]) -> OpenAdjustment:
    recorded = entries.get((ADJUSTMENTS, record.id), ())
    days = [entry.date for entry in recorded]
    adjustment = Adjustment.of(record.data)
    approval = adjustment.approved or Approval.of({})
    return OpenAdjustment(
        id=record.id,
        title=catalog.title(record),
        approver=approval.body,
        number=approval.number,
        approved=approval.day,
        digest=approval.digest,
        published=adjustment.published,
        before=_before(record.data, recorded),
        begin=min(filter(None, (adjustment.event, *days)), default=""),
        told=_told(record.data, recorded) if adjustment.approved else "",
        end=_end(adjustment.published, recorded),
    )


def _told(document: Document, entries: Sequence[Entry]) -> str:
    """Return the day since which an adjustment names who approved it, by which number and when, as it does now."""
    now = _approval(document)
    standing = takewhile(lambda pair: _approval(pair[1]) == now, zip(entries, states(document, entries), strict=False))
    return next((entry.date for entry, _ in reversed([*standing])), "")


def _before(document: Document, entries: Sequence[Entry]) -> str:
    """Return the day of publication that an adjustment named first, where it now names another, or none."""
    days = [day for state in states(document, entries) if (day := Adjustment.of(state).published)]
    return days[-1] if days and days[-1] != Adjustment.of(document).published else ""


def _approval(document: Document) -> tuple[str, ...]:
    approved = Adjustment.of(document).approved
    return (approved.body, approved.number, approved.day) if approved else ()


def _end(published: str, entries: Sequence[Entry]) -> str:
    """Return the day that ends an adjustment of which git recorded these entries, newest first."""
    told = []
    for entry in entries:
        told.append((entry.date, published))
        change = next((one for one in entry.changes if one.steps == (PUBLISHED,)), None)
        published = text(change.old) if change else published
    end = "" if entries else published
    for day, now in reversed(told):
        if not end or day <= end:
            end = max(now, day) if now else ""
    return end


def justifying(named: Iterable[OpenAdjustment], entry: Entry) -> OpenAdjustment | None:
    """Return the adjustment that justifies a change: of those open on its day, the one that began last."""
    fitting = [
        adjustment
        for adjustment in named
        if adjustment.begin <= entry.date and (not adjustment.end or entry.date <= adjustment.end)
    ]
    return max(fitting, key=lambda adjustment: (adjustment.begin, adjustment.id), default=None)
