"""The reference register: sound, and what each record owes to those who search, read and compare."""

from __future__ import annotations

import pytest
from tests.project import DAY, ROOT

from quanze.check import report
from quanze.check.checking import check
from quanze.check.summary import coverage, summary
from quanze.law.sanction import sanctions
from quanze.law.sentence import sentence
from quanze.site.pages import manual

WORDS = 8


@pytest.fixture(name="checked", scope="module")
def _checked():
    return check(ROOT, DAY)


@pytest.fixture(name="items", scope="module")
def _items(checked):
    return checked.catalog.records["items"]


def test_it_has_no_error(checked):
    assert not checked.errors, "\n".join(report.text(checked.errors))


def test_every_citation_resolves(checked):
    one = summary(checked.catalog, DAY, checked.problems)
    assert one.citations == one.resolved == one.in_force
    assert one.records["权责事项"] >= 200
    assert one.records["依据文件"] >= 30


def test_every_penalty_article_has_items_or_a_reason_why_not(checked):
    missing = {one.instrument.id: one.missing for one in coverage(checked.catalog, DAY)}
    assert missing["an-quan-sheng-chan-fa"] == missing["wei-xian-hua-xue-pin-an-quan-fa"] == ()
    assert "没有写明原因" not in manual.coverage_page(checked.catalog, DAY).body


def test_what_of_a_law_has_no_item_stands_under_the_laws_name(checked):
    told = checked.catalog.records["coverage"]
    assert len(told) > 40
    assert {id_: one.data["依据文件"] for id_, one in told.items() if one.data["依据文件"] != id_} == {}


def test_every_item_is_found_by_everyday_words(items):
    assert {id_: one.data["关键词"] for id_, one in items.items() if len({*one.data["关键词"]}) < WORDS} == {}
    assert {word for one in items.values() for word in one.data["关键词"] if len(word) < 2} == set()


def test_every_item_names_its_levels_or_says_that_nobody_knows(items):
    assert [id_ for id_, one in items.items() if "行使层级" not in one.data] == []
    listed = {id_: one.data for id_, one in items.items() if one.data["职权类型"] in {"行政处罚", "行政强制"}}
    assert [id_ for id_, data in listed.items() if "第一责任层级" not in data] == []


def test_every_penalty_has_its_sentence(items):
    penalties = {id_: one.data["处罚"] for id_, one in items.items() if "处罚" in one.data}
    assert len(penalties) > 200
    assert [id_ for id_, rows in penalties.items() if not sentence(sanctions(rows))] == []


def test_what_the_old_chemical_regulation_punished_leads_to_what_does_now(items):
    old = {
        id_: one.data
        for id_, one in items.items()
        if any(citation["依据文件"] == "危险化学品安全管理条例" for citation in one.data["实施依据"])
    }
    assert len(old) == 51
    assert {data["终止日期"] for data in old.values()} == {"2026-05-01"}
    assert [id_ for id_, data in old.items() if items[data["承接事项"]].data["状态"] != "有效"] == []
