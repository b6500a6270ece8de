"""Which records are meant, by what they say (条件)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.value import mapping
from quanze.form.kinds.kind import Kind, escaped

if TYPE_CHECKING:
    from quanze.form.fields import Field
from quanze.form.kinds.kind import Look


def _text(value: object, _field: Field, _look: Look) -> str:
    return "；".join(f"{path}：{_wanted(wanted)}" for path, wanted in mapping(value).items())


def _wanted(wanted: object) -> str:
    if isinstance(wanted, dict):
        return "、".join(f"{inner} {name}" if isinstance(inner, str) else name for name, inner in wanted.items())
    return "、".join(map(str, wanted)) if isinstance(wanted, list) else str(wanted)


KIND = Kind("条件", _text, escaped(_text))
