"""A fine (罚款幅度): its bounds in yuan, in multiples or in per cent of something, or by the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quanze.base.value import text
from quanze.law.numerals import numeral
from quanze.law.numerals import yuan as in_yuan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FINE = "罚款"
"""The field of a sanction that holds one, and the kind of penalty."""
LOWER, UPPER = "下限", "上限"
MEASURES = AMOUNT, TIMES, SHARE = "", "倍数", "百分比"
"""What the names of the bounds begin with."""
DAILY, _BASE, _CONDITION = "按日", "基数", "基数条件"
UNSTATED = "幅度"
"""The field that says that the article names no bounds."""


class Bounds(NamedTuple):
    """From how much to how much; None is a bound that is not named."""

    low: float | None = None
    high: float | None = None


_NONE = Bounds()
_BOUNDS = tuple((measure + LOWER, measure + UPPER) for measure in MEASURES)


class Fine(NamedTuple):
    """How high a fine may be; without bounds nothing is said of it."""

    amount: Bounds = _NONE
    """In yuan."""
    times: Bounds = _NONE
    """In multiples of the base."""
    share: Bounds = _NONE
    """In per cent of it."""
    base: str = ""
    condition: str = ""
    """On what these bounds depend."""
    daily: str = ""
    """From which day on it is imposed anew each day."""
    unstated: bool = False
    """Whether the article itself says nothing of how high it may be."""

    @classmethod
    def of(cls, data: object) -> Fine:
        """Return the fine that a value of the kind, or a tier of one, tells."""
        if not isinstance(data, dict):
            return cls()
        get = data.get
        amount, times, share = [
            Bounds(_number(get(low)), _number(get(high))) if low in data or high in data else _NONE
            for low, high in _BOUNDS
        ]
        base, condition, daily = text(get(_BASE)), text(get(_CONDITION)), text(get(DAILY))
        return cls(amount, times, share, base, condition, daily, UNSTATED in data)

    @classmethod
    def between(cls, measure: str, bounds: Bounds, base: str = "") -> Fine:
        """Return one of bounds in a single measure."""
        amount, times, share = (bounds if one == measure else _NONE for one in MEASURES)
        return cls(amount, times, share, base)

    @property
    def bounds(self) -> Mapping[str, Bounds]:
        """The bounds by measure, as far as one is named."""
        every = zip(MEASURES, (self.amount, self.times, self.share), strict=True)
        return {measure: bounds for measure, bounds in every if bounds != _NONE}

    def __str__(self) -> str:
        """Return its bounds in words, without 罚款: 十万元以上二十万元以下; one by the day as the whole act."""
        if self.daily:
            return f"{self.daily}，按照{self.base}按日连续处罚"
        say = {AMOUNT: _yuan, TIMES: _multiple, SHARE: _per_cent}
        parts = (
            ("" if measure == AMOUNT else self.base) + _range(bounds, say[measure])
            for measure, bounds in self.bounds.items()
        )
        return "，".join(parts)

    @property
    def text(self) -> str:
        """The same after the condition on which it depends; what it is measured by where no bound is named."""
        return (f"{self.condition}，" if self.condition else "") + (str(self) or self.base)


def _range(bounds: Bounds, say: Callable[[float], str]) -> str:
    low, high = bounds
    if low is not None and low == high:
        return say(low)
    return (f"{say(low)}以上" if low is not None else "") + (f"{say(high)}以下" if high is not None else "")


def _yuan(number: float) -> str:
    return in_yuan(int(number))


def _multiple(number: float) -> str:
    return f"{_decimal(number)}倍"


def _per_cent(number: float) -> str:
    return f"百分之{_decimal(number)}"


def _decimal(number: float) -> str:
    if number == int(number):
        return numeral(int(number))
    whole, _, digits = f"{number:.9f}".rstrip("0").partition(".")
    return f"{numeral(int(whole))}点{''.join(numeral(int(digit)) for digit in digits)}"


def _number(value: object) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
