"""Penalties: the kinds of 行政处罚法 9, and which rank may set which (10–14, 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.law.fine import FINE

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Mapping[str, int] = {
    "警告": 1,
    "通报批评": 1,
    FINE: 2,
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
    "部门规章": (13, frozenset({"警告", "通报批评", FINE})),
    "地方政府规章": (14, frozenset({"警告", "通报批评", FINE})),
}
"""Rank → (the article of 行政处罚法, the kinds an instrument of that rank may set); other ranks set none (16)."""
