"""The styles of a workbook: number formats, words crossed out, colours by name; what is odd in them counts as plain."""

from __future__ import annotations

import colorsys
import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from quanze.edit.importer.formats.numbers import code, count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element

_RGB = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})\Z")
_THEME = ("", "", "", "", "蓝", "橙", "灰", "黄", "蓝", "绿")
"""The colours of the usual theme, by number; the first four are paper and ink."""
_INDEXED = {
    2: "FF0000", 3: "00FF00", 4: "0000FF", 5: "FFFF00", 10: "FF0000", 11: "00FF00", 12: "0000FF", 13: "FFFF00",
    17: "008000", 22: "C0C0C0", 23: "808080", 43: "FFFF99", 51: "FFCC00", 52: "FF9900", 53: "FF6600", 55: "969696",
}  # fmt: skip
_MOST = 66_000
"""A workbook has no more styles of one kind."""
_HUES = ((20, "红"), (45, "橙"), (70, "黄"), (170, "绿"), (260, "蓝"), (320, "紫"), (361, "红"))


class Style(NamedTuple):
    """How a cell looks, as far as it may mean something."""

    code: str = ""
    """The number format."""
    struck: bool = False
    colour: str = ""
    """黄 for a filled cell, 红字 for words; empty for black on white."""


PLAIN = Style()


def styles(content: bytes) -> Sequence[Style]:
    """Return the styles of cells by number; none where the part cannot be read at all."""
    try:
        root = etree.fromstring(content, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return ()
    if root is None:
        return ()
    formats = {_number(one, "numFmtId"): one.get("formatCode", "") for one in _children(root, "numFmts")}
    fonts = [(_struck(one), _colour(_child(one, "color"))) for one in _children(root, "fonts")]
    fills = [_filled(one) for one in _children(root, "fills")]
    return [_style(one, formats, fonts, fills) for one in _children(root, "cellXfs")]


def _style(one: _Element, formats: Mapping[int, str], fonts: Sequence[tuple[bool, str]], fills: Sequence[str]) -> Style:
    number, font, fill = (_number(one, name) for name in ("numFmtId", "fontId", "fillId"))
    struck, ink = fonts[font] if 0 <= font < len(fonts) else (False, "")
    paper = fills[fill] if 0 <= fill < len(fills) else ""
    return Style(code(number, formats.get(number, "")), struck, paper or (f"{ink}字" if ink else ""))


def name(rgb: str) -> str:
    """Return the name of a colour; empty for black, white and what is nearly so."""
    found = _RGB.match(rgb)
    if not found:
        return ""
    red, green, blue = (int(found[1][n : n + 2], 16) / 255 for n in (0, 2, 4))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    if strength < 0.15 or light in {0, 1}:  # noqa: PLR2004 — greys
        return "灰" if 0.3 < light < 0.9 else ""  # noqa: PLR2004
    return next(word for end, word in _HUES if hue * 360 < end)


def _children(root: _Element, tag: str) -> list[_Element]:
    found = (one for above in root if _is(above, tag) for one in above if isinstance(one.tag, str))
    return [*islice(found, _MOST)]


def _child(one: _Element, tag: str) -> _Element | None:
    return next((part for part in one if _is(part, tag)), None)


def _is(one: _Element, tag: str) -> bool:
    return isinstance(one.tag, str) and one.tag.rpartition("}")[2] == tag


def _number(one: _Element, attribute: str) -> int:
    return count(one.get(attribute, "0"), 0)


def _struck(font: _Element) -> bool:
    mark = _child(font, "strike")
    return mark is not None and mark.get("val", "1") not in {"0", "false"}


def _filled(fill: _Element) -> str:
    pattern = _child(fill, "patternFill")
    if pattern is None or pattern.get("patternType", "none") in {"none", "gray125"}:
        return ""
    return _colour(_child(pattern, "fgColor"))


def _colour(one: _Element | None) -> str:
    if one is None:
        return ""
    theme = one.get("theme", "")
    if theme.isdecimal():
        number = count(theme, len(_THEME))
        return _THEME[number] if number < len(_THEME) else ""
    indexed = one.get("indexed", "")
    return name(_INDEXED.get(count(indexed, 0), "") if indexed.isdecimal() else one.get("rgb", ""))
