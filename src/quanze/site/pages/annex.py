"""The official annex of a list: every column, heads in one or two rows, for printing and handing in."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from quanze.base.markup import as_html, escape
from quanze.form import kinds
from quanze.register.cells import prose
from quanze.site.pages.page import ALL_LISTS, Page, render
from quanze.site.pages.rows import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quanze.base.model import Record
    from quanze.register.table import Column, Listing
    from quanze.site.pages.context import RenderContext


def url(record: Record) -> str:
    """Return the address of a list's annex."""
    return f"lists/{record.id}/print/"


def page(context: RenderContext, record: Record) -> Page:
    """Return the annex of a list as it stands."""
    listing = context.listing(record)
    definition = listing.definition
    body = render(
        "annex.html",
        name=definition.title,
        edition=definition.editions[-1] if definition.editions else None,
        publisher=context.look.title("bodies", definition.publisher),
        heads=heads(listing.columns),
        body=table_body(listing, _cells(context, record, listing)),
        total=listing.total,
        scope=definition.scope,
        columns=listing.columns,
        notes=[note.text for note in definition.notes],
        base="../../../",
    )
    return Page(
        url=url(record),
        title=f"{definition.title}（全表）",
        body=body,
        crumbs=(ALL_LISTS, (definition.title, f"lists/{record.id}/")),
        description=f"{definition.title}的全部栏目，供打印。",
        kind="column",
    )


def _cells(context: RenderContext, record: Record, listing: Listing) -> Iterator[list[str]]:
    """Yield the cells of each row as the files have them, but sanctions as a sentence: this is read."""
    said = [
        (at, column)
        for at, column in enumerate(listing.columns)
        if column.field is not None and column.field.kind is kinds.SANCTION
    ]
    for row, texts in zip(listing.rows, cells(context, record), strict=True):
        told = {at: "\n".join(prose(column, row, context.catalog, context.look)) for at, column in said}
        yield [told.get(at) or text for at, text in enumerate(texts)]


def table_body(listing: Listing, rows: Iterable[Sequence[str | Markup]]) -> Markup:
    """Return the rows of a list's whole table: headings over the columns, the cells of an entry over its rows."""
    told = []
    for row, heading, texts in zip(listing.rows, listing.headings(), rows, strict=True):
        if heading:
            told.append(_HEADING.format(len(listing.columns), escape(heading)))
        cells = (
            f'<td rowspan="{span}">{escape(text)}</td>' if span > 1 else f"<td>{escape(text)}</td>"
            for span, text in zip(listing.spans(row, listing.columns), texts, strict=True)
            if span
        )
        told.append(f"<tr>{''.join(cells)}</tr>")
    return as_html("\n".join(told))


_HEADING = '<tr class="qz-annex__heading"><th scope="rowgroup" colspan="{}">{}</th></tr>'


def heads(columns: Sequence[Column]) -> Markup:
    """Return the rows of a table's head: two where a column has a group."""
    head = Markup('<th scope="col">{}</th>')
    if not any(column.group for column in columns):
        return Markup("<tr>{}</tr>").format(Markup().join(head.format(column.title) for column in columns))
    upper, lower = [], []
    for group, found in groupby(columns, lambda one: one.group):
        members = list(found)
        if group:
            upper.append(Markup('<th scope="colgroup" colspan="{}">{}</th>').format(len(members), group))
            lower += [head.format(member.title) for member in members]
        else:
            upper += [Markup('<th scope="col" rowspan="2">{}</th>').format(member.title) for member in members]
    return Markup("<tr>{}</tr><tr>{}</tr>").format(Markup().join(upper), Markup().join(lower))
