"""The law's nouns: each is made of a record's data by one function, and what is written back is what was read."""

import itertools

import pytest

from quanze.law.citation import PARTS, Citation, citations
from quanze.law.fee import Fee
from quanze.law.fine import MEASURES, Bounds, Fine
from quanze.law.instrument import Instrument, unverified
from quanze.law.move import Move
from quanze.law.sanction import Sanction, sanctions
from quanze.law.threshold import Threshold
from quanze.law.version import UNCOUNTED, Version

CITED = [
    {"依据文件": "安全生产法", "条": 97, "款": 1, "项": [3, "5至7"], "作用": "罚则"},
    {"依据文件": "安全生产法", "版本": "2014年修正", "条": "95至99", "摘录": "处五万元以下的罚款"},
    {"文号": "国办发〔2018〕118号", "附件": "2"},
    {"依据文件": "甲条例", "条": "12之1", "项": 2, "目": 1, "效力": "被上位法取代", "取代依据": "乙法第一条"},
    {"原文": "有关规定"},
]


@pytest.mark.parametrize("data", CITED)
def test_a_citation_is_written_as_it_was_read(data):
    assert Citation.of(data).data() == data
    assert Citation.of({name: data[name] for name in reversed(data)}) == Citation.of(data)
    assert [*Citation.of(data).data()] == [name for name in PARTS if name in data]


def test_equal_citations_are_one_key():
    assert len({Citation.of(one) for one in (*CITED, *CITED)}) == len(CITED)


def test_a_citation_says_whether_it_still_applies():
    assert [Citation.of(one).displaced for one in CITED] == [False, False, False, True, False]
    assert not Citation(state="部分适用").displaced


@pytest.mark.parametrize(
    "data",
    [
        {"旧": "第八十九条第一款", "新": "第九十二条", "变化": ["改文字", "改幅度"], "说明": "分成两款"},
        {"旧": "第三条", "变化": ["废止"]},
        {"新": "第四条", "变化": ["新增"]},
    ],
)
def test_a_row_of_a_map_is_written_as_it_was_read(data):
    assert Move.of(data).data() == data


def test_a_row_waits_for_somebody_where_only_the_places_are_known():
    assert Move.of({"旧": "第三条", "新": "第四条", "变化": ["待核"]}).pending
    assert not Move.of({"旧": "第三条", "变化": ["待核"]}).pending


@pytest.mark.parametrize("data", [{"是否": False}, {"是否": True, "标准": "每份十元", "依据": [CITED[0]]}])
def test_a_fee_is_written_as_it_was_read(data):
    assert Fee.of(data).data() == data


def test_a_fine_has_bounds_in_the_measures_that_it_names():
    fine = Fine.of(
        {"上限": 100_000, "倍数下限": 1, "倍数上限": 5, "基数": "违法所得", "基数条件": "违法所得十万元以上的"}
    )
    assert fine.bounds == {"": (None, 100_000), "倍数": (1, 5)}
    assert fine.text == "违法所得十万元以上的，十万元以下，违法所得一倍以上五倍以下"
    assert str(Fine.of({"按日": "自次日起", "基数": "原处罚数额"})) == "自次日起，按照原处罚数额按日连续处罚"
    assert Fine.of({"基数": "货值"}).text == "货值"


@pytest.mark.parametrize("measure", MEASURES)
def test_a_fine_of_one_measure_has_no_other(measure):
    assert Fine.between(measure, Bounds(2, 3), "甲").bounds == {measure: (2, 3)}


def test_what_is_not_looked_up_of_an_instrument_is_not_known():
    law = Instrument.of("shi-li", unverified("示例法", "法律", "示例令第1号"))
    assert (law.newest.name, law.newest.number, law.newest.verified, law.newest.counted) == (
        "待核",
        "示例令第1号",
        False,
        False,
    )
    assert law.newest.last_article == UNCOUNTED


def test_a_version_whose_days_nobody_knows_stands_beside_the_others():
    rows = [
        {"名称": "2009年发布"},
        {"名称": "2016年修正", "公布日期": "2016-01-01", "施行日期": "2016-03-01", "条数": 9},
    ]
    known, unknown = (
        Instrument.of("shi-li", {"名称": "例法", "版本": some}) for some in (rows, [*rows[:1], {"名称": "后"}])
    )
    assert [one.name for one in (*known.versions, *known.undated)] == ["2016年修正", "2009年发布"]
    assert [one.name for one in (*unknown.versions, *unknown.undated)] == ["2009年发布", "后"]
    assert known.version("2009年发布").last_article == UNCOUNTED
    assert (known.before(known.newest), known.in_force("2020-01-01"), unknown.looked_up) == (None, known.newest, False)
    assert (unknown.in_force("2020-01-01"), unknown.ended("2020-01-01")) == (None, False)


def test_versions_are_in_order_of_their_days_and_know_their_place_in_the_file():
    rows = [
        {"名称": name, "公布日期": day, "施行日期": day} for name, day in (("新", "2021-01-01"), ("旧", "2002-01-01"))
    ]
    law = Instrument.of("shi-li", {"名称": "中华人民共和国示例法", "简称": ["例法"], "版本": rows})
    assert [(one.name, one.index) for one in law.versions] == [("旧", 1), ("新", 0)]
    assert law.names == ("中华人民共和国示例法", "示例法", "例法")


ODD = (None, "甲至乙", "", 5, 0.5, True, [], ["甲", 3, None, {}], {}, {"甲": {"乙": []}})


@pytest.mark.parametrize(
    "make", [Citation.of, Sanction.of, Fine.of, Fee.of, Move.of, Threshold.of, citations, sanctions]
)
def test_data_of_any_shape_makes_a_noun_that_can_be_told(make):
    named = (Citation.of, Sanction.of, Fine.of, Fee.of, Move.of, Threshold.of)
    fields = (
        "依据文件",
        "条",
        "款",
        "项",
        "附件",
        "原文",
        "情形",
        "种类",
        "罚款",
        "依据",
        "上限",
        "按日",
        "旧",
        "变化",
        "数额",
    )
    for odd in ODD:
        assert str(make(odd)) is not None
    for name, odd in itertools.product(fields, ODD) if make in named else ():
        whole = {"条": 1, "款": 2, name: odd}
        assert str(make(whole)) is not None


@pytest.mark.parametrize("name", ["名称", "公布日期", "条数", "罚则条", "条文对照", "结构", "版本", "简称", "效力待核"])
def test_an_instrument_of_any_shape_can_be_asked(name):
    for odd in ODD:
        version = Version.of(0, {"名称": "甲", "条数": 3, name: odd})
        assert version.outline is None or name == "结构"
        assert Instrument.of("a", {"名称": "甲", "版本": [{"名称": "乙"}], name: odd}).in_force("2026-01-01") is None
