"""A power's page in a browser: what a person with a notice in hand gets done, with and without script."""

from __future__ import annotations

import datetime
import re
from functools import partial

import pytest
from tests.browser.browsing import NARROW, WIDE, opening, sideways, violations

A4 = {"width": 680, "height": 1009}
"""What an A4 page with margins of 15 mm has room for, in CSS pixels."""
PENALTY, LICENCE, LAW = "items/xzcf-012/", "items/xzxk-005/", "laws/an-quan-sheng-chan-fa/"
SHEET = f"{PENALTY}#sheet"
OPEN = """
for (const one of document.querySelectorAll(".qz-body details")) { one.removeAttribute("name"); one.open = true; }
"""
"""Opens everything."""
CHECKED = "截至 2026-06-05；最近一次核对 2024-11-20"
BUILT = datetime.datetime(2026, 6, 5, 12, tzinfo=datetime.UTC)


@pytest.fixture(name="opened")
def _opened(browser, root):
    """Open pages on the day of the build."""
    with opening(browser, root, timezone_id="Asia/Shanghai") as opened:
        yield partial(opened, day=BUILT)


# --- the reader's own day


def test_on_the_day_of_the_build_nothing_has_changed(opened):
    page = opened(PENALTY)
    assert page.inner_text(".qz-asof") == f"{CHECKED}今天 2026-06-05"
    assert page.locator(".qz-today--loud").count() == 0


def test_a_stale_page_says_so(opened):
    page = opened(PENALTY, day=BUILT + datetime.timedelta(days=1200))
    assert "今天 2029-09-17，此后过了 1200 天；超过 1095 天没有核对，请以正式公布的为准" in page.inner_text(".qz-asof")


def test_a_clock_that_runs_behind_claims_nothing(opened):
    page = opened(PENALTY, day=BUILT - datetime.timedelta(days=30))
    assert page.inner_text(".qz-asof") == CHECKED


def test_a_date_that_came_meanwhile_is_marked(opened):
    page = opened(PENALTY)
    span = page.locator(".qz-laws li span").nth(1)
    span.evaluate("e => { e.dataset.qzSpan = '/2026-06-15'; e.dataset.qzWords = '尚未施行 现行 已有变化'; }")
    page.clock.set_fixed_time(BUILT + datetime.timedelta(days=20))
    page.evaluate("delete globalThis.quanze['item.js']")
    page.add_script_tag(url="../../assets/quanze/item.js?again")
    span.locator(".qz-today").wait_for()
    assert span.inner_text().endswith("今天：已有变化")
    assert "其间有日期已到" in page.inner_text(".qz-asof")


def test_without_script_it_says_as_of_when(opened):
    page = opened(PENALTY, java_script_enabled=False)
    assert page.inner_text(".qz-asof") == CHECKED
    assert not page.locator("[data-qz-copy]").is_visible()
    assert page.locator("text=打印一页纸").is_visible()


# --- what to do


@pytest.mark.parametrize("script", [True, False])
def test_the_paper_in_hand_opens_with_and_without_script(opened, script):
    page = opened(PENALTY, java_script_enabled=script)
    page.click("summary:has-text('行政处罚告知书')")
    assert page.locator(".qz-paper >> text=告知后五个工作日内").first.is_visible()
    page.click("summary:has-text('行政处罚决定书')")
    assert page.locator("text=收到决定书之日起十五日内").first.is_visible()
    assert not page.locator(".qz-paper >> text=告知后五个工作日内").first.is_visible()


def test_the_papers_open_by_keyboard(opened):
    page = opened(PENALTY)
    page.focus("summary:has-text('行政处罚决定书')")
    page.keyboard.press("Enter")
    assert page.locator("text=向示例市人民政府申请").first.is_visible()


def test_an_article_of_the_remedies_leads_to_its_place_in_the_law(opened):
    page = opened(PENALTY)
    page.click("summary:has-text('行政处罚告知书')")
    page.click("details a:has-text('《行政处罚法》第四十五条')")
    page.wait_for_url("**/laws/xing-zheng-chu-fa-fa/#t45")
    assert page.locator("#t45").is_visible()


def test_an_article_that_nothing_rests_on_is_found_too(opened):
    page = opened("laws/xing-zheng-su-song-fa/#t18")
    assert page.locator("#t18").count() == 1


# --- the address and the sheet


def test_the_address_is_copied(opened):
    page = opened(PENALTY, permissions=["clipboard-read", "clipboard-write"])
    page.click("[data-qz-copy]")
    page.wait_for_selector("text=已复制")
    assert page.evaluate("navigator.clipboard.readText()") == "https://shili.example/items/xzcf-012/"


def test_the_sheet_prints(opened):
    page = opened(PENALTY)
    assert not page.locator("#sheet").is_visible()
    page.evaluate("window.print = () => { window.printed = document.querySelector('#sheet:target') }")
    page.click("text=打印一页纸")
    assert page.evaluate("Boolean(window.printed)")
    page.click("text=回到页首")
    assert not page.locator("#sheet").is_visible()


def test_the_sheet_is_found_without_script(opened):
    page = opened(PENALTY, java_script_enabled=False)
    page.click("text=打印一页纸")
    page.wait_for_url(f"**/{SHEET}")
    assert page.locator(".qz-qr").is_visible()


def test_every_sheet_is_one_a4_page(opened, example):
    page = opened("", viewport=A4)
    page.emulate_media(media="print")
    pages = [path.parent.name for path in (example / "site/items").glob("*/index.html")]
    high = {}
    for name in pages:
        page.goto(f"items/{name}/#sheet")
        high[name] = page.evaluate("document.documentElement.scrollHeight")
    assert len(high) > 30
    assert {name: height for name, height in high.items() if height > A4["height"]} == {}


def test_the_sheet_has_the_main_points_and_no_more(opened):
    page = opened(SHEET)
    page.emulate_media(media="print")
    heads = page.locator(".qz-power h2:visible").all_inner_texts()
    assert heads == ["法定幅度，不是本案结果", "依据什么", "谁来管", "能做什么，到什么时候"]
    shown = [
        ".qz-disclaimer",
        "h1",
        ".qz-first",
        ".qz-qr",
        ".qz-sentence",
        ".qz-brief",
        ".qz-sheet .qz-address",
    ]
    assert [name for name in shown if not page.locator(name).is_visible()] == []
    assert page.locator(":is(.qz-noprint, .qz-offsheet):visible").count() == 0


def test_the_whole_page_prints_without_what_is_the_sheets(opened):
    page = opened(PENALTY)
    page.emulate_media(media="print")
    assert page.locator("h2:visible").count() > 6
    assert not page.locator("#sheet").is_visible()
    bottom = "one => document.querySelector(one).getBoundingClientRect().bottom"
    assert page.evaluate(bottom, ".md-main") - page.evaluate(bottom, ".qz-about") < 1


@pytest.mark.parametrize("address", ["items/xzcf-012/", "items/xzcf-903/", LICENCE])
def test_the_whole_page_is_three_pages_of_pdf_at_most(opened, address):
    page = opened(address)
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 3


def test_what_to_do_is_five_tabs_from_the_top(opened):
    page = opened(PENALTY)
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.hash") == "#todo":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/#todo")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('.qz-todo'))")


@pytest.mark.parametrize("address", ["items/xzcf-005/#sheet", "items/xzcf-025/#sheet", f"{LICENCE}#sheet"])
def test_the_sheet_is_one_page_of_pdf(opened, address):
    page = opened(address)
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


@pytest.mark.parametrize(("scheme", "tint"), [("light", "rgb(255, 233, 168)"), ("dark", "rgb(92, 74, 0)")])
def test_what_is_cited_of_a_provision_is_tinted_as_what_is_found(opened, scheme, tint):
    page = opened(PENALTY, color_scheme=scheme)
    quote = "<details class='qz-quote' open><summary>条文</summary><p>本条<mark>第二款</mark></p></details>"
    page.evaluate("html => document.querySelector('#basis').insertAdjacentHTML('afterend', html)", quote)
    style = "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]"
    ground, ink = page.locator(".qz-quote mark").evaluate(style)
    assert ground == tint
    assert ink == page.locator(".qz-quote p").evaluate("one => getComputedStyle(one).color")


# --- for everyone


@pytest.mark.parametrize("address", [PENALTY, LICENCE, SHEET, LAW, "search/", "notice/"])
@pytest.mark.parametrize(("viewport", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_what_opens_is_for_everyone_too(opened, looks, address, viewport, scheme):
    page = opened(address, viewport=viewport, color_scheme=scheme)
    page.evaluate(OPEN)
    assert sideways(page) <= 0
    assert violations(page, looks) == []
