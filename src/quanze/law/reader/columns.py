"""Tables whose columns are each of one law, or of one version of it: 2014年｜2021年, 安全生产法｜消防法."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.reader.lexicon import pattern
from quanze.law.reader.notes import FORMER, year_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.law.reader.folding import Folded
    from quanze.law.reader.known import Title, TitledInstrument

_SEPARATORS = tuple(map(re.compile, (r"\t", r"[|｜│┃]", "→", "(?<=[^ 　])[ 　]{2,}(?=[^ 　])")))
"""What stands between the cells of a row; the first that a line has."""
_MOST, _LONGEST = 30, 40
"""A table has no more cells in a row, and what heads a column is no longer."""


class ColumnHead(NamedTuple):
    """What a column is of: a law, or the law that is spoken of, in a version, or in the present one."""

    law: TitledInstrument | None
    year: str
    event: str


class ColumnCell(NamedTuple):
    """Where a cell begins, and what heads it; None where nothing does, and behind the row."""

    start: int
    head: ColumnHead | None

    @property
    def end(self) -> int:
        """The same place: what stands in the cell is read as anywhere."""
        return self.start


def columns(source: str, text: Folded, titles: Sequence[Title]) -> Iterator[ColumnCell]:
    """Yield the cells of a text's tables in order, where the first row of a table says what its columns are of."""
    kinds = [separator for separator in _SEPARATORS if separator.search(source)]
    of, heads = (0, 0), list[ColumnHead | None]()
    shapes: dict[str, tuple[int, int]] = {}
    begin = 0
    for words in re.split(r"[\n\r]", source) if kinds else ():
        start, begin = begin, begin + len(words) + 1
        shape = shapes.get(words)
        if shape is None:
            shape = shapes[words] = _shape(words, kinds)
        if not 0 < shape[1] < _MOST:
            if words:
                of, heads = (0, 0), []
        elif shape != of:
            of, cells = shape, _cells(words, start, kinds[shape[0]], text)
            heads = [_head(text, titles, *cell) for cell in cells]
            several = sum(end > start for start, end in cells) > 1
            heads = heads if several and any(heads) else []
        elif heads:
            cells = _cells(words, start, kinds[shape[0]], text)
            yield from map(ColumnCell, [*(start for start, _ in cells), cells[-1][1]], [*heads, None])


def _shape(words: str, kinds: Sequence[re.Pattern[str]]) -> tuple[int, int]:
    """Return what separates the cells of a line, as its place in the list, and how often it does."""
    for kind, separator in enumerate(kinds):
        count = len(separator.findall(words))
        if count:
            return kind, count
    return 0, 0


def _cells(words: str, start: int, separator: re.Pattern[str], text: Folded) -> list[tuple[int, int]]:
    """Return where in the folded text the cells of a line are."""
    between = [at for one in separator.finditer(words) for at in one.span()]
    signs = [bisect_left(text.starts, start + at) for at in (0, *between, len(words))]
    return [*zip(signs[::2], signs[1::2], strict=True)]


def _head(text: Folded, titles: Sequence[Title], start: int, end: int) -> ColumnHead | None:
    """Return what the first cell of a column says that it is of; None where it says anything else."""
    if not 1 < end - start <= _LONGEST:
        return None
    at = bisect_left(titles, (start,))
    within = [title for title in titles[at : at + 2] if title.end <= end]
    law = within[0].instrument if within else None
    words = text.text[start:end]
    if law and law.kind:
        words = text.text[start : within[0].start] + text.text[within[0].end : end]
    told = None if len(within) > 1 or (law and not law.kind) else _version(words)
    if not told:
        return None
    year, event, bygone, present = told
    if law and not year:
        year, event = law.year, law.event
    if not year and bygone and not present:
        event = FORMER
    return ColumnHead(law, year, event) if law or year or bygone != present else None


@lru_cache(maxsize=4096)
def _version(words: str) -> tuple[str, str, bool, bool] | None:
    """Return (year, what happened then, whether it is an old one, a present one); None where words say more."""
    if not pattern("column").fullmatch(words):
        return None
    bygone, present = pattern("column_bygone").search(words), pattern("column_present").search(words)
    return *year_of(words), bool(bygone), bool(present)
