"""Sanctions: the kinds of 行政处罚法 9, which rank may set which (10–14, 16), and what one costs in words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from quanze.law.numerals import numeral, yuan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

KINDS: Mapping[str, int] = {
    "警告": 1,
    "通报批评": 1,
    "罚款": 2,
    "没收违法所得": 2,
    "没收非法财物": 2,
    "暂扣许可证件": 3,
    "降低资质等级": 3,
    "吊销许可证件": 3,
    "限制开展生产经营活动": 4,
    "责令停产停业": 4,
    "责令停产停业整顿": 4,
    "责令停业整顿": 4,
    "责令停业": 4,
    "责令停产": 4,
    "责令关闭": 4,
    "限制从业": 4,
    "行政拘留": 5,
}
"""Kind of penalty → the item of 行政处罚法 9 that it falls under."""

BASE = "基本情形"
"""The circumstance that has no condition."""

_BY_ALL = frozenset(KINDS)
MAY_SET: Mapping[str, tuple[int, frozenset[str]]] = {
    "法律": (10, _BY_ALL),
    "行政法规": (11, _BY_ALL - {"行政拘留"}),
    "国务院决定": (11, _BY_ALL - {"行政拘留"}),
    "地方性法规": (12, _BY_ALL - {"行政拘留"}),
    "部门规章": (13, frozenset({"警告", "通报批评", "罚款"})),
    "地方政府规章": (14, frozenset({"警告", "通报批评", "罚款"})),
}
"""Rank → (the article of 行政处罚法, the kinds an instrument of that rank may set); other ranks set none (16)."""

Sanction = dict[str, Any]


def fine(value: Mapping[str, Any]) -> str:
    """Return a fine's bounds in words, without 罚款: 十万元以上二十万元以下."""
    parts = []
    if "下限" in value or "上限" in value:
        parts.append(_range(value.get("下限"), value.get("上限"), yuan))
    base = value.get("基数", "")
    if "倍数下限" in value or "倍数上限" in value:
        parts.append(base + _range(value.get("倍数下限"), value.get("倍数上限"), lambda n: f"{_decimal(n)}倍"))
    if "百分比下限" in value or "百分比上限" in value:
        parts.append(base + _percent(value.get("百分比下限"), value.get("百分比上限")))
    return "，".join(parts)


def _range(low: Any, high: Any, say: Any) -> str:
    if low is not None and low == high:
        return str(say(low))
    return (f"{say(low)}以上" if low is not None else "") + (f"{say(high)}以下" if high is not None else "")


def _percent(low: Any, high: Any) -> str:
    return _range(low, high, lambda n: f"百分之{_decimal(n)}")


def _decimal(number: float) -> str:
    if number == int(number):
        return numeral(int(number))
    whole, _, digits = str(number).partition(".")
    return f"{numeral(int(whole))}点{''.join(numeral(int(digit)) for digit in digits)}"


_VERBS = {"应当": "处", "可以": "可以处", "可以并处": "可以并处", "单处或并处": "单处或者并处"}
_NEEDED = ("情形", "对象", "力度", "依据")


def sentence(sanctions: Sequence[Sanction]) -> str:
    """Return the sanctions as one plain sentence, or an empty string where `gaps` finds one not fully known."""
    return said(sanctions) if sanctions and not any(gaps(sanctions)) else ""


def said(sanctions: Sequence[Sanction]) -> str:
    """Return sanctions in which `gaps` finds nothing as one plain sentence.

    The words name the addressee only where it is not the first row's, who is the one that acted.
    """
    actor = sanctions[0]["对象"]
    clauses = [_circumstance(name, list(rows), actor) for name, rows in groupby(sanctions, key=lambda row: row["情形"])]
    return "；".join(clauses) + "。"


def gaps(sanctions: Sequence[Sanction]) -> Iterator[tuple[int, str]]:
    """Yield (row, field) of what a sentence would need and nobody has verified: rows count from 1.

    Circumstance, addressee, force, basis and at least one penalty or order have to be there and not 待核; who decides
    is not part of the sentence.
    """
    for number, row in enumerate(sanctions, 1):
        for name in _NEEDED:
            if not row.get(name) or "待核" in str(row[name]):
                yield number, name
        if not (row.get("种类") or row.get("责令")) or "待核" in row.get("说明", ""):
            yield number, "种类"


def _circumstance(name: str, rows: list[Sanction], actor: str) -> str:
    told: list[str] = []
    penalised: set[str] = set()
    for row in rows:
        told.append(_row(row, actor, penalised))
        if row.get("种类"):
            penalised.add(row["对象"])
    conditional = any(row.get("罚款", {}).get("基数条件") for row in rows)
    body = "；".join(_with_conditions(told, rows)) if conditional else "，".join(told)
    return body if name == BASE else f"{name}，{body}"


def _with_conditions(told: list[str], rows: list[Sanction]) -> Iterator[str]:
    """Put before each row the condition on which its fine depends; the others stay as they are."""
    for text, row in zip(told, rows, strict=True):
        condition = row.get("罚款", {}).get("基数条件")
        yield f"{condition}，{text}" if condition else text


def _row(row: Sanction, actor: str, penalised: set[str]) -> str:
    """Return one row: orders, kinds, the remark that explains them, the fine; of a fine alone it is the fine's."""
    orders, kinds = _chosen(row)
    may = row["力度"] in {"可以", "可以并处"}
    parts = [*orders, *([("可以" if may else "") + "、".join(kinds)] if kinds else [])]
    remark = f"（{row['说明']}）" if "说明" in row else ""
    before = "，".join(parts) + (remark if parts else "")
    to = "" if row["对象"] == actor else f"对{row['对象']}"
    if "罚款" not in row.get("种类", ()):
        return to + before
    also = len(row["种类"]) > 1 or row["对象"] in penalised
    verb = "并处" if also and row["力度"] == "应当" else _VERBS[row["力度"]]
    amount = fine(row.get("罚款", {}))
    link = "" if not amount or amount.endswith(("以上", "以下")) else "的"
    return to + "，".join(filter(None, (before, f"{verb}{amount}{link}罚款{'' if parts else remark}")))


def _chosen(row: Sanction) -> tuple[list[str], list[str]]:
    """Return the orders and the kinds beside a fine; what 择一 joins by 或者 is one text, where it comes first."""
    orders = list(row.get("责令", ()))
    kinds = [kind for kind in row.get("种类", ()) if kind != "罚款"]
    either = row.get("择一", ())
    if not either:
        return orders, kinds
    said = "或者".join(either)
    rest = [one for one in orders if one not in either], [one for one in kinds if one not in either]
    return ([said, *rest[0]], rest[1]) if set(either) & set(orders) else (rest[0], [*rest[1], said])
