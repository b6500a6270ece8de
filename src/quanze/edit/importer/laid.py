"""A sheet taken apart: its items, heads and headings, and what every other cell is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.edit.importer.sheet import Place, Sheet
    from quanze.edit.importer.target import Head


@dataclass(frozen=True, slots=True)
class Context:
    """What stands above rows: headings, the newest last."""

    headings: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    """What stands above the heads, and above the table."""


@dataclass(frozen=True, slots=True)
class LayoutItem:
    """One item of the list: the rows that it takes and its cells by column."""

    rows: tuple[int, ...]
    cells: Mapping[int, tuple[Place, ...]]
    """By column, the cells that say it, each once; a merged one by its first cell."""
    context: Context
    head: Head
    number: str = ""
    above: int = 0
    """The first row of the item whose part this is; 0 for one of its own."""
    named_above: bool = False
    """Whether the name is that of the item above and its own is that of a part."""

    @property
    def row(self) -> int:
        """The first row."""
        return self.rows[0]


@dataclass
class Laid:
    """A sheet taken apart; every cell with a text is in one of these or below a column of an item."""

    items: list[LayoutItem] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    went: dict[Place, str] = field(default_factory=dict)
    """heading or note, by cell."""
    headings: list[tuple[int, str]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    """Rows above the first heads that are those of a table whose own heads nobody knew."""
    jumps: list[int] = field(default_factory=list)
    """Rows whose number does not follow the one before."""


def unheaded(sheet: Sheet, laid: Laid, left_out: frozenset[int]) -> Iterator[Place]:
    """Yield the cells of no column: below no head, or beyond the last one; not those of rows left out or unread."""
    known = {place for item in laid.items for places in item.cells.values() for place in places}
    told = left_out.union(laid.unread)
    for row, column, _ in sheet.filled():
        if (row, column) not in laid.went and (row, column) not in known and row not in told:
            yield row, column
