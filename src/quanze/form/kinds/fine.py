"""The bounds of a fine (罚款幅度)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.form.kinds.kind import Kind, escaped, in_lines
from quanze.law.fine import Fine

if TYPE_CHECKING:
    from quanze.form.fields import Field
    from quanze.form.kinds.kind import Look, Lookup


def text(value: object, _field: Field, _look: Look) -> str:
    """Return the bounds as a statute writes them, after the condition on which they depend."""
    return Fine.of(value).told


def _read(text: str, field: Field, _names: Lookup) -> None:
    raise ValueError(
        f"「{field.name}」不能从一格文字读入（{text[:20]}）；请导入后在记录里填写，或者先用固定值写「待核」"
    )


KIND = Kind("罚款幅度", text, escaped(text), _read, in_lines, phrase=True)
