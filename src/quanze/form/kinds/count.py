"""A whole number (数量); on pages with what it counts, where the form says so, in cells a number alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import escape

from quanze.form.kinds import number
from quanze.form.kinds.kind import Kind, as_html

if TYPE_CHECKING:
    from markupsafe import Markup

    from quanze.form.fields import Field
    from quanze.form.kinds.kind import Look


def _html(value: object, field: Field, look: Look) -> Markup:
    return as_html(str(escape(" ".join(filter(None, (number.text(value, field, look), field.unit))))))


KIND = Kind("数量", number.text, _html, number.read)
