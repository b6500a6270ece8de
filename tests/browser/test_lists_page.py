"""All lists in their groups, at home and on their own page, and the charts of a list with figures."""

from __future__ import annotations

import json
import re

import pytest
from tests.browser.browsing import NARROW, WIDE, opening, origin, serving, sideways, violations

FIGURES = "lists/nian-du-bao-gao/"
LOOKS = {
    "wide": {"viewport": WIDE, "color_scheme": "light"},
    "narrow, dark": {"viewport": NARROW, "color_scheme": "dark"},
}


@pytest.fixture(name="opened", scope="module")
def _opened(browser, example):
    with serving(example / "site") as server, opening(browser, origin(server)) as opened:
        yield opened


@pytest.fixture(name="page", scope="module", params=LOOKS)
def _page(opened, request):
    return opened(**LOOKS[request.param])


@pytest.mark.parametrize("address", ["./", "lists/", FIGURES])
def test_each_is_for_everyone(page, looks, address):
    page.goto(address)
    assert sideways(page) == 0
    assert violations(page, looks) == []


def test_the_groups_at_home_are_those_of_all_lists_and_lead_there(page):
    page.goto("./")
    here = page.locator(".qz-cards__group a")
    titles, targets = here.all_inner_texts(), [one.get_attribute("href") for one in here.all()]
    lists = page.locator(".qz-cards h4").all_inner_texts()
    page.goto("lists/")
    assert page.locator(".qz-family__group h2").all_inner_texts() == titles
    assert page.locator(".qz-family__lists h3").all_inner_texts() == lists
    assert len(titles) > 3
    assert all(page.locator(f"[id='{one.rpartition('#')[2]}']").count() == 1 for one in targets)


def test_the_drawing_says_what_the_words_beside_it_say(page):
    page.goto("lists/")
    drawing = page.locator("svg.qz-family__drawing")
    assert drawing.get_attribute("aria-describedby") == "tied"
    ties = page.locator("#tied li").all_inner_texts()
    names = {*drawing.locator("text").all_text_contents()}
    assert {one.partition("：")[0] for one in ties} <= names
    room = page.evaluate("document.documentElement.clientWidth")
    box = drawing.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= room


def test_a_bar_is_as_long_as_its_number(page):
    page.goto(FIGURES)
    charts = page.locator(".qz-chart svg").all()
    assert len(charts) > 2
    for chart in charts:
        told = chart.locator(".qz-chart__number").all_text_contents()
        names = chart.locator(".qz-chart__name").all_text_contents()
        numbers = [float(re.match("[0-9.,]+", one)[0].replace(",", "")) for one in told]
        lengths = [float(one.get_attribute("width")) for one in chart.locator("rect").all()]
        for number, length in zip(numbers, lengths, strict=True):
            assert abs(length / max(lengths) - number / max(numbers)) < 0.02
        said = chart.get_attribute("aria-label").partition("：")[2]
        assert said == "，".join(f"{name} {one}" for name, one in zip(names, told, strict=True))


def test_groups_drawing_and_charts_are_printed(opened):
    page = opened("lists/", viewport=WIDE)
    page.emulate_media(media="print")
    assert page.locator("svg.qz-family__drawing").is_visible()
    assert not page.locator("nav").first.is_visible()
    page.goto(FIGURES)
    assert page.locator(".qz-chart").first.is_visible()


def test_a_list_is_painted_after_what_stands_above_it(browser, opened):
    page = opened(viewport=NARROW)
    browser.start_tracing(page=page, categories=["devtools.timeline"])
    page.goto("lists/quan-ze-qing-dan/")
    page.locator("tbody a").first.wait_for()
    traced = json.loads(browser.stop_tracing())["traceEvents"]
    frames = [
        one["args"]
        for one in sorted(traced, key=lambda one: one["ts"])
        if one["name"] == "Layout" and one["args"].get("endData")
    ]
    drawn = [one["beginData"]["totalObjects"] for one in frames if "beginData" in one]
    assert min(one for one in drawn if one > 50) < 150
    assert max(drawn) > 200
