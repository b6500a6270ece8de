"""Phrases that several rules share: where a value stands, and what the clerk may have meant."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from quanze.form.sentences import place, quote
from quanze.io.yaml import steps

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["UNVERIFIED", "near", "quote", "spot"]

UNVERIFIED = "待核"
"""What stands where a value is not yet verified."""


def spot(pointer: str) -> str:
    """Return the words for a JSON pointer: 「处罚」第 1 条的「依据」第 2 条."""
    return place([int(step) if step.isdecimal() else step for step in steps(pointer)])


def near(word: object, words: Iterable[str]) -> str:
    """Return a clause that names the word closest to a wrong one, or an empty string."""
    close = difflib.get_close_matches(str(word), list(words), 1)
    return f"；最接近的是「{close[0]}」" if close else ""
