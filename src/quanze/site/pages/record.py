"""A record's page: everything that it says, in its form's order, and what is not known in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from quanze.base.value import mapping, texts
from quanze.form import kinds
from quanze.form.declared import PLACES
from quanze.law.instrument import VERSIONS
from quanze.register.catalog import LAWS
from quanze.register.disclaimer import mark
from quanze.register.life import EXPIRED
from quanze.register.roles import SUCCESSOR
from quanze.site.pages import duties, law
from quanze.site.pages.adopted import adopted
from quanze.site.pages.answer import answer
from quanze.site.pages.backlinks import parts
from quanze.site.pages.context import ABSENT
from quanze.site.pages.first import first
from quanze.site.pages.linked import linked
from quanze.site.pages.naming import naming
from quanze.site.pages.page import DATELINE, Page, render
from quanze.site.pages.related import related
from quanze.site.pages.remedies import remedies, title
from quanze.site.pages.sheet import sheet
from quanze.site.pages.transition import transition
from quanze.site.pages.values import shown
from quanze.site.today import SLOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quanze.base.model import Record, Value
    from quanze.form import Field
    from quanze.register.roles import Roles
    from quanze.site.pages.context import RenderContext
    from quanze.site.pages.page import Toc

Rows = list[tuple[str, Markup]]


class PageHistory(NamedTuple):
    """What the history tells of a record's page."""

    history: Markup
    version: str
    """The commit of its text, as addresses name it; empty where it is not recorded yet."""
    feed: bool = False
    """Whether a feed of its changes lies beside it."""


class Section(NamedTuple):
    """A part of the page under one heading."""

    anchor: str
    title: str
    rows: Rows


def toc(context: RenderContext, record: Record, *, history: bool = False) -> Toc:
    """Return the headings of a record's page, which are known before any page is made: for its shell."""
    return context.once(("toc", record.path, history), lambda: _toc(context, record, history=history))


def _toc(context: RenderContext, record: Record, *, history: bool) -> Toc:
    roles, data = context.roles[record.collection], record.data
    last = (("history", "沿革"),) if history else ()
    if roles.is_power:
        return (*_power_toc(context, record), *last, ("about", "关于本页"))
    heads = [(anchor, name) for anchor, name, fields in _sections(roles) if any(f.name in data for f in fields)]
    heads[0:0] = _LAW_TOC if record.collection == LAWS else ()
    return (*heads, *last)


_LAW_TOC = (("versions", "各个版本"), ("items", "以它为依据的事项"))


def _sections(roles: Roles) -> Iterator[tuple[str, str, tuple[Field, ...]]]:
    """Yield (anchor, heading, fields) of a plain page; the versions of a law have a table of their own."""
    versions = VERSIONS if roles.form.collection == LAWS else ""
    for number, (name, fields) in enumerate(roles.rest, 1):
        yield f"s{number}", name, tuple(field for field in fields if field.name != versions)


def _power_toc(context: RenderContext, record: Record) -> Iterator[tuple[str, str]]:
    roles, data = context.roles[record.collection], record.data
    how = [("how", "怎么办理")] if _has_how(context, record) else []
    before = _how_first(context, record)
    yield from how if before else ()
    yield "todo", title(context, record)
    if roles.sanctions in data:
        yield "cost", "法定幅度"
    yield from () if before else how
    yield "basis", "依据什么"
    yield "who", "谁来管"
    yield "fields", "其他栏目"
    yield "duties", "责任和监督"
    yield "related", "相关事项"


def _how_first(context: RenderContext, record: Record) -> bool:
    """Tell whether one applies for the power: it says how itself, or a guide of it alone does."""
    if any(field.name in record.data for field in context.roles[record.collection].handling):
        return True
    links = context.register.backlinks.get((record.collection, record.id), ())
    return any(link.field.back is not None and link.field.back.at == "how" and not link.field.many for link in links)


def _has_how(context: RenderContext, record: Record) -> bool:
    """Tell whether anything is known of how one applies: from the record, or from one that refers to it."""
    links = context.register.backlinks.get((record.collection, record.id), ())
    told = any(link.field.back.at == "how" for link in links if link.field.back)
    return told or any(field.name in record.data for field in context.roles[record.collection].handling)


_UNTOLD = PageHistory(Markup(), "")


def page(context: RenderContext, record: Record, updated: str, past: PageHistory = _UNTOLD) -> Page:
    """Return the page of a record."""
    roles, data = context.roles[record.collection], record.data
    make = _power if roles.is_power else _plain
    name = context.catalog.title(record)
    forbidden = roles.form.forbidden(data)
    apart = {roles.title, roles.form.role(kinds.ADOPTION), *_given(context, record)}
    missing = [field for field in roles.form.fields if field not in data and field not in apart]
    body = render(
        "item.html" if roles.is_power else "record.html",
        record=record,
        form=roles.form,
        title=name,
        base=context.look.base,
        absent=[field for field in missing if field not in forbidden],
        forbidden=[field for field in missing if field in forbidden],
        history=past.history,
        feed=past.feed,
        version=past.version,
        adopted=adopted(context, record),
        **make(context, record, past.version),
    )
    return Page(
        url=f"{record.collection}/{record.id}/",
        title=name,
        body=body,
        toc=toc(context, record, history=bool(past.history)),
        crumbs=((roles.form.title, f"{record.collection}/"),),
        source=record.path,
        in_forms=record.adopted is None,
        updated=updated,
        description=f"{roles.form.title}：{name}",
        keywords=texts(data.get(roles.keywords)),
        feed=past.feed,
        data=f"data/v1/{record.collection}/{record.id}.json",
        linked=linked(context, record),
    )


def _power(context: RenderContext, record: Record, version: str) -> dict[str, object]:
    """Return what the page of a power shows beside what every page does."""
    roles, data = context.roles[record.collection], record.data
    answered = answer(context, record)
    back = parts(context, record, _BACK if answered.cost else _BACK - {"cost"})
    successor = roles.form.fields.get(SUCCESSOR)
    address = context.address and f"{context.address}{record.collection}/{record.id}/"
    lasting = f"{address}#v={version}" if address and version else address
    return {
        "at": SLOT,
        "term": context.catalog.settings.check_period or "",
        "address": address,
        "answer": answered,
        "first": first(context, record, answered),
        "dateline": DATELINE,
        "mark": mark(context.catalog.settings),
        "how_first": _how_first(context, record),
        "lasting": lasting,
        "sheet": sheet(answered, back["how"], lasting),
        "successor": context.show(successor, data[SUCCESSOR]) if successor and SUCCESSOR in data else "",
        "back": back,
        "has_how": _has_how(context, record),
        "handling": [row for field in roles.handling for row in _parts(context, field, data.get(field.name))],
        "untold": [] if back["how"] else _untold(roles, record),
        "remedies": remedies(context, record),
        "transition": transition(context, record) if answered.cost else None,
        "turned": (context.cite("行政处罚法", 37), context.cite("行政处罚法", 36)),
        "duties": duties.duties(context, record),
        "blame": list(_blame(context, record)),
        "sections": [*_left(context, record), *_lists(context, record)],
        "related": related(context, record),
    }


_BACK = frozenset(PLACES)
"""The parts of a power's page in which others can be told."""


def _parts(context: RenderContext, field: Field, value: object) -> Rows:
    """Return the parts of a group that are there."""
    group = mapping(value)
    return [(name, context.show(part, group[name])) for name, part in field.fields.items() if name in group]


def _untold(roles: Roles, record: Record) -> list[str]:
    """Return what of how one applies the record does not say, although it says something of it."""
    groups = [(field.fields, mapping(record.data[field.name])) for field in roles.handling if field.name in record.data]
    return [name for fields, told in groups for name in fields if name not in told]


_BLAME = kinds.PROSE | {kinds.CITATION}
"""What a procedure says at length is who answers for its faults."""


def _given(context: RenderContext, record: Record) -> Iterator[str]:
    """Yield the fields of a power that its page tells by its procedure's: they are not lacking."""
    shared = context.register.procedure(record)
    if shared:
        theirs = context.roles[shared.collection]
        yield from (name for name in shared.data if theirs.form.fields[name].kind in _BLAME)
        yield from [context.roles[record.collection].stages] if theirs.stages in shared.data else ()


def _blame(context: RenderContext, record: Record) -> Iterator[tuple[str, Markup]]:
    """Yield who answers for faults, from the record or from its procedure, and where to complain."""
    roles, data = context.roles[record.collection], record.data
    shared = context.register.procedure(record)
    for field in roles.blame:
        if field.name in data:
            yield field.name, context.show(field, data[field.name])
    if shared:
        theirs = context.catalog.forms[shared.collection].fields
        long = [f for f in theirs.values() if f.kind in _BLAME and f.name in shared.data and f.name not in data]
        yield from context.once((shared.id, *(f.name for f in long)), lambda: _rows(context, long, shared.data))
    if roles.phone:
        phone = roles.form.fields[roles.phone]
        yield phone.name, context.show(phone, data[phone.name]) if phone.name in data else ABSENT


def _rows(context: RenderContext, fields: Iterable[Field], data: Mapping[str, object]) -> Rows:
    return [(field.name, shown(context, field, data[field.name])) for field in fields if field.name in data]


def _left(context: RenderContext, record: Record) -> Iterator[Section]:
    """Yield what the answers leave over."""
    for name, fields in context.roles[record.collection].rest:
        rows = _rows(context, fields, record.data)
        if rows:
            yield Section("", name, rows)


def _lists(context: RenderContext, record: Record) -> list[Section]:
    """Return the lists in which the record stands."""
    found = context.register.memberships.get((record.collection, record.id), ())
    rows = [(f"第 {number} 号", context.link(one)) for one, number in found]
    return [Section("", "所在清单", rows)] if rows else []


def _ended(context: RenderContext, record: Record) -> tuple[str, str] | None:
    """Return in what way a record has ended, and since when; None while it is in effect. Laws say it by versions."""
    life, data = context.register.lives[record.collection], record.data
    if not context.ended(record) or record.collection == LAWS:
        return None
    if life.gone(data):
        return life.says(data), _since(context.roles[record.collection], data)
    return EXPIRED, f"自 {life.ends(data)} 起不再有效"


def _since(roles: Roles, data: Mapping[str, Value]) -> str:
    """Return what is known of when a record ended; a form may have no field for the day."""
    if roles.end in data:
        return f"自 {data[roles.end]} 起"
    return "已经终止，从哪一天起待核" if roles.end else "已经终止"


def _plain(context: RenderContext, record: Record, _version: str) -> dict[str, object]:
    """Return what the page of any other record shows beside what every page does."""
    roles, data = context.roles[record.collection], record.data
    sections = [Section(anchor, name, _rows(context, fields, data)) for anchor, name, fields in _sections(roles)]
    return {
        "at": SLOT,
        "sections": [section for section in sections if section.rows],
        "dateline": DATELINE,
        "ended": _ended(context, record),
        "law": law.law(context, record) if record.collection == LAWS else None,
        "naming": naming(context, record),
        "back": Markup().join(parts(context, record, ()).values()),
    }
