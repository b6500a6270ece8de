"""A list as a file: what a spreadsheet shows, and the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import openpyxl
import pytest
from tests import project

from quanze.io.workbook import stored
from quanze.site import exports


@pytest.fixture(name="files")
def _files(reference):
    folder = reference / "site" / "data" / "v1" / "lists"
    return {suffix: (folder / f"quan-ze-qing-dan.{suffix}").read_bytes() for suffix in ("json", "csv", "xlsx")}


def test_the_three_formats_hold_the_same_rows(files):
    rows = json.loads(files["json"])["result"]["rows"]
    table = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"])).active
    assert len(rows) == len(table) - 2 == sheet.max_row - 4
    names = [row["项目名称"] for row in rows]
    assert names == [line[table[1].index("项目名称")] for line in table[2:]]
    assert names == [sheet.cell(row, table[1].index("项目名称") + 1).value for row in range(5, sheet.max_row + 1)]


def test_each_says_first_that_it_is_a_demonstration(files):
    assert json.loads(files["json"])["demonstration"] is True
    assert files["csv"].decode("utf-8-sig").startswith("【演示】")
    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"])).active
    assert str(sheet.cell(2, 1).value).startswith("【演示】")


def test_heads_stand_in_two_rows(files):
    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"])).active
    heads = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=4)]
    assert heads[0][4] == "实施依据"
    assert heads[1][4:6] == ["法律", "行政法规"]
    assert "E3:F3" in {str(one) for one in sheet.merged_cells.ranges}


def test_no_cell_is_empty(files):
    table = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"))))
    assert all(all(row) for row in table[1:])


def test_workbooks_are_stored_without_compression(files):
    members = zipfile.ZipFile(io.BytesIO(files["xlsx"])).infolist()
    assert {one.compress_type for one in members} == {zipfile.ZIP_STORED}
    assert {one.date_time for one in members} == {(1980, 1, 1, 0, 0, 0)}
    assert stored(files["xlsx"]) == files["xlsx"]


def test_a_cell_is_never_a_formula():
    text = exports.list_csv(_Sheet(), [["=1+1", "-5", "+86"]], "").decode("utf-8-sig")
    assert text.splitlines()[1] == "'=1+1,-5,+86"  # a number stays one


class _Sheet:
    columns = ()


def test_every_data_file_has_the_envelope(reference):
    for path, content in project.files(reference / "site" / "data").items():
        if path.endswith(".json"):
            whole = json.loads(content)
            assert whole["schema_version"] == exports.VERSION, path
            assert whole["demonstration"] is True, path
            assert {"dated", "total", "result"} <= whole.keys(), path
