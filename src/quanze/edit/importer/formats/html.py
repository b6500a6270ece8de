"""The tables of a web page, or of what an old system calls .xls, → sheets, by lxml's tolerant parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import lxml.html
from lxml.etree import ParserError

from quanze.base.problem import Fault
from quanze.edit.importer.formats.numbers import count
from quanze.edit.importer.formats.plain import decoded
from quanze.edit.importer.formats.styles import name as colour_name
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

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = frozenset({"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_STRUCK = frozenset({"s", "del", "strike"})
_UNSEEN = frozenset({"script", "style", "head", "template", "noscript"})
_COMMENT = re.compile(r"\b(?:msocom|comment-indicator)")
"""The classes in which Excel, Word and LibreOffice write that there is a comment on a cell."""
_ANCHOR = re.compile(r"#_mso(com_[0-9]+)\Z")
_HIDDEN = re.compile(r"display:none|visibility:(?:hidden|collapse)|mso-hide:all")
_COLOUR = re.compile(r"(?:background(?:-color)?)\s*:\s*#([0-9a-fA-F]{6})")
_LEAD = 3
_MAX_DEPTH = 200


def read(content: bytes, name: str) -> tuple[Sheet, ...]:
    """Return a sheet for each table that holds no other table; a Fault where there is none."""
    text = _text(content, name)
    few_cells(name, sum(map(text.count, ("<td", "<TD", "<th", "<TH"))))
    parser = lxml.html.HTMLParser(no_network=True, recover=True, huge_tree=False, remove_comments=True)
    try:
        root = lxml.html.fromstring(text or "<html/>", parser=parser)
    except ParserError:  # of comments alone
        root = lxml.html.fromstring("<html/>", parser=parser)
    tables = [one for one in root.iter("table") if next(one.iterdescendants("table"), None) is None]
    few_sheets(name, len(tables))
    below = {part.get("id", ""): part for part in root.iter("div") if "com_" in part.get("id", "")}
    sheets = [_sheet(one, f"表{number}", name, _lead(one), below) for number, one in enumerate(tables, 1)]
    found = tuple(one for one in sheets if one.rows)
    if not found:
        raise Fault(f"{name} 里没有表格；请把网页上的表复制到 Excel 里，存为 .xlsx 再试")
    return found


def _text(content: bytes, name: str) -> str:
    named = _CHARSET.search(content[:4096])
    encodings = {b"gb2312": "gb18030", b"gbk": "gb18030", b"gb18030": "gb18030", b"big5": "big5"}
    encoding = encodings.get(named[1].lower(), "") if named else ""
    try:
        text = content.decode(encoding) if encoding else decoded(content, name)
    except UnicodeDecodeError:
        text = decoded(content, name)
    return re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)


def _sheet(table: _Element, title: str, file: str, lead: str, below: Mapping[str, _Element]) -> Sheet:
    """Return a table as a sheet; the comments on it may stand below the tables of a page."""
    grid, merges, struck = Grid(file), [], {}
    comments: dict[Place, str] = {}
    veiled: dict[Place, str] = {}
    hidden_rows: set[int] = set()
    hidden_columns = _hidden_columns(table)
    taken: dict[int, int] = {}
    for row, line in enumerate(table.iter("tr"), 1):
        column, left = 1, None
        hidden = _unseen(line)
        if hidden and row <= MAX_ROWS:
            hidden_rows.add(row)
        for one in line.iterchildren("td", "th"):
            while taken.get(column, 0) >= row:
                column, left = column + 1, None
            across, down = _span(one, "colspan", MAX_COLUMNS), _span(one, "rowspan", MAX_ROWS)
            if across > 1 or down > 1:
                merges.append(Merge(row, column, row + down - 1, column + across - 1))
                taken.update(dict.fromkeys(range(column, column + across), row + down - 1))
            unseen = not hidden and column not in hidden_columns and _unseen(one)
            value = BLANK if unseen else _value(one)
            if len(one) or unseen:
                comments[row, column], veiled[row, column] = _told(one, below), _veiled(one, whole=unseen)
            if value.text:
                grid.put(row, column, value, _colour(line, one), "" if left is None else _colour(line, left))
                if len(one) and (crossed := Struck.of(_words(one, 0))):
                    struck[row, column] = crossed
            column += across
            left = None if value.text else one
    return Sheet(
        file, title, grid.table(), tuple(merges), lead, hidden_rows=frozenset(hidden_rows),
        hidden_columns=hidden_columns, struck=struck,
        comments=_said(comments), veiled=_said(veiled), colours=grid.colours,
    )  # fmt: skip


def _value(one: _Element) -> Cell:
    return cell(_joined(one)) if len(one) or (one.text or "").strip() else BLANK


def _hidden_columns(table: _Element) -> frozenset[int]:
    """Return the columns that a table hides as a whole."""
    found: set[int] = set()
    column = 1
    for one in table.iter("col"):
        across = _span(one, "span", MAX_COLUMNS)
        group = one.getparent()
        if _unseen(one) or (group is not None and _unseen(group)):
            found.update(range(column, min(column + across, MAX_COLUMNS + 1)))
        column += across
    return frozenset(found)


def _said(texts: Mapping[Place, str]) -> Mapping[Place, str]:
    return {place: text for place, text in texts.items() if text}


def _told(one: _Element, below: Mapping[str, _Element]) -> str:
    """Return the comment on a cell: LibreOffice writes it there, Excel below the table."""
    words = [_joined(part) for part in one.iter("comment")]
    ids = (f"_{found[1]}" for part in one.iter("a") if (found := _ANCHOR.search(part.get("href", ""))))
    words += [_joined(below[id_]) for id_ in ids if id_ in below]
    return cell("\n".join(words)).text


def _veiled(one: _Element, *, whole: bool) -> str:
    """Return the words of a cell that its file hides, or all."""
    parts = [one] if whole else [part for part in one.iterdescendants() if _unseen(part)]
    return cell("\n".join(_joined(part) for part in parts)).text


def _silent(one: _Element) -> bool:
    """Tell whether an element is none of the words that one reads: a script, a comment, hidden."""
    return one.tag in _UNSEEN or one.tag == "comment" or bool(_COMMENT.search(one.get("class", ""))) or _unseen(one)


def _colour(line: _Element, one: _Element) -> str:
    paint = _COLOUR.search(f"{line.get('style', '')};{one.get('style', '')}")
    return colour_name(paint[1] if paint else (one.get("bgcolor") or "").lstrip("#"))


def _joined(one: _Element) -> str:
    return "".join(words for words, _ in _words(one, 0))


def _words(one: _Element, depth: int, *, crossed: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield the words of an element, each with whether it is crossed out; a line break where a browser shows one."""
    if depth < _MAX_DEPTH:
        yield _SPACE.sub(" ", one.text or ""), crossed
        for part in one:
            if isinstance(part.tag, str) and not _silent(part):
                if part.tag == "br" or part.tag in _BLOCKS:
                    yield "\n", crossed
                yield from _words(part, depth + 1, crossed=crossed or _strikes(part))
                if part.tag in _BLOCKS:
                    yield "\n", crossed
            yield _SPACE.sub(" ", part.tail or ""), crossed


def _strikes(one: _Element) -> bool:
    return one.tag in _STRUCK or "line-through" in one.get("style", "")


def _lead(table: _Element) -> str:
    """Return the last few lines of words that stand above a table, its caption and headings."""
    words = [text for one in table.iterchildren("caption") if (text := cell(_joined(one)).text)]
    one: _Element | None = table
    while one is not None and len(words) < _LEAD:
        for before in one.itersiblings(preceding=True):
            if not isinstance(before.tag, str) or _silent(before):
                continue
            if before.tag == "table" or next(before.iter("table"), None) is not None:
                return "\n".join(reversed(words))
            text = cell(_joined(before)).text
            words += [text] if text else []
        one = one.getparent()
    return "\n".join(reversed(words))


def _unseen(one: _Element) -> bool:
    style = _SPACE.sub("", one.get("style", "")).lower()
    return "hidden" in one.attrib or bool(_HIDDEN.search(style))


def _span(one: _Element, name: str, most: int) -> int:
    return min(max(count((one.get(name) or "").strip(), 1), 1), most)
