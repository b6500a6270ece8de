"""The catalog as data: JSON in one envelope, and each list as JSON, CSV and XLSX."""

from __future__ import annotations

import csv
import io
from itertools import chain, count
from math import ceil
from typing import TYPE_CHECKING

import xlsxwriter

from quanze.base.compact import compact
from quanze.io.shield import shield
from quanze.io.workbook import EPOCH, HIGHEST, LINE, needed, stored
from quanze.register.cells import cell, held, silence
from quanze.register.definition import ITEMS
from quanze.register.disclaimer import COLUMN
from quanze.site.exports.working import add as keep
from quanze.site.exports.working import drop_downs, hide_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from quanze.base.model import Record, Value
    from quanze.form.kinds import Look
    from quanze.register.catalog import Catalog
    from quanze.register.table import Column, Listing, Row

VERSION = "1.0"
VALUES = "values"
"""What a row has beside the texts of its columns: what the records hold in its cells."""


def envelope(result: object, dated: str, *, demonstration: bool, total: int = 1) -> bytes:
    """Return a JSON file: schema_version, dated (the newest change of what is in it), total, result."""
    return enveloped(compact(result), dated, demonstration=demonstration, total=total)


def enveloped(result: bytes, dated: str, *, demonstration: bool, total: int) -> bytes:
    """Return a JSON file of a result that is JSON already."""
    whole: dict[str, object] = {"schema_version": VERSION, "dated": dated, "total": total}
    if demonstration:
        whole["demonstration"] = True
    return b'%b,"result":%b}\n' % (compact(whole)[:-1], result)


def record_data(record: Record) -> dict[str, object]:
    """Return a record as it stands in the JSON data: its id, then its fields."""
    return {"id": record.id, **record.data}


def rows(listing: Listing, catalog: Catalog, look: Look) -> list[list[str]]:
    """Return the cells of every row of a list, in its official columns."""
    return [row_cells(listing, row, catalog, look) for row in listing.rows]


def row_cells(listing: Listing, row: Row, catalog: Catalog, look: Look) -> list[str]:
    """Return the cells of one row of a list, in its official columns."""
    return ["\n".join(cell(column, row, catalog, look)) or silence(column, row, catalog) for column in listing.columns]


def list_data(listing: Listing, cells: Sequence[Sequence[str]], catalog: Catalog) -> dict[str, object]:
    """Return a list as it stands in the JSON data: its definition and its rows."""
    names = keys(listing.columns)
    told = zip(listing.rows, cells, strict=True)
    return {
        **record_data(listing.record),
        "rows": [row_data(names, listing, row, texts, catalog) for row, texts in told],
    }


def list_json(record: Record, rows: Iterable[bytes]) -> bytes:
    """Return a list as JSON, of rows that are JSON already."""
    return b'%b,"rows":[%b]}' % (compact(record_data(record))[:-1], b",".join(rows))


def row_data(
    names: Sequence[str], listing: Listing, row: Row, texts: Sequence[str], catalog: Catalog
) -> dict[str, object]:
    """Return a row of a list as it stands in the JSON data."""
    return {
        ITEMS: [record.id for record in row.records],
        **dict(zip(names, texts, strict=True)),
        VALUES: _typed(names, listing.columns, row, catalog),
    }


def _typed(names: Sequence[str], columns: Sequence[Column], row: Row, catalog: Catalog) -> dict[str, list[Value]]:
    """Return what the records hold in the cells of a row: always lists, so that a column keeps its shape.

    A column is left out where nothing is known, and where the list words it otherwise (改写).
    """
    found = zip(names, (held(column, row, catalog) for column in columns), strict=True)
    return {name: values for name, values in found if values}


def heading(columns: Iterable[Column]) -> list[str]:
    """Return the heads of a flat table, each another."""
    return _apart(column.head for column in columns)


def keys(columns: Iterable[Column]) -> list[str]:
    """Return the names of the columns in the JSON data: their heads, but none that a row has of its own."""
    return _apart((ITEMS, VALUES, *heading(columns)))[2:]


def _apart(names: Iterable[str]) -> list[str]:
    """Return names of which no two are the same: a second one is numbered."""
    found: dict[str, None] = {}
    for name in names:
        tries = chain((name,), (f"{name}（{number}）" for number in count(2)))
        found[next(free for free in tries if free not in found)] = None
    return [*found]


def list_csv(listing: Listing, cells: Sequence[Sequence[str]], disclaimer: str) -> bytes:
    """Return a list as CSV that Excel opens (UTF-8 with a BOM): first its heads; the disclaimer is the last column."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    head, last = ((COLUMN,), (disclaimer,)) if disclaimer else ((), ())
    writer.writerow(map(shield, (*heading(listing.columns), *head)))
    writer.writerows(map(shield, (*row, *last)) for row in cells)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def list_xlsx(
    listing: Listing, cells: Sequence[Sequence[str]], disclaimer: str, title: str, *, working: bool = False
) -> bytes:
    """Return a list as an XLSX workbook: title, disclaimer, heads in one or two rows, the rows; stored uncompressed.

    A `working` one is a clerk's own, to be edited and imported again.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "constant_memory": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": title, "comments": disclaimer, "created": EPOCH})
        sheet = book.add_worksheet(title[:31].translate(str.maketrans("", "", "[]:*?/\\")))
        styles = _styles(book)
        width = max(len(listing.columns), 1)
        _across(sheet, 0, width, title, styles["title"])
        if disclaimer:
            _across(sheet, 1, width, disclaimer, styles["disclaimer"])
        top = 2 if disclaimer else 1
        bottom = _heads(sheet, top, listing.columns, styles["head"])
        short = [
            working and all(len(texts[index]) <= _TYPED for texts in cells) for index in range(len(listing.columns))
        ]
        looks = [styles["typed" if one else "cell"] for one in short]
        places = _body(sheet, bottom + 1, listing, cells, [*looks, styles["head"]])
        for place, lines in zip(places, _lines(listing, cells), strict=True):  # outside Excel nothing finds its height
            sheet.set_row(place, min(lines * LINE, HIGHEST))
        for index, column in enumerate(listing.columns):
            sheet.set_column(index, index, column.width, looks[index] if short[index] else None)
        sheet.freeze_panes(bottom + 1, 0)
        sheet.repeat_rows(top, bottom)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if working:
            hide_ids(sheet, listing, places, bottom, styles["head"])
            drop_downs(sheet, listing.columns, bottom + 1, max(places, default=bottom))
            keep(book, sheet, listing, cells, heading(listing.columns))
    return stored(buffer.getvalue(), elastic=working and not listing.split)


def _body(
    sheet: Worksheet, top: int, listing: Listing, cells: Sequence[Sequence[str]], looks: Sequence[Format]
) -> list[int]:
    """Write the rows under their headings, merging cells over the rows of one entry; return where each stands.

    `looks` are of the columns, the last of a heading.
    """
    places = []
    for row, heading, texts in zip(listing.rows, listing.headings(), cells, strict=True):
        if heading:
            _merged(sheet, (top, 0, top, len(listing.columns) - 1), heading, looks[-1])
            top += 1
        places.append(top)
        for index, (span, text) in enumerate(zip(listing.spans(row, listing.columns), texts, strict=True)):
            if span:
                _merged(sheet, (top, index, top + span - 1, index), text[:_LONGEST], looks[index])
        top += 1
    return places


def _lines(listing: Listing, cells: Sequence[Sequence[str]]) -> list[int]:
    """Return how many lines each row needs; the rows of an entry share what its merged cells need."""
    found = []
    for row, texts in zip(listing.rows, cells, strict=True):
        told = zip(listing.spans(row, listing.columns), texts, listing.columns, strict=True)
        found.append([(span, needed(text, column.width)) for span, text, column in told if span])
    lines = [max((need for span, need in asked if span == 1), default=1) for asked in found]
    for first, asked in enumerate(found):
        for span, need in asked:
            room = sum(lines[first : first + span])
            for index in range(first, first + span if need > room else first):
                lines[index] += ceil((need - room) / span)
    return lines


def _merged(sheet: Worksheet, place: tuple[int, int, int, int], text: str, style: Format) -> None:
    top, left, bottom, right = place
    if (top, left) == (bottom, right):
        sheet.write_string(top, left, text, style)
    else:
        sheet.merge_range(*place, text, style)


_LONGEST, _TYPED = 32_767, 255
"""Characters that a cell of a workbook holds; that one of texts does which shows as it was typed: 0990, 2026-05-01."""


def _styles(book: xlsxwriter.Workbook) -> dict[str, Format]:
    cell = {"valign": "top", "text_wrap": True, "border": 1}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
        "disclaimer": book.add_format({"text_wrap": True, "valign": "top", "font_color": "#9C0006"}),
        "head": book.add_format({**cell, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#EDEDED"}),
        "cell": book.add_format(cell),
        "typed": book.add_format({**cell, "num_format": "@"}),
    }


def _across(sheet: Worksheet, row: int, width: int, text: str, style: Format) -> None:
    if width > 1:
        sheet.merge_range(row, 0, row, width - 1, text, style)
    else:
        sheet.write_string(row, 0, text, style)
    sheet.set_row(row, 28 if row == 0 else 48)


def _heads(sheet: Worksheet, top: int, columns: Sequence[Column], style: Format) -> int:
    """Write the heads, in two rows where a column has a group; return the last row used."""
    if not any(column.group for column in columns):
        for index, column in enumerate(columns):
            sheet.write_string(top, index, column.title, style)
        return top
    start = 0
    for index, column in enumerate(columns):
        if not column.group:
            sheet.merge_range(top, index, top + 1, index, column.title, style)
            start = index + 1
            continue
        sheet.write_string(top + 1, index, column.title, style)
        last = index + 1 == len(columns) or columns[index + 1].group != column.group
        if last:
            if index > start:
                sheet.merge_range(top, start, top, index, column.group, style)
            else:
                sheet.write_string(top, index, column.group, style)
            start = index + 1
    return top + 1
