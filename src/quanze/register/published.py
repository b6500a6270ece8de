"""The published records on a day and what they are to each other: each look-up is worked out once, for all who ask."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from quanze.base.value import elements
from quanze.law.places import numbers
from quanze.register.backlinks import Backlink, backlinks
from quanze.register.catalog import LISTS
from quanze.register.life import Life, lives
from quanze.register.listing import listing
from quanze.register.roles import PROCEDURES, Roles, roles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.base.model import Record
    from quanze.law.citation import Citation
    from quanze.law.sanction import Sanction
    from quanze.register.catalog import Catalog
    from quanze.register.table import Listing

    Key = tuple[str, str]


def published(catalog: Catalog) -> Catalog:
    """Return a catalog without its drafts: the same one where it has none, with all that was looked up already."""
    known = lives(catalog)
    records = {
        name: {id_: one for id_, one in found.items() if not known[name].draft(one.data)}
        for name, found in catalog.records.items()
    }
    return catalog if records == catalog.records else replace(catalog, records=records)


@dataclass(frozen=True, eq=False)
class PublishedRegister:
    """What pages, search records and files of a site ask of its records."""

    catalog: Catalog
    """Of the published records alone."""
    at: str
    """The day on which the law is looked at."""
    _listings: dict[str, Listing] = field(default_factory=dict)
    _sanctions: dict[Key, tuple[Sanction, ...]] = field(default_factory=dict)
    _cited: dict[Key, tuple[Citation, ...]] = field(default_factory=dict)

    @cached_property
    def roles(self) -> Mapping[str, Roles]:
        """What the fields of each collection's form are."""
        return {name: roles(form) for name, form in self.catalog.forms.items()}

    @cached_property
    def lives(self) -> Mapping[str, Life]:
        """When the records of each collection are in effect."""
        return lives(self.catalog)

    def ended(self, record: Record) -> bool:
        """Tell whether a record is no longer in effect on the day."""
        return bool(self.lives[record.collection].ended(record.data, self.at))

    def procedure(self, record: Record) -> Record | None:
        """Return the procedure that a record follows."""
        return self.catalog.record(PROCEDURES, record.data.get(self.roles[record.collection].procedure, ""))

    def sanctions(self, record: Record) -> tuple[Sanction, ...]:
        """Return the sanctions of a power; several parts of its page ask for them."""
        key = record.collection, record.id
        if key not in self._sanctions:
            rows = elements(record.data.get(self.roles[record.collection].sanctions))
            self._sanctions[key] = tuple(map(self.catalog.sanction, rows))
        return self._sanctions[key]

    def cited(self, record: Record) -> tuple[Citation, ...]:
        """Return what a record cites as its basis, as `Catalog.proving` returns it."""
        key = record.collection, record.id
        if key not in self._cited:
            bases = elements(record.data.get(self.roles[record.collection].basis))
            cited = map(self.catalog.citation, bases)
            self._cited[key] = tuple(self.catalog.proving(record, one) for one in cited)
        return self._cited[key]

    def listing(self, record: Record) -> Listing:
        """Return a list, worked out."""
        if record.id not in self._listings:
            self._listings[record.id] = listing(self.catalog, record, self.at)
        return self._listings[record.id]

    @cached_property
    def backlinks(self) -> Mapping[Key, tuple[Backlink, ...]]:
        """Who refers to each record by a field whose form says where that is told."""
        return backlinks(self.catalog, self.at)

    @cached_property
    def powers(self) -> Mapping[Key, str]:
        """The type of every power that has not ended."""
        return {
            (one.collection, one.id): str(one.data.get(role.power, ""))
            for one in self.catalog
            if (role := self.roles[one.collection]).is_power and not self.ended(one)
        }

    @cached_property
    def memberships(self) -> Mapping[Key, tuple[tuple[Record, int], ...]]:
        """The lists in which each record stands, with its number there."""
        members: dict[Key, list[tuple[Record, int]]] = defaultdict(list)
        for list_record in self.catalog.records.get(LISTS, {}).values():
            for row in self.listing(list_record).rows:
                for record in row.records:
                    members[record.collection, record.id].append((list_record, row.number))
        return {key: tuple(rows) for key, rows in members.items()}

    def resting(self, law: str) -> tuple[Key, ...]:
        """Return the `powers` that cite an instrument, whatever the citation proves, each once."""
        cited = (occurrence.record for occurrence in self.catalog.citations.get(law, ()))
        keys = ((record.collection, record.id) for record in cited)
        return tuple(dict.fromkeys(key for key in keys if key in self.powers))

    @cached_property
    def articles(self) -> Mapping[tuple[str, int, str], Mapping[Key, str]]:
        """The `powers` that cite an article, by (instrument, article, what the citation proves)."""
        places: dict[tuple[str, int, str], dict[Key, str]] = defaultdict(dict)
        for id_, occurrences in self.catalog.citations.items():
            for occurrence in occurrences:
                key, citation = (occurrence.record.collection, occurrence.record.id), occurrence.value
                if key in self.powers:
                    for article in numbers(citation.article):
                        places[id_, article, citation.role][key] = self.powers[key]
        return dict(places)
