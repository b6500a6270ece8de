"""Lists as strangers lay them out: what is head, heading, note and item, and what each item comes to."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from tests import books
from tests.clerk import DAY, Clerk

from quanze.base.problem import Fault
from quanze.check.checking import check
from quanze.edit import importer
from quanze.edit.importer import layouts, status
from quanze.edit.importer.head import Heads
from quanze.edit.importer.layout import lay
from quanze.edit.importer.sheet import Cell, Sheet
from quanze.edit.importer.signals import is_legend
from quanze.edit.importer.whose import Bodies
from quanze.io.yaml import read

LAW = "《安全生产法》第{}条"


@pytest.fixture(name="catalog", scope="module")
def _catalog(tmp_path_factory):
    return check(Clerk(tmp_path_factory.mktemp("项目") / "册").root, DAY).catalog


@pytest.fixture(name="taken")
def _taken(catalog, tmp_path):
    """Return what takes rows, or the path of a file, and returns the plan and the data of its new items in order."""

    def take(rows, *merges, include=(), **looks):
        path = rows if isinstance(rows, str) else books.xlsx(tmp_path / "表.xlsx", rows, merges, **looks)
        wishes = importer.Wishes(importer.NONE, include=frozenset(include))
        plan = importer.plan(catalog, catalog.forms["items"], importer.read(Path(path)), DAY, wishes)
        told = {edit.path: read(edit.new.encode(), "")[0] for edit in plan.edits}
        return plan, [told[one.path] for one in plan.records]

    return take


def names(items):
    return [(one["事项名称"], one.get("子项名称"), one["职权类型"]) for one in items]


def went(plan, *cells):
    found = {one.cell: one.went for one in plan.cells}
    return [found[cell] for cell in cells]


def rules(plan):
    return {one.rule for one in plan.problems}


HEAD = ["序 号", "职权 名称", None, "职 权\n类 别", "设定\n依据", "责任主体", "责任事项", "追责情形及依据", "备 注"]
HEAD_OF_BASIS = ["职权名称", "职权类型", "实施依据"]
LOWER = [None, "项目", "子项"]


def test_a_printed_list_with_all_that_pages_carry(taken):
    rows = [
        ["附件2"], ["示例市应急管理局行政职权和责任清单"], ["填报单位：示例市应急管理局", None, None, None, "填报时间：2023年6月"],  # noqa: E501
        HEAD, LOWER, [*"123456789"], ["一、行政处罚（共2项）"],
        [1, "对未设置警示\n标志的处罚", "/", "行政处罚", LAW.format("三十五"), "市应急局", "1.立案责任：审查。\n2.决定责任：决定。", "不作为的。《行政处罚法》第八十三条", "无"],  # noqa: E501
        [2, "对未记录培训的处罚", "－", "行政处罚", LAW.format("九十七"), "市应急局", "同上", "同上", ""],
        ["第 1 页  共 2 页"], HEAD, LOWER, ["二、行政検査（共1项）"],
        [5, "对生产经营单位的检查", "", "行政検査", LAW.format("六十五"), "市应急局"],
        ["合计", "3项"], ["审核人：", "", None, "填表人：", None, "联系电话："], ["注：1.本清单所称应急局含支队。"],
    ]  # fmt: skip
    plan, items = taken(rows)
    assert names(items) == [
        ("对未设置警示标志的处罚", None, "行政处罚"), ("对未记录培训的处罚", None, "行政处罚"), ("对生产经营单位的检查", None, "行政检查"),  # noqa: E501
    ]  # fmt: skip
    assert [one["环节"] for one in items[1]["责任事项"]] == ["立案", "决定"]
    assert items[0]["追责依据"] == [{"依据文件": "行政处罚法", "条": 83}]
    assert "import-gap" in rules(plan)
    assert went(plan, "A1", "A3", "A4", "B5", "A6", "A7", "A10", "B12", "A15", "A16", "A17") == [
        "heading", "note", "heading", "heading", "note", "heading", "note", "heading", "note", "note", "note",
    ]  # fmt: skip
    assert len([*plan.cells]) == sum(bool(cell) for row in rows for cell in row)
    assert plan.counts == Counter(one.went for one in plan.cells)


def test_what_is_another_departments_is_not_ours(taken):
    head = ["序号", "部门", "权力名称", "权力类型", "设定依据"]
    rows = [
        head, ["（一）示例市教育局（1项）"], [1, "", "民办学校设立审批", "行政许可", "《民办教育促进法》第十二条"],
        ["（二）示例市应急管理局（1项）"], [2, "", "对重大危险源的检查", "行政检查", LAW.format("六十二")],
        [3, "市公安局", "对爆破作业的检查", "行政检查", ""], [4, "各区县应急局", "对甲的检查", "行政检查", ""],
    ]  # fmt: skip
    plan, items = taken(rows)
    assert [one["事项名称"] for one in items] == ["对重大危险源的检查", "对甲的检查"]
    assert went(plan, "C3", "C6") == ["report", "report"]
    assert "import-section" in rules(plan)


def test_a_type_in_the_name_of_the_sheet_or_in_the_title_alone(taken):
    head = ["序号", "项目名称", "实施依据"]
    _, items = taken(
        {
            "行政许可(1)": [head, [1, "甲证核发", LAW.format("三十")]],
            "其他职权": [head, [1, "预案备案", LAW.format("八十一")]],
        }
    )
    assert [one["职权类型"] for one in items] == ["行政许可", "其他行政权力"]
    numbered = {
        "2处罚": [head, [1, "甲事", ""]],
        "三、强制(12项)": [head, [1, "乙事", ""]],
        "4其他职权": [head, [1, "丙事", ""]],
    }
    _, items = taken(numbered)
    assert [one["职权类型"] for one in items] == ["行政处罚", "行政强制", "其他行政权力"]
    _, items = taken([["五、行政许可（40项）"], head, [1, "乙证换发", ""]])
    assert items[0]["职权类型"] == "行政许可"


def test_a_citation_over_three_columns(taken):
    rows = [
        ["序号", "项目名称", "实施依据", None, None, "类别"], [None, None, "名称", "条款号", "内容"],
        [1, "甲证核发", "安全生产法", "第三十条", "应当取得相应资格", "许可"], [2, "乙证核发", "《安全生产法》", "第六十三条", "", "许可"],  # noqa: E501
    ]  # fmt: skip
    _, items = taken(rows)
    assert items[0]["实施依据"] == [{"依据文件": "安全生产法", "条": 30, "摘录": "应当取得相应资格"}]
    assert items[1]["实施依据"] == [{"依据文件": "安全生产法", "条": 63}]


def test_a_citation_over_columns_that_nothing_stands_above(taken):
    rows = [
        ["类别", "序号", "执法事项名称", "依据名称", "条款", "内容"],
        ["检查", 1, "对甲的检查", "《安全生产法》", "第六十二条", "依法检查"],
        ["", "", "", "《煤矿安全生产条例》", "第十条", "应当记录"],
    ]  # fmt: skip
    _, (item,) = taken(rows)
    assert item["实施依据"] == [
        {"依据文件": "安全生产法", "条": 62, "摘录": "依法检查"},
        {"依据文件": "煤矿安全生产条例", "条": 10, "摘录": "应当记录"},
    ]


def test_a_table_of_sums_and_a_cover_are_no_lists(taken):
    sums = [["各类事项汇总表"], ["类别", "数量", "备注"], ["行政许可", 1, ""], ["行政检查", 2, ""]]
    plan, items = taken({"封面": [["权责清单"]], "汇总表": sums, "检查": [["序号", "事项名称"], [1, "对甲的检查"]]})
    assert [one["事项名称"] for one in items] == ["对甲的检查"]
    (told,) = [one for one in plan.problems if one.rule == "import-head"]
    assert (told.sheet, told.level) == ("汇总表", "review")


def test_a_table_above_whose_heads_nobody_knows_is_told_and_not_taken_for_a_title(taken):
    above = [
        ["序号", "那些事", "甲栏", "丙栏"],
        *([str(n), f"未按规定做好第{n}样防护", LAW.format(36), "示例市应急管理局"] for n in (1, 2, 3)),
    ]
    below = [HEAD_OF_BASIS, ["对无证焊接的处罚", "行政处罚", LAW.format(97)]]
    plan, items = taken([["示例市应急管理局清单"], *above, [None], *below])
    assert [one["事项名称"] for one in items] == ["对无证焊接的处罚"]
    (told,) = (one for one in plan.problems if one.rule == "import-head")
    assert told.place.endswith("A3")
    assert "第 3—5 行" in told.message
    assert went(plan, "A1", "B3", "C5", "A7") == ["heading", "report", "report", "heading"]
    counts = [["类型", "件数", "占比"], *([one, "12", "一半多一点点"] for one in ("行政处罚", "行政许可", "行政检查"))]
    plan, items = taken([*counts, *below])
    assert (len(items), "import-head" in rules(plan)) == (1, False)
    rows = [["序号", "违法行为", "违反条款", "处罚条款"], ["1", "占用疏散通道", LAW.format(36), LAW.format(99)]]
    _, (item,) = taken([["一、行政处罚事项（1项）"], *rows])
    assert (item["事项名称"], len(item["实施依据"])) == ("占用疏散通道", 2)


def test_a_long_table_above_takes_time_in_proportion_to_its_rows(catalog):
    form = catalog.forms["items"]

    def spent(number):
        above = [(f"未按规定做好第{n}样防护", LAW.format(n % 90 + 1), "示例市应急管理局") for n in range(number)]
        below = [(f"对第{n}样行为的处罚", "行政处罚", LAW.format(97)) for n in range(number)]
        rows = [[Cell(text) for text in row] for row in [("甲栏", "乙栏", "丙栏"), *above, HEAD_OF_BASIS, *below]]
        began = time.process_time()
        laid = lay(Sheet("表", "表", rows), Heads(form, (), {}), form.title_field, None, frozenset())
        assert (len(laid.unread), len(laid.items)) == (number, number)
        assert laid.items[-1].context.titles == ("甲栏", "乙栏", "丙栏")
        return time.process_time() - began

    assert min(spent(2000) for _ in range(4)) < 8 * min(spent(500) for _ in range(4))  # of squares it is sixteen times


def test_an_item_of_many_rows_takes_time_in_proportion_to_them(catalog):
    form = catalog.forms["items"]

    def spent(number):
        rows = [("事项名称", "职权类型", "依据名称", "条款号")]
        rows += [("对桥的检查", "行政检查", f"桥梁条例{n}", "第五条") for n in range(number)]
        sheet = Sheet("表", "表", [[Cell(text) for text in row] for row in rows])
        laid = lay(sheet, Heads(form, (), {}), form.title_field, None, frozenset())
        began = time.process_time()
        (item,) = layouts.settled(laid, sheet, form.title_field).items
        assert len(item.rows) == number
        return time.process_time() - began

    assert min(spent(4000) for _ in range(4)) < 24 * min(spent(500) for _ in range(4))  # of squares it is 64 times


def test_many_columns_of_one_head_are_read_once(taken, monkeypatch):
    """Their words are one text, which was looked through again for each of them."""
    asked = []
    whole = status._clause
    monkeypatch.setattr(status, "_clause", lambda text: asked.append(text) or whole(text))
    wide = [
        ["事项名称", "职权类型", *["说明"] * 40],
        *([f"对第{n}样的检查", "行政检查", *["子"] * 40] for n in range(9)),
    ]
    _, items = taken(wide)
    assert len(items) == 9
    assert len([text for text in asked if "子" in text]) <= 2 * 9


def test_a_page_beside_whose_table_others_stand(taken, tmp_path):
    long = "".join(f"<tr><td>{n}</td><td>对{n}的检查</td><td>检查</td></tr>" for n in range(1, 9))
    page = (
        "<table><tr><td>导航</td><td>首页</td></tr></table>"
        "<table><tr><td colspan=3>清单</td></tr><tr><td>序号</td><td>事项名称</td><td>类型</td></tr>"
        f"{long}</table><table><tr><td>版权所有</td><td>联系我们</td></tr></table>"
    )
    (tmp_path / "页.xls").write_bytes(page.encode("gb18030"))
    plan, items = taken(str(tmp_path / "页.xls"))
    assert (len(items), plan.errors) == (8, ())


def test_one_answer_is_asked_once_whatever_the_sheets(taken):
    rows = [
        ["序号", "事项名称", "设定依据", "生效日期", "备注"],
        *([n, f"对{n}号矿山的检查", LAW.format("六十二"), f"{n}月", "甲\u200b"] for n in range(1, 31)),
    ]  # fmt: skip
    again = [rows[0], *([n, f"对{n}号井的检查", *more] for n, _, *more in rows[1:])]
    plan, items = taken({"1.行政检查": rows, "2.检查": again})
    assert len(items) == 60
    assert len([one for one in plan.problems if one.rule == "import-value"]) == 60
    asked = [(one.problems[0].rule, one.problems[0].about) for one in plan.questions]
    assert asked.count(("import-value", "生效日期")) == 1
    assert asked.count(("import-unseen", "备注")) == 1
    assert len(asked) <= 4
    assert "；另有 59 处类似的" in next(str(one) for one in plan.questions if one.problems[0].rule == "import-value")


def test_parts_below_their_item(taken):
    rows = [
        ["序号", "事项名称", "类别", "依据"],
        ["1", "建设项目审查", "许可", LAW.format("三十二")], ["1.1", "条件审查", "许可", LAW.format("三十二")],
        ["2", "对粉尘企业的检查", "检查", LAW.format("六十五")], ["", "（1）木粉尘企业", "检查", LAW.format("六十五")],
    ]  # fmt: skip
    plan, items = taken(rows)
    assert names(items) == [
        ("建设项目审查", None, "行政许可"), ("建设项目审查", "条件审查", "行政许可"),
        ("对粉尘企业的检查", None, "行政检查"), ("对粉尘企业的检查", "木粉尘企业", "行政检查"),
    ]  # fmt: skip
    ids = [one.id for one in plan.records]
    assert [one.get("主项") for one in items] == [None, ids[0], None, ids[2]]


def test_parts_in_a_column_of_their_own(taken):
    rows = [
        ["序号", "事项名称", "子项名称", "职权类型", "实施依据"],
        [None, None, "1.甲子项", None, LAW.format("三十")], [None, None, "2.乙子项", None, LAW.format("三十一")],
        [2, "丙许可", "无", "行政许可", LAW.format("三十二")],
    ]  # fmt: skip
    _, items = taken(rows, ("A2:A3", "1"), ("B2:B3", "庚许可"), ("D2:D3", "行政许可"))
    assert names(items) == [
        ("庚许可", "甲子项", "行政许可"),
        ("庚许可", "乙子项", "行政许可"),
        ("丙许可", None, "行政许可"),
    ]
    assert [one["实施依据"][0]["条"] for one in items] == [30, 31, 32]


def test_one_item_over_several_rows(taken):
    rows = [
        ["序号", "事项名称", "事项类型", "实施依据", "责任事项"],
        [None, None, None, LAW.format("九十四"), "立案责任：发现。"], [None, None, None, LAW.format("九十五"), "决定责任：决定。"],  # noqa: E501
        ["2", "对乙的检查", "检查", f"{LAW.format('六十五')}、", ""], ["", "", "", "第六十六条", ""],
    ]  # fmt: skip
    plan, items = taken(rows, ("A2:A3", "1"), ("B2:B3", "对甲的处罚"), ("C2:C3", "行政处罚"))
    assert len(items) == plan.rows == 2
    assert [one["条"] for one in items[0]["实施依据"]] == [94, 95]
    assert [one["环节"] for one in items[0]["责任事项"]] == ["立案", "决定"]
    articles = [one["条"] for one in items[1]["实施依据"]]
    assert articles in ([[65, 66]], [65, 66])


def test_a_merged_type_that_became_blanks(taken, tmp_path):
    rows = [
        ["序号", "职权类型", "事项名称", "实施依据"], ["1", "行政处罚", "对甲行为的处罚", LAW.format("九十四")],
        ["2", "", "对乙行为的处罚", ""], ["3", "行政检查", "对丙场所的检查", ""], ["4", "", "对丁场所的检查", ""],
    ]  # fmt: skip
    plan, items = taken(books.text(tmp_path / "a.csv", rows, encoding="gbk"))
    assert [one["职权类型"] for one in items] == ["行政处罚"] * 2 + ["行政检查"] * 2
    assert "import-type" in rules(plan)


def test_a_table_that_goes_on_in_the_next(taken, tmp_path):
    head = ["序号", "权力名称", "权力类别", "权力依据"]
    tables = [
        [head, ["1", "对甲的处罚", "处罚", ""]],
        [["2", "对乙的处罚", "处罚", ""], ["3", "对丙的检查", "检查", ""]],
    ]
    _, items = taken(books.word(tmp_path / "a.docx", tables, ["示例市应急管理局权力清单"]))
    assert [one["事项名称"] for one in items] == ["对甲的处罚", "对乙的处罚", "对丙的检查"]


@pytest.mark.parametrize("again", [True, False])
def test_what_is_as_above_in_the_first_row_of_a_table_that_goes_on(taken, tmp_path, again):
    """The tables of a document are one list; one with other columns is another, and nothing stands above it."""
    head = ["序号", "权力名称", "权力类别", "权力依据"]
    other = ["序号", "权力名称", "权力类别", "责任主体", "权力依据"]
    tables = [
        [head, ["1", "对甲的处罚", "处罚", LAW.format("九十四")]],
        [*([head] if again else []), ["2", "对乙的处罚", "同上", "同上"], ["3", "对丙的处罚", "处罚", "〃"]],
        [other, ["4", "对丁的处罚", "处罚", "", "同上"]],
    ]
    plan, items = taken(books.word(tmp_path / "a.docx", tables, ["示例市应急管理局权力清单"]))
    assert [one["职权类型"] for one in items] == ["行政处罚"] * 4
    assert [[basis["条"] for basis in one.get("实施依据", [])] for one in items] == [[94], [94], [94], []]
    assert "「权力依据」写的「同上」，而上一项没有写，没有填" in "".join(one.message for one in plan.problems)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("《安全生产法》第九十四条（2014年修正）", {"依据文件": "安全生产法", "版本": "2014年修正", "条": 94}),
        (
            "《安全生产法》第九十七条（2021年修正）：未按照规定培训的。",
            {"依据文件": "安全生产法", "版本": "2021年修正", "条": 97, "摘录": "未按照规定培训的。"},
        ),
        (
            "《安全生产法》第三条（1999年修正）",
            {"依据文件": "安全生产法", "原文": "《安全生产法》（1999年修正）第三条"},
        ),
        (
            "《安全生产法》（1999年修正）第三条",
            {"依据文件": "安全生产法", "原文": "《安全生产法》（1999年修正）第三条"},
        ),
    ],
)
def test_a_year_behind_a_place_is_the_law_s_version(taken, text, want):
    """Of a version that nobody has the place is no place of today's: what was written is kept."""
    _, items = taken([["事项名称", "职权类型", "设定依据"], ["对化工厂的检查", "行政检查", text]])
    assert items[0]["实施依据"] == [want]


@pytest.mark.parametrize(
    "row",
    [
        ["B-02", "对未履行告知义务的处罚", "处罚", "安全生产法第97条", "市级", "市应急局"],
        ["B-02", "对未履行告知义务的处罚", "处罚", "安全生产法", "市级", "市应急局"],
        ["B-02", "对未履行告知义务的处罚", "处罚", "安全生产法九十七条", "依据", "备注"],
        ["备注", "对未履行告知义务的处罚", "行政处罚", "依据", "依申请", "处罚"],
    ],
)
def test_a_row_of_short_words_is_an_item_though_some_of_them_are_heads_elsewhere(taken, row):
    head = ["事项编码", "行政职权事项", "类型", "设立依据", "行使层级", "行使主体"]
    others = [["A-01", "对矿山的检查", "检查", LAW.format("六十五"), "市级", "市应急局"], row]
    _, items = taken([head, *others, ["B-03", "对化工厂的处罚", "处罚", LAW.format("九十四"), "市级", "市应急局"]])
    assert [one["职权类型"] for one in items] == ["行政检查", "行政处罚", "行政处罚"]
    assert items[1]["事项名称"] == "对未履行告知义务的处罚"


def test_lower_heads_without_merged_cells(taken):
    rows = [
        ["事项编号", "主项名称", "子项名称", "法律依据", "办理时限", None, "收费"], [None, None, None, None, "法定", "承诺"],  # noqa: E501
        ["YJ-001", "甲许可", "1.新办", LAW.format("三十"), "45日", "20日", "无"],
    ]  # fmt: skip
    _, items = taken([["行政许可"], *rows])
    assert items[0]["办理"] == {"法定时限": "45日", "承诺时限": "20日", "收费": {"是否": False}}
    assert items[0]["事项编码"] == [{"方案": "待核", "编码": "YJ-001"}]
    assert items[0]["子项名称"] == "新办"


@pytest.mark.parametrize("group", ["办理期限", "办结时限", "办理时限", "期限"])
def test_what_is_promised_below_a_head_of_terms(taken, group):
    rows = [["事项名称", "职权类型", "依据", group, None], [None, None, None, "法定", "承诺"]]
    _, items = taken([*rows, ["甲许可", "行政许可", LAW.format("三十"), "45日", "20日"]])
    assert items[0]["办理"] == {"法定时限": "45日", "承诺时限": "20日"}


def test_heads_whose_words_are_cut_in_two_rows_and_a_column_without_one(taken):
    rows = [
        ["序", "职 权", "行 使", "承办", "实施依据", None, "备注"], ["号", "名 称", "主 体", "机 构", None, None, None],
        ["1", "甲许可", "市应急管理局", "审批处", LAW.format("三十"), "《矿山安全法》第九条", "一"],
        ["2", "乙许可", "市应急管理局", "审批处", None, "《矿山安全法》第十条", None],
    ]  # fmt: skip
    plan, items = taken([["行政许可事项"], *rows])
    assert [one["承办机构"] for one in items] == ["审批处", "审批处"]
    cited = [[(basis["依据文件"], basis["条"]) for basis in one["实施依据"]] for one in items]
    assert cited == [[("安全生产法", 30), ("矿山安全法", 9)], [("矿山安全法", 10)]]
    assert any("没有表头的一栏" in one.message for one in plan.problems)


@pytest.mark.parametrize(
    ("heading", "type_", "subtype"),
    [
        ("三、其他行政权力—备案（2项）", "其他行政权力", "备案"),
        ("（一）许可", "行政许可", None),
        ("行政检查/行政确认", "行政确认", None),
    ],
)
def test_a_heading_names_the_type_as_a_cell_does(taken, heading, type_, subtype):
    _, (item,) = taken([["序号", "事项名称", "依据"], [heading], ["1", "甲资格确认", LAW.format("三十")]])
    assert (item["职权类型"], item.get("事项子类")) == (type_, subtype)


@pytest.mark.parametrize(
    ("word", "type_", "subtype"),
    [
        ("其他权力", "其他行政权力", None), ("其它职权", "其他行政权力", None), ("其他类", "其他行政权力", None),
        ("其他行政权力-备案", "其他行政权力", "备案"), ("其他行政权力（备案）", "其他行政权力", "备案"), ("行政\n检查", "行政检查", None),  # noqa: E501
        ("审批", "行政许可", None), ("许可类", "行政许可", None), ("行政検査", "行政检查", None), ("行 政 奖 励", "行政奖励", None),  # noqa: E501
    ],
)  # fmt: skip
def test_the_words_for_types(taken, word, type_, subtype):
    _, (item,) = taken([["事项名称", "职权类型"], ["某事项", word]])
    assert (item["职权类型"], item.get("事项子类")) == (type_, subtype)


def test_name_and_type_in_each_others_place(taken):
    rows = [["事项名称", "职权类型"], ["行政检查", "对甲的检查"], ["对乙的检查", "行政检查"]]
    plan, items = taken(rows)
    assert names(items) == [("对甲的检查", None, "行政检查"), ("对乙的检查", None, "行政检查")]
    assert "import-swapped" in rules(plan)


def test_a_basis_is_never_a_fees(taken):
    for head in ("设定依据", "依据", "法定依据", "法律法规依据（全称）", "权力实施依据"):
        _, (item,) = taken([["事项名称", "职权类型", head], ["甲许可", "许可", LAW.format("三十")]])
        assert item["实施依据"] == [{"依据文件": "安全生产法", "条": 30}]


def test_who_acts_by_law_is_no_body(taken):
    _, (item,) = taken([["事项名称", "职权类型", "实施主体"], ["对甲的检查", "检查", "县级以上人民政府应急管理部门"]])
    assert item["法定实施主体"] == "县级以上人民政府应急管理部门"
    assert item["行使主体"] == ["shi-ying-ji-guan-li-ju"]


SIGNALS = [
    ["事项名称", "职权类型", "备注"],
    ["对甲的检查", "检查", "一"],
    ["对乙的检查", "检查", "二"],
    ["对丙的检查", "检查", "三"],
]


def test_what_is_hidden_is_told_and_left_out_unless_asked_for(taken):
    plan, items = taken(SIGNALS, hidden_rows=[3], hidden_columns=["C"])
    assert [(one["事项名称"], one.get("备注")) for one in items] == [("对甲的检查", None), ("对丙的检查", None)]
    assert went(plan, "A3", "C1", "C2") == ["report", "heading", "report"]
    assert len([one for one in plan.problems if one.rule == "import-signal"]) == 2
    assert "二" not in json.dumps(items, ensure_ascii=False)
    _, items = taken(SIGNALS, hidden_rows=[3], hidden_columns=["C"], include=["隐藏"])
    assert [one.get("备注") for one in items] == ["一", "二", "三"]


def test_what_is_crossed_out_is_told_and_left_out(taken):
    plan, items = taken(SIGNALS, struck={"A3": "对乙的检查", "C2": "一", "A4": ("对丙", "和丁", "的检查")})
    assert [(one["事项名称"], one.get("备注")) for one in items] == [("对甲的检查", None), ("对丙的检查", "三")]
    assert went(plan, "A3", "B3", "C2") == ["report", "report", "report"]
    assert "import-signal" in rules(plan)


@pytest.mark.parametrize(
    ("merge", "hides"), [("B3:B5", {3}), ("B3:B5", {3, 4}), ("B3:B5", {4}), ("A3:B3", {3}), ("B3:B3", {3})]
)
def test_a_merged_cell_is_seen_while_one_of_its_rows_is(taken, tmp_path, merge, hides):
    rows = [["序号", "职权类型", "事项名称"], [1, "行政处罚", "对甲的处罚"], [1, "行政检查", "对乙的核实"]]
    rows += [[2, None, "对丙的核实"], [3, None, "对丁的核实"]]
    path = books.xlsx(tmp_path / "表.xlsx", rows)
    book = openpyxl.load_workbook(path)
    book.active.merge_cells(merge)
    for row in hides:
        book.active.row_dimensions[row].hidden = True
    book.save(path)
    _, items = taken(str(path))
    assert [one["事项名称"] for one in items] == [row[2] for n, row in enumerate(rows, 1) if n > 1 and n not in hides]
    assert {one["职权类型"] for one in items[1:]} == ({"行政检查"} if merge == "B3:B5" else {"行政处罚"})


def test_a_comment_is_told_and_never_published(taken):
    plan, items = taken(SIGNALS, comments={"A2": "内部：暂不公布"})
    assert "内部" not in json.dumps(items, ensure_ascii=False)
    assert any("内部：暂不公布" in one.message for one in plan.problems)


def test_a_colour_that_means_gone_leaves_the_row_out(taken):
    rows = [*SIGNALS, ["注：标黄色的为拟取消事项；绿色为新增事项。"]]
    fills = {"A2": ("对甲的检查", "#FFFF00"), "A3": ("对乙的检查", "#92D050")}
    plan, items = taken(rows, fills=fills)
    assert [one["事项名称"] for one in items] == ["对乙的检查", "对丙的检查"]
    assert len([one for one in plan.problems if one.rule == "import-signal"]) == 2


@pytest.mark.parametrize(
    ("last", "fills"),
    [
        ([None, "黄色为拟取消的事项"], {}),
        ([None, "黄底的是拟取消的"], {"A5": (None, "#FFFF00")}),
        ([None, None, "拟取消"], {"B5": (None, "#FFFF00")}),
        (["注：拟取消的"], {"A5": ("注：拟取消的", "#FFFF00")}),
    ],
)
def test_a_legend_below_the_rows_is_none_of_the_last_item(taken, last, fills):
    painted = {"A2": ("对甲的检查", "#FFFF00"), "A3": ("对乙的检查", "#92D050"), **fills}
    plan, items = taken([*SIGNALS, last], fills=painted)
    assert [(one["事项名称"], one["备注"]) for one in items] == [("对乙的检查", "二"), ("对丙的检查", "三")]
    assert "拟取消" not in json.dumps(items, ensure_ascii=False)
    assert [one.went for one in plan.cells if "取消" in one.value] == ["note"]


@pytest.mark.parametrize(
    "said",
    [
        "图例：灰色底纹为已取消事项；绿色底纹为新增事项",
        "颜色说明：绿色为新增，灰色表示删除",
        "说明：1.灰色为拟取消；2.绿色为新增",
        "备注：标灰的不再实施",
        "■灰色：已取消",
        "灰底＝停用",
        "底色为灰色的是已废止事项",
        "凡用灰色标注的，均为已下放事项",
        "灰色 已取消",
        "本表中灰色部分已取消",
    ],
)
def test_a_legend_is_known_however_it_begins(taken, said):
    plan, items = taken([*SIGNALS, [said]], fills={"A2": ("对甲的检查", "#BFBFBF"), "A3": ("对乙的检查", "#92D050")})
    assert [one["事项名称"] for one in items] == ["对乙的检查", "对丙的检查"]
    assert [one.went for one in plan.cells if one.value == said] == ["note"]


@pytest.mark.parametrize(
    "said", ["绿色食品标志管理", "五、红十字会", "黄标车管理", "红色旅游景区认定", "商标红黄两色注册", "黄河流域管理"]
)
def test_a_colour_in_a_name_explains_none(said):
    assert not is_legend(Sheet("表.xlsx", "清单", [[Cell(said)]]), 1, 1)


def test_a_second_word_for_the_type_goes_on_with_no_item(taken):
    plan, (item,) = taken([["事项名称", "职权类型"], ["对甲的检查", "检查"], [None, "市局已核"]])
    assert item["职权类型"] == "行政检查"
    assert went(plan, "B3") == ["note"]


def test_no_cell_is_lost_whatever_the_rows_are(taken):
    rows = [
        ["甲", "乙"], [], ["事项名称", "职权类型", "说不清的栏"], ["对甲的检查", "检查", "x", "栏外"], ["", "检查", "y"],  # noqa: E501
        ["对甲的检查", "检查", "重"], ["", "", "", "", "远"], ["#REF!", "检查", 1.5],
    ]  # fmt: skip
    plan, _ = taken(rows)
    cells = [one.cell for one in plan.cells]
    assert len(cells) == len({*cells}) == sum(bool(cell) for row in rows for cell in row)
    assert all(one.reason for one in plan.cells if one.went == "report")


def test_stages_that_stand_a_row_each(taken):
    rows = [
        ["项目名称", "职权类型", "责任环节", "责任内容"],
        [None, None, "1.受理", "一次性告知"], [None, None, "2.审查", "组织审查"], [None, None, "3.决定", ""],
    ]  # fmt: skip
    _, (item,) = taken(rows, ("A2:A4", "危险化学品登记审核"), ("B2:B4", "行政确认"))
    assert item["责任事项"][:2] == [{"环节": "受理", "内容": "一次性告知"}, {"环节": "审查", "内容": "组织审查"}]
    assert len(item["责任事项"]) == 3


@pytest.mark.parametrize("heads", [("责任环节", "环节责任内容"), ("步骤", "责任内容"), ("环节", "具体要求")])
def test_the_column_beside_the_names_of_stages_holds_their_duties(taken, heads):
    rows = [
        ["项目名称", "职权类型", *heads],
        *(
            [None, None, *one]
            for one in (("1.受理", "一次性告知"), ("审查和勘验", "组织审查"), ("决定阶段", "作出决定"))
        ),
    ]
    _, (item,) = taken(rows, ("A2:A4", "危险化学品登记审核"), ("B2:B4", "行政确认"))
    assert [one["内容"] for one in item["责任事项"]] == ["一次性告知", "组织审查", "作出决定"]


def test_a_main_item_is_a_name_where_no_other_column_is(taken, tmp_path):
    head, lower = ["序号", "事项", "", "类别"], ["", "主项", "子项", ""]
    rows = [head, lower, ["1", "矿山许可", "1.新办", "许可"], ["2", "预案备案", "", "其他权力"]]
    path = books.word(tmp_path / "a.docx", [rows], [], [(0, 1, 0, 2), (0, 0, 1, 0), (0, 3, 1, 3)])
    _, items = taken(path)
    assert names(items) == [("矿山许可", "新办", "行政许可"), ("预案备案", None, "其他行政权力")]


def test_a_title_that_is_read_by_its_shape_is_told(taken):
    plan, items = taken([HEAD_OF_BASIS, ["矿山许可", "许可", "《安全主产法》第六十二条"]])
    assert [one["实施依据"] for one in items] == [[{"依据文件": "安全生产法", "条": 62}]]
    told = [one.message for one in plan.problems if one.rule == "import-near"]
    assert told == ["「安全主产法」按名称相近的《安全生产法》读取，请核对"]


def test_a_title_in_the_wording_of_a_provision_is_not_read_and_so_not_told(taken):
    cell = f"{LAW.format('六十二')}：“违反《安全主产法》第二十条的，责令改正。”"
    plan, items = taken([HEAD_OF_BASIS, ["矿山许可", "许可", cell]])
    assert [one["条"] for one in items[0]["实施依据"]] == [62]
    assert "import-near" not in rules(plan)


def test_the_nearest_of_the_headings_above_a_table_is_its_type(taken, tmp_path):
    rows = [["序号", "权力主项", "子项", "依据"], ["1", "矿山许可", "新办", LAW.format("六十二")]]
    headings = [
        "一、行政许可（0项）",
        "无",
        "二、其他行政权力（1项）",
        "注：本表不含行政许可、行政处罚等由上级行使而本级只作初步审查的事项。",
    ]
    path = books.word(tmp_path / "a.docx", [rows], ["\n".join(headings)])
    _, items = taken(path)
    assert names(items) == [("矿山许可", "新办", "其他行政权力")]


def test_columns_that_their_words_tell_whatever_their_heads_say(taken):
    rows = [
        ["行政职权", "属于哪样（四选一）", "谁来办（内设机构）", "管到哪级", "依据"],
        ["矿山许可", "许可", "矿山科", "市级、县级", LAW.format("六十二")],
        ["预案备案", "其他权力", "应急科", "市级、县级", LAW.format("八十一")],
        ["监督检查", "检查", "执法队", "市级", LAW.format("六十五")],
    ]
    _, items = taken(rows)
    assert [(one["事项名称"], one["职权类型"], one["承办机构"]) for one in items] == [
        ("矿山许可", "行政许可", "矿山科"), ("预案备案", "其他行政权力", "应急科"), ("监督检查", "行政检查", "执法队"),
    ]  # fmt: skip
    both = ["市级", "县级"]
    assert [[level["层级"] for level in one["行使层级"]] for one in items] == [both, both, ["市级"]]


def test_a_row_of_data_is_no_head_however_like_one_its_words_are(taken):
    rows = [
        ["行政职权", "职权分类", "依据", "办理时限（工作日）"],
        ["矿山许可", "许可", LAW.format("六十二"), "20"],
        ["对向没有许可证的单位销售的处罚", "处罚", LAW.format("九十七"), "60"],
        ["对擅自生产的处罚", "处罚", LAW.format("九十八"), "60"],
    ]
    _, items = taken(rows)
    assert [one["职权类型"] for one in items] == ["行政许可", "行政处罚", "行政处罚"]


ONE, TWO = "《安全生产法》第六十二条", "《煤矿安全生产条例》第十条"


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (f"1.【法律】{ONE}：依法检查。2.【行政法规】{TWO}：应当记录。", [(62, "依法检查。"), (10, "应当记录。")]),
        (f"{ONE}：制定计划；{TWO}：应当记录", [(62, "制定计划；"), (10, "应当记录")]),
        (f"{ONE}：“依照《行政处罚法》第三十三条；{TWO}处理”", [(62, f"“依照《行政处罚法》第三十三条；{TWO}处理”")]),
        (
            f"【法律】{ONE}：（一）进入；\n（二）纠正。\n【行政法规】{TWO}",
            [(62, "（一）进入；\n（二）纠正。"), (10, None)],
        ),
        (
            "法律法规名称：《安全生产法》;依据文号：主席令第88号;条款号：第六十二条;条款内容：依法检查",
            [(62, "依法检查")],
        ),
        ("中华人民共和国安全生产法（主席令第88号）第六十二条 应急管理部门依法检查", [(62, "应急管理部门依法检查")]),
        (f"{ONE}【部门依照{TWO}检查】", [(62, f"【部门依照{TWO}检查】")]),
        (f"{ONE}（部门应当依照{TWO}检查，并记录。）", [(62, f"（部门应当依照{TWO}检查，并记录。）")]),
        (f"{ONE}：“依法检查”第六十五条第二款：“应当配合”", [(62, "“依法检查”"), (65, "“应当配合”")]),
    ],
)
def test_what_a_provision_says_is_no_basis_of_its_own(taken, text, want):
    _, (item,) = taken([["事项名称", "职权类型", "依据"], ["对甲的检查", "检查", text]])
    assert [(one["条"], one.get("摘录")) for one in item["实施依据"]] == want


@pytest.mark.parametrize(
    ("own", "word", "ours"),
    [
        ("示例县文化和旅游局", "县文化和旅游局", True), ("示例县文化和旅游局", "县文旅局", True),
        ("示例县市场监督管理局", "县市监局", True), ("示例县市场监督管理局", "市场监管局", True),
        ("示例市自然资源和规划局", "市自规局", True), ("示例市住房和城乡建设局", "住建局", True),
        ("示例市住房和城乡建设局", "市城市管理局", False), ("示例市自然资源和规划局", "市规划局", False),
        ("示例市民政局", "市民族宗教局", False), ("示例县市场监督管理局", "县财政局", False),
        ("示例县文化和旅游局", "县文化和旅游局、县公安局", False),
    ],
)  # fmt: skip
def test_the_names_that_a_body_goes_by(catalog, own, word, ours):
    bodies = dict(catalog.records["bodies"])
    body = bodies[catalog.settings.body]
    bodies[body.id] = replace(body, data={**body.data, "名称": own})
    known = Bodies(replace(catalog, records={**catalog.records, "bodies": bodies}), {})
    named = known.named(word)
    assert bool(named.ours and not named.others) is ours


@pytest.mark.parametrize("merges", [(), [("A2:D2", "依据")]])
def test_a_heading_that_is_called_like_a_field_is_no_lower_head(taken, merges):
    rows = [
        ["序号", "事项名称", "职权类型", "设定依据"], ["依据"],
        [1, "对化工厂的检查", "行政检查", LAW.format("六十五")], [2, "对矿山的检查", "行政检查", LAW.format("六十六")],
    ]  # fmt: skip
    plan, items = taken(rows, *merges)
    assert names(items) == [("对化工厂的检查", None, "行政检查"), ("对矿山的检查", None, "行政检查")]
    assert went(plan, "A1", "D1", "A2") == ["heading"] * 3


def test_words_that_mean_more_than_they_say(taken):
    """A unit in the head, authorities of a level, 同上 below nothing, and characters that only look like others."""
    rows = [
        ["序号", "职权名称", "职权类型", "设定依据", "承诺期限（工作日）", "第一责任层级建议", "追责情形"],
        [1, "对化工厂的检査", "行政检查", LAW.format("六十五"), 10, "设区的市级、县级应急管理部门", ""],
        [2, "对矿山的检查", "行政检查", LAW.format("六十六"), "3个月", "县级以上人民政府应急管理部门", "同上"],
    ]
    plan, (first, second) = taken(rows)
    assert first["事项名称"] == "对化工厂的检查"
    assert first["第一责任层级"] == ["市级", "县级"]
    assert first["办理"] == {"承诺时限": "10个工作日"}
    assert second["办理"] == {"承诺时限": "3个月"}
    assert not second.keys() & {"第一责任层级", "追责情形"}
    assert went(plan, "B2", "E2", "F3", "G3") == ["field", "field", "source", "source"]
    assert {"import-unseen", "import-near", "import-value"} <= rules(plan)


def test_the_day_before_a_number_is_no_part_of_it(taken):
    cited = "《示例行业安全管理条例》（2006年1月21日国务院令第455号）第三条"
    plan, _ = taken([["事项名称", "职权类型", "设定依据"], ["对化工厂的检查", "行政检查", cited]])
    (law,) = [edit for edit in plan.edits if "/laws/" in edit.path]
    assert "文号: 国务院令第455号" in law.new


def test_heads_that_are_not_merged_with_codes_of_somebody_else(taken):
    head = ["编号", "权力", None, "法定依据", None, "办理"]
    lower = [None, "名称", "类别", "法律法规", "规章及规范性文件", "承办科室"]
    rows = [
        ["表一 职权登记表"], head, lower,
        ["A-03", "对生产经营单位的检查", "行政检查", LAW.format("六十五"), "无", "法规科"],
        ["A-07", "对未记录培训的处罚", "行政处罚", LAW.format("九十七"), "《培训规定》第三条", "法规科"],
    ]  # fmt: skip
    _, items = taken(rows)
    assert names(items) == [("对生产经营单位的检查", None, "行政检查"), ("对未记录培训的处罚", None, "行政处罚")]
    assert [one["编码"] for item in items for one in item["事项编码"]] == ["A-03", "A-07"]
    assert [one["条"] for one in items[1]["实施依据"]] == [97, 3]
    assert {one["承办机构"] for one in items} == {"法规科"}


@pytest.mark.parametrize("unit", ["燃气办", "质安站", "园林所", "执法大队", "法规股"])
def test_a_unit_in_the_column_of_bodies_is_one_of_ours(taken, unit):
    plan, (item,) = taken([["事项名称", "法律依据", "责任单位"], ["对未记录培训的处罚", LAW.format("九十七"), unit]])
    assert (item["承办机构"], item["状态"]) == (unit, "拟")
    assert "法定实施主体" not in item
    assert f"「{unit}」按本机关的内设机构读取" in next(
        one.message for one in plan.problems if one.rule == "import-body"
    )


def test_what_stands_below_the_heading_of_a_unit_is_handled_by_it(taken):
    rows = [["序号", "事项名称", "法律依据"], ["一、执法大队"], [1, "对未记录培训的处罚", LAW.format("九十七")]]
    rows += [["二、法规股"], [2, "对未设置标志的处罚", LAW.format("九十九")]]
    _, items = taken(rows)
    assert [one["承办机构"] for one in items] == ["执法大队", "法规股"]


def test_rows_without_end_that_look_like_heads_are_told(taken, monkeypatch):
    monkeypatch.setattr("quanze.edit.importer.head._MOST_LOOKED", 100)
    words = ["备注", "甲", "乙", "丙", "实施依据"]
    with pytest.raises(Fault, match="像表头的行太多"):
        taken([[words[(row * n) % 5] for n in range(12)] for row in range(40)])


@pytest.mark.parametrize("other", ["派出所", "交警大队", "县燃气办", "甲街道办事处", "市场监督管理局"])
def test_a_body_of_its_own_is_no_unit_of_ours(taken, other):
    plan, items = taken([["事项名称", "法律依据", "责任单位"], ["对未记录培训的处罚", LAW.format("九十七"), other]])
    assert not items
    assert "import-section" in rules(plan)


def test_a_number_behind_the_provision_that_a_cell_quotes(taken):
    text = "《安全生产法》第九十七条：“生产经营单位有下列行为之一的，\n责令限期改正。”第（二）项"
    _, (item,) = taken([["事项名称", "职权类型", "法律依据"], ["对未记录培训的处罚", "行政处罚", text]])
    (basis,) = item["实施依据"]
    assert (basis["条"], basis["项"]) == (97, 2)


RANKED = ["职权名称", "职权类型", "法律", "法规、规章", "其他", "实施主体"]


def test_ranks_alone_are_bases_where_the_cells_below_cite(taken):
    law, rule = LAW.format("六十二"), "《示例管理办法》第三条"
    rows = [
        RANKED,
        ["矿山许可", "许可", law, "/", "《本局三定规定》已改", "市应急局"],
        ["矿山检查", "检查", "", rule, "", ""],
    ]
    plan, items = taken(rows)
    assert [[(one["依据文件"], one["条"]) for one in item["实施依据"]] for item in items] == [
        [("安全生产法", 62)],
        [("示例管理办法", 3)],
    ]
    told = [one.message for one in plan.problems if one.rule in {"import-near", "import-column"}]
    assert [one for one in told if "「其他」没有对应的栏目" in one]
    assert [one for one in told if "「法规、规章」按相近的「实施依据」读取" in one]


def test_ranks_that_cite_nothing_are_no_bases(taken):
    plan, items = taken([RANKED[:4], ["矿山许可", "许可", "是", "否"], ["矿山检查", "检查", "否", "是"]])
    assert ["实施依据" in one for one in items] == [False, False]
    assert [one.rule for one in plan.problems].count("import-column") == 2


@pytest.mark.parametrize(
    ("body", "count"), [("省级部门", 0), ("县级主管部门", 0), ("市级部门", 1), ("市、县级部门", 1)]
)
def test_bodies_of_another_level_are_not_ours(taken, body, count):
    rows = [["职权名称", "职权类型", "依据", "实施主体"], ["矿山许可", "许可", LAW.format("六十二"), body]]
    assert len(taken(rows)[1]) == count
