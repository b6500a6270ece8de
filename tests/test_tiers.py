"""Tiers of discretion, thresholds and figures: what is contiguous, what can be reached, what it comes to."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from quanze.base.model import Record
from quanze.form import Field, form, kinds
from quanze.form.kinds.statistic import Statistic
from quanze.history.figures import Figures
from quanze.law.sanction import sanctions
from quanze.law.threshold import Threshold
from quanze.law.tier import outside, tiers, uneven
from quanze.register.catalog import Catalog

SOUND = [{"阶次": "从轻", "情节": "一", "上限": 30000}, {"阶次": "从重", "情节": "二", "下限": 30000, "上限": 100000}]


def test_contiguous_tiers_are_silent_whatever_their_order_in_the_file():
    assert list(uneven(tiers(SOUND), "元")) == []
    assert list(uneven(tiers(SOUND[::-1]), "元")) == []
    assert list(outside(tiers(SOUND), None, 100000, "元")) == []


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (10000, 100000, "「从轻」没有写下限，罚则最低 10,000 元"),
        (None, 90000, "「从重」的上限 100,000 元超出，罚则最高 90,000 元"),
        (None, 200000, "最高的「从重」只到 100,000 元，罚则最高 200,000 元，上面有空档"),
        (None, None, "「从重」写了上限 100,000 元，而罚则没有上限"),
    ],
)
def test_tiers_fill_the_sanction_and_stay_in_it(low, high, said):
    assert [words for _, words in outside(tiers(SOUND), low, high, "元")] == [said]


def test_a_reduced_tier_may_lie_below_the_provision():
    told = [
        {"阶次": "减轻", "情节": "主动", "下限": 1000, "上限": 5000},
        {"阶次": "一般", "情节": "其他", "下限": 5000, "上限": 9000},
    ]
    assert list(outside(tiers(told), 5000, 9000, "元")) == []


def test_tiers_that_lie_wholly_below_are_told_once():
    told = [
        {"阶次": "一般", "情节": "甲", "下限": 5, "上限": 10},
        {"阶次": "从重", "情节": "乙", "下限": 10, "上限": 20},
    ]
    (said,) = (words for _, words in outside(tiers(told), 50000, 200000, "元"))
    assert said == "各阶次到 20 元为止，罚则从 50,000 元起，全在幅度以外，像是写错了单位"


def test_a_tier_without_bounds_says_so():
    told = [{"阶次": "从轻", "情节": "一", "下限": 1}, {"阶次": "从重", "情节": "二", "下限": 9, "上限": 20}]
    assert [words for _, words in uneven(tiers(told), "元")] == ["「从轻」没有写上限，接不上「从重」"]


def test_a_scale_tells_its_tiers_in_words_too():
    parts = {name: Field(name, kinds.AMOUNT) for name in ("下限", "上限")}
    html = str(kinds.show(Field("阶次", kinds.TIER, many=True, fields=parts), SOUND, None))
    assert 'aria-label="裁量阶次：从轻 3 万元以下；从重 3 万元以上10 万元以下"' in html
    assert '<td data-label="标准">三万元以下</td>' in html
    assert html.count("<rect") == 2


HEARING = Threshold.of(
    {"种类": ["吊销许可证件"], "数额": [{"对象": "个人", "起点": 10000}, {"对象": "单位", "起点": 100000}]}
)


@pytest.mark.parametrize(
    ("whom", "kinds_", "fine", "said"),
    [
        ("生产经营单位", ["罚款"], {"上限": 99999}, ()),
        ("生产经营单位", ["罚款"], {"上限": 100000}, ("对生产经营单位罚款最高十万元，拟罚十万元以上的达到",)),
        ("主要负责人", ["罚款"], {"上限": 50000}, ("对主要负责人罚款最高五万元，拟罚一万元以上的达到",)),
        ("主要负责人", ["吊销许可证件"], None, ("可以吊销许可证件",)),
        ("企业", ["罚款"], {"倍数上限": 5}, ("对企业罚款没有固定的上限，拟罚十万元以上的达到",)),
        ("企业", ["警告"], None, ()),
        ("矿山", ["罚款"], {"上限": 50000}, ("对矿山罚款最高五万元，拟罚一万元以上的达到",)),
        ("矿山企业", ["罚款"], {"上限": 50000}, ()),
    ],
)
def test_a_threshold_is_reached_or_not(whom, kinds_, fine, said):
    assert HEARING.met(sanctions([{"对象": whom, "种类": kinds_, "罚款": fine}])) == said


SCHEMA = {
    "title": "案卷",
    "properties": {
        "名称": {"title": "标题", "type": "string"},
        "起": {"title": "起始日期", "type": "string"},
        "止": {"title": "终止日期", "type": "string"},
        "件": {"title": "数量", "type": "integer"},
    },
}


def figures(at="2026-06-30"):
    rows = {
        "a-1": {"名称": "甲", "起": "2024-01-01", "止": "2026-01-01", "件": 3},
        "a-2": {"名称": "乙", "起": "2025-05-01", "件": 4},
        "a-3": {"名称": "丙", "起": "2026-12-01", "件": 5},
    }
    records = {"files": {id_: Record("files", id_, f"catalog/files/{id_}.yaml", data) for id_, data in rows.items()}}
    return Figures(Catalog(Path(), {}, {"files": form("files", SCHEMA)}, records), at)


@pytest.mark.parametrize(
    ("statistic", "number"),
    [
        ({"集合": "files", "计": "件数"}, 1),
        ({"集合": "files", "计": "件数", "年度": 2025}, 2),
        ({"集合": "files", "计": "件数", "年度": 2024}, 1),
        ({"集合": "files", "计": "合计", "栏目": "件", "年度": 2025}, 7),
        ({"集合": "files", "计": "件数", "条件": {"名称": "甲"}, "年度": 2024}, 1),
    ],
)
def test_figures_are_those_of_the_year(statistic, number):
    assert figures().number(Statistic.of(statistic)) == Decimal(number)


def test_what_cannot_be_worked_out_is_not_told():
    assert figures()(Statistic.of({"集合": "nothing", "计": "件数"})) == ""
    assert figures()(Statistic.of({"集合": "files", "计": "新增", "年度": 2025})) == ""
    assert figures()(Statistic.of({"清单": "nothing", "计": "版次"})) == ""
