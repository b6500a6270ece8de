"""Takes the pictures of the clerk's guide from the forms of a small fictitious register, as a browser shows them.

Run it as `python -m tests.guide_pictures`; it needs Debian's Chromium and Playwright.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.browsing import chromium, origin, serving
from tests.editing import BODY, INSPECTION, made
from tests.project import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

FOLDER = ROOT / "src/quanze/frame/guide"
SIZE = {"width": 760, "height": 520}
_SHOW = "node => node.scrollIntoView({ block: 'center', behavior: 'instant' })"
MOST = 90_000
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


def nothing(_page: Page) -> None:
    """Leave the form as it is."""


PICTURES: dict[str, tuple[str, Callable[[Page], None], str]] = {
    "edit-phone": (BODY, telephone, ".qz-edit__result"),
    "edit-new": ("items/new", begin, "h1"),
    "edit-end": (INSPECTION, end, "[data-path='[\"状态\"]']"),
    "edit-basis": (INSPECTION, basis, ".qz-edit__basis"),
    "edit-tier": ("benchmarks/cljz-001", tier, "[data-path='[\"阶次\"]']"),
    "edit-check": (INSPECTION, nothing, ".qz-edit__problems"),
}
"""Name → (which form, what is done in it, what the picture begins with)."""


def main() -> None:
    """Build the register, use its forms, and write the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        register = made(Path(folder) / "register")
        with serving(register / "site") as server, chromium() as browser:
            for name, (path, work, place) in PICTURES.items():
                page = browser.new_page(viewport=SIZE)
                page.goto(f"{origin(server)}edit/{path}/")
                page.wait_for_selector(".qz-edit__form")
                work(page)
                page.wait_for_timeout(500)
                page.locator(place).first.evaluate(_SHOW)
                content = page.screenshot()
                page.close()
                if len(content) > MOST:
                    raise SystemExit(f"{name}: {len(content)} bytes")
                (FOLDER / f"{name}.png").write_bytes(content)


if __name__ == "__main__":
    main()
