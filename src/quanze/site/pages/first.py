"""What stands under the title of a power's page, on a telephone's first screen: answers, one line or two each.

What is not known is not among them: it is said further down, where a reader looks for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from quanze.base.markup import as_html, escape
from quanze.base.value import elements, mapping, texts
from quanze.form import kinds
from quanze.law.heaviest import hearing, heaviest
from quanze.register.paths import value_at
from quanze.site.pages.hearing import of_record
from quanze.site.pages.remedies import quick

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Record, Value
    from quanze.form import Field
    from quanze.site.pages.answer import Answer
    from quanze.site.pages.context import RenderContext

Rows = tuple[tuple[str, Markup], ...]

MOST, HOW, WHO = "最重", "办理", "谁来管"
_UNKNOWN = "待核"
_SHORT, _LINES = 44, 90
"""So many characters has an answer that is told whole: of how one applies, and of what the power is."""
_ASIDE: Final = re.compile(r"（(?:由[^（）]*决定|<a [^（）]*</a>)）")
"""Who decides and by what article: said again below, and left out where letters are large and the screen small."""
_NOT_THERE = frozenset({kinds.CITATION, kinds.REF, kinds.GROUP})


def first(context: RenderContext, record: Record, told: Answer) -> Rows:
    """Return (question, answer) of what a reader asks first about a power."""
    facts = dict(_handling(context, record))
    for name, value in _guides(context, record):
        facts.setdefault(name, value)
    rows = {
        MOST: _most(context, record, told) if told.cost else Markup(),
        HOW: _joined(facts),
        **({} if told.cost or facts else _what(context, record)),
        **dict(rights(context, record)),
        WHO: _who(context, record),
    }
    return tuple((name, _brief(value)) for name, value in rows.items() if value)


def rights(context: RenderContext, record: Record) -> list[tuple[str, Markup]]:
    """Return (question, answer) of what can be done against a power: whether a hearing, where and by when an appeal."""
    return quick(context, record, hearing(context.register.sanctions(record), [*_amounts(context, record)]))


def _brief(value: Markup) -> Markup:
    return as_html(_ASIDE.sub(r'<span class="qz-first__aside">\g<0></span>', str(value)))


def _joined(facts: Mapping[str, Markup]) -> Markup:
    """Return how one applies as a run of short facts, each with its name."""
    return Markup(" ").join(
        as_html(f'<span class="qz-first__fact"><span>{escape(name)}</span> {value}</span>')
        for name, value in facts.items()
        if value
    )


def _most(context: RenderContext, record: Record, told: Answer) -> Markup:
    """Return the most that it can cost; nothing is summed up of what nobody has verified."""
    if told.cost and told.cost.sentence:
        return as_html(f"<strong>{escape(heaviest(context.register.sanctions(record)))}</strong>")
    return as_html('有的栏目还没有核实，不概括，见<a href="#cost">法定幅度</a>')


def _amounts(context: RenderContext, record: Record) -> Iterator[tuple[str, int]]:
    """Yield from which fines on a hearing can be asked for, as the records say that are told on this page."""
    for link in context.register.backlinks.get((record.collection, record.id), ()):
        yield from ((one.whom, one.amount) for one in of_record(context, link.record))


def _who(context: RenderContext, record: Record) -> Markup:
    """Return who acts, at which level, and the telephone where one is known."""
    ids = texts(record.data[context.roles[record.collection].bodies])
    return context.once(("acting", ids), lambda: _acting(context, ids))


def _acting(context: RenderContext, ids: Sequence[str]) -> Markup:
    offices = [context.offices[id_] for id_ in ids if id_ in context.offices]
    names = "、".join(
        f"{office.name}（{escape(office.level)}）" if office.level else str(office.name) for office in offices
    )
    phones = " ".join(office.numbers for office in offices if office.numbers)
    return as_html(f"{names}{phones and f'<br>{phones}'}")


def _what(context: RenderContext, record: Record) -> Mapping[str, Markup]:
    """Return what the power is, where its form says so in a few words beside the bodies."""
    roles = context.roles[record.collection]
    section = roles.form.fields[roles.bodies].section
    for field in reversed(roles.form.sections.get(section, ())):
        text = str(record.data.get(field.name, ""))
        if field.kind in kinds.PROSE and 0 < len(text) <= _LINES and _UNKNOWN not in text:
            return {field.name: context.show(field, text)}
    return {}


def _handling(context: RenderContext, record: Record) -> Iterator[tuple[str, Markup]]:
    """Yield how one applies: what of it is short."""
    for field in context.roles[record.collection].handling:
        group = mapping(record.data.get(field.name))
        for name, part in field.fields.items():
            if name in group:
                yield name, _short(context, part, group[name])


def _guides(context: RenderContext, record: Record) -> Iterator[tuple[str, Markup]]:
    """Yield how one applies from the guides of this power alone, where all of them say the same."""
    links = context.register.backlinks.get((record.collection, record.id), ())
    guides = [link for link in links if link.field.back and link.field.back.at == "how" and not link.field.many]
    for path in dict.fromkeys(path for link in guides for path in (link.field.back.show if link.field.back else ())):
        told = set()
        for link in guides:
            field, value = context.catalog.forms[link.record.collection].find(path), value_at(link.record.data, path)
            told.add(_short(context, field, value) if field and value is not None else Markup())
        if len(told) == 1:
            yield path, told.pop()


def _short(context: RenderContext, field: Field, value: Value) -> Markup:
    """Return a value in a line or two; of a long one how many there are, or nothing."""
    if field.kind is kinds.GROUP and not field.many:
        parts = [part for part in field.fields.values() if part.kind not in _NOT_THERE and part.name in mapping(value)]
        text = "，".join(context.in_words(part, mapping(value)[part.name]) for part in parts)
    elif field.kind is kinds.URL:
        return as_html(f'<a href="{escape(value)}" rel="external noopener">去办理</a>')
    else:
        text = context.in_words(field, value)
    if _UNKNOWN in text:
        return Markup()
    if len(text) <= _SHORT and "\n" not in text:
        return as_html(str(escape(text)))
    return as_html(f'{len(elements(value))} 样，<a href="#how">见下</a>') if field.many else Markup()
