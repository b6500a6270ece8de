"""A title with what goes with it: its version, the abbreviation that it defines, whether it is named in passing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.law.citation import NUMBER
from quanze.law.reader.folding import plain
from quanze.law.reader.known import KnownTitles, Title, TitledInstrument, kind_of
from quanze.law.reader.lexicon import STATE, pattern, searched
from quanze.law.reader.notes import FORMER, year_before, year_of

if TYPE_CHECKING:
    from quanze.law.reader.folding import Folded

WORD = 8
"""What says that a former version is meant is no longer."""
BEFORE, _LISTED = 24, 200
_LOCALS = 20


class NotedTitles:
    """The titles of a text that have been found, and the abbreviations that it defines."""

    def __init__(self, text: Folded, names: KnownTitles) -> None:
        """Begin a text; nothing is found yet."""
        self.text = text.text
        self.breaks = text.breaks
        self.spaces = text.spaces
        self.names = names
        self.locals: dict[str, TitledInstrument] = {}
        self.defined: dict[str, list[tuple[int, TitledInstrument]]] = {}
        """For each abbreviation where it is defined, and what for."""
        self.found: list[Title] = []

    def _named(self, name: str, end: int) -> Title:
        return self._noted(end - len(name), end, TitledInstrument((), name, kind_of(name)), "")

    def _noted(self, start: int, end: int, instrument: TitledInstrument, note: str) -> Title:
        """Add the remarks after a title: years and numbers, and the abbreviation that they define."""
        at = end
        while at < len(self.text) and self.text[at] in "(【":
            match = pattern("annotation").match(self.text[at : at + 260])
            numbered = match and pattern("paper_number").match(match[0])
            if not match or not (numbered or pattern("note").match(match[0])):
                break
            note += "" if numbered else match[0]
            at += match.end()
        else:
            bare = searched("bare_annotation", self.text[at : at + 40])
            if bare:
                note += bare[0]
                at += bare.end()
        before = self.text[max(0, start - BEFORE) : start]
        short = (note and pattern("defined").search(note)) or _beside(self.text[at : at + 48], before)
        year, event, back = self._version(note, before, instrument)
        start -= back
        meaning = searched("meaning", before)
        called = plain(meaning[1] or meaning[2]) if meaning else ""
        if called and self.names.known(called) is None and len(self.locals) < _LOCALS:
            self._define(called, start, instrument)
        named = instrument
        if year or event:
            named = instrument._replace(year=year or instrument.year, event=event or instrument.event)
        if short and len(self.locals) < _LOCALS and self.names.known(plain(short[1])) is None:
            name = plain(short[1]).removesuffix("等")
            self._define(name, start, named)
            for other in self._before(start) if pattern("of_all").search(note) else ():
                self._define(name, start, other)
        if searched("draft", self.text[at : at + 8]) or (note and searched("draft_note", note)):
            named = named._replace(keys=(), kind="")
        aside = bool(searched("after_law", self.text[at : at + 8]) or searched("before_law", before))
        return Title(start, at, named, aside)

    def _define(self, name: str, start: int, law: TitledInstrument) -> None:
        self.locals[name] = either(name, self.locals.get(name), law)
        self.defined.setdefault(name, []).append((start, law))

    def _version(self, note: str, before: str, instrument: TitledInstrument) -> tuple[str, str, int]:
        """Return the year, or the day, of the version that is meant, what happened then, and how far back that stands.

        Remarks say it by a year with a change, by a number, 国务院令第493号, or else by a year; what stands before
        the title by a year.
        """
        year, event = year_of(note) if note else ("", "")
        if note and not event and instrument.keys:
            days = [one.day for one in self.names.decrees.find(note) if one.keys == instrument.keys and one.day]
            year, event = (days[-1], NUMBER) if days else (year, event)
        if year:
            return year, event, 0
        year, event, back = year_before(before)
        return year, event or (FORMER if not year and searched("former", before[-WORD:]) else ""), back

    def _before(self, start: int) -> list[TitledInstrument]:
        """Return what is named right before a title: 《甲》《乙》（以下均简称《条例》）."""
        listed = pattern("listed_titles").search(self.text[max(0, start - _LISTED) : start])
        names = [plain(name) for name in re.findall("《([^》]{0,200})》", listed[0])] if listed else []
        return [unknown(self.names, name) for name in names]

    def _merge(self, more: list[Title]) -> None:
        """Add titles that lie beside those found so far, in order."""
        if not more:
            return
        both = [(True, title) for title in self.found] + [(False, title) for title in more]
        kept: list[tuple[bool, Title]] = []
        for old, title in sorted(both, key=lambda one: one[1].start):
            while old and kept and not kept[-1][0] and kept[-1][1].end > title.start:
                kept.pop()
            if not kept or kept[-1][1].end <= title.start:
                kept.append((old, title))
        self.found = [title for _, title in kept]


def unknown(names: KnownTitles, name: str) -> TitledInstrument:
    """Return what a name in marks means; an instrument that nobody knows where it is none of those known."""
    return names.instrument(name) or TitledInstrument((), name.removeprefix(STATE), kind_of(name))


def either(name: str, before: TitledInstrument | None, now: TitledInstrument) -> TitledInstrument:
    """Return what an abbreviation means that a text defines again: of two instruments neither, under its own name."""
    if before is None or before.same == now.same:
        return now
    return TitledInstrument((*before.keys, *now.keys) if before.keys and now.keys else (), name, now.kind)


def _beside(text: str, before: str) -> re.Match[str] | None:
    """Return the abbreviation that follows a title without brackets: 《…》，以下简称…; 将《…》称作“…”."""
    named = pattern("defined_beside").match(text)
    return named or (pattern("defined_as").match(text) if searched("named_as", before) else None)
