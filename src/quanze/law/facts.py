"""What a record of `laws` says of the law itself: the same for every bureau, so that one can take it from another.

Which version's numbers the citations of a catalog speak, when it adopted them, and where it keeps the wording are its
own affairs and no facts of the law.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quanze.base.value import rows, text, texts
from quanze.law.citation import NUMBER
from quanze.law.instrument import (
    DOUBT,
    KINDS,
    MAKER,
    NUMBERS,
    OFFICIAL,
    RANK,
    REPEALED,
    SHORT,
    SUCCESSORS,
    UNVERIFIED,
    VERSIONS,
)
from quanze.law.version import ADOPTED, IN_FORCE, LAST, MAP, NAME, PENALTIES, PROMULGATED, STRUCTURE, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quanze.base.model import Document, Value

_OF_LAW = (RANK, MAKER, KINDS, DOUBT, REPEALED, SUCCESSORS, OFFICIAL)
_OF_VERSION = (PROMULGATED, IN_FORCE, NUMBER, LAST, STRUCTURE, PENALTIES, MAP)


class Fact(NamedTuple):
    """Which fact: a field of the law itself, where no version is named, or of one of its versions."""

    version: str
    field: str

    def __str__(self) -> str:
        """Return its name as it is told: 2021年修正的结构."""
        return f"{self.version}的{self.field}" if self.version else self.field


def facts(data: Document, titles: Mapping[str, str]) -> dict[Fact, Value]:
    """Return the facts that a record tells; `titles` are those of the laws by id, as ids differ between registers."""
    found: dict[Fact, Value] = {Fact("", name): data[name] for name in _OF_LAW if name in data}
    heirs = [titles.get(id_, id_) for id_ in texts(data.get(SUCCESSORS))]
    if heirs:
        found[Fact("", SUCCESSORS)] = [*heirs]
    for row in versions(data):
        for name in _OF_VERSION:
            if name in row:
                found[Fact(text(row[NAME]), name)] = (
                    " ".join(text(row[name]).split()) if name == STRUCTURE else row[name]
                )
    return found


def versions(data: Document) -> list[Mapping[str, Value]]:
    """Return the versions of a record that somebody has looked up."""
    return [row for row in rows(data.get(VERSIONS)) if text(row.get(NAME)) not in {"", UNVERIFIED}]


def version(row: Mapping[str, Value]) -> dict[str, Value]:
    """Return what a version of another register says of the law, without what is that register's own."""
    return {name: value for name, value in row.items() if name not in {ADOPTED, TEXT}}


def law(data: Document, ids: Mapping[str, str], known: Iterable[str]) -> dict[str, Value]:
    """Return the record of a law that is new here.

    `ids` are the ids here by title; the abbreviations that are `known` already as another law's are left out.
    """
    told = {name: value for name, value in data.items() if name not in {"id", NUMBERS, TEXT}}
    told[VERSIONS] = [version(row) for row in rows(data.get(VERSIONS))]
    for name, values in (
        (SHORT, [one for one in texts(data.get(SHORT)) if one not in {*known}]),
        (SUCCESSORS, [ids[one] for one in texts(data.get(SUCCESSORS)) if one in ids]),
    ):
        if values:
            told[name] = [*values]
        else:
            told.pop(name, None)
    return told
