"""The search in a browser, under a strict Content-Security-Policy and below a sub-path: what a person does with it."""

from __future__ import annotations

import json
import random
from pathlib import Path
from unicodedata import category
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import expect
from tests.browser.browsing import Quiet, opening, origin, serving

from quanze.register.vocabulary import Saying, Vocabulary
from quanze.site.bundle import bundle, scripts
from quanze.site.search import BANDS, SearchCitation, SearchRecord, band, fold, index, matches

STYLES = Path(__file__).parents[2] / "src/quanze/frame/assets/search.css"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; worker-src 'self'"
BUREAU = "西安市应急管理局"
SAFETY = "laws/an-quan-sheng-chan-fa"
FIREWORKS = "laws/yan-hua-bao-zhu-an-quan-guan-li-tiao-li"
NAMES = {SAFETY: ("中华人民共和国安全生产法", "安全生产法"), FIREWORKS: ("烟花爆竹安全管理条例",)}


def item(number, title, law, article, *, fine=0, fines=(), values=(), **more):  # noqa: PLR0913
    kind = title[-2:]
    return SearchRecord(
        key=f"items/xzcf-{number:03}",
        url=f"items/xzcf-{number:03}/",
        title=title,
        collection="items",
        label="权责事项",
        codes=(f"000225{number:06}",),
        citations=(SearchCitation(law, NAMES[law], f"《{NAMES[law][-1]}》{article}"),),
        values=(f"行政{kind}", BUREAU, *values),
        facets={
            "职权类型": (f"行政{kind}",),
            "行使主体": (BUREAU,),
            "引用此法": (NAMES[law][-1],),
            "状态": ("取消" if more.get("ended") else "有效",),
            "罚款上限": (band(fine),) if fine else (),
        },
        fines=fines or (((0, fine, ""),) if fine else ()),
        gist=f"罚款最高 {fine // 10_000} 万元" if fine else "",
        **more,
    )


ENTRIES = (
    item(1, "对未按照规定进行安全生产教育和培训的处罚", SAFETY, "第九十七条第三项", fine=200_000, keywords=("没培训",)),
    item(2, "对特种作业人员无证上岗的处罚", SAFETY, "第九十七条第七项", fine=200_000, keywords=("电焊没证",)),
    item(3, "对未建立应急预案的处罚", SAFETY, "第九十七条第六项", values=("未如实记录教育和培训情况的",), fine=50_000),
    item(4, "对安全生产教育和培训的旧处罚", SAFETY, "第九十四条", values=("教育 和\n培训",), ended=True, fine=20_000),
    item(
        5,
        "对违法零售烟花爆竹的处罚",
        FIREWORKS,
        "第三十八条至第四十条",
        fines=((0, 10_000, ""), (10_000, 12_000, "逾期未改正的，单位")),
        keywords=("卖鞭炮",),
        values=("责令停止违法行为，" * 30 + "处２０００元以上罚款", "严禁超量储存"),
        fine=10_000,
    ),
    item(6, "安全生产检查", SAFETY, "第六十五条第一款", values=("ＡＢＣ ① ㎡ Straße ǅ",)),
    *(
        SearchRecord(key, f"{key}/", titles[0], "laws", "依据文件", titles[1:], values=("第九十七条规定了培训",))
        for key, titles in NAMES.items()
    ),
)

ELSEWHERE = SearchRecord(
    "elsewhere/tjg-001",
    "elsewhere/tjg-001/",
    "电梯、锅炉",
    "elsewhere",
    "不归本机关",
    keywords=("电梯", "锅炉"),
    outside=("市场监督管理部门",),
)
SAID = Vocabulary(
    (Saying(("炮仗", "小摊"), ("烟花爆竹", "零售")),),
    (Saying(("检查",), ("行政检查",)), Saying(("处罚决定",), ("行政处罚",))),
)

HEAD = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>测试</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="{root}assets/quanze/search.css"></head><body>
<form class="qz-box" role="search" action="{root}search/" data-qz-box><label class="qz-hidden" for="qz-box-field">
搜索权责事项</label><input class="qz-box__field" id="qz-box-field" type="search" autocomplete="off" maxlength="200">
</form><a class="qz-box__link" href="{root}search/">搜索</a>
<script defer src="{root}assets/quanze/header.js"></script>"""
SEARCH = """<main><div data-qz-search data-facts="职权类型 罚款上限"></div><section data-qz-browse><h2>清单</h2>
<a href="../lists/">全部清单</a></section></main><script defer src="../assets/quanze/search.js"></script>"""
NOTICE = """<main><div data-qz-notice data-facts="职权类型" data-bodies="行使主体"></div></main>
<script defer src="../assets/quanze/notice.js"></script>"""


def table(rows):
    kinds = ("行政处罚", "行政许可", "行政检查")
    cells = "".join(
        f"<tr><td>{n}</td><td>第{n}个事项</td><td>{kinds[n % 3]}</td>"
        f"<td><span class=qz-v>市级</span>{'<span class=qz-v>县级</span>' if n % 2 else ''}</td></tr>"
        for n in range(1, rows + 1)
    )
    return f"""<main><div class="qz-list"><div class="qz-list__tools" hidden></div><table class="qz-table"><caption>清单
</caption><thead><tr><th scope="col" data-field="序号">序号<th scope="col" data-field="事项名称">事项名称
<th scope="col" data-field="职权类型" data-filter>职权类型<th scope="col" data-field="行使层级" data-filter>行使层级
</tr></thead><tbody>{cells}</tbody></table></div></main>
<script defer src="../assets/quanze/lists.js"></script>"""


class Handler(Quiet):
    """Serves files with the policy, and keeps what was asked for."""

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_):
        self.server.asked.append(unquote(self.requestline))


@pytest.fixture(name="server", scope="module")
def _server(tmp_path_factory):
    top = tmp_path_factory.mktemp("www")
    site = top / "zwgk/quanze"
    (site / "assets/quanze").mkdir(parents=True)
    (site / "assets/quanze/search.css").write_bytes(STYLES.read_bytes())
    for script in scripts():
        (site / "assets/quanze" / script).write_text(bundle(script), "utf-8")
    pages = {"": HEAD, "search/": SEARCH, "notice/": NOTICE, "lists/": table(2000)}
    pages |= {entry.url: f"<h1>{entry.title}</h1>" for entry in ENTRIES}
    for path, body in pages.items():
        (site / path).mkdir(parents=True, exist_ok=True)
        root = "../" * path.count("/")
        (site / path / "index.html").write_text((HEAD.format(root=root) + body) if path else HEAD.format(root=""))
    for path, content in index((*ENTRIES, ELSEWHERE), {"罚款上限": BANDS}, SAID, "职权类型").items():
        (site / path).write_bytes(content)
    (site / "search/turned.js").write_text("quanzePart({});\n")
    (site / "search/standings.js").write_text("quanzePart({});\n")
    others = {FIREWORKS: [[42, 2, 0, "由公安机关实施", False]]}
    pay = {"title": "缴款", "until": "十五日内", "number": 15, "unit": "日", "law": ""}
    appeal = {**pay, "title": "申请复议", "until": "六十日内", "number": 60, "basis": []}
    share = {
        "unit": "倍",
        "low": 2,
        "high": 5,
        "base": "违法所得",
        "when": "批发的",
        "told": "违法所得二倍以上五倍以下",
        "places": [[FIREWORKS, 39, 0, 0]],
    }
    wholesale = {**share, "told": "违法所得一倍以上三倍以下", "when": "零售的", "places": [[FIREWORKS, 40, 0, 0]]}
    papers = [{"title": "处罚决定书", "hint": "已经罚了", "marks": ["决定书"], "steps": [{**pay, "basis": []}, appeal]}]
    told = {
        "at": "2026-11-23",
        "others": others,
        "papers": papers,
        "shares": {ENTRIES[4].key: [share, wholesale]},
        "places": {},
        "rights": [[[["听证", "可以要求听证"], ["不服", "六十日内申请复议"]], [ENTRIES[0].key]]],
    }
    (site / "search/notices.js").write_text(f"quanzePart({json.dumps(told)});\n")
    with serving(top, Handler) as server:
        server.asked = []
        server.root = f"{origin(server)}zwgk/quanze/"
        yield server


@pytest.fixture(name="page")
def _page(browser, server):
    with opening(browser, server.root) as opened:
        yield opened()


def look(page, query="", **chosen):
    """Open the search page by its address and wait until the answer is complete."""
    parts = [f"q={quote(query)}", *(f"{quote(name)}={quote(value)}" for name, value in chosen.items())]
    page.goto("about:blank")
    page.goto("search/#" + "&".join(parts))
    page.wait_for_selector("[data-qz-search][data-partial=false]")


def title(*numbers):
    return [ENTRIES[number - 1].title for number in numbers]


def titles(page, group="文字匹配"):
    section = page.locator(".qz-found", has=page.locator(".qz-found__title", has_text=group))
    return section.locator(".qz-hit__title").all_inner_texts()


ANSWERS = """async ([queries, chosen]) => {
  const { connect } = globalThis.quanze["client.js"];
  const answers = [];
  for (const query of queries) {
    answers.push(await new Promise((found) => {
      const channel = connect((answer) => answer.partial || found(answer));
      channel.ask({ kind: "search", parts: 3, query, chosen, limit: Infinity });
    }));
  }
  return answers;
}"""


@pytest.fixture(name="answers", scope="module")
def _answers(browser, server):
    """Ask the worker by itself, as the pages do."""
    page = browser.new_page()
    page.goto(server.root)
    yield lambda queries, **chosen: page.evaluate(
        ANSWERS, [queries, [[name, [value]] for name, value in chosen.items()]]
    )
    page.close()


def keys(hits):
    return [hit["key"] for hit in hits]


def key(*numbers):
    return [ENTRIES[number - 1].key for number in numbers]


def test_the_worker_finds_exactly_what_the_definition_says(answers):
    """200 substrings of the texts, and queries of several terms made of them."""
    chance = random.Random(4)
    texts = [text for entry in ENTRIES for tier in entry.tiers() for text in tier]
    queries = []
    for _ in range(200):
        text = chance.choice(texts)
        start = chance.randrange(len(text))
        queries.append(text[start : start + chance.randint(1, 8)])
    queries += [f"{a}\u3000{b}" for a, b in zip(queries[::2], queries[1::2], strict=True)] + ["strasse", "ǆ", "2000元"]
    for query, answer in zip(queries, answers(queries), strict=True):
        assert sorted(keys(answer["hits"])) == sorted(entry.key for entry in matches(query, ENTRIES)), query


def test_the_worker_folds_as_the_definition_does(page):
    """All characters that Python knows but Cherokee, whose case the two fold in opposite ways, and the dotless i."""
    characters = [
        chr(code)
        for code in (*range(0x21, 0xD800), *range(0xE000, 0x1F000))
        if category(chr(code)) != "Cn" and not (0x13A0 <= code < 0x1400 or 0xAB70 <= code < 0xABC0 or code == 0x131)
    ]
    page.goto("lists/")
    folded = page.evaluate("(characters) => characters.map(globalThis.quanze['fold.js'].fold)", characters)
    wrong = [(a, b) for a, b in zip(map(fold, characters), folded, strict=True) if a != b]
    assert len(wrong) < 40, wrong  # characters that the browser's newer Unicode knows and Python does not


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("教育和培训", key(1, 4, 3)),  # by name, the one in force first; then by text
        ("没培训", key(1)),
        ("卖鞭炮", key(5)),
        ("第九十七条", key(1, 2, 3, 7, 8)),  # by citation, then by text
        ("烟花爆竹安全管理条例", key(8, 5)),
        ("２０００ 责令", key(5)),
        ("", key(1, 2, 3, 5, 6, 7, 8, 4)),
    ],
)
def test_results_are_ranked(answers, query, found):
    assert keys(answers([query])[0]["hits"]) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("安全生产法97", key(1, 2, 3)),
        ("安全生产法第九十七条", key(1, 2, 3)),
        ("《安全生产法》第97条第（三）项", key(1)),
        ("第九十七条第三项", key(1)),
        ("第九十七条第一款第三项", key(1)),
        ("安全生产法 97条 3项", key(1)),
        ("烟花爆竹39", key(5)),  # a part of the name, and a range
        ("xzcf-002", key(2)),
        ("items/xzcf-002", key(2)),
        ("000225000002", key(2)),
        ("０００２２５０００００２", key(2)),
    ],
)
def test_articles_codes_and_ids_find_what_they_name_in_a_group_of_its_own(answers, query, found):
    (group,) = answers([query])[0]["groups"]
    assert keys(group["hits"]) == found


@pytest.mark.parametrize("query", ["安全生产法99", "97", "罚款5万元", "没培训", "三同时", "安全生产法"])
def test_what_names_nothing_gets_no_such_group(answers, query):
    assert not [one for one in answers([query])[0]["groups"] if one["name"].startswith("按")]


def test_what_is_not_there_gives_near_misses_and_a_way_on(page):
    look(page, "没有培训就上岗")
    assert titles(page) == []
    assert set(title(1, 2)) <= set(titles(page, "相近的"))
    assert page.locator("[role=status]").last.inner_text() == "没有逐字写到“没有培训就上岗”的，下面是相近的。"
    look(page, "柒捌玖")
    assert page.locator(".qz-found").count() == 0
    assert page.locator("[data-qz-browse]").is_visible()


def test_the_page_shows_groups_before_results_and_counts_them(page):
    look(page, "第九十七条")
    assert page.locator(".qz-found__title").all_text_contents() == ["按条文：第九十七条3", "文字匹配5"]
    assert titles(page, "按条文") == title(1, 2, 3)
    assert page.locator("[role=status]").last.inner_text() == "找到 5 条"
    look(page, "安全生产法97")
    assert page.locator(".qz-found__title").all_text_contents() == ["按条文：《安全生产法》第九十七条3"]
    assert page.locator("[role=status]").last.inner_text() == "按条文、编号或者罚款数额找到 3 条"


def test_a_match_is_marked_and_a_long_text_cut_around_it(page):
    look(page, "2000元")
    assert page.locator(".qz-hit__text mark").inner_text() == "２０００元"
    text = page.locator(".qz-hit__text").inner_text()
    assert text.startswith("…")
    assert len(text) < 100


def test_a_mark_reaches_over_white_space(page):
    look(page, "教育和培训", 状态="取消")
    assert page.locator(".qz-hit__title mark").inner_text() == "教育和培训"


def test_penalties_of_one_law_over_100_000_yuan_by_the_facets(page):
    page.goto("search/")
    page.get_by_text("可查 8 条").wait_for()
    for facet, value in (("引用此法", "安全生产法"), ("罚款上限", BANDS[3])):
        box = page.locator(".qz-facet", has=page.locator("summary", has_text=facet))
        if box.get_attribute("open") is None:
            box.locator("summary").click()
        box.get_by_label(value).check()
    page.get_by_text("找到 2 条").wait_for()
    assert titles(page) == title(1, 2)
    assert unquote(page.url).endswith(f"#引用此法=安全生产法&罚款上限={BANDS[3]}")
    page.get_by_role("button", name="去掉筛选 罚款上限").click()
    page.get_by_text("找到 5 条").wait_for()


def test_a_facet_counts_what_its_values_would_leave(page):
    look(page, "处罚", 状态="取消")
    box = page.locator(".qz-facet", has=page.locator("summary", has_text="状态"))
    assert box.locator("li:not([hidden])").all_text_contents() == ["有效4", "取消1"]


def test_back_goes_from_search_to_search(page):
    look(page, "培训")
    field = page.locator(".qz-search__field")
    field.fill("鞭炮")
    field.press("Enter")
    page.get_by_text("找到 1 条").wait_for()
    assert unquote(page.url).endswith("#q=鞭炮")
    page.go_back()
    page.get_by_text("找到 5 条").wait_for()
    assert field.input_value() == "培训"
    page.locator(".qz-hit__title a").first.click()
    page.wait_for_url("**/items/xzcf-001/")
    page.go_back()
    page.get_by_text("找到 5 条").wait_for()


def test_sorting_by_name(page):
    look(page, "处罚")
    page.get_by_label("排序").select_option("名称")
    page.wait_for_url("**#*" + quote("名称"))
    page.locator(".qz-hit__title").first.filter(has_text=title(4)[0]).wait_for()


def test_no_server_log_holds_what_is_looked_for(page, server):
    look(page, "没培训")
    page.locator("#qz-box-field").fill("卖鞭炮")
    page.get_by_role("option", name="卖鞭炮").wait_for()
    page.goto("notice/")
    page.locator("textarea").fill("依据《安全生产法》第九十七条")
    page.get_by_text("认出 1 处").wait_for()
    assert not [line for line in server.asked if any(word in line for word in ("培训", "鞭炮", "九十七"))]
    assert "安全生产法" not in unquote(page.url)
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0


def test_names_answer_before_the_texts_have_come_and_say_so(page):
    held = []
    page.route("**/texts.js*", lambda route: held.append(route))  # noqa: PLW0108
    page.goto("search/#q=" + quote("培训"))
    page.wait_for_selector("[data-qz-search][data-partial=true]")
    assert titles(page) == title(1, 4)
    assert "还在载入" in page.locator("[role=status]").last.inner_text()
    held[0].continue_()
    page.wait_for_selector("[data-qz-search][data-partial=false]")
    assert titles(page) == [*title(1, 4, 3), *title(7, 8)]


def test_an_index_that_does_not_come_is_told_and_tried_again(page):
    page.route("**/citations.js*", lambda route: route.fulfill(status=200, body='quanzePart({"stamp": "another"});\n'))
    page.goto("search/#q=" + quote("培训"))
    retry = page.get_by_role("button", name="重试")
    retry.wait_for()
    assert page.locator("[data-qz-browse]").is_visible()
    page.unroute("**/citations.js*")
    retry.click()
    page.wait_for_selector("[data-qz-search][data-partial=false]")
    assert len(titles(page)) == 5


def test_the_header_box_by_keyboard(page):
    page.goto("items/xzcf-003/")
    page.keyboard.press("/")
    page.keyboard.type("培训", delay=5)
    options = page.get_by_role("option")
    options.first.wait_for()
    field = page.get_by_role("combobox", name="搜索权责事项")
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    assert page.get_by_role("listbox").count() == 0
    page.keyboard.press("ArrowDown")
    options.first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/items/xzcf-001/")


def test_enter_in_the_header_box_leads_to_the_search_page(page):
    page.goto("")
    page.locator("#qz-box-field").fill("没培训")
    page.locator("#qz-box-field").press("Enter")
    page.wait_for_selector("[data-qz-search][data-partial=false]")
    assert titles(page) == title(1)
    page.locator("#qz-box-field").fill("卖鞭炮")
    page.locator("#qz-box-field").press("Enter")
    page.locator(".qz-hit__title", has_text="烟花").wait_for()
    assert page.locator(".qz-search__field").input_value() == "卖鞭炮"


def test_the_header_box_suggests_what_a_citation_names(page):
    page.goto("items/xzcf-005/")
    page.locator("#qz-box-field").fill("安全生产法97")
    page.get_by_role("option", name="未按照规定进行安全生产教育和培训").click()
    page.wait_for_url("**/items/xzcf-001/")


@pytest.fixture(name="grammar", scope="module")
def _grammar(browser, server):
    """Ask the reader by itself what a text cites."""
    page = browser.new_page()
    page.goto(server.root)
    for name in ("worker", "reader", "notices"):
        page.add_script_tag(url=f"assets/quanze/{name}.js")
    read = """async ([text, laws]) => {
      const { citations, names } = globalThis.quanze["citation.js"];
      return citations(text, names(laws)).map(globalThis.quanze["article.js"].written);
    }"""
    laws = [[key, *titles] for key, titles in NAMES.items()]
    yield lambda text: page.evaluate(read, [text, laws])
    page.close()


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("依据《安全生产法》第九十七条第三项的规定", ["《安全生产法》第九十七条第三项"]),
        ("违反《中华人民共和国安全生产法》（2021年修正）第 九 十 七 条", ["《安全生产法》第九十七条"]),
        (
            "《安全生产法》第９７条第（三）项、第(七)项",
            ["《安全生产法》第九十七条第三项、第七项"],
        ),
        ("安全生产法第九十五条至第九十九条", ["《安全生产法》第九十五条至第九十九条"]),
        ("依照前款第三项处罚", []),
        ("《烟花爆竹安全管理条例》第三十六条第一款，依据前款规定", ["《烟花爆竹安全管理条例》第三十六条第一款"]),
        (
            "《安全生产法》第二十八条第一款、第四十四条和《烟花爆竹安全管理条例》第十条",
            [
                "《安全生产法》第二十八条第一款",
                "《安全生产法》第四十四条",
                "《烟花爆竹安全管理条例》第十条",
            ],
        ),
        (
            "《安全生产法》第九十四条第一款第二项、第二款",
            ["《安全生产法》第九十四条第一款第二项", "《安全生产法》第九十四条第二款"],
        ),
        ("安全生产法97条3项", ["《安全生产法》第九十七条第三项"]),
        ("《安全生产法》第一百一十二条之一", ["《安全生产法》第一百一十二条之一"]),
        (
            "《安全生产法》第二十八条，依照本法第九十七条（三）",
            ["《安全生产法》第二十八条", "《安全生产法》第九十七条第三项"],
        ),
        ("《劳动法》第三条，罚款2万元，共3条问题", ["《劳动法》第三条"]),
        ("第九十、九十二条", []),
        ("《安全生产法》第九十、九十二条", ["《安全生产法》第九十条", "《安全生产法》第九十二条"]),
        ("双方合同第五条约定按《安全生产法》第三条执行", ["《安全生产法》第三条"]),
        ("根据〈安全生产法〉第九十七条第三项", ["《安全生产法》第九十七条第三项"]),
        ("根据〈劳动保障条例〉第九十七条", ["《劳动保障条例》第九十七条"]),
    ],
)
def test_citations_in_a_notice_are_recognised(grammar, text, labels):
    assert grammar(text) == labels


def test_a_notice_shows_the_items_and_whose_power_it_is(page):
    page.goto("notice/")
    page.locator("textarea").fill(f"{BUREAU}依据《安全生产法》第九十七条第三项……")
    page.get_by_text("认出 1 处").wait_for()
    assert titles(page, "对应的事项") == title(1)
    assert page.get_by_text(f"写到了“{BUREAU}”").is_visible()
    page.get_by_role("button", name="清空").click()
    assert page.locator("textarea").input_value() == ""
    assert page.locator(".qz-found").count() == 0


@pytest.mark.parametrize("text", ["依照第九十七条第三项处罚", "根据某某保障条例第九十七条"])
def test_an_article_of_no_law_is_nobodys_basis(page, text):
    page.goto("notice/")
    page.locator("textarea").fill(text)
    page.get_by_text("认出 1 处").wait_for()
    assert page.get_by_text("看不出是哪部文件的条文").is_visible()
    assert titles(page) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("《劳动法》第三条", "认出 1 处依据，没有对应的事项。"),
        ("《安全生产法》第一条", "认出 1 处依据，没有对应的事项。"),
        ("没有条文", "没有认出条文。"),
    ],
)
def test_what_the_register_lacks_is_no_verdict_on_the_notice(page, text, told):
    page.goto("notice/")
    page.locator("textarea").fill(text)
    page.get_by_text(told).wait_for()
    assert titles(page, "对应的事项") == []


def test_the_amount_the_paper_and_another_bodys_paragraph_are_told(page):
    page.goto("notice/")
    page.locator("textarea").fill(
        "处罚决定书：未进行安全生产教育和培训，依据《安全生产法》第九十七条第三项，处罚款人民币叁拾万元；"
        "燃放的，依据《烟花爆竹安全管理条例》第四十二条第二款"
    )
    page.get_by_text("认出 2 处").wait_for()
    hit = page.locator(".qz-hit").first.inner_text()
    assert "通知书写的 30 万元在法定幅度外。" in hit
    assert "本机关在这里没有事项：由公安机关实施" in page.locator(".qz-cited").inner_text()
    assert "缴款：十五日内" in page.locator(".qz-found", has_text="已经罚了").inner_text()
    page.locator("textarea").fill("依据《安全生产法》第九十七条第三项，罚款 2 万元")
    page.locator(".qz-hit", has_text="通知书写的 2 万元在法定幅度内。").wait_for()


def test_each_item_of_a_notice_stands_first_and_sums_are_measured_by_none(page):
    page.goto("notice/")
    page.locator("textarea").fill(
        "一、特种作业人员无证上岗；二、未建立应急预案。依据《安全生产法》第九十七条第六项、第七项，"
        "分别罚款18万元、4万元，合并罚款22万元"
    )
    page.get_by_text("认出 1 处").wait_for()
    assert set(titles(page, "对应的事项")[:2]) == {*title(2), *title(3)}
    told = page.locator(".qz-hits").first.inner_text()
    assert "18 万元在法定幅度内" in told
    assert "22 万元" not in told


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (
            "违法零售烟花爆竹",
            "通知书写的 1.1 万元在所写情形的法定幅度外；“逾期未改正的，单位”才在幅度内，粘贴的文字里没有写到。",
        ),
        ("违法零售烟花爆竹，逾期未改正", "通知书写的 1.1 万元在法定幅度内（逾期未改正的，单位）。"),
    ],
)
def test_an_amount_is_measured_by_the_circumstances_that_the_notice_speaks_of(page, facts, told):
    page.goto("notice/")
    page.locator("textarea").fill(f"{facts}，依据《烟花爆竹安全管理条例》第三十九条，罚款一万一千元")
    page.get_by_text("认出 1 处").wait_for()
    assert told in page.locator(".qz-hits").first.inner_text()


def test_a_share_of_something_is_held_against_that_of_the_law(page):
    page.goto("notice/")
    page.locator("textarea").fill("违法零售烟花爆竹，依据《烟花爆竹安全管理条例》第三十九条，并处违法所得三倍的罚款")
    page.locator(".qz-hit", has_text="通知书写的违法所得的 3 倍在法定比例内（批发的）。").wait_for()
    assert page.get_by_text("违法所得二倍以上五倍以下").is_visible()
    assert page.get_by_text("违法所得一倍以上三倍以下").count() == 0
    page.locator("textarea").fill("违法零售烟花爆竹，依据《烟花爆竹安全管理条例》第三十九条、第四十条，罚款")
    page.get_by_text("违法所得一倍以上三倍以下").wait_for()


def test_what_a_notice_costs_and_what_can_be_done_stands_before_all_else(page):
    page.goto("notice/")
    page.locator("textarea").fill(
        "处罚决定书\n未进行安全生产教育和培训，依据《安全生产法》第九十七条第三项，罚款30万元"
    )
    page.locator(".qz-first").wait_for()
    told = [one.replace("\n", " ") for one in page.locator(".qz-first > div").all_inner_texts()]
    assert told == [
        "事项 对未按照规定进行安全生产教育和培训的处罚",
        "幅度 罚款最高 20 万元 通知书写的 30 万元在法定幅度外。",
        "听证 作出处罚决定以前才有：可以要求听证",
        "不服 六十日内申请复议",
    ]
    below = ".qz-first, .qz-lastday, .qz-cited, .qz-hits"
    order = page.eval_on_selector_all(below, "all => all.map(one => one.className)")
    assert order == ["qz-first", "qz-lastday", "qz-cited", "qz-hits"]
    page.locator("textarea").fill("依据《安全生产法》第九十七条第三项、第七项，罚款2万元")
    page.get_by_text("其中一个，粘贴的文字分不出是哪一个；另有 1 个，见下").wait_for()
    page.locator("textarea").fill("特种作业人员无证上岗，依据《安全生产法》第九十七条第三项、第七项，罚款2万元")
    page.get_by_text("最相近的；另有 1 个，见下").wait_for()


@pytest.mark.parametrize(
    "text",
    [
        "经查，特种作业人员无证上岗，罚款二千元。某某市市场监督管理局",
        "市场监管局说我特种作业人员无证上岗，罚款二千元",
        "你单位锅炉作业人员特种作业无证上岗，依据《锅炉安全监察条例》第三条，罚款二千元",
    ],
)
def test_a_paper_of_another_body_is_near_to_nothing_of_ours(page, text):
    page.goto("notice/")
    page.locator("textarea").fill(text)
    page.locator(".qz-notice__status", has_text="。").wait_for()
    assert page.locator(".qz-hits").count() == 0
    page.locator("textarea").fill("经查，特种作业人员无证上岗，罚款二千元。某某市应急管理局")
    page.locator(".qz-hits").wait_for()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("电梯停用后未整改。某某局", True),
        ("请于12月1日来接受询问，来时请携带下列证件材料：电梯检验报告。某某局", False),
        ("未整改的，应当停止使用。如不服，可以到电梯检验所申请。某某局", False),
        ("在电梯里燃放，依据《烟花爆竹安全管理条例》第四十二条第二款，罚款二百元", False),
    ],
)
def test_whose_matter_a_paper_is_hangs_on_what_was_done(page, text, told):
    page.goto("notice/")
    page.locator("textarea").fill(text)
    page.locator(".qz-notice__status", has_text="。").wait_for()
    assert page.locator(".qz-elsewhere").count() == int(told)


def test_a_paper_that_is_partly_another_bodys_says_so_beside_what_it_cites(page):
    page.goto("notice/")
    page.locator("textarea").fill(
        "依据《锅炉安全监察条例》第三条、《锅炉检验规定》第四条和《安全生产法》第九十七条第三项，罚款二万元"
    )
    page.locator(".qz-hits").wait_for()
    assert page.locator(".qz-cited ~ .qz-elsewhere li").all_inner_texts() == [
        "电梯、锅炉：由市场监督管理部门管（依据待核）"
    ]
    assert page.locator(".qz-elsewhere").count() == 1


def test_the_last_day_is_counted_from_the_receipt_that_the_notice_tells(page):
    page.goto("notice/")
    page.locator("textarea").fill("决定书 依据《安全生产法》第九十七条第三项，罚款2万元。收到日期：2026年9月1日")
    days = page.locator(".qz-lastday__days")
    days.wait_for()
    assert "缴款：最迟 2026-09-16（星期三）" in days.inner_text()
    page.get_by_label("收到的日期").fill("2026-09-03")
    page.get_by_text("最迟 2026-09-18（星期五）").wait_for()


def test_a_notice_whose_articles_lead_nowhere_offers_what_is_near_to_its_facts(page):
    page.goto("notice/")
    page.locator("textarea").fill("经查，特种作业人员无证上岗，违反《安全生产法》第一条")
    page.get_by_text("只是用词相近，不是通知书的依据").wait_for()
    assert titles(page, "没有条文对应的事项")[:1] == title(2)


def rows(page):
    return page.locator(".qz-table tbody tr").count()


def test_a_list_is_shortened_filtered_and_sorted(page):
    page.goto("lists/")
    status = page.locator(".qz-list__status")
    assert status.inner_text() == "共 2,000 条，显示前 100 条"
    assert rows(page) == 100
    page.get_by_role("button", name="显示全部 2,000 条").click()
    assert rows(page) == 2000
    page.get_by_label("在表中查找").fill("第19")
    page.wait_for_url("**#q=*")
    assert status.inner_text() == "共 2,000 条，符合 111 条，显示前 100 条"
    page.locator("summary", has_text="行使层级").click()
    page.get_by_label("县级").check()
    page.locator("summary", has_text="职权类型").click()
    page.get_by_label("行政检查").check()
    kept = [n for n in range(1, 2001) if str(n).startswith("19") and n % 2 and n % 3 == 2]
    assert status.inner_text() == f"共 2,000 条，符合 {len(kept)} 条"
    page.get_by_role("button", name="序号").click()
    page.get_by_role("button", name="序号").click()
    first = page.locator(".qz-table tbody tr").first.locator("td").first
    assert first.inner_text() == str(kept[-1])
    assert page.locator("th").first.get_attribute("aria-sort") == "descending"
    page.reload()
    assert first.inner_text() == str(kept[-1])
    page.get_by_role("button", name="清除筛选").click()
    assert rows(page) == 100
    page.go_back()
    expect(page.locator(".qz-table tbody tr")).to_have_count(len(kept))


def test_a_filter_of_a_list_closes_by_escape(page):
    page.goto("lists/")
    summary = page.locator("summary", has_text="职权类型")
    summary.press("Enter")
    page.get_by_label("行政处罚").press("Escape")
    assert page.locator(".qz-facet[open]").count() == 0
    assert summary.evaluate("node => node === document.activeElement")


def test_a_printed_list_is_whole(page):
    page.goto("lists/")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert rows(page) == 2000


def test_without_script_the_tables_are_whole_and_the_box_is_a_link(browser, server):
    context = browser.new_context(base_url=server.root, java_script_enabled=False)
    page = context.new_page()
    page.goto("lists/")
    assert rows(page) == 2000
    assert not page.locator(".qz-list__tools").is_visible()
    assert not page.locator(".qz-box").is_visible()
    page.get_by_role("link", name="搜索").click()
    assert page.locator("[data-qz-browse]").is_visible()
    context.close()


# --- near answers, marked as such


def near(answer):
    return [hit["key"] for hit in answer["near"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("没人给培训过", 1),  # part of a keyword
        ("教育陪训", 1),  # one sound
        ("特种做业", 2),
        ("無證上崗", 2),  # the old orthography
        ("点炮仗的小摊", 5),  # a synonym
        ("电焊没证要罚多少钱", 2),
        ("俺没培训过咋整", 1),  # dialect
        ("tezhongzuoye", 2),  # by its sounds
        ("yjya", 3),  # by their initials
        ("YJYA", 3),
        ("教育 peixun", 1),
        ("yingji yu'an", 3),
        ("te zhong zuo ye", 2),  # each sound apart
        ("tezhong zuoye", 2),
        ("wuzhengtezhongzuoye", 2),  # words that stand apart, run together
        ("tezong zuoye", 2),  # zh and z, ng and n are one to many
        ("yinji yu'an", 3),
    ],
)
def test_a_query_that_no_text_fits_finds_what_is_near(answers, query, expected):
    found = answers([query])[0]
    assert key(expected)[0] in [*keys(found["hits"]), *near(found)][:2]


@pytest.mark.parametrize("query", ["柒捌玖", "999999", "12345678901", "asdfgh", "qwertyuiop", "TZY", "yj", "download"])
def test_nothing_near_is_told_of_what_has_nothing_in_common(answers, query):
    found = answers([query])[0]
    assert (found["total"], found["near"], found["elsewhere"]) == (0, [], [])


@pytest.mark.parametrize(
    "query", ["xzcf2", "XZCF002", "xzcf 2", "ＸＺＣＦ－００２", "items/xzcf-002", "xzcf_02", "cf 2", "xzcf 00 2"]
)
def test_an_id_is_known_however_it_is_written(answers, query):
    assert [keys(group["hits"]) for group in answers([query])[0]["groups"]] == [key(2)]


@pytest.mark.parametrize("query", ["处罚 2号", "行政处罚第002项", "处罚-2", "编号 xzcf 2"])
def test_a_number_is_known_by_the_kind_of_power_before_it(answers, query):
    assert [keys(group["hits"]) for group in answers([query])[0]["groups"]] == [key(2)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("安法97(三)", [1]),
        ("安法97条7项", [2]),
        ("安法97.6", [3]),
        ("新安法 97-7", [2]),
        ("安全生产法 第97条（三）项", [1]),
        ("安生法九七(3)", [1]),
        ("罚款安全生产法97(3)", [1]),
        ("安全生产法第九十七、九十四条", [4]),
        ("安全生产法第九十四条至第九十六条", [4]),
        ("安法94", [4]),
        ("烟花条例39", [5]),
        ("爆竹条例 第三十八条", [5]),
    ],
)
def test_an_article_is_known_by_a_shortened_law(answers, query, expected):
    groups = [group for group in answers([query])[0]["groups"] if group["name"].startswith("按条文")]
    assert [keys(group["hits"]) for group in groups] == [key(*expected)]


@pytest.mark.parametrize("query", ["处罚法院97", "电法97", "事项 3", "事项 97条", "处罚5000元", "罚款97万"])
def test_a_number_beside_other_words_is_no_article_of_some_law(answers, query):
    assert not [group for group in answers([query])[0]["groups"] if group["name"].startswith("按条文")]


def test_a_code_is_known_by_a_part_of_it(answers):
    assert keys(answers(["0225-000003"])[0]["groups"][0]["hits"]) == key(3)


@pytest.mark.parametrize(
    ("query", "expected"), [("罚二十万", [1, 2]), ("罚款1万元", [5]), ("5万", [3]), ("罚1.8万", [3, 1]), ("罚五亿", [])]
)
def test_an_amount_finds_the_powers_whose_range_it_lies_in(answers, query, expected):
    groups = answers([query])[0]["groups"]
    assert [one for group in groups for one in keys(group["hits"])][: len(expected)] == key(*expected)


def test_the_kind_of_power_that_is_meant_comes_first(answers):
    assert keys(answers(["安全生产 检查"])[0]["hits"])[:1] == key(6)


def test_who_is_competent_is_told_where_it_is_not_this_body(page, answers):
    found = answers(["楼下电梯坏了"])[0]
    assert (found["total"], [one["bodies"] for one in found["elsewhere"]]) == (0, [["市场监督管理部门"]])
    look(page, "楼下电梯坏了")
    assert "由市场监督管理部门管" in page.locator(".qz-elsewhere").inner_text()
    assert page.locator("[role=status]").last.inner_text() == "没有逐字写到“楼下电梯坏了”的。"


@pytest.mark.parametrize("query", ["没培训", "安全生产教育和培训", "处罚 2号", "特种作业 无证"])
def test_of_what_the_register_has_by_name_nobody_else_is_told(answers, query):
    assert answers([query])[0]["elsewhere"] == []


def test_what_is_written_by_sounds_is_told_as_read(page):
    look(page, "tezhongzuoye")
    assert page.locator("[role=status]").last.inner_text() == "按拼音“特种作业”找到 1 条"


def test_a_result_shows_its_heaviest_fine(page):
    look(page, "无证上岗")
    assert page.locator(".qz-hit__gist").all_inner_texts() == ["罚款最高 20 万元"]
