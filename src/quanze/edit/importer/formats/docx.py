"""The tables of a Word document → sheets, by python-docx; each row is walked once, as its own cells are not."""

from __future__ import annotations

import io
import zipfile
from collections import deque
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn
from lxml import etree

from quanze.base.problem import Fault
from quanze.edit.importer.formats.xlsx import bounded, undeclared
from quanze.edit.importer.sheet import Grid, Merge, Place, Sheet, Struck, cell, few_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docx.document import Document
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
    told = _comments(document)
    sheets: list[Sheet] = []
    above: deque[_Element] = deque(maxlen=_LOOKED_AT)
    for one in document.element.body.iterchildren(qn("w:p"), qn("w:tbl")):
        if one.tag == qn("w:p"):
            above.append(one)
            continue
        few_sheets(name, len(sheets) + 1)
        lead = [text for text in (cell("".join(words for words, _ in _runs(line))).text for line in above) if text]
        try:
            sheets.append(_sheet(one, f"表{len(sheets) + 1}", name, "\n".join(lead[-_LEAD:]), told))
        except ValueError:  # of a number of columns or rows that is none
            raise Fault(f"{name} 的第 {len(sheets) + 1} 张表坏了；请在 Word 里打开，另存为 .docx 再试") from None
        above.clear()
    if not sheets:
        raise Fault(f"{name} 里没有表格；请把内容做成表，或者存为 .xlsx 再试")
    return tuple(sheets)


def _comments(document: Document) -> Mapping[str, str]:
    """Return the comments of a document by their ids."""
    parts = [one.target_part for one in document.part.rels.values() if one.reltype.endswith("/comments")]
    roots = [etree.fromstring(one.blob, etree.XMLParser(resolve_entities=False, no_network=True)) for one in parts]
    found = (one for root in roots for one in root.iter(qn("w:comment")))
    return {one.get(qn("w:id"), ""): "".join(words for words, _ in _runs(one)) for one in found}


def _sheet(table: CT_Tbl, title: str, file: str, lead: str, told: Mapping[str, str]) -> Sheet:
    grid, merges, struck = Grid(file), [], {}
    comments: dict[Place, str] = {}
    veiled: dict[Place, str] = {}
    hidden_rows: set[int] = set()
    open_: dict[int, tuple[int, int, int]] = {}
    for row, line in enumerate(table.tr_lst, 1):
        if line.find(f"{qn('w:trPr')}/{qn('w:hidden')}") is not None:
            hidden_rows.add(row)
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
                marks = (part.get(qn("w:id"), "") for part in one.iter(qn("w:commentReference")))
                if said := cell("\n".join(told[mark] for mark in marks if mark in told)).text:
                    comments[row, column] = said
                if said := cell("".join(words for words, _ in _runs(one, hidden=True))).text:
                    veiled[row, column] = said
                open_[column] = (row, row, across)
            elif column in open_:
                top, _, width = open_[column]
                open_[column] = (top, row, width)
            top, bottom, width = open_.get(column, (row, row, across))
            if width > 1 or bottom > top:
                merges.append(Merge(top, column, bottom, column + width - 1))
            column += across
    longest = {(one.top, one.left): one for one in sorted(merges)}
    return Sheet(
        file,
        title,
        grid.table(),
        tuple(longest.values()),
        lead,
        hidden_rows=frozenset(hidden_rows),
        struck=struck,
        comments=comments,
        veiled=veiled,
    )


def _runs(cell_: _Element, *, hidden: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield the words of a cell, each with whether it is crossed out: those that are seen, or those that are hidden.

    What a tracked change deleted is not there.
    """
    for number, paragraph in enumerate(cell_.iter(qn("w:p"))):
        if number:
            yield "\n", False
        yield from _words(paragraph, hidden=hidden)


def _words(paragraph: _Element, *, hidden: bool) -> Iterator[tuple[str, bool]]:
    for run in paragraph.iter(qn("w:r")):
        marks = run.find(qn("w:rPr"))
        if _marked(marks, "w:vanish") is not hidden:
            continue
        crossed = _marked(marks, "w:strike") or _marked(marks, "w:dstrike")
        for part in run:
            if part.tag == qn("w:t"):
                yield part.text or "", crossed
            elif part.tag == qn("w:tab"):
                yield " ", crossed
            elif part.tag in _BREAKS:
                yield "\n", crossed


def _marked(marks: _Element | None, name: str) -> bool:
    mark = marks.find(qn(name)) if marks is not None else None
    return mark is not None and mark.get(qn("w:val"), "1") not in {"0", "false"}
