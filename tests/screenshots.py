"""Takes the picture that README.md shows: an item's page on a desk and on a telephone, in one calm frame.

Run it as `python -m tests.screenshots`; it builds a copy of this project and needs Debian's Chromium and Playwright.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import project
from tests.pictures import Look, image, keep, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ITEM = "items/xzcf-012/"
DESK, TELEPHONE = Look(1180, 868, 0.82), Look(375, 812, 0.82)
MOST = 300_000
"""The picture may have so many bytes."""
PICTURE = project.ROOT / "docs/develop/screenshot.png"
FRAME = """<!doctype html><meta charset="utf-8"><style>
body {{ display: flex; gap: 36px; align-items: end; width: max-content; margin: 0; padding: 40px; background: #e6ecec }}
img {{ display: block; background: #fff; border: 1px solid #c3cecf; border-radius: 8px; box-shadow: 0 8px 28px #0003 }}
img + img {{ border-radius: 20px }}
</style>{images}"""


def framed(browser: Browser, root: str) -> bytes:
    """Return the windows side by side in one picture, as PNG."""
    images = "".join(image(window(browser, root + ITEM, look)) for look in (DESK, TELEPHONE))
    page = browser.new_page()
    page.set_content(FRAME.format(images=images))
    content = page.locator("body").screenshot()
    page.close()
    return content


if __name__ == "__main__":
    keep(PICTURE, MOST, framed)
