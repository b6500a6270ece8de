"""An old .xls workbook → its sheets, by xlrd: the one kept library that also tells merged, hidden and struck cells."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlrd

from quanze.base.problem import Fault
from quanze.edit.importer.formats.numbers import day, is_date, shown
from quanze.edit.importer.formats.styles import name as colour_name
from quanze.edit.importer.sheet import MAX_COLUMNS, MAX_ROWS, Cell, Grid, Merge, Place, Sheet, Struck, cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlrd.book import Book
    from xlrd.sheet import Sheet as XlsSheet

_STREAMS = {"EncryptedPackage": "加了密码", "WordDocument": "是旧格式的 Word 文件", "PowerPoint Document": "是演示文稿"}


def read(content: bytes, name: str) -> tuple[Sheet, ...]:
    """Return every sheet; a Fault that says what the file is where it is no workbook."""
    for stream, what in _STREAMS.items():
        if stream.encode("utf-16-le") in content:
            raise Fault(f"{name} {what}；请打开，另存为不加密的 .xlsx（Word 存为 .docx）再试")
    try:
        book = _open(content)
        return tuple(_sheet(book, number, name) for number in range(book.nsheets))
    except Fault:
        raise
    except Exception as error:  # noqa: BLE001 — the library meets a damaged file with whatever it stumbles over
        words = "加了密码" if "ncrypt" in str(error) else "读不出来，文件坏了或者不完整"
        raise Fault(f"{name} {words}；请在 Excel 里打开，另存为不加密的 .xlsx 再试") from None


def _open(content: bytes) -> Book:
    """Open a workbook with its formats; without them where they are at fault."""
    try:
        return xlrd.open_workbook(file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except (IndexError, KeyError, AssertionError, NotImplementedError):
        return xlrd.open_workbook(file_contents=content, ragged_rows=True, logfile=io.StringIO())


def _sheet(book: Book, number: int, file: str) -> Sheet:
    sheet, grid = book.sheet_by_index(number), Grid(file)
    struck: dict[Place, Struck] = {}
    for row in range(sheet.nrows):
        blank = False
        for column in range(sheet.row_len(row)):
            beside, kind = blank, sheet.cell_type(row, column)
            blank = kind == xlrd.XL_CELL_BLANK
            if blank or kind == xlrd.XL_CELL_EMPTY:
                continue
            crossed, colour = _look(book, sheet, row, column)
            swatch = _look(book, sheet, row, column - 1)[1] if beside else ""
            grid.put(row + 1, column + 1, _cell(book, sheet, row, column), colour, swatch)
            if crossed:
                struck[row + 1, column + 1] = crossed
    return Sheet(
        file,
        sheet.name,
        grid.table(),
        tuple(Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells),
        hidden=bool(sheet.visibility),
        hidden_rows=frozenset(n + 1 for n, one in sheet.rowinfo_map.items() if one.hidden and n < MAX_ROWS),
        hidden_columns=frozenset(n + 1 for n, one in sheet.colinfo_map.items() if one.hidden and n < MAX_COLUMNS),
        struck=struck,
        comments={(r + 1, c + 1): cell(one.text).text for (r, c), one in sheet.cell_note_map.items() if one.text},
        colours=grid.colours,
    )


def _cell(book: Book, sheet: XlsSheet, row: int, column: int) -> Cell:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == xlrd.XL_CELL_TEXT:
        return cell(value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return Cell("是" if value else "否")
    if kind == xlrd.XL_CELL_ERROR:
        return Cell(xlrd.error_text_from_code.get(value, "#N/A"))
    code = _format(book, sheet, row, column)
    dated = kind == xlrd.XL_CELL_DATE or is_date(code)
    told = day(value, late=bool(book.datemode)) if dated else ""
    return Cell(told) if told else Cell(shown(value, code), number=True)


def _format(book: Book, sheet: XlsSheet, row: int, column: int) -> str:
    if not book.formatting_info:
        return ""
    known = book.format_map.get(book.xf_list[sheet.cell_xf_index(row, column)].format_key)
    return known.format_str if known else ""


def _look(book: Book, sheet: XlsSheet, row: int, column: int) -> tuple[Struck | None, str]:
    """Return what of a cell is crossed out, and its colour."""
    if not book.formatting_info:
        return None, ""
    style = book.xf_list[sheet.cell_xf_index(row, column)]
    font, text = book.font_list[style.font_index], str(sheet.cell_value(row, column))
    shown_ = cell(text).text
    crossed = Struck(shown_) if font.struck_out and shown_ else Struck.of(_runs(book, sheet, row, column, text))
    paper = _colour(book, style.background.pattern_colour_index) if style.background.fill_pattern else ""
    ink = _colour(book, font.colour_index)
    return crossed, paper or (f"{ink}字" if ink else "")


def _runs(book: Book, sheet: XlsSheet, row: int, column: int, text: str) -> Iterator[tuple[str, bool]]:
    runs = sheet.rich_text_runlist_map.get((row, column), ())
    yield text[: runs[0][0]] if runs else text, False
    for (start, font), end in zip(runs, [*(run[0] for run in runs[1:]), len(text)], strict=False):
        yield text[start:end], font < len(book.font_list) and bool(book.font_list[font].struck_out)


def _colour(book: Book, index: int) -> str:
    rgb = book.colour_map.get(index)
    return colour_name("".join(f"{part:02X}" for part in rgb)) if rgb else ""
