"""The page of all lists: in groups, each with sentence, count, edition and date, and how they hang together."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.markup import as_html, escape
from quanze.register.family import groups, listed, ties
from quanze.site.pages.page import Page, render

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from quanze.base.model import Record
    from quanze.form import Form
    from quanze.register.definition import Edition
    from quanze.register.family import Tie
    from quanze.site.pages.context import RenderContext

URL = "lists/"


class _Entry(NamedTuple):
    record: Record
    title: str
    sentence: str
    total: int
    edition: Edition | None
    changed: str
    """When the list or one of its records was last changed; empty where that is not known."""


def page(context: RenderContext, changed: Callable[[Record], str]) -> Page:
    """Return the page of all lists; `changed` tells the day on which a list was last changed."""
    catalog = context.catalog
    found = [(group, [_entry(context, list_, changed) for list_ in group.lists]) for group in groups(catalog)]
    count, tied = sum(len(entries) for _, entries in found), ties(catalog)
    body = render("family.html", groups=found, count=count, ties=_by_source(tied), drawing=arcs(tied))
    return Page(URL, "全部清单", body, description="本站公布的每一张清单，以及它们怎样连在一起。", kind="column")


def _entry(context: RenderContext, record: Record, changed: Callable[[Record], str]) -> _Entry:
    form, told = listed(context.catalog, record), context.catalog.lists[record.id]
    sentence = (told.intro or (form.help if form else "")).strip()
    last = next(reversed(told.editions), None)
    return _Entry(record, told.title, sentence, context.listing(record).total, last, changed(record))


def _by_source(tied: Sequence[Tie]) -> list[tuple[str, list[Tie]]]:
    return [(title, [*rows]) for title, rows in groupby(tied, key=lambda one: one.source.title)]


_ROW, _LETTER, _GAP, _MOST = 34, 14, 14, 14
"""The height of a row, the width of a character, the room before a dot; the longest name, in characters."""


def arcs(tied: Sequence[Tie]) -> Markup:
    """Draw the forms in one column, with an arc from each to those that its records name; nothing without any.

    A column of names with arcs beside it is legible on a phone, however many there are.
    """
    apart = [tie for tie in tied if tie.source is not tie.target]
    if not apart:
        return as_html("")
    forms = {form.collection: form for tie in apart for form in (tie.source, tie.target)}
    pairs = dict.fromkeys((tie.source.collection, tie.target.collection) for tie in apart)
    rows = sorted(forms.values(), key=lambda one: (one.family, one.collection))
    places = {form.collection: place for place, form in enumerate(rows)}
    left = max(len(_short(form)) for form in rows) * _LETTER + _GAP
    widest = max(abs(places[source] - places[target]) for source, target in pairs)
    width, height = left + _bulge(widest) + _GAP, len(rows) * _ROW
    names = "".join(
        f'<text class="qz-family__name" x="{left - _GAP}" y="{_middle(place) + 5}">{escape(_short(form))}</text>'
        f'<circle class="qz-family__dot" cx="{left}" cy="{_middle(place)}" r="4"/>'
        for place, form in enumerate(rows)
    )
    lines = "".join(_arc(left, places[source], places[target]) for source, target in pairs)
    return as_html(
        f'<svg class="qz-family__drawing" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-labelledby="ties" aria-describedby="tied">{lines}{names}</svg>'
    )


def _short(form: Form) -> str:
    return form.title if len(form.title) <= _MOST else f"{form.title[: _MOST - 1]}…"


def _middle(place: int) -> int:
    return place * _ROW + _ROW // 2


def _bulge(distance: int) -> int:
    return 20 + 8 * distance


def _arc(left: int, source: int, target: int) -> str:
    """Return an arc with the head of an arrow at its target; the longer it is, the further it reaches out."""
    start, end, out = _middle(source), _middle(target), _bulge(abs(source - target)) * 4 // 3
    tip = left + 5
    path = f"M{left} {start}C{left + out} {start} {left + out} {end} {tip + 5} {end}"
    head = f"M{tip + 7} {end - 4}L{tip} {end}L{tip + 7} {end + 4}z"
    return f'<path class="qz-family__arc" d="{path}"/><path class="qz-family__head" d="{head}"/>'
