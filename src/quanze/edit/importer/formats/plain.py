"""A table as plain text, in any encoding and with any mark between the cells that spreadsheets write."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.edit.importer.sheet import Grid, Sheet, cell
from quanze.io.shield import bare

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENCODINGS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_MARKS = ",\t;|，"
_LOOKED_AT = 200
_SIGNS, _CHINESE = re.compile(r"\?{2,}|\ufffd"), re.compile(r"[\u4e00-\u9fff]")
_FEW, _SHARE = 6, 0.25
"""Signs that people write, ????, and what part of the text may be such."""


def read(content: bytes, name: str) -> tuple[Sheet, ...]:
    """Return the one sheet of a text file; a Fault where it is no table."""
    text = decoded(content, name)
    if "\0" in text:
        raise Fault(f"{name} 不是表格：里面有二进制内容；可以导入的有 .xlsx .xls .ods .csv .html .docx")
    if _lost(text):
        raise Fault(
            f"{name} 里的汉字成了「?」：另存时选的编码放不下汉字，原来的字已经没有了；"
            "请用原来的表另存为 .xlsx，或者「CSV UTF-8」"
        )
    grid = Grid(name)
    try:
        for row, cells in enumerate(_rows(text, _mark(text)), 1):
            for column, one in enumerate(cells, 1):
                grid.put(row, column, cell(bare(one)))
    except csv.Error:
        longest = f"引号没有配对，或者有一格超过 {csv.field_size_limit():,} 个字"
        raise Fault(f"{name} 不是有效的 CSV：{longest}；请用 Excel 打开，另存为 .xlsx 再试") from None
    return (Sheet(name, "", grid.table()),)


def _lost(text: str) -> bool:
    """Tell whether an encoding without Chinese has put a sign in the place of each character: runs of ? or U+FFFD."""
    lost = sum(map(len, _SIGNS.findall(text)))
    return lost > _FEW and lost > len(_CHINESE.findall(text)) * _SHARE


def decoded(content: bytes, name: str) -> str:
    """Return a text in UTF-8, UTF-16 or GB18030, which holds GBK and GB2312.

    Raises:
        Fault: it is in none of them.

    """
    known = next((encoding for mark, encoding in _ENCODINGS if content.startswith(mark)), "")
    for encoding in (known,) if known else ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Fault(f"{name} 的编码认不出来；请另存为 UTF-8 编码的 CSV，或者 .xlsx")


def _rows(text: str, mark: str) -> Iterable[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=mark)


def _mark(text: str) -> str:
    """Return the mark that cuts the largest share of rows into cells, into equally many above all.

    A row is what it is between this mark's quotes: commas within a cell of ten lines are no marks of ten rows.
    """
    best, score = ",", 0.0
    for mark in _MARKS:
        try:
            rows = [row for row in islice(_rows(text, mark), _LOOKED_AT) if row]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if len(row) > 1)
        found = (widths.total() + sum(count for _, count in widths.most_common(1))) / max(1, len(rows))
        if found > score:
            best, score = mark, found
    return best
