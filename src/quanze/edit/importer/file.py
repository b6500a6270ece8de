"""A file → one sheet: a workbook, or a CSV in any encoding that a spreadsheet writes."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.edit.cells import tidy
from quanze.edit.importer.sheet import Cell, Sheet, bounded

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 50_000_000
_ENCODINGS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_SHIELDED = ("'=", "'+", "'@", "'\t")
"""How our own CSV begins a text that a spreadsheet would take for a formula."""


def read(path: Path, sheet: str = "") -> Sheet:
    """Read one sheet of a workbook, or a CSV; a Fault that says what to do where that cannot be done."""
    try:
        content = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except FileNotFoundError:
        raise Fault(f"没有找到文件 {path}") from None
    if content is None:
        raise Fault(f"{path.name} 超过 {MAX_BYTES // 1_000_000} MB；请只留要导入的表")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Fault(f"{path.name} 是旧格式的 .xls，或者加了密码；请在 Excel 里另存为不加密的 .xlsx")
    if content.startswith(b"PK\x03\x04"):
        from quanze.edit.importer.workbook import read as read_workbook  # noqa: PLC0415 — the library is slow to load

        return read_workbook(content, path.name, sheet)
    if sheet:
        raise Fault(f"{path.name} 不是 Excel 工作簿，没有分表；请去掉 --sheet")
    return Sheet(path.name, "", tuple(_csv(content, path.name)))


def _csv(content: bytes, name: str) -> list[tuple[Cell, ...]]:
    text = _decoded(content, name)
    if "\0" in text:
        raise Fault(f"{name} 不是表格：里面有二进制内容；请用 .xlsx 或者 .csv")
    first = text.partition("\n")[0]
    mark = max(",\t;", key=first.count)
    try:
        rows = [*csv.reader(io.StringIO(text, newline=""), delimiter=mark)]
    except csv.Error as error:
        raise Fault(f"{name} 不是有效的 CSV：{error}") from None
    bounded(name, len(rows), max(map(len, rows), default=0))
    return [tuple(Cell(tidy(_bare(text))) for text in row) for row in rows]


def _decoded(content: bytes, name: str) -> str:
    known = next((encoding for mark, encoding in _ENCODINGS if content.startswith(mark)), "")
    for encoding in (known,) if known else ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Fault(f"{name} 的编码认不出来；请另存为 UTF-8 编码的 CSV，或者 .xlsx")


def _bare(text: str) -> str:
    return text[1:] if text.startswith(_SHIELDED) else text
