"""An OpenDocument spreadsheet → its sheets: content.xml walked by lxml, repeated cells held within bounds."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from quanze.base.problem import Fault
from quanze.edit.importer.formats.styles import name as colour_name
from quanze.edit.importer.formats.xlsx import DAMAGED, attribute, bounded, local
from quanze.edit.importer.sheet import (
    BLANK,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Grid,
    Merge,
    Place,
    Sheet,
    cell,
    few_cells,
    few_sheets,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CELL, _REPEATED = f"{_TABLE}table-cell", f"{_TABLE}number-columns-repeated"
_CELLS = frozenset({_CELL, f"{_TABLE}covered-table-cell"})
_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_NUMBERS = frozenset({"float", "currency", "percentage"})


def read(content: bytes, name: str) -> tuple[Sheet, ...]:
    """Return every sheet; a Fault where the archive cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            bounded(archive, name)
            parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
            content = archive.read("content.xml")
            few_cells(name, max(content.count(b"table-cell") // 2, _opened(content)))
            root = etree.fromstring(content, parser)
    except DAMAGED as error:
        raise Fault(f"{name} 读不出来（{error.__class__.__name__}）；加了密码的，去掉密码再试") from None
    looks = {attribute(one, "name"): one for one in root.iter("{*}style")}
    tables = [*root.iter("{*}table")]
    few_sheets(name, len(tables))
    return tuple(_sheet(one, looks, name) for one in tables)


def _opened(content: bytes) -> int:
    """Return how many cells there are, but for those that have a word and no attribute."""
    return content.count(b"table-cell") - content.count(b"table-cell>")


def _sheet(table: _Element, looks: Mapping[str, _Element], file: str) -> Sheet:
    grid, merges = Grid(file), []
    struck: dict[Place, str] = {}
    comments: dict[Place, str] = {}
    hidden_rows: set[int] = set()
    row = 0
    for line in table.iter("{*}table-row"):
        times = _count(line, "number-rows-repeated")
        cells = [*_cells(line, looks)]
        if attribute(line, "visibility") in {"collapse", "filter"}:
            hidden_rows.update(range(row + 1, min(row + times, MAX_ROWS) + 1))
        for one, columns, value, swatch in cells:
            crossed, colour = _look(one, value.text, looks)
            down, across = _count(one, "number-rows-spanned"), _count(one, "number-columns-spanned")
            said = "\n".join("".join(note.itertext()) for note in one.iterfind("{*}annotation/{*}p"))
            note = cell(said).text if said else ""
            for number in range(row + 1, row + times + 1):
                for column in columns:
                    place = number, column
                    grid.put(number, column, value, colour, swatch if column == columns.start else "")
                    if down > 1 or across > 1:
                        merges.append(Merge(number, column, number + down - 1, column + across - 1))
                    if crossed:
                        struck[place] = crossed
                    if note:
                        comments[place] = note
        row += times
    title = attribute(table, "name")
    display = _property(looks.get(attribute(table, "style-name")), "display")
    hidden_columns = frozenset(_hidden_columns(table))
    return Sheet(
        file, title, grid.table(), tuple(merges), hidden=display == "false", hidden_rows=frozenset(hidden_rows),
        hidden_columns=hidden_columns, struck=struck, comments=comments, colours=grid.colours,
    )  # fmt: skip


def _cells(line: _Element, looks: Mapping[str, _Element]) -> Iterator[tuple[_Element, range, Cell, str]]:
    """Yield (element, its columns, value, colour of a blank one on the left) of the cells that say something."""
    column, left = 0, None
    for one in line:
        if one.tag not in _CELLS:
            continue
        repeated = one.get(_REPEATED)
        times = 1 if repeated is None else _count(one, "number-columns-repeated")
        said = one.tag == _CELL and (len(one) or one.get(_TYPE))
        value = _value(one) if said else BLANK
        if value.text:
            if column + times > MAX_COLUMNS:
                raise Fault(f"表超过 {MAX_COLUMNS} 列；请删去多余的列再试")
            swatch = "" if left is None else _paper(looks.get(attribute(left, "style-name")))
            yield one, range(column + 1, column + times + 1), value, swatch
        column, left = column + times, None if value.text else one


def _value(one: _Element) -> Cell:
    kind = attribute(one, "value-type")
    said = "\n".join("".join(_words(part)) for part in one if local(part) == "p")
    if kind == "date":
        return Cell(attribute(one, "date-value").partition("T")[0])
    if kind == "boolean":
        return Cell("是" if attribute(one, "boolean-value") == "true" else "否")
    shown = cell(said, number=kind in _NUMBERS)
    scientific = shown.number and "E" in shown.text.upper()
    return Cell(attribute(one, "value"), number=True) if scientific else shown


def _words(part: _Element) -> Iterator[str]:
    """Yield the texts of a paragraph with its spaces, tabs and line breaks; notes are not part of it."""
    yield part.text or ""
    for inner in part:
        tag = local(inner)
        if tag == "s":
            yield " " * min(_count(inner, "c"), 100)
        elif tag in {"line-break", "tab"}:
            yield "\n" if tag == "line-break" else " "
        elif tag not in {"annotation", "ruby-text"}:
            yield from _words(inner)
        yield inner.tail or ""


def _look(one: _Element, text: str, looks: Mapping[str, _Element]) -> tuple[str, str]:
    style = looks.get(attribute(one, "style-name"))
    spans = (
        "".join(part.itertext()) for part in one.iter("{*}span") if _struck(looks.get(attribute(part, "style-name")))
    )
    crossed = text if _struck(style) else "".join(spans)
    paper = _paper(style)
    ink = colour_name(_property(style, "color").lstrip("#"))
    return cell(crossed).text, paper or (f"{ink}字" if ink else "")


def _paper(style: _Element | None) -> str:
    return colour_name(_property(style, "background-color").lstrip("#"))


def _struck(style: _Element | None) -> bool:
    marks = (_property(style, f"text-line-through-{name}") for name in ("style", "type"))  # LibreOffice: either
    return next(filter(None, marks), "none") != "none"


def _property(style: _Element | None, name: str) -> str:
    parts = style if style is not None else ()
    return next((value for value in (attribute(part, name) for part in parts) if value), "")


def _hidden_columns(table: _Element) -> Iterator[int]:
    column = 0
    for one in table.iter("{*}table-column"):
        times = _count(one, "number-columns-repeated")
        if attribute(one, "visibility") in {"collapse", "filter"}:
            yield from range(column + 1, min(column + times, MAX_COLUMNS) + 1)
        column += times


def _count(one: _Element, name: str) -> int:
    value = attribute(one, name)
    return max(int(value), 1) if value.isdecimal() and len(value) < 10 else 1  # noqa: PLR2004
