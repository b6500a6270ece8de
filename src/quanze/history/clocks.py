"""The deadlines of adjustments (动态调整): they run in working days, as many as the settings say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.history.adjustment import ADJUSTMENTS
from quanze.history.governing import settings_then
from quanze.law.adjustment import APPLIED, Adjustment
from quanze.law.calendar import workdays_after
from quanze.register.life import real

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Record
    from quanze.register.catalog import Catalog

APPLICATION, PUBLICATION = APPLIED, "公布"


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

    def state(self, at: str) -> str:
        """Say how it stands on a day."""
        if self.late(at):
            return f"{self.done} 才{self.name}，逾期" if self.done else f"没有{self.name}，逾期"
        return f"{self.done} 已{self.name}" if self.done else f"还没有{self.name}"


def clocks(catalog: Catalog) -> Iterator[Clock]:
    """Yield the deadlines of every adjustment: to apply after the event, to publish after the approval.

    A term is that of the settings of the day from which it runs: a later one does not reach back.
    """
    records = catalog.records.get(ADJUSTMENTS, {}).values()
    if not records:
        return
    then = settings_then(catalog.root, catalog.settings)
    for record in records:
        adjustment = Adjustment.of(record.data)
        applied, approved = (step.day if step else "" for step in (adjustment.applied, adjustment.approved))
        runs = (
            (APPLICATION, adjustment.event, then.on(adjustment.event).apply_within, applied),
            (PUBLICATION, approved, then.on(approved).publish_within, adjustment.published),
        )
        for name, begins, limit, done in runs:
            day = real(begins)
            if day and limit is not None:
                due = workdays_after(day, limit)
                yield Clock(record, name, begins, limit, due.isoformat() if due else "", done)
