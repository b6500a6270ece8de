"""What the box that reads notices needs beside the search: provisions that are not this bureau's, and the papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.law.articlemap import covers
from quanze.law.citation import DUTY, OUTRANKED, SUPERSEDED
from quanze.register.catalog import LAWS
from quanze.register.exclusions import exclusions
from quanze.register.remedies import papers
from quanze.site.gist import fines, ranges
from quanze.site.pages.first import rights

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.law.sanction import Sanction
    from quanze.register.remedies import Deadline, RemedyPaper
    from quanze.site.pages.context import RenderContext

FILE = "search/notices.js"
_OVER = frozenset({OUTRANKED, SUPERSEDED})


def notices(context: RenderContext) -> dict[str, object]:
    """Return { at, others, papers, shares, places, rights }; see notices.js in quanze/frame/assets/."""
    known = {paper.title: paper for paper in papers(context.catalog) if paper.marks}
    return {
        "at": context.at,
        "others": _others(context),
        "papers": [*map(_paper, known.values())],
        "shares": dict(_shares(context)),
        "places": dict(_places(context)),
        "rights": _rights(context),
    }


def _shares(context: RenderContext) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Yield what the fines of a record are that are a share or a multiple of something, by its key."""
    for record in context.catalog:
        found: list[dict[str, object]] = [
            {
                "unit": unit,
                "low": bounds.low or 0,
                "high": bounds.high or bounds.low,
                "base": fine.base,
                "when": when,
                "told": fine.text,
                "places": _standing(context, row),
            }
            for row in context.register.sanctions(record)
            for fine, when in fines([row])
            for unit, bounds in (("%", fine.share), ("倍", fine.times))
            if bounds.low or bounds.high
        ]
        if found:
            yield f"{record.collection}/{record.id}", found


def _places(context: RenderContext) -> Iterator[tuple[str, list[list[object]]]]:
    """Yield where the fines of a record stand, by its key, unless all in one: [least, most, when, law, 条, 款, 项]."""
    for record in context.catalog:
        standing = [(row, _standing(context, row)) for row in context.register.sanctions(record) if row.fine]
        if len({tuple(place) for _, places in standing for place in places}) > 1:
            key = f"{record.collection}/{record.id}"
            yield key, [[*one, *place] for row, places in standing for one in ranges([row]) for place in places]


def _standing(context: RenderContext, row: Sanction) -> list[list[object]]:
    """Return where a sanction stands, as far as its laws are known: [law, 条, 款, 项]."""
    return [
        [f"{LAWS}/{named[0].id}", *place]
        for basis in row.bases
        if len(named := context.catalog.named(basis.law)) == 1
        for place in basis.places
    ]


def _rights(context: RenderContext) -> list[list[object]]:
    """Return what can be done against powers, each text once: [[question, answer], …], and the keys of the powers."""
    found: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for record in context.catalog:
        if context.roles[record.collection].is_power:
            told = tuple((question, answer.striptags()) for question, answer in rights(context, record))
            found.setdefault(told, []).append(f"{record.collection}/{record.id}")
    return [[list(map(list, told)), keys] for told, keys in found.items() if told]


def _others(context: RenderContext) -> dict[str, list[list[object]]]:
    """Return what of each law has no item here, by its key: [条, 款, 项, reason, whether only in part].

    A provision on which a power rests all the same is so in part alone: its penalty is another's, its order is ours.
    """
    told: dict[str, list[list[object]]] = {}
    for law, found in exclusions(context.catalog).items():
        cited = context.catalog.citations.get(law, ())
        powers = [one.value for one in cited if context.roles[one.record.collection].is_power]
        rested = {place for one in powers if one.role != DUTY and one.state not in _OVER for place in one.places}
        told[f"{LAWS}/{law}"] = [
            [*place, one.reason, one.partial or any(covers(place, ours) for ours in rested)]
            for one in found
            for place in one.place.places
        ]
    return told


def _paper(paper: RemedyPaper) -> dict[str, object]:
    steps = [
        {
            "title": step.title,
            "until": step.deadline.text if step.deadline else "",
            "basis": [str(one) for one in step.basis],
            **_counted(paper.counted(step)),
        }
        for step in paper.steps
    ]
    return {"title": paper.title, "hint": paper.hint, "marks": paper.marks, "steps": steps}


def _counted(deadline: Deadline | None) -> dict[str, object]:
    """Return what the last day is counted by; nothing where no days run from the receipt of the paper."""
    if deadline is None:
        return {}
    law = "、".join(map(str, deadline.postponed))
    return {"number": deadline.number, "unit": deadline.unit, "law": law}
