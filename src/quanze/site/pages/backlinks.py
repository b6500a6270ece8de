"""What other records say of this one, in the part of its page where a reader looks for it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from markupsafe import Markup

from quanze.base.markup import as_html, escape
from quanze.form.declared import PLACES, Back
from quanze.register.paths import value_at
from quanze.site.pages.values import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Record
    from quanze.register.backlinks import Backlink
    from quanze.site.pages.context import RenderContext


_NOTHING = "—"
"""In a cell of another record's table: its own page says what is not known."""
_FILLED = 0.7


def parts(context: RenderContext, record: Record, there: Iterable[str] = PLACES) -> Mapping[str, Markup]:
    """Return what is told in each part of the page; what has no part `there` comes last (more)."""
    found: dict[str, dict[Back, list[Backlink]]] = defaultdict(lambda: defaultdict(list))
    places = {*there}
    for link in context.register.backlinks.get((record.collection, record.id), ()):
        if link.field.back:
            place = link.field.back.at if link.field.back.at in places else "more"
            found[place][link.field.back].append(link)
    return {
        place: Markup().join(_group(context, back, links) for back, links in found[place].items()) for place in PLACES
    }


def _group(context: RenderContext, back: Back, links: Sequence[Backlink]) -> Markup:
    lead = f'<p class="qz-back__lead">{escape(back.lead)}</p>' if back.lead and not back.leads else ""
    told = "".join(_split(context, back, links))
    return as_html(f'<div class="qz-back qz-offsheet"><h3>{escape(back.title)}</h3>{lead}{told}</div>')


def _split(context: RenderContext, back: Back, links: Sequence[Backlink]) -> Iterator[str]:
    """Yield the lists of records, one for each value of the field that sets them apart."""
    if not back.split:
        yield _list(context, back, links)
        return
    apart: dict[str, list[Backlink]] = defaultdict(list)
    for link in links:
        apart[str(value_at(link.record.data, back.split) or "")].append(link)
    order = {name: place for place, name in enumerate(back.order)}
    for name in sorted(apart, key=lambda one: (order.get(one, len(order)), one)):
        yield f"<h4>{escape(back.heading(name))}</h4>" if name else ""
        yield _list(context, back, apart[name])


def _list(context: RenderContext, back: Back, links: Sequence[Backlink]) -> str:
    items = "".join(
        f"<li>{context.link(link.record)}{_reached(link)}{_shown(context, back, link)}</li>" for link in links
    )
    return f'<ul class="qz-back__list">{items}</ul>'


def _reached(link: Backlink) -> str:
    return "".join(f'<p class="qz-back__reached">{escape(words)}</p>' for words in link.said)


def _shown(context: RenderContext, back: Back, link: Backlink) -> str:
    """Return the fields of a record that matter here, in the order of the form that says so."""
    form = context.catalog.forms[link.record.collection]
    rows = []
    for path in back.show:
        field, value = form.find(path), value_at(link.record.data, path)
        if field is not None and value is not None:
            rows.append(f"<div><dt>{escape(path)}</dt><dd>{shown(context, field, value, _NOTHING, _FILLED)}</dd></div>")
    return f'<dl class="qz-back__facts">{"".join(rows)}</dl>' if rows else ""
