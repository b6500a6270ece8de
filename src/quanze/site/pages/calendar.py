"""The days ahead as a page, beside the calendar file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.site.dates import dates
from quanze.site.pages.page import Page, render

if TYPE_CHECKING:
    from quanze.register.catalog import Catalog

FILE = "calendar.ics"


def page(catalog: Catalog, at: str) -> Page:
    """Return the page of what is to come."""
    said = "将要施行、废止的法律，将要终止的事项，以及到期的核对、豁免和期限。"
    body = render("calendar.html", dates=dates(catalog, at), at=at, file=FILE, said=said)
    return Page("calendar/", "日程", body, description=said, kind="column")
