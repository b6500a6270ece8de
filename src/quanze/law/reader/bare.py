"""Titles without marks: known ones, the ends of those named, local ones, and unknown ones before an article."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from quanze.law.reader.known import HEAD, SHORT, Title, TitledInstrument, kind_of, lawful
from quanze.law.reader.lexicon import STATE, pattern, searched
from quanze.law.reader.noted import WORD, NotedTitles, either, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_SHORTEST = 4
"""An unknown regulation's name without marks is longer."""
_TAIL = 48
_SPOKEN = 20
"""An article that follows a law's name after a few words is no further."""
_HEAD = 4
"""The beginning of a title that stands for the whole with its end is no shorter."""
_TAIL_SIGNS = 12
"""The end of a title that stands for the whole is no longer."""
_ALIKE = 8
"""Of more titles that begin with one sign nobody leaves signs out."""
_SEVERAL = re.compile("[和与及或]")
_SHORTS = re.compile("|".join(sorted((name for name in SHORT if name.endswith(("法", "条例"))), key=len, reverse=True)))
_HEADS = frozenset(name[0] for name in SHORT)


class BareTitles(NotedTitles):
    """What finds the titles that stand without marks."""

    def unmarked(self) -> None:
        """Add the titles without marks to those found so far."""
        taken = sorted((title.start, title.end) for title in self.found)
        plain_: list[Title] = []
        at = number = 0
        for match in self.names.first.finditer(self.text):
            start = match.start()
            lengths = self.names.lengths.get(self.text[start : start + HEAD]) if start >= at else None
            if not lengths:
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
        self._merge(list(self._shorts()))
        self._merge(list(self._foreign()))

    def _at(self, start: int, lengths: Sequence[int]) -> Title | None:
        """Return the longest known title that begins here, unless it is only part of a word or of a longer title."""
        text = self.text
        for length in lengths:
            name = text[start : start + length]
            end = start + len(name)
            if name not in self.names.all or (name.endswith("法") and pattern("tail_law").match(text[end : end + 3])):
                continue
            if length == HEAD and not self._spoken(start, end):
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

    def _spoken(self, start: int, end: int) -> bool:
        """Tell whether two signs are a law's name by what follows: 水法第七十一条; 水法里, but 排水法 is none."""
        after = self.text[end : end + _SPOKEN]
        if searched("no_shortest", self.text[max(0, start - 1) : start]):
            return False
        if pattern("shortest").match(after):
            return True
        return bool(pattern("short_spoken").match(after)) and self._apart(start, 0)

    def _locality(self, start: int) -> int:
        """Return where a title begins that a province, city or county goes before: 某市消防条例 is not the state's."""
        before = self.text[max(0, start - 16) : start]
        if not searched("region", before) or searched("no_region", before):
            return start
        return start - len(_SEVERAL.split(_behind_verb(before))[-1])

    def _tails(self) -> Iterator[Title]:
        """Yield names before an article that end a title further up, or are common short ones: 应急条例第三十条."""
        tails: dict[str, TitledInstrument] = {}
        later: dict[str, TitledInstrument] | None = None
        of = _by_head(title.instrument for title in self.found)
        heads = _HEADS.union(of)
        """What the names begin with that may be meant, those apart that the text abbreviates."""
        seen: set[str] = set()
        number = 0
        for match in pattern("tail_name").finditer(self.text):
            while number < len(self.found) and self.found[number].end <= match.start():
                law = self.found[number].instrument
                if law.name not in seen:
                    seen.add(law.name)
                    _add_tails(tails, law)
                number += 1
            if number < len(self.found) and self.found[number].start < match.end():
                continue
            if later is None:
                later = _tails_of(self.found)
                heads = heads.union(name[0] for name in later)
            floor = self.found[number - 1].end if number else 0
            for start in range(max(floor, match.end() - _TAIL_SIGNS), match.start()):
                if self.text[start] not in heads and not self.locals:
                    continue
                name = self.text[start : match.end()]
                if name in self.locals:
                    break
                short = tails.get(name) or (self.names.instrument(name) if name in SHORT else later.get(name))
                short = short or (self._shortened(name, of) if name[0] in of else None)
                if short and self._apart(start, floor):
                    yield self._noted(start, match.end(), short, "")
                    break

    def _shortened(self, name: str, of: Mapping[str, Sequence[TitledInstrument]]) -> TitledInstrument | None:
        """Return the one law of the text whose title with signs left out a name is: 核应急条例, 特设条例."""
        laws = of[name[0]] if len(name) >= _HEAD else ()
        found = [law for law in laws if name.endswith(law.kind) and _thinned(name, law.name)]
        return found[0] if len(found) == 1 else None

    def _shorts(self) -> Iterator[Title]:
        """Yield the common short names that stand before no article: 安法里说得清楚, “处罚法”：第三十三条."""
        tails = _tails_of(self.found)
        for match in _SHORTS.finditer(self.text):
            name, start, end = match[0], match.start(), match.end()
            after = self.text[end : end + 3]
            if pattern("tail_law").match(after) or (len(name) == HEAD and pattern("short_after").match(after)):
                continue
            meant = tails.get(name) or self.names.instrument(name)
            if meant and name not in self.locals and self._apart(start, 0):
                yield self._noted(start, end, meant, "")

    def _apart(self, start: int, floor: int) -> bool:
        """Tell whether a name that begins here is no end of a longer word."""
        before = "" if start in self.spaces else self.text[max(floor, start - WORD) : start]
        return not before or not "一" <= before[-1] <= "鿿" or bool(pattern("tail_lead").search(before))

    def _foreign(self) -> Iterator[Title]:
        """Yield local instruments that nobody knows, named without marks before an article."""
        taken = sorted((title.start, title.end) for title in self.found)
        number = 0
        for match in pattern("local").finditer(self.text):
            while number < len(taken) and taken[number][1] <= match.start():
                number += 1
            if number < len(taken) and taken[number][0] < match.end():
                continue
            led = searched("carried_out", self.text[max(0, match.start() - WORD) : match.end()])
            if led:
                yield from self._carried_out(led, match.end(), self.found[max(0, number - _ALIKE) : number])
                continue
            floor = max(match.start() - _TAIL, taken[number - 1][1] if number else 0)
            name = _behind_verb(self.text[floor : match.start()]) + match[0]
            if searched("pointing", name):
                continue
            for cut in (_SEVERAL.split(name)[-1], name):
                if searched("locality", cut) and not pattern("no_region").match(cut[:3]) and lawful(cut):
                    yield self._named(cut, match.end())
                    break
            else:
                name = self._state(name, match)
                if name:
                    yield self._named(name, match.end())

    def _carried_out(self, led: re.Match[str], end: int, before: Sequence[Title]) -> Iterator[Title]:
        """Yield what 该法实施条例 and 其实施条例 mean, of the law named last before."""
        law = next((one.instrument for one in reversed(before) if one.instrument.kind == "法"), None)
        if law:
            title = self.names.titles[law.keys[0]] if len(law.keys) == 1 else law.name
            yield self._noted(end - len(led[0]), end, unknown(self.names, title + led[1]), "")

    def _state(self, name: str, match: re.Match[str]) -> str:
        """Return an unknown regulation's name out of the words before an article, or a rule's in a list of laws."""
        begin, end = match.end() - len(name), match.end()
        begin += _said(name[: -len(match[0])])
        if self.spaces:
            begin = next((at for at in range(match.start() - 1, begin, -1) if at in self.spaces), begin)
        name = self.text[begin:end]
        titled = self.text.startswith("(《", end) or any(name.endswith(short) for short in self.locals)
        if titled or not searched("bare_name", name) or not lawful(name):
            return ""
        if pattern("numbered_note").match(self.text[end : end + 42]):
            return name
        if searched("house", name):
            return ""
        if name.endswith("条例"):
            return name if len(name) > _SHORTEST else ""
        listed = searched("listed_before", self.text[max(0, begin - WORD) : begin])
        return name if len(name) >= WORD and listed else ""


@lru_cache(maxsize=16_384)
def _behind_verb(words: str) -> str:
    """Return what stands behind the last word that leads to a law; texts repeat theirs."""
    head = pattern("verb").match(words)
    return words[head.end() :] if head else words


@lru_cache(maxsize=16_384)
def _said(words: str) -> int:
    """Return where the last word ends that is no part of a title."""
    head = pattern("particle").match(words)
    return head.end() if head else 0


def _by_head(laws: Iterable[TitledInstrument]) -> dict[str, list[TitledInstrument]]:
    """Return the laws of a text, each once, by the first sign of their names; of many that begin alike a few."""
    found: dict[str, dict[str, TitledInstrument]] = {}
    for law in laws:
        if law.kind and len(found.setdefault(law.name[0], {})) < _ALIKE:
            found[law.name[0]].setdefault(law.name, law)
    return {sign: [*of.values()] for sign, of in found.items()}


def _thinned(name: str, title: str) -> bool:
    """Tell whether a name is a title with signs left out."""
    signs = iter(title)
    return len(name) < len(title) and all(sign in signs for sign in name)


def _tails_of(titles: Iterable[Title]) -> dict[str, TitledInstrument]:
    """Return what stands for each title of a text."""
    tails: dict[str, TitledInstrument] = {}
    for law in {title.instrument.name: title.instrument for title in titles}.values():
        _add_tails(tails, law)
    return tails


def _add_tails(tails: dict[str, TitledInstrument], law: TitledInstrument) -> None:
    """Add what may stand for a title: each end of it, and its beginning with the end, what is between left out."""
    name = law.name if law.kind else ""
    ends = [name[-length:] for length in range(HEAD + 1, min(len(name), _TAIL_SIGNS + 1))]
    kinds = [name[-length:] for length in (len(law.kind), len(law.kind) + HEAD) if name.endswith(law.kind)]
    heads = range(_HEAD, _TAIL_SIGNS - HEAD + 1)
    for tail in (*ends, *(name[:head] + end for end in kinds for head in heads if head + len(end) < len(name))):
        tails[tail] = either(tail, tails.get(tail), law)
