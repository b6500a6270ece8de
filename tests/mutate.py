"""Documents broken at random, reproducibly: for tests that must hold whatever a file says."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random

    from quanze.base.model import Document

VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 3, 65, 10**6, 1.5, "", " ", "无", "待核", "拟", "取消", "行政处罚", "安全生产法"),
    *("2014年修正", "2025-02-30", "2020-01-01", "2030-01-01", "xzjc-001", "xzcf-001", "items", "９７", "95至99"),
    *(
        "99至95",
        "12之1",
        "第九十七条第三项",
        "000225001000",
        "甲\n乙",
        " 甲",
        "×××",
        "[",
        "a" * 400,
        [],
        {},
        ["甲", "甲"],
    ),
    *({"日期": "2020-01-01", "来源": "甲"}, {"依据文件": "安全生产法"}, [{"依据文件": "安全生产法", "条": 200}]),
    {},
    [1, "2至3"],
)
NAMES = ("状态", "终止日期", "终止原因", "生效日期", "主项", "承接事项", "备注", "条", "款", "版本", "效力", "甲")


def record(data: Document, dice: random.Random, most: int = 3) -> dict[str, Any]:
    """Return a copy of a document with one to `most` things changed, added or gone."""
    whole = copy.deepcopy(dict(data))
    for _ in range(dice.randint(1, most)):
        _once(dice.choice(list(_places(whole))), dice)
    return whole


def _places(node: Any) -> Any:
    """Yield every mapping and list of a document."""
    yield node
    for inner in node.values() if isinstance(node, dict) else node:
        if isinstance(inner, dict | list):
            yield from _places(inner)


def _once(node: Any, dice: random.Random) -> None:
    value = copy.deepcopy(dice.choice(VALUES))
    if isinstance(node, list):
        how = dice.randrange(3)
        if how == 0 or not node:
            node.append(value)
        elif how == 1:
            node.pop(dice.randrange(len(node)))
        else:
            node[dice.randrange(len(node))] = value
    elif node and dice.randrange(3):
        name = dice.choice(list(node))
        if dice.randrange(3):
            node[name] = value
        else:
            del node[name]
    else:
        node[dice.choice(NAMES)] = value
