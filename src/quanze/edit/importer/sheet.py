"""A sheet as rows of texts, whichever file it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from quanze.base.problem import Fault

MAX_ROWS, MAX_COLUMNS = 20_000, 200


class Cell(NamedTuple):
    """One cell: what one reads in it, and whether the file holds a number."""

    text: str = ""
    number: bool = False


class Merge(NamedTuple):
    """A merged range; rows and columns count from 1, the last ones belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; what is merged downwards stands in each of its rows."""

    file: str
    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()
    unsettled: frozenset[tuple[int, int]] = frozenset()
    """(row, column) of the formulas that have no value."""
    others: tuple[str, ...] = ()
    """The visible sheets that were not read."""

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell by its numbers, counted from 1; an empty one beyond the edge."""
        cells = self.rows[row - 1] if 0 < row <= len(self.rows) else ()
        return cells[column - 1] if 0 < column <= len(cells) else Cell()

    def merged(self, row: int, column: int) -> Merge:
        """Return the merged range that a cell belongs to; the cell alone where there is none."""
        for one in self.merges:
            if one.top <= row <= one.bottom and one.left <= column <= one.right:
                return one
        return Merge(row, column, row, column)

    @property
    def width(self) -> int:
        """The number of columns."""
        return max(map(len, self.rows), default=0)


def bounded(name: str, rows: int, columns: int) -> None:
    """Raise a Fault for a sheet that is larger than any list."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise Fault(f"{name} 超过 {MAX_ROWS:,} 行或者 {MAX_COLUMNS} 列；请删去多余的行列，或者分几次导入")
