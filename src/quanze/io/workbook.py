"""Tables of any kind as one XLSX workbook: a sheet a table, byte for byte the same each time."""

from __future__ import annotations

import datetime
import io
from functools import lru_cache
from itertools import zip_longest
from math import ceil
from types import MappingProxyType
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

EPOCH = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 — written into every workbook, so that builds agree
KEPT = "quanze底稿"
"""The sheet of a clerk's workbook that keeps what its cells said when it was made."""
EMPTY: Mapping[str, Sequence[str]] = MappingProxyType({})
_PAGE = 136
"""Columns as wide as that together are printed across A4 in the size they have on the screen."""
_WIDEST, _NARROWEST, _ROOM = 60, 8, 18
"""The last is the width of a column that is to be filled in: it holds nothing yet."""
LINE, HIGHEST = 17, 405
"""Points: the height of a line, and about the highest that a row of a workbook may be."""
_TITLE = 1.5
"""So much larger than the rest is a title."""
_LONGEST = 32_767
"""Characters that a cell of a workbook holds."""


def workbook(
    title: str,
    sheets: Mapping[str, Sequence[Sequence[object]]],
    disclaimer: str = "",
    words: Mapping[str, Sequence[str]] = EMPTY,
    hidden: Collection[str] = (),
) -> bytes:
    """Return a workbook, printed a page wide: on each sheet a disclaimer, the title, then its rows, the head first.

    `words` are those that the cells below a head are chosen from; the columns of `hidden` heads, the last ones, are
    for programs.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": title, "comments": disclaimer, "created": EPOCH})
        head = book.add_format({"bold": True, "border": 1, "bg_color": "#EDEDED", "text_wrap": True})
        body = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
        large = book.add_format({"bold": True, "font_size": 11 * _TITLE, "text_wrap": True, "valign": "vcenter"})
        warning = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#9C0006"})
        above = [*([(disclaimer, warning, 1.0)] if disclaimer else ()), (title, large, _TITLE)]
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            heads = [str(one) for one in rows[0]] if rows else []
            shown = sum(one not in hidden for one in heads)
            widths = _widths([row[:shown] for row in rows])
            for number, (text, style, size) in enumerate(above):
                _across(sheet, number, widths, text, style, size)
            _sheet(sheet, rows, len(above), widths, (head, body))
            if shown < len(heads):
                sheet.set_column(shown, len(heads) - 1, _NARROWEST, None, {"hidden": True})
            for column, one in enumerate(heads):
                if choices := words.get(one):
                    rule = {"validate": "list", "source": [*choices]}
                    top = len(above) + 1
                    sheet.data_validation(top, column, top + max(len(rows) - 2, 0), column, rule)
    return stored(buffer.getvalue())


def _widths(rows: Sequence[Sequence[object]]) -> list[int]:
    """Return how wide each column is: as its longest line, and all together a page, where the widest give way."""
    widths = [_wide([*map(str, column)]) for column in zip_longest(*rows, fillvalue="")] or [_NARROWEST]
    while sum(widths) > _PAGE and (widest := max(widths)) > _NARROWEST:
        widths[widths.index(widest)] = widest - 1
    return widths


def _wide(texts: Sequence[str]) -> int:
    """Return how wide a column would be alone: its head, then its cells."""
    if len(texts) > 1 and not any(texts[1:]):
        return _ROOM
    longest = max(_long(line) for text in texts for line in text.split("\n"))
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _long(line: str) -> int:
    """Return how long a line is in letters; a Chinese character is as wide as two of them, and three bytes."""
    return (len(line) + len(line.encode())) // 2


@lru_cache(maxsize=1 << 15)
def needed(text: str, width: int) -> int:
    """Return how many lines a text takes in a column."""
    return sum(max(1, ceil(_long(line) / (width - 1))) for line in text.split("\n"))


def _across(sheet: Worksheet, row: int, widths: Sequence[int], text: str, style: Format, size: float) -> None:  # noqa: PLR0913, PLR0917
    """Write a text above all columns."""
    if len(widths) > 1:
        sheet.merge_range(row, 0, row, len(widths) - 1, text, style)
    else:
        sheet.write_string(row, 0, text, style)
    lines = needed(text, max(int(sum(widths) / size), 2))
    sheet.set_row(row, min(lines * LINE * size, HIGHEST))


def _sheet(
    sheet: Worksheet, rows: Sequence[Sequence[object]], top: int, widths: Sequence[int], styles: tuple[Format, Format]
) -> None:
    head, body = styles
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            style = body if number else head
            if isinstance(value, int) and not isinstance(value, bool):
                sheet.write_number(top + number, column, value, style)
            else:
                sheet.write_string(top + number, column, str(value)[:_LONGEST], style)
        lines = max((needed(str(text), width) for text, width in zip(row, widths, strict=False)), default=1)
        sheet.set_row(top + number, min(lines * LINE, HIGHEST))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.fit_to_pages(1, 0)


def stored(archive: bytes, *, elastic: bool = False) -> bytes:
    """Return a ZIP archive with its members uncompressed and undated: deflate differs between zlib builds.

    In an `elastic` workbook the heights of rows are what is shown at first: they grow with what somebody writes.
    """
    import zipfile  # noqa: PLC0415

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for info in old.infolist():
            fresh = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
            fresh.external_attr, fresh.create_system = 0o600 << 16, 3
            content = old.read(info)
            if elastic and info.filename.startswith("xl/worksheets/"):
                content = content.replace(b' customHeight="1"', b"")
            new.writestr(fresh, content)
    return out.getvalue()
