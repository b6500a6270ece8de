"""The publication log in a browser: what it shows of a log, of none, and of one that was altered."""

from __future__ import annotations

from functools import partial

import pytest
from tests.browser.browsing import NARROW, opening, origin, serving, sideways, violations

from quanze.proof.log.publications import Publication, PublicationLog

LOG = PublicationLog(
    "example.gov.cn/quanze",
    tuple(Publication(f"{n:064x}", f"{n:040x}", f"2026-0{n % 9 + 1}-01T09:00:00+08:00") for n in range(300)),
)


def _answer(content, route):
    route.fulfill(body=content)


def shown(opened, files, **settings):
    page = opened(**settings)
    for path, content in files.items():
        page.route(f"**/{path}", partial(_answer, content))
    page.goto("log/")
    page.wait_for_selector("[data-qz-log] > *")
    return page


@pytest.mark.parametrize("settings", [{}, {"viewport": NARROW, "color_scheme": "dark"}])
def test_a_log_is_read_and_held_against_its_root(opened, looks, settings):
    page = shown(opened, dict(LOG.files()), **settings)
    told = page.inner_text("[data-qz-log]")
    assert "共 300 次，下面是最近 50 次。条目与检查点的根一致。检查点没有签名。" in told
    assert page.locator("[data-qz-log] tbody tr").count() == 50
    assert page.inner_text("[data-qz-log] tbody tr >> nth=0").split()[:2] == ["第", "300"]
    assert sideways(page) == 0
    assert violations(page, looks) == []


def test_an_entry_that_was_altered_is_told(opened):
    files = dict(LOG.files())
    path = "log/tile/entries/000"
    page = shown(opened, {**files, path: files[path].replace(b"2026-02-01", b"2026-02-02", 1)})
    assert "条目与检查点的根不一致：日志不全，或者被改动过。" in page.inner_text("[data-qz-log]")


def test_a_site_that_is_not_sealed_has_none(browser, small):
    with serving(small / "site") as server, opening(browser, origin(server)) as opened:
        assert "没有公布日志" in shown(opened, {}).inner_text("[data-qz-log]")
