"""Takes the pictures of the clerk's guide from a small fictitious register: its forms and an answer of its inbox.

Run it as `python -m tests.guide_pictures`; it needs Debian's Chromium and Playwright.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner
from markdown import Markdown
from openpyxl import Workbook
from tests.browser.browsing import chromium, origin, serving
from tests.editing import BODY, INSPECTION, made
from tests.project import DAY, ROOT
from tests.small_register import Register

from quanze import cli

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

FOLDER = ROOT / "src/quanze/frame/guide"
WIDTH = 480
"""CSS pixels: a phone shows such a picture large enough to be read."""
ABOVE, BELOW = 4, 12
"""CSS pixels around what a picture shows: what stands above it begins close by."""
_CHINESE = """() => {
  for (const day of document.querySelectorAll('input[type=date]')) {
    const shown = day.value.replaceAll('-', '/');
    day.type = 'text';
    day.value = shown;
  }
  scrollTo({ top: 0, behavior: 'instant' });
}"""
"""A browser in Chinese shows days so; the one that takes the pictures knows American alone."""
LAW = "laws/mei-kuang-an-quan-sheng-chan-tiao-li"
ANSWER = "edit-import"
"""The picture of what an import answers."""
_SHEET = (
    ("事项名称", "职权类型", "实施依据", "启用状态"),
    ("对生产经营单位应急预案的检查", "行政检查", "《安全生产法》第六十五条第一款第一项", "启用"),
    ("对未按照规定报告的检查", "行政检查", "《示例县渡口管理办法》第三条", "停用"),
)
_STYLE = "body{font:16px/1.6 sans-serif;margin:12px;overflow-wrap:anywhere}h2{font-size:18px}li{margin:6px 0}"
MOST = 130_000
"""A picture may have so many bytes."""


def field(page: Page, path: str) -> object:
    """Return the control of a field."""
    return page.locator(f"[data-path='{path}']").locator("input, select, textarea").first


def telephone(page: Page) -> None:
    """Correct a number."""
    field(page, '["电话",0,"号码"]').fill("0990-7654321")


def end(page: Page) -> None:
    """End an item."""
    field(page, '["状态"]').select_option("取消")
    field(page, '["终止日期"]').fill("2026-06-01")
    field(page, '["终止原因"]').fill("依据废止")


def basis(page: Page) -> None:
    """Change a basis."""
    field(page, '["实施依据",0]').fill("《安全生产法》第六十六条")


def begin(page: Page) -> None:
    """Begin an item."""
    field(page, '["事项名称"]').fill("对生产经营单位应急预案的检查")
    field(page, '["职权类型"]').select_option("行政检查")


def tier(page: Page) -> None:
    """Add a tier."""
    page.get_by_role("button", name="添加一条阶次").click()


def version(page: Page) -> None:
    """Begin another version of a law."""
    page.get_by_role("button", name="添加一条版本").click()


def nothing(_page: Page) -> None:
    """Leave the form as it is."""


PICTURES: dict[str, tuple[str, Callable[[Page], None], str, str]] = {
    "edit-phone": (BODY, telephone, ".qz-edit__result h2", ".qz-edit__buttons"),
    "edit-new": ("items/new", begin, "h1", "[data-path='[\"职权类型\"]']"),
    "edit-end": (INSPECTION, end, "[data-path='[\"状态\"]']", "[data-path='[\"终止原因\"]']"),
    "edit-basis": (INSPECTION, basis, "[data-path='[\"实施依据\"]']", "[data-path='[\"实施依据\"]']"),
    "edit-tier": ("benchmarks/cljz-001", tier, "[data-path='[\"阶次\",2]']", "[data-path='[\"阶次\"]']"),
    "edit-law": (LAW, version, "[data-path='[\"版本\"]']", "[data-path='[\"版本\"]']"),
    "edit-check": (INSPECTION, nothing, ".qz-edit__problems", ".qz-edit__problems"),
}
"""Name → (which form, what is done in it, what the picture begins and ends with: whole rows)."""


def taken(page: Page, first: str, last: str) -> bytes:
    """Return what stands from the top of one element to the bottom of another, with a margin."""
    above, below = (page.locator(one).first.bounding_box() for one in (first, last))
    assert above
    assert below
    top = above["y"] - ABOVE
    height = below["y"] + below["height"] + BELOW - top
    return page.screenshot(full_page=True, clip={"x": 0, "y": top, "width": WIDTH, "height": height})


def answered(folder: Path) -> str:
    """Return as HTML what the inbox answers to a workbook."""
    register = Register(folder / "project")
    book = Workbook()
    for row in _SHEET:
        book.active.append(row)
    (register.root / "inbox").mkdir()
    book.save(register.root / "inbox/权责清单.xlsx")
    register.commit("2026-11-02", "上传权责清单")
    words = ["inbox", "--root", str(register.root), "-o", str(folder / "answer"), "--at", DAY]
    CliRunner().invoke(cli.main, words, catch_exceptions=False)
    told = (folder / "answer/answer.md").read_text("utf-8")
    return f"<style>{_STYLE}</style>{Markdown(extensions=['tables']).convert(told)}"


def keep(name: str, content: bytes) -> None:
    """Write a picture, if it is small enough."""
    if len(content) > MOST:
        raise SystemExit(f"{name}: {len(content)} bytes")
    (FOLDER / f"{name}.png").write_bytes(content)


def main() -> None:
    """Build the register, use its forms, and write the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        register, answer = made(Path(folder) / "register"), answered(Path(folder))
        with serving(register / "site") as server, chromium() as browser:
            page = browser.new_page(viewport={"width": WIDTH, "height": 200})
            page.set_content(answer)
            keep(ANSWER, page.screenshot(full_page=True))
            page.close()
            for name, (path, work, first, last) in PICTURES.items():
                page = browser.new_page(viewport={"width": WIDTH, "height": 900})
                page.goto(f"{origin(server)}edit/{path}/")
                page.wait_for_selector(".qz-edit__form")
                work(page)
                page.wait_for_timeout(500)
                page.evaluate(_CHINESE)
                content = taken(page, first, last)
                page.close()
                keep(name, content)


if __name__ == "__main__":
    main()
