"""The tables of a Word document → sheets, by python-docx; each row is walked once, as its own cells are not."""

from __future__ import annotations

import io
import zipfile
from collections import deque
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn

from quanze.base.problem import Fault
from quanze.edit.importer.formats.xlsx import bounded, undeclared
from quanze.edit.importer.sheet import Grid, Merge, Sheet, Struck, cell, few_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.oxml.table import CT_Tbl
    from lxml.etree import _Element

_LEAD, _LOOKED_AT = 3, 20
"""Lines above a table that may name it, and paragraphs, blank ones too, in which they are looked for."""
_BREAKS = frozenset({qn("w:br"), qn("w:cr")})


def read(content: bytes, name: str) -> tuple[Sheet, ...]:
    """Return a sheet for each table; a Fault where there is none, or the document cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            bounded(archive, name)
        document = docx.Document(io.BytesIO(content))
    except Fault:
        raise
    except Exception:  # noqa: BLE001 — the library meets a damaged file with whatever it stumbles over
        raise Fault(f"{name} 读不出来，文件坏了或者不完整；请在 Word 里打开，另存为 .docx 再试") from None
    undeclared(document.element, name)
    sheets: list[Sheet] = []
    above: deque[_Element] = deque(maxlen=_LOOKED_AT)
    for one in document.element.body.iterchildren(qn("w:p"), qn("w:tbl")):
        if one.tag == qn("w:p"):
            above.append(one)
            continue
        few_sheets(name, len(sheets) + 1)
        lead = [text for text in (cell("".join(words for words, _ in _runs(line))).text for line in above) if text]
        try:
            sheets.append(_sheet(one, f"表{len(sheets) + 1}", name, "\n".join(lead[-_LEAD:])))
        except ValueError:  # of a number of columns or rows that is none
            raise Fault(f"{name} 的第 {len(sheets) + 1} 张表坏了；请在 Word 里打开，另存为 .docx 再试") from None
        above.clear()
    if not sheets:
        raise Fault(f"{name} 里没有表格；请把内容做成表，或者存为 .xlsx 再试")
    return tuple(sheets)


def _sheet(table: CT_Tbl, title: str, file: str, lead: str) -> Sheet:
    grid, merges, struck = Grid(file), [], {}
    open_: dict[int, tuple[int, int, int]] = {}
    for row, line in enumerate(table.tr_lst, 1):
        column, gone = 1 + line.grid_before, line.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None
        for one in line.tc_lst:
            across = max(one.grid_span, 1)
            goes_on = one.vMerge == "continue"
            if not goes_on:
                runs = [*_runs(one)]
                text = cell("".join(words for words, _ in runs))
                grid.put(row, column, text)
                crossed = Struck(text.text) if gone and text.text else Struck.of(runs)
                if crossed:
                    struck[row, column] = crossed
                open_[column] = (row, row, across)
            elif column in open_:
                top, _, width = open_[column]
                open_[column] = (top, row, width)
            top, bottom, width = open_.get(column, (row, row, across))
            if width > 1 or bottom > top:
                merges.append(Merge(top, column, bottom, column + width - 1))
            column += across
    longest = {(one.top, one.left): one for one in sorted(merges)}
    return Sheet(file, title, grid.table(), tuple(longest.values()), lead, struck=struck)


def _runs(cell_: _Element) -> Iterator[tuple[str, bool]]:
    """Yield the words of a cell, each with whether it is crossed out; what a tracked change deleted is not there."""
    for number, paragraph in enumerate(cell_.iter(qn("w:p"))):
        if number:
            yield "\n", False
        yield from _words(paragraph)


def _words(paragraph: _Element) -> Iterator[tuple[str, bool]]:
    for run in paragraph.iter(qn("w:r")):
        marks = run.find(qn("w:rPr"))
        crossed = marks is not None and any(
            mark is not None and mark.get(qn("w:val"), "1") not in {"0", "false"}
            for mark in (marks.find(qn("w:strike")), marks.find(qn("w:dstrike")))
        )
        for part in run:
            if part.tag == qn("w:t"):
                yield part.text or "", crossed
            elif part.tag == qn("w:tab"):
                yield " ", crossed
            elif part.tag in _BREAKS:
                yield "\n", crossed
