"""Takes the picture that README.md shows: an item's page on a desk and on a telephone, in one calm frame.

Run it as `python -m tests.screenshots`; it builds a copy of this project and needs Debian's Chromium and Playwright.
"""

from __future__ import annotations

import datetime
import tempfile
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

from tests import project
from tests.browser.browsing import chromium, origin, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ITEM = "items/xzcf-012/"
DESK, TELEPHONE = (1180, 868), (375, 812)
"""Width and height of the two windows, in CSS pixels."""
SCALE = 0.82
"""How large the windows stand in the picture."""
MOST = 300_000
"""The picture may have so many bytes."""
PICTURE = project.ROOT / "docs/develop/screenshot.png"
FRAME = """<!doctype html><meta charset="utf-8"><style>
body {{ display: flex; gap: 36px; align-items: end; width: max-content; margin: 0; padding: 40px; background: #e6ecec }}
img {{ display: block; background: #fff; border: 1px solid #c3cecf; border-radius: 8px; box-shadow: 0 8px 28px #0003 }}
img + img {{ border-radius: 20px }}
</style>{images}"""


def window(browser: Browser, address: str, size: tuple[int, int]) -> bytes:
    """Return what a window shows of a page on the day of the build, as PNG."""
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=SCALE)
    page.clock.set_fixed_time(datetime.datetime.fromisoformat(f"{project.DAY}T12:00:00+08:00"))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    content = page.screenshot()
    page.close()
    return content


def framed(browser: Browser, windows: list[bytes]) -> bytes:
    """Return the windows side by side in one picture, as PNG."""
    images = "".join(f'<img src="data:image/png;base64,{b64encode(one).decode()}">' for one in windows)
    page = browser.new_page()
    page.set_content(FRAME.format(images=images))
    content = page.locator("body").screenshot()
    page.close()
    return content


def main() -> None:
    """Build the site, take the picture and write it."""
    with tempfile.TemporaryDirectory() as folder:
        site = project.build(project.copy(Path(folder) / "project", catalog=project.REFERENCE))
        with serving(site) as server, chromium() as browser:
            page = f"{origin(server)}{ITEM}"
            picture = framed(browser, [window(browser, page, size) for size in (DESK, TELEPHONE)])
    if len(picture) > MOST:
        message = f"图片有 {len(picture)} 字节，超过 {MOST} 字节"
        raise SystemExit(message)
    PICTURE.write_bytes(picture)


if __name__ == "__main__":
    main()
