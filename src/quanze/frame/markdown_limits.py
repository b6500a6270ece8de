"""What keeps Markdown busy for minutes, or nests deeper than it can follow: found in one pass before it begins.

Its patterns look from each sign that opens something to the end of the text for what closes it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 60_000
"""The characters of a page."""
OPEN, HEADS, FENCES, DEEP, INDENT = 100, 200, 500, 20, 100
"""Signs that nothing closes; heads of a paragraph; borders of code on a page; markers in a line; columns before one."""

_LINE_END = re.compile(r"\r\n?|\n")
_HEAD = re.compile(r"[ \t>]*(?:#|[-=*_][-=*_ \t]*$)")
_FENCE = re.compile(r"[ \t>]*(?:```|~~~)")
_MARKERS = re.compile(rf"[ \t>]*(?:(?:[-+*]|[0-9]+\.)[ \t]+){{{DEEP + 1}}}")
_MARKER = re.compile(r"([ \t]*)(?:[-+*>!]|[0-9]+\.)")
_SIGNS = re.compile(r"\\[][()\\]|<[!?]|<(?=[A-Za-z/])|``+|\\`+|[][()>]")
_CLOSED = {"]": "[", ")": "(", ">": "<"}
_OF_PAGE = ("<", "<!", "<?")


def too_much(text: str) -> tuple[int, str] | None:
    """Return the first line, counted from 1, that is too much for Markdown, and what is the matter; None for none."""
    if len(text) > MOST:
        return 1, f"这一页有 {len(text):,} 个字符，超过 {MOST:,} 的上限；请分成几页"
    return next(_found(text), None)


def _found(text: str) -> Iterator[tuple[int, str]]:
    unclosed: dict[str, int] = {}
    heads = fences = 0
    for number, line in enumerate(_LINE_END.split(text), 1):
        if not line.strip(" \t"):
            unclosed, heads = {sign: unclosed.get(sign, 0) for sign in _OF_PAGE}, 0
            continue
        for found in _SIGNS.findall(line):
            sign = "`" if "`" in found else found
            if sign in _CLOSED:
                unclosed[_CLOSED[sign]] = max(unclosed.get(_CLOSED[sign], 0) - 1, 0)
            elif len(sign) == 1 or sign in _OF_PAGE:
                unclosed[sign] = unclosed.get(sign, 0) + 1
                if unclosed[sign] > OPEN:
                    yield number, _unclosed(sign)
        heads += bool(_HEAD.match(line))
        fences += bool(_FENCE.match(line))
        marker = _MARKER.match(line)
        if heads > HEADS:
            yield number, f"这一段里的标题和分隔线超过 {HEADS} 行；请用空行隔开"
        if fences > FENCES:
            yield number, f"这一页里代码块的界线超过 {FENCES} 条；请分成几页"
        if _MARKERS.match(line) or (marker and len(marker[1].expandtabs(4)) > INDENT):
            yield number, f"列表套得太深，一行至多 {DEEP} 个列表符号、前面至多 {INDENT} 个空格；请减少层数"


def _unclosed(sign: str) -> str:
    if sign == "<":
        return f"这一页里没有「>」配对的「<」超过 {OPEN} 个；请补上「>」，不是网页标签的写成 &lt;"
    if sign in _OF_PAGE:
        return f"这一页里「{sign}」超过 {OPEN} 个；不是网页注释的写成 &lt;"
    if sign == "`":
        return f"这一段里连着的「`」（或者「\\`」）超过 {OPEN} 处；请用空行隔开"
    return f"这一段里没有配对的「{sign}」超过 {OPEN} 个；请补上另一半，或者写成「\\{sign}」"
