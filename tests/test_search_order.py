"""In which order search and notice box answer, and what is fetched for that: the worker in Node, a small register."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.project import ROOT

from quanze.register.vocabulary import Saying, Vocabulary
from quanze.site.bundle import ASSETS, bundle, scripts
from quanze.site.search import SearchCitation, SearchRecord, index, script

if TYPE_CHECKING:
    from collections.abc import Iterable

TYPES = ("行政许可", "行政处罚", "行政强制", "行政检查", "其他行政权力")
LAWS = {"laws/mi-feng-fa": ("蜜蜂养殖法",), "laws/feng-tiao-li": ("蜂产品管理条例",), "laws/feng-fa": ("蜂场许可法",)}

SHARED = {"laws/dong-fa": ("东耳管理法", "菌业法"), "laws/xi-fa": ("西耳管理法", "菌业法")}


def power(number: int, kind: str, title: str, law: int = 0, article: str = "", **more: object) -> SearchRecord:
    key, names = [*LAWS.items()][law]
    cited = (SearchCitation(key, names, f"《{names[0]}》{article}"),) if article else ()
    facets = {"职权类型": (kind,), "以此法处罚": names}
    return SearchRecord(
        f"items/xx-{number:03}",
        f"items/xx-{number:03}/",
        title,
        "items",
        "事项",
        citations=cited,
        facets=facets,
        **more,
    )


RECORDS = (
    SearchRecord(
        "laws/mi-feng-fa",
        "laws/mi-feng-fa/",
        "蜜蜂养殖法",
        "laws",
        "依据文件",
        numbers=(("主席令第31号", "2021-01-01"), ("主席令第14号", "2014-01-01")),
    ),
    *(power(n, "行政处罚", f"对蜂蜜第{n}种掺假的处罚", n % 2, f"第{n}条", values=("蜂箱转运",)) for n in range(1, 12)),
    power(20, "行政检查", "对蜂蜜作坊的监督检查"),
    power(21, "行政强制", "蜂蜜的查封"),
    power(22, "行政许可", "产量很大的蜂蜜加工厂的建设审查"),
    power(23, "行政许可", "蜂蜜经营许可", keywords=("卖蜂蜜",)),
    power(24, "行政许可", "蜂蜜进口许可", ended=True),
    power(
        25,
        "行政处罚",
        "对瓶装水的处罚",
        0,
        "第三十条第三项",
        fines=((0, 20_000, "单位"), (20_000, 50_000, "逾期未改正的，单位")),
    ),
    power(26, "行政处罚", "对桶装水的处罚", 0, "第三十一条", fines=((10_000, 20_000, "单位"),)),
    power(
        27,
        "行政处罚",
        "对冰水的处罚",
        0,
        "第三十二条",
        fines=((10_000, 20_000, "逾期未改正的，单位"),),
        keywords=("冻货",),
    ),
    power(28, "行政处罚", "对糖水的处罚", 1, "第三十三条第（二）项", fines=((5_000, 20_000, "生产糖水的企业和个人"),)),
    power(29, "行政处罚", "对汽水的处罚", 1, "第三十四条", fines=((10_000, 30_000, ""),)),
    power(
        30,
        "行政处罚",
        "对漏糖的处罚",
        1,
        "第三十五条",
        fines=((11_000, 16_000, "漏得少的"), (52_000, 71_000, "漏得多的")),
    ),
    power(31, "行政许可", "转运许可", 1, "第三十六条"),
    power(32, "行政处罚", "对滴蜡的处罚", 1, "第三十五条", keywords=("蜂产品",)),
    power(33, "行政处罚", "对冰水现制的处罚"),
    power(34, "行政处罚", "对存蜡仓房没有防鼠的处罚", 1, "第三十七条"),
    power(35, "行政处罚", "对鼠患的处罚", fines=((5_000, 17_000, ""),))._replace(
        citations=tuple(
            SearchCitation("laws/feng-tiao-li", LAWS["laws/feng-tiao-li"], f"《蜂产品管理条例》第三十{number}条")
            for number in "七八"
        ),
    ),
    *(power(n, "行政处罚", f"对木耳第{n}批的处罚", keywords=("五耳", "六耳")) for n in range(51, 56)),
    power(56, "行政许可", "木耳的移植", keywords=("六耳",)),
    *(SearchRecord(key, f"{key}/", names[0], "laws", "依据文件", names[1:]) for key, names in SHARED.items()),
    power(57, "行政处罚", "对银耳的处罚")._replace(
        citations=tuple(SearchCitation(key, names, f"《{names[0]}》第一条") for key, names in SHARED.items())
    ),
    SearchRecord(
        "elsewhere/tjg-001",
        "elsewhere/tjg-001/",
        "蜂蜜的邮寄",
        "elsewhere",
        "不归本机关",
        keywords=("寄蜂蜜", "邮包", "蜂蜜车", "卖蜂"),
        outside=("邮政机构",),
    ),
)


PLACES = {
    "items/xx-030": [
        [11_000, 16_000, "漏得少的", "laws/feng-tiao-li", 35, 0, 1],
        [52_000, 71_000, "漏得多的", "laws/feng-tiao-li", 35, 0, 2],
    ],
    "items/xx-035": [[5_000, 17_000, "", "laws/feng-tiao-li", 38, 0, 0]],
}
STANDINGS = {
    "laws/mi-feng-fa": {
        "title": "蜜蜂养殖法",
        "versions": [
            {"name": "2014年修正", "adopted": "2014-01-01", "day": "2014-03-01", "last": 40, "penal": [20, 21, 31]},
            {
                "name": "2021年修正",
                "adopted": "2021-01-01",
                "day": "2021-03-01",
                "last": 60,
                "penal": [30, 31, 32],
                "structure": "1-19 20:5 21-29 30:5 31-60",
                "moves": [
                    {"from": [20, 0, 3], "to": "第三十条第三项", "place": [30, 0, 3], "gone": False},
                    {"from": [31, 0, 2], "to": "第三十二条", "place": [32, 0, 0], "gone": False},
                ],
            },
        ],
    },
    "laws/feng-tiao-li": {
        "title": "蜂产品管理条例",
        "versions": [{"name": "公布", "adopted": "2010-01-01", "day": "2010-03-01", "last": 50, "penal": []}],
        "displaced": [[34, 0, 0, "蜜蜂养殖法第三十一条"]],
    },
}


INTENTS = (Saying(("处罚", "罚款"), ("行政处罚",)), Saying(("在哪办",), ("行政许可",)))
SYNONYMS = (Saying(("拧…盖", "没拧"), ("漏糖",)), Saying(("冻货",), ("冰水",)))
PAPERS = {
    "行政复议决定书": ("行政复议决定书",),
    "行政处罚告知书": ("处罚告知书", "拟作出"),
    "行政处罚决定书": ("处罚决定书", "处罚决定", "决定给予"),
    "当场处罚决定书": ("当场处罚", "(当场)"),
    "责令整改的文书": ("整改指令书", "责令限期改正"),
    "催告书": ("催告书",),
    "加处罚款、滞纳金": ("加处罚款决定",),
}


def standings():
    """Return what the reader knows of the laws, with what a law that has nothing to say says."""
    rest = {"repealed": "", "successors": "", "doubtful": "", "displaced": []}
    for law in STANDINGS.values():
        law["versions"] = [{"structure": "", "moves": []} | one for one in law["versions"]]
    return {key: rest | law for key, law in STANDINGS.items()}


@pytest.fixture(name="ask", scope="module")
def _ask(tmp_path_factory):
    site = tmp_path_factory.mktemp("order")
    (site / "assets/quanze").mkdir(parents=True)
    for name in scripts():
        (site / "assets/quanze" / name).write_text(bundle(name), "utf-8")
    files = index(RECORDS, {"职权类型": TYPES}, Vocabulary(SYNONYMS, INTENTS), "职权类型", "以此法处罚")
    for path, content in files.items():
        (site / path).parent.mkdir(exist_ok=True)
        (site / path).write_bytes(content)

    papers = [{"title": title, "hint": "", "marks": marks, "steps": []} for title, marks in PAPERS.items()]
    others = {"laws/feng-tiao-li": [[40, 0, 0, "由邮政机构实施", False]]}
    notices = {"at": "2026-01-01", "others": others, "papers": papers, "shares": {}, "places": PLACES, "rights": []}
    for name, told in (("standings", standings()), ("notices", notices)):
        (site / f"search/{name}.js").write_bytes(script(json.dumps(told).encode()))

    def ask(*queries: str, **more: str) -> list[dict[str, object]]:
        kind = {"kind": "notice", "parts": 2} if "day" in more else {"kind": "search", "parts": 3}
        told = [{**kind, "query": query, "text": query, "limit": 20, **more} for query in queries]
        run = subprocess.run(
            ["node", ROOT / "tests/worker.mjs", site],
            input=json.dumps(told),
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(run.stdout)

    return ask


def numbers(hits: Iterable[dict[str, str]]) -> list[int]:
    return [int(one["key"].rpartition("-")[2]) for one in hits]


def test_of_a_trade_the_kinds_of_power_stand_side_by_side_the_most_general_of_each_first(ask):
    (found,) = ask("蜂蜜")
    assert numbers(found["hits"])[:5] == [23, 1, 21, 20, 22]
    assert numbers(found["hits"])[-1] == 24, "what has ended comes last"


def test_a_word_for_a_kind_of_power_puts_that_kind_first_and_few_answers_keep_their_rank(ask):
    sorted_, few = ask("掺假", "卖蜂蜜")
    assert numbers(sorted_["hits"]) == [*range(1, 12)]
    assert numbers(few["hits"]) == [23]


@pytest.mark.parametrize("query", ["老板拧不紧那盖", "盖得歪又拧不动", "有一罐没拧"])
def test_words_that_need_not_follow_each_other_are_what_people_say(ask, query):
    (found,) = ask(query)
    assert numbers(found["near"])[:1] == [30]


def test_one_word_of_several_that_people_say_says_nothing(ask):
    assert [30 in numbers(found["near"]) for found in ask("老板拧不紧", "盖得歪")] == [False, False]


def test_what_is_near_in_two_places_goes_before_what_is_near_in_one_twice(ask):
    (found,) = ask("现制冻货")
    assert numbers(found["near"])[:2] == [33, 27]


def test_characters_that_changed_places_are_read_as_they_were_meant(ask):
    (found,) = ask("装瓶水")
    assert numbers(found["near"])[:1] == [25]


def test_texts_that_share_single_signs_with_a_query_and_no_word_are_not_near(ask):
    of_signs, of_a_sign = ask("鼠糖进蜡", "鼠")
    assert numbers(of_signs["near"]) == []
    assert {34, 35} <= {*numbers(of_a_sign["hits"]), *numbers(of_a_sign["near"])}


def test_an_amount_prefers_whose_fine_can_be_it_but_no_more_than_the_words_do(ask):
    alike, unlike = ask("糖啊 罚六万", "对桶装水掺 罚四万")
    assert numbers(alike["near"])[:2] == [30, 28]
    assert numbers(unlike["near"])[:2] == [26, 25], "only the second has such a fine"


def test_an_amount_alone_finds_those_of_which_it_is_the_upper_bound_one_law_beside_the_next(ask):
    (found,) = ask("罚二万")
    (group,) = found["groups"]
    assert numbers(group["hits"]) == [26, 28, 27, 25, 29]


@pytest.mark.parametrize("query", ["罚款三万元以上", "罚3万往上", "超过三万", "罚款不低于3万元的"])
def test_an_amount_and_more_finds_those_whose_heaviest_fine_reaches_it(ask, query):
    (found,) = ask(query)
    (group,) = found["groups"]
    assert (group["name"], sorted(numbers(group["hits"]))) == ("罚款可以是 3 万元以上的", [25, 29, 30])


def test_up_to_an_amount_is_no_more_than_it(ask):
    (group,) = ask("罚款三万元以下")[0]["groups"]
    assert group["name"] == "罚款可以是 3 万元的"


@pytest.mark.parametrize(
    ("query", "expected"),
    [("蜜蜂养殖条30(3)", 25), ("蜂产品条33（2）", 28), ("蜜蜂法条31", 26), ("xx二十一", 21), ("xy二十一", None)],
)
def test_an_article_and_a_number_however_they_are_written(ask, query, expected):
    (found,) = ask(query)
    assert [numbers(group["hits"]) for group in found["groups"]] == ([[expected]] if expected else [])


def test_the_whole_grammar_is_fetched_for_an_article_said_in_more_words(ask):
    plain, other, then = ask("蜜蜂养殖法第三十条", "蜜蜂养殖法所规定的第三十条第③项", "蜜蜂养殖法第29、30条")
    assert ["grammar.js" in one["fetched"] for one in (plain, other, then)] == [False, True, False]
    assert [numbers(one["groups"][0]["hits"]) for one in (plain, other, then)] == [[25]] * 3


def test_a_law_is_known_by_the_number_of_its_promulgation(ask):
    other, mine = ask("国务院令第31号第三十条", "中华人民共和国主席令第三十一号第三十条第③项")
    assert other["groups"] == []
    assert numbers(mine["groups"][0]["hits"]) == [25]
    (answer,) = ask("依据主席令第14号第二十条第三项，罚款1万元", day="2026-01-01")
    (cited,) = answer["citations"]
    assert (cited["law"]["title"], cited["state"], cited["now"]) == (["蜜蜂养殖法"], "旧条号", "第三十条第三项")
    assert found_in(answer) == [(25, "《蜜蜂养殖法》第三十条第三项")]


def test_a_title_that_is_read_by_its_shape_is_told_as_it_is_written(ask):
    scanned, right = ask("依据《蜂产晶管理条例》第三十四条", "依据《蜂产品管理条例》第三十四条", day="2026-01-01")
    assert [one["label"] for one in scanned["citations"]] == ["《蜂产品管理条例》第三十四条"]
    assert [one["misread"] for one in scanned["citations"] + right["citations"]] == ["蜂产晶管理条例", ""]


def test_where_no_power_rests_on_an_article_its_law_is_what_there_is_but_of_two_so_called_neither(ask):
    named, twice = ask("蜜蜂养殖法第五十九条", "菌业法第五十九条")
    assert [(group["name"], [one["key"] for one in group["hits"]]) for group in named["groups"]] == [
        ("没有以《蜜蜂养殖法》第五十九条为依据的事项；这是那部文件", ["laws/mi-feng-fa"])
    ]
    assert twice["groups"] == []


def test_six_that_fit_alike_are_set_side_by_side_by_their_kind_and_five_keep_their_order(ask):
    six, five = ask("六耳", "五耳")
    assert numbers(six["hits"]) == [56, 51, 52, 53, 54, 55]
    assert numbers(five["hits"]) == [51, 52, 53, 54, 55]


def test_whoever_asks_for_the_order_of_the_numbers_gets_it(ask):
    found = ask("掺假", "蜂蜜", order="编号")
    assert [numbers(one["hits"]) for one in found] == [[*range(1, 12)], [*range(1, 12), 20, 21, 22, 23, 24]]


def test_the_texts_are_fetched_only_where_they_can_have_what_is_looked_for(ask):
    by_name, nowhere, in_texts, one_sign = ask("经营许可"), ask("石油钻井"), ask("蜂箱转"), ask("箱")
    assert [by_name[0]["total"], nowhere[0]["total"], in_texts[0]["total"], one_sign[0]["total"]] == [1, 0, 11, 11]
    assert ["texts.js" in one[0]["fetched"] for one in (by_name, nowhere, in_texts, one_sign)] == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("query", "bodies"),
    [
        ("在网上买的蜂蜜 许可 邮包", ["邮政机构"]),  # a word that is the matter's alone, beside those of the trade
        ("邮包里头是蜂蜜", ["邮政机构"]),
        ("寄峰密", ["邮政机构"]),  # a character for another of its sound
        ("卖蜂蜜 没人管", []),  # 卖蜂 lies within a keyword of the register
        ("蜂蜜作坊 检查", []),
        ("蜂箱转运", []),  # what texts have
        ("蜂蜜邮寄的证在哪办", ["邮政机构"]),  # powers to punish or to inspect do not answer where one applies
        ("寄蜂蜜的车", ["邮政机构"]),
    ],
)
def test_who_is_competent_is_told_by_a_word_that_is_the_matters_own(ask, query, bodies):
    (found,) = ask(query)
    assert [body for one in found["elsewhere"] for body in one["bodies"]] == bodies


def test_the_old_orthography_is_fetched_only_for_a_character_of_it(ask):
    plain, old = ask("蜂蜜作坊检杳"), ask("蜂蜜經營許可")
    assert ["traditional.js" in one[0]["fetched"] for one in (plain, old)] == [False, True]
    assert numbers(old[0]["hits"]) == [23]


def test_no_character_of_the_old_orthography_is_one_of_gb_2312():
    table = re.search(r"TRADITIONAL = `(.*?)`", (ASSETS / "traditional.js").read_text("utf-8"), re.DOTALL)
    old = table[1].replace("\n", "")[::2]
    assert len(old) > 1000
    for character in old:
        with pytest.raises(UnicodeEncodeError):
            character.encode("gb2312")


def found_in(answer):
    return [(int(one["key"][-3:]), one["instead"]) for one in answer["items"]]


def test_what_prevails_over_a_basis_stands_beside_it_marked(ask):
    (answer,) = ask("依据《蜂产品管理条例》第三十四条，罚款1.5万元", day="2026-01-01")
    assert [one["state"] for one in answer["citations"]] == ["被上位法取代"]
    assert set(found_in(answer)) == {(29, ""), (26, "蜜蜂养殖法第三十一条")}
    assert [one["inside"][0][1] for one in answer["items"] if one["instead"]] == [["单位"]]


@pytest.mark.parametrize(
    ("text", "state", "items"),
    [
        ("依据《蜜蜂养殖法》第二十条第三项，处罚款一万元", "旧条号", [(25, "《蜜蜂养殖法》第三十条第三项")]),
        ("依据《蜜蜂养殖法》第三十一条第二项，处罚款一万元", "不存在", [(27, "《蜜蜂养殖法》第三十二条")]),
        ("违反《蜜蜂养殖法》第二十条第三项的规定", "有效", []),
        ("“依据《蜜蜂养殖法》第二十条第三项”", "有效", []),
        ("依据《蜜蜂养殖法》（2014年修正）第二十条第三项", "旧条号", [(25, "《蜜蜂养殖法》第三十条第三项")]),
    ],
)
def test_a_number_without_a_year_may_be_an_old_one_and_what_it_is_now_is_offered(ask, text, state, items):
    (answer,) = ask(text, day="2026-01-01")
    (cited,) = answer["citations"]
    undated = bool(items) and "年修正" not in text
    assert (cited["state"], bool(cited["maybe"]), found_in(answer)) == (state, undated, items)


@pytest.mark.parametrize(
    ("place", "inside"),
    [
        ("第二项", []),
        ("第一项", ["漏得少的"]),
        ("", ["漏得少的"]),
        ("第一项、第二项", ["漏得少的"]),
        ("第三项", ["漏得少的"]),
    ],
)
def test_an_amount_is_held_against_the_fine_of_the_place_that_is_cited(ask, place, inside):
    (answer,) = ask(f"依据《蜂产品管理条例》第三十五条{place}，罚款1.5万元", day="2026-01-01")
    item = next(one for one in answer["items"] if one["key"] == "items/xx-030")
    assert [where for _, where, *_ in item["inside"]] == [inside]


def test_of_a_fine_the_power_to_fine_is_named_and_not_what_the_duty_belongs_to(ask):
    (answer,) = ask(
        "对漏糖的处罚：无转运许可，违反《蜂产品管理条例》第三十六条，依据第三十五条第一项，罚款1.5万元",
        day="2026-01-01",
    )
    assert [(int(one["key"][-3:]), one["named"]) for one in answer["items"]] == [(30, True), (32, True), (31, False)]


def test_the_power_whose_penalty_is_cited_comes_before_one_that_shares_the_duty(ask):
    text = "存蜡仓房没有防鼠，违反《蜂产品管理条例》第三十七条，依据第三十八条，罚款1万元"
    cited, duty = ask(text, text.partition("，依据")[0], day="2026-01-01")
    assert [int(one["key"][-3:]) for one in cited["items"]] == [35, 34]
    assert [int(one["key"][-3:]) for one in duty["items"]] == [34, 35]


def test_the_title_of_a_law_says_nothing_of_what_was_done(ask):
    (answer,) = ask("漏得不多，依据《蜂产品管理条例》第三十五条", day="2026-01-01")
    assert [int(one["key"][-3:]) for one in answer["items"]] == [30, 32]


def test_an_amount_is_held_against_the_power_whose_citation_it_belongs_to(ask):
    turns, after = ask(
        "依据《蜜蜂养殖法》第三十条第三项、第三十一条，分别给予罚款3万元、1.5万元",
        "依据《蜜蜂养殖法》第三十条第三项罚款3万元；依据第三十一条罚款1.5万元，对直接责任人员罚款1.2万元",
        day="2026-01-01",
    )
    amounts = [
        {int(one["key"][-3:]): [row[0] for row in one["inside"]] for one in told["items"]} for told in (turns, after)
    ]
    assert amounts == [{25: [30000], 26: [15000]}, {25: [30000], 26: [15000, 12000]}]


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("行政处罚决定书\n对你单位的加处罚款决定另行送达", "行政处罚决定书"),
        ("某局加处罚款决定书\n你单位逾期未履行行政处罚决定，加处罚款3万元", "加处罚款、滞纳金"),
        ("催告书：你单位逾期未履行本局作出的行政处罚决定，催告缴纳罚款3万元", "催告书"),
        ("履行行政处罚决定催告书\n某应急催〔2026〕3号", "催告书"),
        ("催告书。本局8月3日作出行政处罚决定书，你单位逾期未缴罚款3万元，请十日内缴纳", "催告书"),
        ("行政处罚决定书（当场）\n罚款200元", "当场处罚决定书"),
        ("撤销行政许可决定书\n现决定给予撤销", None),
        ("答复书：你说的处罚决定已经作出", None),
        ("送达行政处罚告知书后，你单位没有申辩，决定给予罚款3万元的行政处罚", "行政处罚决定书"),
        ("经查，未改正，责令限期改正，罚款2万元", None),  # a fine is imposed by no order to mend
        ("责令限期改正，不得再有", "责令整改的文书"),
        ("罚款2万元", None),
    ],
)
def test_a_paper_is_known_by_its_title_and_without_one_by_what_it_imposes(ask, text, paper):
    (answer,) = ask(text, day="2026-01-01")
    assert (answer["paper"] or {}).get("title") == paper


def test_all_papers_may_be_chosen_those_that_impose_fines_first_where_there_is_one(ask):
    fined, plain = ask("罚款2万元", "第三十条", day="2026-01-01")
    titles = [[one["title"] for one in told["papers"]] for told in (fined, plain)]
    assert titles[1] == [*PAPERS]
    assert titles[0] == sorted(PAPERS, key=lambda title: "处罚" not in title and "罚款" not in title)


def test_of_numbered_problems_the_nearest_power_to_each_is_offered(ask):
    (answer,) = ask("存在下列问题：1.瓶装水没有标签；2.汽水处罚；3、门前有杂物。现责令整改", day="2026-01-01")
    assert numbers(answer["alike"]) == [25, 29]


def test_a_fine_may_rest_on_what_has_no_range_here(ask):
    (answer,) = ask(
        "违反《蜜蜂养殖法》第三条，依据《蜜蜂养殖法》第三十一条、《蜂产品管理条例》第四十条、《本省蜂业条例》第六条，罚款9万元",
        day="2026-01-01",
    )
    assert answer["unmeasured"] == ["《蜂产品管理条例》第四十条", "《本省蜂业条例》第六条"]
