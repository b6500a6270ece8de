"""The rows of a list as its page and its files tell them: each worked out once, and taken again where it is known."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.compact import compact
from quanze.site.exports.lists import keys, row_cells, row_data
from quanze.site.pages.table import TableRows

if TYPE_CHECKING:
    from quanze.base.model import Record
    from quanze.register.table import Row
    from quanze.site.pages.context import RenderContext


class ListRow(NamedTuple):
    """One row."""

    cells: list[str]
    """Its texts in the official columns."""
    data: bytes
    """The row as JSON."""
    html: str
    """The row of the table on the list's page."""


def rows(context: RenderContext, record: Record) -> list[ListRow]:
    """Return the rows of a list."""
    return context.once(("rows", record.id), lambda: _rows(context, record))


def cells(context: RenderContext, record: Record) -> list[list[str]]:
    """Return the cells of every row of a list, in its official columns."""
    return [row.cells for row in rows(context, record)]


def _rows(context: RenderContext, record: Record) -> list[ListRow]:
    listing = context.listing(record)
    names, table = keys(listing.columns), TableRows(listing, context.catalog, context.look)

    def made(row: Row) -> tuple[list[str], bytes, str]:
        cells = row_cells(listing, row, context.catalog, context.look)
        return cells, compact(row_data(names, listing, row, cells, context.catalog)), table(row)

    known = context.keys
    if known is None or not known.tells(listing):
        return [ListRow(*made(row)) for row in listing.rows]
    with known.pieces(f"rows/{record.id}") as kept:
        return [ListRow(*kept.take(_name(row), known.of_row(row), partial(made, row))) for row in listing.rows]


def _name(row: Row) -> str:
    return f"{'+'.join(record.id for record in row.records)}/{row.part}"
