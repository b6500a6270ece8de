"""Which words of a text name an instrument: in marks or without, in full, short, or as the text itself abbreviates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.law.citation import NUMBER
from quanze.law.reader.folding import plain
from quanze.law.reader.known import (
    CLASSES,
    HEAD,
    NOTE_END,
    SHORT,
    KnownTitles,
    Title,
    TitledInstrument,
    kind_of,
    lawful,
)
from quanze.law.reader.lexicon import DATA, STATE, compiled, pattern
from quanze.law.reader.notes import FORMER, year_before, year_of
from quanze.law.reader.quotation import covered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.law.reader.folding import Folded

_OPEN, _CLOSE = frozenset("《〈「"), frozenset("》〉」")
_LONGEST = 100
_FAR = 3 * _LONGEST
_LOCALS = 20
_HOLDER = compiled(DATA["holder"])
_BEFORE, _LISTED = 24, 200
_WORD = 8
"""What says that a former version is meant is no longer."""
_TAIL = 48
_TAIL_SIGNS = 12
"""The end of a title that stands for the whole is no longer."""
_STOP = re.compile(r"[。;!?]")
_WORDS = re.compile("[一-鿿]{2}")
_LEFT_OUT = re.compile("[.×*_□-]+")
"""A title that somebody left out: what follows belongs to no law that is named."""


def titles(text: Folded, names: KnownTitles) -> list[Title]:
    """Return the titles of a text in order; none lies within another."""
    return _Finder(text, names).find()


class _Finder:
    """One text's titles: those in marks first, then those without, then the text's own abbreviations."""

    def __init__(self, text: Folded, names: KnownTitles) -> None:
        self.text = text.text
        self.breaks = text.breaks
        self.spaces = text.spaces
        self.names = names
        self.locals: dict[str, TitledInstrument] = {}
        self.found: list[Title] = []

    def find(self) -> list[Title]:
        self._marked()
        self._unmarked()
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
                return self._noted(start, start + 1 + len(inner[1]), _unknown(self.names, inner[1]), "")
            if self.text[start] == "「" and not lawful(bare):
                return None
            if _LEFT_OUT.fullmatch(name):
                return Title(start, end, TitledInstrument((), name, ""))
            if not _WORDS.search(name) or pattern("bare").match(self.text[start : start + _BEFORE]):
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
            told = pattern("decree_history").match(self.text[title.end : title.end + 4])
            following = taken[number][0] if number < len(taken) else len(self.text)
            before = pattern("decree_title").match(self.text[title.end : following][:8]) and following < len(self.text)
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
        gap = self.text[before.end : title.start]
        if not pattern("decree_title").match(gap[:8]) or len(gap) > _WORD:
            return title
        end = title.end + (gap.endswith("(") and self.text.startswith(")", title.end))
        return title._replace(end=end, instrument=law._replace(year=before.instrument.year, event=NUMBER))

    def _stranger(self, start: int, end: int, name: str) -> TitledInstrument:
        """Return what a title in marks means that nobody knows: a law by its words, else none."""
        theirs = _HOLDER.search(self.text[max(0, start - _BEFORE) : start])
        standard = pattern("standard").search(self.text[end : end + 12])
        ours = lawful(name) and not theirs and not standard
        return TitledInstrument((), name.removeprefix(STATE), kind_of(name) if ours else "")

    def _abbreviated(self, name: str) -> TitledInstrument | None:
        return self.locals.get(name)

    def _noted(self, start: int, end: int, instrument: TitledInstrument, note: str) -> Title:
        """Add the remarks after a title: years and numbers, and the abbreviation that they define."""
        at = end
        while at < len(self.text) and self.text[at] in "(【":
            match = pattern("annotation").match(self.text[at : at + 260])
            if not match or not pattern("note").match(match[0]):
                break
            note += match[0]
            at += match.end()
        else:
            bare = pattern("bare_annotation").match(self.text[at : at + 40])
            if bare:
                note += bare[0]
                at += bare.end()
        short = (note and pattern("defined").search(note)) or _beside(self.text[at : at + 48])
        before = self.text[max(0, start - _BEFORE) : start]
        year, event, back = self._version(note, before, instrument)
        start -= back
        meaning = pattern("meaning").search(before)
        if meaning and self.names.known(plain(meaning[1])) is None and len(self.locals) < _LOCALS:
            self.locals[plain(meaning[1])] = _either(plain(meaning[1]), self.locals.get(plain(meaning[1])), instrument)
        named = instrument
        if year or event:
            named = instrument._replace(year=year or instrument.year, event=event or instrument.event)
        if short and len(self.locals) < _LOCALS and self.names.known(plain(short[1])) is None:
            name = plain(short[1]).removesuffix("等")
            self.locals[name] = _either(name, self.locals.get(name), named)
            for other in self._before(start) if pattern("of_all").search(note) else ():
                self.locals[name] = _either(name, self.locals[name], other)
        if pattern("draft").match(self.text[at : at + 8]) or pattern("draft_note").search(note):
            named = named._replace(keys=(), kind="")
        aside = bool(pattern("after_law").match(self.text[at : at + 8]) or pattern("before_law").search(before))
        return Title(start, at, named, aside)

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
        return year, event or (FORMER if not year and pattern("former").search(before[-_WORD:]) else ""), back

    def _before(self, start: int) -> list[TitledInstrument]:
        """Return what is named right before a title: 《甲》《乙》（以下均简称《条例》）."""
        listed = pattern("listed_titles").search(self.text[max(0, start - _LISTED) : start])
        names = [plain(name) for name in re.findall("《([^》]{0,200})》", listed[0])] if listed else []
        return [_unknown(self.names, name) for name in names]

    def _unmarked(self) -> None:
        taken = sorted((title.start, title.end) for title in self.found)
        plain_: list[Title] = []
        at = number = 0
        for match in self.names.first.finditer(self.text):
            start = match.start()
            lengths = self.names.lengths.get(self.text[start : start + HEAD])
            if not lengths or start < at:
                continue
            while number < len(taken) and taken[number][1] <= start:
                number += 1
            if number < len(taken) and taken[number][0] <= start:
                continue
            title = self._at(start, lengths)
            if title:
                plain_.append(title)
                at = title.end
        self._merge(plain_)
        self._merge(list(self._tails()))
        self._merge(list(self._foreign()))

    def _at(self, start: int, lengths: Sequence[int]) -> Title | None:
        """Return the longest known title that begins here, unless it is only part of a word or of a longer title."""
        text = self.text
        for length in lengths:
            name = text[start : start + length]
            end = start + len(name)
            if name not in self.names.all or (name.endswith("法") and pattern("tail_law").match(text[end : end + 3])):
                continue
            if length == HEAD and not pattern("shortest").match(text[end : end + 1]):
                continue
            state = text.endswith(STATE, 0, start)
            begin = start if state else self._locality(start)
            longer = pattern("longer").match(text[end : end + 4])
            if longer:
                end += longer.end()
            found = self.names.instrument(name) if begin == start and not longer else None
            if not found:
                name = text[begin:end]
                found = TitledInstrument((), name, kind_of(name) or "法")
            end += text.startswith("》", end)  # whose beginning is lost
            return self._noted(begin - len(STATE) * state, end, found, "")
        return None

    def _locality(self, start: int) -> int:
        """Return where a title begins that a province, city or county goes before: 某市消防条例 is not the state's."""
        before = self.text[max(0, start - 16) : start]
        if not pattern("region").search(before) or pattern("no_region").search(before):
            return start
        head = pattern("verb").match(before)
        cut = re.split("[和与及或]", before[head.end() if head else 0 :])[-1]
        return start - len(cut)

    def _tails(self) -> Iterator[Title]:
        """Yield names before an article that end a title further up, or are common short ones: 应急条例第三十条."""
        tails: dict[str, TitledInstrument] = {}
        seen: set[str] = set()
        number = 0
        for match in pattern("tail_name").finditer(self.text):
            while number < len(self.found) and self.found[number].end <= match.start():
                law = self.found[number].instrument
                if law.kind and law.name not in seen:
                    seen.add(law.name)
                    for tail in (law.name[-length:] for length in range(HEAD + 1, min(len(law.name), _TAIL_SIGNS + 1))):
                        tails[tail] = _either(tail, tails.get(tail), law)
                number += 1
            if number < len(self.found) and self.found[number].start < match.end():
                continue
            floor = self.found[number - 1].end if number else 0
            for start in range(max(floor, match.end() - _TAIL_SIGNS), match.start()):
                name = self.text[start : match.end()]
                if name in self.locals:
                    break
                short = tails.get(name) or (self.names.instrument(name) if name in SHORT else None)
                before = "" if start in self.spaces else self.text[max(floor, start - _WORD) : start]
                if short and not (before and "一" <= before[-1] <= "鿿" and not pattern("tail_lead").search(before)):
                    yield Title(start, match.end(), short)
                    break

    def _foreign(self) -> Iterator[Title]:
        """Yield local instruments that nobody knows, named without marks before an article."""
        taken = sorted((title.start, title.end) for title in self.found)
        number = 0
        for match in pattern("local").finditer(self.text):
            while number < len(taken) and taken[number][1] <= match.start():
                number += 1
            if number < len(taken) and taken[number][0] < match.end():
                continue
            floor = max(match.start() - _TAIL, taken[number - 1][1] if number else 0)
            before = self.text[floor : match.end()]
            head = pattern("verb").match(before[: -len(match[0])])
            name = before[head.end() if head else 0 :]
            for cut in (re.split("[和与及或]", name)[-1], name):
                if pattern("locality").match(cut) and not pattern("no_region").match(cut[:3]) and lawful(cut):
                    begin = match.end() - len(cut)
                    yield self._noted(begin, match.end(), TitledInstrument((), cut, kind_of(cut)), "")
                    break

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
        self._merge(sorted(found, key=lambda title: (title.start, -title.end)))

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


def _unknown(names: KnownTitles, name: str) -> TitledInstrument:
    return names.instrument(name) or TitledInstrument((), name.removeprefix(STATE), kind_of(name))


def _either(name: str, before: TitledInstrument | None, now: TitledInstrument) -> TitledInstrument:
    """Return what an abbreviation means that a text defines again: of two instruments neither, under its own name."""
    if before is None or before.same == now.same:
        return now
    return TitledInstrument((*before.keys, *now.keys) if before.keys and now.keys else (), name, now.kind)


def _beside(text: str) -> re.Match[str] | None:
    """Return the abbreviation that follows a title without brackets: 《…》，以下简称…."""
    return pattern("defined").search(text) if text[:1] in ",、" and text[1:3] in ("以下", "下称", "简称") else None
