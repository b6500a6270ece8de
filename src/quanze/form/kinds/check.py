"""When and by what a record was last checked (核对)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.base.value import mapping, text
from quanze.form.kinds import date
from quanze.form.kinds.kind import Kind, escaped, in_lines

if TYPE_CHECKING:
    from quanze.base.model import Value
    from quanze.form.kinds.kind import Field, Look, Lookup

DAY, _SOURCE = "日期", "来源"
_CHECK = re.compile(r"(?P<date>[^（]+)（(?P<source>.+)）\Z", re.DOTALL)


def day(value: object) -> str:
    """Return the day of a check; empty where none is told."""
    return text(value.get(DAY)) if isinstance(value, dict) else ""


def _text(value: object, _field: Field, _look: Look) -> str:
    check = mapping(value)
    return f"{check[DAY]}（{check[_SOURCE]}）"


def _read(text: str, field: Field, names: Lookup) -> dict[str, Value]:
    match = _CHECK.match(text)
    if not match:
        raise ValueError(f"「{text[:20]}」要写明日期和来源，如「2026-05-01（来源）」")
    return {DAY: date.read(match["date"], field.fields[DAY], names), _SOURCE: match["source"].strip()}


KIND = Kind("核对", _text, escaped(_text), _read, in_lines, phrase=True, shared=True, provenance=True)
