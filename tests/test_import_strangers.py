"""Lists in shapes that nobody here drew up: cards, turned tables, pivots, scans; each with what it must come to."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from tests import books
from tests.clerk import DAY, Clerk

from quanze.check.checking import check
from quanze.edit import importer
from quanze.io.yaml import read

LAW, ORDER = "安全生产法", "煤矿安全生产条例"


@pytest.fixture(name="catalog", scope="module")
def _catalog(tmp_path_factory):
    return check(Clerk(tmp_path_factory.mktemp("项目") / "册").root, DAY).catalog


@pytest.fixture(name="take")
def _take(catalog):
    """Return what imports a file and returns the plan and, of each new item, name, part, type and citations."""

    def take(path):
        plan = importer.plan(
            catalog, catalog.forms["items"], importer.read(Path(path)), DAY, importer.Wishes(importer.NONE)
        )
        told = {edit.path: read(edit.new.encode(), "")[0] for edit in plan.edits}
        return plan, [told[one.path] for one in plan.records]

    return take


def short(items):
    return [
        (one["事项名称"], one["职权类型"], [(b.get("依据文件"), b.get("条")) for b in one.get("实施依据", [])])
        for one in items
    ]


def lost(plan):
    """Return the cells of which nothing is kept, neither in a record nor as heading or note."""
    return [one for one in plan.cells if one.went == "report" and "没有内容" not in one.reason]


TRAINING, ALARM, PERMIT = "对未如实记录安全生产教育和培训情况的处罚", "对未设置安全警示标志的处罚", "煤矿安全生产许可"
WANT = [
    (TRAINING, "行政处罚", [(LAW, 97)]),
    (ALARM, "行政处罚", [(LAW, 99)]),
    (PERMIT, "行政许可", [(ORDER, 20)]),
]


def basis(law, article):
    return f"《{law}》第{article}条"


def card(number, name, type_, cited):
    """Return one form of seven rows, six columns wide, as a bureau fills in for each item."""
    return [
        ["行政权力事项登记表"],
        ["填报单位：示例市应急管理局", None, None, None, "填报日期：2025年3月1日"],
        ["事项名称", name],
        ["职权类型", type_, "序号", number, "办件类型", "承诺件"],
        ["实施依据", cited],
        ["承办机构", "执法支队", "监督电话", "0990-1234567", "备注", "无"],
        ["责任事项", "1.受理责任：公示应当提交的材料。\n2.决定责任：作出决定。"],
        [],
    ]


CARDS = [
    (1, TRAINING, "行政处罚", basis(LAW, "九十七")),
    (2, ALARM, "行政处罚", basis(LAW, "九十九")),
    (3, PERMIT, "行政许可", basis(ORDER, "二十")),
]


def test_a_form_an_item_several_on_a_sheet(take, tmp_path):
    rows = [row for one in CARDS for row in card(*one)]
    merges = [
        (f"{a}{8 * n + r}:{b}{8 * n + r}", rows[8 * n + r - 1][c])
        for n in range(3)
        for a, b, r, c in [("A", "F", 1, 0), ("B", "F", 3, 1), ("B", "F", 5, 1), ("B", "F", 7, 1)]
    ]
    plan, items = take(books.xlsx(tmp_path / "登记表.xlsx", rows, merges))
    assert short(items) == WANT
    assert not lost(plan)
    assert all(one["承办机构"] == "执法支队" and one["监督电话"] == "0990-1234567" for one in items)
    assert [len(one["责任事项"]) for one in items] == [2, 2, 2]
    assert all("办件类型：承诺件" in one["来源"]["原文"] for one in items)


def test_a_form_an_item_a_sheet_each(take, tmp_path):
    plan, items = take(books.xlsx(tmp_path / "登记表.xlsx", {f"{one[0]:02}": card(*one) for one in CARDS}))
    assert short(items) == WANT
    assert not lost(plan)


def test_a_form_an_item_as_tables_of_a_document(take, tmp_path):
    document = docx.Document()
    for number, name, type_, cited in CARDS:
        document.add_paragraph(f"表{number} 行政权力事项登记表")
        table = document.add_table(5, 4)
        texts = [
            ["事项名称：", name],
            ["权力类型：", type_, "编号：", str(number)],
            ["设定依据：", "法律"],
            ["", "行政法规"],
            ["承办科室：", "一科"],
        ]
        texts[2 if LAW in cited else 3].append(cited)
        for r, row in enumerate(texts):
            for c, text in enumerate(row):
                table.cell(r, c).text = table.cell(r, c).text or text
        table.cell(0, 1).merge(table.cell(0, 3))
        table.cell(2, 0).merge(table.cell(3, 0))
    document.save(tmp_path / "登记表.docx")
    plan, items = take(tmp_path / "登记表.docx")
    assert short(items) == WANT
    assert not lost(plan)
    assert {one["承办机构"] for one in items} == {"一科"}


def test_a_list_turned_on_its_side(take, tmp_path):
    rows = [
        ["示例市应急管理局权责清单"],
        ["序号", 1, 2, 3],
        ["职权名称", TRAINING, ALARM, PERMIT],
        ["职权类别", "行政处罚", "行政处罚", "行政许可"],
        ["法律依据", *(one[3] for one in CARDS)],
        ["承办机构", "执法支队", "执法支队", "审批科"],
        ["备注", "无", "", "网上办"],
    ]
    plan, items = take(books.xlsx(tmp_path / "横排.xlsx", rows, [("A1:D1", rows[0][0])]))
    assert short(items) == WANT
    assert not lost(plan)
    assert [one["承办机构"] for one in items] == ["执法支队", "执法支队", "审批科"]
    assert [one.get("备注") for one in items] == [None, None, "网上办"]


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_two_tables_side_by_side(take, tmp_path, gap):
    head = ["序号", "事项名称", "职权类型", "依据"]
    left = [head, *([n, name, type_, cited] for n, name, type_, cited in CARDS[:2])]
    right = [head, list(CARDS[2]), [None] * 4]
    rows = [["示例市应急管理局权责清单"], *([*a, *[None] * gap, *b] for a, b in zip(left, right, strict=True))]
    plan, items = take(books.xlsx(tmp_path / "并排.xlsx", rows, [("A1:H1", rows[0][0])]))
    assert sorted(short(items)) == sorted(WANT)
    assert not lost(plan)


def test_departments_in_merged_blocks(take, tmp_path):
    """Ours, another department's, and ours again, as WPS merges the first column of a whole county's list."""
    rows = [
        ["部门", "序号", "事项名称", "类别", "依据"],
        ["市应急管理局", 1, TRAINING, "行政处罚", CARDS[0][3]],
        [None, 2, ALARM, "行政处罚", CARDS[1][3]],
        ["市水利局", 1, "取水许可", "行政许可", basis("水法", "四十八")],
        [None, 2, "对擅自取水的处罚", "行政处罚", basis("水法", "六十九")],
        ["市应急管理局", 3, PERMIT, "行政许可", CARDS[2][3]],
    ]
    plan, items = take(books.xlsx(tmp_path / "汇总.xlsx", rows, [("A2:A3", "市应急管理局"), ("A4:A5", "市水利局")]))
    assert short(items) == WANT
    assert sum("水利局" in one.message for one in plan.problems) >= 1


def test_a_scan_pasted_into_a_document(take, tmp_path):
    """Each printed line a paragraph of its own, white space between signs, half-width brackets, two pages."""
    document = docx.Document()
    document.add_paragraph("示 例 市 应 急 管 理 局 权 责 清 单")
    texts = [
        ["序号", "事  项\n名  称", "职权\n类型", "实 施\n依 据"],
        ["l", "对未如实记录安\n全生产教育和培\n训情况的处罚", "行政\n处罚", "《安全生产\n法》第九十\n七条"],
        ["2", "对未设置安全警\n示标志的处罚", "行 政\n处 罚", "《安全生产法》\n第 九 十 九 条"],
        ["- 1 -", "", "", ""],
        ["3", "煤矿安全生产许\n可", "行政\n许可", "<<煤矿安全生产\n条例>>第二十\n条"],
    ]
    table = document.add_table(len(texts), 4)
    for r, row in enumerate(texts):
        for c, text in enumerate(row):
            table.cell(r, c).text = ""
            for n, line in enumerate(text.split("\n")):
                (table.cell(r, c).paragraphs[0] if n == 0 else table.cell(r, c).add_paragraph()).add_run(line)
    document.save(tmp_path / "扫描.docx")
    plan, items = take(tmp_path / "扫描.docx")
    assert short(items) == WANT
    assert not lost(plan)


CMS = """<html><head><title>权责清单</title><style>td{{}}</style></head><body>
<div class="nav"><table><tr><td><a href="/">首页</a></td><td>政务公开</td></tr></table></div>
<div class="article"><h1>示例市应急管理局权责清单</h1><div class="TRS_Editor">
<table border="0"><tr><td><table class="list"><thead><tr><th>序号</th><th>职权名称</th><th>职权类别</th>
<th>设定依据</th><th>操作</th></tr></thead><tbody>{rows}
<tr class="pager"><td colspan="5">共 3 条 第 1/1 页 首页 上一页 下一页 尾页</td></tr></tbody></table></td></tr></table>
</div><p>扫一扫在手机打开当前页</p></div></body></html>"""


def test_the_export_of_a_content_system(take, tmp_path):
    row = '<tr><td>{}</td><td><a title="{}">{}</a></td><td>&nbsp;{}&nbsp;</td><td><p>{}</p></td><td><a href="javascript:;">查看详情</a></td></tr>'  # noqa: E501
    rows = "".join(row.format(n, name, name, type_, cited) for n, name, type_, cited in CARDS)
    (tmp_path / "清单.html").write_text(CMS.format(rows=rows), "utf-8")
    plan, items = take(tmp_path / "清单.html")
    assert short(items) == WANT
    assert all("查看详情" in one["来源"]["原文"] for one in items)
    assert plan.rows == 3


def test_a_pivot(take, tmp_path):
    """Types and items in one column, with the counts of a pivot table: it is told what it is."""
    rows = [
        ["行标签", "计数项:事项名称"], ["行政处罚", 2], [TRAINING, 1], [ALARM, 1], ["行政许可", 1],
        [PERMIT, 1], ["总计", 3],
    ]  # fmt: skip
    plan, items = take(books.xlsx(tmp_path / "透视.xlsx", rows))
    assert not items
    assert ["数据透视表" in one.message for one in plan.problems] == [True]


def test_heads_in_two_languages(take, tmp_path):
    rows = [
        ["权责清单 List of Powers and Responsibilities"],
        ["序号\nNo.", "事项名称\nItem", "职权类型 Type", "实施依据 / Legal Basis", "Agency 承办机构"],
        *([n, name, type_, cited, "一科"] for n, name, type_, cited in CARDS),
    ]
    plan, items = take(books.xlsx(tmp_path / "双语.xlsx", rows))
    assert short(items) == WANT
    assert not lost(plan)
    assert {one["承办机构"] for one in items} == {"一科"}


def test_heads_in_another_language_below(take, tmp_path):
    rows = [
        ["序号", "事项名称", "职权类型", "实施依据"], ["No.", "Item", "Type", "Legal Basis"],
        *([n, name, type_, cited] for n, name, type_, cited in CARDS),
    ]  # fmt: skip
    plan, items = take(books.xlsx(tmp_path / "双语.xlsx", rows))
    assert short(items) == WANT
    assert not lost(plan)


def test_sums_between_the_rows(take, tmp_path):
    rows = [
        ["序号", "事项名称", "类型", "依据", "数量"],
        *([n, name, type_, cited, 1] for n, name, type_, cited in CARDS[:2]),
        ["行政处罚 小计", None, None, None, 2],
        [*CARDS[2], 1],
        [None, "行政许可小计：", None, None, 1],
        ["总 计", "3项", None, None, 3],
    ]
    plan, items = take(books.xlsx(tmp_path / "小计.xlsx", rows))
    assert short(items) == WANT
    assert plan.rows == 3
    assert not lost(plan)


def test_marks_of_footnotes(take, tmp_path):
    rows = [
        ["序号", "事项名称", "职权类型①", "依据②"],
        [1, f"{TRAINING}③", "行政处罚", CARDS[0][3]],
        [2, ALARM, "行政处罚", f"{CARDS[1][3]}④"],
        [3, f"{PERMIT}*", "行政许可", CARDS[2][3]],
        ["①按照《行政处罚法》等的分类。"],
        ["②以现行有效的为准。"],
        ["③含从业人员。"],
        ["④指第一款。"],
        ["*由省局委托。"],
    ]
    plan, items = take(books.xlsx(tmp_path / "脚注.xlsx", rows))
    assert short(items) == WANT
    assert plan.rows == 3
    assert any("③" in one.message for one in plan.problems)


def test_digits_as_wide_as_characters(take, tmp_path):
    rows = [
        ["序　号", "事　项　名　称", "类　型", "依　据", "事项编码"],
        ["１", TRAINING, "行政处罚", "《安全生产法》第９７条", "３３０２２５００１０００"],
        ["２", ALARM, "行政处罚", "《安全生产法》第９９条第（１）项", "３３０２２５００２０００"],
        ["３", PERMIT, "行政许可", "《煤矿安全生产条例》第２０条第１款", "０００１２５００３０００"],
    ]
    plan, items = take(books.xlsx(tmp_path / "全角.xlsx", rows))
    assert short(items) == WANT
    codes = [code["编码"] for one in items for code in one["事项编码"]]
    assert codes == ["330225001000", "330225002000", "000125003000"]
    assert not lost(plan)


# What forms are and are not


def test_a_form_with_groups_of_labels_and_stages_a_row_each(take, tmp_path):
    rows = [
        ["名称", TRAINING, None, None],
        ["性质", "处罚", "编码", "330225001000"],
        ["设定依据", "法律", CARDS[0][3], None],
        [None, "行政法规", "无", None],
        ["责任事项", "1.立案", "发现违法行为的，予以审查。", None],
        [None, "2.调查责任", "执法人员不少于两人。", None],
        ["联办机构", "市局\n县局", "备注", "无"],
        ["填表人：甲", "审核人：乙", None, None],
    ]
    plan, items = take(books.xlsx(tmp_path / "登记表.xlsx", rows, [("A3:A4", "设定依据"), ("A5:A6", "责任事项")]))
    assert short(items) == WANT[:1]
    assert not lost(plan)
    assert [(one["环节"], one["内容"]) for one in items[0]["责任事项"]] == [
        ("立案", "发现违法行为的，予以审查。"),
        ("调查", "执法人员不少于两人。"),
    ]
    assert "联办机构：市局\n  县局" in items[0]["来源"]["原文"]


def test_how_a_form_is_filled_in_is_no_item(take, tmp_path):
    rows = [["填表说明"], ["事项名称", "填写完整的名称"], ["职权类型", "从下拉框里选"], ["实施依据", "写到条款项"]]
    _, items = take(books.xlsx(tmp_path / "说明.xlsx", rows))
    assert items == []


def test_a_form_that_nobody_filled_in_is_no_item(take, tmp_path):
    blank = [[one[0], *("" for _ in one[1:])] if len(one) == 2 else one for one in card(2, "", "", "")]
    _, items = take(books.xlsx(tmp_path / "登记表.xlsx", {"1": card(*CARDS[0]), "空表": blank[2:4]}))
    assert short(items) == WANT[:1]


@pytest.mark.parametrize("turned", [False, True])
def test_the_same_forms_again_change_nothing(tmp_path, turned):
    clerk = Clerk(tmp_path / "项目")
    on_side = [list(one) for one in zip(["序号", "事项名称", "职权类型", "依据"], *CARDS, strict=True)]
    path = books.xlsx(tmp_path / "表.xlsx", on_side if turned else [row for one in CARDS for row in card(*one)])
    assert clerk("import", path, "items", "--at", DAY).code == 0
    before = clerk.files()
    done = clerk("import", path, "items", "--update", "--at", DAY)
    assert done.code == 0
    assert clerk.files() == before
    assert len([one for one in before if "/items/" in f"/{one}"]) == 5


# An item a cell


DUTIES = "责任事项：1.立案责任：审查。\n2.调查责任：取证。"
CELLS = [
    f"事项名称：{{}}\n职权类型：{{}}\n处罚种类：警告\n实施依据：{{}}\n　　规定的行为。\n{DUTIES}",
    "1、项目名称:{}\n权力类别：{}\n处罚种类：罚款\n【设定依据】{}\n监督电话：0990-1234567",
    "事项名称：{}\n职权类型：{}\n处罚种类：无\n法律依据：{}\n承办机构：一处\n内部编组：甲组\n处罚种类：其他",
]


def labelled_cells():
    return [one.format(*card_[1:]) for one, card_ in zip(CELLS, CARDS, strict=True)]


@pytest.mark.parametrize("beside", [False, True])
def test_items_of_which_each_is_one_cell_with_labels(take, tmp_path, beside):
    title = ["示例市应急管理局权责清单", None]
    rows = [[n, one] if beside else [one] for n, one in enumerate(labelled_cells(), 1)]
    heads = [["序号", "事项内容"]] if beside else []
    path = books.xlsx(tmp_path / "清单.xlsx", [title, *heads, *rows, ["注：以上共3项。"]])
    plan, items = take(path)
    assert short(items) == WANT
    assert not lost(plan)
    assert [(one["环节"], one["内容"]) for one in items[0]["责任事项"]] == [
        ("立案", "审查。"),
        ("调查", "取证。"),
    ]
    assert "处罚种类：无\n  其他" in items[2]["来源"]["原文"]
    assert (items[2]["承办机构"], "内部编组：甲组" in items[2]["来源"]["原文"]) == ("一处", True)
    place = "B" if beside else "A"
    first = 3 if beside else 2
    names = [one.cell for one in plan.cells if one.field == "事项名称"]
    assert names == [f"{place}{first + n}" for n in range(3)]
    assert {one.cell[:1] for one in plan.problems if one.rule == "import-column"} == {place}


def test_the_type_of_labelled_cells_stands_above_them(take, tmp_path):
    cells = [one.replace("职权类型：行政处罚\n", "").replace("职权类型：行政许可\n", "") for one in labelled_cells()]
    rows = [["一、行政处罚（2项）"], [cells[0]], [cells[1]], ["二、行政许可（1项）"], [cells[2]]]
    plan, items = take(books.xlsx(tmp_path / "清单.xlsx", rows))
    assert short(items) == WANT
    assert not lost(plan)


def test_a_row_without_labels_among_labelled_cells_is_told(take, tmp_path):
    cells = labelled_cells()
    rows = [
        ["一、全部事项"],
        [cells[0], "甲组"],
        ["对船的检查，依据《安全生产法》第六十五条"],
        [cells[1]],
        ["对渡口的检查", "行政检查"],
    ]
    plan, items = take(books.xlsx(tmp_path / "清单.xlsx", [*rows, [cells[2]], ["填表人：王某"]]))
    assert short(items) == WANT
    assert [one.cell for one in lost(plan)] == ["B2", "A3", "A5", "B5"]
    assert [one.message for one in plan.problems if "不在任何一栏的表头下面" in one.message] == [
        "有内容的格不在任何一栏的表头下面，没有导入（第 2、3、5 行）"
    ]


def test_a_table_with_labels_in_one_of_its_cells_stays_a_table(take, tmp_path):
    head = ["事项名称", "职权类型", "实施依据", "办理信息"]
    said = "办理地点：一楼\n监督电话：0990-1234567\n收费标准：无"
    rows = [[name, type_, cited, said] for _, name, type_, cited in CARDS]
    _, items = take(books.xlsx(tmp_path / "清单.xlsx", [head, *rows]))
    assert short(items) == WANT
    assert "办理信息：办理地点：一楼" in items[0]["来源"]["原文"]


def test_the_same_labelled_cells_again_change_nothing_and_an_edit_is_one(tmp_path):
    clerk = Clerk(tmp_path / "项目")
    path = books.xlsx(tmp_path / "表.xlsx", [[one] for one in labelled_cells()])
    assert clerk("import", path, "items", "--at", DAY).code == 0
    before = clerk.files()
    assert clerk("import", path, "items", "--update", "--at", DAY).code == 0
    assert clerk.files() == before
    text = labelled_cells()[0].replace("取证", "询问当事人")
    path = books.edited(path, tmp_path / "改.xlsx", A1=text)
    assert clerk("import", path, "items", "--update", "--at", DAY).code == 0
    (changed,) = {name for name, content in clerk.files().items() if content != before.get(name)}
    after = clerk.files()[changed].decode()
    assert "询问当事人" in after
    assert "取证" not in after


def test_a_labelled_cell_that_is_crossed_out_is_left_out(take, tmp_path):
    cells = labelled_cells()
    plan, items = take(books.xlsx(tmp_path / "清单.xlsx", [[one] for one in cells], struck={"A2": cells[1]}))
    assert short(items) == [WANT[0], WANT[2]]
    assert {one.cell for one in lost(plan)} == {"A2"}


# Traditional characters

ROWS_IN_TRADITIONAL = [
    ["示例市應急管理局權責清單"],
    ["序號", "職權名稱", "職權類型", "實施依據", "實施主體", "責任事項", "監督電話", "備註"],
    [1, "對未如實記錄安全生產教育和培訓情況的處罰", "行政處罰",
     "《中華人民共和國安全生產法》第九十七條第（四）項：未如實記錄的，處十萬元以下罰款。", "應急管理局",
     "1.立案責任：予以審查。\n2.調查責任：收集證據。", "0990-1234567", "無"],
    ["二、行政許可（1項）"],
    [2, "煤礦安全生產許可", None, "煤礦安全生產條例第二十條", "應急管理局", None, None, "擬取消"],
    ["註：本清單由辦公室負責解釋。"],
]  # fmt: skip


def test_a_list_in_traditional_characters_is_read_and_its_names_are_kept(take, tmp_path):
    plan, items = take(books.xlsx(tmp_path / "清單.xlsx", ROWS_IN_TRADITIONAL))
    assert short(items) == [
        ("對未如實記錄安全生產教育和培訓情況的處罰", "行政处罚", [(LAW, 97)]),
        ("煤礦安全生產許可", "行政许可", [(ORDER, 20)]),
    ]
    assert [one["环节"] for one in items[0]["责任事项"]] == ["立案", "调查"]
    assert all(one["行使主体"] == ["shi-ying-ji-guan-li-ju"] for one in items)
    assert not lost(plan)
    assert not plan.laws
    told = [one.message for one in plan.problems if one.rule == "import-unseen"]
    assert any("「職權名稱」里有繁体字：文字照原样写" in one for one in told)
    assert any(one.rule == "import-status" for one in plan.problems)


def test_a_look_alike_among_simplified_characters_is_still_put_right(take, tmp_path):
    rows = [["事项名称", "职权类型", "备注"], ["对甲厂的检査", "行政檢查", "仝某负责"]]
    plan, items = take(books.xlsx(tmp_path / "清单.xlsx", rows))
    assert not any("繁体字" in one.message for one in plan.problems)
    assert short(items) == [("对甲厂的检查", "行政检查", [])]


# Parts

PARTED = ["序号", "项目名称", "子项名称", "职权类型", "实施依据"]
WHOLE_ITEM = "危险化学品安全许可"


def named(items):
    return [(one["事项名称"], one.get("子项名称"), len(one.get("实施依据", []))) for one in items]


@pytest.mark.parametrize("said", ["1.经营许可\n2.生产许可", "（1）经营许可；（2）生产许可", "①经营许可；\n②生产许可。"])
def test_each_part_in_a_cell_of_several_is_an_item(take, tmp_path, said):
    rows = [
        PARTED,
        [1, WHOLE_ITEM, said, "行政许可", basis(LAW, "六十二")],
        [2, "甲检查", "无", "行政检查", basis(LAW, "六十五")],
    ]
    plan, items = take(books.xlsx(tmp_path / "清单.xlsx", rows))
    assert named(items) == [(WHOLE_ITEM, "经营许可", 1), (WHOLE_ITEM, "生产许可", 1), ("甲检查", None, 1)]
    assert [one.cell for one in plan.cells if (one.field, one.went) == ("子项名称", "field")] == ["C2", "C2"]
    assert not lost(plan)


def test_what_has_the_name_of_a_part_alone_is_called_so_and_told(take, tmp_path):
    rows = [
        PARTED,
        [1, None, "经营许可", "行政许可", basis(LAW, "六十二")],
        [2, None, "生产许可", "行政许可", basis(LAW, "六十二")],
    ]
    plan, items = take(books.xlsx(tmp_path / "清单.xlsx", rows))
    assert named(items) == [("经营许可", None, 1), ("生产许可", None, 1)]
    assert any("没有名称，按「子项名称」填「事项名称」" in one.message for one in plan.problems)
    assert not lost(plan)


def test_parts_of_one_cell_again_change_nothing(tmp_path):
    clerk = Clerk(tmp_path / "项目")
    rows = [
        PARTED,
        [1, WHOLE_ITEM, "1.经营许可\n2.生产许可", "行政许可", basis(LAW, "六十二")],
        [2, "", "使用许可", "行政许可", ""],
    ]
    path = books.xlsx(tmp_path / "表.xlsx", rows)
    assert clerk("import", path, "items", "--at", DAY).code == 0
    before = clerk.files()
    assert clerk("import", path, "items", "--update", "--at", DAY).code == 0
    assert clerk.files() == before


def test_the_title_in_one_column_and_its_article_in_the_next_are_one_basis(take, tmp_path):
    head = ["职权类别", "职权名称", "法定依据", "具体条款", "备注"]
    rows = [
        head,
        ["行政处罚", TRAINING, LAW, "第九十七条", None],
        ["其他具体行政行为", "考核", f"《{ORDER}》", "第二十条第一款", None],
    ]
    plan, items = take(books.xlsx(tmp_path / "分解表.xlsx", rows))
    assert short(items) == [WANT[0], ("考核", "其他行政权力", [(ORDER, 20)])]
    assert not lost(plan)


def test_a_line_above_the_numbered_stages_is_no_stage(take, tmp_path):
    duties = "一般程序：\n1.立案责任：审查。\n2.调查责任：取证。"
    _, items = take(books.xlsx(tmp_path / "清单.xlsx", [["名称", "类型", "责任事项"], [TRAINING, "处罚", duties]]))
    assert [(one["环节"], one["内容"]) for one in items[0]["责任事项"]] == [
        ("立案", "一般程序：\n审查。"),
        ("调查", "取证。"),
    ]


def test_a_code_whose_digits_are_like_a_mobile_telephone_is_none(take, tmp_path):
    rows = [
        ["权力编码", "名称", "类型", "备注"],
        ["13042900201", TRAINING, "处罚", ""],
        ["13042900202", ALARM, "处罚", "找13042900203"],
    ]
    plan, items = take(books.xlsx(tmp_path / "清单.xlsx", rows))
    assert [one["事项编码"][0]["编码"] for one in items] == ["13042900201", "13042900202"]
    assert {one.row for one in plan.problems if one.rule == "personal-data"} == {3}
