"""sitemap.xml: the address of every page, generated or written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable


def sitemap(address: str, pages: Iterable[str]) -> bytes:
    """Return the site map of a site; pages are addresses from its root. It says no days: those stand on the pages."""
    entries = "".join(f"<url><loc>{escape(address + page)}</loc></url>\n" for page in sorted(pages))
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{entries}</urlset>\n".encode()
