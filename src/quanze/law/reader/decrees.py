"""Laws named by the number of their promulgation alone: 国务院令第493号, 国务院第493号令, 财资〔2022〕136号."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.reader.folding import plain
from quanze.law.reader.lexicon import DATA, STATE, pattern, searched, value

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Iterable, Iterator, Mapping

ORDER = "令"
"""The class of what is named by the number of a decree that nobody knows."""
_LOOK = 30
"""The name of who issued it is no longer."""
_SURE = 3
"""A name that is known and not shorter ends no other's."""
_MAKERS: Mapping[str, str] = DATA["makers"]
_SPELT: dict[str, list[str]] = defaultdict(list)
for _short, _full in _MAKERS.items():
    _SPELT[_full].append(_short)
_ENDING: dict[str, list[str]] = defaultdict(list)
"""The known names by their last sign, the longest first."""
for _name in sorted({*_MAKERS, *_MAKERS.values()}, key=len, reverse=True):
    _ENDING[_name[-1]].append(_name)


class Decree(NamedTuple):
    """A number in a text, with the instruments of the register that it is one of."""

    start: int
    end: int
    keys: tuple[str, ...]
    name: str
    """As one writes it: 国务院令第493号."""
    day: str
    """The day, or the year, of the version that it names; empty where it names none."""


class Decrees:
    """The numbers of a register's instruments, made once for many texts."""

    def __init__(self, numbers: Iterable[tuple[str, str, str]]) -> None:
        """Take (key, number, day of the version that it is of, empty where it is of the instrument as such)."""
        self._known: dict[tuple[str, int], list[tuple[str, str, str]]] = defaultdict(list)
        for key, written, day in numbers:
            text = plain(written)
            for match in pattern("decree").finditer(text):
                infix, what, number, _ = _parts(match)
                maker = infix or text[: match.start()].removeprefix(STATE)
                self._known[what, number] += [(spelt, key, day) for spelt in _spellings(maker)]

    def find(self, text: str, breaks: Collection[int] = ()) -> Iterator[Decree]:
        """Yield the numbers in a folded text: those of the register, and decrees by whoever may issue one.

        `breaks` are the places before which a line begins: no name that nobody knows goes over one.
        """
        for match in pattern("decree").finditer(text) if "号" in text else ():
            infix, what, number, year = _parts(match)
            before = text[max(0, match.start() - _LOOK) : match.start()]
            found = self._named(infix or before, what, number)
            signs = range(match.start() - 1, match.start() - len(before), -1) if breaks else ()
            line = next((at for at in signs if at in breaks), 0)
            own = before[line - match.start() :] if line and not infix else infix or before
            maker = found[0][0] if found else _issuer(infix or before, own) if what == ORDER else ""
            if not maker or searched("decree_others", infix or before):
                continue
            start = match.start() - len(maker) * (not infix)
            told = searched("decree_before", text[max(0, start - _LOOK) : start])
            if told and told[0]:
                start, year = start - len(told[0]), year or told[1] or ""
            same = [one for one in found if not year or not one[2] or one[2].startswith(year)]
            if found and not same and what != ORDER:
                continue
            name = f"{_MAKERS.get(maker, maker)}{what}第{number}号" if what == ORDER else text[start : match.end()]
            keys = tuple(dict.fromkeys(key for _, key, _ in same))
            days = {day for _, _, day in same if day}
            yield Decree(start, match.end(), keys, name, days.pop() if len(keys) == len(days) == 1 else year)

    def _named(self, before: str, what: str, number: int) -> list[tuple[str, str, str]]:
        """Return what is known of a number of the maker whose name ends a text, under its longest name."""
        found = [one for one in self._known.get((what, number), ()) if before.endswith(one[0])]
        longest = max((len(one[0]) for one in found), default=0)
        return [one for one in found if len(one[0]) == longest]


def _parts(match: re.Match[str]) -> tuple[str, str, int, str]:
    """Return (maker within, what it is, number, year) of a number."""
    what, bracketed, year, of_year, in_year, bare, first, infix, document, last = match.groups()
    number = value(bracketed or of_year or bare or first or last)
    return infix or "", f"({document})" if document else what or ORDER, number, year or in_year or ""


def _spellings(maker: str) -> list[str]:
    """Return the ways in which a maker's name is written."""
    full = _MAKERS.get(maker, maker)
    both = {maker, full, *_SPELT.get(full, ())}
    return sorted({name for one in both for name in (one, one.replace("人民政府", "政府")) if name})


@lru_cache(maxsize=4096)
def _issuer(before: str, line: str) -> str:
    """Return who issues a decree at the end of a text, of its last line if they are not known; empty if nobody."""
    known = next((one for one in _ENDING.get(before[-1:], ()) if before.endswith(one)), "")
    if len(known) >= _SURE:
        return known
    head = pattern("verb").match(line)
    name = line[head.end() if head else 0 :]
    lead = pattern("decree_lead").match(name)
    name = pattern("decree_several").split(name[lead.end() if lead else 0 :])[-1]
    return name if name == known or pattern("decree_maker").match(name) else ""
