"""Workbooks, pages and documents in the shapes in which strangers publish their lists, made for one test each."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

Rows = "Sequence[Sequence[Any]]"


def xlsx(path: Path, sheets: Mapping[str, Rows] | Rows, merges: Iterable[tuple[str, str]] = (), **looks: Any) -> str:
    """Write a workbook: rows, merged ranges of the first sheet, and by name what cells look like.

    `looks` may be: hidden_rows, hidden_columns, hidden_sheets, struck, comments {cell: text}, fills {cell: rgb},
    formulas {cell: (formula, value)}.
    """
    pages = sheets if isinstance(sheets, dict) else {"清单": sheets}
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}) as book:
        made = [(book.add_worksheet(name), rows) for name, rows in pages.items()]
        for page, rows in made:
            if page.name in looks.get("hidden_sheets", ()):
                page.hide()
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if value is not None:
                        page.write(r, c, value)
        page = made[0][0]
        for cells, text in merges:
            page.merge_range(cells, text)
        _look(book, page, looks)
    return str(path)


def _look(book: Any, page: Any, looks: Mapping[str, Any]) -> None:
    plain, struck = book.add_format(), book.add_format({"font_strikeout": True})
    for row in looks.get("hidden_rows", ()):
        page.set_row(row - 1, None, None, {"hidden": True})
    for column in looks.get("hidden_columns", ()):
        page.set_column(f"{column}:{column}", None, None, {"hidden": True})
    for cell, words in looks.get("struck", {}).items():
        if isinstance(words, str):
            page.write(cell, words, struck)
        else:
            page.write_rich_string(cell, plain, words[0], struck, words[1], plain, words[2])
    for cell, text in looks.get("comments", {}).items():
        page.write_comment(cell, text)
    for cell, (text, rgb) in looks.get("fills", {}).items():
        page.write(cell, text, book.add_format({"bg_color": rgb}))
    for cell, (formula, value) in looks.get("formulas", {}).items():
        page.write_formula(cell, formula, None, value)


def edited(path: str, to: Path, **cells: Any) -> str:
    """Write a workbook again with cells of its first sheet changed, as a clerk would; None empties a cell."""
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book.worksheets[0][cell] = value
    book.save(to)
    return str(to)


def text(path: Path, rows: Rows, *, encoding: str = "utf-8", mark: str = ",") -> str:
    """Write a table as plain text."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=mark).writerows(rows)
    path.write_bytes(buffer.getvalue().encode(encoding))
    return str(path)


def html(path: Path, rows: Rows, title: str = "", *, encoding: str = "utf-8") -> str:
    """Write a page with one table; a cell may be (text, attributes)."""
    lines = []
    for row in rows:
        cells = [one if isinstance(one, tuple) else (one, "") for one in row]
        lines.append("<tr>" + "".join(f"<td {attributes}>{words}</td>" for words, attributes in cells) + "</tr>")
    page = f"<html><head><meta charset={encoding}></head><body><h2>{title}</h2><table>{''.join(lines)}</table></body>"
    path.write_bytes(page.encode(encoding))
    return str(path)


def word(
    path: Path, tables: Iterable[Rows], leads: Sequence[str] = (), merges: Iterable[tuple[int, int, int, int]] = ()
) -> str:
    """Write a document of tables, each with a line above; merges are (row, column, row, column) of the first."""
    document = docx.Document()
    for number, rows in enumerate(tables):
        if number < len(leads):
            document.add_paragraph(leads[number])
        table = document.add_table(len(rows), max(map(len, rows)))
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                table.cell(r, c).text = str(value or "")
        for top, left, bottom, right in merges if not number else ():
            table.cell(top, left).merge(table.cell(bottom, right))
    document.save(str(path))
    return str(path)
