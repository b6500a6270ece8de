"""Pictures of the reference site for the project's own pages: the site built, windows taken, the result kept small."""

from __future__ import annotations

import datetime
import subprocess
import tempfile
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from tests import project
from tests.browser.browsing import chromium, origin, serving

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser


class Look(NamedTuple):
    """One way to look at a page: the window in CSS pixels, and how large it stands in the picture."""

    width: int
    height: int
    scale: float
    scheme: Literal["light", "dark"] = "light"
    elder: bool = False


def window(browser: Browser, address: str, look: Look, day: str = project.DAY) -> bytes:
    """Return what a window shows of a page on the day of the build, as PNG."""
    page = browser.new_page(
        viewport={"width": look.width, "height": look.height},
        device_scale_factor=look.scale,
        color_scheme=look.scheme,
        service_workers="block",
    )
    page.clock.set_fixed_time(datetime.datetime.fromisoformat(f"{day}T12:00:00+08:00"))
    if look.elder:
        page.add_init_script("localStorage.setItem('quanze.elder', '1')")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    content = page.screenshot()
    page.close()
    return content


def image(content: bytes) -> str:
    """Return a PNG as an element of a page."""
    return f'<img src="data:image/png;base64,{b64encode(content).decode()}" alt="">'


def keep(picture: Path, most: int, taken: Callable[[Browser, str], bytes]) -> None:
    """Build the reference site, have the picture taken at its address, write it; end where it is over `most` bytes."""
    with tempfile.TemporaryDirectory() as folder:
        root = project.copy(Path(folder) / "project", catalog=project.REFERENCE)
        _take(project.build(root), picture, most, taken)


def keep_recorded(picture: Path, most: int, taken: Callable[[Browser, str, str], bytes]) -> None:
    """Do the same with a clone, which has changes to show; `taken` is given the day of its last commit too."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        subprocess.run(["git", "clone", "--quiet", project.ROOT, root], check=True)
        day = subprocess.run(
            ["git", "show", "--no-patch", "--format=%cs"],
            cwd=root,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        _take(project.build(root, at=day), picture, most, lambda browser, address: taken(browser, address, day))


def _take(site: Path, picture: Path, most: int, taken: Callable[[Browser, str], bytes]) -> None:
    with serving(site) as server, chromium() as browser:
        content = taken(browser, origin(server))
    if len(content) > most:
        message = f"图片有 {len(content)} 字节，超过 {most} 字节"
        raise SystemExit(message)
    picture.write_bytes(content)
