"""The days that a statute tells of itself: on which it was made or amended, and from which it is in force."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.law.numerals import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.law.text import Statute

_DAY = re.compile(
    r"(?:(\w{2,6})\s*[:：]\s*)?"
    r"(?:(\w{4})年(\w{1,2})月(\w{1,3})日(\s*起?(?:正式)?(?:施行|实施|生效)(?!日期|时间))?|([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2}))"
)
"""A day in either numerals, with the label that a page puts before it: 公布日期：2021-06-10."""
_BEGINS = re.compile("施行|实施|生效")
_POSTED = re.compile(r"(?:\A|发布|更新|上传|录入|转载|打印|成文)(?:日期|时间)\Z")
"""When a page was put online says nothing of the law on it."""
_AT_ONCE = re.compile("自(?:公布|发布|印发)之日起(?:正式)?(?:施行|实施|生效)")
_MADE = re.compile("通过|公布|修正|修订|发布|修改")
_EVENTS = ("修正", "修订", "修改", "公布")
"""What a version is called by, as the note of its day has it; the last where that says none."""


def made(statute: Statute) -> list[str]:
    """Return the days on which a statute was made or amended, as its notes tell, the last one last."""
    notes = filter(_MADE.search, statute.notes)
    return sorted(day for note in notes for day, begins in _days(note) if not begins)


def begun(statute: Statute, made: str) -> str:
    """Return the last day from which a statute made on a day says that it is in force; empty where it names none."""
    words = (*statute.notes, statute.words(max(statute.articles)))
    days = [day for one in words for day, begins in _days(one) if begins and day >= made]
    return max(days, default=made if _AT_ONCE.search(words[-1]) else "")


def event(statute: Statute, day: str) -> str:
    """Return what was done with a statute on a day, as its notes have it: 修正, 修订, 修改, else 公布."""
    parts = [part for note in statute.notes for part in re.split("[,，。；; ]", note)]
    note = "".join(part for part in parts if (day, False) in _days(part))
    return next((one for one in _EVENTS if one in note), _EVENTS[-1])


def _days(words: str) -> Iterator[tuple[str, bool]]:
    """Yield the days that words name, and whether something is in force from them."""
    for label, *written, begins, iso_year, iso_month, iso_day in _DAY.findall(words):
        if _POSTED.search(label) or (iso_year and not label):
            continue
        parts = (iso_year, iso_month, iso_day) if iso_year else written
        year, month, day = (number(one) or 0 for one in parts)
        if year and month and day:
            yield f"{year:04}-{month:02}-{day:02}", bool(begins or _BEGINS.match(label))
