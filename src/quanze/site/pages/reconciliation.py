"""The page of a list beside another (对照): only where reviews are public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.register.catalog import LISTS
from quanze.register.reconciliation import of_listing, reconcile
from quanze.site.exports.reconciliation import HEAD, rows
from quanze.site.pages.page import Page, render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Record
    from quanze.site.pages.context import RenderContext

_SINCE = HEAD.index("上级的变化")
"""The column that needs an earlier edition, which a page does not have."""


def others(context: RenderContext, record: Record) -> Iterator[tuple[str, Record]]:
    """Yield (address, list) of every published list that a list is set beside."""
    public = context.catalog.settings.shows_reviews
    for name, _ in context.catalog.lists[record.id].decisions if public else ():
        other = context.catalog.record(LISTS, name)
        if other:
            yield f"{LISTS}/{record.id}/reconcile/{other.id}/", other


def page(context: RenderContext, record: Record, url: str, other: Record) -> Page:
    """Return the page on which every difference stands with its decision."""
    catalog = context.catalog
    ours, theirs = (of_listing(context.listing(one), catalog) for one in (record, other))
    discrepancies = reconcile(ours, theirs, catalog.lists[record.id].decided(other.id))
    title = f"{catalog.title(record)}：与{catalog.title(other)}对照"
    undecided = sum(discrepancy.decision is None for discrepancy in discrepancies)
    shown = [row[:_SINCE] + row[_SINCE + 1 :] for row in (HEAD, *rows(discrepancies, {}))]
    body = render("reconciliation.html", title=title, head=shown[0], rows=shown[1:], undecided=undecided)
    return Page(url, title, body, crumbs=((catalog.title(record), f"{LISTS}/{record.id}/"),), source=record.path)
