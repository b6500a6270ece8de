"""The site's past in a browser: a small register with two editions, built by the real frame."""

from __future__ import annotations

import pytest
from tests import project
from tests.browser.browsing import NARROW, WIDE, opening, origin, serving, sideways, violations
from tests.repository import Repository
from tests.small_register import INSPECTION, LIST, LIST_ID, PENALTY

PAGES = (
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
def test_every_page_of_the_past_is_for_everyone(page, address, viewport):
    page.set_viewport_size(viewport)
    page.goto(address)
    assert sideways(page) == 0
    assert violations(page) == []


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2024-01-09", "2024-01-09：还没有生效的版本。本站最早的一版 2024-01-10 起有效"),
        ("2024-01-10", "2024-01-10：有效的是 2024-01-10 起的这一版（2024-01-10 记录）。此后又有 1 次变化"),
        ("2024-05-31", "2024-05-31：有效的是 2024-01-10 起的这一版（2024-01-10 记录）。此后又有 1 次变化"),
        ("2024-06-01", "2024-06-01：有效的是 2024-06-01 起的这一版（2024-05-01 记录）。此后没有变化"),
    ],
)
def test_a_reader_picks_a_day(page, day, says):
    page.goto("items/xzcf-001/")
    page.fill(".qz-when input", day)
    assert page.inner_text(".qz-when output").startswith(says)
    assert page.locator("[data-later]").count() == {"2024-01-09": 2, "2024-06-01": 0}.get(day, 1)


def test_an_ended_item_says_so_from_its_last_day(page):
    page.goto("items/xzjc-001/")
    page.fill(".qz-when input", "2024-05-31")
    assert "有效的是" in page.inner_text(".qz-when output")
    page.fill(".qz-when input", "2024-06-01")
    assert "已终止（2024-06-01 起，状态：取消）" in page.inner_text(".qz-when output")


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
