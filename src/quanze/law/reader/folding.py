"""A text as it is compared, one sign for one meaning, with the way back to the text as given."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from quanze.law.reader.lexicon import DATA

_FOLD: dict[str, str] = DATA["fold"]
_INVISIBLE = frozenset(DATA["invisible"])
_SPACES = frozenset(DATA["spaces"])
_BREAKS = frozenset(DATA["breaks"])
_BEYOND = 0xFFFF
_OTHER = "□"
_DASHES = tuple(re.compile(source) for source in DATA["dashes"])


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without white space and invisible signs, in half-width, and where each of its signs came from."""

    source: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    breaks: frozenset[int]
    """Before which signs the text as given begins a new line."""
    spaces: frozenset[int]
    """Before which signs the text as given has white space."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the text as given."""
        return (self.starts[start], self.ends[end - 1]) if end > start else (0, 0)

    def original(self, start: int, end: int) -> str:
        """Return a stretch as given."""
        first, last = self.span(start, end)
        return self.source[first:last]


@lru_cache(maxsize=65_536)
def _sign(char: str) -> str:
    if char in _FOLD:
        return _FOLD[char]
    if char in _INVISIBLE:
        return ""
    folded = "".join(_FOLD.get(one, one) for one in unicodedata.normalize("NFKC", char) if one not in _SPACES)
    return "".join(one if ord(one) <= _BEYOND else _OTHER for one in folded)


def fold(source: str) -> Folded:
    """Return a text folded sign by sign."""
    signs: list[str] = []
    starts: list[int] = []
    breaks: set[int] = set()
    spaces: set[int] = set()
    for at, char in enumerate(source):
        sign = _sign(char)
        if not sign:
            if char in _BREAKS:
                breaks.add(len(starts))
            if char in _SPACES:
                spaces.add(len(starts))
        elif len(sign) == 1:
            signs.append(sign)
            starts.append(at)
        else:
            signs.append(sign)
            starts.extend([at] * len(sign))
    text = "".join(signs)
    for dash in _DASHES:
        text = dash.sub(r"\1一", text)
    return Folded(source, text, tuple(starts), tuple(one + 1 for one in starts), frozenset(breaks), frozenset(spaces))


def plain(title: str) -> str:
    """Return a title as it is looked up: folded, without the marks of a title inside it."""
    return "".join(_sign(char) for char in title).translate(_NO_MARKS)


_NO_MARKS = str.maketrans("", "", "《》〈〉「」『』")
