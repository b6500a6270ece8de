"""Which words of a text name an instrument: in marks or without, in full, short, or as the text itself abbreviates."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from quanze.law.citation import NUMBER
from quanze.law.reader.bare import BareTitles
from quanze.law.reader.folding import plain
from quanze.law.reader.known import (
    CLASSES,
    HEAD,
    NOTE_END,
    KnownTitles,
    Title,
    TitledInstrument,
    kind_of,
    lawful,
)
from quanze.law.reader.lexicon import DATA, STATE, compiled, pattern, searched
from quanze.law.reader.noted import BEFORE, WORD, unknown
from quanze.law.reader.quotation import covered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quanze.law.reader.folding import Folded

_OPEN, _CLOSE = frozenset("《〈「"), frozenset("》〉」")
_LONGEST = 100
_FAR = 3 * _LONGEST
_HOLDER = compiled(DATA["holder"])
_PARTS = tuple(map(re.compile, DATA["parts"]))
_STOP = re.compile(r"[。;!?,]")
_WORDS = re.compile("[一-鿿]{2}")
_LEFT_OUT = re.compile("[.×*_□-]+")
"""A title that somebody left out: what follows belongs to no law that is named."""


def titles(text: Folded, names: KnownTitles) -> list[Title]:
    """Return the titles of a text in order; none lies within another."""
    return _Finder(text, names).find()


class _Finder(BareTitles):
    """One text's titles: those in marks first, then those without, then the text's own abbreviations."""

    def find(self) -> list[Title]:
        self._marked()
        self.unmarked()
        self._numbered()
        self._local()
        return self.found

    def _marked(self) -> None:
        text, close = self.text, _pairs(self.text)
        at = 0
        for match in re.finditer("[《〈「]", text):
            start = match.start()
            if start < at or start not in close:
                continue
            end = close[start]
            if end - start > _FAR:
                continue
            name = plain(text[start + 1 : end])
            if not 1 < len(name) <= _LONGEST or _STOP.search(name):
                continue
            title = self._in_marks(start, end + 1, name)
            if title:
                self.found.append(title)
                at = title.end

    def _in_marks(self, start: int, end: int, name: str) -> Title | None:
        text_name, bare, note = self.text[start + 1 : end - 1], name, ""
        found = self._abbreviated(bare) or self.names.instrument(bare) or self._number(bare)
        while not found and NOTE_END.search(bare):
            note = bare[NOTE_END.search(bare).start() :] + note  # type: ignore[union-attr]
            bare = NOTE_END.sub("", bare)
            found = self._abbreviated(bare) or self.names.instrument(bare) or self._number(bare)
        found = found or self.names.meant(bare)
        if not found:
            if self.text[start] == "「" and pattern("sentence").search(text_name):
                return None
            inner = pattern("title_place").match(name)
            if inner and (self.names.instrument(inner[1]) or lawful(inner[1])):
                return self._noted(start, start + 1 + len(inner[1]), unknown(self.names, inner[1]), "")
            if self.text[start] == "「" and not lawful(bare):
                return None
            if _LEFT_OUT.fullmatch(name):
                return Title(start, end, TitledInstrument((), name, ""))
            if not _WORDS.search(name) or pattern("bare").match(self.text[start : start + BEFORE]):
                return None
            back = pattern("law").match(self.text[start:end])
            if back and back.end() == end - start:
                return None
            found = self._stranger(start, end, text_name if note == "" else bare)
        return self._noted(start, end, found, note)

    def _number(self, name: str) -> TitledInstrument | None:
        """Return what a title in marks means that is a number and nothing else: 《国务院令第493号》."""
        whole = (one for one in self.names.decrees.find(name) if (one.start, one.end) == (0, len(name)))
        return next(map(self.names.decree, whole), None)

    def _numbered(self) -> None:
        """Add the laws that are named by their number alone; one right before the law's title names its version."""
        taken = sorted((title.start, title.end) for title in self.found)
        found: list[Title] = []
        number = 0
        for decree in self.names.decrees.find(self.text, self.breaks):
            while number < len(taken) and taken[number][1] <= decree.start:
                number += 1
            if (number < len(taken) and taken[number][0] < decree.end) or (found and decree.start < found[-1].end):
                continue
            title = self._noted(decree.start, decree.end, self.names.decree(decree), "")
            told = searched("decree_history", self.text[title.end : title.end + 4])
            following = taken[number][0] if number < len(taken) else len(self.text)
            before = following < len(self.text) and searched(
                "decree_title", self.text[title.end : min(title.end + WORD, following)]
            )
            found.append(title._replace(aside=title.aside or bool(told or before)))
        within = covered(found)
        self.found = [title for title in self.found if not within(title.start)]
        self._merge(found)
        self.found = [self._versioned(at, title) for at, title in enumerate(self.found)]

    def _versioned(self, at: int, title: Title) -> Title:
        """Return a title in the version that the number before it names: 国务院令第541号《森林防火条例》."""
        before = self.found[at - 1] if at else None
        law = title.instrument
        if not before or before.instrument.event != NUMBER or before.instrument.keys != law.keys or law.year:
            return title
        gap = self.text[before.end : min(before.end + WORD + 1, title.start)]
        if len(gap) > WORD or not searched("decree_title", gap):
            return title
        end = title.end + (gap.endswith("(") and self.text.startswith(")", title.end))
        return title._replace(end=end, instrument=law._replace(year=before.instrument.year, event=NUMBER))

    def _stranger(self, start: int, end: int, name: str) -> TitledInstrument:
        """Return what a title in marks means that nobody knows: a law by its words, else none."""
        theirs = _HOLDER.search(self.text[max(0, start - BEFORE) : start])
        standard = pattern("standard").search(self.text[end : end + 12])
        ours = lawful(name) and not theirs and not standard
        return TitledInstrument((), name.removeprefix(STATE), kind_of(name) if ours else "")

    def _abbreviated(self, name: str) -> TitledInstrument | None:
        return self.locals.get(name)

    def _local(self) -> None:
        self.found = [
            title._replace(instrument=self.locals[title.instrument.name])
            if not title.instrument.keys and title.instrument.name in self.locals
            else title
            for title in self.found
        ]
        found: list[Title] = []
        for name, instrument in self.locals.items():
            whole = any(name == end for end, _ in CLASSES) or len(name) < HEAD
            for match in re.finditer(re.escape(name), self.text):
                before = self.text[max(0, match.start() - 8) : match.start()]
                if whole and before and not (pattern("lead").search(before) or not "一" <= before[-1] <= "鿿"):
                    continue
                if name.endswith("法") and pattern("tail_law").match(self.text[match.end() : match.end() + 3]):
                    continue
                end = match.end()
                found.append(Title(match.start(), end, instrument))
        longer = {at for title in found for at in range(title.start + 1, title.end)}
        self.found = [title for title in self.found if title.start not in longer]
        self._merge(sorted(found, key=lambda title: (title.start, -title.end)))
        several = [one for one in self.defined.items() if len({law.same for _, law in one[1]}) > 1]
        if several:
            heads = [[at for at in sorted({0, *self.breaks}) if kind.match(self.text, at)] for kind in _PARTS]
            for name, defined in several:
                self._parted(name, defined, heads)

    def _parted(self, name: str, defined: Sequence[tuple[int, TitledInstrument]], kinds: Sequence[list[int]]) -> None:
        """Take an abbreviation that each part of the text defines anew for what its own part says."""
        apart = ({bisect_right(heads, start) for start, _ in defined} for heads in kinds)
        heads = next((heads for heads, parts in zip(kinds, apart, strict=True) if len(parts) == len(defined)), [])
        called = re.compile(f"[《〈「]?{re.escape(name)}[》〉」]?(?=$|[(【])")
        for at, title in enumerate(self.found if heads else ()):
            if called.match(self.text, title.start, title.end):
                part = bisect_right(heads, title.start)
                told = [law for start, law in defined if start < title.start and bisect_right(heads, start) == part]
                self.found[at] = title._replace(instrument=told[-1] if told else self.locals[name])


def _pairs(text: str) -> dict[int, int]:
    """Return where each opening mark of a title is closed."""
    opened: list[int] = []
    closed: dict[int, int] = {}
    for match in re.finditer("[《〈「》〉」]", text):
        if match[0] in _OPEN:
            opened.append(match.start())
        elif opened:
            closed[opened.pop()] = match.start()
    return closed
