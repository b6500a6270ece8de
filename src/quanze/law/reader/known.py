"""The instruments that are known by name, and which unknown titles are those of a law by their words."""

from __future__ import annotations

import re
from copy import copy
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.citation import NUMBER
from quanze.law.reader.decrees import ORDER, Decrees
from quanze.law.reader.folding import plain
from quanze.law.reader.lexicon import DATA, STATE, compiled, pattern
from quanze.law.reader.shapes import mistaken, shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quanze.law.reader.decrees import Decree

CLASSES: tuple[tuple[str, str], ...] = tuple(map(tuple, DATA["classes"]))
HEAD, LONGEST = 2, 300
"""Titles are looked for by so many of their first signs."""
_TOLD = 4_096
"""Of so many unknown titles it is kept what they may be taken for: texts repeat theirs."""
NOTE_END = re.compile(r"[(][^()]*[)]$")
_NO_LAW = tuple(compiled(source) for source in DATA["no_law"])
_LAWS = frozenset((*DATA["laws"], *DATA["law_anyway"]))
SHORT: Mapping[str, str] = DATA["short"]
"""What laws are commonly called for short, where nothing else is so called."""


class TitledInstrument(NamedTuple):
    """What a title names: one instrument of the register, several of one name, one that it lacks, or no law."""

    keys: tuple[str, ...]
    name: str
    """As the text has it, without marks, state and remarks."""
    kind: str
    """The class of its title (法, 条例, 办法 …); empty where it is no law."""
    year: str = ""
    """The year, or the day, by which the text names a version: 2021, 2021-06-10."""
    event: str = ""
    """What happened in that year: 修正, 修订, 公布, 施行 …; 旧 where the text says no more than that, 文号 where a
    number names the version."""
    misread: bool = False
    """Whether signs of its name were mistaken: it can be this instrument alone, but it does not say so."""

    @property
    def same(self) -> tuple[str, ...]:
        """What makes it the same instrument as another."""
        return self.keys or (self.name, self.year)

    @property
    def undated(self) -> TitledInstrument:
        """The same instrument, in no version."""
        return self.dated("", "")

    def dated(self, year: str, event: str) -> TitledInstrument:
        """Return the same instrument, in a version."""
        return self if (self.year, self.event) == (year, event) else self._replace(year=year, event=event)


class Title(NamedTuple):
    """An instrument named in a text, with the remarks that follow the name."""

    start: int
    end: int
    instrument: TitledInstrument
    aside: bool = False
    """Whether it is named beside the point: in the title of an amendment, a commentary, a campaign."""


class KnownTitles:
    """The names of a register's instruments, made once for many texts."""

    def __init__(
        self, instruments: Iterable[tuple[str, Iterable[str]]], numbers: Iterable[tuple[str, str, str]] = ()
    ) -> None:
        """Take (key, names) of each instrument, its full title first; names that two share mean neither.

        `numbers` are (key, 文号, the day of promulgation of the version that it names, if it names one).
        """
        self.decrees = Decrees(numbers)
        self.exact: dict[str, tuple[str, ...]] = {}
        self.kinds: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        """The full title of each, without the name of the state."""
        for key, names in instruments:
            folded = [plain(name) for name in names]
            self.titles[key] = folded[0].removeprefix(STATE) if folded else ""
            self.kinds[key] = kind_of(self.titles[key])
            bare = [full.removeprefix(STATE) for full in folded]
            for name in {*folded, *bare, *(pattern("issuer").sub("", one) for one in bare)} - {""}:
                self.exact[name] = (*self.exact.get(name, ()), key)
        self.all = {name for name in (*self.exact, *_LAWS) if len(name) >= HEAD and not name.startswith(STATE)}
        lengths: dict[str, set[int]] = {}
        for name in self.all:
            lengths.setdefault(name[:HEAD], set()).add(len(name))
        self.lengths = {head: sorted(found, reverse=True) for head, found in lengths.items()}
        self.alike = shapes((*self.exact, STATE))
        self._sized: dict[int, list[str]] = {}
        for name in self.exact:
            self._sized.setdefault(len(name), []).append(name)
        self._meant: dict[str, TitledInstrument] = {}
        self._told: dict[str, tuple[str, ...]] = {}
        self._documents: Mapping[str, str] = {}
        self.first = re.compile("[" + re.escape("".join(sorted({head[0] for head in lengths}))) + "]")

    def known(self, name: str) -> tuple[str, ...] | None:
        """Return the keys of a name; none for a law that the register lacks, None for a name that is no law's."""
        bare = name.removeprefix(STATE)
        found = self.exact.get(name) or self.exact.get(bare)
        return found or (() if bare in _LAWS or name in self._documents else None)

    def beside(self, documents: Iterable[str]) -> KnownTitles:
        """Return these names and the titles of documents that are no laws and that a text is known to cite."""
        more = copy(self)
        more._documents, more._meant = {plain(one): one for one in documents}, {}  # noqa: SLF001 — its own copy
        return more

    def decree(self, decree: Decree) -> TitledInstrument:
        """Return what a number means: of one that the register lacks only that somebody issued it."""
        kind = self.kinds.get(decree.keys[0], "") if decree.keys else ""
        event = NUMBER if decree.keys and decree.day else ""
        return TitledInstrument(decree.keys, decree.name, kind or ORDER, decree.day, event)

    def misread(self, name: str) -> tuple[str, ...]:
        """Return the keys of the one instrument that a title means of which signs were mistaken; else none."""
        if name not in self._told:
            if len(self._told) >= _TOLD:
                self._told.clear()
            self._told[name] = self._misread(name)
        return self._told[name]

    def _misread(self, name: str) -> tuple[str, ...]:
        head, bare = name[: len(STATE)], name[len(STATE) :]
        titles = (name, bare) if head != STATE and mistaken(head, STATE, self.alike) else (name.removeprefix(STATE),)
        found = {
            self.exact[one]
            for title in titles
            for one in self._sized.get(len(title), ())
            if one == title or mistaken(title, one, self.alike)
        }
        return found.pop() if len(found) == 1 else ()

    def meant(self, name: str) -> TitledInstrument | None:
        """Return what a title means of which signs were mistaken, under the name as it is written."""
        keys = self.misread(name)
        if not keys:
            return None
        return TitledInstrument(keys, name.removeprefix(STATE), self.kinds[keys[0]], misread=True)

    def instrument(self, name: str) -> TitledInstrument | None:
        """Return what a known name means, or a common short one, looked up once."""
        keys = None if name in self._meant else self.known(name)
        if keys is None and name in SHORT:
            keys = self.known(SHORT[name])
        if keys is not None:
            kind = self.kinds.get(keys[0], "") if keys else ""
            written = self._documents.get(name) or name.removeprefix(STATE)
            self._meant[name] = TitledInstrument(keys, written, kind or kind_of(name) or "法")
        return self._meant.get(name)


def kind_of(title: str) -> str:
    """Return the class of a title by its end; empty where no class ends so, and for what no title is as long as."""
    bare = title if len(title) <= LONGEST else ""
    while bare.endswith(")") and NOTE_END.search(bare):
        bare = NOTE_END.sub("", bare)
    return next((kind for end, kind in CLASSES if bare.endswith(end)), "")


@lru_cache(maxsize=4096)
def lawful(name: str) -> bool:
    """Tell whether an unknown title is one of a law, regulation or rule by its words."""
    bare = name.removeprefix(STATE)
    return bare in _LAWS or (bool(kind_of(bare)) and len(bare) > HEAD and not any(no.search(bare) for no in _NO_LAW))
