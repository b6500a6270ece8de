"""What the page of a record, or a row of a list, is made of, as one digest: where it is the same, so is the page.

Said too much, a page is made again for nothing; said too little, it would be wrong. So all that are no powers count
whole, and of the other powers those that the power names or is named by, or that are named with it; of those that
cite the same articles, what its page shows of them. A record that is no power counts with every power that names or
cites it. The day counts as what it changes: records with which of the days in them have come (`register.inputs`), laws
with which of their versions are young; where a page tells the day itself, it is put in when the page is written
(`site.today`). `tests/test_page_keys.py` watches what pages read.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from quanze.base.value import gather_texts
from quanze.form import kinds
from quanze.io.store import Pieces
from quanze.register.catalog import LAWS
from quanze.register.digest import digest
from quanze.register.inputs import DayInputs
from quanze.site.pages.related import related
from quanze.site.pages.transition import punishable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from contextlib import AbstractContextManager

    from quanze.base.model import Record
    from quanze.form import Field
    from quanze.history import History
    from quanze.history.timeline import RecordVersion
    from quanze.io.store import Store
    from quanze.register.catalog import Catalog
    from quanze.register.table import Listing, Row
    from quanze.site.history_pages import Past
    from quanze.site.pages.context import RenderContext

    Key = tuple[str, str]

_WIDE = frozenset({kinds.SELECT, kinds.STATISTIC})
"""What stands for any number of records, or for a figure of all: a form with such a field says too little of itself."""


class PageSources(Protocol):
    """What pages are made of: a site, which is made of their keys in turn."""

    @property
    def catalog(self) -> Catalog:
        """Everything, drafts too."""

    @property
    def shown(self) -> Catalog:
        """What is published."""

    @property
    def at(self) -> str:
        """The day on which the law was looked at."""

    @property
    def updated(self) -> Mapping[str, str]:
        """The moment of the last change by path."""

    @property
    def history(self) -> History:
        """The history of the register."""

    @property
    def past(self) -> Past:
        """What is told of the history."""

    @property
    def context(self) -> RenderContext:
        """What the pages of records share."""

    @property
    def kept(self) -> Store | None:
        """What was worked out before, where it is kept."""


@dataclass(frozen=True, eq=False)
class PageKeys:
    """The digests of a site's pages."""

    site: PageSources
    _known: dict[Key, bytes] = field(default_factory=dict)

    def warm(self) -> None:
        """Work out every key once, before the work is divided among processes: lists ask for those of their powers."""
        for one in self.site.shown:
            if self.covers(one):
                self.of(one)

    def covers(self, record: Record) -> bool:
        """Tell whether a record is one of those whose pages are known by a digest."""
        return record.collection in self._powers

    def of_other(self, record: Record) -> bytes:
        """Return the digest of all that the page of a record that is no power and the files beside it are made of.

        Empty where it, or one that is told on its page, tells of any number of records: nobody knows.
        """
        key, catalog = (record.collection, record.id), self.site.shown
        links = self.site.context.register.backlinks.get(key, ())
        told = {record.collection, *(link.record.collection for link in links)}
        if any(_wide(catalog.forms[name].fields.values()) for name in told):
            return b""
        return digest(self.base, self._apart(record), [*map(self.of, self._reaching(record))])

    @staticmethod
    def tells(listing: Listing) -> bool:
        """Tell whether a list says what its rows are made of: nothing in it hangs on any number of records."""
        columns = (column.field for column in (*listing.columns, *listing.short) if column.field)
        return not _wide((*listing.form.fields.values(), *columns))

    def of_row(self, row: Row) -> bytes:
        """Return the digest of all that a row of a list is made of; empty where it has other records than powers."""
        if not all(map(self.covers, row.records)):
            return b""
        return digest(self.base, row.number, row.part, row.heading, [*map(self.of, row.records)])

    def pieces(self, slot: str) -> AbstractContextManager[Pieces]:
        """Give what was kept piece by piece; nothing where the site keeps nothing."""
        return self.site.kept.pieces(slot) if self.site.kept else nullcontext(Pieces())

    def of_list(self, record: Record) -> bytes:
        """Return the digest of all that the pages of a list and its files are made of.

        Empty where it has other records, or tells a figure of all: nobody knows.
        """
        listing = self.site.context.listing(record)
        powers = [one for row in listing.rows for one in row.records]
        if not self.tells(listing) or not all(map(self.covers, powers)):
            return b""
        return digest(self.base, record.path, self.site.updated.get(record.path, ""), [*map(self.of, powers)])

    def of(self, record: Record) -> bytes:
        """Return the digest of all that the page of a power and the files beside it are made of."""
        key = record.collection, record.id
        if key not in self._known:
            self._known[key] = self._made_of(record)
        return self._known[key]

    def _made_of(self, record: Record) -> bytes:
        context = self.site.context
        return digest(
            self.base,
            self._apart(record),
            [self._of(one) for one in self._beside(record)],
            related(context, record),
            [(one.id, number) for one, number in context.register.memberships.get((record.collection, record.id), ())],
        )

    def _apart(self, record: Record) -> bytes:
        """Return the digest of a record by itself: what it says and said, and when."""
        key, site = (record.collection, record.id), self.site
        checked = site.context.register.lives[record.collection].checked(record.data)
        return digest(
            key,
            site.updated.get(record.path, ""),
            self._of(record),
            checked == site.at,
            [_told(record, version) for version in site.past.timeline.versions(key)],
            any(record.path in gap.paths for gap in site.history.gaps),
        )

    @cached_property
    def base(self) -> bytes:
        """What every page may tell: settings, forms, texts, all other records, and the powers that they name."""
        catalog, since = self.site.catalog, punishable(self.site.at)
        ids = {id_ for one in catalog if not self.covers(one) for id_ in _names(one.data.values(), self._by_id)}
        return digest(
            self._inputs.shared(self._powers),
            [[one.in_force > since for one in law.versions] for law in catalog.instruments.values()],
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

    @cached_property
    def _texts(self) -> Mapping[str, frozenset[str]]:
        """Which ids, of whatever records, stand anywhere in the powers with an id."""
        ids = {one.id: one for one in self.site.catalog}
        values = {id_: [value for one in found for value in one.data.values()] for id_, found in self._by_id.items()}
        return {id_: _names(found, ids) for id_, found in values.items()}

    def _reaching(self, record: Record) -> Iterable[Record]:
        """Return the published powers that name or cite a record that is none."""
        citing = self.site.shown.citations.get(record.id, ()) if record.collection == LAWS else ()
        found = (*self._naming.get(record.id, ()), *(one.record for one in citing if self.covers(one.record)))
        return {(one.collection, one.id): one for one in found}.values()

    @cached_property
    def _naming(self) -> Mapping[str, list[Record]]:
        """The published powers that name an id."""
        found: dict[str, list[Record]] = defaultdict(list)
        for one in filter(self.covers, self.site.shown):
            for id_ in self._texts[one.id]:
                found[id_].append(one)
        return found

    @cached_property
    def _named(self) -> Mapping[str, frozenset[str]]:
        """Which powers each power names, or is named by."""
        found: dict[str, set[str]] = defaultdict(set)
        for own, ids in self._texts.items():
            for id_ in ids & self._by_id.keys():
                found[own].add(id_)
                found[id_].add(own)
        return {id_: frozenset(ids) for id_, ids in found.items()}

    def _beside(self, record: Record) -> Iterable[Record]:
        """Yield the powers that a power names or once named, that name it, and those beside these in the same way."""
        near = set(self._named.get(record.id, ()))
        for one in self.site.past.timeline.versions((record.collection, record.id)):
            for document in (one.before, one.document):
                if document is not record.data:
                    near |= _names(document.values(), self._by_id)
        far = {id_ for one in near - {record.id} for id_ in self._named.get(one, ())}
        for id_ in sorted((near | far) - {record.id}):
            yield from self._by_id[id_]

    @cached_property
    def _inputs(self) -> DayInputs:
        return DayInputs(self.site.catalog, self.site.at)

    def _of(self, record: Record) -> tuple[object, ...]:
        return self._inputs.of(record)


def _wide(fields: Iterable[Field]) -> bool:
    return any(part.kind in _WIDE for one in fields for part in (one, *one.fields.values()))


def _names(values: Iterable[object], ids: Mapping[str, object]) -> frozenset[str]:
    found: set[str] = set()
    gather_texts(values, found)
    return frozenset(found & ids.keys())


def _told(record: Record, version: RecordVersion) -> tuple[object, ...]:
    """Return a version; what it says where that is not what the record says."""
    documents = [None if document == record.data else document for document in (version.before, version.document)]
    return version.event, version.status, version.start, version.end, documents
