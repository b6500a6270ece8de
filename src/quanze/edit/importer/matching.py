"""Which record an item of a sheet is: by its id, its code, its name, or by likeness where it was called otherwise."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from quanze.edit.importer.merging import core
from quanze.edit.importer.words import plain
from quanze.form import kinds
from quanze.form.kinds.origin import RowOrigin
from quanze.law.codes import AssignedCode
from quanze.register.catalog import SUBITEM
from quanze.register.paths import value_at
from quanze.register.table import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Record, Value
    from quanze.edit.importer.draft import Draft
    from quanze.edit.importer.target import Head
    from quanze.form import Form
    from quanze.register.catalog import Catalog
    from quanze.register.table import Listing

_SURE, _LIKELY, _HALF = 0.85, 0.6, 0.45
_NEARLY, _MOST = 0.8, 0.5
"""What part of the rows of a sheet its next edition has at least: of one that is called otherwise, or the same."""
_MANY = 200_000
"""Pairs of names that are worth comparing letter by letter."""
_NEW = ""
_Source = tuple[str, str]
"""(file, sheet)."""


class Name(NamedTuple):
    """By what an item is known."""

    title: str
    part: str
    type: str


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What an item of the sheet is among the records."""

    row: Row | None = None
    """The record, or those that a list joins; None for a new one."""
    renamed: bool = False
    """Whether it was called otherwise."""
    maybe: Record | None = None
    """A record that it may be: asked, not taken."""


class Matching:
    """The records of a collection by all that a sheet may say of them."""

    def __init__(
        self, catalog: Catalog, form: Form, renamed: Mapping[str, str], only: Mapping[str, Value] | None = None
    ) -> None:
        """Take those records alone that say what `only` says: another edition of a directory has rows of its own."""
        self._form, self._renamed = form, {plain(name): id_ for name, id_ in renamed.items()}
        wanted = (only or {}).items()
        self._records = {
            id_: one
            for id_, one in catalog.records[form.collection].items()
            if all(one.data.get(name) == value for name, value in wanted)
        }
        self._basis = form.bases.name if form.bases else ""
        self._code = form.role(kinds.CODE)
        self._names: defaultdict[Name, list[str]] = defaultdict(list)
        self._codes: dict[str, str] = {}
        for id_, record in self._records.items():
            self._names[self.name(record.data)].append(id_)
            self._codes |= dict.fromkeys(_codes(record.data.get(self._code)), id_)
        self._seats: dict[str, dict[str, list[Record]]] = {}
        """By the list that is a matrix, its records by what they say at its side and on its top."""

    def name(self, data: Mapping[str, Value]) -> Name:
        """Return by what the data of a record is known."""
        kind = self._form.role(kinds.POWERTYPE)
        return Name(*(plain(str(data.get(one, ""))) for one in (self._form.title_field, SUBITEM, kind)))

    def find(self, drafts: Sequence[Draft]) -> dict[Draft, Found]:
        """Return what each item is; two that are the same record by their words are both told so."""
        found: dict[Draft, Found] = {}
        taken: set[str] = set()
        for draft in drafts:
            row = self._row(draft)
            if row:
                found[draft] = Found(row)
                taken.update(one.id for one in row.records)
        rest = [one for one in drafts if one not in found and not one.ids]
        found |= self._renames(rest, taken)
        return {draft: found.get(draft, Found()) for draft in drafts}

    def vanished(
        self, drafts: Sequence[Draft], found: Mapping[Draft, Found], ended: frozenset[str]
    ) -> Iterator[Record]:
        """Yield the records that came from these sheets the last time and are in them no longer."""
        here = {record.id for one in found.values() if one.row for record in one.row.records}
        here |= {one.maybe.id for one in found.values() if one.maybe}
        live = {id_: _origin(one)[:2] for id_, one in self._records.items() if id_ not in ended}
        sheets = self._sheets(drafts, here, live)
        for id_, source in live.items():
            if id_ not in here and source in sheets:
                yield self._records[id_]

    @staticmethod
    def _sheets(drafts: Sequence[Draft], here: set[str], live: Mapping[str, _Source]) -> set[_Source]:
        """Return the sheets whose next edition this is, by file and name; `here` are the records that are in it.

        A sheet is the next edition of one that it has nearly all of, or half of where it is called the same.
        """
        sheets = {(one.sheet.file, one.sheet.name) for one in drafts}
        names = {name for _, name in sheets}
        all_, again = Counter(live.values()), Counter(live[id_] for id_ in here & live.keys())
        return sheets | {
            one for one in again if any(one) and again[one] >= (_MOST if one[1] in names else _NEARLY) * all_[one]
        }

    def _row(self, draft: Draft) -> Row | None:
        if draft.ids:
            listed = _listed_rows(draft.item.head).get(draft.ids[0])
            if listed and {*draft.ids} <= {one.id for one in listed.records}:
                return listed
            record = self._records.get(draft.ids[0])
            return Row(0, (record,), {}) if record and len(draft.ids) == 1 else None
        listing = draft.item.head.listing
        if listing and (matrix := listing.definition.layout.matrix):
            seated = self._seated(listing, matrix[:2]).get(_seat(draft.data, matrix[:2]), [])
            return Row(0, tuple(seated), {}) if seated else None
        answered = self._renamed.get(plain(str(draft.data.get(self._form.title_field, ""))), None)
        ids = (
            [answered]
            if answered
            else [self._codes[one] for one in _codes(draft.data.get(self._code)) if one in self._codes]
        )
        if not ids and draft.data.get(self._form.title_field):
            ids = self._names.get(self.name(draft.data), [])
        if len({*ids}) == 1 and ids[0] in self._records:
            return _listed_rows(draft.item.head).get(ids[0]) or Row(0, (self._records[ids[0]],), {})
        return None

    def _seated(self, listing: Listing, paths: tuple[str, str]) -> Mapping[str, list[Record]]:
        """Return the records that stand in a matrix by what they say at the side and on top."""
        if listing.record.id not in self._seats:
            found = self._seats[listing.record.id] = defaultdict(list)
            for record in sorted(listing.counted, key=lambda one: one.id):
                found[_seat(record.data, paths)].append(record)
        return self._seats[listing.record.id]

    def _renames(self, drafts: Sequence[Draft], taken: set[str]) -> dict[Draft, Found]:
        """Match what is left with the records of the same sheet that no item is, the most alike first."""
        live = {id_: _origin(one)[:2] for id_, one in self._records.items()}
        sheets = self._sheets(drafts, taken, live)
        old = [one for id_, one in self._records.items() if id_ not in taken and live[id_] in sheets]
        if len(old) * len(drafts) > _MANY:
            return {}
        pairs = []
        for draft in drafts:
            name = self.name(draft.data)
            if not name.title or self._renamed.get(name.title) == _NEW:
                continue
            for record in old:
                likeness = self._likeness(draft, name, record)
                if likeness:
                    pairs.append((likeness, -draft.row, record.id, draft))
        found: dict[Draft, Found] = {}
        for likeness, _, id_, draft in sorted(pairs, key=lambda one: one[:3], reverse=True):
            if draft in found or id_ in taken:
                continue
            taken.add(id_)
            record = self._records[id_]
            found[draft] = Found(Row(0, (record,), {}), renamed=True) if likeness >= 1 else Found(maybe=record)
        return found

    def _likeness(self, draft: Draft, name: Name, record: Record) -> float:
        """Return how sure it is that an item is a record under another name: from 1 on it is taken, 0 is no."""
        then = self.name(record.data)
        if then.type and name.type and then.type != name.type:
            return 0
        ratio = difflib.SequenceMatcher(None, name.title + name.part, then.title + then.part).ratio()
        basis = bool(self._basis) and core(draft.data.get(self._basis)) == core(record.data.get(self._basis)) != ()
        stood = _origin(record)[2] == draft.row
        if ratio >= _SURE or (basis and ratio >= _LIKELY) or (basis and stood and ratio >= _HALF):
            return 1 + ratio
        return ratio if ratio >= _LIKELY or (ratio >= _HALF and (basis or stood)) or (basis and stood) else 0


def _seat(data: Mapping[str, Value], paths: tuple[str, str]) -> str:
    return "\n".join(plain(str(value_at(data, path))) for path in paths)


def _listed_rows(head: Head) -> Mapping[str, Row]:
    rows = head.listing.rows if head.listing else ()
    return {one.id: row for row in rows for one in row.records}


def _origin(record: Record) -> tuple[str, str, int]:
    origin = RowOrigin.of(value_at(record.data, kinds.ORIGIN.name))
    return origin.file, origin.sheet, origin.row


def _codes(value: Value) -> Iterable[str]:
    for one in value if isinstance(value, list) else [value]:
        code = AssignedCode.of(one).code
        if code:
            yield code
