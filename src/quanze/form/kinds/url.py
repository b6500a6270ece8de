"""An address on the web (网址)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.markup import as_html, escape
from quanze.form.kinds.kind import Kind

if TYPE_CHECKING:
    from markupsafe import Markup

    from quanze.form.kinds.kind import Field, Look


def _html(value: object, _field: Field, _look: Look) -> Markup:
    url = escape(value)
    return as_html(f'<a href="{url}" rel="external noopener">{url}</a>')


KIND = Kind("网址", html=_html)
