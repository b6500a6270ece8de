"""Discretion tiers (裁量阶次): from which amount to which, and whether they lie contiguous inside a sanction.

A tier holds its lower bound and not its upper one, but for the highest, which holds both; 含下限 and 含上限 say
otherwise. Fines are measured in yuan, in multiples or in per cent of something: each measure is looked at by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from quanze.law.fine import AMOUNT, LOWER, SHARE, TIMES, UPPER, Fine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Value

MEASURES = {AMOUNT: "元", TIMES: "倍", SHARE: "%"}
"""The unit of each measure."""
NAME, WHEN = "阶次", "情节"
HOLDS_LOWER, HOLDS_UPPER = f"含{LOWER}", f"含{UPPER}"
_BELOW = frozenset({"不予", "减轻"})
"""Tiers that may lie below what the provision says."""


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier in one measure; None for a bound that is not told."""

    index: int
    """Its place in the record's list, from 0."""
    name: str
    when: str
    low: float | None
    high: float | None
    holds_low: bool
    holds_high: bool

    @property
    def below(self) -> bool:
        """Whether it may lie below the provision's lower bound."""
        return self.name in _BELOW


def tiers(values: Sequence[Mapping[str, Value]], measure: str = "") -> tuple[Tier, ...]:
    """Return the tiers that have a bound in a measure, from the lowest to the highest."""
    found = [
        Tier(
            index,
            str(one.get(NAME, "")),
            str(one.get(WHEN, "")),
            *bounds,
            holds_low=one.get(HOLDS_LOWER) is not False,
            holds_high=one.get(HOLDS_UPPER) is True,
        )
        for index, one in enumerate(values)
        if (bounds := Fine.of(one).bounds.get(measure))
    ]
    return tuple(sorted(found, key=lambda tier: (tier.low or 0, tier.high is None, tier.high or 0)))


def uneven(found: Sequence[Tier], unit: str) -> Iterator[tuple[int, str]]:
    """Yield (place in the list, sentence) where tiers are reversed, overlap or leave a gap."""
    for tier in found:
        if tier.low is not None and tier.high is not None and tier.low > tier.high:
            yield tier.index, f"「{tier.name}」的下限 {_said(tier.low, unit)}高于上限 {_said(tier.high, unit)}"
    for lower, upper in pairwise(found):
        if lower.high is None or upper.low is None:
            open_, side = (lower, UPPER) if lower.high is None else (upper, LOWER)
            yield open_.index, f"「{open_.name}」没有写{side}，接不上「{(upper if open_ is lower else lower).name}」"
        elif lower.high > upper.low:
            yield (
                upper.index,
                f"「{lower.name}」和「{upper.name}」在 {_said(upper.low, unit)}到 {_said(lower.high, unit)}之间重叠",
            )
        elif lower.high < upper.low:
            end, start = _said(lower.high, unit), _said(upper.low, unit)
            yield upper.index, f"「{lower.name}」到 {end}，「{upper.name}」从 {start}起，中间有空档"
        elif not lower.holds_high and not upper.holds_low:
            yield upper.index, f"恰好 {_said(upper.low, unit)}的，不属于「{lower.name}」，也不属于「{upper.name}」"
        elif lower.holds_high and upper.holds_low:
            yield upper.index, f"恰好 {_said(upper.low, unit)}的，既属于「{lower.name}」，又属于「{upper.name}」"


def outside(found: Sequence[Tier], low: float | None, high: float | None, unit: str) -> Iterator[tuple[int, str]]:
    """Yield (place in the list, sentence) where tiers lie outside a sanction's bounds or do not fill them."""
    if not found:
        return
    first = next((tier for tier in found if not tier.below), None)
    last = found[-1]
    if first and last.high is not None and low is not None and last.high < low:
        said = f"各阶次到 {_said(last.high, unit)}为止，罚则从 {_said(low, unit)}起，全在幅度以外，像是写错了单位"
        yield first.index, said
        return
    if high is not None and (last.high is None or last.high > high):
        told = "没有写上限" if last.high is None else f"的上限 {_said(last.high, unit)}超出"
        yield last.index, f"「{last.name}」{told}，罚则最高 {_said(high, unit)}"
    elif high is not None and last.high is not None and last.high < high:
        yield (
            last.index,
            f"最高的「{last.name}」只到 {_said(last.high, unit)}，罚则最高 {_said(high, unit)}，上面有空档",
        )
    if high is None and last.high is not None:
        yield last.index, f"「{last.name}」写了上限 {_said(last.high, unit)}，而罚则没有上限"
    if first is None:
        return
    if low is not None and (first.low is None or first.low < low):
        told = "没有写下限" if first.low is None else f"的下限 {_said(first.low, unit)}低于罚则"
        yield first.index, f"「{first.name}」{told}，罚则最低 {_said(low, unit)}"
    elif low is not None and first.low is not None and first.low > low:
        yield (
            first.index,
            f"最低的「{first.name}」从 {_said(first.low, unit)}起，罚则最低 {_said(low, unit)}，下面有空档",
        )


def _said(number: float, unit: str) -> str:
    return f"{number:,.10g} {unit}" if number != int(number) else f"{int(number):,} {unit}"
