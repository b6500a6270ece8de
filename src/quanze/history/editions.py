"""Editions of a list (版次): the list as it stood in the commit that an edition names, or on any day.

A catalog of an earlier year is read as plain documents. Where one does not fit today's form, its values are told as
they were written; no old document can break a page of today.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from quanze.base.model import Record
from quanze.base.problem import Fault
from quanze.history.recorded import documents
from quanze.history.walk import key_of
from quanze.history.wording import ChangeWording, plain
from quanze.io import git
from quanze.register.adopted import files_of
from quanze.register.catalog import LAWS, LISTS, Catalog
from quanze.register.definition import ListDefinition
from quanze.register.life import Life
from quanze.register.listing import listing
from quanze.register.paths import value_at
from quanze.register.tree import CATALOG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from quanze.base.model import Value
    from quanze.form.kinds import Look
    from quanze.register.table import Listing, Row

    Key = tuple[str, str]
    Document = Mapping[str, Value]


@dataclass(frozen=True)
class ListSnapshot:
    """A list as it stood in a commit."""

    commit: git.Commit
    catalog: Catalog
    """All published records as they stood then."""
    listing: Listing
    look: Look


@dataclass(frozen=True)
class Archive:
    """The catalog of any commit, read once."""

    catalog: Catalog
    """Today's, drafts included."""
    dirty: frozenset[str]
    """The files that differ from the newest commit."""
    looking: Callable[[Catalog], Look]
    """Makes the look-ups of a catalog."""

    @cached_property
    def _states(self) -> dict[str, tuple[git.Commit, Catalog]]:
        return {}

    def state(self, when: str) -> tuple[git.Commit, Catalog]:
        """Return a commit and its catalog; a Fault where the revision, tag or day names none that is here."""
        commit = git.resolve(self.catalog.root, when)
        if commit.id not in self._states:
            self._states[commit.id] = commit, self._catalog(commit.id)
        return self._states[commit.id]

    def snapshot(self, list_: str, when: str) -> ListSnapshot:
        """Return a list as recorded in a revision or tag, or by the end of a day; a Fault where it was not there."""
        commit, then = self.state(when)
        record = then.record(LISTS, list_)
        if record is None:
            raise Fault(f"提交 {commit.id[:12]}（{commit.date}）里还没有清单「{list_}」")
        look = self.looking(then)
        return ListSnapshot(commit, then, self._listing(then, record, look, commit.date), look)

    def _catalog(self, commit: str) -> Catalog:
        records: dict[str, dict[str, Record]] = {name: {} for name in self.catalog.records}
        for (collection, id_), (path, data) in sorted(self._documents(commit).items()):
            form = self.catalog.forms.get(collection)
            if collection not in records or form is None or Life.of(form).draft(data):
                continue
            if collection == LAWS and not self.catalog.forms[LAWS].validator.fits(data):
                today = self.catalog.record(LAWS, id_)
                data = today.data if today else {}  # noqa: PLW2901
            if data:
                records[collection][id_] = Record(collection, id_, path, data)
        return replace(self.catalog, records=records, broken=frozenset())

    def _documents(self, commit: str) -> Mapping[Key, tuple[str, Document]]:
        """Return every record's file and document in a commit; only files that differ from today's are read."""
        root = self.catalog.root
        now = git.files(root, "HEAD", CATALOG)
        today = {record.path: record for record in self.catalog if self.dirty.isdisjoint(files_of(record))}
        held = git.files(root, commit, CATALOG)
        then = {path: blob for path, blob in held.items() if key_of(path)}
        known = {
            path: today[path].data
            for path in then
            if path in today and all(now.get(file) == held.get(file) for file in files_of(today[path]))
        }
        other = [path for path in then if path not in known]
        known |= zip(other, documents(root, ((commit, path) for path in other)), strict=True)
        own: dict[Key, tuple[str, Document]] = {}
        for path in sorted(known):
            key = key_of(path)
            if key:
                own.setdefault(key, (path, known[path]))
        return own

    def _listing(self, then: Catalog, record: Record, look: Look, at: str) -> Listing:
        """Work out an old list; what its definition says that today's form refuses, today's definition says."""
        wording = ChangeWording(self.catalog.forms, look)
        today = self.catalog.record(LISTS, record.id)
        sound = {name: value for name, value in record.data.items() if wording.fits(LISTS, name, value)}
        needed = [name for name, field in self.catalog.forms[LISTS].fields.items() if field.required]
        data = {**{name: today.data[name] for name in needed if today and name in today.data}, **sound}
        if not data.keys() >= {*needed} or ListDefinition.of(data).collection not in then.records:
            raise Fault(f"清单「{record.id}」当时的定义和现在的表单差得太多，无法再现")
        made = listing(then, replace(record, data=data), at)
        return replace(made, rows=tuple(_row(made, row, wording) for row in made.rows))


def _row(made: Listing, row: Row, wording: ChangeWording) -> Row:
    """Tell the values that today's form refuses as they were written."""
    return replace(row, rewritten={**dict(_unfit(made, row, wording)), **row.rewritten})


def _unfit(made: Listing, row: Row, wording: ChangeWording) -> Iterator[tuple[str, str]]:
    for path in dict.fromkeys(column.path for column in (*made.columns, *made.short) if column.field):
        name = path.partition(".")[0]
        if not all(wording.fits(record.collection, name, record.data.get(name)) for record in row.records):
            yield path, "\n".join(filter(None, (plain(value_at(record.data, path)) for record in row.records)))
