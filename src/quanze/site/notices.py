"""What the box that reads notices needs beside the search: provisions that are not this bureau's, and the papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.register.catalog import LAWS
from quanze.register.exclusions import exclusions

if TYPE_CHECKING:
    from quanze.register.catalog import Catalog
    from quanze.register.remedies import RemedyPaper
    from quanze.site.pages.context import RenderContext

FILE = "search/notices.js"


def notices(context: RenderContext) -> dict[str, object]:
    """Return { at, others, papers }; see notices.js in quanze/frame/assets/."""
    papers = {paper.title: paper for remedy in context.remedies for paper in remedy.papers if paper.marks}
    return {"at": context.at, "others": _others(context.catalog), "papers": [*map(_paper, papers.values())]}


def _others(catalog: Catalog) -> dict[str, list[list[object]]]:
    """Return what of each law has no item here, by its key: [条, 款, 项, reason, whether only in part]."""
    return {
        f"{LAWS}/{law}": [[*place, one.reason, one.partial] for one in found for place in one.place.places]
        for law, found in exclusions(catalog).items()
    }


def _paper(paper: RemedyPaper) -> dict[str, object]:
    steps = [
        [step.title, step.deadline.text if step.deadline else "", [str(one) for one in step.basis]]
        for step in paper.steps
    ]
    return {"title": paper.title, "hint": paper.hint, "marks": paper.marks, "steps": steps}
