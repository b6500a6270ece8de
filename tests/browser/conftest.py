"""One browser for all tests; where there is none, each says so."""

from __future__ import annotations

import pytest
from tests.browser.browsing import CHROMIUM, chromium, opening, origin, serving


@pytest.fixture(name="browser", scope="session")
def _browser():
    if not CHROMIUM.exists():
        pytest.skip(f"没有 {CHROMIUM}，跳过浏览器测试")
    with chromium() as browser:
        yield browser


@pytest.fixture(name="root", scope="session")
def _root(reference):
    """Return the address of the reference site."""
    with serving(reference / "site") as server:
        yield origin(server)


@pytest.fixture(name="opened")
def _opened(browser, root):
    with opening(browser, root) as opened:
        yield opened
