"""What the page of a power, or of a list of powers, is made of, as one digest: where it is the same, so is the page.

Said too much, a page is made again for nothing; said too little, it would be wrong. So all that are no powers count
whole, and of the other powers those that the power names or is named by, or that are named with it; of those that
cite the same articles, what their links show. `tests/test_page_keys.py` watches what pages read.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from quanze.base.value import gather_texts
from quanze.form import kinds
from quanze.law.citation import DUTY, PENALTY, POWER
from quanze.law.places import numbers
from quanze.register.inputs import digest, of_record, shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quanze.base.model import Record
    from quanze.form import Field
    from quanze.history.timeline import RecordVersion
    from quanze.site.publish import Site

    Key = tuple[str, str]

_WIDE = frozenset({kinds.SELECT, kinds.STATISTIC})
"""What stands for any number of records, or for a figure of all: a form with such a field says too little of itself."""


@dataclass(frozen=True, eq=False)
class PageKeys:
    """The digests of a site's pages of powers."""

    site: Site
    _known: dict[Key, bytes] = field(default_factory=dict)
    _whole: dict[Key, bytes] = field(default_factory=dict)
    _citing: dict[tuple[str, int], bytes] = field(default_factory=dict)

    def warm(self) -> None:
        """Work out every key once, before the work is divided among processes: lists ask for those of their powers."""
        for one in self.site.shown:
            if self.covers(one):
                self.of(one)

    def covers(self, record: Record) -> bool:
        """Tell whether a record is one of those whose pages are known by a digest."""
        return record.collection in self._powers

    def of_list(self, record: Record) -> bytes:
        """Return the digest of all that the pages of a list and its files are made of.

        Empty where it has other records, or tells a figure of all: nobody knows.
        """
        this = self.site.context.listing(record)
        columns = (column.field for column in (*this.columns, *this.short) if column.field)
        powers = [one for row in this.rows for one in row.records]
        if _wide((*this.form.fields.values(), *columns)) or not all(map(self.covers, powers)):
            return b""
        return digest(self.base, record.path, self.site.updated.get(record.path, ""), [*map(self.of, powers)])

    def of(self, record: Record) -> bytes:
        """Return the digest of all that the page of a power and the files beside it are made of."""
        key = record.collection, record.id
        if key not in self._known:
            self._known[key] = self._made_of(record)
        return self._known[key]

    def _made_of(self, record: Record) -> bytes:
        key, site = (record.collection, record.id), self.site
        register = site.context.register
        cited = (*register.cited(record), *(one for row in register.sanctions(record) for one in row.bases))
        laws = ((law.instrument.id, one) for one in cited if (law := site.context.law(one.law)))
        named = ((id_, article) for id_, one in laws for article in numbers(one.article))
        return digest(
            self.base,
            key,
            record.path,
            site.updated.get(record.path, ""),
            self._of(record),
            [self._of(one) for one in self._beside(record)],
            [self._of_article(one) for one in dict.fromkeys(named)],
            [(one.id, number) for one, number in register.memberships.get(key, ())],
            [_told(record, one) for one in site.past.timeline.versions(key)],
            any(record.path in gap.paths for gap in site.history.gaps),
        )

    @cached_property
    def base(self) -> bytes:
        """What every page may tell: day, settings, forms, texts, all other records, and the powers that they name."""
        catalog = self.site.catalog
        ids = {id_ for one in catalog if not self.covers(one) for id_ in self._names(one)}
        return digest(
            shared(catalog, self.site.at, self._powers),
            [self._of(one) for id_ in sorted(ids) for one in self._by_id[id_]],
            [gap for gap in self.site.history.gaps if not gap.paths],
        )

    @cached_property
    def _powers(self) -> frozenset[str]:
        """The collections of powers whose forms say of themselves all that is on their pages."""
        roles = self.site.context.roles
        return frozenset(
            name
            for name, form in self.site.catalog.forms.items()
            if name in roles and roles[name].is_power and not _wide(form.fields.values())
        )

    @cached_property
    def _by_id(self) -> Mapping[str, list[Record]]:
        found: dict[str, list[Record]] = defaultdict(list)
        for one in self.site.catalog:
            if self.covers(one):
                found[one.id].append(one)
        return found

    def _names(self, record: Record) -> frozenset[str]:
        """Return the ids of powers that stand anywhere in a record."""
        return _names(record.data.values(), self._by_id) - ({record.id} if self.covers(record) else set())

    @cached_property
    def _named(self) -> Mapping[str, frozenset[str]]:
        """Which powers each power names, or is named by."""
        found: dict[str, set[str]] = defaultdict(set)
        for records in self._by_id.values():
            for one in records:
                for id_ in self._names(one):
                    found[one.id].add(id_)
                    found[id_].add(one.id)
        return {id_: frozenset(ids) for id_, ids in found.items()}

    def _beside(self, record: Record) -> Iterable[Record]:
        """Yield the powers that a power names or once named, that name it, and those beside these in the same way."""
        near = set(self._named.get(record.id, ()))
        for one in self.site.past.timeline.versions((record.collection, record.id)):
            for document in (one.before, one.document):
                if document is not record.data:
                    near |= _names(document.values(), self._by_id)
        far = {id_ for one in near for id_ in self._named.get(one, ())}
        for id_ in sorted((near | far) - {record.id}):
            yield from self._by_id[id_]

    def _of(self, record: Record) -> bytes:
        key = record.collection, record.id
        if key not in self._whole:
            self._whole[key] = of_record(record)
        return self._whole[key]

    def _of_article(self, article: tuple[str, int]) -> bytes:
        """Return what the links to those show that cite an article, by what their citations prove."""
        if article not in self._citing:
            found = self.site.context.register.articles
            catalog = self.site.shown
            self._citing[article] = digest(
                article,
                [
                    [
                        (key, type_, catalog.title(catalog.records[key[0]][key[1]]))
                        for key, type_ in found.get((*article, proof), {}).items()
                    ]
                    for proof in (DUTY, POWER, PENALTY)
                ],
            )
        return self._citing[article]


def _wide(fields: Iterable[Field]) -> bool:
    return any(part.kind in _WIDE for one in fields for part in (one, *one.fields.values()))


def _names(values: Iterable[object], ids: Mapping[str, object]) -> frozenset[str]:
    found: set[str] = set()
    gather_texts(values, found)
    return frozenset(found & ids.keys())


def _told(record: Record, one: RecordVersion) -> tuple[object, ...]:
    """Return a version; what it says where that is not what the record says."""
    documents = [None if document == record.data else document for document in (one.before, one.document)]
    return one.event, one.status, one.start, one.end, documents
