"""A list's page: the table with the short columns, all rows in it, and its downloads."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape

from quanze.listing import ID, NUMBER, Column, Listing, Row, cell, listing
from quanze.pages.page import TEMPLATES, Page

if TYPE_CHECKING:
    from quanze.catalog import Catalog
    from quanze.model import Record
    from quanze.pages.look import SiteLook

FORMATS = (("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON"))


class Bar(NamedTuple):
    """How many rows have one value of the column that the list is counted by."""

    name: str
    count: int
    width: int
    """In hundredths of the longest."""


def page(catalog: Catalog, look: SiteLook, record: Record, updated: str) -> Page:
    """Return the page of a list."""
    this = listing(catalog, record)
    data: Any = record.data
    body = TEMPLATES.get_template("list.html").render(
        record=record,
        data=data,
        listing=this,
        bars=bars(this),
        table=table(this, catalog, look),
        formats=FORMATS,
        base=look.base,
        publisher=look.title("bodies", data["公布主体"]),
        updated=updated,
    )
    return Page(
        url=f"lists/{record.id}/",
        title=data["名称"],
        body=Markup(body),
        source=record.path,
        updated=updated,
        description=data.get("简介", data["名称"]).strip(),
        kind="column",
    )


def bars(this: Listing) -> list[Bar]:
    """Count the rows by the first column that has a closed vocabulary and is filtered by."""
    names: list[str] = list(this.record.data.get("筛选", ()))  # type: ignore[call-overload]
    field = next((f for f in map(this.form.find, names) if f and f.choices), None)
    if field is None:
        return []
    counts = Counter(str(row.records[0].data.get(field.name)) for row in this.rows)
    top = max(counts.values(), default=1)
    return [Bar(name, counts[name], counts[name] * 100 // top) for name in field.choices if counts[name]]


def table(this: Listing, catalog: Catalog, look: SiteLook) -> Markup:
    """Return the table of the short columns; names lead to the records' pages."""
    filters = set(this.record.data.get("筛选", ()))  # type: ignore[call-overload]
    heads = Markup().join(
        Markup('<th scope="col" data-field="{}"{}>{}</th>').format(
            column.path, Markup(" data-filter") if column.path in filters else "", column.title
        )
        for column in this.short
    )
    rows = Markup().join(_row(this.short, row, catalog, look) for row in this.rows)
    return Markup(
        '<table class="qz-table"><caption>{}（共 {} 项）</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
    ).format(this.record.data["名称"], len(this.rows), heads, rows)


def _row(columns: tuple[Column, ...], row: Row, catalog: Catalog, look: SiteLook) -> Markup:
    cells = []
    for column in columns:
        texts = cell(column, row, catalog, look)
        title = column.field is not None and column.field.kind == "标题"
        label = Markup(' data-label="{}"').format(column.title)
        if title:
            links = [
                Markup('<a href="{}{}/{}/">{}</a>').format(
                    look.base, one.collection, one.id, row.rewritten.get(column.path) or catalog.title(one)
                )
                for one in row.records
            ]
            cells.append(Markup('<th scope="row"{}>{}</th>').format(label, Markup("<br>").join(links)))
        else:
            cells.append(Markup("<td{}>{}</td>").format(label, _values(texts)))
    return Markup("<tr>{}</tr>").format(Markup().join(cells))


def _values(texts: tuple[str, ...]) -> Markup:
    if not texts:
        return Markup('<span class="qz-muted">未载明</span>')
    if len(texts) == 1:
        return escape(texts[0])
    return Markup().join(Markup('<span class="qz-v">{}</span>').format(text) for text in texts)


__all__ = ["ID", "NUMBER", "bars", "page", "table"]
