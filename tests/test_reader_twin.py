"""The reader of citations in the browser says of every text what the generator's says."""

from __future__ import annotations

import json
import random

import pytest
from tests.queries import query
from tests.test_reader import BRIEF, GROWING, HOSTILE, LONG, NAMES, TABLE, grows

from quanze.law.reader import read
from quanze.law.reader.known import SHORT

LAWS = {"laws": TABLE["laws"], "numbers": TABLE["numbers"], "alike": NAMES.alike}
TEXTS = 24_000
PART = 4_000
QUERIES = 1_000


def _said(text):
    reading = read(text, NAMES)
    cited = [
        [law.keys, law.name, law.kind, law.year, law.event, one.levels, one.annex, one.quoted, one.where]
        for one in reading.citations
        for law in [one.instrument]
    ]
    return json.loads(json.dumps({"citations": cited, "refused": reading.refused, "rest": reading.rest}))


def test_the_table_of_cases(twin):
    texts = [case["text"] for case in TABLE["cases"]]
    for text, said in zip(texts, twin(**LAWS, texts=texts), strict=True):
        assert said == _said(text), text


def test_searches_read_what_a_statute_writes_as_the_reader_does(twin):
    texts = [case["text"] for case in TABLE["cases"] if "=" not in "".join(case["cites"])]
    places = [place for said in twin(**LAWS, texts=texts, written=True) for place in said]
    # 《条例》 alone is the name of none, and what is short for a law a query asks for without marks
    named = [place for place in places if place[0].strip("《").partition("》")[0] not in SHORT]
    known = [(words, whole, short) for words, whole, short in named if whole]
    assert len(known) > 500
    assert {words.partition("》")[0] for words, whole, _ in named if not whole} <= {"《条例"}
    assert [words for words, whole, short in known if whole != short] == []


def test_searches_take_queries_for_what_the_reader_says(twin):
    short = {"危险化学品安全管理条例": "危化条例", "安全生产法": "安法"}
    laws = [[*law, *(short[name] for name in law if name in short)] for law in TABLE["laws"]]
    names, dice = [name for _, *titles in laws for name in titles], random.Random(20261127)
    texts = [query(names, dice) for _ in range(QUERIES)]
    said = twin(laws=laws, alike=LAWS["alike"], texts=texts, asking=True)
    for text, (whole, _, taken) in zip(texts, said, strict=True):
        assert not whole or taken == whole[-1:], text
    light = [taken for _, asks_reader, taken in said if not asks_reader]
    assert len(light) > QUERIES / 8
    assert all(light)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("国务院令第493号第三十七条第一项", {"依据文件": "事故条例", "条": 37, "项": 1}),
        ("《安全生产法》（2021年修正）第九十七条", {"依据文件": "安全生产法", "条": 97}),
        ("主席令第88号第九十七条", {"依据文件": "安全生产法", "条": 97}),
        ("主席令第13号第九十四条", None),  # today's 第九十四条 is another
        ("《安全生产法》（2014年修正）第九十四条", None),
        ("《安全生产法》原第九十四条", None),
        ("旧《安全生产法》第九十四条", None),
        ("《安全生产法》附件3第2项", {"依据文件": "安全生产法", "附件": "3第2项"}),
        ("安全生产法附表一", {"依据文件": "安全生产法", "附件": "附表一"}),
    ],
)
def test_the_form_takes_no_number_of_an_older_version_for_todays(twin, text, read_as):
    decrees = [["主席令第88号", "2021-06-10"], ["主席令第13号", "2014-08-31"]]
    kept = [
        ["law", "安全生产法", ["安全生产法"], 119, "", "2021年修正", "2021-09-01", decrees],
        ["rule", "事故条例", ["事故条例"], 46, "", "2007年公布", "2007-06-01", [["国务院令第493号", "2007-04-09"]]],
    ]
    assert twin(laws=[], kept=kept, at="2026-11-28", texts=[text]) == [read_as]


def test_what_people_mostly_type_does_not_wait_for_the_reader(twin):
    texts = [
        "安全生产法97条",
        "安全生产法第九十七条第三项",
        "《安全生产法》第97条第一款第（三）项",
        "安全生产法第九十七条怎么罚",
    ]
    texts += [
        "安法97(三)",
        "危化条例 78.1.3",
        "消防法60",
        "第九十七条",
        "生产安全事故报告和调查处理条例第三十五条",
        "烟花爆竹安全管理条例",
    ]
    assert [
        text
        for text, (_, asks_reader, _) in zip(texts, twin(**LAWS, texts=texts, asking=True), strict=True)
        if asks_reader
    ] == []


def test_the_time_grows_with_the_text_alone(twin):
    left = HOSTILE
    for _ in range(3):  # what is slow once may have waited for the collector
        took = twin(**LAWS, growing=left, sizes=[2_000, 16_000]) if left else []
        left = [one for one, (small, large) in zip(left, took, strict=True) if large >= 8 * 3 * small + 0.1]
    assert not left


def test_a_long_text_takes_no_more_time_a_sign_than_a_short_one(twin):
    left = [("", unit) for unit in GROWING]
    for _ in range(3):
        took = twin(**LAWS, growing=left, sizes=[BRIEF, LONG]) if left else []
        left = [one for one, (small, large) in zip(left, took, strict=True) if grows(small, large)]
    assert not left


def test_hostile_texts(twin):
    texts = [lead + unit * 30 for lead, unit in HOSTILE]
    for text, said in zip(texts, twin(**LAWS, texts=texts), strict=True):
        assert said == _said(text), text


def _fragments():
    names = [name for _, *names in TABLE["laws"] for name in names]
    return (
        [
            *names,
            *(f"《{name}》" for name in names[:20]),
            "《劳务合同》",
            "《员工手册》",
            "刑法",
            "《刑法》",
            "陕西省消防条例",
        ],
        [
            f"第{n}{u}"
            for n in ("九十七", "97", "（三）", "3", "一百零一", "①", "l0", "Ｏ", "—", "二十—")
            for u in "条款项目"
        ],
        ["第三", "（一）", "（3）", "三", "97", "4", "之一", "之二", "条", "款", "项", "目", "第", "①②"],
        [
            "、",
            "，",
            "和",
            "及",
            "以及",
            "或者",
            "至",
            "～",
            "-",
            "—",
            "到",
            "的",
            "之",
            "；",
            "。",
            "：",
            "等",
            "\n",
            " ",
            "　",
        ],
        ["“", "”", "「", "」", "《", "》", "〈", "〉", "（", "）", '"', "‘", "’", "【", "】", "<", ">"],
        [
            "该法",
            "本法",
            "同法",
            "该条例",
            "本条例",
            "前述条例",
            "上述规定",
            "同条",
            "该条",
            "本条",
            "前款",
            "该款",
            "前项",
            "其",
        ],
        [
            "依据",
            "违反",
            "根据",
            "规定",
            "的规定",
            "处罚",
            "合同",
            "标准",
            "号",
            "有",
            "当事人称",
            "生产经营单位应当建立制度",
        ],
        [
            "第九十七条规定，",
            "第三条第一款明确，",
            "；第二款规定，",
            "我局",
            "你单位",
            "罚则是",
            "不是",
            "走",
            "本条例",
            "未按规定培训的从业人员",
        ],
        [
            "条例第三条",
            "办法第四条",
            "《办法》第五条",
            "法第六条",
            "《条例》",
            "九十七条",
            "58条",
            "、六十条审核",
            "听证",
        ],
        [
            "（2021年修正）",
            "（2014）",
            "2014年修正的",
            "（国务院令第493号）",
            "国务院令第493号",
            "《国务院令第541号》",
            "国务院第541号令",
            "主席令第八十八号",
            "【主席令第13号】",
            "应急管理部令第2号",
            "第70号主席令",
            "和住建部令第37号",
            "示安监〔2019〕12号",
            "令第",
            "| ",
            "|",
            "\n> ",
            "\n- ",
            "**",
            "※",
            "[2]",
            "²",
            "顼",
            "亊故",
            "第二日",
            "](https://a.b/c)",
            "制定本办法",
            "本章程",
            "（草案）",
            "草案第",
            "依据《消防法》制定",
            "号",
            "公布的",
            "（以下简称《安法》）",
            "（以下简称“条例”）",
        ],
        [
            "前者",
            "后者第二款",
            "旧法第三条",
            "新法为第",
            "处罚法第四条",
            "应急条例第五条",
            "《复议法》",
            "调查责任 ",
            "\t",
            "\n\t",
            "（43条）",
            "两项",
            "有没有第3款",
            "61条3款",
            "[4]",
            "指《防汛条例》",
            "——",
            "原",
            "还是",
        ],
        [
            "（试行）",
            "安法",
            "条例",
            "附件一",
            "附表2",
            "原",
            "修正前的",
            "（二〇二一年六月十日修正）",
            "，以下简称安法，",
        ],
        [
            "（55）",
            "、告知（44、45）",
            "立案（行政处罚法54条2款）",
            "第94、97",
            "97（1、3）",
            "：1款",
            "；2款",
            "（旧号",
            "（现第",
            "现为第",
            "修改前为",
            "没有这一条",
            "出自",
            "写依据“",
        ],
        [
            "笫",
            "欸",
            "丨",
            "\u200b",
            "\ufeff",
            "㈠",
            "𠮷",
            "😀",
            "ﬁ",
            "⑴",
            "项",
            "\n第一条 根据",
            "\n第二条 本制度适用于员工",
            "。第三条　违反第二条的，",
            "本合同第九条",
            "制定本办法。",
            "\n- 3 -\n",
            "现行法第九十七条",
            "§97",
            "§5.2条",
            "，当时的第九十四条",
            "跟现在的第九十七条",
            "如今第一条",
            "GB 5.2",
            "5.2条",
            "2021年3月5日",
            "13800138000",
        ],
    )


def _texts(dice):
    kinds = _fragments()
    cases = [case["text"] for case in TABLE["cases"]]
    for _ in range(TEXTS):
        if dice.random() < 0.3:
            one, other = dice.choice(cases), dice.choice(cases)
            at, cut = dice.randrange(len(one) + 1), dice.randrange(len(other) + 1)
            text = one[:at] + other[cut:]
        else:
            text = "".join(dice.choice(dice.choice(kinds)) for _ in range(dice.randrange(1, 24)))
        yield _scanned(text, dice) if dice.random() < 0.2 else text


def _scanned(text, dice):
    """Return a text of which a scanner mistook every tenth sign."""
    return "".join(dice.choice(NAMES.alike[one]) if one in NAMES.alike and dice.random() < 0.1 else one for one in text)


def test_both_readers_say_the_same_of_texts_that_nobody_wrote(twin):
    texts = list(_texts(random.Random(20261126)))
    for start in range(0, len(texts), PART):
        part = texts[start : start + PART]
        wrong = [text for text, said in zip(part, twin(**LAWS, texts=part), strict=True) if said != _said(text)]
        assert not wrong, wrong[:3]
