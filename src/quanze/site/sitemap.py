"""sitemap.xml: the address of every page, generated or written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping


def sitemap(address: str, pages: Mapping[str, str]) -> bytes:
    """Return the site map of a site: addresses from its root with the day of the last change, empty where unknown."""
    told = sorted(pages.items())
    entries = "".join(f"<url><loc>{escape(address + page)}</loc>{_changed(day)}</url>\n" for page, day in told)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{entries}</urlset>\n".encode()


def _changed(day: str) -> str:
    return f"<lastmod>{day}</lastmod>" if day else ""
