"""When a record is in effect: read from the kinds of its fields, so that any collection can have a life."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.value import text
from quanze.form import kinds
from quanze.form.kinds import check

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.base.model import Value
    from quanze.form import Form
    from quanze.register.catalog import Catalog
    from quanze.register.settings import Settings


DRAFT, _HELD = "拟", "暂停"
"""States of a record: not published yet, and not exercised for now."""
_ENDED = frozenset({"取消", "下放", "划转", "合并"})
"""The states of a power that the body no longer has."""
EXPIRED = "已到期"
"""What is said of a record whose last day has come and whose status does not say that it has ended."""
_WORDS = frozenset({DRAFT, _HELD, *_ENDED})


def unpublished(status: str | None) -> bool:
    """Tell whether the public knows nothing of a record with a status; None stands for no record."""
    return status in {DRAFT, None}


def state(data: Mapping[str, Value], field: str | None) -> str:
    """Return the status that a document tells in a field, whatever else may be wrong with it; empty without one.

    None for a field stands for a collection of which no form is left to say where the status is: its words tell it.
    """
    told = data.get(field) if field is not None else [value for value in data.values() if str(value) in _WORDS]
    words = [str(word) for word in told] if isinstance(told, list | tuple) else [str(told or "")]
    return DRAFT if DRAFT in words else next(iter(words), "")


@dataclass(frozen=True, slots=True)
class Life:
    """The fields of one collection that tell when a record is in effect; empty names where it has none."""

    status: str
    start: str
    end: str
    check: str

    @classmethod
    def of(cls, form: Form | None) -> Life:
        """Return the life that a form gives its records; without a form they have none."""
        if form is None:
            return cls("", "", "", "")
        return cls(*map(form.role, (kinds.STATUS, kinds.START, kinds.END, kinds.CHECK)))

    def draft(self, data: Mapping[str, Value]) -> bool:
        """Tell whether the record is not yet published."""
        return state(data, self.status) == DRAFT

    def held(self, data: Mapping[str, Value]) -> bool:
        """Tell whether the record is published and not exercised for now."""
        return state(data, self.status) == _HELD

    def gone(self, data: Mapping[str, Value]) -> bool:
        """Tell whether the record's status says that it has ended."""
        return state(data, self.status) in _ENDED

    def exercised(self, data: Mapping[str, Value]) -> bool:
        """Tell whether the record's status says that it is in effect."""
        return state(data, self.status) not in {"", *_WORDS}

    def ended(self, data: Mapping[str, Value], at: str) -> str:
        """Return the day from which the record is no longer in effect, whatever its status says; empty while it is."""
        end = self.ends(data)
        if self.gone(data):
            return end or at
        return end if end and end <= at else ""

    def over(self, data: Mapping[str, Value], at: str) -> bool:
        """Tell whether the record has ended by a day: one that will end later, whatever its status says, has not."""
        return "" < self.ended(data, at) <= at

    def begins(self, data: Mapping[str, Value]) -> str:
        """Return the first day that a document tells; empty where it tells none."""
        return text(data.get(self.start))

    def ends(self, data: Mapping[str, Value]) -> str:
        """Return the day of the end that a document tells; empty where it tells none."""
        return text(data.get(self.end))

    def says(self, data: Mapping[str, Value]) -> str:
        """Return the status that a document tells, as it is written; empty where it tells none."""
        return text(data.get(self.status))

    def day(self, data: Mapping[str, Value], at: str) -> str:
        """Return the day on which the record's law is looked at: `at`, or the nearest one on which it is in effect."""
        end = self.ends(data)
        if self.ended(data, at):
            return min(at, day_before(end)) if end else at
        return max(at, self.begins(data))

    def checked(self, data: Mapping[str, Value]) -> str:
        """Return the day of the last check against the sources; empty where none is told."""
        return check.day(data.get(self.check))


def lives(catalog: Catalog) -> Mapping[str, Life]:
    """Return the life of each collection."""
    return {name: Life.of(form) for name, form in catalog.forms.items()}


def days(catalog: Catalog, at: str) -> Mapping[str, str]:
    """Return by path the days of the records whose law is looked at on another day than `at`."""
    known = lives(catalog)
    days = ((record.path, known[record.collection].day(record.data, at)) for record in catalog)
    return {path: day for path, day in days if day != at}


def real(day: str) -> datetime.date | None:
    """Return a day that the calendar has, or None."""
    try:
        return datetime.date.fromisoformat(day)
    except ValueError:
        return None


def checked_since(settings: Settings, at: str) -> str:
    """Return the earliest day of a check that is still recent enough on a day; empty where none is too old."""
    period, date = settings.check_period, real(at)
    if not period or not date or period >= date.toordinal():
        return ""
    return (date - datetime.timedelta(days=period)).isoformat()


def day_before(day: str) -> str:
    """Return the day before; the same text where the calendar has no such day."""
    date = real(day)
    return (date - datetime.timedelta(days=1)).isoformat() if date and date > datetime.date.min else day
