"""What browser tests and the screenshot share: Debian's Chromium, a quiet server, pages that keep their complaints."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from playwright.sync_api import Browser, Page

_BROWSERS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
CHROMIUM = next((path for path in _BROWSERS if path.exists()), _BROWSERS[-1])
"""The same engine without a window of its own, where Debian has it: it takes three fifths of the time."""
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 375, "height": 760}
_BLOCKED = "Service Worker registration blocked by Playwright"
"""What is said where a test keeps nothing for later: only those of the copy itself do."""
_PATIENCE = 20_000  # milliseconds
expect.set_options(timeout=_PATIENCE)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path, handler: type[SimpleHTTPRequestHandler] = Quiet) -> Iterator[ThreadingHTTPServer]:
    """Serve a folder on a free port of this machine while the context lasts."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=folder)) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def origin(server: ThreadingHTTPServer) -> str:
    """Return where a server answers."""
    return f"http://127.0.0.1:{server.server_port}/"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run a browser while the context lasts."""
    with sync_playwright() as driver, driver.chromium.launch(executable_path=CHROMIUM, args=_FLAGS) as browser:
        yield browser


@contextmanager
def opening(browser: Browser, root: str, **usual: Any) -> Iterator[Callable[..., Page]]:
    """Open pages that must end without a word in the console, an error, or a request to another host."""
    faults: list[str] = []
    contexts = []

    def opened(path: str | None = None, *, day: datetime | None = None, **settings: Any) -> Page:
        context = browser.new_context(
            **{"base_url": root, "viewport": WIDE, "service_workers": "block", **usual, **settings}
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(_PATIENCE)
        page.on("console", lambda said: None if _BLOCKED in said.text else faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda one: None if one.url.startswith((root, "data:")) else faults.append(one.url))
        if day:
            page.clock.set_fixed_time(day)
        if path is not None:
            page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, faults


def wait_until(page: Page, condition: str) -> None:
    """Ask a page again and again, from outside as its policy forbids scripts made of texts, until it says yes."""
    for _ in range(_PATIENCE // 50):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"{condition}: not in {_PATIENCE} ms")


_LOOKS = """seen => {
  document.querySelectorAll('[data-look]').forEach((element) => element.removeAttribute('data-look'));
  const known = new Set(seen), unseen = [];
  for (const element of document.querySelectorAll('body *')) {
    const texts = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!texts && !element.matches('input, select, textarea')) continue;
    const { fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const look = [fontSize, fontWeight, textShadow];
    for (let one = element; one; one = one.parentElement) {
      const { color, backgroundColor, backgroundImage, opacity, position } = getComputedStyle(one);
      look.push(color, backgroundColor, backgroundImage, opacity, position === 'static' ? '' : one.className);
    }
    const key = look.join();
    if (known.has(key)) continue;
    known.add(key);
    unseen.push(key);
    element.setAttribute('data-look', '');
  }
  return unseen;
}"""


_BY_LAYOUT = ("scrollable-region-focusable",)
"""What axe knows that hangs on how wide a page is, whatever it holds."""
_FAULTS = "([context, options]) => axe.run(context ?? document, options).then((found) => found.violations)"


def violations(page: Page, seen: set[str], *, contrast: bool = True, rest: bool = True) -> list[str]:
    """Return what axe finds, one line each: rule, element, why.

    Rows and entries are all alike: twenty are enough. Contrast takes most of axe's time and hangs on nothing but
    colours, the size of letters and what lies below: one text of each such look is enough, and none that is in `seen`.
    """
    page.evaluate("document.querySelectorAll(':is(tbody tr, li):nth-child(n + 21)').forEach(e => e.remove())")
    found = _axe(page, rules={"color-contrast": {"enabled": False}}) if rest else []
    unseen = page.evaluate(_LOOKS, [*seen]) if contrast else []
    if unseen:
        seen |= {*unseen}
        found += _axe(page, {"include": [["[data-look]"]]}, runOnly=["color-contrast"])
    return found


def laid_out(page: Page) -> list[str]:
    """Return what axe finds in how a page is laid out: what may be otherwise in another window."""
    return _axe(page, runOnly=_BY_LAYOUT)


def _axe(page: Page, context: dict[str, object] | None = None, **options: object) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    rules = page.evaluate(_FAULTS, [context, {"resultTypes": ["violations"], **options}])
    return [
        f"{rule['id']} {node['html'][:160]} {node['failureSummary']}" for rule in rules for node in rule["nodes"][:3]
    ]


def sideways(page: Page) -> int:
    """Return by how many pixels a page is wider than its window."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider
