"""The page of a list beside another (对照): only where reviews are public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.register.catalog import LISTS
from quanze.register.reconciliation import of_listing, reconcile
from quanze.site.exports.reconciliation import HEAD, rows
from quanze.site.pages.page import ALL_LISTS, Page, render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Record
    from quanze.site.pages.context import RenderContext

_OURS, _LEFT = HEAD[2], frozenset({HEAD[3], HEAD[7]})
"""The column with links, and those that a page has no need of: ids, and what takes an earlier edition."""
_WORDS = frozenset({HEAD[0], HEAD[8]})
"""The columns that hold one word each, which no line breaks."""


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
    cells = [*map(_cells, rows(discrepancies, {}))]
    empty = {name for name in HEAD if not any(cell for row in cells for label, cell in row if label == name)}
    told = zip(discrepancies, ([one for one in row if one[0] not in empty] for row in cells), strict=True)
    body = render(
        "reconciliation.html",
        title=title,
        head=[name for name in HEAD if name not in empty],
        ours=_OURS,
        whole=_WORDS,
        rows=[*told],
        collection=catalog.lists[record.id].collection,
        undecided=undecided,
        base="../../../../",
    )
    crumbs = (ALL_LISTS, (catalog.title(record), f"{LISTS}/{record.id}/"))
    return Page(url, title, body, crumbs=crumbs, source=record.path)


def _cells(row: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return (head, text) of the cells that are shown; what is only a row's name once more is left out."""
    names = row[1:3]
    told = zip(HEAD, row, strict=True)
    return [(name, "" if name.endswith("写的") and cell in names else cell) for name, cell in told if name not in _LEFT]
