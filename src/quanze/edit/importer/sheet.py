"""A sheet as rows of texts with what else it shows, whichever file it comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 25_000, 200, 600_000
"""More than any list has; what is beyond is refused before it takes time."""
_MAX_MARKED = MAX_CELLS
"""Cells that a text format may mark, blank ones too: each is made before it can be looked at."""
MAX_SHEETS, MAX_MERGES = 1_000, 200_000
"""Sheets of one file, tables of one page or document, and merged ranges of one sheet."""
MAX_SIGNS, MAX_TEXT = 32_767, 40_000_000
"""What Excel lets one cell hold, and what all cells of a sheet may hold together."""
_MANY, _WIDE, _SIGNS = 50_000, 60, 1.05
"""Cells from which on a sheet is looked at, whether it may be a list: how many a row has, and signs a cell."""
_COVERED = 2_000_000
"""Cells that merged ranges may cover."""

Place = tuple[int, int]
"""(row, column), counted from 1."""

_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe00-\ufe0f]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RADICALS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_SIMPLE = re.compile("[!-^`-~\u2010-\u2027\u2030-\u205e\u3001-\uf8ff\uff01-\uffee]+(?:[ \n][!-^`-~\u3001-\uf8ff]+)*\\Z")
"""Texts of which there is nothing to clean."""


class Cell(NamedTuple):
    """One cell: what one reads in it, and whether the file holds a number."""

    text: str = ""
    number: bool = False
    unseen: bool = False
    """Whether characters that nobody sees were left out."""


BLANK = Cell()


class Merge(NamedTuple):
    """A merged range; rows and columns count from 1, the last ones belong to it."""

    top: int
    left: int
    bottom: int
    right: int


class Struck(NamedTuple):
    """What of a cell is crossed out, all its stretches, and what is left of it."""

    words: str
    left: str = ""

    @classmethod
    def of(cls, runs: Iterable[tuple[str, bool]]) -> Struck | None:
        """Return what the runs of a cell, each with whether it is crossed out, say; None where nothing is."""
        said = [*runs]
        words = cell("".join(text for text, crossed in said if crossed)).text
        return cls(words, cell("".join(text for text, crossed in said if not crossed)).text) if words else None

    def within(self, part: str) -> Struck | None:
        """Return what of a part of the cell is crossed out: all of it where that cannot be told."""
        if "".join(part.split()) in "".join(self.left.split()):
            return None
        return Struck(self.words, part.replace(self.words, "", 1).strip()) if self.words in part else Struck(part)


@dataclass(frozen=True, eq=False)
class Sheet:
    """One sheet as the file has it: a merged text stands in its first cell alone."""

    file: str
    name: str
    rows: Sequence[Sequence[Cell]]
    merges: Sequence[Merge] = ()
    lead: str = ""
    """The words above the table, where the file is a text with tables in it."""
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: Mapping[Place, Struck] = field(default_factory=dict)
    comments: Mapping[Place, str] = field(default_factory=dict)
    veiled: Mapping[Place, str] = field(default_factory=dict)
    """The words of a cell that its file hides though its row and column are seen: they are no part of its text."""
    colours: Mapping[Place, str] = field(default_factory=dict)
    """The colours of a cell or of its words, by name: 黄, 红字; of cells without words those left of a word."""
    unsettled: Mapping[Place, str] = field(default_factory=dict)
    """What is the matter with each cell that has no words in the file though it should, and what to do."""
    parts: Mapping[Place, Place] = field(default_factory=dict)
    """Where the parts stand of cells that were taken apart; a part has a column beyond the sheet's own."""

    def real(self, place: Place) -> Place:
        """Return where a cell stands in the file."""
        return self.parts.get(place, place)

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell by its numbers; an empty one beyond the edge."""
        cells = self.rows[row - 1] if 0 < row <= len(self.rows) else ()
        return cells[column - 1] if 0 < column <= len(cells) else BLANK

    def merged(self, row: int, column: int) -> Merge:
        """Return the merged range that a cell belongs to; the cell alone where there is none."""
        return self._covered.get((row, column)) or Merge(row, column, row, column)

    def first(self, row: int, column: int) -> Place:
        """Return where the words of a cell stand: of a merged range in its first."""
        one = self._covered.get((row, column))
        return (one.top, one.left) if one else (row, column)

    def shown(self, row: int, column: int) -> Cell:
        """Return the cell as a reader sees it: what is merged stands in each cell of its range."""
        one = self._covered.get((row, column))
        return self.cell(one.top, one.left) if one else self.cell(row, column)

    def swatch(self, row: int, column: int) -> str:
        """Return the colour of the cell without words on the left of one."""
        left = row, column - 1
        return "" if self.cell(*left).text else self.colours.get(left, "")

    def filled(self) -> Iterator[tuple[int, int, Cell]]:
        """Yield (row, column, cell) of every cell that has a text."""
        for row, cells in enumerate(self.rows, 1):
            for column, cell in enumerate(cells, 1):
                if cell.text:
                    yield row, column, cell

    @cached_property
    def width(self) -> int:
        """The number of columns."""
        return max(map(len, self.rows), default=0)

    @cached_property
    def _covered(self) -> Mapping[Place, Merge]:
        found: dict[Place, Merge] = {}
        spent = 0
        for one in self.merges:
            merge = Merge(one.top, one.left, min(one.bottom, len(self.rows)), min(one.right, self.width))
            if (one.top, one.left) in found or merge.bottom < merge.top or merge.right < merge.left:
                continue
            spent += (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)
            if spent > _COVERED:
                raise Fault(f"{self.file} 的「{self.name}」里合并的单元格太多；请另存一份只有清单的表再试")
            for row in range(merge.top, merge.bottom + 1):
                for column in range(merge.left, merge.right + 1):
                    found.setdefault((row, column), merge)
        return found


@lru_cache(4_096)
def cell(text: str, *, number: bool = False) -> Cell:
    """Return a cell of a text as a file has it: without what nobody sees, with one kind of line end."""
    if _SIMPLE.match(text):
        return Cell(text, number)
    bare = _ESCAPED.sub(_unescaped, text) if "_x" in text else text
    seen = _UNSEEN.sub("", bare)
    plain = _RADICALS.sub(_plain, _CONTROLS.sub("", seen.replace("\r\n", "\n").replace("\r", "\n")))
    lines = plain.replace("\x85", "\n").replace("\u2028", "\n").replace("\xa0", " ").split("\n")
    return Cell("\n".join(line.strip(" \t　") for line in lines).strip(), number, seen != bare)


def _unescaped(found: re.Match[str]) -> str:
    """Return the character that a workbook writes as _x000D_, if it is a control."""
    code = int(found[1], 16)
    return chr(code) if code < 32 else found[0]  # noqa: PLR2004 — the controls of ASCII


def _plain(found: re.Match[str]) -> str:
    """Return the ordinary character for one that only looks like it: radicals, as some PDF tables have them."""
    import unicodedata  # noqa: PLC0415 — seldom

    return unicodedata.normalize("NFKC", found[0])


def few_sheets(name: str, number: int) -> None:
    """Raise a Fault for a file of more sheets or tables than anyone lists in."""
    if number > MAX_SHEETS:
        raise Fault(f"{name} 里的表超过 {MAX_SHEETS:,} 张；请只留要导入的表")


def few_cells(name: str, number: int) -> None:
    """Raise a Fault for a file that marks more cells than any list has, nearly all of them blank."""
    if number > _MAX_MARKED:
        raise Fault(f"{name} 里的单元格超过 {_MAX_MARKED:,} 个，多为空白的格式；请把清单复制到一张新表里再试")


def bounded(name: str, rows: int, columns: int) -> None:
    """Raise a Fault for a sheet that is larger than any list."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise Fault(f"{name} 超过 {MAX_ROWS:,} 行或者 {MAX_COLUMNS} 列；请删去多余的行列，或者分几次导入")


class Grid:
    """Cells by their places while a file is read, with the bounds of a sheet held at each."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.cells: dict[Place, Cell] = {}
        self.colours: dict[Place, str] = {}
        self.rows = self.columns = self._signs = 0
        self._look = _MANY

    def put(self, row: int, column: int, one: Cell, colour: str = "", swatch: str = "") -> None:
        """Keep a cell that has a text; `swatch` is the colour of the one on its left, where that has none.

        So a million coloured cells without a word take no place: beside a word alone a colour is a legend.

        Raises:
            Fault: the sheet becomes larger than any list.

        """
        if not one.text:
            return
        self.cells[row, column] = one
        self._signs += len(one.text)
        if len(one.text) > MAX_SIGNS:
            raise Fault(f"{self.file} 第 {row} 行第 {column} 列的文字超过 {MAX_SIGNS:,} 个字；请看看这一格")
        if self._signs > MAX_TEXT:
            raise Fault(f"{self.file} 里的文字超过 {MAX_TEXT:,} 个字；请分几次导入")
        if row > self.rows or column > self.columns:
            self.rows, self.columns = max(self.rows, row), max(self.columns, column)
            bounded(self.file, self.rows, self.columns)
        if colour:
            self.colours[row, column] = colour
        if swatch:
            self.colours[row, column - 1] = swatch
        if len(self.cells) > MAX_CELLS:
            raise Fault(f"{self.file} 有内容的单元格超过 {MAX_CELLS:,} 个；请分几次导入")
        if len(self.cells) >= self._look:
            self._look += _MANY
            self._listed()

    def _listed(self) -> None:
        """Raise a Fault for many cells that are no list: nearly all of one sign, or more in a row than a list has."""
        if self._signs < _SIGNS * len(self.cells):
            raise Fault(f"{self.file} 里几乎每一格都只有一个字，不像清单；请只留要导入的表再试")
        if len(self.cells) > _MANY + _WIDE * self.rows:
            raise Fault(f"{self.file} 平均每行有内容的单元格超过 {_WIDE} 个，不像清单；请只留要导入的列再试")

    def table(self) -> list[list[Cell]]:
        """Return the rows, each as long as its last cell that has a text."""
        rows: list[list[Cell]] = [[] for _ in range(self.rows)]
        for (row, column), one in sorted(self.cells.items()):
            line = rows[row - 1]
            line.extend([BLANK] * (column - 1 - len(line)))
            line.append(one)
        return rows
