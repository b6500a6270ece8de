"""A superior's record → the copy that this register keeps: without what is each register's own, in its own ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quanze.base.value import elements, text
from quanze.form import kinds
from quanze.form.kinds.adoption import ADOPTION, Overlay
from quanze.law.citation import LAW
from quanze.register.adopted import AdoptedCopy
from quanze.register.catalog import titled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Document, Value
    from quanze.edit.overlay.source import PublishedRecord, SuperiorData
    from quanze.form import Field, Form
    from quanze.register.catalog import Catalog


@dataclass
class Copying:
    """What copies one superior's records."""

    catalog: Catalog
    data: SuperiorData
    body: str
    on: str
    """The day on which they are taken."""
    adopted: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The ids here by collection and the superior's id."""
    laws: list[str] = field(default_factory=list)
    """The laws that the records cite, by title."""

    def copy(self, form: Form, id_: str, told: PublishedRecord) -> AdoptedCopy:
        """Return the copy of a record."""
        adoptable, lacking = form.adoptable, dict[str, str]()
        own = {*(adoptable.own if adoptable else ())}
        record: dict[str, Value] = {}
        for name, value in told.data.items():
            known = form.fields.get(name)
            if name == ADOPTION:
                record[name] = value
            elif name not in own and not (known and known.kind.provenance):
                here = self._here(known, value, name, lacking) if known else value
                if here is not None:
                    record[name] = here
        groups = tuple(one.name for one in form.fields.values() if one.kind is kinds.GROUP and not one.many)
        return AdoptedCopy(
            body=self.body,
            id=id_,
            dated=told.dated,
            commit=self.data.commit,
            digest=told.digest,
            on=self.on,
            record=record,
            numbers=dict(sorted(self._numbers(record))),
            groups=tuple(group for group in groups if group in record),
            lacking=lacking,
        )

    def gone(self, form: Form, id_: str) -> AdoptedCopy:
        """Return what stands for a record that the superior has no more."""
        now = self.data.now(form.collection, id_)
        return AdoptedCopy(self.body, id_, self.data.dated, self.data.commit, "", self.on, None, now=now)

    def _here(self, known: Field, value: Value, path: str, lacking: dict[str, str]) -> Value:
        """Return a value with the ids of this register; None where nothing is left of it."""
        if known.many:
            found = [self._one(known, element, path, lacking) for element in elements(value)]
            return [one for one in found if one is not None] or None
        return self._one(known, value, path, lacking)

    def _one(self, known: Field, value: Value, path: str, lacking: dict[str, str]) -> Value:
        if known.kind is kinds.REF and known.collection:
            here, what = self._id(known.collection, text(value))
            if not here:
                lacking[path] = what
            return here or None
        if known.kind is kinds.ATTACHMENT:
            lacking[path] = "上级的附件"
            return None
        if not known.fields or not isinstance(value, dict):
            return value
        inner = {
            name: self._here(known.fields[name], one, f"{path}.{name}", lacking) if name in known.fields else one
            for name, one in value.items()
        }
        return {name: one for name, one in inner.items() if one is not None} or None

    def _id(self, collection: str, id_: str) -> tuple[str, str]:
        """Return the id here of a record of the superior's, and what it is: what took it over, or the same by name."""
        adopted = self.adopted.get((collection, id_))
        form = self.catalog.forms.get(collection)
        name = titled(form, self.data.collection(collection).get(id_, {})) if form else ""
        if adopted:
            return adopted, name
        records = self.catalog.records.get(collection, {}).values()
        same = [record.id for record in records if name and self.catalog.title(record) == name]
        return (same[0] if len(same) == 1 else ""), f"「{name}」（{collection}/{id_}）"

    def _numbers(self, record: Document) -> Iterator[tuple[str, str]]:
        """Yield the laws that a record cites, each with the version whose numbers the superior speaks."""
        named = {*_laws(record)}
        for instrument in self.data.instruments:
            if named & {*instrument.names} and instrument.versions:
                self.laws.append(instrument.title)
                yield instrument.title, instrument.numbers or instrument.newest.name


def _laws(value: Value) -> Iterator[str]:
    if isinstance(value, dict):
        if LAW in value:
            yield text(value[LAW])
        for one in value.values():
            yield from _laws(one)
    for one in elements(value):
        yield from _laws(one)


def adopted(catalog: Catalog, body: str) -> Mapping[tuple[str, str], str]:
    """Return the ids here of what is taken over from a superior, by collection and the superior's id."""
    says = ((one, Overlay.of(one.data.get(ADOPTION))) for one in catalog if one.adopted)
    return {(one.collection, told.id): one.id for one, told in says if told.body == body}
