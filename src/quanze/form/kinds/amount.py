"""An amount of money in yuan (金额)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.form.kinds import number
from quanze.form.kinds.kind import Kind, escaped

if TYPE_CHECKING:
    from quanze.form.kinds.kind import Field, Look


def _text(value: object, _field: Field, _look: Look) -> str:
    return f"{value:,} 元"


KIND = Kind("金额", _text, escaped(_text), number.read)
