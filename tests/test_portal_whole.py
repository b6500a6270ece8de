"""What a portal says of registers side by side, of facts made by hand: who counts, what became of a record."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from quanze.portal.exports import feed
from quanze.portal.facts import AdoptedFact, LawFact, Power, PowerBasis, RecordFact
from quanze.portal.fetching import Refused
from quanze.portal.gathering import RegisterFacts
from quanze.portal.holding import EMPTY, HELD, SOUND, Holding
from quanze.portal.refreshing import _own
from quanze.portal.settings import PublishedSource
from quanze.portal.state import SourceState, Trouble
from quanze.portal.whole import Portal, _slugs, _standing


def source(id_="shi", code=""):
    return PublishedSource(None, id_, "示例市水务局", "990000", "水务", "https://shi.example/", "", "", "", code)


def power(path, *, ended=False):
    basis = PowerBasis("水法", "2016-07-02", "65", 1, 0, "罚则", "第六十五条第一款", "")
    return Power(path, "对占河道的处罚", "行政处罚", "有效", ended, ("示例市水务局",), (basis,), (), (), ())


def facts(*powers, records=None):
    return RegisterFacts("", ("示例市水务局",), powers, (), (), records or {}, (), ())


def holding(*powers, state=None, records=None):
    return Holding(source(), state or SourceState(), SimpleNamespace(facts=facts(*powers, records=records), digests={}))


def test_what_has_ended_is_not_set_beside_what_is_in_force():
    portal = Portal(SimpleNamespace(), (holding(power("items/a/"), power("items/b/", ended=True)),))
    assert [one.path for _, one in portal.powers()] == ["items/a/"]
    assert {article: len(rows) for article, rows in portal.laws["水法"].articles.items()} == {"65": 1}


def test_how_it_stands_with_a_source_is_one_of_three_words():
    trouble = SourceState(trouble=Trouble("取不到", "没有应答"))
    assert holding().standing == SOUND
    assert holding(state=trouble).standing == HELD
    assert Holding(source(), trouble, None).standing == EMPTY


@pytest.mark.parametrize(("host", "author"), [("示例市大数据局", "示例市大数据局"), ("", "示例门户")])
def test_the_feed_is_by_whoever_keeps_the_portal_or_by_the_portal(host, author):
    stated = SimpleNamespace(address="https://menhu.example/", title="示例门户", host=host)
    told = feed(SimpleNamespace(settings=stated, demonstration=False, dated="2026-11-26", changes=()))
    assert f"<name>{author}</name>" in told.decode()


@pytest.mark.parametrize(
    ("there", "ended", "said"),
    [
        ("items/a/", False, ""),
        ("items/a/", True, "上级的已终止"),
        ("items/c/", False, "上级没有这一条"),
        ("", False, "上级没有这一条"),
        ("guides/a/", False, ""),  # of which the superior has no list: nobody knows
        ("waivers/a/", True, "上级的已终止"),
    ],
)
def test_what_became_of_a_superiors_record(there, ended, said):
    records = {"waivers": (RecordFact("waivers/a/", "轻微不罚", ended),)}
    above = holding(power("items/a/", ended=ended), power("items/b/"), records=records)
    fact = AdoptedFact("items/x/", "甲", "示例市水务局", there, "", "", (), ())
    assert _standing(above, fact) == said
    assert _standing(None, fact) == ""


def test_two_laws_with_one_id_have_two_addresses():
    known = {title: [(None, LawFact("fa", title, "", "", "", ()))] for title in ("水法", "法官法")}
    slugs = _slugs({"水法": 1, "法官法": 1}, known)
    assert len({*slugs.values()}) == 2
    assert _slugs({"水法": 1}, known) == {"水法": "fa"}


@pytest.mark.parametrize("code", ["", "11990000000000000X"])
def test_who_was_agreed_with_a_code_has_to_show_it(code):
    with pytest.raises(Refused, match="不是约定的"):
        _own(source(code="119900000000000011"), code, ["示例市水务局"])
