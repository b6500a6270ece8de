"""A list as a file: what a spreadsheet shows, and the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import openpyxl
import pytest
from tests import project

from quanze.io.columns import columns, em, lines
from quanze.io.workbook import stored
from quanze.register.table import Column
from quanze.site import exports
from quanze.site.exports.lists import keys

COLUMNS = """列:
  - {字段: 序号}
  - {字段: 编号}
  - {字段: 事项名称, 标题: 项目名称}
  - {字段: 职权类型}
  - {字段: 实施依据, 组: 实施依据, 标题: 法律, 位阶: 法律}
  - {字段: 实施依据, 组: 实施依据, 标题: 行政法规, 位阶: 行政法规}
  - {字段: 监督电话}
短列:"""


@pytest.fixture(name="built", scope="module")
def _built(tmp_path_factory):
    """Return the data files of a small register whose list has a head of two rows."""
    root = project.copy(tmp_path_factory.mktemp("exports"))
    file = root / "catalog/lists/quan-ze-qing-dan.yaml"
    file.write_text(re.sub("列:\n(  - .*\n)+短列:", COLUMNS, file.read_text("utf-8")), "utf-8")
    return project.build(root) / "data"


@pytest.fixture(name="files", scope="module")
def _files(built):
    folder = built / "v1" / "lists"
    return {suffix: (folder / f"quan-ze-qing-dan.{suffix}").read_bytes() for suffix in ("json", "csv", "xlsx")}


def test_the_three_formats_hold_the_same_rows(files):
    rows = json.loads(files["json"])["result"]["rows"]
    table = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"])).active
    assert len(rows) == len(table) - 1 == sheet.max_row - 4
    names = [row["项目名称"] for row in rows]
    assert names == [line[table[0].index("项目名称")] for line in table[1:]]
    assert names == [sheet.cell(row, table[0].index("项目名称") + 1).value for row in range(5, sheet.max_row + 1)]


def test_each_says_that_it_is_a_demonstration(files):
    assert json.loads(files["json"])["demonstration"] is True
    table = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"))))
    assert table[0][-1] == "本文件声明"
    assert all(line[-1].startswith("【演示】") for line in table[1:])
    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"])).active
    assert str(sheet.cell(2, 1).value).startswith("【演示】")


def test_heads_stand_in_two_rows(files):
    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"])).active
    heads = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=4)]
    assert heads[0][4] == "实施依据"
    assert heads[1][4:6] == ["法律", "行政法规"]
    assert "E3:F3" in {str(one) for one in sheet.merged_cells.ranges}


def test_a_rank_has_its_own_column(files):
    rows = [*csv.reader(io.StringIO(files["csv"].decode("utf-8-sig")))][1:]
    assert all("《安全生产法》" in row[4] for row in rows)
    assert {row[5] for row in rows} == {"未载明"}


def test_no_cell_is_empty(files):
    table = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"))))
    assert all(all(row) for row in table)


def test_workbooks_are_stored_without_compression(files):
    members = zipfile.ZipFile(io.BytesIO(files["xlsx"])).infolist()
    assert {one.compress_type for one in members} == {zipfile.ZIP_STORED}
    assert {one.date_time for one in members} == {(1980, 1, 1, 0, 0, 0)}
    assert stored(files["xlsx"]) == files["xlsx"]


def test_a_cell_is_never_a_formula():
    text = exports.list_csv(_Sheet(), [["=1+1", "-5", "+86"]], "").decode("utf-8-sig")
    assert text.splitlines()[1] == "'=1+1,-5,+86"  # a number stays one


def test_no_column_takes_the_name_of_another_or_of_what_a_row_has():
    columns = [
        Column("a", title, group, "", None) for title, group in (("甲", ""), ("甲", ""), ("甲", "乙"), ("事项", ""))
    ]
    assert exports.heading(columns) == ["甲", "甲（2）", "乙·甲", "事项"]
    assert keys(columns) == ["甲", "甲（2）", "乙·甲", "事项（2）"]


class _Sheet:
    columns = ()


def test_every_data_file_has_the_envelope(built):
    for path, content in project.files(built).items():
        if path.endswith(".json"):
            whole = json.loads(content)
            assert whole["schema_version"] == exports.VERSION, path
            assert whole["demonstration"] is True, path
            assert {"dated", "total", "result"} <= whole.keys(), path


def test_the_columns_of_a_printed_table_go_by_what_is_in_them():
    heads = [["序号", "编号", "职权类型", "名称"]]
    rows = [[str(n), f"xzcf-{n:03}", "行政处罚", "对未按规定设置安全标志的处罚" * 3] for n in range(1, 2_000)]
    number, id_, kind, name = columns(heads, rows, 80)
    assert number + id_ + kind + name == pytest.approx(80)
    assert id_ >= em("xzcf-001")
    assert kind >= 2
    assert name > number + id_ + kind
    assert lines("职权类型", kind) <= 2
    assert sum(columns([["一" * 9] * 30], [["二"] * 30], 40)) == pytest.approx(40)
    assert sum(columns([["项", "数"]], [], 40)) == pytest.approx(40)
