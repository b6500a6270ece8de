"""Without a network: from the copy that the browser kept, and from a folder opened by a double click."""

from __future__ import annotations

import os
from urllib.parse import quote

import pytest
from tests.browser.browsing import opening, origin, serving, wait_until


@pytest.fixture(name="kept")
def _kept(browser, example):
    """A page whose browser has kept the site, with what ends the server.

    The pages are old: a browser takes such a one for fresh, and would not ask the network again by itself.
    """
    for page in (example / "site").rglob("*.html"):
        os.utime(page, (1_700_000_000, 1_700_000_000))
    with serving(example / "site") as server:
        context = browser.new_context(base_url=origin(server))
        page = context.new_page()
        page.goto("")
        wait_until(page, "navigator.serviceWorker.controller !== null")
        yield page, context
        context.close()


def test_the_site_is_kept_and_says_of_which_day_the_copy_is(kept):
    page, context = kept
    page.goto("items/xzcf-012/")
    assert page.locator(".qz-offline").count() == 0
    wait_until(page, "caches.match(location.href).then(Boolean)")
    context.set_offline(True)
    page.goto("items/xzcf-012/")
    told = page.inner_text(".qz-offline")
    assert told.startswith("没有连上网站，这是 20")
    assert "资料截至 20" in told
    page.goto("search/#q=" + quote("没培训"))
    page.locator(".qz-hit").first.wait_for()
    page.goto("notice/")
    page.fill("textarea", "依据《安全生产法》第九十七条第三项")
    page.get_by_text("认出 1 处").wait_for()
    page.goto("items/xzcf-015/")
    assert "没有存在本机" in page.inner_text("body")


def test_the_page_that_one_came_to_first_is_kept_too(browser, example):
    with serving(example / "site") as server:
        context = browser.new_context(base_url=origin(server))
        page = context.new_page()
        page.goto("items/xzcf-012/#law")
        wait_until(page, "navigator.serviceWorker.controller !== null")
        context.set_offline(True)
        page.goto("about:blank")
        page.goto("items/xzcf-012/")
        assert page.inner_text(".qz-offline").startswith("没有连上网站，这是 20")
        context.close()


def test_search_lists_and_notice_work_from_a_folder(browser, example):
    root = (example / "site").as_uri() + "/"
    with opening(browser, root) as opened:
        page = opened(f"{root}index.html")
        page.get_by_role("link", name="查通知书").first.click()
        page.fill("textarea", "依据《安全生产法》第九十七条第三项，罚款 2 万元")
        page.get_by_text("通知书写的 2 万元在法定幅度内").first.wait_for()
        page.goto(f"{root}search/index.html#q=" + quote("饭馆煤气没装报警器"))
        page.locator(".qz-hit a").first.click()
        page.wait_for_url("**/items/xzcf-903/index.html")
        page.goto(f"{root}lists/quan-ze-qing-dan/index.html")
        page.get_by_role("button", name="更多筛选").click()
        page.locator("summary", has_text="罚款上限").click()
        page.get_by_label("10万元以上").check()
        page.get_by_text("符合", exact=False).first.wait_for()
