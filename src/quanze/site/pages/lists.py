"""A list's page: the table with the short columns, all rows in it, and its downloads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.markup import as_html
from quanze.register.table import ABSENT
from quanze.site.pages.charts import chart
from quanze.site.pages.page import ALL_LISTS, TEMPLATES, Page
from quanze.site.pages.rows import rows
from quanze.site.pages.table import table
from quanze.site.reckoning import chapters

if TYPE_CHECKING:
    from quanze.base.model import Record
    from quanze.register.table import Listing
    from quanze.site.pages.context import RenderContext

FORMATS = (("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON"))
REPORTED = (("docx", "Word"), ("md", "Markdown"))
"""What a list with figures has beside these: to be pasted into a report."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How many entries have one value of the column that the list is counted by."""

    name: str
    count: int
    width: int
    """In hundredths of the longest."""


def page(context: RenderContext, record: Record, updated: str) -> Page:
    """Return the page of a list."""
    listing, look = context.listing(record), context.look
    definition = listing.definition
    reckoned = chapters(listing, context.figures)
    body = TEMPLATES.get_template("list.html").render(
        record=record,
        list=definition,
        listing=listing,
        bars=bars(listing),
        table=table(listing, [row.html for row in rows(context, record)]),
        formats=(*FORMATS, *(REPORTED if reckoned else ())),
        chapters=reckoned,
        chart=chart,
        base=look.base,
        publisher=look.title("bodies", definition.publisher),
        updated=updated,
        feed=bool(context.address),
    )
    return Page(
        url=f"lists/{record.id}/",
        title=definition.title,
        body=as_html(body),
        crumbs=(ALL_LISTS,),
        source=record.path,
        updated=updated,
        description=(definition.intro or definition.title).strip(),
        data=f"data/v1/lists/{record.id}.json",
        kind="column",
        feed=bool(context.address),
    )


def bars(listing: Listing) -> list[Bar]:
    """Count the entries by the first column that has a closed vocabulary and is filtered by."""
    field = next((f for f in map(listing.form.find, listing.definition.filters) if f and f.choices), None)
    if field is None:
        return []
    counts = Counter(str(record.data.get(field.name, ABSENT)) for record in listing.counted)
    top = max(counts.values(), default=1)
    return [Bar(name, counts[name], counts[name] * 100 // top) for name in (*field.choices, ABSENT) if counts[name]]
