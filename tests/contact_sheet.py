"""Takes the contact sheet of the site: its kinds of pages on a desk, on a telephone and in the dark, in one picture.

Run it as `make contact-sheet`; it builds a clone of this project, since only what has a history has changes, and needs
Debian's Chromium and Playwright. The picture shows whether the pages are one family: look at it after a change of the
style.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from tests import project
from tests.pictures import Look, image, keep_recorded, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = (
    ("首页", ""),
    ("清单", "lists/quan-ze-qing-dan/"),
    ("处罚", "items/xzcf-012/"),
    ("许可", "items/xzxk-001/"),
    ("检查", "items/xzjc-001/"),
    ("搜索", "search/#q=没培训"),
    ("查通知书", "notice/"),
    ("法律", "laws/an-quan-sheng-chan-fa/"),
    ("变化", "changes/"),
    ("对照", "compare/#a=items/xzcf-001&b=items/xzcf-002"),
)
PICTURE = project.ROOT / "docs/develop/contact-sheet.webp"
MOST = 1_500_000
"""The picture may have so many bytes."""
FRAME = """<!doctype html><meta charset="utf-8"><style>
body {{ display: grid; grid-template-columns: repeat(5, auto); gap: 12px 20px; align-items: start; width: max-content;
  margin: 0; padding: 20px; font: 14px sans-serif; background: #dfe5e5 }}
img {{ display: block; border: 1px solid #b5c2c3 }}
b {{ align-self: center; writing-mode: vertical-rl }}
</style>{rows}"""
WEBP = """async (png) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", 0.72).split(",")[1];
}"""


LOOKS = (
    Look(1280, 900, 0.5),
    Look(375, 812, 0.55),
    Look(375, 812, 0.55, "dark"),
    Look(375, 812, 0.55, elder=True),
)


def sheet(browser: Browser, root: str, day: str) -> bytes:
    """Return all pages in all looks in one picture, as WebP."""
    shown = ((name, [window(browser, root + url, look, day) for look in LOOKS]) for name, url in PAGES)
    rows = "".join(f"<b>{name}</b>{''.join(map(image, looks))}" for name, looks in shown)
    page = browser.new_page()
    page.set_content(FRAME.format(rows=rows))
    whole = page.locator("body").screenshot()
    found: str = page.evaluate(WEBP, b64encode(whole).decode())
    page.close()
    return b64decode(found)


if __name__ == "__main__":
    keep_recorded(PICTURE, MOST, sheet)
