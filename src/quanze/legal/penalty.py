"""Sanctions: the kinds of 行政处罚法 9, which rank may set which (10–14, 16), and what one costs in words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from quanze.legal.numerals import numeral, yuan

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


def _range(low: Any, high: Any, say: Any) -> str:  # noqa: ANN401
    if low is not None and low == high:
        return str(say(low))
    return (f"{say(low)}以上" if low is not None else "") + (f"{say(high)}以下" if high is not None else "")


def _percent(low: Any, high: Any) -> str:  # noqa: ANN401
    return _range(low, high, lambda n: f"百分之{_decimal(n)}")


def _decimal(number: float) -> str:
    if number == int(number):
        return numeral(int(number))
    whole, _, digits = str(number).partition(".")
    return f"{numeral(int(whole))}点{''.join(numeral(int(digit)) for digit in digits)}"


_VERBS = {"应当": "处", "可以": "可以处", "可以并处": "可以并处", "单处或并处": "单处或者并处"}


def sentence(sanctions: Sequence[Sanction]) -> str:
    """Return the sanctions as one plain sentence, or an empty string where one of them is not fully known.

    Fully known means: circumstance, addressee, force, decider and basis are there and none is 待核.
    The words name the addressee only where it is not the first row's, who is the one that acted.
    """
    if not sanctions or not all(map(_known, sanctions)):
        return ""
    actor = sanctions[0]["对象"]
    clauses = [
        _circumstance(name, list(rows), actor) for name, rows in groupby(sanctions, key=lambda row: row["情形"])
    ]
    return "；".join(clause for clause in clauses if clause) + "。"


def _known(row: Sanction) -> bool:
    words = [row.get(name) for name in ("情形", "对象", "力度", "决定机关", "依据")]
    doubtful = any("待核" in str(word) for word in (*words[:4], row.get("说明", "")))
    return all(words) and not doubtful and bool(row.get("种类") or row.get("责令"))


def _circumstance(name: str, rows: list[Sanction], actor: str) -> str:
    told: list[str] = []
    penalised: set[str] = set()
    for row in rows:
        told.append(_row(row, actor, penalised))
        if row.get("种类"):
            penalised.add(row["对象"])
    if any(row.get("罚款", {}).get("基数条件") for row in rows):
        body = "；".join(_with_commas(told, rows))
    else:
        body = "，".join(told)
    return body if name == BASE else f"{name}，{body}"


def _with_commas(told: list[str], rows: list[Sanction]) -> Iterator[str]:
    """Set off by a semicolon what depends on a condition of the base; the rest stays with commas."""
    for text, row in zip(told, rows, strict=True):
        condition = row.get("罚款", {}).get("基数条件")
        yield f"{condition}，{text}" if condition else text


def _row(row: Sanction, actor: str, penalised: set[str]) -> str:
    kinds = [kind for kind in row.get("种类", ()) if kind != "罚款"]
    to = "" if row["对象"] == actor else f"对{row['对象']}"
    parts = list(row.get("责令", ()))
    may = row["力度"] in {"可以", "可以并处"}
    if kinds:
        parts.append(("可以" if may else "") + "、".join(kinds))
    if "罚款" in row.get("种类", ()):
        also = kinds or row["对象"] in penalised
        verb = "并处" if also and row["力度"] == "应当" else _VERBS[row["力度"]]
        amount = fine(row.get("罚款", {}))
        parts.append(f"{verb}{amount}罚款")
    if "说明" in row:
        parts.append(f"（{row['说明']}）")
    return to + "，".join(parts).replace("，（", "（")
