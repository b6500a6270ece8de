"""What a person can do, as HTML: the same for all powers of a type and body.

The words are records (remedies). Whether a person can do it in a case is never said: what the paper says decides.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from quanze.base.markup import as_html, escape
from quanze.base.value import texts
from quanze.form import kinds
from quanze.form.declared import WAIVE
from quanze.form.kinds.emphasis import strong
from quanze.law.citation import Citation, citations
from quanze.law.heaviest import elsewhere
from quanze.law.numerals import yuan
from quanze.register import remedies as register
from quanze.register.catalog import BODIES
from quanze.register.remedies import CASE, HEARING, HEARINGS, OFFICE, SUPERIOR
from quanze.site.pages.hearing import limits
from quanze.site.pages.page import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quanze.base.model import Record
    from quanze.law.places import Step
    from quanze.register.remedies import Deadline, Remedy, RemedyPaper, RemedyText
    from quanze.site.pages.context import RenderContext

    Words = Mapping[str, str]

_NAMED = "决定书载明的机关"
"""Who reconsiders, where the register does not know."""
_OTHERS = "（由别的机关决定的，看决定书）"
"""What is added where an article lets several decide: who reconsiders what the others decide is not known here."""
_SLOT = re.compile("〔([^〔〕]+)〕")


class Remedies(NamedTuple):
    """The ways open to a person, as HTML."""

    title: str
    lead: str
    papers: Markup
    """A choice of papers, each with its steps."""
    counts: bool
    """Whether the last days of some steps can be counted from the day of receipt."""
    leniency: Markup
    """When a penalty is not or may not be imposed; empty for other powers."""
    brief: Markup
    """The same on a few lines, for the printed sheet."""


class _Step(NamedTuple):
    title: str
    remark: list[Markup]
    until: str
    basis: list[Markup]
    period: Deadline | None
    """What is counted from the day on which the paper was received."""
    postponed: str


class _Paper(NamedTuple):
    title: str
    hint: str
    steps: list[_Step]


class _Leniency(NamedTuple):
    name: str
    text: list[Markup]
    basis: list[Markup]


def title(context: RenderContext, record: Record) -> str:
    """Return the heading of the remedies against a power."""
    return _remedy(context, record).title


def _remedy(context: RenderContext, record: Record) -> Remedy:
    roles, data = context.roles[record.collection], record.data
    return register.remedy(context.remedies, str(data[roles.power]), str(data.get(roles.subtype, "")))


def remedies(context: RenderContext, record: Record) -> Remedies:
    """Return what can be done about a power; who reconsiders, where one body acts or this bureau."""
    office = _office(context, record)
    remedy = _remedy(context, record)
    case = remedy.case(str(record.data.get(context.roles[record.collection].subtype, "")))
    rows = tuple(one for one in remedy.leniency if not all(_told_of_all(context, record, c) for c in one[1].cited))
    key = ("remedies", remedy.id, case, office.id if office else "", tuple(name for name, _ in rows))
    return context.once(key, lambda: _remedies(context, replace(remedy, leniency=rows), case, office))


def _told_of_all(context: RenderContext, record: Record, citation: Citation) -> bool:
    """Tell whether a record that is for a whole class of powers rests on a provision and stands on this page itself."""
    law = context.law(citation.law)
    told = _general(context, record)
    return law is not None and all(
        any(
            ((id_, step.article) == (law.instrument.id, one.article) and 0 in {step.paragraph, one.paragraph})
            or (id_, step) == (law.instrument.id, one)
            for id_, step in told
        )
        for one in citation.steps
    )


def _general(context: RenderContext, record: Record) -> frozenset[tuple[str, Step]]:
    """Return the places that the exemptions cite which are told on the page of a record by condition, not by id."""
    links = context.register.backlinks.get((record.collection, record.id), ())
    meant = tuple(
        link.record
        for link in links
        if link.field.kind is kinds.SELECT and link.field.back and link.field.back.at == WAIVE
    )
    return context.once(("general", *(one.path for one in meant)), lambda: frozenset(_places(context, meant)))


def _places(context: RenderContext, records: Iterable[Record]) -> Iterator[tuple[str, Step]]:
    for record in records:
        for field in context.catalog.forms[record.collection].fields.values():
            for citation in citations(record.data.get(field.name)) if field.kind is kinds.CITATION else ():
                law = context.law(citation.law)
                yield from ((law.instrument.id, step) for step in citation.steps if law)


def quick(context: RenderContext, record: Record, hearing: str) -> list[tuple[str, Markup]]:
    """Return (question, answer) of what is told under the title; `hearing` says whether one can ask for a hearing."""
    found, office = _remedy(context, record), _office(context, record)
    superior = context.catalog.record(BODIES, register.reviewer(office)) if office else None
    others = elsewhere(context.register.sanctions(record))
    words = {
        SUPERIOR: str(escape(context.catalog.title(superior) if superior else _NAMED)) + _OTHERS * bool(others),
        HEARING: str(escape(hearing)),
        CASE: str(strong(escape(found.case(str(record.data.get(context.roles[record.collection].subtype, "")))))),
    }
    return [(question, Markup("<br>").join(_told(context, told, words))) for question, told in found.quick]


def _office(context: RenderContext, record: Record) -> Record | None:
    """Return the body whose acts are meant: this bureau, or the one that acts alone."""
    bureau = context.catalog.settings.body
    bodies = texts(record.data.get(context.roles[record.collection].bodies))
    acting = bureau if bureau in bodies or len(bodies) != 1 else bodies[0]
    return context.catalog.record(BODIES, acting) if acting in bodies else None


def _remedies(context: RenderContext, remedy: Remedy, case: str, office: Record | None) -> Remedies:
    page: Any = TEMPLATES.get_template("remedies.html").module
    superior = context.catalog.record(BODIES, register.reviewer(office)) if office else None
    names = (context.catalog.title(body) if body else "" for body in (office, superior))
    words = {
        OFFICE: str(page.whom(*names)).strip(),
        HEARINGS: str(page.hearings(_standards(context))).strip(),
        CASE: str(strong(escape(case))),
    }
    lenient = [_Leniency(name, _told(context, told, words), _links(context, told)) for name, told in remedy.leniency]
    return Remedies(
        remedy.title,
        remedy.hint,
        as_html(
            page.papers(_told(context, remedy.opening, words), [_paper(context, each, words) for each in remedy.papers])
        ),
        any(paper.counted(step) for paper in remedy.papers for step in paper.steps),
        as_html(page.leniency(lenient, remedy.leniency_note)),
        as_html(page.brief([_filled(line.text, words) for line in remedy.brief])),
    )


def _standards(context: RenderContext) -> list[dict[str, object]]:
    return [
        {"who": limit.whom, "amount": yuan(limit.amount), "link": context.link(limit.record)}
        for limit in limits(context)
    ]


def _paper(context: RenderContext, paper: RemedyPaper, words: Words) -> _Paper:
    steps = [
        _Step(
            step.title,
            _told(context, step.remark, words),
            step.deadline.text if step.deadline else "",
            [context.place(citation) for citation in step.basis],
            paper.counted(step),
            "、".join(map(str, step.deadline.postponed)) if step.deadline else "",
        )
        for step in paper.steps
    ]
    return _Paper(paper.title, paper.hint, steps)


def _links(context: RenderContext, text: RemedyText) -> list[Markup]:
    return [context.place(citation) for citation in text.cited]


def _told(context: RenderContext, text: RemedyText, words: Words) -> list[Markup]:
    """Return the paragraphs of a text, in which what it cites leads to its article."""
    links = {str(escape(str(citation))): str(context.place(citation)) for citation in text.cited}
    names = re.compile("|".join(map(re.escape, sorted(links, key=len, reverse=True))) or "(?!)")
    return [
        as_html(names.sub(lambda found: links[found[0]], _filled(line, words)))
        for line in text.text.split("\n")
        if line.strip()
    ]


def _filled(text: str, words: Words) -> Markup:
    """Return a text with what depends on the power in its slots."""
    return as_html(_SLOT.sub(lambda slot: words.get(slot[1], slot[0]), strong(escape(text))))
