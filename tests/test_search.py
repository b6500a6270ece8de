"""The search index: what it holds, that it unpacks to what went in, and what a query is defined to find."""

from __future__ import annotations

import json
from itertools import chain

import pytest

from quanze.site.search import BANDS, SearchCitation, SearchRecord, band, fold, index, matches

TRAINING = SearchRecord(
    key="items/xzcf-001",
    url="items/xzcf-001/",
    title="对未按照规定对从业人员进行安全生产教育和培训的处罚",
    collection="items",
    label="权责事项",
    keywords=("没培训", "无证上岗"),
    codes=("000225012000",),
    citations=(
        SearchCitation(
            "laws/work-safety", ("中华人民共和国安全生产法", "安全生产法"), "《安全生产法》第九十七条第三项"
        ),
    ),
    values=("行政处罚", "责令限期改正，处十万元以下罚款", "没培训"),
    facets={"职权类型": ("行政处罚",), "层级": ("县级", "市级")},
)
LAW = SearchRecord(
    "laws/work-safety", "laws/work-safety/", "中华人民共和国安全生产法", "laws", "依据文件", ("安全生产法",)
)
ENDED = SearchRecord(
    "items/xzjc-001", "else/", "对生产经营单位的检查", "items", "权责事项", facets={"层级": ("市级",)}, ended=True
)
ENTRIES = (TRAINING, LAW, ENDED)


@pytest.fixture(name="parts", scope="module")
def _parts():
    return {path: data(content) for path, content in index(ENTRIES, {"层级": ("省级", "市级", "县级")}).items()}


def data(content):
    """Return what a data file holds that is a script too."""
    return json.loads(content.removeprefix(b"quanzePart(").removesuffix(b");\n"))


def unsign(sign):
    code = ord(sign)
    code -= 0x800 if code >= 0xE000 else 0
    return code - (code > 0x5C) - 0x23


def unpack(lines, symbols):
    """What the worker does, said again in Python."""
    once = iter(symbols[len(symbols) - lines.count("#") :])
    return [[next(once) if sign == "#" else symbols[unsign(sign) - 1] for sign in line] for line in lines.split("\n")]


def unpool(pool):
    records, sentences, words, alphabet = pool
    clauses = ["".join(letters) for letters in unpack(words, alphabet)]
    return unpack(records, ["".join(parts) for parts in unpack(sentences, clauses)])


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("第 九十七\u3000条\n", "第九十七条"),
        ("ＡＢＣ１２３", "abc123"),
        ("（三）", "(三)"),
        ("Straße", "strasse"),
        ("ΣΑΣ", "σασ"),
        ("㎡①", "m21"),
    ],
)
def test_texts_are_compared_folded(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("培训", [TRAINING]),
        ("没培训", [TRAINING]),
        ("安全生产", [TRAINING, LAW]),
        ("培训 十万元", [TRAINING]),
        ("培训\u3000检查", []),
        ("第九十七条第 三项", [TRAINING]),
        ("第九十七条第三 项", [TRAINING]),
        ("０００２２５", [TRAINING]),
        ("的检查", [ENDED]),
        ("处罚责令", []),  # the end of one text and the beginning of the next
        ("县级", []),  # a facet alone is not published text
        ("", [TRAINING, LAW, ENDED]),
    ],
)
def test_a_query_finds_what_contains_each_of_its_terms(query, found):
    assert list(matches(query, ENTRIES)) == found


def test_a_text_counts_once_and_at_its_best_rank():
    assert TRAINING.tiers() == (
        (TRAINING.title,),
        ("没培训", "无证上岗", "000225012000"),
        ("《安全生产法》第九十七条第三项",),
        ("行政处罚", "责令限期改正，处十万元以下罚款"),
    )


def test_the_index_unpacks_to_the_texts_that_went_in(parts):
    pools = [parts["search/names.js"]["names"], parts["search/names.js"]["words"]]
    pools += [parts["search/citations.js"]["citations"], parts["search/texts.js"]["texts"]]
    unpacked = [unpool(pool) for pool in pools]
    for number, entry in enumerate(ENTRIES):
        assert [texts[number] for texts in unpacked] == [list(texts) for texts in entry.tiers()]


def test_texts_of_every_kind_of_character_unpack():
    texts = (
        *(chr(code) for code in chain(range(0x21, 0x3000), range(0xD700, 0xD7FF), range(0xE000, 0xE010), [0x20000])),
        "甲\n乙，，丙",
        "a\\b",
    )
    pool = data(index([SearchRecord("a/b", "a/b/", "甲", "a", "乙", values=texts)])["search/texts.js"])["texts"]
    assert unpool(pool) == [[text for text in texts if text.strip()]]


def test_no_entries_make_an_empty_index():
    assert data(index([])["search/names.js"])["keys"] == []


def test_equal_entries_make_equal_bytes():
    assert index(ENTRIES) == index(list(ENTRIES))


def test_all_parts_bear_one_stamp_that_changes_with_the_content(parts):
    stamps = {part["stamp"] for part in parts.values()}
    other = data(index((TRAINING,))["search/names.js"])["stamp"]
    assert len(stamps) == 1
    assert other not in stamps


def test_only_addresses_that_the_key_does_not_tell_are_kept(parts):
    assert parts["search/names.js"]["urls"] == {"2": "else/"}


def test_ended_records_are_marked(parts):
    assert parts["search/names.js"]["ended"] == [2]


def test_facets_are_offered_in_the_order_of_their_vocabulary(parts):
    facets = {facet["name"]: facet for facet in parts["search/names.js"]["facets"]}
    levels = facets["层级"]
    assert levels["values"] == ["市级", "县级"]
    assert unpack(levels["rows"], levels["values"]) == [["县级", "市级"], [], ["市级"]]


def test_an_instrument_is_known_by_its_own_names_and_by_those_it_is_cited_by(parts):
    assert parts["search/citations.js"]["laws"] == [["laws/work-safety", "中华人民共和国安全生产法", "安全生产法"]]


@pytest.mark.parametrize(
    ("yuan", "expected"), [(0, 0), (10_000, 0), (10_001, 1), (100_000, 2), (100_001, 3), (1_000_000, 4), (2_000_000, 5)]
)
def test_a_band_has_its_limit_in_it(yuan, expected):
    assert band(yuan) == BANDS[expected]
