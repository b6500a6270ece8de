"""One line of text (文本): what every value is that no other kind knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.form.kinds.kind import MARKS, Kind, as_written

if TYPE_CHECKING:
    from quanze.form.fields import Field
    from quanze.form.kinds.kind import Lookup

_LINES = re.compile(r"[\n；;]+")


def _split(text: str, field: Field, _names: Lookup) -> list[str]:
    """Cut at lines, as free text holds commas of its own."""
    return (MARKS if field.choices else _LINES).split(text)


KIND = Kind("文本", read=as_written, split=_split)
