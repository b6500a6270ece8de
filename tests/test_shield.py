"""No cell of a CSV runs in a spreadsheet, and each comes back as it was."""

from __future__ import annotations

import csv
import io
import random

import pytest
from tests.clerk import DAY, Clerk

from quanze.edit.importer.formats import plain
from quanze.io.shield import bare, shield

RISKY = ["=1+1", "+cmd|x", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "--5"]
RISKY += ["＝1+1", "＋1＋A1", "－1", "＠SUM"]
PLAIN = ["", "甲", "-5", "+1,000.5", "-3%", "'引文", "a=b", "1+1", "《法》第一条"]


@pytest.mark.parametrize("text", RISKY)
def test_what_a_spreadsheet_would_run_is_shielded(text):
    assert shield(text) == f"'{text}"
    assert bare(shield(text)) == text


@pytest.mark.parametrize("text", PLAIN)
def test_everything_else_stays_as_it_is(text):
    assert shield(text) == bare(text) == text


@pytest.mark.parametrize("seed", range(200))
def test_every_cell_comes_back(seed):
    dice = random.Random(seed)
    text = "".join(dice.choice("'=+-@＝1,.%a甲 ") for _ in range(dice.randrange(7)))
    assert bare(shield(text)) == text
    assert not shield(text).startswith(("=", "@", "＝", "＠"))


def test_an_export_runs_nothing_and_is_read_back(tmp_path):
    clerk = Clerk(tmp_path / "登记")
    name = "-2+3+cmd|' /C calc'!A0"
    item = "catalog/items/xzjc-001.yaml"
    clerk.write(item, clerk.read(item).replace("对生产经营单位的监督检查", f'"{name}"'))
    assert clerk("check", "--at", DAY).code == 0
    content = clerk("export", "quan-ze-qing-dan", "--format", "csv").out
    rows = [*csv.reader(io.StringIO(content))]
    cells = [one for row in rows for one in row]
    assert f"'{name}" in cells
    assert not [one for one in cells if one.startswith(("=", "+", "-", "@"))]
    (sheet,) = plain.read(content.encode(), "a.csv")
    assert name in str(sheet)
