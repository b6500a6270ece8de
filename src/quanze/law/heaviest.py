"""The most that some sanctions can come to, in a few words, and whether a hearing can be asked for (行政处罚法 63)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quanze.law.amounts import personal
from quanze.law.penalty import fine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Sanction = Mapping[str, Any]

FINE = "罚款"
_SHARES = ("倍数", "百分比")
_SHORT = 8
"""An addressee of so many characters is named on the first screen."""
_MILD = frozenset({"警告", "通报批评"})
_SILENT = frozenset({"未载明", "待核", ""})
_HEARD = frozenset({"降低资质等级", "吊销许可证件", "责令关闭", "限制从业"})
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
    usual = str(sanctions[0].get("决定机关", ""))
    others = [*dict.fromkeys(_kinds(sanctions, usual))]
    grave = [kind for kind in others if kind not in _MILD]
    told = "、".join(grave or ([] if fines else others))
    if fines:
        return f"{fines}；还可能{told}" if told else fines
    return told or "、".join(dict.fromkeys(one for row in sanctions for one in row.get("责令", ())))


def _kinds(sanctions: Sequence[Sanction], usual: str) -> Iterator[str]:
    for row in sanctions:
        decider = str(row.get("决定机关", ""))
        by = f"（由{decider}决定）" if decider not in {usual, *_SILENT} else ""
        yield from (f"{kind}{by}" for kind in row.get("种类", ()) if kind != FINE)


def _fines(sanctions: Sequence[Sanction]) -> Iterator[str]:
    """Yield the highest amount, then what depends on the case: multiples, per cent, by the day, no upper bound."""
    rows = [row for row in sanctions if FINE in row.get("种类", ())]
    bounds = [(row.get(FINE) or {}, str(row.get("对象", ""))) for row in rows]
    fixed = [(one["上限"], whom) for one, whom in bounds if "上限" in one]
    if fixed:
        highest, whom = max(fixed, key=lambda one: float(one[0]))
        several = len({one for _, one in bounds}) > 1
        yield f"{FINE}最高 {figure(highest)}{_to(whom) if several else ''}"
    share: dict[tuple[str, str], float] = {}
    for one, _ in bounds:
        for name in _SHARES:
            key = name, str(one.get("基数", ""))
            if f"{name}上限" in one:
                share[key] = max(float(one[f"{name}上限"]), share.get(key, 0))
    for (name, base), most in share.items():
        yield f"{fine({'基数': base, f'{name}下限': most, f'{name}上限': most})}的{FINE}"
    yield from dict.fromkeys(filter(None, (_open(one) for one, _ in bounds)))


def _to(whom: str) -> str:
    """Say whom the highest fine is for: in the article's words where they are few."""
    if whom in _SILENT:
        return ""
    if len(whom) <= _SHORT:
        return f"（对{whom}）"
    return {True: "（对个人）", False: "（对单位）", None: ""}[personal(whom)]


def _open(bound: Mapping[str, Any]) -> str:
    """Return a fine that has no upper bound of its own; empty for any other."""
    if "按日" in bound:
        return "按日连续处罚"
    if any(f"{name}上限" in bound for name in ("", *_SHARES)):
        return ""
    return f"{fine(bound)}{FINE}" if bound else f"{FINE}（条文没有写数额）"


def hearing(sanctions: Sequence[Sanction], amounts: Sequence[tuple[str, int]]) -> str:
    """Say for which of the penalties that can come a hearing can be asked for; `amounts` are large fines.

    What else is grave (行政处罚法 63(1)(5), (6)) is for the authority to say: only what is mild alone is ruled out.
    """
    kinds = [*dict.fromkeys(kind for row in sanctions for kind in row.get("种类", ()))]
    if kinds and _MILD.issuperset(kinds):
        return f"法定处罚只有{'、'.join(kinds)}，一般不在可以要求听证的情形之内"
    large = "、".join(f"{whom or '任何人'} {figure(amount)}以上" for whom, amount in amounts)
    grave = [kind for kind in kinds if kind in _HEARD or kind.startswith(_STOPPED)]
    told = [f"拟{'、'.join(grave)}"] if grave else []
    if any(kind.startswith("没收") for kind in kinds):
        told.append("拟没收数额较大")
    if FINE in kinds:
        told.append(f"拟罚款数额较大（{large}）" if large else "拟罚款数额较大")
    return f"{'，或者'.join(told)}的，可以要求" if told else "看告知书拟作出的处罚"
