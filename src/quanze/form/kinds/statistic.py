"""A figure (统计) worked out from the register and its history: how many of what, in which year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.value import mapping, text
from quanze.form.kinds import group
from quanze.form.kinds.kind import Kind, escaped
from quanze.form.kinds.select import COLLECTION, CONDITION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.base.model import Value
    from quanze.form.kinds.kind import Field, Look, Lookup

UNKNOWN = "待核"
_COUNTED, LIST, SUMMED, BY = "计", "清单", "栏目", "按"


@dataclass(frozen=True, slots=True)
class Statistic:
    """What is to be worked out; what is not told is empty."""

    counted: str
    year: str
    list_id: str
    """The list whose records are meant, in the place of a collection."""
    collection: str
    condition: Mapping[str, Value]
    """As it is written."""
    field: str
    """The field that is summed up."""
    by: str
    """The field by whose values it is counted."""

    @classmethod
    def of(cls, value: object) -> Statistic:
        """Return what a value of a record tells."""
        data = mapping(value)
        counted, year, list_, collection = (text(data.get(name)) for name in (_COUNTED, "年度", LIST, COLLECTION))
        condition, field, by = mapping(data.get(CONDITION)), text(data.get(SUMMED)), text(data.get(BY))
        return cls(counted, year, list_, collection, condition, field, by)

    @staticmethod
    def is_one(value: object) -> bool:
        """Tell whether a value is to be worked out: every figure says what is counted."""
        return isinstance(value, dict) and _COUNTED in value


def _text(value: object, _field: Field, look: Look) -> str:
    return look.figure(value) or UNKNOWN


def _read(text: str, field: Field, names: Lookup) -> Value:
    """Return what is to be worked out, part by part: what came of it is no value of the field."""
    found = group.read(text, field, names) if "：" in text or ":" in text else None
    if not Statistic.is_one(found):
        raise ValueError(f"「{text[:20]}」是系统算出来的数，不能在表里改；与它不同的数写在「报告数」一类的栏目里")
    return found


KIND = Kind("统计", _text, escaped(_text), _read, group.split)
