"""Chinese working days, as the State Council's yearly arrangement of holidays makes them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from chinese_calendar import is_workday


def workday(day: date) -> bool | None:
    """Tell whether a day is a working day; None where the arrangement of its year is not known to the library."""
    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return None


def workdays_after(day: date, count: int) -> date | None:
    """Return the last day of a period of `count` working days that begins the day after `day`.

    The day itself does not count (行政处罚法 85 and the other procedural laws). None (未定) where the period runs into
    a year whose arrangement is not yet published; raises ValueError for a negative count.
    """
    if count < 0:
        message = "a period has no negative length"
        raise ValueError(message)
    while count:
        if day == date.max:
            return None
        day += timedelta(days=1)
        works = workday(day)
        if works is None:
            return None
        count -= works
    return day


def months_after(day: str, months: int) -> str:
    """Return the day some months later, as YYYY-MM-DD: the month's last day where it is shorter.

    Empty where the calendar does not have the day, or ends before.
    """
    try:
        start = date.fromisoformat(day)
        year, month = divmod(start.month - 1 + months, 12)
        last = calendar.monthrange(start.year + year, month + 1)[1]
        return date(start.year + year, month + 1, min(start.day, last)).isoformat()
    except (ValueError, calendar.IllegalMonthError):
        return ""
