"""What the columns of a list tell of records that do not stand in it: the name of a body, the rank of a law.

Such a record may change what a list says, though no field of a record in it changed; so may a form.
What stands under an id is looked at commit by commit: two records may also change places.
"""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.value import elements, mapping
from quanze.form import SUFFIX, kinds
from quanze.history.diff import compare
from quanze.history.entry import Entry
from quanze.history.provenance import forms_since
from quanze.history.recorded import documents
from quanze.history.rewind import states
from quanze.history.walk import key_of
from quanze.io import git
from quanze.law.instrument import RANK
from quanze.register.catalog import LAWS, LISTS, SUBITEM
from quanze.register.definition import PUBLISHER, ListDefinition
from quanze.register.paths import find
from quanze.register.tree import CATALOG, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Document, Value
    from quanze.form import Field, Form
    from quanze.history.entry import Key
    from quanze.register.catalog import Catalog


class ShownField(NamedTuple):
    """A field of a record that a list tells in a column."""

    collection: str
    id: str
    field: str

    @property
    def key(self) -> Key:
        """The record."""
        return self.collection, self.id


class ShownChange(NamedTuple):
    """A change of what a list tells so."""

    told: ShownField
    entry: Entry


class Since(NamedTuple):
    """A list since its newest edition."""

    list_id: str
    base: git.Commit
    own: frozenset[Key]
    """The list, and the records that stand in it or did since."""
    fresh: Mapping[Key, Sequence[Entry]]
    """The entries since, of every record, newest first."""
    order: Mapping[str, int]
    """The place of each commit along the branch, from the newest, which is 0."""

    def documents(self, catalog: Catalog, key: Key) -> Sequence[tuple[int, Document]]:
        """Return what a record said since, newest first, each with the place of the commit from which on it did."""
        record, entries = catalog.record(*key), self.fresh.get(key, ())
        begins = [*(self.order[entry.commit.id] for entry in entries), self.order[self.base.id]]
        return [*zip(begins, states(record.data, entries), strict=True)] if record else []


def told_changes(catalog: Catalog, since: Since) -> Iterator[ShownChange]:
    """Yield what changed in the columns of a list through records that do not stand in it, newest first."""
    columns = _columns(catalog, since)
    own = [
        [
            (begin, frozenset(_tells(catalog, key, document, columns)))
            for begin, document in since.documents(catalog, key)
        ]
        for key in since.own
    ]
    told = {one for versions in own for _, tells in versions for one in tells}
    moved = {key for entries in since.fresh.values() for entry in entries for key in (entry.key, entry.old_key)}
    for key in sorted({one.key for one in told} & moved - since.own):
        fields = sorted(one.field for one in told if one.key == key)
        for entry, before, after in _steps(catalog, since, key):
            place = since.order[entry.commit.id]
            then = {one for versions in own for one in next(tells for begin, tells in versions if begin >= place)}
            for name in fields:
                differs = compare({name: before.get(name)}, {name: after.get(name)})
                if differs and ShownField(*key, name) in then:
                    yield ShownChange(ShownField(*key, name), entry)
    yield from _of_forms(catalog, since, columns)


def _of_forms(catalog: Catalog, since: Since, columns: Iterable[str]) -> Iterator[ShownChange]:
    """Yield where a form lets a column say the same values otherwise: in another unit, or as another kind."""
    versions = forms_since(catalog.root, (since.base.id,))
    steps = pairwise(sorted(versions, key=since.order.__getitem__))
    collection = catalog.lists[since.list_id].collection
    for (newer, older), path in product(steps, columns):
        before, after = (_worded(versions[commit], collection, path) for commit in (older, newer))
        if before and after and before != after:
            key = (SCHEMA, collection)
            entry = Entry(git.commit(catalog.root, newer), key, "变更", f"{SCHEMA}/{collection}{SUFFIX}")
            yield ShownChange(ShownField(*key, path), entry)


def _worded(forms: Mapping[str, Form], collection: str, path: str) -> tuple[object, ...]:
    """Return what the words of a column hang on beside its values; nothing where a form has no such field."""
    field = find(forms, forms[collection], path) if collection in forms else None
    return _wording(field) if field else ()


def _wording(field: Field) -> tuple[object, ...]:
    parts = tuple((name, _wording(part)) for name, part in field.fields.items())
    return field.kind.text, field.unit, field.many, field.collection, field.masked, parts


def _columns(catalog: Catalog, since: Since) -> Mapping[str, bool]:
    """Return the paths of what the list told in columns and headings, and whether it did by the rank of laws."""
    found: dict[str, bool] = {}
    for _, document in since.documents(catalog, (LISTS, since.list_id)):
        definition = ListDefinition.of(document)
        for path, ranked in (
            *((column.path, column.ranked) for column in definition.columns),
            *((path, False) for _, path in definition.layout.named()),
        ):
            found[path] = ranked or found.get(path, False)
    return found


def _tells(catalog: Catalog, key: Key, document: Document, columns: Mapping[str, bool]) -> Iterator[ShownField]:
    """Yield what the columns tell of other records in the row of a record; of the list itself, who publishes it."""
    fields = catalog.forms[key[0]].fields
    for path, ranked in ({PUBLISHER: False} if key[0] == LISTS else columns).items():
        yield from _Walk(catalog, ranked).along(fields, document, path.split("."))


class _Walk(NamedTuple):
    """A way down the path of a column, as `register.paths` goes it: it passes one reference at most."""

    catalog: Catalog
    ranked: bool
    """Whether the column tells the bases of one rank alone."""

    def along(self, fields: Mapping[str, Field], data: Document, steps: Sequence[str]) -> Iterator[ShownField]:
        """Yield what stands at the steps below some data, up to the first reference and behind it."""
        field, rest = fields.get(steps[0]), steps[1:]
        for value in _each(field, data) if field else ():
            if field and not rest:
                yield from self.words(field, value)
            elif field and field.fields:
                yield from self.along(field.fields, mapping(value), rest)
            elif field and field.collection in self.catalog.forms:
                yield ShownField(field.collection, str(value), rest[0])
                target = self.catalog.record(field.collection, value)
                inner = self.catalog.forms[field.collection].fields.get(rest[0])
                if target and inner and not rest[1:]:
                    for one in _each(inner, target.data):
                        yield from self.words(inner, one)

    def words(self, field: Field, value: Value) -> Iterator[ShownField]:
        """Yield what the words of a value tell of other records: their names, or the rank of a law."""
        if field.collection in self.catalog.forms:
            title = self.catalog.forms[field.collection].title_field
            yield from (ShownField(field.collection, str(value), name) for name in (title, SUBITEM))
        if self.ranked and field.kind is kinds.CITATION:
            named = self.catalog.named(self.catalog.citation(value).law)
            yield from (ShownField(LAWS, law.id, RANK) for law in named)
        for part in field.fields.values():
            for inner in _each(part, mapping(value)):
                yield from self.words(part, inner)


def _each(field: Field, data: Document) -> Sequence[Value]:
    value = data.get(field.name)
    return elements(value) if field.many else () if value is None else (value,)


def _steps(catalog: Catalog, since: Since, key: Key) -> Iterator[tuple[Entry, Document, Document]]:
    """Yield each entry after which an id says something else than before, newest first, with both documents."""
    touching = {
        (entry.commit.id, entry.key): entry
        for entries in since.fresh.values()
        for entry in entries
        if key in {entry.key, entry.old_key} and not entry.fault
    }
    arrived = {entry.commit.id: entry for entry in touching.values() if entry.key != key}
    arrived |= {entry.commit.id: entry for entry in touching.values() if entry.key == key}
    entries = sorted(arrived.values(), key=lambda entry: since.order[entry.commit.id])
    held = git.files(catalog.root, since.base.id, f"{CATALOG}/{key[0]}")
    first = next((path for path in sorted(held) if key_of(path) == key), "")
    paths = [*("" if entry.removed or entry.key != key else entry.path for entry in entries), first]
    commits = [*(entry.commit.id for entry in entries), since.base.id]
    there = [(entry, place) for entry, *place in zip([*entries, None], commits, paths, strict=True) if place[1]]
    said = documents(catalog.root, ((commit, path) for _, (commit, path) in there))
    for ((entry, _), after), (_, before) in pairwise(zip(there, said, strict=True)):
        if entry and before and after:
            yield entry, before, after
