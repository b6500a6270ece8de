"""What a person comes to do, end to end in a whole site: with a notice in hand, in everyday words, by keyboard."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from playwright.sync_api import expect
from tests.browser.asking import answered, examples, wait_for_standings
from tests.browser.browsing import NARROW, WIDE, opening, sideways

from quanze.site.search import BANDS

TRAINING = "对生产经营单位未按照规定对从业人员进行安全生产教育和培训的处罚"
ITEM = "items/xzcf-012/"
SENTENCE = "示例市应急管理局依据《安全生产法》第九十七条第三项的规定，拟对你单位作出罚款的行政处罚。"
LIST = "lists/quan-ze-qing-dan/"


@pytest.fixture(name="opened")
def _opened(browser, root):
    """Open pages on a telephone."""
    with opening(browser, root, viewport=NARROW) as opened:
        yield opened


def choose(page, facet, *values):
    """Choose values of a facet of the search page."""
    box = page.locator(".qz-facet", has=page.locator("summary", has_text=facet))
    box.locator("summary").click()
    for value in values:
        box.get_by_label(re.compile(f"^{value}")).check()


# --- finding the item


def test_from_a_sentence_of_the_notice(opened):
    page = opened("")
    page.click("text=收到了通知书")
    page.fill("textarea", SENTENCE)
    page.get_by_text("认出 1 处依据").wait_for()
    found = page.locator(".qz-found", has=page.locator("h2", has_text="对应的事项"))
    hit = found.locator(".qz-hit", has_text=TRAINING)
    assert "目录载明这个机关行使这项职权" in found.inner_text()
    assert "安全生产法" not in page.url
    hit.locator("a").click()
    page.wait_for_url(f"**/{ITEM}")
    assert page.inner_text("h1") == TRAINING


def test_what_a_notice_cites_is_told_with_where_it_stands(opened):
    told = (
        ("《安全生产法》第一百二十五条", "没有这一处"),
        ("《安全生产法》第九十七条第九项", "没有这一处"),
        ("《安全生产法》（2014年修正）第九十四条第三项", "旧条号，现在是"),
        ("《突发事件应对法》（2007年）第六十四条", "旧条号，现在是"),
        ("《食品安全法》第一百二十四条", "没有收录"),
    )
    page = opened("notice/")
    wait_for_standings(page, told)
    assert page.get_by_text("下面的幅度是现行条文的").count() == 0
    page.fill("textarea", "依据《安全生产法》（2014年修正）第九十四条第三项，罚款 2 万元")
    page.get_by_text("下面的幅度是现行条文的").wait_for()


@pytest.mark.parametrize("elder", [False, True])
@pytest.mark.parametrize("paper", ["行政处罚告知书", "行政处罚决定书"])
def test_what_a_notice_comes_to_is_seen_at_once(opened, paper, elder):
    page = opened(viewport={"width": 375, "height": 812}, reduced_motion="reduce")  # the page is there at once
    page.add_init_script(f"localStorage.setItem('quanze.elder', '{'1' if elder else ''}')")
    page.goto("notice/")
    page.fill("textarea", f"{paper}\n你单位未如实告知危险因素。{SENTENCE}")
    page.click("text=查依据")
    page.locator(".qz-first").wait_for()
    for question in ("幅度", "听证", "不服"):
        box = page.locator(".qz-first > div", has=page.locator("dt", has_text=question)).bounding_box()
        assert 0 <= box["y"] <= box["y"] + box["height"] <= 812, question
    field = page.get_by_label("哪天收到的？")
    field.evaluate(
        "(one) => { one.value = '2026-11-20'; one.dispatchEvent(new Event('input')); }"
    )  # and scrolls nothing
    last = page.locator(".qz-lastday__days strong", has_text="2026").first
    last.wait_for()
    for box in () if elder else (field.bounding_box(), last.bounding_box()):
        assert 0 <= box["y"] <= box["y"] + box["height"] <= 812
    assert page.get_by_role("heading", name=paper, exact=True).count() == 1, "it is said once"
    assert sideways(page) == 0


def test_a_sentence_that_names_no_paper_leaves_the_choice_to_the_reader(opened):
    page = opened("notice/")
    page.fill("textarea", "依据《安全生产法》第九十七条第三项，罚款2万元")
    page.get_by_label("没有认出是哪一种文书").select_option("行政处罚决定书")
    page.get_by_label("哪天收到的？").fill("2026-11-20")
    page.locator(".qz-lastday__days", has_text="缴纳罚款").wait_for()
    page.set_viewport_size(WIDE)
    assert len({page.locator(box).bounding_box()["width"] for box in (".qz-first", ".qz-lastday")}) == 1
    page.set_viewport_size(NARROW)
    assert page.get_by_text("未收录不等于无依据").count() == 1
    page.fill("textarea", "依据《安全生产法》第九十七条第三项，罚款3万元")
    page.get_by_text("通知书写的 3 万元").first.wait_for()
    assert page.get_by_label("不是这一种").input_value() == "行政处罚决定书"
    assert sideways(page) == 0
    page.get_by_role("button", name="清空").click()
    page.fill("textarea", "行政处罚告知书\n依据《安全生产法》第九十七条第三项，拟罚款2万元")
    page.locator("h2", has_text="行政处罚告知书").wait_for()


@pytest.mark.parametrize(
    ("paper", "told"),
    [
        ("行政处罚告知书", "对作出的决定不服的，六十日内向示例市人民政府申请"),  # nothing has been decided yet
        (
            "当场处罚决定书",
            "先向示例市人民政府申请行政复议：知道或者应当知道之日起六十日内。对复议不服，再提起行政诉讼：",
        ),
        ("行政复议决定书", "提起行政诉讼：收到复议决定书之日起十五日内"),
        ("行政处罚决定书", "六十日内向示例市人民政府申请"),
    ],
)
def test_how_one_appeals_is_told_by_the_paper(opened, paper, told):
    page = opened("notice/")
    page.fill("textarea", "依据《安全生产法》第九十七条第三项，罚款二万元")
    page.select_option("#qz-notice-paper", paper)
    assert told in page.locator(".qz-first > div", has_text="不服").last.inner_text()


@pytest.mark.parametrize(("paper", "before"), [("行政处罚告知书", False), ("行政处罚决定书", True)])
def test_a_hearing_is_offered_before_a_decision_alone(opened, paper, before):
    page = opened("notice/")
    page.fill("textarea", f"{paper}\n依据《安全生产法》第九十七条第三项，罚款二万元")
    hearing = page.locator(".qz-first > div", has=page.locator("dt", has_text="听证"))
    hearing.wait_for()
    assert hearing.locator("dd").inner_text().startswith("作出处罚决定以前才有：") == before


def test_of_a_licence_the_notice_box_says_how_long_it_takes(opened):
    page = opened("notice/")
    page.fill("textarea", "不予行政许可决定书 依据《烟花爆竹安全管理条例》第十九条第一款，不予许可")
    page.locator(".qz-first").wait_for()
    told = [one.replace("\n", " ") for one in page.locator(".qz-first > div").all_inner_texts()]
    assert [one for one in told if one.startswith("法定时限 自受理")]
    assert not [one for one in told if one.startswith("幅度")]


def test_a_fine_that_may_rest_on_what_is_not_here_is_not_just_outside(opened):
    page = opened("notice/")
    page.fill("textarea", "依据《安全生产法》第九十七条第三项、《本省安全条例》第六条，罚款30万元")
    page.get_by_text("法定幅度外；通知书还引了《本省安全条例》第六条，可能是按那里罚的").first.wait_for()


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("没培训", TRAINING),
        ("清污水池", "有限空间"),
        ("饭店煤气罐", "瓶装液化气"),
        ("安全生产法97条3项", TRAINING),
        ("xzcf-012", TRAINING),
    ],
)
def test_from_the_words_that_people_use(opened, words, title):
    page = opened("")
    page.fill(".qz-hero input", words)
    page.click(".qz-hero button")
    page.wait_for_url(f"**/search/#q={quote(words)}")
    assert any(title in one for one in answered(page)[:10])


def test_the_home_page_gives_examples_that_find_something(opened):
    found = examples(opened(""))
    assert len(found) == 3
    assert {address: one for address, one in found.items() if not one[0] or "相近的" in one[1]} == {}


def test_penalties_of_the_work_safety_law_over_100_000_yuan(opened):
    page = opened("search/", viewport=WIDE)
    page.get_by_text("可查").wait_for()
    choose(page, "职权类型", "行政处罚")
    choose(page, "以此法处罚", "安全生产法")
    choose(page, "罚款上限", BANDS[3])
    expect(page.locator(".qz-choice")).to_have_count(3)
    assert len(answered(page)) > 5
    page.fill(".qz-search__field", "教育和培训")
    page.get_by_text("找到 ", exact=False).first.wait_for()
    page.wait_for_url(f"**#q={quote('教育和培训')}*")
    expect(page.locator(".qz-hits")).to_contain_text(TRAINING)
    hits = page.locator(".qz-hit").all_inner_texts()
    assert all("行政处罚" in one for one in hits)
    page.reload()
    assert TRAINING in answered(page)


# --- what to do with it


def test_where_to_appeal_and_by_when(opened):
    page = opened(ITEM)
    page.click("summary:has-text('行政处罚决定书')")
    said = page.locator(".qz-paper[open]").inner_text()
    for words in ("六十日", "向示例市人民政府申请", "以决定书载明的为准", "六个月"):
        assert words in said


def test_the_sheet_prints_as_one_page(opened):
    page = opened(ITEM)
    page.evaluate("window.print = () => {}")
    page.click("text=打印一页纸")
    page.wait_for_url(f"**/{ITEM}#sheet")
    assert page.is_visible(".qz-qr")
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


# --- by other means


def test_by_keyboard_alone_from_the_home_page_to_the_appeal(opened):
    page = opened("", viewport=WIDE)
    page.keyboard.press("/")
    page.keyboard.type("没培训", delay=5)
    page.get_by_role("option", name=TRAINING).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{ITEM}")
    for _ in range(80):
        page.keyboard.press("Tab")
        if "行政处罚决定书" in page.evaluate(
            "document.activeElement.matches('summary') ? document.activeElement.innerText : ''"
        ):
            break
    page.keyboard.press("Enter")
    assert page.get_by_text("向示例市人民政府申请").first.is_visible()


def test_without_script_by_the_list(opened):
    page = opened("", java_script_enabled=False)
    page.click("text=看整张清单")
    page.click(".qz-family a:has-text('权责清单')")
    page.click(f"table a:has-text('{TRAINING}')")
    page.wait_for_url(f"**/{ITEM}")
    page.click("summary:has-text('行政处罚决定书')")
    assert page.get_by_text("向示例市人民政府申请").first.is_visible()
    page.goto("search/")
    assert "需要打开 JavaScript" in page.inner_text("body")
    assert page.is_visible(f".qz-body a[href$='{LIST}']")


@pytest.mark.parametrize("viewport", [WIDE, NARROW])
def test_in_elder_mode(opened, viewport):
    page = opened("", viewport=viewport)
    page.click("[data-qz-elder]")
    page.click(".qz-examples a:has-text('没培训')")
    assert TRAINING in answered(page)
    assert sideways(page) <= 0
    page.click(f".qz-hit a:has-text('{TRAINING}')")
    page.wait_for_url(f"**/{ITEM}")
    page.click("summary:has-text('行政处罚决定书')")
    assert page.get_by_text("向示例市人民政府申请").first.is_visible()
    assert sideways(page) <= 0


# --- nothing jumps


@pytest.mark.parametrize("viewport", [WIDE, NARROW])
@pytest.mark.parametrize("days", [0, 200])
def test_what_scripts_add_moves_nothing(opened, example, viewport, days):
    page = opened("404.html", viewport=viewport)
    built = re.search(r'data-qz-at="([^"]+)"', (example / "site" / ITEM / "index.html").read_text(encoding="utf-8"))
    page.clock.set_fixed_time(datetime.fromisoformat(built[1]) + timedelta(days=days))
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => { for (const one of list.getEntries()) "
        "window.moved += one.value }).observe({ type: 'layout-shift', buffered: true })"
    )
    moved = {}
    for address in ("", LIST, ITEM, "search/", "notice/", f"search/#q={quote('没培训')}"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        moved[address] = page.evaluate("window.moved")
    assert {address: far for address, far in moved.items() if far >= 0.02} == {}
