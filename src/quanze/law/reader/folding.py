"""A text as it is compared, one sign for one meaning, with the way back to the text as given."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import TYPE_CHECKING

from quanze.law.reader.fields import unquoted
from quanze.law.reader.lexicon import DATA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TRADITIONAL: str = DATA["traditional"]
_FOLD: dict[str, str] = {**DATA["fold"], **dict(zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True))}
_FIRST, _LAST = "\u4e00", "\u9fff"
TRADITIONAL = {
    sign: to for sign, to in _FOLD.items() if sign != to and _FIRST <= sign <= _LAST and _FIRST <= to <= _LAST
}
"""The usual character for each traditional one, or rare form of one."""
_INVISIBLE = frozenset(DATA["invisible"])
_SPACES = frozenset(DATA["spaces"])
_BREAKS = frozenset(DATA["breaks"])
_WHITE = re.compile(f"[{re.escape(DATA['spaces'])}]")
_BEYOND = 0xFFFF
_OTHER = "□"
_PAGE = re.compile(DATA["page"])
_BARRED = re.compile(r"[|｜][^\n\r|｜]*[|｜][^\n\r]*")
"""A line with two bars, from the first one to its end."""
_LEGEND, _CIRCLED = (re.compile(DATA["circled"][name]) for name in ("legend", "place"))
_CIRCLE, _PARAGRAPH = ord("①") - 1, 0xFDD0
"""A circled number that a text calls a 款 is taken for a sign that none has, so many signs behind the latter."""
_DASH = re.compile(DATA["dash"])
_MARKS = re.compile(f"(?=[{re.escape(DATA['marked'] + DATA['spaces'])}])(?:{DATA['marks']})")
_MARKED = frozenset(DATA["marked"])
"""Signs of which any such mark has one; white space alone may stand before it."""
_SUBITEM = re.compile(DATA["subitem"])
_SCANNED = [(re.compile(f"{before}[{signs}]{after}"), signs, sign) for before, signs, after, sign in DATA["scanned"]]


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without white space and invisible signs, in half-width, and where each of its signs came from."""

    text: str
    starts: Sequence[int]
    breaks: frozenset[int]
    """Before which signs the text as given begins a new line."""
    spaces: frozenset[int]
    """Before which signs the text as given has white space."""
    rows: frozenset[int]
    """Before which signs a row of a table ends: a line with tabs, or with two bars at least."""
    cells: Mapping[int, int]
    """Before which signs a cell begins behind a tab, and how many cells of its row stand before it."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the text as given."""
        return (self.starts[start], self.starts[end - 1] + 1) if end > start else (0, 0)


@lru_cache(maxsize=65_536)
def _sign(char: str) -> str:
    if char in _FOLD:
        return _FOLD[char]
    if char in _INVISIBLE:
        return ""
    folded = "".join(_FOLD.get(one, one) for one in unicodedata.normalize("NFKC", char) if one not in _SPACES)
    return "".join(one if ord(one) <= _BEYOND else _OTHER for one in folded)


def fold(source: str) -> Folded:
    """Return a text folded sign by sign.

    Circled numbers are 款 where it says so, else in brackets. The numbers of its pages, each on a line of its own, are
    white space, and so is what only lays it out: borders of cells, bullets, marks of a quoted line, of emphasis,
    of a link.
    """
    barred = {line.end() for line in _BARRED.finditer(source)}
    source = _blanked(unquoted(source))
    signs = {char: _sign(char) for char in set(source)}
    text = _mended(source.translate({ord(char): sign for char, sign in signs.items()}))
    if all(len(sign) == 1 for sign in signs.values()):
        return Folded(text, range(len(source)), frozenset(), frozenset(), frozenset(), {})
    each = map(signs.__getitem__, source)
    longer = any(len(sign) > 1 for sign in signs.values())
    places = range(len(source))
    starts = (
        [place for place, sign in zip(places, each, strict=True) for _ in sign] if longer else [*compress(places, each)]
    )
    white = {place: bisect_left(starts, place) for place in map(re.Match.start, _WHITE.finditer(source))}
    breaks = [sign for place, sign in white.items() if source[place] in _BREAKS]
    rows = {white[place] for place in barred if place < len(source)}
    cells: dict[int, int] = {}
    column = 0
    for place, sign in white.items() if "\t" in source else ():
        if source[place] == "\t":
            column += 1
            cells[sign] = column
        elif source[place] in _BREAKS:
            if column:
                rows.add(sign)
            column = 0
    return Folded(text, starts, frozenset(breaks), frozenset(white.values()), frozenset(rows), cells)


def _blanked(source: str) -> str:
    """Return a text with its circled 款 marked as such, and white space for what only lays it out."""
    if _LEGEND.search(source):
        source = _LEGEND.sub(_blank, source)
        source = _CIRCLED.sub(lambda match: chr(_PARAGRAPH + ord(match[0]) - _CIRCLE), source)
    source = _PAGE.sub(_blank, source)
    return source if _MARKED.isdisjoint(source) else _MARKS.sub(_blank, source)


def _mended(text: str) -> str:
    """Return a folded text without a scanner's mistakes in the words of places."""
    text = _SUBITEM.sub(r"\1目", _DASH.sub("一", text))
    for mistaken, written, sign in _SCANNED:
        if any(one in text for one in written):
            text = mistaken.sub(sign, text)
    return text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


@lru_cache(maxsize=16_384)
def plain(title: str) -> str:
    """Return a title as it is looked up: folded, without the marks of a title inside it; texts repeat theirs."""
    return "".join(_sign(char) for char in title).translate(_NO_MARKS)


_NO_MARKS = str.maketrans("", "", "《》〈〉「」『』")
