"""The reader of citations: the table of cases that the browser's reader holds too, and what is true of every text."""

from __future__ import annotations

import json
import math
import random
import time
from dataclasses import replace
from pathlib import Path

import pytest

from quanze.law.basis import bases, basis
from quanze.law.citation import Citation
from quanze.law.instrument import Instrument
from quanze.law.places import UNITS, numbers
from quanze.law.reader import KnownTitles, read

TABLE = json.loads(Path(__file__).with_name("citations.json").read_text("utf-8"))
NAMES = KnownTitles(((key, names) for key, *names in TABLE["laws"]), map(tuple, TABLE["numbers"]))
TITLES = {key: names for key, *names in TABLE["laws"]}


def label(cited):
    """Return a citation as the table has it: 安全生产法@2021修正 97.0.3~5,7; ? lacked, ! several, = misread."""
    law = cited.instrument
    numbered = len(law.keys) == 1 and law.name.endswith("号")
    name = {0: "?", 1: ""}.get(len(law.keys), "!") + (TITLES[law.keys[0]][-1] if numbered else law.name)
    name += "=" + "".join(law.keys) if law.misread else ""
    version = f"@{law.year}{law.event}" if law.year or law.event else ""
    levels = cited.levels[: cited.depth + 1]
    place = ".".join(",".join(map(_span, spans)) or "0" for spans in levels)
    words = [name + version, place, f"附件{cited.annex}" if cited.annex else "", "引" if cited.quoted else ""]
    return " ".join(filter(None, words))


def _span(span):
    return "~".join(str(number) + (f"-{sub}" if sub else "") for number, sub in dict.fromkeys(span))


def test_a_title_in_marks_reaches_three_hundred_signs_and_no_further():
    for length, known in ((300, 1), (302, 0)):
        text = f"违反《安全{'〈〉' * (length // 2 - 3)}生产法》第三条。"
        assert (text.index("》第") - text.index("《"), len(read(text, NAMES).citations)) == (length, known)


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["text"][:40])
def test_the_table_of_cases(case):
    text = case["text"]
    reading = read(text, NAMES)
    assert [label(one) for one in reading.citations] == case["cites"]
    assert [text[start:end] for start, end in reading.refused] == case["refused"]
    assert [text[start:end] for start, end in reading.rest] == case["rest"]


def _hostile():
    """Return texts that grow: (what stands before, what is repeated)."""
    place = "《安全生产法》第九十七条"
    alone = (
        '《|》|《》|《《》|「|“|”|"|“《|《“|(|（）|（（2021|第|条|一|①|第（|千百十|零零零|lIOo白干|第—条|廿卅|【|【依据】|～|——|.1条|10%|法|中华人民共和国|'
        "安全生产|安全生产法|安全生产法97（3）|《安全生产法》|《安全生产法》（2021年修正|《安全生产法》((2021))|2021年修正的|《安全生产法》（以下简称《安法》）|"
        "《甲条例》（以下简称“条例”）第三条，|（以下简称|《甲乙丙丁戊己庚辛》|《甲法》第|《条例》第三条，|《安全生产法》第三条（被上位法取代：《|"
        "国务院令第493号|令第1号|第1号令|国务院第|(2019)12号|《国务院令第493号》（国务院令第541号|国务院令第493号（以下简称《条例》）|*|※|**|](http|](#a)|│|¦第|第（一）项第二日|本章程|《安全生产法》（草案）|合同依据|草案第|[2]第三项|"
        "依据“《安全生产法》第三条”|某市消防条例第三条|某市某县|条例第一条|省条例|该法第三条|同条第一款|前款第三项|其第|上述条例第三条、|附件1|附件1第|附件第1项、|合同第三条|"
        "前者第三条|《消防法》第三条与《安全生产法》第三条，后者第|应急条例第三条|处罚法第三条|旧法第三条|（43条）|\t第三条|\n\t第三项|[3]|《甲》指《乙法》|"
        "第一编第二章|我局|§|§1|规定，|和与及或|\u200b第\u00ad|㍿|第三条“"
    )
    yield from (("", unit) for unit in alone.split("|"))
    lines = (
        "|",
        "|\n",
        "\n>",
        "\n> > ",
        "\n- ",
        "\n ",
        "\n",
        "“\n",
        "“第一条\n",
        "“《安全生产法》\n",
        "\n第一条",
        '","',
        '"a","b",""\n',
    )
    yield from (("", unit) for unit in lines)
    yield ("{", '\\"')
    after = (
        "1条|第1条|1-2条|第九十七条、|第三条至|1、|第三项、|（一）、|第一款第一项、|第一款、第二款第一项、|第一条第一款第一项第一目|第一项至第三项、|第三项至|、第1项|"
        "规定，生产经营单位应当第|第三条除外|第一条，第（二）项行为违反|项中的第三项|之一"
    )
    yield from ((place, unit) for unit in after.split("|"))


HOSTILE = tuple(_hostile())


@pytest.mark.parametrize(("lead", "unit"), HOSTILE)
def test_the_time_grows_with_the_text_alone(lead, unit):
    def seconds(size):
        text = lead + unit * (size // len(unit))
        begin = time.process_time()
        read(text, NAMES)
        return time.process_time() - begin

    small = min(seconds(2_000) for _ in range(3))
    assert any(seconds(16_000) < 8 * 3 * small + 0.05 for _ in range(3))


ALONE = (
    "1条 第一条 （一） 《 《》 该法 前款 ， 、 “ “” ( 1 1、 一、 （1）、 第一、 第一至 | 法 安全生产法 "
    "安全生产法97（3） （以下简称 2021年 国务院令第493号 条例第一条 甲→乙"
)
GROWING = (
    *ALONE.split(),
    *("\n", "\t", "甲  ", "|\n", "a|b|c\n", "“第一条\n", "\n第一条 本法"),
    "《甲条例》（以下简称《乙》）第三条，",
    "《安全生产法》（2021年修正）第三条、第四条；",
    "2014年|2021年\n",
    "2014年|2021年\n2014年|2021年|旧\n",
    "《安全生产法》\t《消防法》\n第一条\t第二条\n",
)
"""What a text may be made of and nothing else."""
BRIEF, LONG = 24_000, 192_000
"""A text of so many signs and one eight times as long: what grows as their square stands out of what is read once."""


def grows(small, large):
    """Tell whether a long text takes more time than a short one, what is read once and a busy machine explain."""
    return large > LONG / BRIEF * 3 * small + 0.1


@pytest.mark.parametrize("unit", GROWING)
def test_a_long_text_takes_no_more_time_a_sign_than_a_short_one(unit):
    def seconds(size):
        text = unit * (size // len(unit))
        begin = time.process_time()
        read(text, NAMES)
        return time.process_time() - begin

    small = min(seconds(BRIEF) for _ in range(3))
    assert not all(grows(small, seconds(LONG)) for _ in range(4))


VERSIONS = ("2009年修正", "2014年修正", "2019年修订", "2021年公布", "2021年第二次修正")
DAYS = ("2009-08-27", "2014-08-31", "2019-03-02", "2021-01-10", "2021-06-10")


def _instrument(key, *names):
    versions = [{"名称": name, "公布日期": day, "施行日期": day} for name, day in zip(VERSIONS, DAYS, strict=True)]
    return Instrument.of(key, {"名称": names[0], "简称": [*names[1:]], "版本": versions})


INSTRUMENTS = {key: _instrument(key, *names) for key, *names in TABLE["laws"]}
KNOWN = [one.short for one in INSTRUMENTS.values()]


@pytest.mark.parametrize(
    ("numbers_of", "text", "version"),
    [
        ("2021年公布", "主席令第88号第三条", "2021年第二次修正"),
        ("2021年第二次修正", "主席令第88号第三条", ""),
        ("2021年第二次修正", "《安全生产法》（主席令第13号）第三条", "2014年修正"),
        ("", "主席令第88号第三条", ""),
    ],
)
def test_a_number_names_a_version_only_where_citations_speak_anothers_numbers(numbers_of, text, version):
    key = "an-quan-sheng-chan-fa"
    (found,) = read(text, NAMES).citations
    law = replace(INSTRUMENTS[key], numbers=numbers_of)
    assert basis(found, {key: law}) == Citation("安全生产法", version=version, article=3)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("《安全生产法》原第九十四条", [("", None, "《安全生产法》原第九十四条")]),
        ("旧《安全生产法》第九十四条", [("", None, "旧《安全生产法》第九十四条")]),
        ("《安全生产法》（2002年修正）第八十一条", [("", None, "《安全生产法》（2002年修正）第八十一条")]),
        ("《安全生产法》（2002年公布）第八十一条", [("", 81, "")]),
        ("《安全生产法》（2014年修正）第九十四条", [("2014年修正", 94, "")]),
        ("《安全生产法》（2014年修正）原第九十四条", [("2014年修正", 94, "《安全生产法》（2014年修正）原第九十四条")]),
        ("《安全生产法》第九十七条（原第九十四条）", [("", 97, "《安全生产法》第九十七条（原第九十四条）")]),
    ],
)
def test_a_record_takes_no_number_of_a_version_that_is_not_kept_for_todays(text, places):
    found = bases(text, NAMES, INSTRUMENTS)
    assert [(one.version, one.article, one.unread) for one in found] == places


def test_what_is_offered_to_paste_has_no_number_of_a_version_that_is_not_kept():
    for text, unread in (
        ("原《安全生产法》第九十四条第一款", "旧《安全生产法》第九十四条第一款"),
        ("《安全生产法》（2002年修正）第八十一条", "《安全生产法》（2002年修正）第八十一条"),
    ):
        (found,) = read(text, NAMES).citations
        assert basis(found, INSTRUMENTS) == Citation("安全生产法", unread=unread)


def _numbers(dice, most, *, inserted=False):
    """Return what one of 条 款 项 目 may hold: a number, a run, several, an inserted article."""
    first = dice.randint(1, most)
    shapes = [first, f"{first}至{first + dice.randint(1, 9)}", [first, first + 2], [first, f"{first + 2}至{first + 5}"]]
    if inserted:
        shapes += [f"{first}之{dice.randint(1, 9)}", [first, f"{first}之2"]]
    return dice.choice(shapes)


def _citation(dice):
    """Return a citation of any shape that a record can hold."""
    made = {"依据文件": dice.choice(["示例市烟花条例", "刑法", "应急管理部令第2号", *dice.choices(KNOWN, k=4)])}
    if made["依据文件"] in KNOWN and dice.random() < 0.4:
        made["版本"] = dice.choice(VERSIONS)
    shape = dice.choice(["", "条", "条款", "条项", "条款项", "条项目", "条款项目", "附件"])
    for unit, most in (("条", 130), ("款", 6), ("项", 20), ("目", 5)):
        if unit in shape:
            several = dice.random() < 0.4
            made[unit] = _numbers(dice, most, inserted=unit == "条") if several else dice.randint(1, most)
    if math.prod(len(numbers(made.get(unit)) or (1,)) for unit in UNITS) > 100:
        return _citation(dice)
    if shape == "附件":
        made["附件"] = dice.choice(["1", "二", "十一", "A", "附表3", "附表十二", "附录B"])
    if dice.random() < 0.2:
        made |= {"效力": "被上位法取代", "取代依据": "安全生产法第一百一十四条"}
    return made


@pytest.mark.parametrize("seed", range(40))
def test_the_written_form_of_any_citation_is_read_as_that_citation(seed):
    dice = random.Random(seed)
    for _ in range(50):
        made = Citation.of(_citation(dice))
        found = [basis(one, INSTRUMENTS) for one in read(str(made), NAMES).citations]
        assert {(one.law, one.version, one.annex) for one in found} == {(made.law, made.version, made.annex)}, str(made)
        assert {step for one in found for step in one.steps} == {*made.steps}, str(made)
