"""What a form says of its fields beyond their shape: how a reference is told on its target, and rules between values.

All of it stands in the schema, so that a new kind of list needs no code (DESIGN §11):

    "back": {"title": "轻微不罚", "at": "waive", "show": ["结果", "适用条件"]}      beside a reference
    "rules": [{"compare": ["承诺时限", "<=", "法定时限"]}, {"unique": ["对应事项", "情形"]}]    beside the properties
    "adopt": {"own": ["监督电话"], "free": ["备注"], "kept": ["事项名称"]}    likewise: records may be a superior's
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.value import mapping, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quanze.base.model import Schema, Value

FORBIDDEN: Schema = {"not": {}}
"""The schema of a field that a record must not have."""
WAIVE = "waive"
PLACES = {
    "cost": "法定幅度",
    WAIVE: "还要看什么",
    "who": "谁来管",
    "how": "怎么办理",
    "todo": "怎么办",
    "more": "其他",
}
"""Where on its target's page a reference is told, with the heading of that part."""

OPERATORS: Mapping[str, tuple[Callable[[float | str, float | str], bool], str, str]] = {
    "<": (operator.lt, "小于", "早于"),
    "<=": (operator.le, "不超过", "不晚于"),
    "=": (operator.eq, "等于", "等于"),
    ">=": (operator.ge, "不少于", "不早于"),
    ">": (operator.gt, "大于", "晚于"),
    "!=": (operator.ne, "不等于", "不等于"),
}
"""What `compare` may ask, and the words for it: of amounts, and of days."""
UNITS = {"年": 12, "月": 1}
"""The units of a term, in months."""


@dataclass(frozen=True, slots=True)
class Back:
    """How the page of a record tells those that refer to it by one field."""

    title: str
    at: str
    """One of `PLACES`."""
    lead: str = ""
    """A sentence above them; with the field of `split` in braces, it heads each of the parts with its value."""
    show: tuple[str, ...] = ()
    """The fields of the referring record that are told beside its name."""
    split: str = ""
    """A field whose values stand apart, each under its own heading."""
    order: tuple[str, ...] = ()
    """The values of that field, in the order in which they are told; others follow."""

    @property
    def leads(self) -> bool:
        """Whether the sentence heads each of the parts."""
        return bool(self.split) and f"{{{self.split}}}" in self.lead

    def heading(self, value: str) -> str:
        """Return what stands above the part with a value of the field that is split by."""
        return self.lead.replace(f"{{{self.split}}}", value) if self.leads else value

    @classmethod
    def of(cls, data: Mapping[str, object]) -> Back:
        """Return what a `back` says."""
        return cls(
            str(data.get("title", "")),
            str(data.get("at", "more")),
            str(data.get("lead", "")),
            texts(data.get("show")),
            str(data.get("split", "")),
            texts(data.get("order")),
        )


@dataclass(frozen=True, slots=True)
class Adoptable:
    """What a form says of records that take over a superior's.

    A field of none of the three is taken over, and may differ with a reason.
    """

    own: tuple[str, ...] = ()
    """The fields that are each register's own: never taken over, and in no need of a reason."""
    free: tuple[str, ...] = ()
    """Those that may differ without a reason."""
    kept: tuple[str, ...] = ()
    """Those that are the superior's alone."""

    @classmethod
    def of(cls, data: Mapping[str, object]) -> Adoptable:
        """Return what an `adopt` says."""
        return cls(*(texts(data.get(name)) for name in ("own", "free", "kept")))


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule between values that a form declares; which of its parts count depends on its kind."""

    kind: str
    """compare, sum, due, cover or unique."""
    fields: tuple[str, ...]
    """compare: left, right; sum: total, then the parts; due: the date; cover: the reference; unique: all together."""
    operator: str = ""
    """compare: one of `OPERATORS`."""
    months: int = 0
    """due: how long after the date."""
    where: Mapping[str, Value] | None = None
    """cover: which records have to be referred to (a condition); all that the reference may point to without."""
    review: bool = False
    """Whether a breach is a review instead of an error; a term that has run out always is."""

    @classmethod
    def of(cls, data: Mapping[str, object]) -> Rule:
        """Return a declared rule; ValueError where it has not one of the five forms."""
        review = data.get("level") == "review"
        match {name: value for name, value in data.items() if name != "level"}:
            case {"compare": [str(left), str(sign), str(right)], **rest} if sign in OPERATORS and not rest:
                return cls("compare", (left, right), sign, review=review)
            case {"sum": [str(total), [*parts]], **rest} if parts and _all_texts(parts) and not rest:
                return cls("sum", (total, *texts(parts)), review=review)
            case {"due": str(field), **rest} if not rest:
                return cls("due", (field,), review=True)
            case {"due": [str(field), {**term}], **rest} if not rest and len(term) == 1 and {*term} <= {*UNITS}:
                ((unit, number),) = term.items()
                return cls("due", (field,), months=int(str(number)) * UNITS[str(unit)], review=True)
            case {"cover": str(field), **rest} if {*rest} <= {"where"}:
                where = rest.get("where")
                return cls("cover", (field,), where=None if where is None else mapping(where), review=True)
            case {"unique": [*fields], **rest} if fields and _all_texts(fields) and not rest:
                return cls("unique", texts(fields), review=review)
        raise ValueError(data)


def _all_texts(values: list[object]) -> bool:
    return all(isinstance(value, str) for value in values)
