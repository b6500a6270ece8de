"""The guide of those who record: its pictures are there, and what it says of the check is what the rules say."""

from __future__ import annotations

import re

import pytest
from markupsafe import escape
from tests.guide_pictures import FOLDER, MOST, PICTURES

from quanze.check import rules
from quanze.site.pages import manual

PAGE = (FOLDER / "edit.md").read_text("utf-8")


def test_every_picture_is_taken_by_the_script_and_shown():
    assert {*re.findall(r"\((edit-[a-z]+)[.]png\)", PAGE)} == {*PICTURES}
    assert {path.stem for path in FOLDER.glob("edit-*.png")} == {*PICTURES}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_small(name):
    assert 5_000 < (FOLDER / f"{name}.png").stat().st_size <= MOST


def test_every_answer_of_the_check_has_its_meaning():
    html = manual.answers()
    for group in rules.MANUAL.values():
        for id_, asks in group.items():
            assert f'href="../rules/#{id_}"' in html
            assert f"<td>{escape(asks)}</td>" in html


def test_the_guide_has_the_place_for_them():
    assert PAGE.count(manual.ANSWERS) == 1


def test_the_site_shows_them(small):
    page = (small / "site/guide/edit/index.html").read_text("utf-8")
    assert "open-difference" in page
    assert manual.ANSWERS not in page
    assert (small / "site/guide/edit-phone.png").exists()
