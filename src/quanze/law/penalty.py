"""Sanctions: the kinds of 行政处罚法 9, which rank may set which (10–14, 16), and a fine in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quanze.law.numerals import numeral, yuan

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Mapping[str, int] = {
    "警告": 1,
    "通报批评": 1,
    "罚款": 2,
    "没收违法所得": 2,
    "没收非法财物": 2,
    "暂扣许可证件": 3,
    "降低资质等级": 3,
    "吊销许可证件": 3,
    "吊销营业执照": 3,
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
    "地方性法规": (12, _BY_ALL - {"行政拘留", "吊销营业执照"}),
    "部门规章": (13, frozenset({"警告", "通报批评", "罚款"})),
    "地方政府规章": (14, frozenset({"警告", "通报批评", "罚款"})),
}
"""Rank → (the article of 行政处罚法, the kinds an instrument of that rank may set); other ranks set none (16)."""


def fine(value: Mapping[str, Any]) -> str:
    """Return a fine's bounds in words, without 罚款: 十万元以上二十万元以下; one by the day (按日) as the whole act."""
    if "按日" in value:
        return f"{value['按日']}，按照{value.get('基数', '')}按日连续处罚"
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
    whole, _, digits = f"{number:.9f}".rstrip("0").partition(".")
    return f"{numeral(int(whole))}点{''.join(numeral(int(digit)) for digit in digits)}"
