"""Marks of footnotes: a sign at the end of a cell that a note explains is none of the cell's words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from quanze.edit.importer.problem import SheetProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.edit.importer.sheet import Place, Sheet

_SIGNS = "*＊※†‡¹²³⁴⁵⁶⁷⁸⁹" + "".join(map(chr, range(ord("①"), ord("⑳") + 1)))
_LAST = frozenset(_SIGNS + "]］〕)）")
_MARK = re.compile(rf"(?P<sign>[{re.escape(_SIGNS)}]|[\[［〔][注0-9][0-9]?[\]］〕]|[（(]注[0-9]{{0,2}}[）)])\Z")
_SHOWN = 30
_INSIDE = r"(?:[^（）()]|[（(][^（）()]*[）)])*"
_OF_ALL = re.compile(
    rf"[（(](?:(?P<sure>本(?:通用)?(?:目录|清单|表)(?:所称|所指|所列|中|内|里){_INSIDE})|{_INSIDE}?[，,；;。、]?(?:以下|下)同。?)[）)]"
)
"""A note on all of a list within a name: （本目录所称水工程，是指…；下同）."""


def mark(text: str) -> str:
    """Return the mark with which a text ends; empty where it ends with none."""
    found = _MARK.search(text, max(len(text) - 5, 0)) if text and text[-1] in _LAST else None
    return found["sign"] if found and found.start() else ""


def marks(sheet: Sheet) -> frozenset[str]:
    """Return the marks with which cells of a sheet end."""
    return frozenset(found for _, _, cell in sheet.filled() if (found := mark(cell.text)))


def explained(texts: Sequence[str], known: frozenset[str]) -> Mapping[str, str]:
    """Return what notes say by mark: those lines that begin with one."""
    lines = [line for text in texts for line in text.split("\n")]
    return {one: line for one in known for line in lines if _begins(line, one)}


def is_footnote(text: str, known: frozenset[str]) -> bool:
    """Tell whether a row's only text explains marks of the sheet."""
    return all(any(_begins(line, one) for one in known) for line in text.split("\n"))


def _begins(line: str, one: str) -> bool:
    bare = one.strip("[]［］〔〕()（）")
    return line.startswith((one, f"注{bare}", *([bare] if bare != one else [])))


def without(sheet: Sheet, notes: Sequence[str]) -> tuple[Sheet, tuple[SheetProblem, ...]]:
    """Return a sheet without the marks that its notes explain, and what there is to say of each."""
    known = explained(notes, marks(sheet))
    if not known:
        return sheet, ()
    rows = [[*row] for row in sheet.rows]
    first: dict[str, Place] = {}
    for row, column, cell in sheet.filled():
        text = cell.text
        while (one := mark(text)) in known and not is_footnote(cell.text, frozenset(known)):
            text = text.removesuffix(one).rstrip()
            first.setdefault(one, (row, column))
        rows[row - 1][column - 1] = cell._replace(text=text)
    return replace(sheet, rows=rows), tuple(_told(sheet, first, known))


def without_note(name: str) -> tuple[str, str]:
    """Return a name without a note on the whole list, and what to say; what is only likely to be one stays."""
    found = _OF_ALL.search(name)
    if not found or found[0] == name:
        return name, ""
    if found["sure"]:
        said = f"「{found[0]}」是对整份目录的说明，没有写进名称，原话保留在来源里"
        return f"{name[: found.start()]}{name[found.end() :]}", said
    return name, f"「{found[0]}」像是对整份目录的说明，没有分开；不是名称的，请移到目录的说明里"


def _told(sheet: Sheet, first: Mapping[str, Place], known: Mapping[str, str]) -> Iterator[SheetProblem]:
    for one, (row, column) in first.items():
        line = known[one] if len(known[one]) <= _SHOWN else f"{known[one][:_SHOWN]}…"
        message = f"「{one}」是脚注「{line}」的标记，没有导入；脚注要写进记录的，请写在格子里"
        yield SheetProblem(row, column, sheet.file, sheet.name, "import-signal", message, "review", "脚注")
