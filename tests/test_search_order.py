"""In which order a search answers, and what it fetches for that: the worker in Node, over a small register."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.project import ROOT

from quanze.register.vocabulary import Vocabulary
from quanze.site.bundle import bundle, scripts
from quanze.site.search import SearchCitation, SearchRecord, index

if TYPE_CHECKING:
    from collections.abc import Iterable

TYPES = ("行政许可", "行政处罚", "行政强制", "行政检查", "其他行政权力")
LAWS = {"laws/mi-feng-fa": ("蜜蜂养殖法",), "laws/feng-tiao-li": ("蜂产品管理条例",), "laws/feng-fa": ("蜂场许可法",)}


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
    SearchRecord("laws/mi-feng-fa", "laws/mi-feng-fa/", "蜜蜂养殖法", "laws", "依据文件"),
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
    power(27, "行政处罚", "对冰水的处罚", 0, "第三十二条", fines=((10_000, 20_000, "逾期未改正的，单位"),)),
    power(28, "行政处罚", "对糖水的处罚", 1, "第三十三条第（二）项", fines=((5_000, 20_000, "生产糖水的企业和个人"),)),
    power(29, "行政处罚", "对汽水的处罚", 1, "第三十四条", fines=((10_000, 30_000, ""),)),
)


@pytest.fixture(name="ask", scope="module")
def _ask(tmp_path_factory):
    site = tmp_path_factory.mktemp("order")
    (site / "assets/quanze").mkdir(parents=True)
    for name in scripts():
        (site / "assets/quanze" / name).write_text(bundle(name), "utf-8")
    files = index(RECORDS, {"职权类型": TYPES}, Vocabulary(), "职权类型", "以此法处罚")
    for path, content in files.items():
        (site / path).parent.mkdir(exist_ok=True)
        (site / path).write_bytes(content)

    def ask(*queries: str) -> list[dict[str, object]]:
        told = [{"kind": "search", "parts": 3, "query": query, "limit": 20} for query in queries]
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


def test_an_amount_alone_finds_those_of_which_it_is_the_upper_bound_one_law_beside_the_next(ask):
    (found,) = ask("罚二万")
    (group,) = found["groups"]
    assert numbers(group["hits"]) == [26, 28, 27, 25, 29]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("蜜蜂养殖条30(3)", 25), ("蜂产品条33（2）", 28), ("蜜蜂法条31", 26), ("xx二十一", 21), ("xy二十一", None)],
)
def test_an_article_and_a_number_however_they_are_written(ask, query, expected):
    (found,) = ask(query)
    assert [numbers(group["hits"]) for group in found["groups"]] == ([[expected]] if expected else [])


def test_the_texts_are_fetched_only_where_they_can_have_what_is_looked_for(ask):
    by_name, nowhere, in_texts, one_sign = ask("经营许可"), ask("石油钻井"), ask("蜂箱转"), ask("箱")
    assert [by_name[0]["total"], nowhere[0]["total"], in_texts[0]["total"], one_sign[0]["total"]] == [1, 0, 11, 11]
    assert ["texts.js" in one[0]["fetched"] for one in (by_name, nowhere, in_texts, one_sign)] == [
        False,
        False,
        True,
        True,
    ]


def test_the_old_orthography_is_fetched_only_for_a_character_that_nothing_has(ask):
    plain, old = ask("蜂蜜作坊检杳"), ask("蜂蜜經營許可")
    assert ["traditional.js" in one[0]["fetched"] for one in (plain, old)] == [True, True]
    assert numbers(old[0]["hits"]) == [23]
