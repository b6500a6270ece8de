"""A new kind of list takes a schema, some YAML and a list file, and no Python."""

from __future__ import annotations

import json

import pytest
from tests import project

from quanze.check.checking import check
from quanze.site import build, search, search_records

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "随机抽查事项",
    "description": "一项随机抽查。",
    "type": "object",
    "additionalProperties": False,
    "required": ["抽查事项", "类别", "依据"],
    "properties": {
        "抽查事项": {"$ref": "common.schema.json#/$defs/title"},
        "类别": {"type": "string", "enum": ["一般", "重点"]},
        "比例": {"$ref": "common.schema.json#/$defs/number"},
        "日常说法": {"type": "array", "minItems": 1, "items": {"$ref": "common.schema.json#/$defs/keyword"}},
        "检查事项": {"$ref": "common.schema.json#/$defs/ref", "collection": "items"},
        "依据": {"type": "array", "minItems": 1, "items": {"$ref": "common.schema.json#/$defs/citation"}},
        "进度": {"$ref": "common.schema.json#/$defs/status"},
    },
}
BASIS = "依据:\n  - 依据文件: 安全生产法\n    条: "
RECORDS = {
    "sjcc-001": f"抽查事项: 加油站储罐抽查\n类别: 重点\n进度: 有效\n比例: 5\n日常说法:\n  - 站里的地下罐\n{BASIS}65\n",
    "sjcc-002": f"抽查事项: 餐馆燃气抽查\n类别: 一般\n进度: 有效\n检查事项: xzjc-001\n{BASIS}62\n",
    "sjcc-003": f"抽查事项: 尚未公布的抽查\n类别: 一般\n进度: 拟\n{BASIS}62\n",
}
LIST = """
名称: 随机抽查事项清单
性质: 本机关公布
公布主体: shi-ying-ji-guan-li-ju
集合: spotchecks
条件:
  进度: 有效
列:
  - 字段: 序号
  - 字段: 抽查事项
    标题: 抽查内容
  - 字段: 类别
  - 字段: 依据
短列:
  - 抽查事项
  - 类别
筛选:
  - 类别
"""


@pytest.fixture(name="unknown", scope="module")
def _unknown(tmp_path_factory):
    folder = project.copy(tmp_path_factory.mktemp("unknown"))
    (folder / "schema" / "spotchecks.schema.json").write_text(json.dumps(SCHEMA, ensure_ascii=False), "utf-8")
    records = folder / "catalog" / "spotchecks" / "2026"
    records.mkdir(parents=True)
    for id_, text in RECORDS.items():
        (records / f"{id_}.yaml").write_text(text, "utf-8")
    (folder / "catalog" / "lists" / "sui-ji-chou-cha.yaml").write_text(LIST, "utf-8")
    project.build(folder)
    return folder


def test_its_records_are_checked(unknown, tmp_path):
    folder = project.copy(tmp_path / "broken", catalog=unknown / "catalog")
    (folder / "schema" / "spotchecks.schema.json").write_text(json.dumps(SCHEMA, ensure_ascii=False), "utf-8")
    record = folder / "catalog" / "spotchecks" / "2026" / "sjcc-001.yaml"
    record.write_text(RECORDS["sjcc-001"].replace("重点", "重要").replace("条: 65", "条: 650"), "utf-8")
    (found,) = check(folder, project.DAY).errors
    assert (found.path, found.line, found.column, found.rule) == (
        "catalog/spotchecks/2026/sjcc-001.yaml",
        2,
        5,
        "form-enum",
    )
    record.write_text(RECORDS["sjcc-001"].replace("条: 65", "条: 650"), "utf-8")
    assert [one.rule for one in check(folder, project.DAY).errors] == ["article-beyond-last"]


def test_it_has_pages_and_a_filterable_list(unknown):
    site = unknown / "site"
    page = (site / "spotchecks/sjcc-001/index.html").read_text("utf-8")
    assert "《安全生产法》第六十五条" in page
    assert "加油站储罐抽查" in page
    table = (site / "lists/sui-ji-chou-cha/index.html").read_text("utf-8")
    assert 'data-field="类别" data-filter' in table
    assert "餐馆燃气抽查" in table
    assert "随机抽查事项清单" in (site / "index.html").read_text("utf-8")
    assert "随机抽查事项" in (site / "guide/fields/index.html").read_text("utf-8")


def test_what_is_not_yet_published_is_nowhere(unknown):
    site = unknown / "site"
    assert not (site / "spotchecks/sjcc-003").exists()
    told = [path for path, content in project.files(site).items() if "尚未公布的抽查".encode() in content]
    assert told == []


def test_it_has_data_files(unknown):
    data = unknown / "site" / "data" / "v1"
    whole = json.loads((data / "spotchecks.json").read_bytes())
    assert [one["id"] for one in whole["result"]] == ["sjcc-001", "sjcc-002"]
    rows = json.loads((data / "lists" / "sui-ji-chou-cha.json").read_bytes())["result"]["rows"]
    assert [row["抽查内容"] for row in rows] == ["加油站储罐抽查", "餐馆燃气抽查"]
    assert (data / "lists" / "sui-ji-chou-cha.xlsx").read_bytes().startswith(b"PK")
    assert json.loads((data.parents[1] / "schema" / "spotchecks.schema.json").read_bytes())["title"] == SCHEMA["title"]


def test_the_law_knows_what_rests_on_it(unknown):
    law = (unknown / "site" / "laws" / "an-quan-sheng-chan-fa" / "index.html").read_text("utf-8")
    assert "spotchecks/sjcc-001/" in law


def test_the_search_finds_it(unknown):
    register = build.prepare(unknown, project.DAY).site.context
    found = search.matches("站里的地下罐", [*search_records.entries(register.register, register.look)])
    assert [one.key for one in found] == ["spotchecks/sjcc-001"]
