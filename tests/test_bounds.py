"""What is too large, too small, unseen or endless is told in one sentence, and takes no time to be told."""

from __future__ import annotations

import random
import time
from types import SimpleNamespace

import pytest
from tests.clerk import DAY, Clerk

from quanze.base.printable import INVISIBLE, printable
from quanze.base.problem import Problem
from quanze.check import report
from quanze.check.rules import handling, remedies
from quanze.form import Validator, load_forms, pattern
from quanze.form.kinds import number as kind
from quanze.io.yaml import read
from quanze.law.citation import Citation
from quanze.law.fine import Fine
from quanze.law.numerals import number, numeral
from quanze.law.places import MOST, numbers

ITEM, LAW, SITE = (f"catalog/{path}.yaml" for path in ("items/xzcf-001", "laws/an-quan-sheng-chan-fa", "site"))
HUGE = 10**16


@pytest.fixture(name="clerk")
def _clerk(tmp_path):
    return Clerk(tmp_path / "登记")


@pytest.mark.parametrize(
    ("path", "old", "new", "rule"),
    [
        (ITEM, "条: 28", f"条: {HUGE}", "form-choice"),
        (ITEM, "款: 1", f"款: {HUGE}", "form-choice"),
        (ITEM, "款: 1", f"款: [1, {HUGE}]", "form-choice"),
        (ITEM, "上限: 100000", f"上限: {HUGE}", "form-range"),
        (ITEM, "上限: 100000", "倍数上限: 10000, 基数: 违法所得", "form-range"),
        (ITEM, "上限: 100000", "百分比上限: 1000000000.5, 基数: 违法所得", "form-range"),
        (LAW, "条数: 119", "条数: 100000000", "form-range"),
        (LAW, "罚则条: [90", "罚则条: [90000000", "form-range"),
        (SITE, "核对周期: 365", "核对周期: 3652425", "form-range"),
        (SITE, "申请工作日: 10", "申请工作日: 1000000000", "form-range"),
        (ITEM, "条: 28, 款: 1", "条: 1至9999, 款: 1至9999, 项: 1至9999, 目: 1至9999", "article-run"),
    ],
)
def test_a_number_out_of_all_proportion_is_one_sentence(clerk, path, old, new, rule):
    text = clerk.read(path)
    assert old in text
    clerk.write(path, text.replace(old, new, 1))
    start = time.process_time()
    done = clerk("check", "--at", DAY)
    assert done.code == 1
    assert f"[{rule}]" in done.out
    assert all(line.startswith("catalog/") for line in done.lines)
    assert time.process_time() - start < 20


def test_a_field_may_draw_bounds_narrower_than_its_kind(clerk):
    """Its kind, its help and one sentence stay; a bound that is wider than the kind's changes nothing."""
    schema = load_forms(clerk.root / "schema")["site"].schema["properties"]
    assert schema["核对周期"]["maximum"] == 36500
    assert schema["核对周期"]["title"] == "数量"
    assert "allOf" not in schema["核对周期"]


def test_places_are_counted_without_being_named():
    whole = Citation.of({"条": "1至9999", "款": ["1至9999", 3], "项": "1至9999", "目": 2})
    assert whole.size == 9999 * 10000 * 9999
    assert Citation.of({"条": 97, "项": [3, 4]}).size == 2
    assert Citation().size == 1
    assert len(whole.places) == len(numbers(whole.paragraph)) == MOST


@pytest.mark.parametrize("seed", range(3))
def test_numerals_go_both_ways_as_far_as_there_are_words(seed):
    dice = random.Random(seed)
    for digits in range(1, 17):
        for value in (10**digits - 1, 10 ** (digits - 1), dice.randrange(10 ** (digits - 1), 10**digits)):
            assert number(numeral(value)) == value


def test_beyond_the_words_the_figures_stand():
    assert numeral(10**16 - 1).startswith("九千九百九十九万九千九百九十九亿")
    assert numeral(10**16) == str(10**16)
    assert number("9" * 5000) is None
    assert number("九" * 100_000) is None


PLAIN = SimpleNamespace(unit="")
"""A field that counts nothing named."""


@pytest.mark.parametrize(
    ("value", "told"), [(0.0000001, "0.0000001"), (1234.5, "1,234.5"), (10**12 - 1, "999,999,999,999")]
)
def test_a_number_is_told_in_figures(value, told):
    assert kind.text(value, PLAIN, None) == told


def test_a_small_share_is_told_in_words():
    assert "百分之零点零零零零零零一" in str(Fine.of({"百分比上限": 0.0000001, "基数": "违法所得"}))


@pytest.mark.parametrize("text", ["nan", "inf", "1e400", "1_000", "0x10", "1" * 400, "1." + "1" * 400])
def test_what_only_python_takes_for_a_number_is_none(text):
    with pytest.raises(ValueError, match="不是数字"):
        kind.read(text, PLAIN, None)


# 编码方案


@pytest.mark.parametrize(
    ("text", "fitting", "other"),
    [
        ("[0-9]{13}", "1" * 13, "1" * 13 + "\n"),
        ("a|b", "b", "ab"),
        ("[A-Z]{2}-[0-9]+", "AB-1", "AB-１"),
    ],
)
def test_a_pattern_holds_for_the_whole_code(text, fitting, other):
    fits = pattern(text)
    assert fits(fitting)
    assert not fits(other)


@pytest.mark.parametrize("text", ["(a+)+$", "(a|a)*b", "(.*)*x", "a{0,999}a{0,999}b"])
def test_a_pattern_takes_linear_time(text):
    fits = pattern(text)
    start = time.process_time()
    assert not fits("a" * 50_000 + "!")
    assert time.process_time() - start < 5


@pytest.mark.parametrize("text", ["[0-9", "a{99999999999999999999}", "(?=a)b", r"(a)\1", "(a{1000}){1000}", "x)|(?:y"])
def test_what_is_no_pattern_is_told(clerk, text):
    assert pattern(text) is None
    clerk.write(SITE, clerk.read(SITE) + f"编码方案:\n  - {{方案: 省编码, 写法: '{text}'}}\n")
    done = clerk("check", "--at", DAY)
    assert done.code == 1
    assert "不是能用的正则表达式" in done.out


# 看不见的字符

UNSEEN = [
    "\0",
    "\x1b",
    "\x7f",
    "\x85",
    "\xad",
    "\u200b",
    "\u200f",
    "\u2028",
    "\u202e",
    "\u2066",
    "\u180e",
    "\u2800",
    "\ufe0f",
    "\U0001bca0",
    "\ufeff",
    "\ufffd",
    "\U000e0041",
]


@pytest.mark.parametrize("character", UNSEEN, ids=ascii)
def test_an_unseen_character_is_refused_raw_and_by_escape(character):
    escape = f"\\U{ord(character):08x}"
    texts = [f'名称: "烟花{escape}许可"', f'"名{escape}称": 甲', f'名称:\n  - {{甲: ["{escape}"]}}']
    for text in (f"名称: 烟花{character}许可", f'名称: "烟花{character}许可"', f"# {character}\n名称: 甲", *texts):
        data, (problem,) = read(text.encode(), "x.yaml")
        assert data is None
        assert problem.rule == "yaml-control"
        assert f"U+{ord(character):04X}" in problem.message


def test_what_is_seen_is_not_refused():
    text = '名称: 㐀𠀀龘〇㎡℃①Ⅳ（）　é葛󠄀\n说明: |\n  一\n\n  二\n路径: "C:\\\\甲\\n乙"\n'
    data, problems = read(text.encode(), "x.yaml")
    assert not problems
    assert data["路径"] == "C:\\甲\n乙"


def test_a_message_is_one_line_whatever_the_data_hold():
    forged = "甲\ncatalog/site.yaml:1:1: 没有问题\x1b[2J\u202e\ud800"
    problem = Problem(f"catalog/items/{forged}.yaml", 1, 1, "file-name", f"文件名「{forged}」不对" + "长" * 5000)
    for layout in (report.text, report.github):
        (line,) = layout([problem])
        assert len(line.splitlines()) == 1
        assert not INVISIBLE.search(line)
        assert len(line) < 3000
    assert printable("甲\t乙") == "甲<U+0009>乙"
    assert printable("正常的「话」。") == "正常的「话」。"


def test_a_file_name_cannot_forge_a_line(clerk):
    clerk.write("catalog/items/x\ncatalog/site.yaml:1:1: 好.yaml", "事项名称: 甲\n")
    done = clerk("check", "--at", DAY)
    assert done.code == 1
    (line,) = done.lines
    assert line.startswith("catalog/items/x<U+000A>catalog/site.yaml")


@pytest.mark.parametrize("sign", ["1", "９", "三"])
def test_a_number_without_an_end_takes_linear_time(sign):
    start = time.process_time()
    assert handling._spans(sign * 30_000) == []
    assert remedies._PERIOD.findall(sign * 30_000) == []
    assert time.process_time() - start < 1
    assert len(handling._spans(f"{sign}日内，十五个工作日")) == 2


@pytest.mark.parametrize("wanted", ["^(a+)+$", "^(?!b)(a|aa)+$", "^(?=(a+)+$)a"])
def test_no_pattern_of_a_form_tries_every_split(wanted):
    start = time.process_time()
    (error,) = Validator({"properties": {"甲": {"type": "string", "pattern": wanted}}}).errors({"甲": "a" * 5000 + "!"})
    assert (error.pointer, error.rule) == ("/甲", "form-pattern")
    assert time.process_time() - start < 5


def test_names_of_fields_are_no_patterns(clerk):
    schema = clerk.read("schema/items.schema.json").replace("{", '{"patternProperties": {"^(a+)+$": true},', 1)
    clerk.write("schema/items.schema.json", schema)
    assert "patternProperties 不用；栏目写在 properties 里" in clerk("check", "--at", DAY).err
