"""Numbers of 条, 款, 项 or 目 (条款序号)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.form.kinds.kind import Kind, escaped
from quanze.law.citation import Citation

if TYPE_CHECKING:
    from quanze.form.fields import Field
    from quanze.form.kinds.kind import Look


def _text(value: object, field: Field, _look: Look) -> str:
    return Citation.of({field.name: value}).place or str(value)


KIND = Kind("条款序号", _text, escaped(_text))
