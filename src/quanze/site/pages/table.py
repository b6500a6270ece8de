"""The table of a list's page: the short columns, in the order of its rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from quanze.base.markup import as_html, escape
from quanze.form import kinds
from quanze.register.catalog import SUBITEM
from quanze.register.cells import cell, prose, records_of, silence
from quanze.register.definition import ID, NUMBER
from quanze.register.roles import Roles, roles
from quanze.register.table import EMPTY, Column, Listing, Row
from quanze.site.gist import gist

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from quanze.base.model import Record
    from quanze.register.catalog import Catalog
    from quanze.register.links import SiteLook


def table(listing: Listing, rows: Sequence[str]) -> Markup:
    """Return the table around its rows; where entries have several rows, each stands in a body of its own."""
    filters = set(listing.definition.filters)
    heads = "".join(
        f'<th scope="col" data-field="{escape(column.title if column.only else column.path)}"'
        f"{' data-filter' if column.path in filters and not column.only else ''}>{_head(column)}</th>"
        for column in listing.short
    )
    caption = f"{escape(listing.definition.title)}（共 {listing.total} 项）"
    laid = " qz-table--parts" if listing.split else " qz-table--matrix" if listing.matrix else ""
    return as_html(
        f'<table class="qz-table{laid}"><caption>{caption}</caption>'
        f"<thead><tr>{heads}</tr></thead>{''.join(_bodies(listing, rows))}</table>"
    )


_SPEAKING = {kinds.POWERTYPE, kinds.STATUS, kinds.LEVEL, kinds.RANK, kinds.CITATION}
_FIRST = 50
"""So many rows stand in a body of their own: a telephone lays out the rest of a long list when one comes to it."""


def _bodies(listing: Listing, rows: Sequence[str]) -> Iterator[str]:
    """Yield the rows: the first and the rest in a body each, or every entry where an entry has several rows."""
    open_, close = ("<tbody>", "</tbody>") if listing.split else ("", "")
    yield "" if listing.split else "<tbody>"
    for number, (row, heading, told) in enumerate(zip(listing.rows, listing.headings(), rows, strict=True)):
        if number == _FIRST and not listing.split:
            yield "</tbody><tbody>"
        if heading:
            yield f"{open_}{_HEADING.format(len(listing.short), escape(heading))}{close}"
        if not row.part:
            yield open_
        yield told
        if row.part + 1 == row.parts:
            yield close
    yield "" if listing.split else "</tbody>"


@dataclass(frozen=True)
class TableRows:
    """Makes the rows of a table."""

    listing: Listing
    catalog: Catalog
    look: SiteLook

    @cached_property
    def roles(self) -> Roles:
        """What the fields of the list's records are."""
        return roles(self.listing.form)

    @cached_property
    def link(self) -> Column | None:
        """The column whose cell heads the row: it leads to the record, or is the side of a matrix."""
        return self.listing.short[0] if self.listing.matrix else _link_column(self.listing.short)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The heads of the columns, as the cells below them bear them."""
        return tuple(_head(column) for column in self.listing.short)

    def __call__(self, row: Row) -> str:
        """Return a row as HTML."""
        records = f' data-records="{len(row.records)}"' if self.listing.matrix else ""
        return f"<tr{_heading(row)}{records}>{''.join(_row(self, row))}</tr>"


_HEADING = '<tr class="qz-table__heading"><th scope="rowgroup" colspan="{}">{}</th></tr>'


def _heading(row: Row) -> str:
    return f' data-heading="{escape(row.heading)}"' if row.heading else ""


def _link_column(columns: Sequence[Column]) -> Column | None:
    """Return the column whose cell leads to the record: its name, or else the first that is no number."""
    titled = (one for one in columns if one.field is not None and one.field.kind is kinds.TITLE)
    return next(titled, None) or next((one for one in columns if one.path not in {NUMBER, ID}), None)


def _row(table: TableRows, row: Row) -> Iterator[str]:
    listing, link, catalog, look = table.listing, table.link, table.catalog, table.look
    for column, label, span in zip(listing.short, table.labels, listing.spans(row, listing.short), strict=True):
        if not span:
            continue
        over = f' rowspan="{span}"' if span > 1 else ""
        if column is link:
            told = _cell(table, column, row) if listing.matrix else _links(table, column, row)
            yield f'<th scope="row" data-label="{label}"{over}>{told}</th>'
        elif column.only:
            told = _matrix_links(column, row, catalog, look)
            yield f'<td data-label="{label}"{"" if told else " data-none"}>{told or EMPTY}</td>'
        else:
            bare = " data-bare" if _speaks(column) else ""
            yield f'<td data-label="{label}"{bare}{over}>{_cell(table, column, row)}</td>'


def _head(column: Column) -> Markup:
    """Return the head of a column; over the columns of a matrix stands the same for all, so each says its own alone."""
    return escape(column.title if column.only else column.head)


def _speaks(column: Column) -> bool:
    """Tell whether a cell says what it is without the head of its column: a number, a word all know, a citation."""
    return column.field is None or column.field.kind in _SPEAKING


def _links(table: TableRows, column: Column, row: Row) -> str:
    """Return the names of a row's records, each leading to its page; of what is no name, the text as one link."""
    if column.field is not None and column.field.kind is kinds.TITLE:
        apart = any(short.path == SUBITEM for short in table.listing.short)
        names = {
            record.id: record.data.get(column.path) if apart else table.catalog.title(record) for record in row.records
        }
        named = [
            (record, row.rewritten.get(column.path) or str(names[record.id] or record.id)) for record in row.records
        ]
    elif len(row.records) == 1:
        words = "、".join(cell(column, row, table.catalog, table.look))
        named = [(row.records[0], words or table.catalog.title(row.records[0]))]
    else:
        return _cell(table, column, row)
    return "<br>".join(
        _anchor(record, words, table.look) + _told(gist(table.catalog, table.roles, record)) for record, words in named
    )


def _matrix_links(column: Column, row: Row, catalog: Catalog, look: SiteLook) -> str:
    found = (
        (one, cell(column, replace(row, records=(one,)), catalog, look)) for one in records_of(column, row, catalog)
    )
    links = [f'<span class="qz-v">{_anchor(one, "；".join(texts), look)}</span>' for one, texts in found if texts]
    return "".join(links)


def _told(words: str) -> str:
    return f' <small class="qz-gist">{escape(words)}</small>' if words else ""


def _anchor(record: Record, words: str, look: SiteLook) -> str:
    return f'<a href="{look.base}{record.collection}/{record.id}/">{escape(words)}</a>'


def _cell(table: TableRows, column: Column, row: Row) -> str:
    texts = prose(column, row, table.catalog, table.look)
    if not texts:
        return f'<span class="qz-muted">{silence(column, row, table.catalog)}</span>'
    if len(texts) == 1:
        return escape(texts[0])
    return "".join(f'<span class="qz-v">{escape(text)}</span>' for text in texts)
