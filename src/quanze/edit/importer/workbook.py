"""An XLSX workbook → one sheet, with bounds on what a file may ask of us."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.utils import range_boundaries

from quanze.base.problem import Fault
from quanze.edit.cells import tidy
from quanze.edit.importer.sheet import MAX_COLUMNS, MAX_ROWS, Cell, Merge, Sheet, bounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_UNPACKED = 400_000_000
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_UNSETTLED = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ZEROS = re.compile(r"0+\Z")


def read(content: bytes, name: str, sheet: str) -> Sheet:
    """Read a sheet by name, or the first visible one that has anything in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _unpackable(archive, name)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return _read(archive, content, name, sheet)
    except Fault:
        raise
    except Exception as error:  # noqa: BLE001 — the library meets a damaged file with whatever it stumbles over
        raise Fault(f"{name} 读不出来（{error.__class__.__name__}）；请在 Excel 里打开，另存为 .xlsx 再试") from None


def _unpackable(archive: zipfile.ZipFile, name: str) -> None:
    if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
        raise Fault(f"{name} 解开后超过 {MAX_UNPACKED // 1_000_000} MB；请只留要导入的表")


def _read(archive: zipfile.ZipFile, content: bytes, name: str, wanted: str) -> Sheet:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    visible = [one for one in book.worksheets if one.sheet_state == "visible"]
    if wanted and wanted not in {one.title for one in book.worksheets}:
        raise Fault(f"{name} 里没有叫「{wanted}」的表；有：{'、'.join(one.title for one in visible)}")
    for one in [book[wanted]] if wanted else visible:
        rows = _rows(one, name)
        if rows:
            raw = archive.read(_path(one))
            merges = tuple(_merges(raw, len(rows)))
            others = tuple(other.title for other in visible if other.title != one.title and not wanted)
            return Sheet(name, one.title, _filled(rows, merges), merges, frozenset(_unsettled(raw)), others)
    raise Fault(f"{name} 里{f'的「{wanted}」' if wanted else ''}没有内容")


def _path(sheet: Any) -> str:
    """Return where a sheet lies in the archive: a sheet opened for reading only does not tell what is merged."""
    return str(sheet._worksheet_path)  # noqa: SLF001


def _rows(sheet: Any, name: str) -> list[tuple[Cell, ...]]:
    """Return the rows up to the last that is not blank."""
    sheet.reset_dimensions()
    rows = [_trimmed(map(_cell, row)) for row in sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1)]
    while rows and not rows[-1]:
        rows.pop()
    bounded(name, len(rows), max(map(len, rows), default=0))
    return rows


def _trimmed(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Return the cells of a row up to the last that is not blank."""
    row = [*cells]
    while row and not row[-1].text:
        row.pop()
    return tuple(row)


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return Cell()
    if isinstance(value, bool):
        return Cell("是" if value else "否")
    if isinstance(value, int | float):
        return Cell(_digits(value, cell.number_format or ""), number=True)
    if isinstance(value, datetime.datetime):
        return Cell(value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" "))
    return Cell(tidy(str(value)))


def _digits(value: float, layout: str) -> str:
    """Return a number as the sheet shows it, as far as that matters: leading zeros and percent."""
    if "%" in layout:
        return f"{value * 100:g}%"
    if value != int(value):
        return repr(value)
    return f"{int(value):0{len(layout)}d}" if _ZEROS.match(layout) else str(int(value))


def _merges(raw: bytes, rows: int) -> Iterator[Merge]:
    for found in _MERGE.finditer(raw):
        left, top, right, bottom = (number or 0 for number in range_boundaries(found[1].decode()))
        if top <= rows and left <= MAX_COLUMNS:
            yield Merge(top, left, min(bottom, rows), min(right, MAX_COLUMNS))


def _filled(rows: list[tuple[Cell, ...]], merges: tuple[Merge, ...]) -> tuple[tuple[Cell, ...], ...]:
    """Repeat what is merged downwards in each row that it covers."""
    grid = [[*row] for row in rows]
    for one in merges:
        first = grid[one.top - 1]
        if one.left <= len(first):
            for row in grid[one.top : one.bottom]:
                row.extend([Cell()] * (one.left - len(row)))
                row[one.left - 1] = first[one.left - 1]
    return tuple(map(tuple, grid))


def _unsettled(raw: bytes) -> Iterator[tuple[int, int]]:
    for found in _UNSETTLED.finditer(raw):
        column, row, _, _ = range_boundaries(found[1].decode())
        yield row or 0, column or 0
