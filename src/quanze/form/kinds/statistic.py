"""A figure (统计) worked out from the register and its history: how many of what, in which year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quanze.form.kinds import group
from quanze.form.kinds.kind import Kind, escaped

if TYPE_CHECKING:
    from quanze.form.fields import Field
    from quanze.form.kinds.kind import Look

UNKNOWN = "待核"
COUNTED = "计"
"""The part that says what is counted: every figure has it."""


def _text(value: Any, _field: Field, look: Look) -> str:
    return look.figure(value) or UNKNOWN


KIND = Kind("统计", _text, escaped(_text), group.read, group.split)
