"""A type of power that a province adds: one word in the form, with its digits, and everything else follows."""

from __future__ import annotations

import json

import pytest
from tests import books
from tests.clerk import DAY, Clerk
from tests.test_importer import BODY, OTHER, ROW, record

COMMON = "schema/common.schema.json"
WORD, DIGITS = "行政指导", "11"
ITEM = f"""事项名称: 对示例的指导
职权类型: {WORD}
状态: 有效
行使主体: [shi-ying-ji-guan-li-ju]
事项编码:
  - {{方案: 基本编码, 编码: "99%s25001000"}}
实施依据:
  - {{依据文件: 安全生产法, 条: 65, 作用: 职权}}
核对: {{日期: 2026-11-01, 来源: 国家法律法规公开文本}}
"""


@pytest.fixture(name="clerk")
def _clerk(tmp_path):
    clerk = Clerk(tmp_path / "项目")
    common = json.loads(clerk.read(COMMON))
    common["$defs"]["powertype"]["enum"].append(WORD)
    common["$defs"]["powertype"]["codes"][WORD] = DIGITS
    clerk.write(COMMON, json.dumps(common, ensure_ascii=False))
    return clerk


@pytest.mark.parametrize(
    ("digits", "said"), [(DIGITS, ""), ("02", "类型码 02 是行政处罚"), ("12", "类型码 12 是没有的类型")]
)
def test_its_code_is_held_against_it(clerk, digits, said):
    clerk.write("catalog/items/xzzd-001.yaml", ITEM % digits)
    told = clerk("check", "--at", DAY).out
    assert "form-enum" not in told
    assert said in told
    assert ("code-mismatch" in told) is bool(said)


def test_new_records_are_numbered_by_it(clerk):
    path = "catalog/items/xzzd-001.yaml"
    assert clerk("new", "items", "--set", f"职权类型={WORD}", "--set", "事项名称=对示例的指导").out.strip() == path
    assert record(clerk, path)["职权类型"] == WORD


def test_a_sheet_may_name_it_in_a_cell_or_in_a_heading(clerk, tmp_path):
    heads = ["序号", "事项名称", "职权类型", "状态", "行使主体", "实施依据"]
    rows = [heads, ["1", ROW[0], WORD, "有效", BODY, ROW[4]]]
    clerk("import", books.xlsx(tmp_path / "列.xlsx", rows), "items", "--at", DAY)
    assert record(clerk, "catalog/items/xzzd-001.yaml")["职权类型"] == WORD
    untyped = [name for name in heads if name != "职权类型"]
    rows = [untyped, [f"一、{WORD}（1项）", "", "", "", ""], ["1", OTHER[0], "有效", BODY, OTHER[4]]]
    clerk("import", books.xlsx(tmp_path / "题.xlsx", rows), "items", "--at", DAY)
    assert record(clerk, "catalog/items/xzzd-002.yaml")["职权类型"] == WORD
