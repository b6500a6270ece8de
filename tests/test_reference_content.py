"""The reference register's items: what each of them owes to those who search, read and compare (content, not code)."""

from __future__ import annotations

import pytest
from tests import project
from tests.changed import catalog

from quanze.law.sentence import sentence

WORDS = 8


@pytest.fixture(name="items", scope="module")
def _items():
    return catalog(project.ROOT).records["items"]


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
    assert [id_ for id_, rows in penalties.items() if not sentence(rows)] == []


def test_what_the_old_chemical_regulation_punished_leads_to_what_does_now(items):
    old = {
        id_: one.data
        for id_, one in items.items()
        if any(citation["依据文件"] == "危险化学品安全管理条例" for citation in one.data["实施依据"])
    }
    assert len(old) == 51
    assert {data["终止日期"] for data in old.values()} == {"2026-05-01"}
    assert [id_ for id_, data in old.items() if items[data["承接事项"]].data["状态"] != "有效"] == []
