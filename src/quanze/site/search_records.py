"""What the search knows of each record: the texts of its page, and the values that it is filtered by."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any

from quanze.form import kinds
from quanze.form.kinds import stage, texts
from quanze.law.citation import PENALTY
from quanze.law.codes import AssignedCode
from quanze.law.fine import AMOUNT, Fine
from quanze.law.sanction import sanctions
from quanze.register.catalog import LAWS, Occurrence
from quanze.site.search import FINES, SHARE, SearchCitation, SearchRecord, bands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Record
    from quanze.form import Field
    from quanze.form.kinds import Kind
    from quanze.law.citation import Citation
    from quanze.site.pages.context import RenderContext

LIST, KIND, TYPE, LEVEL, BY_LAW, LAW, BODY, STATUS, FINE = (
    "清单",
    "类别",
    kinds.POWERTYPE.name,
    kinds.LEVEL.name,
    "以此法处罚",
    "引用此法",
    "行使主体",
    kinds.STATUS.name,
    "罚款上限",
)
"""The facets, in the order in which they are offered."""
_DUTIES = frozenset({kinds.STAGE, kinds.PARAGRAPH, kinds.CITATION})
"""What an item's page spells out of the procedure that it follows."""

_GATHERED = (kinds.KEYWORD, kinds.CODE, kinds.CITATION, kinds.LEVEL, kinds.OUTSIDE)
_LIMIT = "时限"
"""How the name of a time limit ends."""
_MYRIAD = 10_000

_Values = dict[tuple[str, str], list[Any]]
"""The values of a kind by record."""


def entries(context: RenderContext) -> Iterator[SearchRecord]:
    """Yield what the search knows of every record."""
    catalog = context.catalog
    values = {kind: _values(catalog.by_kind[kind]) for kind in _GATHERED}
    values[kinds.CITATION] = _values(catalog.bases)
    for record in catalog:
        found = {kind: all_.get((record.collection, record.id), []) for kind, all_ in values.items()}
        yield _entry(context, record, found)


def orders(context: RenderContext) -> Mapping[str, Sequence[str]]:
    """Return the order of a facet's values where a form gives one."""
    forms = context.catalog.forms.values()
    found: dict[str, Sequence[str]] = {FINE: FINES, KIND: [form.title for form in forms]}
    for form in forms:
        for field in form.fields.values():
            for part in (field, *field.fields.values()):
                if part.kind in {kinds.POWERTYPE, kinds.LEVEL, kinds.STATUS}:
                    found.setdefault(part.kind.name, part.choices)
    return found


def _values(occurrences: Iterable[Occurrence[object]]) -> _Values:
    found: _Values = defaultdict(list)
    for occurrence in occurrences:
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
            dict.fromkeys(context.once(("cited", one), partial(_cited, context, one)) for one in found[kinds.CITATION])
        ),
        values=tuple(dict.fromkeys(_texts(context, record))),
        facets={name: tuple(values) for name, values in _facets(context, record, found)},
        ended=context.ended(record),
        gist=_gist(context, record),
        fines=tuple(dict.fromkeys(_ranges(context, record))),
        outside=tuple(map(str, found[kinds.OUTSIDE])),
    )


def _fines(context: RenderContext, record: Record) -> list[Fine]:
    """Return the fines of a record's sanctions."""
    rows = sanctions(record.data.get(context.roles[record.collection].sanctions))
    return [row.fine for row in rows if row.fine]


def _ranges(context: RenderContext, record: Record) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the fines that are amounts."""
    for fine in _fines(context, record):
        if fine.amount.high is not None:
            yield int(fine.amount.low or 0), int(fine.amount.high)


def _gist(context: RenderContext, record: Record) -> str:
    """Return the heaviest fine of a power that punishes, or within what time it is decided."""
    fines, ranges = _fines(context, record), [*_ranges(context, record)]
    if ranges:
        return f"罚款最高 {_money(max(high for _, high in ranges))}"
    if fines:
        return f"罚款{SHARE}"
    for field in context.roles[record.collection].handling:
        told: Any = record.data.get(field.name, {})
        for name, value in told.items():
            if name.endswith(_LIMIT) and isinstance(value, str):
                return f"{name}：{value}"
    return ""


def _money(yuan: int) -> str:
    return f"{yuan / _MYRIAD:g} 万元" if yuan >= _MYRIAD else f"{yuan} 元"


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
    shared = context.register.procedure(record)
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


def _cited(context: RenderContext, citation: Citation) -> SearchCitation:
    law = context.law(citation.law)
    if law is None:
        return SearchCitation("", (), str(citation))
    return SearchCitation(f"{LAWS}/{law.instrument.id}", tuple(sorted(law.instrument.names)), str(citation))


def _facets(
    context: RenderContext, record: Record, found: Mapping[Kind, list[Any]]
) -> Iterator[tuple[str, Sequence[str]]]:
    roles, data = context.roles[record.collection], record.data
    ids: Any = data.get(roles.bodies, ())
    offices = [context.offices[id_] for id_ in ids if id_ in context.offices]
    names = context.register.memberships.get((record.collection, record.id), ())
    yield LIST, [context.catalog.title(one) for one, _ in names]
    yield KIND, [roles.form.title]
    for name, field in ((TYPE, roles.power), (STATUS, roles.status)):
        yield name, [str(data[field])] if field in data else []
    yield LEVEL, [*dict.fromkeys(map(str, found[kinds.LEVEL]))] or [one.level for one in offices if one.level]
    basis = found[kinds.CITATION] if roles.is_power else []
    punished = [one for one in basis if one.role == PENALTY]
    yield BY_LAW, [law.instrument.short for law in context.laws(punished)]
    yield LAW, [law.instrument.short for law in context.laws(basis)]
    yield BODY, [str(one.name.striptags()) for one in offices]
    highest = [high for _, high in _ranges(context, record)]
    shares = any(fine.daily or fine.bounds.keys() - {AMOUNT} for fine in _fines(context, record))
    yield FINE, [*(bands(max(highest)) if highest else ()), *((SHARE,) if shares else ())]
