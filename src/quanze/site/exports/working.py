"""What a clerk's own workbook has beside the list: drop-downs, hidden ids, and what every cell said when it was made.

The last stands on a sheet that nobody sees: `quanze import` holds the edited workbook against it, so that a cell which
the clerk did not touch takes nothing back, and a cell which both changed is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.io.workbook import KEPT
from quanze.register.definition import ID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from quanze.register.table import Column, Listing, Row

_SPARE = 200
"""Rows below the list in which a new item still has its drop-downs."""
_LONGEST = 255
"""Characters that the words of a drop-down may have together, and a cell of ours."""
_CELL = 32_767


def add(
    book: Workbook, sheet: Worksheet, listing: Listing, cells: Sequence[Sequence[str]], heads: Sequence[str]
) -> None:
    """Add the sheet that keeps what the cells say, out of sight."""
    kept = book.add_worksheet(KEPT)
    kept.very_hidden()
    sheet.activate()
    for index, head in enumerate((ID, *heads)):
        kept.write_string(0, index, head)
    for number, (row, texts) in enumerate(zip(listing.rows, cells, strict=True), 1):
        told = (text if span else "" for text, span in zip(texts, listing.spans(row, listing.columns), strict=True))
        for index, text in enumerate((ids(row), *told)):
            kept.write_string(number, index, text[:_CELL])


def ids(row: Row) -> str:
    """Return the ids of a row, one a line."""
    return "\n".join(record.id for record in row.records)


def hide_ids(sheet: Worksheet, listing: Listing, places: Sequence[int], top: int, style: Format) -> None:
    """Write the ids in a hidden column behind the others, where the list has none of its own."""
    if listing.matrix or any(column.path == ID for column in listing.columns):
        return
    last = len(listing.columns)
    sheet.write_string(top, last, ID, style)
    for row, place in zip(listing.rows, places, strict=True):
        if not row.part:
            sheet.write_string(place, last, ids(row))
    sheet.set_column(last, last, 12, None, {"hidden": True})


def drop_downs(sheet: Worksheet, columns: Sequence[Column], first: int, last: int) -> None:
    """Let the columns of one word of a vocabulary be chosen from it; another word is asked about, not refused."""
    for index, column in enumerate(columns):
        field = column.field
        words = [*field.choices] if field and not field.many else []
        if words and len(",".join(words)) <= _LONGEST:
            rule = {
                "validate": "list",
                "source": words,
                "error_type": "warning",
                "error_title": column.title[:32],
                "error_message": "不在词表里",
            }
            sheet.data_validation(first, index, last + _SPARE, index, rule)
