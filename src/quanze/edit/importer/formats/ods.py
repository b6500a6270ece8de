"""An OpenDocument spreadsheet → its sheets: content.xml read row by row with lxml, repeated cells within bounds."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from quanze.base.problem import Fault
from quanze.edit.importer.formats.numbers import count
from quanze.edit.importer.formats.styles import name as colour_name
from quanze.edit.importer.formats.xlsx import DAMAGED, attribute, bounded, damaged, local, undeclared
from quanze.edit.importer.sheet import (
    BLANK,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Grid,
    Merge,
    Place,
    Sheet,
    Struck,
    cell,
    few_cells,
    few_sheets,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CELL, _STYLED, _TYPE = f"{_TABLE}table-cell", f"{_TABLE}style-name", f"{_OFFICE}value-type"
_CELLS = frozenset({_CELL, f"{_TABLE}covered-table-cell"})
_READ = ("{*}style", "{*}table", "{*}table-row", "{*}table-column")
_NUMBERS = frozenset({"float", "currency", "percentage"})
_MANIFEST, _LOCKED = "META-INF/manifest.xml", b"encryption-data"
_FILTERED = frozenset({"collapse", "filter"})


class _Look(NamedTuple):
    """What a style shows, as far as it may mean something."""

    struck: bool = False
    paper: str = ""
    ink: str = ""
    shown: bool = True
    """Whether a table of this style is seen."""


_PLAIN = _Look()


def read(content: bytes, name: str) -> tuple[Sheet, ...]:
    """Return every sheet; a Fault where the archive cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            bounded(archive, name)
            if _LOCKED in (archive.read(_MANIFEST) if _MANIFEST in archive.namelist() else b""):
                raise Fault(f"{name} 加了密码；请打开，另存为不加密的 .xlsx 再试")
            part = archive.read("content.xml")
        few_cells(name, max(part.count(b"table-cell") // 2, _opened(part)))
        return tuple(one.sheet() for one in _pages(part, name))
    except DAMAGED:
        raise damaged(name) from None


def _opened(content: bytes) -> int:
    """Return how many cells there are, but for those that have a word and no attribute."""
    return content.count(b"table-cell") - content.count(b"table-cell>")


def _pages(content: bytes, file: str) -> list[_Page]:
    """Return the tables of a document; of each row nothing is left in memory but its cells."""
    looks: dict[str, _Look] = {}
    found: list[_Page] = []
    open_: list[_Page] = []
    walk = etree.iterparse(io.BytesIO(content), ("start", "end"), tag=_READ, resolve_entities=False, no_network=True)
    for event, one in walk:
        if not looks and not found:
            undeclared(one, file)
        tag = local(one)
        if event == "start":
            if tag == "table":
                open_.append(_Page(file, one, looks))
                found.append(open_[-1])
                few_sheets(file, len(found))
            continue
        if tag == "table":
            open_.pop()
        elif tag == "style":
            looks[attribute(one, "name")] = _look(one)
        elif open_ and tag == "table-column":
            open_[-1].column(one)
        elif open_:
            open_[-1].row(one)
            one.clear()
            while (before := one.getprevious()) is not None and (above := one.getparent()) is not None:
                above.remove(before)
    return found


class _Page:
    """One table while it is read."""

    def __init__(self, file: str, table: _Element, looks: Mapping[str, _Look]) -> None:
        self._file, self._looks, self._grid = file, looks, Grid(file)
        self._title = attribute(table, "name")
        self._shown = looks.get(table.get(_STYLED, ""), _PLAIN).shown
        self._merges: list[Merge] = []
        self._struck: dict[Place, Struck] = {}
        self._comments: dict[Place, str] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._row = self._column = 0

    def column(self, one: _Element) -> None:
        """Take what is said of a run of columns."""
        first, self._column = self._column + 1, self._column + _count(one.get(f"{_TABLE}number-columns-repeated"))
        if one.get(f"{_TABLE}visibility") in _FILTERED:
            self._hidden_columns.update(range(first, min(self._column, MAX_COLUMNS) + 1))

    def row(self, line: _Element) -> None:
        """Take a row, as often as it is repeated."""
        first, self._row = self._row + 1, self._row + _count(line.get(f"{_TABLE}number-rows-repeated"))
        rows = range(first, self._row + 1)
        if line.get(f"{_TABLE}visibility") in _FILTERED:
            self._hidden_rows.update(range(first, min(self._row, MAX_ROWS) + 1))
        for one, columns, value, swatch in self._cells(line):
            look = self._looks.get(one.get(_STYLED, ""), _PLAIN)
            crossed = Struck(value.text) if look.struck else _crossed(one, self._looks)
            down, across = (_count(one.get(f"{_TABLE}number-{way}-spanned")) for way in ("rows", "columns"))
            note = _note(one)
            for place in ((number, column) for number in rows for column in columns):
                self._grid.put(*place, value, look.paper or look.ink, swatch if place[1] == columns.start else "")
                if down > 1 or across > 1:
                    self._merges.append(Merge(*place, place[0] + down - 1, place[1] + across - 1))
                if crossed:
                    self._struck[place] = crossed
                if note:
                    self._comments[place] = note

    def _cells(self, line: _Element) -> Iterator[tuple[_Element, range, Cell, str]]:
        """Yield (element, its columns, value, colour of a blank one on the left) of the cells that say something."""
        column, left = 0, None
        for one in line:
            if one.tag not in _CELLS:
                continue
            times = _count(one.get(f"{_TABLE}number-columns-repeated"))
            said = one.tag == _CELL and (len(one) or one.get(_TYPE))
            value = _value(one) if said else BLANK
            if value.text:
                if column + times > MAX_COLUMNS:
                    raise Fault(f"表超过 {MAX_COLUMNS} 列；请删去多余的列再试")
                swatch = "" if left is None else self._looks.get(left.get(_STYLED, ""), _PLAIN).paper
                yield one, range(column + 1, column + times + 1), value, swatch
            column, left = column + times, None if value.text else one

    def sheet(self) -> Sheet:
        """Return the sheet."""
        return Sheet(
            self._file, self._title, self._grid.table(), tuple(self._merges), hidden=not self._shown,
            hidden_rows=frozenset(self._hidden_rows), hidden_columns=frozenset(self._hidden_columns),
            struck=self._struck, comments=self._comments, colours=self._grid.colours,
        )  # fmt: skip


def _value(one: _Element) -> Cell:
    kind = one.get(_TYPE, "")
    if kind == "date":
        return Cell(attribute(one, "date-value").partition("T")[0])
    if kind == "boolean":
        return Cell("是" if attribute(one, "boolean-value") == "true" else "否")
    said = "".join(words for words, _ in _lines(one, {}))
    shown = cell(said, number=kind in _NUMBERS)
    scientific = shown.number and "E" in shown.text.upper()
    return Cell(attribute(one, "value"), number=True) if scientific else shown


def _lines(one: _Element, looks: Mapping[str, _Look]) -> Iterator[tuple[str, bool]]:
    """Yield the words of a cell, a line each paragraph, each with whether it is crossed out."""
    for number, part in enumerate(part for part in one if local(part) == "p"):
        if number:
            yield "\n", False
        yield from _words(part, looks, crossed=False)


def _words(part: _Element, looks: Mapping[str, _Look], *, crossed: bool) -> Iterator[tuple[str, bool]]:
    """Yield the texts of a paragraph with its spaces, tabs and line breaks; notes are not part of it."""
    yield part.text or "", crossed
    for inner in part:
        tag = local(inner)
        if tag == "s":
            yield " " * min(_count(attribute(inner, "c")), 100), crossed
        elif tag in {"line-break", "tab"}:
            yield "\n" if tag == "line-break" else " ", crossed
        elif tag not in {"annotation", "ruby-text"}:
            struck = crossed or looks.get(attribute(inner, "style-name"), _PLAIN).struck
            yield from _words(inner, looks, crossed=struck)
        yield inner.tail or "", crossed


def _crossed(one: _Element, looks: Mapping[str, _Look]) -> Struck | None:
    """Return what of a cell is crossed out."""
    return Struck.of(_lines(one, looks)) if any(map(len, one)) else None


def _note(one: _Element) -> str:
    """Return the comment on a cell."""
    said = ("".join(line.itertext()) for line in one.iterfind("{*}annotation/{*}p"))
    return cell("\n".join(said)).text if len(one) > 1 else ""


def _look(style: _Element) -> _Look:
    ink = colour_name(_property(style, "color").lstrip("#"))
    marks = (_property(style, f"text-line-through-{name}") for name in ("style", "type"))  # LibreOffice: either
    return _Look(
        next(filter(None, marks), "none") != "none",
        colour_name(_property(style, "background-color").lstrip("#")),
        f"{ink}字" if ink else "",
        _property(style, "display") != "false",
    )


def _property(style: _Element, name: str) -> str:
    return next((value for value in (attribute(part, name) for part in style) if value), "")


def _count(value: str | None) -> int:
    """Return how often something is there; once where that is not said in a number."""
    return max(count(value or "", 1), 1)
