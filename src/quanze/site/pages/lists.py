"""A list's page: the table with the short columns, all rows in it, and its downloads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from quanze.form.kinds.kind import as_html
from quanze.register.listing import Column, Listing, Row, cell
from quanze.site.pages.page import TEMPLATES, Page

if TYPE_CHECKING:
    from markupsafe import Markup

    from quanze.base.model import Record
    from quanze.register.catalog import Catalog
    from quanze.register.links import SiteLook
    from quanze.site.pages.register import Register

FORMATS = (("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON"))


@dataclass(frozen=True, slots=True)
class Bar:
    """How many rows have one value of the column that the list is counted by."""

    name: str
    count: int
    width: int
    """In hundredths of the longest."""


def page(register: Register, record: Record, updated: str) -> Page:
    """Return the page of a list."""
    this, look = register.listing(record), register.look
    data: Any = record.data
    body = TEMPLATES.get_template("list.html").render(
        record=record,
        data=data,
        listing=this,
        bars=bars(this),
        table=table(this, register.catalog, look),
        formats=FORMATS,
        base=look.base,
        publisher=look.title("bodies", data["公布主体"]),
        updated=updated,
    )
    return Page(
        url=f"lists/{record.id}/",
        title=data["名称"],
        body=as_html(body),
        source=record.path,
        updated=updated,
        description=data.get("简介", data["名称"]).strip(),
        kind="column",
    )


def bars(this: Listing) -> list[Bar]:
    """Count the rows by the first column that has a closed vocabulary and is filtered by."""
    field = next((f for f in map(this.form.find, this.record.data.get("筛选", ())) if f and f.choices), None)
    if field is None:
        return []
    counts = Counter(str(row.records[0].data.get(field.name)) for row in this.rows)
    top = max(counts.values(), default=1)
    return [Bar(name, counts[name], counts[name] * 100 // top) for name in field.choices if counts[name]]


def table(this: Listing, catalog: Catalog, look: SiteLook) -> Markup:
    """Return the table of the short columns; names lead to the records' pages."""
    filters = set(this.record.data.get("筛选", ()))
    heads = "".join(
        f'<th scope="col" data-field="{escape(column.path)}"{" data-filter" if column.path in filters else ""}>'
        f"{escape(column.title)}</th>"
        for column in this.short
    )
    rows = "".join(_row(this.short, row, catalog, look) for row in this.rows)
    caption = f"{escape(this.record.data['名称'])}（共 {len(this.rows)} 项）"
    return as_html(
        f'<table class="qz-table"><caption>{caption}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(columns: tuple[Column, ...], row: Row, catalog: Catalog, look: SiteLook) -> str:
    return f"<tr>{''.join(_cell(column, row, catalog, look) for column in columns)}</tr>"


def _cell(column: Column, row: Row, catalog: Catalog, look: SiteLook) -> str:
    label = escape(column.title)
    if column.field is None or column.field.kind != "标题":
        return f'<td data-label="{label}">{_values(cell(column, row, catalog, look))}</td>'
    links = "<br>".join(
        f'<a href="{look.base}{one.collection}/{one.id}/">'
        f"{escape(row.rewritten.get(column.path) or catalog.title(one))}</a>"
        for one in row.records
    )
    return f'<th scope="row" data-label="{label}">{links}</th>'


def _values(texts: tuple[str, ...]) -> str:
    if not texts:
        return '<span class="qz-muted">未载明</span>'
    if len(texts) == 1:
        return escape(texts[0])
    return "".join(f'<span class="qz-v">{escape(text)}</span>' for text in texts)
