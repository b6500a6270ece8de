"""Two views of the whole: the figures, and the penalty articles accounted for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests import golden
from tests.changed import changed
from tests.project import DAY

from quanze.base.model import Record
from quanze.check.summary import PenaltyArticle, coverage, lines, summary
from quanze.law.instrument import DOUBT

LAW = "an-quan-sheng-chan-fa"


@pytest.fixture(name="base", scope="module")
def _base(tmp_path_factory):
    return golden.checked(tmp_path_factory.mktemp("base"), golden.BASE).catalog


def excluding(base, *rows):
    """Return the base catalog with provisions of the law that have no item."""
    data = {"名称": "不列事项的条款", "依据文件": LAW, "不列事项": list(rows)}
    told = {LAW: Record("coverage", LAW, f"catalog/coverage/{LAW}.yaml", data)}
    return replace(base, records={**base.records, "coverage": told})


def of(found, id_):
    return next(one for one in found if one.instrument.id == id_)


def test_the_figures_of_the_base(base):
    one = summary(base, DAY, (), waived=2)
    assert one.records == {"机关": 2, "权责事项": 2, "依据文件": 3, "清单": 1, "办理程序": 1}
    assert one.lists == {"示例市应急管理局权责清单": 2}
    assert (one.citations, one.resolved, one.in_force) == (4, 4, 4)
    assert list(lines(one)) == [
        "检查日期：2026-11-23",
        "记录：机关 2、权责事项 2、依据文件 3、清单 1、办理程序 1",
        "依据：4 处，其中 4 处找得到文件和条，4 处当时有效",
        "清单「示例市应急管理局权责清单」：2 条",
        "错误 0，待复核 0，豁免 2",
    ]


def test_what_does_not_resolve_or_is_not_in_force_is_not_counted(tmp_path):
    done = golden.checked(tmp_path, golden.SEEDED)
    one = summary(done.catalog, DAY, done.problems)
    assert one.citations > one.resolved > one.in_force
    assert (one.errors, one.reviews) == (22, 3)


def test_a_list_of_an_unknown_collection_has_no_figure(tmp_path):
    done = golden.checked(tmp_path, golden.BAD / "list-collection")
    assert list(summary(done.catalog, DAY, done.problems).lists) == ["示例市应急管理局权责清单"]


def test_an_article_has_records_or_a_reason_or_is_missing(base):
    reasons = ({"条": "90至92", "原因": "处分"}, {"条": 93, "款": 2, "原因": "仅其中的撤职"})
    one = of(coverage(excluding(base, *reasons), DAY), LAW)
    articles = {article.number: article for article in one.articles}
    assert [record.id for record in articles[97].records] == ["xzcf-001"]
    assert articles[93] == PenaltyArticle(93, (), (("第九十三条第二款", "仅其中的撤职"),))
    assert articles[91].accounted
    assert one.missing == (94, 95, 96, 98, 99, 100, 101, 102, 103, 104, 114)


def test_the_version_of_the_day_counts(base):
    assert of(coverage(base, "2021-08-31"), LAW).version.name == "2014年修正"
    assert [one.instrument.id for one in coverage(base, "2000-01-01")] == []
    assert "mei-kuang-an-quan-jian-cha-tiao-li" not in [one.instrument.id for one in coverage(base, DAY)]


@pytest.mark.parametrize(
    ("basis", "missing"),
    [({}, False), ({"作用": "职权"}, True), ({"效力": "被上位法取代", "取代依据": "行政处罚法第七十六条"}, True)],
)
def test_only_a_penalty_that_is_still_applied_covers_its_article(base, basis, missing):
    bases = [{**one, **basis} for one in base.records["items"]["xzcf-001"].data["实施依据"]]
    site, _ = changed(base, "items", "xzcf-001", 实施依据=bases, 处罚=None)
    assert (97 in of(coverage(site.catalog, DAY), LAW).missing) is missing


@pytest.mark.parametrize(
    "change",
    [{"状态": "拟"}, {"状态": "取消", "终止日期": "2026-01-01", "终止原因": "依据废止"}],
)
def test_only_records_in_effect_count(base, change):
    item = base.records["items"]["xzcf-001"]
    items = {**base.records["items"], "xzcf-001": replace(item, data={**item.data, **change})}
    now = replace(base, records={**base.records, "items": items})
    assert 97 in of(coverage(now, DAY), LAW).missing
    law = base.records["laws"][LAW]
    laws = {**base.records["laws"], LAW: replace(law, data={**law.data, DOUBT: {"自": "2026-01-01"}})}
    missing = of(coverage(replace(now, records={**now.records, "laws": laws}), DAY), LAW).missing
    assert (97 in missing) is (change["状态"] == "拟")
