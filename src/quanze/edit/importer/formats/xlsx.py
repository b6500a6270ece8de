"""An XLSX workbook → its sheets, read from the parts of the archive as they are.

Values, number formats, merged ranges, what is hidden, crossed out, coloured or commented stand in different parts, and
the libraries that read values alone lose the rest, or stop at a style that they do not know. So each part is walked
once by lxml, element by element: namespaces do not matter (Strict Open XML has others), nothing but the bounds of a
sheet can grow, and a part that is missing costs what it would have told.
"""

from __future__ import annotations

import io
import lzma
import math
import posixpath
import re
import zipfile
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from quanze.base.problem import Fault
from quanze.edit.importer.formats.blank import without_blank_rows
from quanze.edit.importer.formats.numbers import count, day, is_date, shown
from quanze.edit.importer.formats.styles import PLAIN, Style, styles
from quanze.edit.importer.sheet import (
    BLANK,
    MAX_COLUMNS,
    MAX_MERGES,
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
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element

MAX_UNPACKED = 200_000_000
_MAX_ELEMENTS = 4_000_000
"""Elements of one part: blank cells with a border take time too."""
_MAX_PARTS = 150_000
"""Elements of one text: a cell has no more characters than 32,767, each in four at most."""
_MAX_TEXTS, _MAX_COMMENTS = 400_000, 20_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})\Z")
_NO_VALUE, _NO_TEXT = Cell("（公式没有值）"), Cell("（文件里没有这段文字）")
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError),
    *(NotImplementedError, EOFError, RuntimeError, lzma.LZMAError, OSError),
)
"""What reading an archive that was not transferred whole, or is locked, comes to."""
_Text = tuple[Cell, Struck | None]
"""A shared text and what of it is crossed out."""


def read(content: bytes, name: str) -> tuple[Sheet, ...]:
    """Return every sheet of a workbook that holds cells; a Fault where the archive is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            bounded(archive, name)
            return tuple(_Book(archive, name).sheets())
    except DAMAGED:
        raise damaged(name) from None


def damaged(name: str) -> Fault:
    """Return what is said of an archive whose parts cannot be read."""
    return Fault(
        f"{name} 读不出来：文件坏了、不完整，或者格式一层套一层，套得太深；请用表格软件打开，另存为 .xlsx 再试"
    )


def bounded(archive: zipfile.ZipFile, name: str) -> None:
    """Raise a Fault for an archive that unpacks to more than any workbook has."""
    if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
        raise Fault(f"{name} 解开后超过 {MAX_UNPACKED // 1_000_000} MB；请只留要导入的表")


def elements(content: bytes, name: str, *tags: str) -> Iterator[_Element]:
    """Yield the elements of some names, in whatever namespace, each forgotten when the next is asked for.

    Raises:
        Fault: there are more than a workbook of lists has.

    """
    wanted = {*tags}
    walk = etree.iterparse(io.BytesIO(content), resolve_entities=False, no_network=True, huge_tree=False)
    names: dict[object, str] = {}
    parts = 0
    for seen, (_, one) in enumerate(walk):
        if not seen:
            undeclared(one, name)
        if seen > _MAX_ELEMENTS or parts > _MAX_PARTS:
            raise Fault(
                f"{name} 的内容太多（多为空白的格式，或者一格里的字断成了许多段）；请把清单复制到一张新表里再试"
            )
        tag = names.get(one.tag) or names.setdefault(one.tag, local(one))
        if tag in wanted:
            parts = 0
            yield one
            one.clear()
            while (before := one.getprevious()) is not None and (above := one.getparent()) is not None:
                above.remove(before)
        elif tag not in _WITHIN:
            one.clear()
        else:
            parts += 1


def undeclared(one: _Element, name: str) -> None:
    """Raise a Fault for a part that declares entities, which are not read: words would be lost without a word."""
    if one.getroottree().docinfo.internalDTD is not None:
        raise Fault(f"{name} 里有 DOCTYPE，表格软件不这样写，里面的文字会读漏；请用表格软件打开，另存为 .xlsx 再试")


_WITHIN = frozenset({"v", "f", "is", "t", "r", "rPr", "strike", "rPh", "text"})
"""The parts of what is wanted, kept until their whole is read."""


def local(one: _Element) -> str:
    """Return the name of an element without its namespace; empty for a comment in the markup."""
    return _bare(one.tag) if isinstance(one.tag, str) else ""


@lru_cache(256)
def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def attribute(one: _Element, name: str) -> str:
    """Return an attribute by its name without its namespace."""
    for key, value in one.items():
        if key.endswith(name) and key.rpartition("}")[2] == name:
            return str(value)
    return ""


@lru_cache(256)
def numbered(letters: str) -> int:
    """Return the number of a column: A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class _Book:
    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive, self._name = archive, name
        self._parts = {one.filename.lstrip("/").lower(): one.filename for one in archive.infolist()}
        main = next((target for kind, target in self._related("").values() if kind == "officeDocument"), "")
        self._main = main or "xl/workbook.xml"
        if not self._has(self._main):
            raise Fault(f"{name} 是压缩包，里面没有工作簿，也没有 Word 文档；请先解开，或者重新取一份")
        related = self._related(self._main)
        of_kind = dict(related.values())
        self._parts_of = dict(related)
        self._styles: Sequence[Style] = styles(self._bytes(of_kind["styles"])) if "styles" in of_kind else ()
        strings = of_kind.get("sharedStrings", "")
        self._strings = [*_shared(self._bytes(strings), name)] if self._has(strings) else []

    def _has(self, path: str) -> bool:
        return path.lower() in self._parts

    def _bytes(self, path: str) -> bytes:
        return self._archive.read(self._parts[path.lower()]) if self._has(path) else b""

    def _related(self, path: str) -> Mapping[str, tuple[str, str]]:
        """Return (kind, path) of the parts that one names, by their ids."""
        folder, _, file = path.rpartition("/")
        content = self._bytes(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = {}
        for one in elements(content, self._name, "Relationship") if content else ():
            kind, target = one.get("Type", "").rpartition("/")[2], one.get("Target", "")
            if one.get("TargetMode") != "External":
                full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                found[one.get("Id", "")] = kind, full.lstrip("/")
        return found

    def sheets(self) -> Iterator[Sheet]:
        late, named = False, []
        for one in elements(self._bytes(self._main), self._name, "sheet", "workbookPr"):
            if local(one) == "workbookPr":
                late = one.get("date1904") in {"1", "true"}
            else:
                named.append((one.get("name", ""), one.get("state", "visible"), attribute(one, "id")))
                few_sheets(self._name, len(named))
        for title, state, id_ in named:
            kind, path = self._parts_of.pop(id_, ("", ""))
            if kind == "worksheet" and self._has(path):
                yield self._sheet(path, title, hidden=state != "visible", late=late)

    def _sheet(self, path: str, title: str, *, hidden: bool, late: bool) -> Sheet:
        page = _Page(self._name)
        content = without_blank_rows(self._bytes(path))
        few_cells(self._name, content.count(b"<c ") + content.count(b"<c>"))
        _few_merges(self._name, content.count(b"<mergeCell "))
        for one in elements(content, self._name, "c", "row", "mergeCell", "col"):
            tag = local(one)
            if tag == "c":
                page.cell(one, self._style(one.get("s", "")), self._strings, late=late)
            elif tag == "row":
                page.row_ended(one)
            elif tag == "col":
                page.columns(one)
            else:
                page.merge(one)
        return page.sheet(title, dict(self._comments(path)), hidden=hidden)

    def _style(self, number: str) -> Style:
        known = count(number, len(self._styles))
        return self._styles[known] if known < len(self._styles) else PLAIN

    def _comments(self, path: str) -> Iterator[tuple[tuple[int, int], str]]:
        for kind, target in self._related(path).values():
            content = self._bytes(target) if kind == "comments" else b""
            for told, one in enumerate(elements(content, self._name, "comment") if content else ()):
                place = _REFERENCE.match(one.get("ref", ""))
                text = cell("".join(part.text or "" for part in one.iter() if local(part) == "t")).text
                if place and text and int(place[2]) <= MAX_ROWS and numbered(place[1]) <= MAX_COLUMNS:
                    yield (int(place[2]), numbered(place[1])), text
                if told > _MAX_COMMENTS:
                    raise Fault(f"{self._name} 的批注超过 {_MAX_COMMENTS:,} 条；请删去批注再试")


class _Page:
    """One sheet while its part is walked."""

    def __init__(self, name: str) -> None:
        self._name, self._grid = name, Grid(name)
        self._merges: list[Merge] = []
        self._struck: dict[Place, Struck] = {}
        self._unsettled: dict[Place, str] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._row = self._column = 0
        self._blank = self._tint = ""
        self._started = True

    def cell(self, one: _Element, style: Style, strings: Sequence[_Text], *, late: bool) -> None:
        """Take a cell; one without a place stands right of the one before."""
        reference = one.get("r", "")
        if reference and not len(one):  # a format without a text, as often as a million times
            self._blank, self._tint, self._started = reference, style.colour, False
            return
        place = _REFERENCE.match(reference or self._blank)
        left = _REFERENCE.match(self._blank) if self._tint else None
        if place:
            self._row, self._column = int(place[2]), numbered(place[1]) + (not reference)
        else:
            self._row, self._column = self._row + self._started, 1 if self._started else self._column + 1
        self._started = False
        if self._column > MAX_COLUMNS and not len(one):
            return
        here = self._row, self._column
        value, crossed, settled = _value(one, style, strings, late=late)
        if not settled:
            value = _NO_VALUE
            self._unsettled[here] = "是没有算出值的公式；请在 Excel 里打开并保存，或者改成文字"
        elif value is _NO_TEXT:
            self._unsettled[here] = "的文字不在文件里，文件坏了；请向给表的人另要一份，或者改成文字"
        beside = left is not None and (int(left[2]), numbered(left[1]) + 1) == here
        self._grid.put(*here, value, style.colour, self._tint if beside else "")
        self._blank = self._tint = ""
        struck = Struck(value.text) if style.struck else crossed
        if value.text and struck:
            self._struck[here] = struck

    def row_ended(self, one: _Element) -> None:
        """Take what a row says of itself, after its cells."""
        self._started, self._blank, self._tint = True, "", ""
        self._row = count(one.get("r") or str(self._row or 1), self._row)
        if _hides(one, "ht") and self._row <= MAX_ROWS:
            self._hidden_rows.add(self._row)

    def columns(self, one: _Element) -> None:
        """Take what is said of a run of columns."""
        first, last = (count(one.get(name, "0"), 0) for name in ("min", "max"))
        if _hides(one, "width") and first:
            self._hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))

    def merge(self, one: _Element) -> None:
        """Take a merged range.

        Raises:
            Fault: there are more than a list has.

        """
        place = _RANGE.match(one.get("ref", ""))
        if place:
            _few_merges(self._name, len(self._merges) + 1)
            self._merges.append(Merge(int(place[2]), numbered(place[1]), int(place[4]), numbered(place[3])))

    def sheet(self, title: str, comments: Mapping[Place, str], *, hidden: bool) -> Sheet:
        """Return the sheet."""
        return Sheet(
            self._name,
            title,
            self._grid.table(),
            tuple(self._merges),
            hidden=hidden,
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            struck=self._struck,
            comments=comments,
            colours=self._grid.colours,
            unsettled=self._unsettled,
        )


def _value(
    one: _Element, style: Style, strings: Sequence[_Text], *, late: bool
) -> tuple[Cell, Struck | None, bool]:  # fmt: skip
    """Return what a cell says, what of it is crossed out, and whether it is no formula, or one with a value."""
    text, formula = "", False
    for part in one:
        tag = local(part)
        if tag == "is":
            return (*_rich(part), True)
        if tag == "v":
            text = part.text or ""
        formula = formula or tag == "f"
    return (*_plain(one.get("t", "n"), text, style, strings, late=late), bool(text) or not formula)


def _plain(kind: str, text: str, style: Style, strings: Sequence[_Text], *, late: bool) -> _Text:
    if kind == "s":
        number = count(text.strip(), len(strings))
        return strings[number] if number < len(strings) else (_NO_TEXT if text.strip() else BLANK, None)
    if kind == "n" and text:
        return _number(text, style, late=late), None
    if kind == "b":
        return Cell("是" if text.strip() == "1" else "否"), None
    if kind == "d":
        return Cell(text.partition("T")[0]), None
    return cell(text), None


def _number(text: str, style: Style, *, late: bool) -> Cell:
    try:
        value = float(text)
    except ValueError:
        return cell(text)
    if not math.isfinite(value):
        return cell(text)
    told = day(value, late=late) if is_date(style.code) else ""
    return Cell(told) if told else Cell(shown(value, style.code), number=True)


def _hides(one: _Element, size: str) -> bool:
    """Tell whether a row or column is hidden, or made so small that nobody sees it."""
    if one.get("hidden") in {"1", "true"}:
        return True
    try:
        return float(one.get(size, "9")) == 0
    except ValueError:
        return False


def _few_merges(name: str, number: int) -> None:
    """Raise a Fault for a sheet that merges more than any list does."""
    if number > MAX_MERGES:
        raise Fault(f"{name} 里合并的单元格超过 {MAX_MERGES:,} 处；请另存一份只有清单的表再试")


def _shared(content: bytes, name: str) -> Iterator[_Text]:
    _few_texts(name, content.count(b"<si>"))  # before they are walked, which takes seconds
    for number, one in enumerate(elements(content, name, "si"), 1):
        _few_texts(name, number)
        yield _rich(one)


def _few_texts(name: str, number: int) -> None:
    if number > _MAX_TEXTS:
        raise Fault(f"{name} 里的文字超过 {_MAX_TEXTS:,} 段；请只留要导入的表")


def _rich(one: _Element) -> _Text:
    """Return a text made of runs, and those of them that are crossed out; readings above characters are left out."""
    if len(one) == 1 and local(one[0]) == "t":
        return cell(one[0].text or ""), None
    runs: list[tuple[str, bool]] = []
    for part in one:
        tag = local(part)
        if tag == "t":
            runs.append((part.text or "", False))
        elif tag == "r":
            words = "".join(inner.text or "" for inner in part if local(inner) == "t")
            marks = (mark.get("val", "1") for mark in part.iter() if local(mark) == "strike")
            runs.append((words, any(mark not in {"0", "false"} for mark in marks)))
    return cell("".join(text for text, _ in runs)), Struck.of(runs)
