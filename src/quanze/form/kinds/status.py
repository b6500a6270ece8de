"""The status of a record (状态): a draft, in force, held or ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.markup import as_html, escape
from quanze.form.kinds.kind import Kind

if TYPE_CHECKING:
    from markupsafe import Markup

    from quanze.form.kinds.kind import Field, Look


def _html(value: object, _field: Field, _look: Look) -> Markup:
    status = escape(value)
    return as_html(f'<span class="qz-status" data-status="{status}">{status}</span>')


KIND = Kind("状态", html=_html, width=8, shared=True)
