"""Which stretches of a text are somebody's words: between quotation marks, over lines where the marks go on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from quanze.law.reader.lexicon import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quanze.law.reader.folding import Folded
    from quanze.law.reader.titles import Title

_MARKS = re.compile('[“”"「」『』‘’]')
_OPEN = {"“": "”", "「": "」", "『": "』", "‘": "’", '"': '"'}


def quotations(text: Folded, titles: Sequence[Title]) -> list[tuple[int, int]]:
    """Return the quoted stretches in order, their marks left out; one within another belongs to the outer.

    A quotation that is not closed goes on where the next line begins with an opening mark, as is the custom for
    several paragraphs; else it ends with its line. Marks around nothing but a title quote nothing.
    """
    marks = [match for match in _MARKS.finditer(text.text) if not within(match.start(), titles)]
    ends = sorted(text.breaks)
    found: list[tuple[int, int]] = []
    at = line = 0
    while at < len(marks):
        opened = marks[at]
        close = _OPEN.get(opened[0])
        if close is None:
            at += 1
            continue
        start = opened.end()
        while line < len(ends) and ends[line] < start:
            line += 1
        edge = ends[line] if line < len(ends) else len(text.text)
        end, at = _closed(marks, at + 1, opened[0], text, edge)
        found.append((start, end))
    return [one for one in found if one[1] > one[0] and not _shown(one, text.text, titles)]


def _closed(marks: list[re.Match[str]], at: int, opened: str, text: Folded, edge: int) -> tuple[int, int]:
    """Return where a quotation ends and the number of the mark after it."""
    first = at
    close = _OPEN[opened]
    while at < len(marks):
        mark = marks[at]
        if mark[0] == close:
            return mark.start(), at + 1
        if mark[0] == opened and mark.start() not in text.breaks:
            break
        at += 1
    while first < len(marks) and marks[first].start() < edge:
        first += 1
    return edge, first


def _shown(span: tuple[int, int], text: str, titles: Sequence[Title]) -> bool:
    """Tell whether the marks only set a title off, or a citation that something is based on: 依据“《…》第三条”."""
    start, end = span
    at = bisect_left(titles, start, key=lambda title: title.start)
    titled = at < len(titles) and titles[at].start == start and titles[at].end <= end
    place = text[titles[at].end if titled else start : min(end, start + 200)]
    if titled and not place:
        return True
    after = at > 0 and titles[at - 1].end == start - 1
    return (
        (titled or after)
        and bool(pattern("shown").match(place))
        and (after or bool(pattern("lead").search(text[max(0, start - 9) : start - 1])))
    )


def within(place: int, titles: Sequence[Title]) -> bool:
    """Tell whether a place lies in a title."""
    at = bisect_right(titles, place, key=lambda title: title.start) - 1
    return at >= 0 and place < titles[at].end
