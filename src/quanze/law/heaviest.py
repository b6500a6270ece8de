"""The most that some sanctions can come to, in a few words, and whether a hearing can be asked for (行政处罚法 63)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.law.amounts import personal
from quanze.law.fine import AMOUNT, FINE, Bounds, Fine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.law.sanction import Sanction

_SHORT = 8
"""An addressee of so many characters is named on the first screen."""
_MILD = frozenset({"警告", "通报批评"})
_SILENT = frozenset({"未载明", "待核", ""})
_HEARD = frozenset({"降低资质等级", "吊销许可证件", "责令关闭", "限制从业"})
_GOVERNMENT = "人民政府"
_STOPPED = ("责令停产", "责令停业")
"""What 行政处罚法 63(1)(3), (4) name; 停产停业 has several names in the laws."""


def figure(amount: float) -> str:
    """Return an amount of yuan as one reads it aloud: 200000 → 20 万元."""
    for unit, word in ((100_000_000, "亿"), (10_000, "万")):
        if amount >= unit:
            scaled = amount / unit
            return f"{scaled:.4f}".rstrip("0").rstrip(".") + f" {word}元"
    return f"{amount:g} 元"


def heaviest(sanctions: Sequence[Sanction]) -> str:
    """Return the highest fine and what else can be imposed: 罚款最高 20 万元；还可能责令停产停业整顿.

    Which of two kinds is the heavier no article says, so all are named; 警告 and 通报批评 only where nothing else is.
    """
    fines = "，或者".join(_fines(sanctions))
    others = [*dict.fromkeys(_kinds(sanctions))]
    grave = [kind for kind in others if kind not in _MILD]
    told = "、".join(grave or ([] if fines else others))
    if fines:
        return f"{fines}；还可能{told}" if told else fines
    return told or "、".join(dict.fromkeys(one for row in sanctions for one in row.orders))


def elsewhere(sanctions: Sequence[Sanction]) -> frozenset[str]:
    """Return who decides on some of them beside the one that decides on the first; a government is never that one."""
    first = next((row.decider for row in sanctions), "")
    usual = "" if first.endswith(_GOVERNMENT) else first
    return frozenset(row.decider for row in sanctions) - {usual, *_SILENT}


def _kinds(sanctions: Sequence[Sanction]) -> Iterator[str]:
    others = elsewhere(sanctions)
    for row in sanctions:
        by = f"（由{row.decider}决定）" if row.decider in others else ""
        yield from (f"{kind}{by}" for kind in row.kinds if kind != FINE)


def _fines(sanctions: Sequence[Sanction]) -> Iterator[str]:
    """Yield the highest amount, then what depends on the case: multiples, per cent, by the day, no upper bound."""
    rows = [row for row in sanctions if row.fined]
    fixed = [(high, row.addressee) for row in rows if (high := row.bounds.amount.high) is not None]
    if fixed:
        highest, whom = max(fixed, key=lambda one: one[0])
        several = len({row.addressee for row in rows}) > 1
        yield f"{FINE}最高 {figure(highest)}{_to(whom) if several else ''}"
    share: dict[tuple[str, str], float] = {}
    for row in rows:
        for measure, (_, high) in row.bounds.bounds.items():
            if measure != AMOUNT and high is not None:
                key = measure, row.bounds.base
                share[key] = max(high, share.get(key, 0))
    for (measure, base), most in share.items():
        yield f"{Fine.between(measure, Bounds(most, most), base)}的{FINE}"
    yield from dict.fromkeys(filter(None, map(_open, rows)))


def _to(whom: str) -> str:
    """Say whom the highest fine is for: in the article's words where they are few."""
    if whom in _SILENT:
        return ""
    if len(whom) <= _SHORT:
        return f"（对{whom}）"
    return {True: "（对个人）", False: "（对单位）", None: ""}[personal(whom)]


def _open(row: Sanction) -> str:
    """Return a fine that has no upper bound of its own; empty for any other."""
    if row.bounds.daily:
        return "按日连续处罚"
    if any(high is not None for _, high in row.bounds.bounds.values()):
        return ""
    words = str(row.bounds)
    return f"{words}{FINE}" if words else f"{FINE}（{'条文没有写数额' if row.bounds.unstated else '数额待核'}）"


def hearing(sanctions: Sequence[Sanction], amounts: Sequence[tuple[str, int]]) -> str:
    """Say for which of the penalties that can come a hearing can be asked for; `amounts` are large fines.

    What else is grave (行政处罚法 63(1)(5), (6)) is for the authority to say: only what is mild alone is ruled out.
    """
    kinds = [*dict.fromkeys(kind for row in sanctions for kind in row.kinds)]
    if kinds and _MILD.issuperset(kinds):
        return f"法定处罚只有{'、'.join(kinds)}，一般不在可以要求听证的情形之内"
    large = "、".join(f"{whom or '任何人'} {figure(amount)}以上" for whom, amount in amounts)
    grave = [kind for kind in kinds if kind in _HEARD or kind.startswith(_STOPPED)]
    money = ["没收"] if any(kind.startswith("没收") for kind in kinds) else []
    money += [FINE] if FINE in kinds else []
    told = ["、".join(grave)] if grave else []
    if money:
        note = f"（{f'{FINE}：' if len(money) > 1 else ''}{large}）" if large and FINE in money else ""
        told.append(f"{'、'.join(money)}数额较大{note}")
    return f"拟{'，或者'.join(told)}的，可以要求" if told else "看告知书拟作出的处罚"
