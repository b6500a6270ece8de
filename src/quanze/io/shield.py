"""Cells of a CSV that a spreadsheet would run as a formula: shielded by an apostrophe, and read back without it."""

from __future__ import annotations

import re

_SIGNS = "=+-@\t\r\n＝＋－＠﹢﹣﹦﹫"
_RUN = re.compile(f"'*[{re.escape(_SIGNS)}]")
"""What begins a formula in some spreadsheet, full width too; behind apostrophes, as a text may have its own."""
_FIRST = frozenset(f"'{_SIGNS}")
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?%?")


def shield(text: str) -> str:
    """Return a cell that no spreadsheet runs; a number stays one."""
    if text[:1] not in _FIRST:  # as nearly all are, of a hundred thousand
        return text
    return f"'{text}" if _RUN.match(text) and not _NUMBER.fullmatch(text) else text


def bare(text: str) -> str:
    """Return what a shielded cell holds."""
    return text[1:] if text.startswith("'") and _RUN.match(text, 1) else text
