"""What `quanze cite` says of a text: each place as data, with its version, role and state."""

from __future__ import annotations

import json

import pytest
from tests.clerk import DAY, Clerk

from quanze.law.instrument import Instrument
from quanze.law.outline import Outline
from quanze.law.places import Step
from quanze.law.role import role
from quanze.law.standing import standing, version_named

KEYS = [
    "law",
    "as_written",
    "version",
    "article",
    "paragraph",
    "item",
    "range",
    "quoted",
    "role",
    "state",
    "now",
    "span",
]
FULL = "中华人民共和国安全生产法"


@pytest.fixture(name="clerk", scope="module")
def _clerk(tmp_path_factory):
    return Clerk(tmp_path_factory.mktemp("cite"))


def cite(clerk, text, at=DAY):
    return json.loads(clerk("cite", text, "--format", "json", "--at", at).out)


def test_every_place_is_an_entry_of_its_own(clerk):
    text = "依据《安全生产法》（2021年修正）第九十七条第三项至第五项处罚"
    found = cite(clerk, text)
    assert [list(one) for one in found] == [KEYS] * 3
    assert found[0] == {
        "law": FULL,
        "as_written": "安全生产法",
        "version": "2021年修正",
        "article": 97,
        "paragraph": None,
        "item": 3,
        "range": "第三项至第五项",
        "quoted": False,
        "role": "罚则",
        "state": "未核",
        "now": None,
        "span": [2, 30],
    }
    assert [one["item"] for one in found] == [3, 4, 5]


def test_a_year_whose_version_the_register_lacks_is_told_as_the_text_names_it(clerk):
    (found,) = cite(clerk, "依据《安全生产法》第九十四条，那是1998年的旧条文")
    assert (found["version"], found["state"]) == ("1998", "未核")


@pytest.mark.parametrize(
    ("text", "at", "state", "now"),
    [
        ("《安全生产法》第九十七条", DAY, "有效", None),
        ("《安全生产法》第九十七条第三项", DAY, "未核", None),
        ("《安全生产法》第一百二十条", DAY, "不存在", None),
        ("《安全生产法》第九十七条之一", DAY, "未核", None),
        ("《安全生产法》（2014年修正）第九十四条第三项", DAY, "旧条号", "第九十七条第三项"),
        ("2014年修正的《安全生产法》第八十九条", DAY, "旧条号", "第九十二条第二款"),
        ("《安全生产法》（2014年修正）第一百一十五条", DAY, "不存在", None),
        ("《安全生产法》（2014年修正）第三条", DAY, "未核", None),
        ("《安全生产法》（2009年修正）第三条", DAY, "未核", None),
        ("原《安全生产法》第九十四条", DAY, "未核", None),
        ("《安全生产法》（2021年修正）第九十七条", "2021-08-01", "尚未施行", None),
        ("依据《安全生产法》第八十九条给予罚款", DAY, "旧条号", "第九十二条第二款"),
        ("《煤矿安全监察条例》第十条", DAY, "已废止", "《煤矿安全生产条例》"),
        ("《煤矿安全生产条例》第一条", "2024-01-01", "尚未施行", None),
        ("《示例市烟花条例》第三条", DAY, "未收录", None),
        ("《安全生产法》附件1", DAY, "未核", None),
    ],
)
def test_the_state_is_what_was_looked_up(clerk, text, at, state, now):
    (one,) = cite(clerk, text, at)
    assert (one["state"], one["now"]) == (state, now)


def test_an_article_inserted_is_text(clerk):
    (one,) = cite(clerk, "《刑法》第一百三十四条之一")
    assert (one["law"], one["as_written"], one["article"]) == (None, "刑法", "134-1")


def test_quoted_words_are_told_apart_and_are_no_basis(clerk):
    text = "当事人称“《安全生产法》第九十七条不适用”，依据《安全生产法》第九十八条"
    assert [(one["article"], one["quoted"], one["role"]) for one in cite(clerk, text)] == [
        (97, True, None),
        (98, False, "罚则"),
    ]
    said = clerk("cite", text, "--at", DAY).out
    assert "# 引文里的《安全生产法》第九十七条：别人的话里提到的，不作依据" in said
    assert "条: 97" not in said


def test_what_a_text_repeats_is_judged_once_and_told_each_time(clerk):
    said = clerk("cite", "《安全生产法》第九百条，《安全生产法》第三条，《安全生产法》第九百条", "--at", DAY).out
    assert said.count("# 注意：") == 2
    assert said.count("条: 900") == 2


def test_a_text_that_names_more_places_than_anybody_reads_is_refused(clerk):
    run = "《安全生产法》第一条至第一千条，"
    assert "有 101,000 处" in clerk("cite", run * 101, "--at", DAY).err
    assert len(cite(clerk, "《安全生产法》第一条至第一千条")) == 1000


@pytest.mark.parametrize("text", ["《劳务合同》第五条", "第九十七条", "标准第5.2条", "第一条路", "电话13800138000"])
def test_what_is_no_citation_of_law_is_not_listed(clerk, text):
    assert cite(clerk, text) == []


def test_a_name_that_two_laws_share_means_neither(clerk):
    path = "catalog/laws/mei-kuang-an-quan-sheng-chan-tiao-li.yaml"
    before = clerk.read(path)
    for file in (path, "catalog/laws/an-quan-sheng-chan-fa.yaml"):
        clerk.write(file, clerk.read(file).replace("位阶:", "简称: [安全法规]\n位阶:", 1))
    (one,) = cite(clerk, "《安全法规》第三条")
    assert (one["law"], one["as_written"], one["state"]) == (None, "安全法规", "未核")
    assert "同时指" in clerk("cite", "《安全法规》第三条", "--at", DAY).out
    clerk.write(path, before)


def test_an_abbreviation_that_a_text_gives_two_laws_means_neither_and_says_so(clerk):
    text = "《安全生产法》（以下简称《本规》）、《煤矿安全生产条例》（以下简称《本规》）：《本规》第三条"
    assert [one["law"] for one in cite(clerk, text) if one["article"]] == [None]
    assert "文中的「本规」是《安全生产法》、《煤矿安全生产条例》的简称" in clerk("cite", text, "--at", DAY).out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_in_the_encodings_of_offices(clerk, encoding):
    file = clerk.root / "通知书.txt"
    file.write_bytes("依据《安全生产法》第九十七条".encode(encoding))
    assert [one["article"] for one in cite(clerk, str(file))] == [97]


def test_a_file_that_is_no_text_is_told_so(clerk):
    file = clerk.root / "通知书.doc"
    file.write_bytes(b"\xd0\xcf\x11\xe0\x00\x00\x01\x02" * 20)
    done = clerk("cite", str(file), "--at", DAY)
    assert done.code == 2
    assert "不是文本文件" in done.err
    done = clerk("cite", "missing.txt", "--at", DAY)
    assert (done.code, "没有文件" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("before", "cited", "after", "said"),
    [
        ("违反了", "《甲条例》第三条", "的规定，依据乙法处罚", "义务"),
        ("违反甲法第一条，依据", "《乙条例》第三条", "，处二万元罚款", "罚则"),
        ("可以依照", "《复议法》第二十条", "申请行政复议", "程序"),
        ("根据", "《甲条例》第三条", "进行监督检查", "职权"),
        ("请看", "《甲条例》第三条", "", ""),
        ("依据", "《甲条例》第三条", "。罚款另行决定", ""),
    ],
)
def test_the_words_around_tell_what_a_citation_is_for(before, cited, after, said):
    assert role(before + cited + after, len(before), len(before + cited)) == said


LAW = Instrument.of(
    "jia",
    {
        "名称": "甲条例",
        "位阶": "地方性法规",
        "版本": [
            {"名称": "2010年公布", "公布日期": "2010-01-01", "施行日期": "2010-03-01", "条数": 5},
            {
                "名称": "2020年修订",
                "公布日期": "2019-12-30",
                "施行日期": "2020-05-01",
                "条数": 6,
                "结构": "1-2 3:2/0 4-6",
                "条文对照": [
                    {"旧": "第三条", "新": "第四条", "变化": ["仅改号"]},
                    {"旧": "第四条", "变化": ["废止"]},
                    {"旧": "第五条第一款", "新": "第五条", "变化": ["改文字"]},
                    {"旧": "第五条第二款", "新": "第六条", "变化": ["改文字"]},
                ],
            },
        ],
    },
)


@pytest.mark.parametrize(
    ("place", "year", "state", "now"),
    [
        (Step((3, 0), 1, 2), "", "有效", ""),
        (Step((3, 0), 2, 1), "", "不存在", ""),
        (Step((3, 0), 3), "", "不存在", ""),
        (Step((7, 0)), "", "不存在", ""),
        (Step((3, 0), 2), "2010", "旧条号", "第四条第二款"),
        (Step((4, 0)), "2010", "已废止", ""),
        (Step((5, 0)), "2010", "旧条号", "第五条、第六条"),
        (Step((1, 0)), "2010", "未核", ""),
        (None, "", "有效", ""),
        (None, "2010", "已废止", ""),
    ],
)
def test_standing(place, year, state, now):
    found = standing(LAW, place, "2026-01-01", when=(year, ""), role="")
    assert (found.state, found.now) == (state, now)


def test_a_year_names_a_version_by_its_day_of_adoption_or_its_name_or_the_day_it_came_into_force():
    assert [
        version_named(LAW, year, event).name for year, event in [("2019-12-30", ""), ("2020", "修订"), ("2020", "施行")]
    ] == ["2020年修订"] * 3
    assert version_named(LAW, "2015", "") is None


def test_a_year_of_two_versions_means_the_one_of_the_event_that_is_named():
    days = {"修正": "2020-01-01", "修订": "2020-06-01"}
    both = [{"名称": f"2020年{event}", "公布日期": day, "施行日期": day} for event, day in days.items()]
    law = Instrument.of("law", {"名称": "某法", "版本": both})
    assert [getattr(version_named(law, "2020", event), "name", None) for event in ("修订", "修正", "")] == [
        "2020年修订",
        "2020年修正",
        None,
    ]


def test_the_last_article_is_that_of_the_last_range():
    assert Outline.of("1-2 3:2/0 4-6").last == 6


def test_a_title_that_is_read_by_its_shape_is_told(clerk):
    told = clerk("cite", "依据《中毕人民共和国安全主产法》第六十二条", "--at", DAY)
    assert told.code == 1
    assert "# 注意：原文写的是「中毕人民共和国安全主产法」，按相近的字读作《安全生产法》；请核对" in told.out
    assert "有效" not in told.out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("第" * 1_000_001, "文中有 1,000,001 字，一次最多看 1,000,000 字；请分成几份"),
        ("a" * (4 << 20) + "b", "超过 4 MB；请分成几份"),
        ("《安全生产法》第1条至第990条，" * 120, "一次最多看 100,000 处；请分成几份"),
    ],
    ids=["characters", "bytes", "places"],
)
def test_a_text_that_nobody_reads_is_refused_before_it_costs_anything(clerk, tmp_path, content, told):
    file = tmp_path / "文.txt"
    file.write_text(content, "utf-8")
    done = clerk("cite", str(file), "--at", DAY)
    assert (done.code, told in done.err) == (2, True), done.err[:200]


def test_what_is_not_read_is_told(clerk):
    text = "上位法第九十七条更重；自《安全生产法》第六十二条起都是监督管理，第三条以后各条也看看"
    said = clerk("cite", text, "--at", DAY).out.splitlines()
    assert "# 「第九十七条」看不出是哪部文件的条文，没有读；请连同法名一起写" in said
    assert "# 「第六十二条起」「第三条以后」没有说到哪一条为止，没有读；请逐条写明" in said
    contract = "\n".join(f"第{n}条 甲方应当付款。" for n in "一二三四五六七八九")
    (told,) = clerk("cite", contract, "--at", DAY).out.splitlines()
    assert "」等 9 处看不出" in told
