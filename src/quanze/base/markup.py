"""Text as HTML: markupsafe's `escape` without its detours, since ten thousand pages ask it a hundred times each."""

from __future__ import annotations

import markupsafe
from markupsafe import Markup, _escape_inner  # type: ignore[attr-defined]


def escape(value: object) -> Markup:
    """Return a value as HTML; what is HTML already stays as it is, without being asked."""
    if value.__class__ is Markup:
        return value
    return as_html(_escape_inner(value)) if value.__class__ is str else markupsafe.escape(value)


def as_html(text: str) -> Markup:
    """Take a text for HTML in which all that comes from a record is escaped already, without asking what it is."""
    return str.__new__(Markup, text)
