"""What a telephone has to fetch before it shows a page, gzipped: everything that comes by itself."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit

import pytest
from tests.browser.browsing import NARROW

FIRST, SEARCHING = 45_000, 90_000
"""Bytes of a first view, and of one that looks for something: of the texts no more than can have it."""


@pytest.fixture(name="page", scope="module")
def _page(browser, root):
    context = browser.new_context(base_url=root, viewport=NARROW, service_workers="block")
    yield context.new_page()
    context.close()


def weight(page, address, site):
    asked = set()
    page.goto("about:blank")
    page.on("request", lambda one: asked.add(urlsplit(one.url).path))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    files = (site / f"{path[1:]}index.html" if path.endswith("/") else site / path[1:] for path in asked)
    return sum(len(gzip.compress(file.read_bytes())) for file in files)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("", FIRST),
        ("lists/", FIRST),
        ("lists/quan-ze-qing-dan/", FIRST),
        ("items/", FIRST),
        ("items/xzcf-012/", FIRST),
        ("items/xzxk-001/", FIRST),
        ("laws/an-quan-sheng-chan-fa/", FIRST),
        ("search/", 90_000),
        ("search/#q=没培训", SEARCHING),
        ("search/#q=安全生产法97", SEARCHING),
        ("notice/", FIRST),
        ("changes/", FIRST),
        ("compare/", FIRST),
        ("guide/rules/", FIRST),
    ],
)
def test_a_first_view_is_light(page, reference, address, most):
    assert weight(page, address, reference / "site") < most
