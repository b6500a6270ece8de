"""Thresholds (门槛): from which kind or amount on a decision needs a hearing or a legal review (行政处罚法 58, 63).

The amounts are set by departments and provinces: they are data, with their source, never in the code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.value import mapping, number, rows, text, texts
from quanze.law.numerals import yuan
from quanze.law.sanction import ADDRESSEE, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quanze.law.sanction import Sanction

AMOUNTS, _FROM = "数额", "起点"


@dataclass(frozen=True, slots=True)
class Threshold:
    """What makes a decision a serious one: a kind of penalty, or a fine from some amount on."""

    kinds: tuple[str, ...]
    amounts: tuple[tuple[str, int], ...]
    """(to whom, yuan); to whom is empty for everybody."""

    @classmethod
    def of(cls, data: object) -> Threshold:
        """Return the threshold that a value of the kind tells."""
        told = mapping(data)
        amounts = tuple((text(row.get(ADDRESSEE)), number(row.get(_FROM))) for row in rows(told.get(AMOUNTS)))
        return cls(texts(told.get(KINDS)), amounts)

    def met(self, sanctions: Iterable[Sanction]) -> tuple[str, ...]:
        """Say by what some sanctions can reach it, each once; nothing where none can.

        A fine by multiples or per cent, or without an upper bound, can reach any amount: it is told as depending on it.
        """
        said: dict[str, None] = {}
        for sanction in sanctions:
            said |= dict.fromkeys(f"可以{kind}" for kind in sanction.kinds if kind in self.kinds)
            said |= dict.fromkeys(self._by_fine(sanction))
        return tuple(said)

    def _by_fine(self, sanction: Sanction) -> Iterable[str]:
        fine, whom = sanction.fine, sanction.addressee
        if fine is None:
            return
        for target, amount in self.amounts:
            if target and not _concerns(whom, target):
                continue
            subject = f"对{whom}" if whom else ""
            highest = fine.amount.high
            if highest is None:
                yield f"{subject}罚款没有固定的上限，拟罚{yuan(amount)}以上的达到"
            elif highest >= amount:
                yield f"{subject}罚款最高{yuan(int(highest))}，拟罚{yuan(amount)}以上的达到"


_PERSONS = ("个人", "公民", "自然人")
_UNITS = ("单位", "法人", "组织", "企业", "机构")


def _concerns(whom: str, target: str) -> bool:
    """Tell whether a sanction's addressee is one that a threshold names: the same word, or both persons, or both units.

    An addressee that is neither by its words is concerned: too much is said rather than too little.
    """
    if not whom or target in whom or whom in target:
        return True
    person, unit = _is_person(whom), any(word in whom for word in _UNITS)
    if any(word in target for word in _PERSONS):
        return person or not unit
    return unit or not person


def _is_person(whom: str) -> bool:
    return any(word in whom for word in (*_PERSONS, "人员", "负责人", "当事人")) and not whom.endswith("单位")
