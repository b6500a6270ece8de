"""A threshold (门槛) that a sanction can reach: kinds of penalty, and amounts for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quanze.form.kinds import group
from quanze.form.kinds.kind import Kind, escaped
from quanze.law.numerals import yuan

if TYPE_CHECKING:
    from quanze.form.fields import Field
    from quanze.form.kinds.kind import Look


def _text(value: Any, _field: Field, _look: Look) -> str:
    amounts = (f"对{one.get('对象', '任何人')}罚款{yuan(one['起点'])}以上" for one in value.get("数额", ()))
    return "；".join([*amounts, *value.get("种类", ())])


KIND = Kind("门槛", _text, escaped(_text), group.read, group.split)
