"""Titles, numbers and pointing words → citations, from left to right, each looked at once."""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from quanze.law.citation import ANNEX, IN_PART, OUTRANKED, SUPERSEDED
from quanze.law.reader.cited import Reading
from quanze.law.reader.clauses import own_articles
from quanze.law.reader.columns import ColumnCell
from quanze.law.reader.entries import CitationEntry, nothing
from quanze.law.reader.known import Title, kind_of
from quanze.law.reader.lexicon import DATA, pattern
from quanze.law.reader.noted import BEFORE
from quanze.law.reader.notes import FORMER, year_before, year_of
from quanze.law.reader.numbers import ARROW, Numbers
from quanze.law.reader.quotation import covered, quotations
from quanze.law.reader.rest import rest
from quanze.law.reader.scope import Pointer, pointers
from quanze.law.reader.state import ARTICLE, LOOKED_BACK
from quanze.law.reader.units import Group, groups, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quanze.law.reader.known import TitledInstrument
    from quanze.law.reader.units import Span

_BEFORE = 8
_YEAR = 4
_NAMESAKE = "同名"
_CRIMINAL = "刑法"
_THIS_IS = ("那是", "这是", "出自", ",是")
_NEAR = 150
"""What 前者 and 后者 mean stands no further back."""
_TOLD = 40
_UNIT = re.compile("[条款项目](?=[(【])")
"""What tells the version of a place behind it is no longer."""
_STATES = (OUTRANKED, SUPERSEDED, IN_PART)
_STATED = ("place", "title", "annex")
_NAMED = ("law", "other", "refused")
"""What a quoted number right after it belongs to, or to no law: 该条例“第三十条”."""
_RULES = frozenset(DATA["groups"]["规章"] + DATA["groups"]["法规"])


class Machine(Numbers):
    """What reads one text, from left to right."""

    __slots__ = ()

    def run(self) -> Reading:
        """Return what the text cites."""
        folded = self.text.text
        within = covered(self.titles)
        numbers = [one for one in pieces(self.text) if not within(one.start)]
        quotes = quotations(self.text, self.titles)
        edges = sorted([*(2 * edge for quote in quotes for edge in quote), *(2 * at + 1 for at in _brackets(folded))])
        back = [one for one in pointers(folded) if not within(one.start)]
        places = list(groups(self.text, numbers))
        self.articles = own_articles(self.text, places, self.titles, quotes)
        self.enclosed = {one.start: one.instrument for one in self.titles if one.instrument.kind and self._within(one)}
        laws = {one.instrument.same: one.instrument for one in self.titles}
        only = next(iter(laws.values())) if len(laws) == 1 else None
        self.only = only if only and only.kind and not only.year and not only.event else None
        self.numbered = _numbered(self.titles, places)
        self.renumbers = ARROW in folded and bool(pattern("renumbering").search(folded))
        events: list[ColumnCell | Title | Group | Pointer] = [*self.columns, *self.titles, *places, *back]
        events.sort(key=attrgetter("start"))
        stated = any(f"({state}" in folded for state in _STATES)
        passed = 0
        for event in events:
            start = event.start
            if stated and self.before in _STATED and folded[self.end : self.end + 1] == "(":
                self._state()
            if start < self.end or (start > self.end + 1 and isinstance(event, Group) and self._loose(event)):
                continue
            while passed < len(edges) and edges[passed] <= 2 * start:
                edge, bracket = divmod(edges[passed], 2)
                (self._aside if bracket else self._cross)(edge)
                passed += 1
            if self.before == "place" and (start > self.end or not isinstance(event, Group)):
                self._passage(start)
            if isinstance(event, Group):
                self._group(event)
            elif isinstance(event, Title):
                self._title(event)
            elif isinstance(event, ColumnCell):
                self._cell(event)
            else:
                self._pointer(event)
        self._told_versions()
        cited = tuple(self.entries.settled(self.text))
        return Reading(cited, tuple(self.text.span(*one) for one in self.refused), rest(self.text, self.explained))

    def _loose(self, group: Group) -> bool:
        """Tell whether a number is a place only right behind a title or another one, or in brackets behind others."""
        return group.loose and not (self.plain and self.before == "place" and self.text.text[group.start] == "(")

    def lawless(self) -> Reading:
        """Return what a text says that names no law: it cites nothing."""
        within = covered(self.titles)
        numbers = [one for one in pieces(self.text) if not within(one.start)]
        words, starts = self.text.text, self.text.starts
        refused: list[tuple[int, int]] = []
        for one in groups(self.text, numbers):
            if one.said and not one.naked:
                end = one.end
                end += self._open_end(one, words[end : end + 1])
                refused.append((starts[one.start], starts[end - 1] + 1))
        return Reading((), tuple(refused), rest(self.text, ()))

    def _told_versions(self) -> None:
        """Take places in the version told behind them, listed ones too: 第九十四条，那是2014年的旧条文, （2014年）."""
        entries = self.entries.all if pattern("tells_version").search(self.text.text) else []
        for last, entry in enumerate(entries):
            end = entry.where[-1][1] if entry.where and entry.depth >= 0 else 0
            after = self.text.text[end : end + _TOLD] if end else ""
            note, noted = self._version_noted(max(entry.where[-1][0], end - _TOLD), end) if end else (0, None)
            told = pattern("told_version").match(after)
            law = entry.instrument
            if not (told or noted or pattern("told_old").match(after)) or law.year or law.event:
                continue
            year, event = (told[1] or "", told[2] or "") if told else ("", "")
            if noted:
                year, event = year_of(noted[1])
                self.explained.append((note, note + noted.end()))
            named = law._replace(year=year, event=event or ("" if year else FORMER))
            begin = end
            for at in range(last, -1, -1):
                one = entries[at]
                other = one.instrument.year or one.instrument.event or one.instrument.same != law.same
                if other or not one.where or begin - one.where[-1][1] > 1:
                    break
                one.instrument, begin = named, one.where[0][0]

    def _version_noted(self, begin: int, end: int) -> tuple[int, re.Match[str] | None]:
        """Return where brackets name a version behind a place, or within it, and how: 第六十条（2019年）第一款."""
        text, noted = self.text.text, pattern("noted_version")
        for at in (end, *(begin + one.end() for one in _UNIT.finditer(text[begin:end]))):
            found = noted.match(text[at : at + _TOLD])
            if found:
                return at, found
        return end, None

    def _within(self, title: Title) -> bool:
        """Tell whether a title says what stands before it is of: alone in brackets, or after 那是."""
        text, start = self.text.text, title.start
        if start and text[start - 1] == "(":
            return text.startswith(")", title.end)
        return text.endswith(_THIS_IS, 0, start)

    def _cross(self, edge: int) -> None:
        """Go into a quotation, or out of it: what it names is forgotten outside."""
        if self.inside:
            self.scope = self.scope.left() or self.scope
        else:
            if self.before == "place":
                self._passage(edge)
            others = bool(self.entries.all and self.entries.all[-1].quoted)
            self.scope = self.scope.quoted()
            if others and not self.scope.current and len(self.scope.heard) == 1:
                ((_, self.scope.current),) = self.scope.heard.values()
            led = pattern("quoting").match(self._gap(edge))
            if led and self.before in _NAMED:
                self.scope.current = self.instrument if self.before == "law" else None
            self.given = self.entries.all[-1] if led and self.before == "place" else None
        self.inside = not self.inside
        self.before, self.start, self.end = "", edge, edge

    def _aside(self, edge: int) -> None:
        """Go into brackets, or out of them: what the text spoke of before goes on behind them."""
        scope, count = self.scope, len(self.entries.all)
        if self.text.text[edge] == "(":
            self.before_brackets = (scope, scope.current, scope.place) if scope.current else None
            self.listing = not (self.before and self.end == edge)
            if self.listing and self.in_brackets and self.in_brackets[0] == (id(scope), id(scope.current), count):
                scope.current, scope.place = self.in_brackets[1:]
        elif self.before_brackets and self.before_brackets[0] is scope and (self.before, self.end) != ("title", edge):
            law, place = scope.current, scope.place
            _, scope.current, scope.place = self.before_brackets
            self.before_brackets = None
            if self.listing and law is not scope.current:
                self.in_brackets = ((id(scope), id(scope.current), count), law, place)

    def _passage(self, start: int) -> None:
        """Notice a provision given after its number without marks."""
        if not self.inside:
            self.passages.notice(self.start, self.end, start)

    def _state(self) -> None:
        """Step over what a citation says of itself: （被上位法取代：…） names a law that is no basis here."""
        match = pattern("state").match(self.text.text[self.end : self.end + 120])
        if match:
            self.before, self.end = "", self.end + match.end()

    def _cell(self, cell: ColumnCell) -> None:
        """Go into a cell, or out of a row: what stands there is of the law, or the version, that heads its column."""
        scope, head = self.scope, cell.head
        if self.column:
            scope.current = scope.current and scope.current.undated
        self.column = head if self.before != "other" else None
        law = head and (head.law or scope.current)
        if self.column and law:
            law = scope.current = law.dated(self.column.year, self.column.event)
            self.before, self.start, self.end, self.instrument = "title", cell.start, cell.start, law

    # --- titles

    def _title(self, title: Title) -> None:
        law = title.instrument
        head = self.column
        if head and not (law.year or law.event) and (not head.law or head.law.same == law.same):
            law = law.dated(head.year, head.event)
        self.pair = []
        self.before, self.start, self.end = ("title" if law.kind else "other"), title.start, title.end
        self.instrument = law
        if not law.kind:
            self.scope.forget(kind_of(law.name))
            return
        self.explained.append((title.start, title.end))
        if self.text.text[title.start - 1 : title.start] in {",", ";", ":", ")", "】"} or self._line(title.start):
            self.passages.speak(title.start)
        if law.year:
            self.dated[law.year[:_YEAR]] = law
        quoted = self._quoted(title.start)
        current = self.scope.current
        self.passed_by = None
        if (
            law.name == _CRIMINAL
            and not self.inside
            and pattern("crime").search(self.text.text[max(0, title.start - _TOLD) : title.start])
        ):
            self.passed_by = current
        if self.inside or not quoted:
            self.scope.name(law, title.start)
        if quoted:
            self.scope.hear(law, title.start)
        if not quoted:
            self.passages.end()
        if not title.aside:
            self.entries.all.append(CitationEntry(law, nothing(), [(title.start, title.end)], quoted, whole=True))

    def _line(self, start: int) -> bool:
        """Tell whether a title begins a line that does not go on with the one before."""
        return start in self.text.breaks and not pattern("wrapped").search(
            self.text.text[max(0, start - _BEFORE) : start]
        )

    # --- words that point back

    def _pointer(self, pointer: Pointer) -> None:
        gap = self._gap(pointer.start)
        if pointer.what == "annex":
            self._annex(pointer, gap)
            return
        if pointer.what == "paired" and not self._paired(pointer):
            return
        self.start, self.end = pointer.start, pointer.end
        self.own = pattern("self").match(pointer.word) is not None
        self.word = pointer
        place = self._place()
        law = place.instrument if place else None
        self.before = pointer.what
        if pointer.what in ("law", "its", "paired"):
            law = self.instrument = self._in_version(self.scope.meant(pointer) or self._meant_later(pointer))
            self.before = "law"
        told = self.articles.heads or self._drafted(pointer)
        ours = (self.own or pointer.word == "前") and not self.inside and told
        if not law or (ours and self.articles.may_be(law)):
            self.before = "refused"
        if self.before != "refused":
            self.explained.append((self.start, self.end))

    def _in_version(self, law: TitledInstrument | None) -> TitledInstrument | None:
        """Return a law that is pointed to in the version in brackets behind it: 旧法（2014年）第九十四条."""
        note = pattern("pointed_version").match(self.text.text[self.end : self.end + _TOLD])
        if law and not note and self.word.word == _NAMESAKE:
            year, event, _ = year_before(self.text.text[max(0, self.start - BEFORE) : self.start])
            return law.dated(year, event)
        if not law or not note:
            return law
        self.end += note.end()
        year, event = year_of(note[1])
        return law._replace(year=year, event=event)

    def _meant_later(self, pointer: Pointer) -> TitledInstrument | None:
        """Return the only law of the text for a bare class before its name: 条例二十九条, 《森林防火条例》 below."""
        bare = not (pointer.word or pointer.of == "法" or self.inside or self.scope.named)
        return self.only if bare and self.only and self.only.kind in DATA["groups"][pointer.of] else None

    def _paired(self, pointer: Pointer) -> bool:
        """Look what 前者 or 后者 means, of the two laws or places that were named last; tell whether it is known."""
        if not self.pair:
            near = [one for one in self.entries.all[-LOOKED_BACK:] if not one.quoted and one.where]
            near = [one for one in near if one.where[0][0] >= pointer.start - _NEAR]
            laws = [[*group] for _, group in groupby(near, key=lambda one: one.instrument.same)][-2:]
            pair = laws if len(laws) > 1 else [[one] for one in near] if len(near) == 2 else []  # noqa: PLR2004
            self.pair = [(of[0].instrument, of[0] if len(of) == 1 and not of[0].whole else None) for of in pair]
        if not self.pair:
            self.before, self.start, self.end = "refused", pointer.start, pointer.end
            return False
        self.scope.current, self.scope.place = self.pair[pointer.word.startswith("后")]
        return True

    def _drafted(self, pointer: Pointer) -> bool:
        """Tell whether 本办法 is what the text itself lays down, or 本条 a clause of its own, rather than a rule's."""
        if not self.articles.spoken or self.passages.quoted(pointer.start, own=True):
            return False
        return pointer.of in _RULES if pointer.what == "law" else True

    def _annex(self, pointer: Pointer, gap: str) -> None:
        law = self.instrument if self.before in ("title", "law", "annex") else None
        joined = law and (pattern("glue").match(gap) or (self.before == "annex" and pattern("list").match(gap)))
        last = self.entries.all[-1] if self.before == "place" else None
        law = last.instrument if last else law
        if law and (joined or pattern("annexed").match(gap)):
            where = (pointer.start if last else self.start, pointer.end)
            number = pointer.of if pointer.word == ANNEX else pointer.word + pointer.of
            self.entries.all.append(CitationEntry(law, nothing(), [where], self._quoted(where[0]), annex=number))
            self.explained.append((self.end, pointer.end))
            self.before, self.end, self.instrument = "annex", pointer.end, law


def _brackets(text: str) -> list[int]:
    """Return where brackets begin and end, one within another left out."""
    found: list[int] = []
    depth = 0
    for match in re.finditer("[()]", text):
        opens = match[0] == "("
        if depth == (not opens):
            found.append(match.start())
        if opens or depth:
            depth += 1 if opens else -1
    return found


def _numbered(titles: Sequence[Title], places: Sequence[Group]) -> dict[Span, dict[tuple[str, ...], TitledInstrument]]:
    """Return the laws right behind whose titles an article stands, by its number."""
    laws = {one.end: one.instrument for one in titles if one.instrument.kind}
    found: dict[Span, dict[tuple[str, ...], TitledInstrument]] = {}
    for group in places:
        law = laws.get(group.start) if group.said and group.unit == ARTICLE else None
        if law:
            found.setdefault(group.spans[0], {})[law.same] = law.undated
    return found
