"""A portal of three registers in a browser: one search over their shards, exact, told as it comes; its pages."""

from __future__ import annotations

import random
import threading

import pytest
from tests import province
from tests.browser.browsing import NARROW, WIDE, Quiet, opening, origin, serving, sideways, violations

from quanze.portal import reading, settings
from quanze.portal.gathering import gather
from quanze.portal.publish import portal, publish
from quanze.portal.refreshing import Refresh
from quanze.portal.state import StateFolder
from quanze.site.search import matches

IDS = ("sheng", "shi", province.OTHER_LAW)
ARTICLE = "laws/an-quan-sheng-chan-fa/97/"
PAGES = (
    "",
    ARTICLE,
    "adopted/",
    "conduct/",
    "differences/",
    "kinds/items/",
    "bureaus/shi/",
    "changes/",
    "laws/",
    "about/",
)


class Held(Quiet):
    """Serves files; one it holds back until it is told."""

    held = ""
    free = threading.Event()

    def do_GET(self):  # noqa: N802 — as the server calls it
        if self.held and self.held in self.path:
            self.free.wait(10)
        super().do_GET()


@pytest.fixture(name="three", scope="module")
def _three(tmp_path_factory):
    folder = tmp_path_factory.mktemp("three")
    (folder / "portal.yaml").write_text(province.some(folder, *IDS), "utf-8")
    told, problems = settings.load(folder)
    assert not problems
    kept = StateFolder(folder / "state")
    news = Refresh(told, folder, kept, province.DAY).run(lambda _: None)
    assert not [one.state.trouble for one in news if one.state.trouble]
    whole = portal(told, news, kept)
    publish(whole, kept, folder / "site")
    records = {}
    for one in news:
        files = {path: (folder / one.source.folder / path).read_bytes() for path in one.state.files}
        assert reading.dated(files)
        records[one.source.id] = gather(files, one.source.body, one.state.law_day).records
    return folder / "site", records


@pytest.fixture(name="server", scope="module")
def _server(three):
    with serving(three[0], Held) as server:
        yield server


@pytest.fixture(name="opened")
def _opened(browser, server):
    with opening(browser, origin(server)) as opened:
        yield opened


ASK = """async (queries) => {
  const { connect } = globalThis.quanze["client.js"];
  const answers = [];
  for (const query of queries) {
    answers.push(await new Promise((found) => {
      const channel = connect((answer) => answer.partial || found(answer));
      channel.ask({ kind: "search", parts: 3, query, chosen: [], limit: Infinity });
    }));
  }
  return answers.map(({ hits, total }) => ({ keys: hits.map(({ key }) => key), total }));
}"""


def test_the_search_finds_exactly_what_each_register_would(opened, three):
    _, records = three
    texts = sorted({text for found in records.values() for one in found for tier in one.tiers() for text in tier})
    chance = random.Random(16)
    queries = ["安全生产", "从轻", "网格", "第九十七条第三项", "没有的"]
    for text in chance.sample(texts, 25):
        start = chance.randrange(len(text))
        queries.append(text[start : start + chance.randrange(2, 7)])
    answers = opened("").evaluate(ASK, queries)
    for query, answer in zip(queries, answers, strict=True):
        wanted = {f"{id_}-1/{one.key}" for id_, found in records.items() for one in matches(query, found)}
        assert set(answer["keys"]) == wanted, query
        assert answer["total"] == len(wanted)


def test_an_answer_comes_before_all_shards_are_there_and_says_so(opened, monkeypatch):
    monkeypatch.setattr(Held, "held", f"search/{province.OTHER_LAW}-1/names.js")
    monkeypatch.setattr(Held, "free", threading.Event())
    page = opened("search/#q=培训")
    status = page.locator("#qz-search-status")
    page.get_by_text("找到 6 条，名称查了 2/3 份……").wait_for()
    Held.free.set()
    page.wait_for_selector("[data-qz-search][data-partial=false]")
    assert status.inner_text() == "找到 8 条"


def test_a_hit_leads_to_the_bureaus_own_page_and_a_bureau_can_be_chosen(opened):
    page = opened("search/#q=监督检查&机关=示例市应急管理局")
    page.wait_for_selector("[data-qz-search][data-partial=false]")
    (link,) = page.locator(".qz-hit__title a").all()
    assert link.get_attribute("href") == "https://shi.example/items/xzjc-001/"
    assert page.locator(".qz-hit__facts").inner_text().count("示例市应急管理局") == 1


def test_what_is_near_is_told_of_all_bureaus_and_as_no_more_than_near(opened):
    page = opened("search/#q=员工没有培训")
    page.wait_for_selector("[data-qz-search][data-partial=false]")
    assert "没有" in page.locator("#qz-search-status").inner_text()
    assert "下面是相近的" in page.locator("#qz-search-status").inner_text()
    assert page.get_by_text("相近的（不是逐字找到的）").count() == 1
    links = {link.get_attribute("href") for link in page.locator(".qz-hit__title a").all()}
    assert {"https://shi.example/items/xzcf-001/", "https://sheng.example/items/xzcf-001/"} <= links
    (answer,) = page.evaluate(ASK, ["员工没有培训"])
    assert (answer["total"], answer["keys"]) == (0, []), "what is found stays exact"
    (answer,) = page.evaluate(ASK, ["监督检查"])
    assert answer["total"] == 3


def test_what_is_typed_in_old_characters_is_found(opened):
    page = opened("search/#q=監督檢查")
    page.wait_for_selector("[data-qz-search][data-partial=false]")
    assert page.locator("#qz-search-status").inner_text() == "按简体“监督检查”找到 3 条"


def test_the_box_in_the_header_suggests_from_all(opened):
    page = opened(ARTICLE)
    page.fill("#qz-box-field", "监督检查")
    page.wait_for_selector("#qz-box-options li:nth-child(4)")
    assert page.locator("#qz-box-options li").count() == 4


def test_the_search_works_from_a_folder(browser, three):
    root = f"file://{three[0]}/"
    with opening(browser, root) as opened:
        page = opened(f"{root}search/index.html#q=监督检查")
        page.wait_for_selector("[data-qz-search][data-partial=false]")
        assert page.locator("#qz-search-status").inner_text() == "找到 3 条"


@pytest.mark.parametrize(("viewport", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_every_page_is_for_everyone(opened, looks, viewport, scheme):
    page = opened("", viewport=viewport, color_scheme=scheme)
    for path in PAGES:
        page.goto(path or ".")
        assert sideways(page) == 0, path
        assert violations(page, looks) == [], path


def test_in_elder_mode_at_twice_the_size_too(opened):
    page = opened("", viewport={"width": 188, "height": 406})
    page.evaluate("localStorage.setItem('quanze.elder', '1')")
    for path in PAGES:
        page.goto(path or ".")
        assert sideways(page) == 0, path


def test_on_a_phone_a_row_is_a_card_and_every_value_says_what_it_is(opened):
    cell = opened(ARTICLE, viewport=NARROW).locator("td[data-label=裁量阶次]").first
    assert cell.bounding_box()["width"] > 250
    assert "裁量阶次" in cell.evaluate("one => getComputedStyle(one, '::before').content")


def test_without_script_the_tables_are_whole(opened):
    page = opened(ARTICLE, java_script_enabled=False)
    assert page.locator("tbody tr").count() == 3
