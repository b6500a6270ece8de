"""Conditions (条件): which records a list shows, a reference may point to, or a reference by condition means.

One grammar for all three: 栏目: 值, or 栏目: [值, 值], or 栏目: {无: true}, {之前: 日期}, {之后: 日期}, {含: [词]}; all
must hold, and there are no expressions. A field may be a part of a group (办理.法定时限); of several values any
meets it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Value

ABSENT, BEFORE, AFTER, HOLDS = "无", "之前", "之后", "含"
TODAY = "当日"
"""Stands for the day on which the register is looked at, in 之前 and 之后."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What one field has to be; only one of the five is asked."""

    path: str
    values: tuple[Value, ...] = ()
    """Any of these."""
    absent: bool | None = None
    """Whether the field must have no value (true), or some value (false)."""
    before: str = ""
    """A day that the value must be earlier than."""
    after: str = ""
    """A day that the value must be later than."""
    words: tuple[str, ...] = ()
    """Any of these stands in the value."""

    def holds(self, data: Mapping[str, Value], at: str = "") -> bool:
        """Tell whether a record meets it; `at` is the day that 当日 means."""
        have = [value for value in values(data, self.path) if value is not None]
        if self.absent is not None:
            return self.absent is not bool(have)
        if self.before or self.after:
            limit = (self.before or self.after).replace(TODAY, at)
            days = [str(value) for value in have]
            return any(day < limit for day in days) if self.before else any(day > limit for day in days)
        if self.words:
            return any(word in str(value) for value in have for word in self.words)
        return any(value in self.values for value in have)


def conditions(data: Mapping[str, Value]) -> tuple[Condition, ...]:
    """Return the parts of a condition as it is written."""
    return tuple(_condition(path, wanted) for path, wanted in data.items())


def _condition(path: str, wanted: Value) -> Condition:
    if isinstance(wanted, dict):
        absent, words = wanted.get(ABSENT), wanted.get(HOLDS)
        return Condition(
            path,
            absent=absent if isinstance(absent, bool) else None,
            before=str(wanted.get(BEFORE, "")),
            after=str(wanted.get(AFTER, "")),
            words=tuple(map(str, words)) if isinstance(words, list) else (),
        )
    return Condition(path, tuple(wanted) if isinstance(wanted, list) else (wanted,))


def meets(data: Mapping[str, Value], wanted: tuple[Condition, ...], at: str = "") -> bool:
    """Tell whether a record meets every part of a condition."""
    return all(condition.holds(data, at) for condition in wanted)


def values(data: Value, path: str) -> Iterator[Value]:
    """Yield the values at a dotted path, the elements of lists one by one."""
    name, _, rest = path.partition(".")
    if isinstance(data, list):
        for row in data:
            yield from values(row, path)
    elif isinstance(data, dict) and name in data:
        if rest:
            yield from values(data[name], rest)
        elif isinstance(data[name], list):
            yield from data[name]
        else:
            yield data[name]
