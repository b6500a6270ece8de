"""Tables of any kind as one XLSX workbook: a sheet a table, byte for byte the same each time."""

from __future__ import annotations

import datetime
import io
from types import MappingProxyType
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

EPOCH = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 — written into every workbook, so that builds agree
KEPT = "quanze底稿"
"""The sheet of a clerk's workbook that keeps what its cells said when it was made."""
EMPTY: Mapping[str, Sequence[str]] = MappingProxyType({})
_WIDEST, _NARROWEST = 60, 8
_LONGEST = 32_767
"""Characters that a cell of a workbook holds."""


def workbook(
    title: str,
    sheets: Mapping[str, Sequence[Sequence[object]]],
    disclaimer: str = "",
    words: Mapping[str, Sequence[str]] = EMPTY,
) -> bytes:
    """Return a workbook, printed a page wide; the first row of each sheet is its head, a disclaimer stands above it.

    `words` are those that the cells below a head are chosen from.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": title, "comments": disclaimer, "created": EPOCH})
        head = book.add_format({"bold": True, "border": 1, "bg_color": "#EDEDED", "text_wrap": True})
        body = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
        warning = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#9C0006"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            _sheet(sheet, rows, disclaimer, (head, body, warning))
            for column, one in enumerate(rows[0] if rows else ()):
                if choices := words.get(str(one)):
                    rule = {"validate": "list", "source": [*choices]}
                    top = 1 + bool(disclaimer)
                    sheet.data_validation(top, column, top + max(len(rows) - 2, 0), column, rule)
    return stored(buffer.getvalue())


def _sheet(
    sheet: Worksheet, rows: Sequence[Sequence[object]], disclaimer: str, styles: tuple[Format, Format, Format]
) -> None:
    head, body, warning = styles
    width = max((len(row) for row in rows), default=1)
    top = 0
    if disclaimer:
        top = 1
        sheet.set_row(0, 48)
        if width > 1:
            sheet.merge_range(0, 0, 0, width - 1, disclaimer, warning)
        else:
            sheet.write_string(0, 0, disclaimer, warning)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            style = body if number else head
            if isinstance(value, int) and not isinstance(value, bool):
                sheet.write_number(top + number, column, value, style)
            else:
                sheet.write_string(top + number, column, str(value)[:_LONGEST], style)
    for column in range(width):
        longest = max((len(str(row[column])) for row in rows if column < len(row)), default=0)
        sheet.set_column(column, column, min(max(longest * 2, _NARROWEST), _WIDEST))
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def stored(archive: bytes) -> bytes:
    """Return a ZIP archive with its members uncompressed and undated: deflate differs between zlib builds."""
    import zipfile  # noqa: PLC0415

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for info in old.infolist():
            fresh = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
            fresh.external_attr, fresh.create_system = 0o600 << 16, 3
            new.writestr(fresh, old.read(info))
    return out.getvalue()
