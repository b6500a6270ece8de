"""Provisions that a text gives without quotation marks: 第九十七条：…, 第九十七条规定，…, 第九十七条 生产经营单位…."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from quanze.law.reader.lexicon import pattern, searched

if TYPE_CHECKING:
    from quanze.law.reader.folding import Folded

_LEAST = 10
_LOOK = 60
_OPENING = 24
_HEAD = 6
_OWN = "本"
_CLAUSE = re.compile(r"[。;,!?:]")


class Passages:
    """Where the text repeats a provision: what it names there is no basis of the text's own."""

    def __init__(self, text: Folded) -> None:
        """Begin before the text, with the places where sentences and rows end and where its author speaks."""
        self.text = text
        self._stops = sorted({*(match.start() for match in re.finditer("。", text.text)), *text.rows})
        self._voices = [match.start() for match in pattern("voice").finditer(text.text)]
        self._persons = [match.start() for match in pattern("person").finditer(text.text)]
        heads = (at for at in text.breaks if pattern("author").match(text.text[at : at + _HEAD]))
        self._heads = sorted(heads)
        self._cells = sorted(text.cells)
        self._sentence = 0
        self._line = 0

    def notice(self, place: int, end: int, start: int) -> None:
        """Look whether a provision follows the number from `place` to `end`, before what comes at `start`."""
        words = self.text.text
        if end in self.text.rows or (start == end and words[end : end + 1] != _OWN):
            return
        cell = self._cells[found] if (found := bisect_right(self._cells, end)) < len(self._cells) else len(words)
        beyond = words[end : min(cell, end + _LOOK)]
        spaced = end in self.text.spaces and searched("own_follows", beyond)
        if spaced or searched("own_colon", beyond) or searched("own_opening", words[end : end + _OPENING]):
            self._given(end)
            return
        gap = beyond[: max(0, start - end)]
        if self._headed(end, beyond):
            self._given(end)
            return
        told = searched("told", gap)
        if told:
            self._told(place, end + told.end(), start)
            return
        colon = searched("colon", gap)
        after = gap[colon.end() :] if colon else gap
        if not (colon or (end in self.text.spaces and pattern("lays_down").search(after))):
            return
        if len(after) >= _LEAST and pattern("opening").match(after):
            self._given(end)

    def _headed(self, end: int, beyond: str) -> bool:
        """Tell whether a provision begins the next line: 第九十七条（摘录）, 第九十七条规定如下."""
        head = searched("provision_head", beyond)
        if not head or not head[0] or end + head.end() not in self.text.breaks:
            return False
        return len(beyond) - head.end() >= _LEAST and bool(pattern("opening").match(beyond[head.end() :]))

    def quoted(self, start: int, *, own: bool) -> bool:
        """Tell whether a place is in a provision; `own` where 本法 or 本条 stands before it."""
        return start < (self._line if own else self._sentence)

    def end(self) -> None:
        """Take 本法 from here on for the text's own word: it has named a law itself."""
        self._line = 0

    def speak(self, start: int) -> None:
        """Let the author speak again: no provision begins a clause with the title of another law."""
        self._sentence = min(self._sentence, start)

    def _given(self, end: int) -> None:
        """Take what follows for a provision: to its sentence's end, or to 我, which none says."""
        last = len(self.text.text)
        self._sentence = min(_next(places, end, last) for places in (self._stops, self._persons, self._heads))
        self._line = len(self.text.text)

    def _told(self, place: int, end: int, start: int) -> None:
        """Take a provision after a comma: where the article is the subject, until its author speaks again.

        依据第九十七条规定，… may go on in the author's words, so only what follows 第九十七条规定，… is taken.
        """
        words = self.text.text
        after = words[end : end + _LOOK]
        own = pattern("told_own").match(after)
        if not own and (min(start - end, len(after)) < _LEAST or not pattern("told_opening").match(after)):
            return
        before = _CLAUSE.split(words[max(0, place - _LOOK) : place])[-1]
        stop = _next(self._stops, end, len(words))
        voice = self._voices[found] if (found := bisect_left(self._voices, end)) < len(self._voices) else stop
        if voice - end < _LEAST or pattern("leaning").search(before):
            return
        self._sentence, self._line = min(stop, voice), stop


def _next(places: list[int], at: int, last: int) -> int:
    found = bisect_right(places, at)
    return places[found] if found < len(places) else last
