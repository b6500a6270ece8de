"""A day (日期)."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from quanze.base.markup import as_html, escape
from quanze.form.kinds.kind import Kind, ValueFault, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from quanze.form.kinds.kind import Field, Look, Lookup

_DATE = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?(?:[ T]00:00:00)?\Z")


def html(value: object, _field: Field, _look: Look) -> Markup:
    """Return a day for people and for machines."""
    date = escape(value)
    return as_html(f'<time datetime="{date}">{date}</time>')


def read(text: str, _field: Field, _names: Lookup) -> str:
    """Return a day as it stands in a sheet.

    Raises:
        ValueError: the text is no day.

    """
    line = plain(text)
    match = _DATE.match(line)
    if not match:
        raise ValueError(f"「{line}」不是日期；写成 2026-05-01 的样子")
    try:
        return datetime.date(*map(int, match.groups())).isoformat()
    except ValueError:
        raise ValueError(f"「{line}」不是日历上有的日期") from None


def faults(value: object) -> Iterator[ValueFault]:
    """Yield what is wrong with a day that is written as one: the calendar may not have it."""
    if not _there(str(value)):
        yield ValueFault(f"「{value}」不是日历上有的日期；请核对月和日")


@lru_cache(maxsize=4096)
def _there(day: str) -> bool:
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        return False
    return True


FAULTS = {"real-date": faults}
KIND = Kind("日期", html=html, read=read, faults=FAULTS, day=True, shared=True)
