"""The guide of those who record: its pictures are there, and what it says of the check is what the rules say."""

from __future__ import annotations

import re

import pytest
from markupsafe import escape
from tests import golden
from tests.guide_pictures import ANSWER, FOLDER, MOST, PICTURES
from tests.project import DAY, ROOT

from quanze.check import rules
from quanze.check.checking import check
from quanze.form import Validator, load_forms
from quanze.io.yaml import read
from quanze.register.listing import listing
from quanze.site.pages import manual

PAGE = (FOLDER / "edit.md").read_text("utf-8")


def test_every_picture_is_taken_by_the_script_and_shown():
    assert {*re.findall(r"\((edit-[a-z]+)[.]png\)", PAGE)} == {*PICTURES, ANSWER}
    assert {path.stem for path in FOLDER.glob("edit-*.png")} == {*PICTURES, ANSWER}


@pytest.mark.parametrize("name", [*PICTURES, ANSWER])
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


def test_the_looks_that_the_guide_writes_fit_the_form():
    text = (FOLDER / "own.md").read_text("utf-8")
    told = re.search(r"^```yaml\n(颜色:.*?)^```", text, re.DOTALL | re.MULTILINE)[1]
    settings, problems = read(told.encode(), "")
    assert not problems
    fields = load_forms(ROOT / "schema")["site"].schema["properties"]
    assert {name: Validator(fields[name]).fits(value) for name, value in settings.items()} == {
        "颜色": True,
        "标志": True,
    }


def test_the_new_kind_of_list_that_the_guide_writes_is_sound(tmp_path):
    """Schema, record and list as they stand on the page, put where it says, need nothing but the bureau's own id."""
    told = re.findall(r"^```(?:json|yaml)\n(.*?)^```", (FOLDER / "own.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
    (schema,) = (one for one in told if '"title": "罚没物品处置"' in one)
    root = golden.project(tmp_path / "册")
    (root / "schema/disposals.schema.json").write_text(schema, "utf-8")
    for text in (one for one in told if one.startswith("# catalog/")):
        file = root / text.partition("\n")[0].removeprefix("# ")
        file.parent.mkdir(exist_ok=True)
        file.write_text(text.replace("shi-li-ju ", "shi-ying-ji-guan-li-ju "), "utf-8")
    found = check(root, DAY)
    assert [str(one) for one in found.problems] == []
    assert len(found.catalog.records["disposals"]) == 1
    this = listing(found.catalog, found.catalog.record("lists", "fa-mo-wu-pin"), DAY)
    assert [row.parts for row in this.rows] == [2, 2]
