"""A clerk's sheets, imported by command: what comes in, what is told, what happens when they are imported again."""

from __future__ import annotations

import json
import os
import re
import zipfile

import openpyxl
import pytest
from tests import books, registers
from tests.clerk import DAY, RANKED, Clerk
from tests.repository import Repository
from tests.test_cli import MANUAL

from quanze.edit import cells, importer
from quanze.edit.importer.target import Target
from quanze.edit.importer.values import measured
from quanze.form import Field, kinds
from quanze.io.yaml import read
from quanze.law.citation import Citation
from quanze.register.table import Column
from quanze.register.tree import load

BODY = "示例市应急管理局"
HEADS = ["事项名称", "职权类型", "状态", "行使主体", "实施依据"]
ROW = ["对矿山的检查", "行政检查", "有效", BODY, "《安全生产法》第六十五条第一款"]
OTHER = ["对化工厂的检查", "行政检查", "有效", BODY, "《安全生产法》第六十五条第二款"]
CHARGED = [{"依据文件": "安全生产法", "条": 65, "款": 1}]
FIRST, SECOND = "catalog/items/xzjc-002.yaml", "catalog/items/xzjc-003.yaml"


@pytest.fixture(name="clerk")
def _clerk(tmp_path):
    return Clerk(tmp_path / "项目")


@pytest.fixture(name="book")
def _book(tmp_path):
    def make(*rows, merges=(), name="表.xlsx", **looks):
        return books.xlsx(tmp_path / name, rows, merges, **looks)

    return make


def take(clerk, path, *more):
    return clerk("import", path, "items", "--at", DAY, *more)


def record(clerk, path):
    data, problems = read((clerk.root / path).read_bytes(), path)
    assert not problems
    return data


def told(done, rule):
    return [line for line in done.lines if line.endswith(f"[{rule}]")]


def with_columns(**columns):
    return [[*HEADS, *columns], [*ROW, *columns.values()]]


# 读入


def test_a_plain_sheet(clerk, book):
    done = take(clerk, book(HEADS, ROW, OTHER))
    assert done.code == 0
    assert [line for line in done.lines if line.endswith(".yaml")] == [FIRST, SECOND]
    assert done.err == "读了 2 行：新增 2 条、更新 0 条，0 行没有变化\n"
    assert record(clerk, FIRST) == {
        "事项名称": "对矿山的检查",
        "职权类型": "行政检查",
        "状态": "有效",
        "行使主体": ["shi-ying-ji-guan-li-ju"],
        "实施依据": [{"依据文件": "安全生产法", "条": 65, "款": 1}],
        "来源": {
            "文件": "表.xlsx",
            "表": "清单",
            "行": 2,
            "原文": "\n".join(f"{head}：{text}" for head, text in zip(HEADS, ROW, strict=True)),
        },
    }
    assert clerk.read(FIRST).startswith("# yaml-language-server: $schema=../../schema/items")
    assert clerk("check", "--at", DAY).code == 0


def test_what_a_sheet_does_not_say_is_taken_from_the_register(clerk, book):
    done = clerk("import", book(["职权名称", "设定依据"], ["对矿山的检查", "《安全生产法》第六十五条"]), "--at", DAY)
    assert done.code == 0
    found = record(clerk, FIRST)
    assert (found["职权类型"], found["状态"], found["行使主体"]) == ("行政检查", "拟", ["shi-ying-ji-guan-li-ju"])
    assert found["实施依据"] == [{"依据文件": "安全生产法", "条": 65}]
    assert "看名称像「行政检查」" in done.out


def test_a_person_says_that_it_is_in_force(clerk, book):
    rows = [["职权名称", "职权类型", "依据"], ["对矿山的检查", "检查", ROW[4]], ["对未培训的处罚", "处罚", ROW[4]]]
    done = take(clerk, book(*rows), "--set", "状态=有效")
    assert record(clerk, FIRST)["状态"] == "有效"
    assert record(clerk, "catalog/items/xzcf-002.yaml")["状态"] == "拟"
    assert "还缺「处罚」，状态写「拟」" in told(done, "import-draft")[0]
    assert clerk("check", "--at", DAY).code == 0


def test_two_rows_of_heads_and_merged_cells(clerk, book):
    rows = [
        [None] * 6,
        [None, None, None, None, "法律", "行政法规"],
        [1, "对矿山的检查", None, None, "《安全生产法》第六十五条", "《煤矿安全生产条例》第十条"],
        [2, "对化工厂的检查", None, None, "《安全生产法》第六十六条", None],
    ]
    merges = [
        ("A1:A2", "序号"), ("B1:B2", "项目名称"), ("C1:C2", "职权类型"), ("D1:D2", "行使主体"), ("E1:F1", "实施依据"),
        ("C3:C4", "行政检查"), ("D3:D4", BODY),
    ]  # fmt: skip
    assert take(clerk, book(*rows, merges=merges)).code == 0
    first, second = record(clerk, FIRST), record(clerk, SECOND)
    assert [one["依据文件"] for one in first["实施依据"]] == ["安全生产法", "煤矿安全生产条例"]
    assert second["职权类型"] == "行政检查"
    assert second["行使主体"] == ["shi-ying-ji-guan-li-ju"]


def test_a_column_that_no_field_has_is_kept(clerk, book):
    done = take(clerk, book(*with_columns(内部编号="甲-1", 经办="张\n李")))
    assert done.code == 0
    assert "表.xlsx:清单!F1: 待复核：表头「内部编号」没有对应的栏目" in done.out
    assert record(clerk, FIRST)["来源"]["原文"].endswith("内部编号：甲-1\n经办：张\n  李")


@pytest.mark.parametrize(
    ("heads", "cells", "want"),
    [
        (["收费标准", "收费依据"], ["每件10元", "《安全生产法》第六十五条第一款"], {"是否": True, "标准": "每件10元", "依据": CHARGED}),  # noqa: E501
        (["是否收费", "收费标准", "收费依据"], ["是", "10元", "无"], {"是否": True, "标准": "10元"}),
        (["是否收费", "收费标准", "收费依据"], ["否", "/", "/"], {"是否": False}),
        (["是否收费", "收费依据"], ["否", "《安全生产法》第六十五条第一款"], {"是否": False, "依据": CHARGED}),
        (["是否收费", "收费依据"], ["收费", "《安全\n生产法》第六十五条第一款"], {"是否": True, "依据": CHARGED}),
        (["是否收费", "收费标准"], ["不收费", "每件10元"], None),
    ],
)  # fmt: skip
def test_a_fee_may_stand_in_several_columns(clerk, book, heads, cells, want):
    file = book([*HEADS, *heads], ["矿山生产许可", "行政许可", *ROW[2:], *cells])
    assert take(clerk, file).code == 0
    assert record(clerk, "catalog/items/xzxk-001.yaml").get("办理", {}).get("收费") == want
    again = clerk("import", str(file), "items", "--at", DAY, "--update")
    assert "更新 0 条" in again.out
    assert record(clerk, "catalog/items/xzxk-001.yaml").get("办理", {}).get("收费") == want


@pytest.mark.parametrize(
    ("head", "value", "path", "want"),
    [
        ("生效日期", "2026.5.1", "生效日期", "2026-05-01"),
        ("生效日期", "２０２６年５月１日", "生效日期", "2026-05-01"),
        ("生效日期", "二〇二六年五月一日", "生效日期", "2026-05-01"),
        ("生效日期", "二○二六年十二月三十一日", "生效日期", "2026-12-31"),
        ("关键词", "电焊、动火\n没培训", "关键词", ["电焊", "动火", "没培训"]),
        ("第一责任层级", "市级、县级", "第一责任层级", ["市级", "县级"]),
        ("第一责任层级（建议）", "设区的市", "第一责任层级", ["市级"]),
        ("行使层级", "市、县（区）", "行使层级", None),
        ("行使层级", "市、区县", "行使层级", [{"层级": "市级"}, {"层级": "县级"}]),
        ("行使层级", "省级、市级（委托）", "行使层级", [{"层级": "省级"}, {"层级": "市级", "权限": "委托"}]),
        ("行使层级", "市级：跨县的\n县级：其余的", "行使层级", [{"层级": "市级", "权限": "跨县的"}, {"层级": "县级", "权限": "其余的"}]),  # noqa: E501
        ("行使层级", "层级：市级；权限：跨县的", "行使层级", [{"层级": "市级", "权限": "跨县的"}]),
        ("法定时限", "20个\n工作日", "办理", {"法定时限": "20个工作日"}),
        ("承诺办结时限", "5个工作日", "办理", {"承诺时限": "5个工作日"}),
        ("材料", "申请书；营业执照", "办理", {"材料": ["申请书", "营业执照"]}),
        ("收费依据和标准", "不收费", "办理", {"收费": {"是否": False}}),
        ("收费依据和标准", "无", "办理", {"收费": {"是否": False}}),
        ("收费依据和标准", "不收费，依据《安全生产法》第六十五条第一款", "办理", {"收费": {"是否": False}}),
        ("收费", "按规定收取", "办理", {"收费": {"是否": True, "标准": "按规定收取"}}),
        ("收费", "免费，补证收工本费5元", "办理", None),
        ("收费", "2017年起停征", "办理", None),
        ("收费", "详见附件", "办理", None),
        ("收费标准", "每件10元", "办理", {"收费": {"是否": True, "标准": "每件10元"}}),
        ("收费依据", "《安全生产法》第六十五条第一款", "办理", {"收费": {"是否": True, "依据": CHARGED}}),
        ("收费标准", "按照《安全生产法》第六十五条第一款的规定收取", "办理", {"收费": {"是否": True, "依据": CHARGED}}),
        ("收费依据和标准", "《安全生产法》第六十五条第一款；每件10元", "办理", {"收费": {"是否": True, "标准": "《安全生产法》第六十五条第一款；每件10元", "依据": CHARGED}}),  # noqa: E501
        ("收费", "收费标准：每件10元\n收费依据：《安全生产法》第六十五条第一款", "办理", {"收费": {"是否": True, "标准": "每件10元", "依据": CHARGED}}),  # noqa: E501
        ("收费依据和标准", "是否：是；标准：每件10元；依据：《安全生产法》第六十五条第一款", "办理", {"收费": {"是否": True, "标准": "每件10元", "依据": CHARGED}}),  # noqa: E501
        ("部门职责", "第一段\r\n第二段", "部门职责", "第一段\n第二段"),
        ("备注", 2023, "备注", "2023"),
        ("备注", "未载明", "备注", None),
        ("备注", "不适用", "备注", None),
        ("备注", "／", "备注", None),
        ("备注", "——", "备注", None),
        ("事项编码", "000125045000", "事项编码", [{"方案": "基本编码", "编码": "000125045000"}]),
        ("职权编码", "00\u200b0125045000", "事项编码", [{"方案": "基本编码", "编码": "000125045000"}]),
        ("配合部门", "示例市人民政府", "配合主体", ["shi-ren-min-zheng-fu"]),
        ("核对", "2026-11-01（公开文本）", "核对", {"日期": "2026-11-01", "来源": "公开文本"}),
        ("承办处室", "法规\n处", "承办机构", "法规处"),
    ],
)  # fmt: skip
def test_a_cell_is_read_by_its_field(clerk, book, head, value, path, want):  # noqa: PLR0913, PLR0917
    row = ["矿山生产许可", "行政许可", *ROW[2:]] if path == "办理" else ROW
    done = take(clerk, book([*HEADS, head], [*row, value]))
    assert done.code == 0, done.out
    name = "catalog/items/xzxk-001.yaml" if path == "办理" else FIRST
    assert record(clerk, name).get(path) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("10万元", 100_000), ("１０００００", 100_000), ("1,000 元", 1000), ("0.5亿", 50_000_000), ("2.5", 2.5), ("零", 0),  # noqa: E501
    ],
)  # fmt: skip
def test_amounts(clerk, text, want):
    assert cells.read(text, Field("罚款", kinds.AMOUNT), load(clerk.root)) == want


@pytest.mark.parametrize(
    ("above", "text", "unit", "want"),
    [
        (("", "上限（万元）"), "10", "", 100_000), (("", "上限（万元）"), "10万", "", 100_000), (("", "上限（万元）"), "10万元", "", 100_000),  # noqa: E501
        (("", "上限（万元）"), "5000元", "", 5000), (("", "上限（万元）"), "十", "", 100_000), (("", "上限（万元）"), "0.5", "", 5000),  # noqa: E501
        (("", "罚款（万元）·上限"), "2", "", 20_000), (("", "上限（元）"), "2万", "", 20_000), (("", "上限"), "十万", "", 100_000),  # noqa: E501
        (("（单位：万元）", "上限"), "3", "", 30_000), (("金额单位：元", "上限（万元）"), "3", "", 30_000), (("填报单位：元宝局", "上限"), "3", "", 3),  # noqa: E501
        (("", "投资"), "300万", "万元", 300), (("", "投资（元）"), "3000000", "万元", 300), (("", "投资"), "三百万元", "万元", 300),  # noqa: E501
        (("", "投资"), "1.2亿元", "万元", 12_000), (("单位：元", "投资"), "20000", "万元", 2), (("", "里程（公里）"), "3", "公里", 3),  # noqa: E501
    ],
)  # fmt: skip
def test_amounts_are_counted_in_the_unit_of_their_head(clerk, above, text, unit, want):
    title, head = above
    field = Field("上限", kinds.NUMBER if unit else kinds.AMOUNT, unit=unit)
    target = Target(1, head, Column("上限", "上限", "", "", field))
    assert cells.read(measured(text, target, (title,)), field, load(clerk.root)) == want


@pytest.mark.parametrize(("head", "text"), [("里程（米）", "3000"), ("里程（吨）", "3")])
def test_a_number_in_another_unit_is_not_read(clerk, head, text):
    field = Field("里程", kinds.NUMBER, unit="公里")
    target = Target(1, head, Column("里程", "里程", "", "", field))
    with pytest.raises(ValueError, match="不是数字"):
        cells.read(measured(text, target, ()), field, load(clerk.root))


# 读不成的


@pytest.mark.parametrize(
    ("head", "value", "said", "rule"),
    [
        ("行使主体", "示例市应急局", "「示例市应急局」按本机关读取，不是的请改", "import-body"),
        ("生效日期", "2026年5月", "「2026年5月」不是日期；写成 2026-05-01 的样子；原话保留在来源里", "import-value"),
        ("生效日期", "2026-02-30", "不是日历上有的日期；原话保留在来源里", "import-value"),
        ("生效日期", "46000", "像是 Excel 的日期序号", "import-value"),
        ("事项编码", 125045000, "存成了数字，可能丢了前面的 0 或者后面的位数", "import-number"),
        ("事项编码", "甲乙", "「甲乙」看不出是哪种编码", "import-value"),
        ("监督电话", 2912345678, "存成了数字", "import-number"),
        ("备注", 6.1012345678901234e17, "可能丢了前面的 0 或者后面的位数", "import-number"),
        ("实施依据", "《安全生产法》第一百二十条", "没有第一百二十条；状态写「拟」，改正以后再改", "article-beyond-last"),  # noqa: E501
        ("实施依据", "《没有的法》第一条", "laws/ 里没有 《没有的法》（法律）", "import-law"),
        ("行使层级", "全市", "「全市」不在词表里", "import-value"),
        ("处罚", "罚款", "「处罚」这一格", "import-value"),
        ("程序", "行政处罚一般程序", "用于行政处罚，而这条记录的职权类型是行政检查；状态写「拟」", "type-mismatch"),
        ("事项\u200b名称", "对矿\u200b山的检查", "有看不见的字符", "import-unseen"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_and_kept_and_the_row_is_a_draft_or_more(clerk, book, head, value, said, rule):  # noqa: PLR0913, PLR0917
    plain = head.replace("\u200b", "")
    heads = [head if one == plain else one for one in HEADS] + ([] if plain in HEADS else [head])
    row = [value if one == plain else was for one, was in zip(HEADS, ROW, strict=True)] + (
        [] if plain in HEADS else [value]
    )
    done = take(clerk, book(heads, row, OTHER))
    assert done.code == 0
    assert said in told(done, rule)[0]
    assert clerk("check", "--at", DAY).code == 0
    shown = value.replace("\u200b", "") if isinstance(value, str) else f"{value:.0f}"
    assert shown in clerk.read(FIRST)


_TOOLS = """\
{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "工具", "prefix": "gj", "family": 40,
 "type": "object", "additionalProperties": false, "required": ["名称", "处置", "状态"],
 "properties": {
  "名称": {"section": "甲", "$ref": "common.schema.json#/$defs/title"},
  "处置": {"section": "甲", "type": "string", "enum": ["销毁", "拍卖"]},
  "状态": {"section": "甲", "$ref": "common.schema.json#/$defs/status"},
  "天数": {"section": "甲", "$ref": "common.schema.json#/$defs/count"}}}
"""
"""A form of a bureau's own that keeps no 来源."""


@pytest.mark.parametrize("option", ["--report", "--marked"])
def test_what_is_told_of_an_import_takes_no_records_place(clerk, option):
    clerk.write("schema/tools.schema.json", _TOOLS)
    record = clerk.write("catalog/tools/a.yaml", "名称: 台秤\n处置: 拍卖\n状态: 有效\n天数: 30\n")
    sheet = clerk.write("表.csv", "名称,处置,状态,天数\n砝码,销毁,有效,30\n")
    done = clerk("import", str(sheet), "tools", "--at", DAY, option, str(record))
    assert done.code == 2
    assert "会盖掉那里的文件，没有写" in done.err
    assert record.read_text("utf-8").startswith("名称: 台秤")
    assert [*record.parent.iterdir()] == [record]


@pytest.mark.parametrize("option", ["--report", "--marked"])
def test_what_is_told_of_an_import_does_not_take_the_place_of_the_sheet(clerk, option):
    sheet = clerk.write("表.csv", "事项名称,职权类型\n对示例的处罚,行政处罚\n")
    before = sheet.read_bytes()
    (clerk.root / "别名.csv").symlink_to(sheet)
    for name in (sheet, clerk.root / "别名.csv", clerk.root / "catalog/../表.csv"):
        done = clerk("import", str(sheet), "--at", DAY, option, str(name))
        assert (done.code, sheet.read_bytes()) == (2, before)
        assert "是读的那个文件，写了就没有原来的了，没有写" in done.err


def test_what_a_form_without_a_place_for_it_cannot_keep_is_told_with_its_words(clerk, tmp_path):
    clerk.write("schema/tools.schema.json", _TOOLS)
    rows = "名称,处置,状态,天数\n台秤,拍卖,有效,三十日\n砝码,毁掉,有效,30\n"
    sheet, report = clerk.write("表.csv", rows), tmp_path / "去向.json"
    done = clerk("import", str(sheet), "tools", "--at", DAY, "--report", str(report))
    assert "三十日" not in clerk.read("catalog/tools/gj-001.yaml")
    assert "「三十日」不是数字；没有写进记录，原话是「三十日」 [import-value]" in done.out
    assert "，0 格保留在来源里，" in done.out
    went = {one["cell"]: (one["went"], one["reason"]) for one in json.loads(report.read_text("utf-8"))["cells"]}
    assert went["D2"] == ("report", "「三十日」不是数字")
    assert "「毁掉」不在词表里" in told(done, "form-required")[0]
    assert "只能是：销毁、拍卖；这一项必填，这一行没有导入" in told(done, "form-required")[0]
    assert "空着" not in done.out
    assert "状态写「拟」" not in done.out


@pytest.mark.parametrize(
    ("head", "value", "said"),
    [
        ("事项名称", "", "「事项名称」空着，这一行没有导入 [import-required]"),
        ("编号", "XZJC_9", "编号「XZJC_9」不对；用小写英文字母、数字和短横线"),
        ("行使主体", "示例市教育局", "「示例市教育局」不是本机关，这一行没有导入"),
        ("职权类型", "#DIV/0!", "看不出「职权类型」"),
    ],
)
def test_what_is_no_record_is_told_and_the_others_come_in(clerk, book, head, value, said):
    heads = ["序号", *HEADS] if head in HEADS else ["序号", head, *HEADS]
    row = [1, *ROW] if head in HEADS else [1, value, *ROW]
    row[heads.index(head)] = value
    if head == "职权类型":
        row[1] = "某某事项"
    rest = [2, *OTHER] if head in HEADS else [2, None, *OTHER]
    path = book(heads, row, rest)
    done = take(clerk, path)
    assert said in done.out
    assert [line for line in done.lines if line.endswith(".yaml")] == [FIRST]
    before = clerk.files()
    assert take(clerk, path, "--whole").code == done.code
    assert clerk.files() == before


def test_two_rows_of_one_record_and_one_name_twice(clerk, book):
    done = take(
        clerk, book(HEADS, ROW, ROW, ["对生产经营单位的监督检查", *ROW[1:]], ["对生产经营单位的监督检查", *ROW[1:]])
    )
    assert done.code == 1
    first, second = told(done, "import-duplicate")
    assert first.startswith("表.xlsx:清单!A3: 与第 2 行是同一条记录")
    assert second.startswith("表.xlsx:清单!A5: 与第 4 行是同一条记录")


def test_a_text_that_the_workbook_does_not_hold_is_told(clerk, book):
    path = book(HEADS, ROW, [*OTHER[:-1], "词尾"])
    part = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    for cell, number in (("A2", "9" * 5000), ("C3", "4000")):
        part, changed = re.subn(rf'(<c r="{cell}" t="s"><v>)\d+'.encode(), rf"\g<1>{number}".encode(), part)
        assert changed
    take_from = [(one, zipfile.ZipFile(path).read(one)) for one in zipfile.ZipFile(path).namelist()]
    with zipfile.ZipFile(path, "w") as damaged:
        for name, content in take_from:
            damaged.writestr(name, part if name == "xl/worksheets/sheet1.xml" else content)
    done = take(clerk, path)
    assert done.code == 1
    assert "表.xlsx:清单!A2: 「事项名称」的文字不在文件里，文件坏了" in done.out
    assert "表.xlsx:清单!C3: 待复核：「状态」的文字不在文件里，文件坏了" in done.out


def test_a_formula_without_a_value_and_an_error_value(clerk, book):
    formulas = {"A2": ("=B9", ""), "C3": ("=1/0", "#DIV/0!")}
    done = take(clerk, book(HEADS, [None, *ROW[1:]], OTHER, formulas=formulas))
    assert done.code == 1
    assert "表.xlsx:清单!A2: 「事项名称」是没有算出值的公式" in done.out
    assert "表.xlsx:清单!C3: 待复核：「状态」是错误值 #DIV/0!" in done.out


def test_a_catalog_that_cannot_be_read_is_mended_first(clerk, book):
    clerk.write("catalog/items/xzjc-001.yaml", "事项名称：坏\n")
    done = take(clerk, book(HEADS, ROW))
    assert done.code == 1
    assert "没有导入；请先改正" in done.err
    assert not (clerk.root / FIRST).exists()


# 没有收录的文件


def test_what_the_register_lacks_afterwards_is_not_what_could_not_be_written(clerk, book):
    """A site that is no demonstration may hold nothing unverified: the draft of a law is written, and told."""
    settings = clerk.read("catalog/site.yaml")
    assert registers._DEMONSTRATION in settings
    clerk.write("catalog/site.yaml", settings.replace(registers._DEMONSTRATION, registers._REAL))
    done = take(clerk, book(HEADS[:2] + HEADS[4:], ["对矿山的检查", "行政检查", "《没有收录的办法》第三条"]))
    assert "  写了以后还要改 1 个 unverified" in done.lines
    assert not [line for line in done.lines if "不能写" in line]
    assert done.err.endswith("个问题，写了以后还要改\n")
    assert (clerk.root / FIRST).is_file()


def test_an_instrument_that_is_lacking_is_drafted_once(clerk, book):
    text = "【规章】《示例安全管理办法》（应急管理部令第3号）第五条"
    done = take(clerk, book(HEADS, [*ROW[:4], text], [*OTHER[:4], "《示例安全管理办法》第六条"]))
    assert done.code == 0
    assert record(clerk, "catalog/laws/shi-li-an-quan-guan-li-ban-fa.yaml") == {
        "名称": "示例安全管理办法",
        "位阶": "部门规章",
        "制定机关": "待核",
        "版本": [{"名称": "待核", "文号": "应急管理部令第3号"}],
    }
    assert record(clerk, SECOND)["实施依据"] == [{"依据文件": "示例安全管理办法", "条": 6}]
    assert clerk("check", "--at", DAY).code == 0
    assert clerk("import", book(HEADS, [*ROW[:4], text], name="又.xlsx"), "--at", DAY).err.startswith(
        "读了 1 行：新增 0 条"
    )


def test_a_number_that_nobody_has_is_drafted_and_one_of_a_draft_names_it(clerk, book):
    text = "《示例安全管理办法》（应急管理部令第3号）第五条；交通运输部第5号令第七条第（二）项"
    assert take(clerk, book(HEADS, [*ROW[:4], text])).code == 0
    assert record(clerk, "catalog/laws/jiao-tong-yun-shu-bu-ling-di-5-hao.yaml") == {
        "名称": "交通运输部令第5号",
        "位阶": "部门规章",
        "制定机关": "待核",
        "版本": [{"名称": "待核", "文号": "交通运输部令第5号"}],
    }
    assert record(clerk, FIRST)["实施依据"][1] == {"依据文件": "交通运输部令第5号", "条": 7, "项": 2}
    text = "应急部令第3号第六条、《交通运输部令第5号》第八条"
    assert take(clerk, book(HEADS, [*OTHER[:4], text], name="又.xlsx")).code == 0
    assert record(clerk, SECOND)["实施依据"] == [
        {"依据文件": "示例安全管理办法", "条": 6},
        {"依据文件": "交通运输部令第5号", "条": 8},
    ]
    assert clerk("check", "--at", DAY).code == 0


def test_what_a_sheet_cites_by_its_number_has_the_title_that_the_sheet_gives_elsewhere(clerk, book):
    first, then = "应急部令第3号第六条", "《示例安全管理办法》（应急管理部令第3号）第五条"
    assert take(clerk, book(HEADS, [*ROW[:4], first], [*OTHER[:4], then])).code == 0
    assert [one.stem for one in (clerk.root / "catalog/laws").glob("*-hao.yaml")] == []
    assert record(clerk, FIRST)["实施依据"] == [{"依据文件": "示例安全管理办法", "条": 6}]


# 对照文件


def test_a_map_answers_once_and_for_all(clerk, book, tmp_path):
    (tmp_path / "对照.yaml").write_text(
        "表头:\n  叫什么: 事项名称\n  处室: null\n词:\n  职权类型: {监管: 行政检查}\n"
        "固定值:\n  处罚:\n    - {情形: 待核, 对象: 待核, 责令: [待核], 力度: 待核, 决定机关: 待核}\n",
        "utf-8",
    )
    rows = [
        ["叫什么", "职权类型", "实施依据", "处室"],
        ["对未履行职责的处罚", "行政处罚", "《安全生产法》第二十一条、第九十四条", "一处"],
        ["对矿山的检查", "监管", "《安全生产法》第六十五条", "二处"],
    ]
    path = book(*rows)
    assert take(clerk, path, "--map", str(tmp_path / "对照.yaml"), "--set", "状态=有效").code == 0
    (sanction,) = record(clerk, "catalog/items/xzcf-002.yaml")["处罚"]
    assert (
        sanction["依据"] == [{"依据文件": "安全生产法", "条": [21, 94], "作用": "罚则"}] or sanction["情形"] == "待核"
    )
    checked = record(clerk, FIRST)
    assert checked["职权类型"] == "行政检查"
    assert "处罚" not in checked
    assert "处室" not in checked["来源"]["原文"]
    assert "监管: 行政检查" in clerk.read("catalog/import.yaml")
    again = take(clerk, book(rows[0], ["对化工厂的检查", "监管", "《安全生产法》第六十五条", "二处"], name="又.xlsx"))
    assert again.err.startswith("读了 1 行：新增 1 条")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("表头：\n", "对照.yaml:1:3: 栏目「表头」后面是全角冒号"),
        ("栏目: {}\n", "只写「表头」"),
        ("表头: [甲]\n", "只写「表头」"),
        ("表头: {甲: 1}\n", "只写「表头」"),
        ("表头: {甲: 没有}\n", "「没有」不是「权责事项」的栏目"),
        ("固定值: {没有: 1}\n", "「没有」不是「权责事项」的栏目"),
    ],
)
def test_a_map_that_is_none(clerk, book, tmp_path, text, said):
    (tmp_path / "对照.yaml").write_text(text, "utf-8")
    done = take(clerk, book(HEADS, ROW), "--map", str(tmp_path / "对照.yaml"))
    assert done.code == 2
    assert said in done.err


# 编号


def test_a_code_is_stronger_than_a_name(clerk, book):
    path = "catalog/items/xzjc-001.yaml"
    clerk.write(path, clerk.read(path) + '事项编码:\n  - {方案: 基本编码, 编码: "000125045000"}\n')
    rows = [["事项名称", "事项编码", "职权类型"], ["对企业的检查", "000125045000", "行政检查"]]
    assert "更新 1 条" in take(clerk, book(*rows), "--update").err
    assert record(clerk, path)["事项名称"] == "对企业的检查"


def test_an_id_in_the_sheet(clerk, book):
    rows = [
        ["编号", *HEADS],
        ["xzjc-001", "对企业的检查", *ROW[1:4], "《安全生产法》第六十五条第一款第一项"],
        ["xzjc-100", *ROW],
        [None, *OTHER],
    ]
    done = take(clerk, book(*rows), "--update")
    assert done.err.startswith("读了 3 行：新增 2 条、更新 1 条")
    assert (clerk.root / "catalog/items/xzjc-100.yaml").is_file()
    assert (clerk.root / "catalog/items/xzjc-101.yaml").is_file()


def test_ids_of_the_past_are_not_given_again(clerk, book):
    repository = Repository(clerk.root)
    repository.write("catalog/items/xzjc-041.yaml", clerk.read("catalog/items/xzjc-001.yaml"))
    repository.commit("2026-10-01")
    repository.remove("catalog/items/xzjc-041.yaml")
    repository.commit("2026-10-02")
    assert "catalog/items/xzjc-042.yaml" in take(clerk, book(HEADS, ROW)).lines


# 报告


def test_every_cell_is_accounted_for(clerk, book, tmp_path):
    rows = [
        ["示例市应急管理局权责清单"], ["序号", *HEADS, "备注", "经办"], [1, *ROW, "无", "甲"], [2, "", *OTHER[1:], "乙", None],  # noqa: E501
        ["注：本清单自公布之日起施行。"],
    ]  # fmt: skip
    done = take(clerk, book(*rows, comments={"B3": "内部"}), "--report", str(tmp_path / "r.json"))
    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert {*report} >= {"rows", "records", "problems", "citations", "cells"}
    assert (report["rows"], report["records"]) == (2, 1)
    assert report["citations"] == {"resolved": 1, "unresolved": 0}
    found = {one["cell"]: one for one in report["cells"]}
    assert len(found) == len(report["cells"]) == 1 + 8 + 8 + 6 + 1
    went = {
        name: {cell for cell, one in found.items() if one["went"] == name}
        for name in ("heading", "note", "source", "report", "field")
    }
    assert went["heading"] == {"A1", *(f"{letter}2" for letter in "ABCDEFGH")}
    assert went["note"] == {"A5"}
    assert went["source"] == {"A3", "H3"}
    assert went["report"] == {"G3", "A4", "C4", "D4", "E4", "F4", "G4"}
    assert found["B3"] == {
        "sheet": "清单", "cell": "B3", "value": "对矿山的检查", "went": "field", "record": "xzjc-002", "field": "事项名称", "reason": "",  # noqa: E501
    }  # fmt: skip
    assert found["G3"]["reason"] == "「无」表示没有内容"
    assert "空着" in found["C4"]["reason"]
    assert done.code == 1


def test_the_summary_comes_first_and_is_short(clerk, book):
    rows = [[*ROW[:1], "行政检察", "在办", "某某局", "国家有关规定"] for _ in range(3)]
    done = take(
        clerk,
        book(
            [*HEADS, "经办", "生效日期", "行使层级", "监督电话"],
            *[[f"{n}{one[0]}", *one[1:], "甲", "五月", "全", "x"] for n, one in enumerate(rows)],
        ),
    )
    first = next(n for n, line in enumerate(done.lines) if line.startswith("表.xlsx:清单"))
    assert done.lines[0].startswith("表.xlsx：读了 3 项")
    assert first <= 15


def test_the_same_is_said_once_for_all_rows(clerk, book):
    rows = [[f"对{n}号矿山的检查", "行政检查", "有效", "市应急局", ROW[4]] for n in range(40)]
    (line,) = told(take(clerk, book(HEADS, *rows)), "import-body")
    assert line.endswith("（第 2、3、4、5、6、7 等 40 行） [import-body]")


def test_the_clerks_own_workbook_is_marked(clerk, book, tmp_path):
    path = book([*HEADS, "生效日期"], [*ROW, "五月"], [*OTHER, "2026-05-01"], comments={"A3": "请核"})
    take(clerk, path, "--marked", str(tmp_path / "b.xlsx"))
    page = openpyxl.load_workbook(tmp_path / "b.xlsx")["清单"]
    assert "不是日期" in page["F2"].comment.text
    assert page["F2"].fill.fgColor.rgb.endswith("FFEB9C")
    assert page["A3"].comment.text.startswith("请核\n【请看】批注「请核」没有导入")
    assert page["B2"].value == "行政检查"


def test_a_page_is_marked_as_a_workbook(clerk, tmp_path):
    path = books.html(tmp_path / "a.html", [HEADS, [*ROW[:1], "行政检察", *ROW[2:]]])
    take(clerk, path, "--marked", str(tmp_path / "b.xlsx"))
    assert "「行政检察」不是职权类型" in openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[0]["B2"].comment.text


def test_a_dry_run_writes_nothing(clerk, book):
    before = clerk.files()
    done = take(clerk, book(HEADS, ROW), "--dry-run")
    assert done.code == 1
    assert f"+++ b/{FIRST}" in done.lines
    assert "+事项名称: 对矿山的检查" in done.lines
    assert done.err.startswith("读了 1 行：会新增 1 条")
    assert clerk.files() == before


# 表


def test_all_sheets_at_once_unless_one_is_named(clerk, tmp_path):
    pages = {
        "空表": [],
        "检查": [HEADS, ROW],
        "其他": [HEADS, OTHER],
        "说明": [["填表说明"], ["一、按实填写"]],
        "藏": [HEADS, ["对隐患的检查", *ROW[1:]]],
    }
    path = books.xlsx(tmp_path / "几张表.xlsx", pages, hidden_sheets=["藏"])
    done = take(clerk, path)
    assert done.err == "读了 2 行：新增 2 条、更新 0 条，0 行没有变化\n"
    assert "「藏」是隐藏的表，没有导入" in told(done, "import-signal")[0]
    assert "新增 1 条" in take(clerk, path, "--sheet", "藏").err
    wrong = take(clerk, path, "--sheet", "没有")
    assert wrong.code == 2
    assert "里没有叫「没有」的表；有：空表、检查、其他、说明" in wrong.err


def test_no_heads_in_any_sheet(clerk, book):
    done = take(clerk, book(["甲", "乙"], ["丙", "丁"]))
    assert done.code == 1
    assert "没有找到表头" in told(done, "import-head")[0]


def test_an_empty_workbook(clerk, book):
    assert "没有内容" in take(clerk, book()).err


def test_a_list_names_the_heads_and_the_collection(clerk, book):
    clerk.write("catalog/lists/zhi-fa-mu-lu.yaml", LIST)
    done = clerk(
        "import", book(["项目名称", "职权类型"], ["对矿山的检查", "行政检查"]), "--list", "zhi-fa-mu-lu", "--at", DAY
    )
    assert done.code == 0
    path = book(["项目名称", "职权类型"])
    assert clerk("import", path, "--list", "没有", "--at", DAY).err.startswith("没有清单「没有」")


# 没有见过的集合


def test_an_unknown_collection_is_imported_too(clerk, book):
    clerk.write(
        "schema/spotchecks.schema.json",
        '{"title": "抽查", "type": "object", "additionalProperties": false, "required": ["抽查事项"], "properties": {'
        '"抽查事项": {"$ref": "common.schema.json#/$defs/title"}, "重点": {"$ref": "common.schema.json#/$defs/yesno"},'
        '"比例": {"$ref": "common.schema.json#/$defs/number"}}}',
    )
    path = book(["抽查事项", "重点", "比例"], ["加油站", "是", "5"], ["餐馆", "否", 2.5])
    done = clerk("import", path, "spotchecks", "--at", DAY)
    assert done.code == 0
    assert record(clerk, "catalog/spotchecks/can-guan.yaml") == {"抽查事项": "餐馆", "重点": False, "比例": 2.5}
    assert clerk("import", path, "spotchecks", "--at", DAY).err == "读了 2 行：新增 0 条、更新 0 条，2 行没有变化\n"


def test_without_an_origin_a_strange_column_is_told(clerk, book):
    path = book(["名称", "层级", "类型", "邮编"], ["甲局", "市级", "政府部门", "710000"])
    done = clerk("import", path, "bodies", "--at", DAY)
    assert done.code == 1
    assert "表头「邮编」没有对应的栏目；内容没有地方保留；不要的，用 --map 写明 null [import-column]" in done.out


def test_every_rule_of_the_import_is_in_the_manual():
    assert not [rule for rule in importer.RULES if f"| {rule} |" not in MANUAL]


# 导出再导入


LIST = (
    """\
名称: 行政执法事项目录
性质: 采用上级
公布主体: shi-ying-ji-guan-li-ju
集合: items
列:
  - 字段: 序号
  - 字段: 编号
  - 字段: 事项名称
    标题: 项目名称
  - 字段: 职权类型
"""
    + RANKED
    + """\
  - 字段: 行使主体
    标题: 实施主体
  - 字段: 处罚
  - 字段: 程序
    标题: 责任事项
  - 字段: 办理.收费
    标题: 收费依据和标准
  - 字段: 备注
短列: [序号, 事项名称]
条目:
  - 事项: [xzjc-001, xzjc-002]
    改写: {事项名称: 对企业的检查}
    理由: 上级目录的写法
"""
)


@pytest.fixture(name="full")
def _full(clerk):
    clerk.write("catalog/lists/zhi-fa-mu-lu.yaml", LIST)
    text = clerk.read("catalog/items/xzjc-001.yaml")
    clerk.write("catalog/items/xzjc-002.yaml", text.replace("单位的监督检查", "单位的复查"))
    clerk.write(
        "catalog/items/xzxk-001.yaml",
        text.replace("对生产经营单位的监督检查", "=危险化学品经营许可").replace("行政检查", "行政许可")
        + "办理:\n  收费: {是否: false}\n备注: |\n  一\n\n  二\n",
    )
    assert clerk("check", "--at", DAY).code == 0
    return clerk


@pytest.mark.parametrize("layout", ["xlsx", "csv"])
@pytest.mark.parametrize("name", ["quan-ze-qing-dan", "zhi-fa-mu-lu"])
def test_what_was_exported_comes_back_unchanged(full, tmp_path, name, layout):
    path = str(tmp_path / f"导出.{layout}")
    assert full("export", name, "-o", path).code == 0
    before = full.files()
    done = take(full, path, "--update")
    assert done.code == 0, done.out
    assert re.fullmatch(r"读了 ([0-9]+) 行：新增 0 条、更新 0 条，\1 行没有变化\n", done.err)
    assert not [line for line in done.lines if "待复核" in line]
    assert full.files() == before


def changed(clerk, tmp_path, cell, text):
    clerk("export", "zhi-fa-mu-lu", "-o", str(tmp_path / "导出.xlsx"))
    return books.edited(str(tmp_path / "导出.xlsx"), tmp_path / "改.xlsx", **{cell: text})


def test_an_edited_export_updates_its_record(full, tmp_path):
    before = full.read("catalog/items/xzcf-001.yaml")
    done = take(full, changed(full, tmp_path, "K5", "改过的"), "--update")
    assert [line for line in done.lines if line.endswith(".yaml")] == ["catalog/items/xzcf-001.yaml"]
    assert full.read("catalog/items/xzcf-001.yaml") == before.replace("核对:", "备注: 改过的\n核对:")


def test_one_column_of_a_basis_leaves_the_others(full, tmp_path):
    assert take(full, changed(full, tmp_path, "F7", "《煤矿安全生产条例》第十条"), "--update").code == 0
    assert record(full, "catalog/items/xzxk-001.yaml")["实施依据"] == [
        {"依据文件": "安全生产法", "条": 65, "款": 1, "项": 1, "作用": "职权"},
        {"依据文件": "煤矿安全生产条例", "条": 10},
    ]


def test_what_a_list_words_itself_is_changed_in_the_list(full, tmp_path):
    done = take(full, changed(full, tmp_path, "C6", "对单位的检查"), "--update")
    assert done.code == 1
    assert "「项目名称」与清单对 xzjc-001、xzjc-002 的写法不同；请在清单的「条目」里改" in done.out


def test_a_beginning_that_is_not_in_the_repository_stops_no_import(clerk, book):
    clerk.write("catalog/site.yaml", clerk.read("catalog/site.yaml") + f"历史起点: {'a' * 40}\n")
    assert take(clerk, book(HEADS, ROW)).code == 0


def test_a_long_list_comes_out_the_same_on_every_number_of_cores(tmp_path, book, monkeypatch):
    rows = [[f"{one[0]}{number}", *one[1:]] for number in range(600) for one in (ROW, OTHER)]
    path = book([*HEADS, "监督电话"], *([*row, "" if number % 7 else "无此号码"] for number, row in enumerate(rows)))
    outcomes = []
    for cores in (1, 3):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        clerk = Clerk(tmp_path / f"{cores}")
        done = take(clerk, path)
        files = sorted(clerk.root.glob("catalog/**/*.yaml"))
        outcomes.append((done.lines, [(one.relative_to(clerk.root), one.read_bytes()) for one in files]))
    assert outcomes[0] == outcomes[1]
    assert len(outcomes[0][1]) > len(rows)
    assert any("无此号码" in line for line in outcomes[0][0])


@pytest.mark.parametrize(
    ("said", "kept"), [("附件3第2项", "3第2项"), ("附件第35项", "第35项"), ("附表二第一项", "附表二第一项")]
)
def test_an_item_of_an_annex_is_cited_as_one(clerk, book, said, kept):
    """It stood in 原文 alone: a form has no 项 without a 条, and what an annex numbers is said with the annex."""
    path = book(HEADS, [*ROW[:4], f"《安全生产法》{said}"])
    done = take(clerk, path)
    assert record(clerk, FIRST)["实施依据"] == [{"依据文件": "安全生产法", "附件": kept}]
    assert not told(done, "import-citation")
    assert str(Citation.of(record(clerk, FIRST)["实施依据"][0])) == f"《安全生产法》{said}"
