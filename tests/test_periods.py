"""The last day of a period: a table made by hand, which the model and the page's script both hold to."""

from __future__ import annotations

import json
import random
import subprocess
from datetime import date, timedelta

import pytest
from tests.periods import last_day
from tests.project import ROOT

from quanze.law import workdays

CASES = json.loads((ROOT / "tests/periods.json").read_text("utf-8"))
ASSETS = ROOT / "src/quanze/frame/assets"


def written(day):
    return day.isoformat() if day else None


def model(received, number, unit, *, postpones):
    found = last_day(date.fromisoformat(received), number, unit, postpones=postpones)
    return [written(found.day), written(found.counted), str(found.ending)]


@pytest.fixture(name="script", scope="module")
def _script(tmp_path_factory):
    calendar = tmp_path_factory.mktemp("period") / "workdays.mjs"
    calendar.write_text(workdays.module(), "utf-8")

    def said(cases):
        done = subprocess.run(
            ["node", ROOT / "tests/periods.mjs", ASSETS, calendar],
            input=json.dumps(cases),
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    return said


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_table(case):
    told = model(case["received"], case["number"], case["unit"], postpones=case["postpones"])
    assert told == [case["day"], case.get("counted", case["day"]), case["ending"]]


def test_the_script_holds_to_the_table(script):
    wanted = [[case["day"], case.get("counted", case["day"]), case["ending"]] for case in CASES]
    assert script(CASES) == wanted


def test_the_script_counts_as_the_model_does(script):
    chance = random.Random(14)
    cases = [
        {
            "received": (date(2025, 1, 1) + timedelta(days=chance.randrange(730))).isoformat(),
            "number": chance.choice([1, 2, 5, 6, 7, 15, 30, 60]),
            "unit": chance.choice(["工作日", "日", "月"]),
            "postpones": chance.random() < 0.5,
        }
        for _ in range(400)
    ]
    assert script(cases) == [model(**case) for case in cases]


def test_the_calendar_of_a_page_holds_two_years_and_more():
    text = workdays.module()
    assert '"from": "2025-01-01"' in text
    assert text == workdays.module()
    assert '"2026-10-01"' in text
