"""The remarks that go with a title: the year or the day of a version, and what happened then."""

from __future__ import annotations

import re
from functools import lru_cache

from quanze.law.reader.lexicon import pattern, value

FORMER = "旧"
"""What stands for an event where the text means a version before the present one and does not say which."""
_DAY = re.compile(r"^(?:([0-9]{1,2})月(?:([0-9]{1,2})日)?)?")


def year_of(note: str) -> tuple[str, str]:
    """Return the year, or the day, that remarks name last with a change, and that change; else the last one."""
    best = ("", "")
    for match in pattern("year").finditer(note[:260]):
        words = match[1]
        number = int(words) if words.isdecimal() and words.isascii() else value(words)
        rest = note[match.end() : match.end() + 24]
        day = _DAY.match(rest)
        month, date = (day[1], day[2]) if day else (None, None)
        event = pattern("event").search(rest)
        when = f"{number:04}" + (f"-{int(month):02}-{int(date):02}" if month and date else "")
        if event or not best[1]:
            best = (when, event[1] if event else "")
    return best


@lru_cache(maxsize=16_384)
def year_before(text: str) -> tuple[str, str, int]:
    """Return the year before a title and how far back it stands: 2014年修正的《…》, 2014版《…》, 2014年《…》."""
    match = pattern("year_before").search(text)
    if not match:
        return "", "", 0
    year = match[1] or f"20{match[2]}"
    return year if year.isascii() else str(value(year)), match[3] or "", len(match[0])
