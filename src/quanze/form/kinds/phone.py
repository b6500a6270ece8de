"""A telephone number (电话)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import escape

from quanze.form.kinds.kind import Kind, as_html

if TYPE_CHECKING:
    from markupsafe import Markup

    from quanze.form.kinds.kind import Field, Look


def _html(value: object, _field: Field, _look: Look) -> Markup:
    digits = re.sub("[^0-9+]", "", str(value).partition("转")[0])
    return as_html(f'<a href="tel:{digits}">{escape(value)}</a>') if digits else escape(value)


KIND = Kind("电话", html=_html)
