"""One line of text (文本): what every value is that no other kind knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.base.markup import escape
from quanze.form.kinds import number
from quanze.form.kinds.kind import MARKS, Kind, as_written

if TYPE_CHECKING:
    from markupsafe import Markup

    from quanze.base.model import Value
    from quanze.form.kinds.kind import Field, Look, Lookup

_LINES = re.compile(r"[\n；;]+")


def _split(text: str, field: Field, _names: Lookup) -> list[str]:
    """Cut at lines, as free text holds commas of its own."""
    return (MARKS if field.choices else _LINES).split(text)


def _text(value: object, field: Field, _look: Look) -> str:
    """Return the value as it is written: a number that its form gives no kind may be a year, and has no thousands."""
    return f"{value} {field.unit}" if field.unit and isinstance(value, int | float) else str(value)


def _html(value: object, field: Field, look: Look) -> Markup:
    return escape(_text(value, field, look) if field.unit else value)


def _read(text: str, field: Field, names: Lookup) -> Value:
    return number.read(text, field, names) if field.type in {"integer", "number"} else as_written(text, field, names)


KIND = Kind("文本", _text, _html, _read, _split)
