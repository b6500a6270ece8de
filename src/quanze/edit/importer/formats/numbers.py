"""Numbers as a sheet shows them: dates, leading zeros, decimals and per cent, as far as that matters."""

from __future__ import annotations

import datetime
import re

_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""The built-in formats of dates; those from 27 on are the Chinese, Japanese and Korean ones."""
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 49: "@"}
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_ZEROS = re.compile(r"0+(\.0+)?\Z")
_DIGITS = 15
"""A spreadsheet's numbers have no more digits than these."""
_LONGEST = 255
"""A spreadsheet's number formats are no longer."""
_LAST_DAY = 2_958_465
"""The last day that a spreadsheet counts: 9999-12-31."""
_LEAP = 60
"""The 29th of February 1900, which a spreadsheet counts and the calendar has not."""
_LONGEST_COUNT = 9


def count(text: str, other: int) -> int:
    """Return what a file counts or numbers by; `other` where that is no number, or greater than any table needs."""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_COUNT else other


def code(number: int, own: str = "") -> str:
    """Return the code of a number format by its number; `own` is what the workbook itself says."""
    return own[:_LONGEST] or ("yyyy-mm-dd" if number in _DATES else _BUILT_IN.get(number, ""))


def is_date(format_: str) -> bool:
    """Tell whether a number format shows a day."""
    bare = _LITERAL.sub("", format_.partition(";")[0]).lower()
    return "general" not in bare and ("y" in bare or ("d" in bare and "m" in bare))


def day(value: float, *, late: bool = False) -> str:
    """Return the day of a spreadsheet's serial number as ISO text; empty where there is none.

    `late` says that days are counted from 1904.
    """
    if not 1 <= value < _LAST_DAY + 1:
        return ""
    whole = int(value)
    start = datetime.date(1904, 1, 1) if late else datetime.date(1899, 12, 30 if whole > _LEAP else 31)
    try:
        return (start + datetime.timedelta(days=whole)).isoformat()
    except OverflowError:
        return ""


def shown(value: float, format_: str) -> str:
    """Return a number as the sheet shows it."""
    bare = _LITERAL.sub("", format_.partition(";")[0])
    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 — not a number
        return ""
    if "%" in bare:
        return f"{value * 100:.{_DIGITS}g}%"
    zeros = _ZEROS.match(bare)
    if zeros and zeros[1]:
        return f"{value:.{len(zeros[1]) - 1}f}"
    if value == int(value) and abs(value) < 1e21:  # noqa: PLR2004 — where a spreadsheet begins to write powers
        return f"{int(value):0{len(bare)}d}" if zeros else str(int(value))
    return f"{value:.{_DIGITS}g}"
