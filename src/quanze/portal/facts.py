"""What a portal knows of one register: its powers and what they rest on, laws, lists; plain data, to be kept."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import NamedTuple, TypeVar

from quanze.base.value import elements, number, text, texts

Fact = TypeVar("Fact", bound=Hashable)


class PowerBasis(NamedTuple):
    """One place of an instrument on which a power rests, or by which it punishes."""

    law: str
    """The title without the name of the state: by it the laws of different registers are one."""
    version: str
    """The day of promulgation of the version whose numbers are meant; its name where no day is known, or empty."""
    article: str
    """97, or 134之1; empty where the whole instrument is cited."""
    paragraph: int
    item: int
    role: str
    told: str
    """第九十七条第一款第三项."""
    state: str
    """What it says of a provision that does not apply as it stands; mostly empty."""


class PowerRange(NamedTuple):
    """One sanction of a power."""

    when: str
    """In which circumstance it meets whom."""
    what: str
    """Its penalties and orders."""
    fine: str
    """The range of its fine, in words; empty where it has none."""
    places: tuple[str, ...]
    """The articles that it names, as `article_key` writes them."""

    @classmethod
    def of(cls, kept: object) -> PowerRange:
        """Return the sanction that a kept list tells."""
        when, what, fine, places = elements(kept)
        return cls(text(when), text(what), text(fine), texts(places))


class PowerSide(NamedTuple):
    """What a register says beside a power: the tiers of discretion of a sanction, a circumstance that is let off."""

    title: str
    path: str
    """The record's page, from the register's root."""
    lines: tuple[str, ...]
    places: tuple[str, ...]
    """The articles that it names; empty where it names none."""

    @classmethod
    def of(cls, kept: object) -> PowerSide:
        """Return the record that a kept list tells."""
        title, path, lines, places = elements(kept)
        return cls(text(title), text(path), texts(lines), texts(places))


class Power(NamedTuple):
    """One power."""

    path: str
    """Its page, from the register's root."""
    title: str
    type: str
    status: str
    ended: bool
    bodies: tuple[str, ...]
    bases: tuple[PowerBasis, ...]
    ranges: tuple[PowerRange, ...]
    tiers: tuple[PowerSide, ...]
    exemptions: tuple[PowerSide, ...]

    @classmethod
    def of(cls, kept: object) -> Power:
        """Return the power that a kept list tells."""
        path, title, type_, status, ended, bodies, bases, ranges, tiers, exemptions = elements(kept)
        return cls(
            text(path),
            text(title),
            text(type_),
            text(status),
            ended is True,
            texts(bodies),
            tuple(_same(PowerBasis._make(elements(element))) for element in elements(bases)),
            tuple(map(PowerRange.of, elements(ranges))),
            tuple(map(PowerSide.of, elements(tiers))),
            tuple(map(PowerSide.of, elements(exemptions))),
        )


class AdoptedFact(NamedTuple):
    """A record that a register takes over from a superior's, as it says itself."""

    path: str
    """Its page, from the register's root."""
    title: str
    body: str
    """The superior's full name."""
    there: str
    """The record's page in the superior's register."""
    dated: str
    """The day of the state that was taken; empty where it is not told."""
    digest: str
    own: tuple[str, ...]
    """The fields that are not the superior's."""
    above: tuple[str, ...]
    """From whom the superior has it, the nearest first."""

    @classmethod
    def of(cls, kept: object) -> AdoptedFact:
        """Return the record that a kept list tells."""
        path, title, body, there, dated, digest, own, above = elements(kept)
        where = text(path), text(title), text(body), text(there)
        return cls(*where, text(dated), text(digest), texts(own), texts(above))


class VersionFact(NamedTuple):
    """One version of an instrument as a register has it."""

    name: str
    promulgated: str
    in_force: str
    document: str
    """The number of the document that promulgated it."""
    articles: int
    """0 where nobody counted."""
    structure: str
    map: tuple[str, ...]
    """旧 → 新（变化）, one for each row."""

    @classmethod
    def of(cls, kept: object) -> VersionFact:
        """Return the version that a kept list tells."""
        name, promulgated, in_force, document, articles, structure, moves = elements(kept)
        days = text(promulgated), text(in_force)
        return cls(text(name), *days, text(document), number(articles), text(structure), texts(moves))


class LawFact(NamedTuple):
    """An instrument as a register has it."""

    id: str
    title: str
    """Without the name of the state."""
    rank: str
    repealed: str
    numbers: str
    """The version whose numbers its citations speak."""
    versions: tuple[VersionFact, ...]

    @classmethod
    def of(cls, kept: object) -> LawFact:
        """Return the instrument that a kept list tells."""
        id_, title, rank, repealed, numbers, versions = elements(kept)
        kept = tuple(map(VersionFact.of, elements(versions)))
        law: LawFact = _same(cls(text(id_), text(title), text(rank), text(repealed), text(numbers), kept))
        return law


class ListFact(NamedTuple):
    """A list that a register publishes."""

    path: str
    title: str
    kind: str
    """What is listed: the collection."""
    kind_title: str
    nature: str
    publisher: str
    rows: int


class RecordFact(NamedTuple):
    """A record of a collection of which a list is made, by its name alone."""

    path: str
    title: str
    ended: bool


@lru_cache(maxsize=1 << 18)
def _same(fact: Fact) -> Fact:
    """Return an equal fact that was told before: registers of one province say the same of the same laws."""
    return fact


def article_key(law: str, article: str) -> str:
    """Return how an article is told from all others: 安全生产法#97."""
    return f"{law}#{article}"
