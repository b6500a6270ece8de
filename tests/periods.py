"""A model of the script: the last day of a period (期限) that runs from the day on which a person received a paper.

The day itself does not count. What of a last day on a holiday becomes is told, not assumed: only a law postpones it.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from quanze.law.calendar import months_after, workday, workdays_after

WORKDAYS, DAYS, MONTHS, YEARS = "工作日", "日", "月", "年"


class Ending(StrEnum):
    """How a period ends."""

    ORDINARY = "ordinary"
    """On a working day."""
    POSTPONED = "postponed"
    """On a holiday; by law the first working day after it is the last day."""
    HOLIDAY = "holiday"
    """On a holiday; no law is known that postpones it."""
    UNKNOWN = "unknown"
    """On a day of a year whose holidays are not arranged yet, or in such a year alone can it be counted (未定)."""


class LastDay(NamedTuple):
    """The last day of a period."""

    day: date | None
    """None where it cannot be counted yet."""
    counted: date | None
    """The same before it is postponed."""
    ending: Ending


def last_day(received: date, number: int, unit: str, *, postpones: bool) -> LastDay:
    """Return the last day of a period of so many 工作日, 日, 月 or 年; `postpones` says whether a law postpones it."""
    counted = _counted(received, number, unit)
    works = workday(counted) if counted else None
    if counted is None or works is None:
        return LastDay(counted, counted, Ending.UNKNOWN)
    if works:
        return LastDay(counted, counted, Ending.ORDINARY)
    if not postpones:
        return LastDay(counted, counted, Ending.HOLIDAY)
    later = workdays_after(counted, 1)
    return LastDay(later or counted, counted, Ending.POSTPONED if later else Ending.UNKNOWN)


def _counted(received: date, number: int, unit: str) -> date | None:
    if unit == WORKDAYS:
        return workdays_after(received, number)
    if unit == DAYS:
        return received + timedelta(days=number)
    found = months_after(received.isoformat(), number * (12 if unit == YEARS else 1))
    return date.fromisoformat(found) if found else None
