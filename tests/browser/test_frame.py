"""The site's frame in a browser: every kind of page, below a sub-path, for everyone."""

from __future__ import annotations

from typing import NamedTuple
from urllib.request import urlopen

import pytest
from lxml import html
from tests.browser.browsing import NARROW, WIDE, laid_out, opening, origin, serving, sideways, violations

SEALED = ("manifest.json", "manifest.json.sha256")
"""Written when a finished site is sealed, after the build."""
TWICE = {"width": 188, "height": 406}
"""A telephone whose user has the letters twice as large."""
TABLET = {"width": 768, "height": 1024}
ITEM, LIST = "items/xzcf-008/", "lists/quan-ze-qing-dan/"


@pytest.fixture(name="site", scope="module")
def _site(example):
    return example / "site"


@pytest.fixture(name="root", scope="module")
def _root(site, tmp_path_factory):
    """The address of the site as a column of a portal."""
    top = tmp_path_factory.mktemp("www")
    (top / "zwgk").mkdir()
    (top / "zwgk/quanze").symlink_to(site)
    with serving(top) as server:
        yield f"{origin(server)}zwgk/quanze/"


@pytest.fixture(name="kinds", scope="module")
def _kinds(site):
    """The longest page of each kind, by its address: records by collection, guides, lists and tools each."""
    longest = {}
    for file in site.rglob("index.html"):
        address = file.parent.relative_to(site).as_posix().removeprefix(".")
        parts = address.split("/")
        whole = parts[0] == "guide" or (parts[0] == "lists" and len(parts) == 2)
        kind = parts if whole else [parts[0], *("" for _ in parts[1:2]), *parts[2:]]
        found = file.stat().st_size, f"{address}/".lstrip("/")
        longest[tuple(kind)] = max(found, longest.get(tuple(kind), found))
    return sorted(address for _, address in longest.values())


class Seen(NamedTuple):
    """What was found on a page, looked at on a desk."""

    faults: list[str]
    links: list[str]
    dead: list[str]
    disclaimer: float
    """How far below the window's top it stands."""


@pytest.fixture(name="desk", scope="module")
def _desk(browser, root, kinds, looks):
    """Every kind of page opened once: all that axe knows, in daylight; in the dark, what colours change."""
    with opening(browser, root, viewport=WIDE) as opened:
        page = opened()
        return {address: _looked_at(page, address, looks) for address in kinds}


def _looked_at(page, address, looks):
    page.emulate_media(color_scheme="light")
    page.goto(address)
    links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href.split('#')[0])")
    dead = page.eval_on_selector_all(
        "a[href^='#']:not([href^='#v='])",  # that one leads to an older version, which script shows
        "links => links.map(a => a.hash.slice(1)).filter(id => !document.getElementById(id))",
    )
    disclaimer = page.locator(".qz-disclaimer").bounding_box()["y"]
    faults = [*sidelong(page), *violations(page, looks)]
    page.emulate_media(color_scheme="dark")
    faults += violations(page, looks, rest=False)
    resized(page)
    faults += sidelong(page)
    resized(page)
    return Seen(faults, links, dead, disclaimer)


def test_every_kind_of_page_is_for_everyone(desk):
    assert {address: seen.faults for address, seen in desk.items() if seen.faults} == {}


def test_every_kind_of_page_is_for_everyone_on_a_telephone(opened, site, kinds, looks):
    """What else is laid out otherwise; its colours are the same, and larger letters need less contrast, not more.

    What axe knows of a page was asked on a desk. How it is laid out hangs on its classes: a page is asked again if it
    has one that none before had, the longest first, and any for what hangs on its width alone. Nothing is lost in the
    quarter of a window that is left at four times the size, nor on a telephone at twice.
    """
    page = opened()
    found, known = {}, set()
    for address in sorted(kinds, key=lambda address: -(site / address / "index.html").stat().st_size):
        page.set_viewport_size(NARROW)
        page.goto(address)
        faults = sidelong(page)
        classes = {*page.evaluate("[...document.querySelectorAll('[class]')].flatMap(one => [...one.classList])")}
        if classes - known:
            known |= classes
            faults += violations(page, looks, contrast=False)
        else:
            faults += laid_out(page)
        for _ in ("elder", "usual"):
            resized(page)
            for viewport in (TWICE, {"width": 320, "height": 256}, TABLET, NARROW):
                page.set_viewport_size(viewport)
                faults += sidelong(page)
        if faults:
            found[address] = faults
    assert found == {}


def sidelong(page):
    wide = sideways(page)
    return [f"左右要滚动 {wide} 像素"] if wide else []


def resized(page):
    """Press the button for large letters without a pointer: that a pointer reaches it is a test of its own."""
    page.evaluate("document.querySelector('[data-qz-elder]').click()")


def test_every_link_leads_somewhere_below_a_sub_path(desk, root):
    links = {link: address for address, seen in desk.items() for link in seen.links}
    inside = {link: address for link, address in links.items() if link.startswith(root)}
    outside = {link for link in links if link.startswith(root.partition("/zwgk")[0])} - inside.keys()
    assert outside == set()
    assert {link: address for link, address in inside.items() if not (found(link) or link.endswith(SEALED))} == {}


def found(link):
    """Tell whether the server has a file at an address."""
    try:
        with urlopen(link) as answer:
            return bool(answer.read())
    except OSError:
        return False


def test_every_anchor_on_a_page_is_there(desk):
    assert {address: seen.dead for address, seen in desk.items() if seen.dead} == {}


def test_every_page_says_first_that_it_is_a_demonstration(desk, opened, kinds, site):
    assert {seen.disclaimer for seen in desk.values()} == {0}
    for address in kinds:
        page = html.parse(site / address / "index.html")
        (disclaimer,) = page.xpath('//*[@class="qz-disclaimer"]')
        assert disclaimer.text_content().strip().startswith("【虚构示例】示例市应急管理局并不存在"), address
        assert page.findtext(".//title").startswith("【虚构示例】"), address
        assert page.xpath('//meta[@name="robots"]/@content') == ["noindex"], address
    page = opened(java_script_enabled=False)
    for address in ("", ITEM, LIST):
        page.goto(address)
        assert page.locator(".qz-disclaimer").bounding_box()["y"] == 0, address


def test_the_notice_stays_in_elder_mode_and_in_print(opened):
    page = opened()
    page.goto(ITEM)
    page.click("[data-qz-elder]")
    assert page.is_visible(".qz-disclaimer")
    page.emulate_media(media="print")
    assert page.is_visible(".qz-disclaimer")
    assert not page.is_visible(".qz-header")


def test_elder_mode_is_one_click_and_remembered(opened):
    page = opened()
    page.goto(ITEM)
    plain = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.click("[data-qz-elder]")
    page.goto(LIST)
    small = "parseFloat(getComputedStyle(document.querySelector('.qz-crumbs')).fontSize)"
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 20 > plain
    assert page.evaluate(small) >= 18
    page.click("[data-qz-elder]")
    page.reload()
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == plain


def test_elder_mode_is_there_before_the_body(opened):
    page = opened()
    page.goto("")
    page.click("[data-qz-elder]")
    page.add_init_script(
        "new MutationObserver((_, it) => { if (document.body) { window.early = document.documentElement.className; "
        "it.disconnect() } }).observe(document, { childList: true, subtree: true })"
    )
    page.goto(ITEM)
    assert page.evaluate("window.early") == "js qz-elder"


def test_dark_follows_the_system_until_the_reader_chooses(opened):
    page = opened(color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    page.goto("")
    dark = page.evaluate(ground)
    page.click("[data-qz-scheme]")
    page.reload()
    assert page.evaluate(ground) == "rgb(255, 255, 255)" != dark
    page.click("[data-qz-scheme]")
    page.emulate_media(color_scheme="light")
    assert page.evaluate(ground) == dark


def test_the_skip_link_is_first_and_leads_to_the_content(opened):
    page = opened()
    page.goto(ITEM)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到“怎么办”"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("address", ["", LIST, ITEM, "guide/clerk/"])
def test_the_focus_is_always_visible(opened, address):
    page = opened()
    page.goto(address)
    unseen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        style = "e => [getComputedStyle(e).outlineStyle, parseFloat(getComputedStyle(e).outlineWidth), e.outerHTML]"
        kind, width, html = page.evaluate(f"({style})(document.activeElement)")
        if html.startswith("<body"):
            break
        if kind == "none" or width < 2:
            unseen.append(html[:120])
    assert unseen == []


def test_the_menu_opens_and_closes_by_keyboard(opened):
    page = opened(viewport=NARROW)
    page.goto(ITEM)
    assert not page.is_visible(".qz-nav")
    page.focus("[data-qz-menu]")
    page.keyboard.press("Enter")
    assert page.get_attribute("[data-qz-menu]", "aria-expanded") == "true"
    page.focus(".qz-drop summary")
    page.keyboard.press("Enter")
    assert page.is_visible(".qz-drop a")
    page.keyboard.press("Escape")
    assert not page.is_visible(".qz-drop a")
    assert page.evaluate("document.activeElement.textContent") == "清单"


def test_the_menu_says_where_one_is(opened):
    page = opened()
    page.goto("guide/clerk/")
    assert page.eval_on_selector_all(".qz-nav [aria-current]", "all => all.map(e => e.textContent)") == ["指南"]
    page.goto(LIST)
    assert page.locator(".qz-nav [aria-current]").count() == 1
    assert page.get_attribute(f".qz-nav a:is([href$='{LIST}'], [data-qz-holds*='{LIST}'])", "aria-current")


def test_lists_and_records_are_whole_without_script(opened, site):
    page = opened(java_script_enabled=False, viewport=NARROW)
    page.goto(LIST)
    total = int(page.get_attribute(".qz-list", "data-total"))
    assert page.locator(".qz-table tbody tr:visible").count() == total > 20
    page.click(".qz-table tbody tr:last-child a")
    page.wait_for_url("**/items/*/")
    assert page.is_visible("h1")
    assert page.is_visible(".qz-nav a[href$='search/']") or page.is_visible(".qz-box__link")
    assert not page.is_visible("[data-qz-elder]")
    assert page.locator(".qz-footer noscript p").is_visible()
    assert (site / "404.html").exists()


def test_a_row_begins_with_its_title_on_a_telephone(opened):
    """The title takes the whole width, the other cells stand in lines below it; nothing lies beyond the window."""
    page = opened(viewport=NARROW)
    page.goto(LIST)
    row = page.locator(".qz-table tbody tr").first
    boxes = [cell.bounding_box() for cell in row.locator("th, td").all()]
    assert all(box["x"] + box["width"] <= NARROW["width"] for box in boxes)
    title, *others = sorted(boxes, key=lambda box: box["y"])
    assert title["width"] > 0.9 * NARROW["width"]
    assert others
    assert all(box["y"] >= title["y"] + title["height"] for box in others)
