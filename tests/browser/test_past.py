"""The site's past in a browser: a small register with two editions, built by the real frame."""

from __future__ import annotations

import pytest
from tests import project
from tests.browser.browsing import NARROW, WIDE, opening, origin, serving, sideways, violations
from tests.repository import Repository
from tests.small_register import INSPECTION, LIST, LIST_ID, PENALTY

PAGES = (
    "compare/",
    "changes/",
    "items/xzcf-001/",
    "items/xzjc-001/",
    f"lists/{LIST_ID}/",
    f"lists/{LIST_ID}/print/",
    f"lists/{LIST_ID}/2024-01/",
    f"lists/{LIST_ID}/2025-01/",
    f"changes/{LIST_ID}/2024-01/",
    f"changes/{LIST_ID}/2025-01/",
)


def edit(repository, path, *pairs):
    text = (repository.root / path).read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    repository.write(path, text)


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory):
    """A project of three commits whose site is built and sealed, and so has no dead link."""
    folder = project.copy(tmp_path_factory.mktemp("past"))
    repository = Repository(folder)
    repository.write(".gitignore", "/.cache/\n/site*/\n")
    repository.commit("2024-01-10", author="提交人甲")
    repository.git("tag", "v2024")
    edit(repository, "catalog/site.yaml", ("本机关:", "网址: https://quanze.example/\n本机关:"))
    edit(repository, PENALTY, ("条: 28, 款: 1", "条: 28, 款: 4"), ("状态: 有效", "状态: 有效\n生效日期: 2024-06-01"))
    edit(repository, INSPECTION, ("状态: 有效", "状态: 取消\n终止日期: 2024-06-01\n终止原因: 依据废止"))
    repository.commit("2024-05-01", author="提交人乙")
    repository.git("tag", "v2025")
    editions = "".join(
        f'  - {{编号: {year}-01, 名称: {year}年版（演示）, 公布日期: "{year}-01-15", 标签: v{year}}}\n'
        for year in (2024, 2025)
    )
    edit(repository, LIST, ("短列:", f"版次:\n{editions}短列:"))
    repository.commit("2025-02-01", author="提交人丙")
    project.build(folder, "site.new")
    done = project.run(folder, "quanze", "seal", "site.new", "site", "--at", project.DAY)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(name="page", scope="module")
def _page(browser, folder):
    with serving(folder / "site") as server, opening(browser, origin(server)) as opened:
        yield opened()


@pytest.mark.parametrize("viewport", [WIDE, NARROW])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_the_past_is_for_everyone(page, looks, address, viewport):
    page.set_viewport_size(viewport)
    page.goto(address)
    assert sideways(page) == 0
    assert violations(page, looks) == []


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2024-01-09", "2024-01-09：本站还没有这条记录。最早的一版 2024-01-10 起有效"),
        ("2024-01-10", "2024-01-10：有效的是 2024-01-10 起的这一版（2024-01-10 记录）。此后又有 1 次变化"),
        ("2024-05-31", "2024-05-31：有效的是 2024-01-10 起的这一版（2024-01-10 记录）。此后又有 1 次变化"),
        ("2024-06-01", "2024-06-01：有效的是 2024-06-01 起的这一版（2024-05-01 记录）。此后没有变化"),
        ("2999-01-01", "2999-01-01 还没有到：到那时的内容，现在还不知道"),
    ],
)
def test_a_reader_picks_a_day(page, day, says):
    page.goto("items/xzcf-001/")
    page.fill(".qz-when input", day)
    assert page.inner_text(".qz-when output").startswith(says)
    assert page.locator("[data-later]").count() == {"2024-01-09": 2, "2024-06-01": 0, "2999-01-01": 0}.get(day, 1)


def test_an_ended_item_says_so_from_its_last_day(page):
    page.goto("items/xzjc-001/")
    page.fill(".qz-when input", "2024-05-31")
    assert "有效的是" in page.inner_text(".qz-when output")
    page.fill(".qz-when input", "2024-06-01")
    assert "已终止（2024-06-01 起，状态：取消）" in page.inner_text(".qz-when output")


def test_an_address_names_a_version_and_the_way_back(page, looks):
    page.goto("items/xzcf-001/")
    page.fill(".qz-when input", "2024-01-10")
    page.click(".qz-when output a")
    page.wait_for_selector(".qz-old dl")
    assert page.inner_text(".qz-old__said").startswith("这是旧版，不是现在的文字：2024-01-10 记录（新增）")
    assert not page.is_visible("#basis")
    changed = page.locator(".qz-old__row--changed dt").all_inner_texts()
    assert changed == ["实施依据"]
    assert violations(page, looks) == []
    page.click("text=看现在的")
    assert page.locator(".qz-old").count() == 0
    assert page.is_visible("#basis")


def test_the_address_of_the_newest_version_says_that_it_is_the_newest(page):
    page.goto("items/xzcf-001/")
    commit = page.get_attribute(".qz-versions > li", "data-commit")
    page.goto(f"items/xzcf-001/#v={commit}")
    assert "就是现在的文字" in page.inner_text(".qz-old")
    page.goto("items/xzcf-001/#v=0123456789ab")
    page.wait_for_selector("text=没有改过这条记录")
    assert page.is_visible("#basis")


def test_two_versions_two_records_and_two_editions_stand_side_by_side(page, looks):
    page.set_viewport_size(WIDE)
    page.goto("items/xzcf-001/")
    old = page.get_attribute(".qz-versions > li:last-child", "data-commit")
    page.click("text=与另一天、另一条对照")
    page.select_option("#qz-version-a", old)
    page.wait_for_selector(".qz-beside")
    assert page.locator(".qz-beside tbody th").all_inner_texts() == ["生效日期", "实施依据"]
    page.fill("#qz-side-b", "监督检查")
    page.click(".qz-compare__offers button:has-text('监督检查')")
    page.wait_for_selector("text=对生产经营单位的监督检查（现在的）")
    assert page.url.endswith(f"#a=items/xzcf-001@{old}&b=items/xzjc-001")
    page.set_viewport_size({"width": 740, "height": 900})
    assert sideways(page) <= 0
    assert violations(page, looks) == []
    page.set_viewport_size(WIDE)
    page.goto(f"compare/#a=lists/{LIST_ID}")
    page.select_option("#qz-version-a", label="2024年版（演示）（2024-01-10 记录）")
    page.wait_for_selector(".qz-beside")
    assert page.locator(".qz-beside tbody tr").count() > 0


def test_on_a_phone_what_is_chosen_is_folded_and_the_differences_are_in_sight(page):
    page.set_viewport_size(NARROW)
    page.goto("items/xzcf-001/")
    old = page.get_attribute(".qz-versions > li:last-child", "data-commit")
    page.goto("compare/#a=items/xzcf-001")
    page.focus("#qz-version-a")
    page.select_option("#qz-version-a", old)
    page.wait_for_selector(".qz-beside")
    assert page.evaluate("document.querySelector('.qz-beside').getBoundingClientRect().top") < 700
    assert page.evaluate("document.activeElement.matches('.qz-compare__side > summary')")
    place = "one => [getComputedStyle(one, '::before').position, getComputedStyle(one).paddingLeft]"
    assert page.locator(".qz-beside td").first.evaluate(place) == ["static", "0px"]
    page.locator(".qz-compare__side summary").last.click()
    page.fill("#qz-side-b", "监督检查")
    page.click(".qz-compare__offers button:has-text('监督检查')")
    page.wait_for_url("**b=items/xzjc-001")
    page.locator(".qz-compare__side[open]").first.wait_for(state="detached")


def test_versions_are_read_from_a_folder_too(browser, folder):
    page = browser.new_page()
    site = (folder / "site").as_uri()
    page.goto(f"{site}/items/xzcf-001/index.html")
    old = page.get_attribute(".qz-versions > li:last-child", "data-commit")
    page.goto(f"{site}/compare/index.html#a=items/xzcf-001@{old}&b=items/xzcf-001")
    page.wait_for_selector(".qz-beside")
    page.close()


def test_a_cleared_day_clears_the_marks(page):
    page.goto("items/xzcf-001/")
    page.fill(".qz-when input", "2024-01-10")
    page.fill(".qz-when input", "")
    assert page.inner_text(".qz-when output") == ""
    assert page.locator("[data-later], [data-chosen]").count() == 0


def test_the_annex_prints_on_landscape_pages_with_its_head_and_notice(page):
    page.goto(f"lists/{LIST_ID}/print/")
    page.emulate_media(media="print")
    head = "getComputedStyle(document.querySelector('.qz-annex__table thead')).display"
    assert page.evaluate(head) == "table-header-group"
    assert page.evaluate("getComputedStyle(document.body).page") == "annex"
    assert page.is_visible(".qz-disclaimer")
    page.emulate_media(media="screen")


def test_nobody_who_committed_is_named_anywhere(folder):
    told = [
        path
        for path, content in project.files(folder / "site").items()
        if any(name.encode() in content for name in ("提交人甲", "提交人乙", "提交人丙", "test@example.org"))
    ]
    assert told == []
