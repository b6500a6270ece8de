"""The words and signs of citations: one data file, which the browser's reader takes too."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_TEXT = files(__package__).joinpath("lexicon.json").read_text("utf-8")
DATA: dict[str, Any] = json.loads(_TEXT)
MODULE = f"export default {_TEXT.strip()};\n"
"""The same data for the browser's reader: lexicon.js beside its other modules."""
UNITS: tuple[str, ...] = tuple(DATA["units"])
STATE: str = DATA["state"]


def compiled(source: str) -> re.Pattern[str]:
    """Return a pattern of the data file with its classes of numerals put in."""
    numeral = DATA["numeral"]
    filled = source.replace("{U}", DATA["patterns"]["unit"])
    return re.compile(filled.replace("{N}", numeral).replace("{A}", numeral + DATA["numeral_alike"]))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of that name."""
    return compiled(DATA["patterns"][name])


@lru_cache(maxsize=16_384)
def searched(name: str, words: str) -> re.Match[str] | None:
    """Return what a pattern finds in a few words, looked for once: texts repeat theirs."""
    return pattern(name).search(words)


_DIGITS: dict[str, int] = DATA["digits"]
_SCALES: dict[str, int] = DATA["scales"]
_ALIKE = str.maketrans(DATA["alike"])
_LONGEST = 4


@lru_cache(maxsize=65_536)
def value(words: str) -> int:
    """Return what a numeral says, 0 where it says none: 一百零七, 一〇七, 107, l07 → 107; at most four digits."""
    plain = words.translate(_ALIKE)
    if not any(sign in _SCALES for sign in plain):
        digits = [_DIGITS[sign] for sign in plain]
        return int("".join(map(str, digits))) if 0 < len(digits) <= _LONGEST else 0
    total, digit, above = 0, 0, 10_000
    for sign in plain:
        scale = _SCALES.get(sign)
        if scale is None:
            if digit:
                return 0
            digit = _DIGITS[sign]
        else:
            size = 10 if scale in (20, 30) else scale
            if size >= above:
                return 0
            total += scale * (digit or 1)
            digit, above = 0, size
    return total + digit
