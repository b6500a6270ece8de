"""What the search knows of each record: the texts of its page, and the values that it is filtered by."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any

from quanze.form import kinds
from quanze.form.kinds import stage, texts
from quanze.law.citation import written
from quanze.law.codes import AssignedCode
from quanze.register.catalog import LAWS
from quanze.site.pages.duties import procedure
from quanze.site.search import BANDS, SearchCitation, SearchRecord, band

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Record
    from quanze.form import Field
    from quanze.form.kinds import Kind
    from quanze.register.catalog import Catalog
    from quanze.site.pages.context import RenderContext

LIST, KIND, TYPE, LEVEL, LAW, BODY, STATUS, FINE = (
    "清单",
    "类别",
    kinds.POWERTYPE.name,
    kinds.LEVEL.name,
    "法律",
    "行使主体",
    kinds.STATUS.name,
    "罚款上限",
)
"""The facets, in the order in which they are offered."""
_DUTIES = frozenset({kinds.STAGE, kinds.PARAGRAPH, kinds.CITATION})
"""What an item's page spells out of the procedure that it follows."""

_Values = dict[tuple[str, str], list[Any]]
"""The values of a kind by record."""


def entries(context: RenderContext) -> Iterator[SearchRecord]:
    """Yield what the search knows of every record."""
    values = {kind: _values(context.catalog, kind) for kind in (kinds.KEYWORD, kinds.CODE, kinds.CITATION, kinds.LEVEL)}
    for record in context.catalog:
        found = {kind: all_.get((record.collection, record.id), []) for kind, all_ in values.items()}
        yield _entry(context, record, found)


def orders(context: RenderContext) -> Mapping[str, Sequence[str]]:
    """Return the order of a facet's values where a form gives one."""
    forms = context.catalog.forms.values()
    found: dict[str, Sequence[str]] = {FINE: BANDS, KIND: [form.title for form in forms]}
    for form in forms:
        for field in form.fields.values():
            for part in (field, *field.fields.values()):
                if part.kind in {kinds.POWERTYPE, kinds.LEVEL, kinds.STATUS}:
                    found.setdefault(part.kind.name, part.choices)
    return found


def _values(catalog: Catalog, kind: Kind) -> _Values:
    found: _Values = defaultdict(list)
    for occurrence in catalog.by_kind[kind]:
        found[occurrence.record.collection, occurrence.record.id].append(occurrence.value)
    return found


def _entry(context: RenderContext, record: Record, found: Mapping[Kind, list[Any]]) -> SearchRecord:
    roles, catalog = context.roles[record.collection], context.catalog
    instrument = catalog.instruments.get(record.id) if record.collection == LAWS else None
    return SearchRecord(
        key=f"{record.collection}/{record.id}",
        url=f"{record.collection}/{record.id}/",
        title=catalog.title(record),
        collection=record.collection,
        label=roles.form.title,
        names=tuple(sorted({*instrument.names} - {instrument.title})) if instrument else (),
        keywords=tuple(map(str, found[kinds.KEYWORD])),
        codes=tuple(AssignedCode.of(code).code for code in found[kinds.CODE]),
        citations=tuple(
            dict.fromkeys(
                context.once(("cited", repr(one)), partial(_cited, context, one)) for one in found[kinds.CITATION]
            )
        ),
        values=tuple(dict.fromkeys(_texts(context, record))),
        facets={name: tuple(values) for name, values in _facets(context, record, found)},
        ended=context.ended(record),
    )


def _texts(context: RenderContext, record: Record) -> list[str]:
    """Return every text of a record's values, and those of the duties that it shares with others."""
    found: list[str] = []
    for name, field in context.catalog.forms[record.collection].fields.items():
        value: Any = record.data.get(name)
        if value is not None and field.kind.shared:
            for one in value if field.many else (value,):
                found += context.once(("texts", id(field), repr(one)), partial(_list, context, field, one))
        elif value is not None:
            found += texts(field, value, context.look)
    shared = procedure(context, record)
    if shared:
        own: Any = record.data.get(context.roles[record.collection].stages, ())
        instead = {*record.data, *(one[stage.NAME] for one in own)} & _parts(context, shared)
        key = "texts", shared.id, frozenset(instead)
        found += context.once(key, lambda: _shared(context, shared, instead))
    return found


def _list(context: RenderContext, field: Field, one: Any) -> tuple[str, ...]:
    return tuple(texts(field, [one] if field.many else one, context.look))


def _parts(context: RenderContext, shared: Record) -> set[str]:
    """Return what a record can have of its own in the place of its procedure's: fields and stages."""
    stages: Any = shared.data.get(context.roles[shared.collection].stages, ())
    return {*shared.data, *(one[stage.NAME] for one in stages)}


def _shared(context: RenderContext, shared: Record, instead: set[str]) -> list[str]:
    """Return the texts that a page takes from a procedure, without what its record has in their place."""
    roles = context.roles[shared.collection]
    found: list[str] = []
    for name, field in roles.form.fields.items():
        if name not in shared.data or field.kind not in _DUTIES:
            continue
        value: Any = shared.data[name]
        if name == roles.stages:
            value = [one for one in value if one[stage.NAME] not in instead]
        elif name in instead:
            continue
        found += texts(field, value, context.look)
    return found


def _cited(context: RenderContext, citation: Mapping[str, Any]) -> SearchCitation:
    law = context.law(citation.get("依据文件"))
    if law is None:
        return SearchCitation("", (), written(citation))
    return SearchCitation(f"{LAWS}/{law.instrument.id}", tuple(sorted(law.instrument.names)), written(citation))


def _facets(
    context: RenderContext, record: Record, found: Mapping[Kind, list[Any]]
) -> Iterator[tuple[str, Sequence[str]]]:
    roles, data = context.roles[record.collection], record.data
    ids: Any = data.get(roles.bodies, ())
    offices = [context.offices[id_] for id_ in ids if id_ in context.offices]
    names = context.memberships.get((record.collection, record.id), ())
    yield LIST, [context.catalog.title(one) for one, _ in names]
    yield KIND, [roles.form.title]
    for name, field in ((TYPE, roles.power), (STATUS, roles.status)):
        yield name, [str(data[field])] if field in data else []
    yield LEVEL, [*dict.fromkeys(map(str, found[kinds.LEVEL]))] or [one.level for one in offices if one.level]
    yield LAW, [law.instrument.short for law in context.laws(found[kinds.CITATION])] if roles.is_power else []
    yield BODY, [str(one.name.striptags()) for one in offices]
    rows: Any = data.get(roles.sanctions, ())
    fines = [row["罚款"]["上限"] for row in rows if "上限" in row.get("罚款", {})]
    yield FINE, [band(max(fines))] if fines else []
