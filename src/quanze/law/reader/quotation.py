"""Which stretches of a text are somebody's words: between quotation marks, over lines where the marks go on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from quanze.law.reader.lexicon import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quanze.law.reader.folding import Folded
    from quanze.law.reader.known import Title

_MARKS = re.compile('[“”"「」『』‘’]')
_OPEN = {"“": "”", "「": "」", "『": "』", "‘": "’", '"': '"'}
_CLOSED_BY = {close: opened for opened, close in _OPEN.items()}

_SAID = 60
"""Who speaks stands no further before what is quoted of him."""
_BRIEF = 200
"""Quotation marks around more than that set nothing off."""


def quotations(text: Folded, titles: Sequence[Title]) -> list[tuple[int, int]]:
    """Return the quoted stretches in order, their marks left out; one within another belongs to the outer.

    A quotation that is not closed goes on where the next line begins with an opening mark, as is the custom for
    several paragraphs; else it ends with its line. Marks around nothing but a citation quote nothing.
    """
    within = covered(titles)
    marks = [match for match in _MARKS.finditer(text.text) if not within(match.start())]
    closing = _closing(marks, text)
    ends = sorted(text.breaks)
    found: list[tuple[int, int]] = []
    at = line = 0
    while at < len(marks):
        start, close = marks[at].end(), closing[at]
        at += 1
        if marks[at - 1][0] not in _OPEN:
            continue
        if close is None:
            while line < len(ends) and ends[line] < start:
                line += 1
            end = ends[line] if line < len(ends) else len(text.text)
            while at < len(marks) and marks[at].start() < end:
                at += 1
        else:
            end, at = marks[close].start(), close + 1
        found.append((start, end))
    kept: list[tuple[int, int]] = []
    for start, end in found:
        beside = bool(kept) and kept[-1][1] == start - 2
        if end > start and (beside or not _shown((start, end), text, titles)):
            kept.append((start, end))
    return kept


def _closing(marks: Sequence[re.Match[str]], text: Folded) -> list[int | None]:
    """Return for each mark the number of the one that closes it; None where another quotation opens before it."""
    found: list[int | None] = []
    following: dict[str, int | None] = {}
    for at in range(len(marks) - 1, -1, -1):
        sign = marks[at][0]
        found.append(following.get(sign))
        if sign in _CLOSED_BY:
            following[_CLOSED_BY[sign]] = at
        elif marks[at].start() not in text.breaks:
            following[sign] = None
    return found[::-1]


def _shown(span: tuple[int, int], folded: Folded, titles: Sequence[Title]) -> bool:
    """Tell whether the marks only set a citation off: nothing but titles and places is in them, and it is used there.

    So 违反“《…》第三条”的规定 is a basis; 他说“《…》第三条” is not, nor 他说依据“《…》第三条”, nor 请填“《…》第三条”,
    nor “依据《…》第三条”, nor what the text sets right: “《…》第三条”应为….
    """
    (start, end), text = span, folded.text
    first = at = bisect_left(titles, start, key=lambda title: title.start)
    after = first > 0 and titles[first - 1].end == start - 1
    begin, between = start, ""
    while at < len(titles) and titles[at].end <= end and len(between) <= _BRIEF:
        between += text[begin : titles[at].start]
        begin = titles[at].end
        at += 1
    between += text[begin : min(end, begin + _BRIEF)]
    if at == first + 1 and begin == end and not between:
        return True
    if not (after or at > first) or len(between) >= _BRIEF or not pattern("shown").match(between):
        return False
    before = text[max(0, start - 9) : start - 1]
    if after or not pattern("set_off").search(before):
        return after
    if _said(folded, start) or pattern("speaker").search(before):
        return False
    return not pattern("set_wrong").match(text[end + 1 : end + 13])


def _said(text: Folded, start: int) -> bool:
    """Tell whether what stands before a quotation on its line says that somebody speaks: 他说违反“…."""
    floor = max(0, start - _SAID)
    line = next((at for at in range(start - 1, floor, -1) if at in text.breaks), floor)
    return bool(pattern("says").search(text.text[line : start - 1]))


def covered(titles: Sequence[Title]) -> Callable[[int], bool]:
    """Return what tells whether a place lies in a title."""
    return inside([(title.start, title.end) for title in titles])


def inside(spans: Sequence[tuple[int, int]]) -> Callable[[int], bool]:
    """Return what tells whether a place lies in one of some stretches, given in order."""
    starts, ends = [start for start, _ in spans], [end for _, end in spans]

    def within(place: int) -> bool:
        at = bisect_right(starts, place) - 1
        return at >= 0 and place < ends[at]

    return within if spans else lambda _: False
