"""What the search knows of each record: the texts of its page, and the values that it is filtered by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.value import elements, rows
from quanze.base.value import text as plain
from quanze.form import kinds
from quanze.form.kinds import stage, texts
from quanze.law.citation import PENALTY
from quanze.law.codes import AssignedCode
from quanze.register.catalog import BODIES, LAWS
from quanze.site.gist import SHARE, gist, ranges, shared
from quanze.site.search import FINES, SearchCitation, SearchRecord, bands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Record, Value
    from quanze.form import Field
    from quanze.form.kinds import Kind
    from quanze.law.citation import Citation
    from quanze.law.instrument import Instrument
    from quanze.law.sanction import Sanction
    from quanze.register.catalog import Catalog
    from quanze.register.links import SiteLook
    from quanze.register.occurrences import Occurrence
    from quanze.register.published import PublishedRegister

LIST, KIND, TYPE, SECTOR, LEVEL, BY_LAW, LAW, BODY, STATUS, FINE = (
    "清单",
    "类别",
    kinds.POWERTYPE.name,
    kinds.SECTOR.name,
    kinds.LEVEL.name,
    "以此法处罚",
    "引用此法",
    "行使主体",
    kinds.STATUS.name,
    "罚款上限",
)
"""The facets, in the order in which they are offered."""
_DUTIES = kinds.PROSE | {kinds.STAGE, kinds.CITATION}
"""What an item's page spells out of the procedure that it follows."""

_Key = tuple[str, str]
"""(collection, id)."""


Again = Callable[["Record", Callable[[], SearchRecord]], SearchRecord]
"""Returns what was known of a record, or makes it."""


def entries(
    register: PublishedRegister, look: SiteLook, again: Again = lambda _record, make: make()
) -> Iterator[SearchRecord]:
    """Yield what the search knows of every record."""
    return _Entries(register, look).all(again)


def orders(catalog: Catalog) -> Mapping[str, Sequence[str]]:
    """Return the order of a facet's values where a form gives one."""
    forms = catalog.forms.values()
    found: dict[str, Sequence[str]] = {FINE: FINES, KIND: [form.title for form in forms]}
    for form in forms:
        for field in form.fields.values():
            for part in (field, *field.fields.values()):
                if part.kind in {kinds.POWERTYPE, kinds.LEVEL, kinds.STATUS}:
                    found.setdefault(part.kind.name, part.choices)
    return found


class _Body(NamedTuple):
    """A body as it is filtered by."""

    title: str
    level: str


class _Entries:
    """Makes the search records of a register; texts that many records share are made once."""

    def __init__(self, register: PublishedRegister, look: SiteLook) -> None:
        self._register, self._catalog, self._look = register, register.catalog, look
        self._cited = lru_cache(maxsize=None)(self._citation)
        self._shared: dict[tuple[object, ...], Sequence[str]] = {}

    def all(self, again: Again) -> Iterator[SearchRecord]:
        """Yield what is known of every record."""
        kept = (kinds.KEYWORD, kinds.CODE, kinds.LEVEL, kinds.OUTSIDE, kinds.SECTOR)
        values = {
            kind: _by_record(self._catalog.by_kind[kind], plain if kind is not kinds.CODE else _code) for kind in kept
        }
        cited: dict[_Key, list[Citation]] = defaultdict(list)
        for occurrence in self._catalog.bases:
            cited[occurrence.record.collection, occurrence.record.id].append(occurrence.value)
        for record in self._catalog:
            key = record.collection, record.id
            found = {kind: all_.get(key, []) for kind, all_ in values.items()}
            yield again(record, partial(self._entry, record, found, cited.get(key, [])))

    @cached_property
    def _bodies(self) -> Mapping[str, _Body]:
        catalog, records = self._catalog, self._catalog.records.get(BODIES, {})
        level = catalog.forms[BODIES].role(kinds.LEVEL) if records else ""
        return {id_: _Body(catalog.title(one), plain(one.data.get(level))) for id_, one in records.items()}

    def _entry(self, record: Record, found: Mapping[Kind, list[str]], cited: Sequence[Citation]) -> SearchRecord:
        roles, catalog = self._register.roles[record.collection], self._catalog
        sanctions = self._register.sanctions(record)
        instrument = catalog.instruments.get(record.id) if record.collection == LAWS else None
        return SearchRecord(
            key=f"{record.collection}/{record.id}",
            url=f"{record.collection}/{record.id}/",
            title=catalog.title(record),
            collection=record.collection,
            label=roles.form.title,
            names=tuple(sorted({*instrument.names} - {instrument.title})) if instrument else (),
            keywords=tuple(found[kinds.KEYWORD]),
            codes=tuple(found[kinds.CODE]),
            citations=tuple(dict.fromkeys(map(self._cited, cited))),
            values=tuple(dict.fromkeys(self._texts(record))),
            facets={name: tuple(values) for name, values in self._facets(record, found, cited)},
            ended=self._register.ended(record),
            gist=gist(catalog, roles, record),
            fines=tuple(dict.fromkeys(ranges(sanctions))),
            outside=tuple(found[kinds.OUTSIDE]),
            numbers=instrument.issues if instrument else (),
        )

    def _texts(self, record: Record) -> list[str]:
        """Return every text of a record's values, and those of the duties that it shares with others."""
        found: list[str] = []
        for name, field in self._catalog.forms[record.collection].fields.items():
            value = record.data.get(name)
            if value is not None and field.kind.shared and field.kind is not kinds.CITATION:
                for one in elements(value) if field.many else (value,):
                    found += self._once(("texts", id(field), repr(one)), field, [one] if field.many else one)
            elif value is not None:
                found += texts(field, value, self._look)
        shared = self._register.procedure(record)
        if shared:
            own = rows(record.data.get(self._register.roles[record.collection].stages))
            instead = {*record.data, *(plain(one[stage.NAME]) for one in own)} & self._parts(shared)
            key = "shared", shared.id, frozenset(instead), bool(own)
            if key not in self._shared:
                self._shared[key] = [*self._of_procedure(shared, instead, staged=bool(own))]
            found += self._shared[key]
        return found

    def _once(self, key: tuple[object, ...], field: Field, value: Value) -> Sequence[str]:
        if key not in self._shared:
            self._shared[key] = tuple(texts(field, value, self._look))
        return self._shared[key]

    def _parts(self, shared: Record) -> set[str]:
        """Return what a record can have of its own in the place of its procedure's: fields and stages."""
        stages = rows(shared.data.get(self._register.roles[shared.collection].stages))
        return {*shared.data, *(plain(one[stage.NAME]) for one in stages)}

    def _of_procedure(self, shared: Record, instead: set[str], *, staged: bool) -> Iterator[str]:
        """Yield the texts that a page takes from a procedure, without what its record has in their place.

        The stages are on the procedure's page, unless the record has some of its own (`staged`).
        """
        roles = self._register.roles[shared.collection]
        for name, field in roles.form.fields.items():
            if name not in shared.data or field.kind not in _DUTIES:
                continue
            value = shared.data[name]
            if name == roles.stages and not staged:
                continue
            if name == roles.stages:
                value = [row for row in rows(value) if row[stage.NAME] not in instead]
            elif name in instead:
                continue
            yield from texts(field, value, self._look)

    def _citation(self, citation: Citation) -> SearchCitation:
        law = self._law(citation)
        if law is None:
            return SearchCitation("", (), str(citation))
        return SearchCitation(f"{LAWS}/{law.id}", tuple(sorted(law.names)), str(citation))

    def _law(self, citation: Citation) -> Instrument | None:
        """Return the instrument that a citation names; None for one that is not kept or ambiguous."""
        named = self._catalog.named(citation.law)
        return named[0] if len(named) == 1 else None

    def _laws(self, cited: Iterable[Citation]) -> list[str]:
        """Return the short titles of the instruments that some citations name, each once."""
        found = {law.id: law.short for law in map(self._law, cited) if law}
        return [*found.values()]

    def _facets(
        self, record: Record, found: Mapping[Kind, list[str]], cited: Sequence[Citation]
    ) -> Iterator[tuple[str, Sequence[str]]]:
        roles, data = self._register.roles[record.collection], record.data
        ids = map(plain, elements(data.get(roles.bodies)))
        bodies = [self._bodies[id_] for id_ in ids if id_ in self._bodies]
        names = self._register.memberships.get((record.collection, record.id), ())
        yield LIST, [self._catalog.title(one) for one, _ in names]
        yield KIND, [roles.form.title]
        yield TYPE, [str(data[roles.power])] if roles.is_power and roles.power in data else []
        yield STATUS, [str(data[roles.status])] if roles.status in data else []
        yield SECTOR, [*dict.fromkeys(found[kinds.SECTOR])]
        yield LEVEL, [*dict.fromkeys(found[kinds.LEVEL])] or [body.level for body in bodies if body.level]
        basis = cited if roles.is_power else ()
        yield BY_LAW, self._laws(citation for citation in basis if citation.role == PENALTY)
        yield LAW, self._laws(basis)
        yield BODY, [body.title for body in bodies]
        yield FINE, fine_values(self._register.sanctions(record))


def fine_values(rows: Sequence[Sanction]) -> list[str]:
    """Return what the facet 罚款上限 has of sanctions: by the highest of their amounts, and whether one is a share."""
    highest = max((high for _, high, _ in ranges(rows)), default=None)
    return [*(bands(highest) if highest is not None else ()), *((SHARE,) if shared(rows) else ())]


def _by_record(occurrences: Iterable[Occurrence[object]], tell: Callable[[object], str]) -> Mapping[_Key, list[str]]:
    found: dict[_Key, list[str]] = defaultdict(list)
    for occurrence in occurrences:
        found[occurrence.record.collection, occurrence.record.id].append(tell(occurrence.value))
    return found


def _code(value: object) -> str:
    return AssignedCode.of(value).code
