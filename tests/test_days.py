"""A build on another day is the build from nothing on that day, and makes again only what the day changes."""

from __future__ import annotations

import shutil

import pytest
from tests import project
from tests.test_page_keys import prepared

from quanze.check import rules
from quanze.form.conditions import TODAY
from quanze.register.come import gather_days
from quanze.register.life import real
from quanze.site import today
from quanze.site.today import SLOT

_LIST = "catalog/lists/quan-ze-qing-dan.yaml"
_VERSION = """  - 名称: 2026年修正
    公布日期: 2026-12-08
    施行日期: 2027-01-01
    条数: 119
    罚则条: [97]
"""
_CHANGES = {
    "catalog/items/xzjc-001.yaml": ("状态: 有效\n", "状态: 有效\n生效日期: 2026-12-05\n"),
    "catalog/items/xzcf-001.yaml": ("状态: 有效\n", "状态: 取消\n终止日期: 2026-12-20\n终止原因: 依据废止\n"),
    "catalog/laws/an-quan-sheng-chan-fa.yaml": ("核对: {日期: 2026-11-01", f"{_VERSION}核对: {{日期: 2026-12-12"),
    "catalog/laws/mei-kuang-an-quan-sheng-chan-tiao-li.yaml": (
        "核对",
        "效力待核: {自: 2026-12-15, 原因: 待核实}\n核对",
    ),
    "catalog/site.yaml": ("核对周期: 365", "核对周期: 31"),
}
QUIET = ("2026-12-31", "2028-12-31", "2029-01-02")
TURNING = ("2026-12-05", "2026-12-08", "2026-12-12", "2026-12-15", "2026-12-20", "2027-01-01", "2029-01-01")


@pytest.fixture(name="turning")
def _turning(tmp_path):
    """Return a register in which something turns on each of these days, or on the day after: 当日 is asked for too."""
    root = project.copy(tmp_path / "turning")
    for path, (old, new) in _CHANGES.items():
        text = (root / path).read_text("utf-8")
        (root / path).write_text(text.replace(old, new), "utf-8", newline="\n")
    first = (root / "catalog/items/xzjc-001.yaml").read_text("utf-8")
    begun = first.replace("2026-12-05", "2020-01-01").replace("监督检查", "日常检查")
    (root / "catalog/items/xzjc-002.yaml").write_text(begun, "utf-8", newline="\n")
    text = (root / _LIST).read_text("utf-8").replace("清单\n", "清单（已开始的）\n", 1)
    begun = text.replace("条件:\n", f"条件:\n  生效日期: {{之前: {TODAY}}}\n", 1)
    (root / _LIST.replace("quan-ze", "yi-kai-shi")).write_text(begun, "utf-8", newline="\n")
    return root


def around(days):
    """Return some days with the day before and the day after each."""
    return sorted({day.fromordinal(day.toordinal() + by).isoformat() for day in days for by in (-1, 0, 1)})


def run(root, days, folder):
    """Build a register on one day after the other, and from nothing; yield what each took from the site before."""
    cold, before = folder / "cold", None
    shutil.copytree(root, cold, ignore=shutil.ignore_patterns("site", ".cache"))
    for day in days:
        shutil.rmtree(cold / ".cache", ignore_errors=True)
        warm, bare = prepared(root, day), prepared(cold, day)
        assert warm.checked.problems == bare.checked.problems, day
        now, anew = folder / f"warm-{day}", folder / f"cold-{day}"
        taken = warm.write(now, before)
        bare.write(anew)
        found = project.files(now)
        assert found == project.files(anew), day
        assert not any(SLOT.encode() in content for content in found.values())
        yield day, taken
        before = now


def test_on_each_day_a_site_is_what_it_would_be_from_nothing(turning, tmp_path, monkeypatch):
    monkeypatch.setattr(rules, "_MANY", 0)
    pages = {"items/xzcf-001/index.html", "items/xzjc-001/index.html", "lists/quan-ze-qing-dan/index.html"}
    quiet = {day for day, taken in run(turning, around(map(real, TURNING)), tmp_path / "run") if taken.keys() >= pages}
    assert quiet == {"2026-12-07", "2026-12-11", "2026-12-14", "2026-12-19", *QUIET}


def test_the_fictitious_bureau_is_the_same_on_each_day(shili, tmp_path):
    days = "2026-11-26", "2026-11-27", "2026-12-02", "2026-12-03"
    taken = [sum(path.endswith("/index.html") for path in one) for _, one in run(shili, days, tmp_path)]
    assert taken[0] == 0
    assert taken[3] > taken[1] > 0, "on the day after a check nobody says any more that it was on the day itself"
    pages = [*(tmp_path / "warm-2026-12-03").glob("items/*/index.html")]
    assert pages
    assert all(b"2026-12-03" in page.read_bytes() for page in pages)


def test_what_a_page_says_of_the_day_is_put_in_at_its_places():
    content, places = today.put_in(f"<p {SLOT}>{SLOT}</p>一日".encode(), b"2026-11-26")
    assert content == "<p 2026-11-26>2026-11-26</p>一日".encode()
    assert today.moved(content, places, b"2027-01-01") == content.replace(b"2026-11-26", b"2027-01-01")
    assert today.put_in(b"no day", b"2026-11-26") == (b"no day", ())


def test_all_that_may_be_held_against_a_day_counts():
    found: set[str] = set()
    gather_days(("2026-05-01", "2026年", ["自 2026-05-01 起", {"起": "2024-01-01"}], 2026, True, None, TODAY), found)
    assert found == {"2026-05-01", "2026年", "2024-01-01", "2026", TODAY}
