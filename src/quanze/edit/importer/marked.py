"""The clerk's own workbook with a comment and a colour at every cell of which there is something to say."""

from __future__ import annotations

import io
import warnings
from collections import defaultdict
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from quanze.edit.importer.plan import Plan
    from quanze.edit.importer.problem import SheetProblem
    from quanze.edit.importer.sheet import Sheet

_COLOURS = {"error": "FFC7CE", "review": "FFEB9C"}
_AUTHOR = "quanze"
_LONGEST = 31


def workbook(path: Path, sheets: Sequence[Sheet], plan: Plan) -> bytes:
    """Return the workbook with its marks; one with the same cells where the file is no workbook that can be kept."""
    book = _own(path) or _plain(sheets)
    said: defaultdict[tuple[str, int, int], list[SheetProblem]] = defaultdict(list)
    for problem in plan.problems:
        said[problem.sheet, max(problem.row, 1), max(problem.column, 1)].append(problem)
    pages = _pages(book)
    for (name, row, column), problems in said.items():
        page = pages.get(name) or book.worksheets[0]
        _mark(page, row, column, problems)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _own(path: Path) -> Workbook | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path)
    except Exception:  # noqa: BLE001 — whatever the library cannot keep is written anew
        return None
    return book if book.worksheets else None


def _plain(sheets: Sequence[Sheet]) -> Workbook:
    """Return a workbook with the same cells and merged ranges."""
    book = openpyxl.Workbook()
    for page in book.worksheets:
        book.remove(page)
    for number, sheet in enumerate(sheets, 1):
        page = book.create_sheet((sheet.name or f"表{number}")[:_LONGEST])
        for row, column, cell in sheet.filled():
            one = page.cell(row, column)
            one.value, one.data_type = cell.text, "s"
        for merge in sheet.merges:
            page.merge_cells(
                start_row=merge.top, start_column=merge.left, end_row=merge.bottom, end_column=merge.right
            )  # fmt: skip
    return book


def _pages(book: Workbook) -> Mapping[str, Worksheet]:
    return {page.title: page for page in book.worksheets}


def _mark(page: Worksheet, row: int, column: int, problems: Sequence[SheetProblem]) -> None:
    """Put what there is to say at a cell, behind what somebody else commented there; a merged cell at its first."""
    for area in page.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            row, column = area.min_row, area.min_col
            break
    cell = page.cell(row, column)
    words = [cell.comment.text] if cell.comment else []
    words += [f"{'【不能写】' if problem.level == 'error' else '【请看】'}{problem.message}" for problem in problems]
    cell.comment = Comment("\n".join(words), _AUTHOR, width=320, height=120)
    worst = "error" if any(problem.level == "error" for problem in problems) else "review"
    cell.fill = PatternFill("solid", fgColor=_COLOURS[worst])
