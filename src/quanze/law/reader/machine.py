"""Titles, numbers and pointing words → citations, from left to right, each looked at once."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from quanze.law.reader.cited import Cited, Reading
from quanze.law.reader.lexicon import UNITS, pattern
from quanze.law.reader.quotation import quotations, within
from quanze.law.reader.rest import rest
from quanze.law.reader.scope import Pointer, Scope, pointers
from quanze.law.reader.titles import Title
from quanze.law.reader.units import Group, groups, pieces

if TYPE_CHECKING:
    from quanze.law.reader.folding import Folded
    from quanze.law.reader.titles import TitledInstrument
    from quanze.law.reader.units import Span

_ARTICLE, _ITEM = 0, 2
_TAIL = 24
_PASSAGE = 10
_GAP = 30
"""A gap between two numbers that is longer joins nothing."""


@dataclass(slots=True)
class _Entry:
    instrument: TitledInstrument
    levels: list[tuple[Span, ...]]
    where: list[tuple[int, int]]
    quoted: bool
    annex: str = ""
    whole: bool = False

    @property
    def depth(self) -> int:
        return max((at for at, spans in enumerate(self.levels) if spans), default=-1)


def _none() -> list[tuple[Span, ...]]:
    return [() for _ in UNITS]


@dataclass(slots=True)
class Machine:
    """One text on its way to a `Reading`."""

    text: Folded
    titles: list[Title]
    scope: Scope = field(default_factory=Scope)
    entries: list[_Entry] = field(default_factory=list)
    refused: list[tuple[int, int]] = field(default_factory=list)
    explained: list[tuple[int, int]] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    before: str = ""
    """What came last: title, other, law, article, paragraph, place or refused; nothing where text came between."""
    start: int = 0
    end: int = 0
    """Where that stands."""
    instrument: TitledInstrument | None = None
    inside: bool = False
    """Whether a quotation is open."""
    sentence: int = 0
    line: int = 0
    """To where a provision given without marks goes on: to the end of its sentence, of its line."""

    def run(self) -> Reading:
        """Return what the text cites."""
        folded = self.text.text
        quotes = quotations(self.text, self.titles)
        edges = [edge for quote in quotes for edge in quote]
        self.stops = [match.start() for match in re.finditer("。", folded)]
        self.lines = sorted(self.text.breaks)
        numbers = [one for one in pieces(self.text) if not within(one.start, self.titles)]
        back = [one for one in pointers(folded) if not within(one.start, self.titles)]
        events: list[Title | Group | Pointer] = [*self.titles, *groups(self.text, numbers), *back]
        events.sort(key=lambda one: (one.start, -one.end))
        crossed = 0
        for event in events:
            if event.start < self.end:
                continue
            while crossed < len(edges) and edges[crossed] <= event.start:
                self._cross(edges[crossed])
                crossed += 1
            self._passage(event.start)
            if isinstance(event, Title):
                self._title(event)
            elif isinstance(event, Group):
                self._group(event)
            else:
                self._pointer(event)
        cited = tuple(self._settled())
        return Reading(cited, tuple(self.text.span(*one) for one in self.refused), rest(self.text, self.explained))

    def _cross(self, edge: int) -> None:
        """Go into a quotation, or out of it: what it names is forgotten outside."""
        if self.inside and self.scope.outer:
            self.scope = self.scope.outer
        elif not self.inside:
            self._passage(edge)
            self.scope = self.scope.quoted()
        self.inside = not self.inside
        self.before, self.start, self.end = "", edge, edge

    def _passage(self, start: int) -> None:
        """Notice a provision given after its number without marks: 第九十七条：…, 第九十七条 生产经营单位…."""
        if self.before != "place" or self.inside:
            return
        gap = self.text.text[self.end : min(start, self.end + 60)]
        colon = pattern("colon").match(gap)
        words = gap[colon.end() :] if colon else gap
        if not colon and self.end not in self.text.spaces:
            return
        if len(words) >= _PASSAGE and pattern("opening").match(words):
            self.sentence = self._next(self.stops, self.end)
            self.line = self._next(self.lines, self.end)

    def _next(self, places: list[int], at: int) -> int:
        found = bisect_left(places, at + 1)
        return places[found] if found < len(places) else len(self.text.text)

    def _quoted(self, start: int, *, own: bool = False) -> bool:
        return self.inside or start < (self.line if own else self.sentence)

    # --- titles

    def _title(self, title: Title) -> None:
        law = title.instrument
        self.before, self.start, self.end = ("title" if law.kind else "other"), title.start, title.end
        self.instrument = law
        if not law.kind:
            return
        self.explained.append((title.start, title.end))
        quoted = self._quoted(title.start)
        if not title.aside and (self.inside or not quoted):
            self.scope.name(law, title.start)
        if not title.aside and not quoted:
            self.entries.append(_Entry(law, _none(), [(title.start, title.end)], quoted=False, whole=True))

    # --- words that point back

    def _pointer(self, pointer: Pointer) -> None:
        gap = self._gap(pointer.start)
        if pointer.what == "annex":
            self._annex(pointer, gap)
            return
        self.start, self.end = pointer.start, pointer.end
        if pointer.what in ("law", "its"):
            self.instrument = self.scope.meant(pointer)
            self.before = "law" if self.instrument else "refused"
        else:
            self.before = pointer.what if self.scope.place else "refused"
        if self.before != "refused":
            self.explained.append((pointer.start, pointer.end))
        self.own = pattern("self").match(pointer.word) is not None
        self.word = pointer

    own: bool = False
    word: Pointer | None = None

    def _annex(self, pointer: Pointer, gap: str) -> None:
        law = self.instrument if self.before in ("title", "law") else None
        if law and pattern("glue").match(gap):
            where = (self.start, pointer.end)
            number = pointer.of if pointer.word == "附件" else pointer.word + pointer.of
            self._add(_Entry(law, _none(), [where], quoted=self._quoted(self.start), annex=number))
            self.explained.append((self.end, pointer.end))
            self.before, self.end = "other", pointer.end

    # --- numbers

    def _gap(self, start: int) -> str:
        return self.text.text[self.end : start] if start - self.end <= _GAP else "……" * _GAP

    def _group(self, group: Group) -> None:
        if not group.said and not self._bare(group):
            return
        gap = self._gap(group.start)
        if group.naked and not (self.before in ("title", "law") and not gap):
            return
        took = {
            "title": self._after_law,
            "law": self._after_law,
            "article": self._after_place,
            "paragraph": self._after_place,
            "place": self._after_number,
        }.get(self.before, self._alone)(group, gap)
        if took:
            self.explained.append((group.start if group.start - self.end > _GAP else self.end, group.end))
            self.before, self.start, self.end = "place", group.start, group.end
        elif group.said:
            self._refuse(group)

    def _refuse(self, group: Group) -> None:
        self.refused.append((group.start, group.end))
        self.before, self.start, self.end = "refused", group.start, group.end

    def _bare(self, group: Group) -> bool:
        """Tell whether bracketed numbers without a unit are items: they follow an article at once, and no list does."""
        if self.before != "place" or self.end != group.start or group.start in self.text.breaks:
            return False
        if not self.entries or self.entries[-1].depth >= _ITEM:
            return False
        after = self.text.text[group.end : group.end + 4]
        if pattern("follow").match(after):
            return True
        return not self.text.text[group.start + 1].isascii() and not pattern("cited").match(after)

    def _after_law(self, group: Group, gap: str) -> bool:
        law = self.instrument
        if not law or group.unit != _ARTICLE or not pattern("glue").match(gap):
            return bool(group.unit == _ARTICLE and self.before == "title" and self._alone(group, gap))
        if (
            self.before == "title"
            and self.entries
            and self.entries[-1].whole
            and self.entries[-1].where[0][0] == self.start
        ):
            self.entries.pop()
        own = self.before == "law" and self.own
        quoted = self._quoted(self.start, own=own)
        self._articles(law, group, self.start, quoted=quoted)
        if self.before == "law" and not quoted:
            self.scope.current = law
        return True

    def _after_place(self, group: Group, gap: str) -> bool:
        """Take 同条第二款, 前款第三项."""
        if not self.scope.place or not pattern("inner").match(gap):
            return self._alone(group, gap)
        law, levels = self.scope.place
        keep = 1 if self.before == "article" else 1 + "款项".index(self.word.of if self.word else "款") + 1
        if group.unit < keep or (keep > 1 and not levels[keep - 1]):
            return False
        above = [spans[-1:] and ((spans[-1][1], spans[-1][1]),) for spans in levels[:keep]]
        if self.word and self.word.word == "前" and self.inside:
            number = above[-1][0][0]
            if number[0] < 2 or number[1]:  # noqa: PLR2004 — nothing stands before the first
                return False
            above[-1] = (((number[0] - 1, 0), (number[0] - 1, 0)),)
        full = [*above, *((),) * (len(UNITS) - keep)]
        full[group.unit] = group.spans
        where = [(self.start if at == 0 else group.start, group.end) for at in range(len(group.spans))]
        self._add(_Entry(law, full, where, self._quoted(self.start, own=self.own)))
        return True

    def _after_number(self, group: Group, gap: str) -> bool:
        """Take a number after another: deeper, up to, one more of the same, or anew."""
        last = self.entries[-1]
        if pattern("range").match(gap) and gap:
            return self._range(last, group)
        glued = bool(pattern("inner").match(gap))
        if glued and group.unit > last.depth:
            self._deepen(last, group)
            return True
        joined = glued or (
            pattern("join").match(gap) and (group.ordinal or group.bracketed or gap not in (",", ";", ""))
        )
        if joined and (group.unit or not _newly(self.text, group, gap)):
            if group.unit > last.depth:
                self._deepen(last, group)
            else:
                self._sibling(last, group)
            return True
        return self._alone(group, gap)

    def _range(self, last: _Entry, group: Group) -> bool:
        first = group.spans[0][0]
        have = last.levels[group.unit]
        begin = have[-1][1] if have else (0, 0)
        if group.unit > last.depth or begin >= first or (group.unit == last.depth and have[-1][0] != begin):
            return False
        if group.unit == last.depth:
            last.levels[group.unit] = (*have[:-1], (begin, first))
            last.where[-1] = (last.where[-1][0], group.end)
            self._place(last)
            self._sibling(last, replace(group, spans=group.spans[1:]))
        else:
            following = min((begin[0] + 1, 0), first)
            self._sibling(last, replace(group, spans=((following, first), *group.spans[1:])))
        return True

    def _deepen(self, last: _Entry, group: Group) -> None:
        """Give the last number named a deeper one: of 第三条至第五条第一款 the articles before stay whole."""
        depth = last.depth
        first, final = last.levels[depth][-1]
        where = last.where[-1][0]
        if len(last.levels[depth]) > 1 or first != final:
            left = last.levels[depth][:-1]
            if first == final:
                last.where.pop()
            else:
                left = (*left, (first, _one_less(final)))
            levels = [*last.levels]
            last.levels[depth], levels[depth] = left, ((final, final),)
            last = _Entry(last.instrument, levels, [], last.quoted)
            self.entries.append(last)
        last.levels[group.unit] = group.spans
        last.where = [(where if at == 0 else group.start, group.end) for at in range(len(group.spans))]
        self._place(last)

    def _sibling(self, last: _Entry, group: Group) -> None:
        """Add numbers of the same level, or of a level above."""
        if group.unit == _ARTICLE:
            self._articles(last.instrument, group, group.start, quoted=last.quoted)
            return
        where = [(group.start, group.end)] * len(group.spans)
        if group.unit == last.depth:
            last.levels[group.unit] += group.spans
            last.where += where
            self._place(last)
            return
        levels = [*(spans[-1:] and ((spans[-1][1], spans[-1][1]),) for spans in last.levels[: group.unit]), group.spans]
        levels += [()] * (len(UNITS) - len(levels))
        self._add(_Entry(last.instrument, levels, where, last.quoted))

    def _alone(self, group: Group, gap: str) -> bool:
        """Take an article that stands by itself: it is of the law named last, if nothing before it says otherwise."""
        law = self.scope.current
        if self.before in ("other", "refused") and pattern("glue").match(gap) and group.unit == _ARTICLE:
            self.scope.current = law if self.before == "refused" and not gap else None
            return False
        if group.unit != _ARTICLE or not group.ordinal or not group.said:
            return False
        tail = self.text.text[max(self.end, group.start - _TAIL) : group.start]
        if pattern("noun").search(tail) or pattern("foreign").search(tail):
            self.scope.current = None
            return False
        if not law or re.search("(?:至|到|~|-)$", tail):
            return False
        if tail and "一" <= tail[-1] <= "鿿" and not pattern("lead").search(tail):
            return False
        self._articles(law, group, group.start, quoted=self._quoted(group.start))
        return True

    def _articles(self, law: TitledInstrument, group: Group, start: int, *, quoted: bool) -> None:
        """Add a citation for each article, or run of articles; the first begins where its law is named."""
        for at, span in enumerate(group.spans):
            where = (group.start if at else start, group.end)
            self._add(_Entry(law, [(span,), (), (), ()], [where], quoted))

    def _add(self, entry: _Entry) -> None:
        self.entries.append(entry)
        self._place(entry)

    def _place(self, entry: _Entry) -> None:
        if entry.levels[0] and (self.inside or not entry.quoted):
            self.scope.place = (entry.instrument, tuple(entry.levels))

    def _settled(self) -> list[Cited]:
        """Return the citations; an instrument named alone counts once, and only where none of its places is cited."""
        placed = {one.instrument.same for one in self.entries if not one.whole and not one.quoted}
        found: list[Cited] = []
        for entry in self.entries:
            if entry.whole:
                if entry.instrument.same in placed:
                    continue
                placed.add(entry.instrument.same)
            where = tuple(self.text.span(*one) for one in entry.where)
            found.append(Cited(entry.instrument, tuple(entry.levels), entry.annex, entry.quoted, where))
        return found


def _one_less(number: tuple[int, int]) -> tuple[int, int]:
    return (number[0], number[1] - 1) if number[1] > 1 else (number[0] - (not number[1]), 0)


def _newly(text: Folded, group: Group, gap: str) -> bool:
    """Tell whether an article without 第 begins a line or a sentence: 3条 after a comma is no article."""
    return not group.ordinal and (group.start in text.breaks or gap in (",", ";"))
