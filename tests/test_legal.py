"""The law's own arithmetic: numerals, citations, versions, sanctions, codes, working days."""

from __future__ import annotations

import datetime
import random
import re

import pytest

from quanze.law import calendar, codes
from quanze.law.articlemap import describe, fates, landings
from quanze.law.basis import basis
from quanze.law.citation import Citation
from quanze.law.fine import Fine
from quanze.law.instrument import Instrument
from quanze.law.numerals import number, numeral, yuan
from quanze.law.penalty import KINDS, MAY_SET
from quanze.law.places import Step, numbers, parse_place, spans
from quanze.law.reader import KnownTitles, read
from quanze.law.sanction import sanctions
from quanze.law.sentence import sentence
from quanze.law.standing import standing

# --- numerals

WORDS = {
    0: "零",
    1: "一",
    10: "十",
    11: "十一",
    20: "二十",
    97: "九十七",
    100: "一百",
    101: "一百零一",
    110: "一百一十",
    119: "一百一十九",
    1000: "一千",
    1001: "一千零一",
    1010: "一千零一十",
    2000: "二千",
    10_000: "一万",
    10_001: "一万零一",
    20_000: "二万",
    100_000: "十万",
    101_000: "十万一千",
    110_000: "十一万",
    1_000_000: "一百万",
    10_000_000: "一千万",
    10_100_000: "一千零一十万",
    100_000_000: "一亿",
    100_010_000: "一亿零一万",
    2_000_000_000: "二十亿",
}


@pytest.mark.parametrize(("value", "words"), WORDS.items())
def test_numerals_as_statutes_write_them(value, words):
    assert numeral(value) == words
    assert number(words) == value


def test_numerals_round_trip():
    dice = random.Random(1)
    for value in [*range(3000), *(dice.randrange(10**10) for _ in range(3000))]:
        assert number(numeral(value)) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("97", 97),
        ("一百〇七", 107),
        ("二〇二一", 2021),
        ("两千", 2000),
        ("一十二", 12),
        ("甲", None),
        ("-1", None),
        ("1.5", None),
    ],
)
def test_numbers_that_are_written_otherwise(words, value):
    assert number(words) == value


def test_yuan():
    assert yuan(100_000) == "十万元"


# --- citations


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        ({"依据文件": "安全生产法", "条": 97, "项": 3}, "《安全生产法》第九十七条第三项"),
        ({"依据文件": "安全生产法", "条": 97, "款": 1, "项": [3, 4]}, "《安全生产法》第九十七条第一款第三项、第四项"),
        ({"依据文件": "安全生产法", "条": "95至99"}, "《安全生产法》第九十五条至第九十九条"),
        ({"依据文件": "刑法", "条": "134之1"}, "《刑法》第一百三十四条之一"),
        ({"依据文件": "安全生产法", "版本": "2014年修正", "条": 94}, "《安全生产法》（2014年修正）第九十四条"),
        ({"文号": "国办发〔2018〕118号"}, "国办发〔2018〕118号"),
        ({"原文": "有关规定\n"}, "有关规定"),
        (
            {"依据文件": "甲条例", "条": 37, "效力": "被上位法取代", "取代依据": "乙法第一条"},
            "《甲条例》第三十七条（被上位法取代：乙法第一条）",
        ),
    ],
)
def test_written(citation, words):
    assert str(Citation.of(citation)) == words
    assert Citation.of(citation).data() == citation


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (97, ((97, 97),)),
        ("95至99", ((95, 99),)),
        ([90, "92至93"], ((90, 90), (92, 93))),
        ("12之1", ((12, 12),)),
        (None, ()),
        ("甲", ()),
    ],
)
def test_spans(value, expected):
    assert spans(value) == expected


def test_numbers_of_a_run_end():
    assert numbers("1至9999") == tuple(range(1, 1001))
    assert numbers([1, "3至4"]) == (1, 3, 4)


def test_places():
    assert Citation.of({"条": 97, "款": 1, "项": [3, 4]}).places == ((97, 1, 3), (97, 1, 4))
    assert Citation.of({"条": 97}).places == ((97, 0, 0),)
    assert Citation.of({}).places == Citation.of("安全生产法").places == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("第九十二条第二款", (92, 2, 0)),
        ("第一百条", (100, 0, 0)),
        ("第97条第3项", (97, 0, 3)),
        ("九十二条", None),
        ("第二款", None),
        ("", None),
    ],
)
def test_parse_place(text, place):
    assert parse_place(text) == place


def test_a_citation_that_is_written_is_read_back():
    dice = random.Random(2)
    for _ in range(300):
        citation = {"依据文件": dice.choice(["安全生产法", "甲条例"]), "条": dice.randint(1, 130)}
        if dice.randrange(2):
            citation["款"] = dice.randint(1, 9)
        if dice.randrange(2):
            citation["项"] = dice.randint(1, 20)
        assert [basis(one, {}).data() for one in read(str(Citation.of(citation)), KnownTitles(())).citations] == [
            citation
        ]


# --- instruments

LAW = Instrument.of(
    "an-quan-sheng-chan-fa",
    {
        "名称": "中华人民共和国安全生产法",
        "简称": ["安法"],
        "位阶": "法律",
        "版本": [
            {
                "名称": "2021年修正",
                "公布日期": "2021-06-10",
                "施行日期": "2021-09-01",
                "条数": 119,
                "罚则条": [92],
                "条文对照": [
                    {"旧": "第八十九条第一款", "新": "第九十二条第二款", "变化": ["改幅度"]},
                    {"旧": "第八十九条第二款", "新": "第九十二条第三款", "变化": ["改文字"]},
                    {"旧": "第九十条", "新": "第九十三条", "变化": ["仅改号"]},
                    {"旧": "第一百条", "变化": ["废止"]},
                    {"新": "第一百零九条", "变化": ["新增"]},
                ],
            },
            {"名称": "2014年修正", "公布日期": "2014-08-31", "施行日期": "2014-12-01", "条数": 114},
        ],
        "废止日期": "2030-01-01",
    },
)


def test_versions_stand_in_the_order_of_their_days():
    assert [version.name for version in LAW.versions] == ["2014年修正", "2021年修正"]
    assert LAW.newest.name == "2021年修正"
    assert LAW.short == "安全生产法"
    assert LAW.names == ("中华人民共和国安全生产法", "安全生产法", "安法")


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2014-11-30", None),
        ("2014-12-01", "2014年修正"),
        ("2021-08-31", "2014年修正"),
        ("2021-09-01", "2021年修正"),
        ("2029-12-31", "2021年修正"),
        ("2030-01-01", None),
    ],
)
def test_in_force(day, name):
    version = LAW.in_force(day)
    assert (version.name if version else None) == name


@pytest.mark.parametrize(
    ("place", "new"),
    [
        ((89, 1, 0), ("第九十二条第二款",)),
        ((89, 1, 3), ("第九十二条第二款",)),
        ((89, 0, 3), ("第九十二条第二款",)),
        ((89, 0, 0), ("第九十二条第二款", "第九十二条第三款")),
        ((90, 2, 1), ("第九十三条",)),
        ((100, 0, 0), ()),
        ((109, 0, 0), ()),
    ],
)
def test_fates(place, new):
    assert fates(LAW, place) == new


@pytest.mark.parametrize(
    ("row", "place", "now"),
    [
        ("第二条 第三条", (2, 1, 4), "第三条第一款第四项"),
        ("第二条 第三条第二款", (2, 1, 4), "第三条第二款"),
        ("第二条第一款 第三条第二款", (2, 1, 4), "第三条第二款第四项"),
        ("第二条第一款 第三条第二款第五项", (2, 1, 4), "第三条第二款第五项"),
        ("第二条第一款第四项 第三条第二款", (2, 1, 4), "第三条第二款"),
        ("第二条第一款 第三条", (2, 1, 0), "第三条"),
    ],
)
def test_a_place_goes_with_the_row_of_a_map_and_keeps_the_parts_of_which_the_row_is_silent(row, place, now):
    old, new = row.split()
    rows = [{"旧": old, "新": new, "变化": ["仅改号"]}]
    law = Instrument.of("fa", {"版本": [{"名称": "2027年修正", "公布日期": "2027-01-01", "条文对照": rows}]})
    assert [describe(one.new) for one in landings(place, law.versions)] == [now]


# --- sanctions


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"上限": 100_000}, "十万元以下"),
        ({"下限": 100_000, "上限": 200_000}, "十万元以上二十万元以下"),
        ({"下限": 50_000}, "五万元以上"),
        ({"下限": 50_000, "上限": 50_000}, "五万元"),
        ({"倍数下限": 2, "倍数上限": 5, "基数": "违法所得"}, "违法所得二倍以上五倍以下"),
        ({"百分比下限": 40, "百分比上限": 100, "基数": "上一年年收入"}, "上一年年收入百分之四十以上百分之一百以下"),
        ({"倍数上限": 1.5, "基数": "货值"}, "货值一点五倍以下"),
    ],
)
def test_fine(value, words):
    assert str(Fine.of(value)) == words


def test_the_ranks_that_may_set_a_kind():
    assert "行政拘留" in MAY_SET["法律"][1]
    assert "行政拘留" not in MAY_SET["行政法规"][1]
    assert MAY_SET["部门规章"] == (13, {"警告", "通报批评", "罚款"})
    assert MAY_SET["地方政府规章"][0] == 14
    assert "规范性文件" not in MAY_SET
    assert all(kinds <= set(KINDS) for _, kinds in MAY_SET.values())


TRAINING = {
    "情形": "基本情形",
    "对象": "生产经营单位",
    "责令": ["责令限期改正"],
    "种类": ["罚款"],
    "力度": "应当",
    "罚款": {"上限": 100_000},
    "决定机关": "应急管理部门",
    "依据": [{"依据文件": "安全生产法", "条": 97}],
}
LATE = {
    **TRAINING,
    "情形": "逾期未改正的",
    "责令": ["责令停产停业整顿"],
    "罚款": {"下限": 100_000, "上限": 200_000},
}
PERSONS = {
    **LATE,
    "对象": "直接负责的主管人员和其他直接责任人员",
    "责令": [],
    "罚款": {"下限": 20_000, "上限": 50_000},
}


def test_a_sentence_says_what_it_can_cost():
    late = {**LATE, "责令": [], "种类": ["责令停产停业整顿", "罚款"]}
    assert sentence(sanctions([TRAINING, late, PERSONS])) == (
        "责令限期改正，处十万元以下罚款；逾期未改正的，责令停产停业整顿，并处十万元以上二十万元以下罚款，"
        "对直接负责的主管人员和其他直接责任人员处二万元以上五万元以下罚款。"
    )


@pytest.mark.parametrize("gap", ["情形", "对象", "力度", "依据"])
def test_no_sentence_without_what_it_needs(gap):
    assert sentence(sanctions([{name: value for name, value in TRAINING.items() if name != gap}])) == ""
    assert sentence(sanctions([{**TRAINING, gap: "待核"}])) == ""
    assert sentence(()) == ""


# --- codes

LOCAL = {"省级编码": codes.LocalScheme("[0-9]{2}-[0-9]{3}", re.compile("[0-9]{2}-[0-9]{3}").fullmatch)}
CREDIT = "91110000600037341L"  # the example in python-stdnum's manual
BASIC = "000225012000"


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("基本编码", BASIC),
        ("实施编码", f"{CREDIT}3{BASIC}"),
        ("业务办理项编码", f"{CREDIT}3{BASIC}01"),
        ("省级编码", "12-345"),
    ],
)
def test_sound_codes(scheme, text):
    assert codes.fault(scheme, text, LOCAL) == ""


@pytest.mark.parametrize(
    ("scheme", "text", "words"),
    [
        ("基本编码", BASIC[1:], "有 11 位"),
        ("基本编码", "00022501200０", "不是数字"),
        ("实施编码", BASIC, "有 12 位"),
        ("实施编码", f"{CREDIT}0{BASIC}", "不是层级"),
        ("实施编码", f"{CREDIT[:-1]}A3{BASIC}", "末位应当是 L"),
        ("实施编码", f"{CREDIT}3{BASIC[:-1]}X", "都是数字"),
        ("省级编码", "12-345\n", "不符合省级编码的写法"),
        ("没有的方案", "1", "没有登记"),
    ],
)
def test_unsound_codes(scheme, text, words):
    assert words in codes.fault(scheme, text, LOCAL)


def test_the_parts_of_a_code():
    code = codes.read("业务办理项编码", f"{CREDIT}3{BASIC}01")
    assert (code.credit, code.level, code.basic, code.region, code.type) == (CREDIT, "市级", BASIC, "00", "02")
    assert codes.read("基本编码", "009925012000").type == "99"
    assert codes.read("基本编码", "1") is codes.read("省级编码", "1") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (CREDIT, ""),
        (CREDIT.lower(), "里有不该有的字符"),
        (CREDIT[:-1], "有 17 位"),
        (CREDIT[:-1] + "1", "末位应当是 L"),
        ("9111000060003734IL", "里有不该有的字符"),
        ("9A110000600037341L", "里有不该有的字符"),
        ("911100006000 7341L", "里有不该有的字符"),
    ],
)
def test_credit_codes(text, words):
    fault = codes.credit_fault(text)
    assert words in fault
    assert bool(words) is bool(fault)


# --- working days


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-11-23", 0, "2026-11-23"),
        ("2026-11-23", 1, "2026-11-24"),
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-23", 10, "2026-12-07"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-10-09", 1, "2026-10-10"),
        ("2025-12-31", 1, "2026-01-04"),
    ],
)
def test_working_days_follow_the_state_council(start, count, end):
    assert calendar.workdays_after(datetime.date.fromisoformat(start), count) == datetime.date.fromisoformat(end)


def test_a_year_that_is_not_published_yet_is_no_crash():
    assert calendar.workday(datetime.date(2100, 1, 4)) is None
    assert calendar.workdays_after(datetime.date(2100, 1, 4), 20) is None
    assert calendar.workdays_after(datetime.date(2100, 1, 4), 0) == datetime.date(2100, 1, 4)


def test_no_negative_period():
    with pytest.raises(ValueError, match="negative"):
        calendar.workdays_after(datetime.date(2026, 1, 5), -1)


def test_articles_of_a_place():
    assert Citation.of({"条": 92, "款": 2}).place == "第九十二条第二款"


# --- an instrument of which nobody knows whether it is still in force

DOUBTED = {
    "名称": "夜市管理条例",
    "位阶": "行政法规",
    "版本": [{"名称": "2010年公布", "公布日期": "2010-01-01", "施行日期": "2010-03-01", "条数": 30}],
    "效力待核": {"自": "2026-05-01", "原因": "另一部法律规定了同样的事项"},
}


@pytest.mark.parametrize(
    ("at", "article", "state"),
    [("2026-04-30", 25, "有效"), ("2026-05-01", 25, "未核"), ("2026-05-01", 31, "不存在")],
)
def test_a_law_in_doubt_is_no_longer_said_to_be_in_force(at, article, state):
    law = Instrument.of("ye-shi", DOUBTED)
    assert standing(law, Step((article, 0)), at, when=("", ""), role="").state == state
