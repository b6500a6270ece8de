"""Which titles a wrong one is said to be near to."""

from __future__ import annotations

import pytest

from quanze.law.nearest import nearest

KNOWN = ("安全生产法", "防汛条例", "抗旱条例", "煤矿安全监察条例", "煤矿安全生产条例", "特种设备安全法")


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("安全生成法", "；最接近的是《安全生产法》"),
        ("特种设备条例", "；最接近的是《特种设备安全法》"),
        ("条例", ""),
        ("办法", ""),
        ("刑法", ""),
        ("煤矿安全条例", "；最接近的有《煤矿安全生产条例》、《煤矿安全监察条例》"),
    ],
)
def test_the_nearest_title_is_told_where_one_is_nearest(title, told):
    assert nearest(title, KNOWN) == told
