"""A clerk's sheets: real workbooks of the kinds that bureaus have, imported, told about, imported again."""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter
from tests.clerk import DAY, Clerk
from tests.repository import Repository
from tests.test_cli import MANUAL

from quanze.base.problem import Fault
from quanze.edit import cells, importer
from quanze.edit.importer import sheet as sheets
from quanze.form import Field, kinds
from quanze.io.yaml import read
from quanze.register.tree import load

BODY = "示例市应急管理局"
HEADS = ["事项名称", "职权类型", "状态", "行使主体", "实施依据"]
ROW = ["对矿山的检查", "行政检查", "有效", BODY, "《安全生产法》第六十五条第一款"]
OTHER = ["对化工厂的检查", "行政检查", "有效", BODY, "《安全生产法》第六十五条第二款"]


@pytest.fixture(name="clerk")
def _clerk(tmp_path):
    return Clerk(tmp_path / "项目")


@pytest.fixture(name="book")
def _book(tmp_path):
    """Return what makes a workbook of rows and merged ranges, and returns its path."""

    def make(*rows, merges=(), name="表.xlsx", sheet="目录", formulas=()):
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as made:
            page = made.add_worksheet(sheet)
            for number, row in enumerate(rows):
                for index, value in enumerate(row):
                    if value is not None:
                        page.write(number, index, value)
            for cells_, text in merges:
                page.merge_range(cells_, text)
            for cell, formula, value in formulas:
                page.write_formula(cell, formula, None, value)
        return str(path)

    return make


def take(clerk, path, *more):
    return clerk("import", path, "items", "--at", DAY, *more)


def record(clerk, path):
    data, problems = read((clerk.root / path).read_bytes(), path)
    assert not problems
    return data


def with_columns(**columns):
    return [[*HEADS, *columns], [*ROW, *columns.values()]]


# 读入


def test_a_plain_sheet(clerk, book):
    done = take(clerk, book(HEADS, ROW, OTHER))
    assert done.code == 0
    assert [line for line in done.lines if line.endswith(".yaml")] == [
        "catalog/items/xzjc-002.yaml",
        "catalog/items/xzjc-003.yaml",
    ]
    assert done.err == "读了 2 行：新增 2 条、更新 0 条，0 行没有变化\n"
    assert record(clerk, "catalog/items/xzjc-002.yaml") == {
        "事项名称": "对矿山的检查",
        "职权类型": "行政检查",
        "状态": "有效",
        "行使主体": ["shi-ying-ji-guan-li-ju"],
        "实施依据": [{"依据文件": "安全生产法", "条": 65, "款": 1}],
        "来源": {"文件": "表.xlsx", "表": "目录", "行": 2},
    }
    assert clerk.read("catalog/items/xzjc-002.yaml").startswith("# yaml-language-server: $schema=../../schema/items")
    assert clerk("check", "--at", DAY).code == 0


@pytest.mark.parametrize(
    ("name", "encoding", "mark"),
    [("a.csv", "utf-8-sig", ","), ("a.csv", "gb18030", ","), ("a.txt", "utf-16", "\t"), ("a.csv", "utf-8", ";")],
)
def test_csv_as_excel_saves_it(clerk, tmp_path, name, encoding, mark):
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows([HEADS, ROW])
    (tmp_path / name).write_bytes(text.getvalue().encode(encoding))
    assert take(clerk, str(tmp_path / name)).code == 0
    assert record(clerk, "catalog/items/xzjc-002.yaml")["来源"] == {"文件": name, "行": 2}


def test_titles_above_and_blank_rows_below_and_between(clerk, book):
    done = take(
        clerk, book(["示例市应急管理局权责清单"], ["（2023年版）"], [], HEADS, ROW, [], OTHER, [" "], [None, "　"])
    )
    assert done.err.startswith("读了 2 行：新增 2 条")


def test_two_rows_of_heads_and_merged_cells(clerk, book):
    rows = [
        [None] * 6,
        [None, None, None, None, "法律", "行政法规"],
        [1, "对矿山的检查", None, None, "《安全生产法》第六十五条", "《煤矿安全生产条例》第十条"],
        [2, "对化工厂的检查", None, None, "《安全生产法》第六十六条", None],
    ]
    merges = [
        ("A1:A2", "序号"),
        ("B1:B2", "项目名称"),
        ("C1:C2", "职权类型"),
        ("D1:D2", "行使主体"),
        ("E1:F1", "实施依据"),
        ("C3:C4", "行政检查"),
        ("D3:D4", BODY),
    ]
    done = take(clerk, book(*rows, merges=merges), "--set", "状态=有效")
    assert done.code == 0
    first, second = (record(clerk, f"catalog/items/xzjc-00{n}.yaml") for n in (2, 3))
    assert [one["依据文件"] for one in first["实施依据"]] == ["安全生产法", "煤矿安全生产条例"]
    assert second["职权类型"] == "行政检查"
    assert second["行使主体"] == ["shi-ying-ji-guan-li-ju"]
    assert "「项目名称」按相近的「事项名称」读取" in done.out


def test_headings_between_rows_give_the_type(clerk, book):
    heads = [name for name in HEADS if name != "职权类型"]
    row = [value for value in ROW if value != "行政检查"]
    rows = [heads, [None] * 4, row, [None] * 4, ["表彰先进", *row[1:]]]
    merges = [("A2:D2", "一、行政检查（1项）"), ("A4:D4", "二、行政奖励（1项）")]
    done = take(clerk, book(*rows, merges=merges))
    assert done.code == 0
    assert record(clerk, "catalog/items/xzjc-002.yaml")["职权类型"] == "行政检查"
    assert record(clerk, "catalog/items/xzjl-001.yaml")["职权类型"] == "行政奖励"
    assert "「一、行政检查（1项）」当作分节标题，没有导入，其下各行的「职权类型」按它填" in done.out


def test_a_column_that_no_field_has_is_kept(clerk, book):
    done = take(clerk, book(*with_columns(内部编号="甲-1", 经办="（空）")))
    assert done.code == 0
    assert "表.xlsx:目录!F1: 待复核：表头「内部编号」没有对应的栏目" in done.out
    assert record(clerk, "catalog/items/xzjc-002.yaml")["来源"]["原文"] == "内部编号：甲-1\n经办：（空）"


@pytest.mark.parametrize(
    ("head", "value", "path", "want"),
    [
        ("生效日期", datetime.date(2026, 5, 1), "生效日期", "2026-05-01"),
        ("生效日期", "2026.5.1", "生效日期", "2026-05-01"),
        ("生效日期", "２０２６年５月１日", "生效日期", "2026-05-01"),
        ("关键词", "电焊、动火\n没培训", "关键词", ["电焊", "动火", "没培训"]),
        ("第一责任层级", "市级、县级", "第一责任层级", ["市级", "县级"]),
        ("行使层级", "市级、县级", "行使层级", [{"层级": "市级"}, {"层级": "县级"}]),
        ("行使层级", "层级：市级；权限：跨县的", "行使层级", [{"层级": "市级", "权限": "跨县的"}]),
        ("办理.法定时限", "20个\n工作日", "办理", {"法定时限": "20个工作日"}),
        ("法定时限", "20个工作日", "办理", {"法定时限": "20个工作日"}),
        ("材料", "申请书；营业执照", "办理", {"材料": ["申请书", "营业执照"]}),
        ("部门职责", "第一段\r\n第二段", "部门职责", "第一段\n第二段"),
        ("备注", 2023, "备注", "2023"),
        ("备注", "无", "备注", "无"),
        ("备注", "未载明", "备注", None),
        ("事项编码", "000125045000", "事项编码", [{"方案": "基本编码", "编码": "000125045000"}]),
        ("事项编码", "００0125045000", "事项编码", [{"方案": "基本编码", "编码": "000125045000"}]),
        ("配合主体", "示例市人民政府", "配合主体", ["shi-ren-min-zheng-fu"]),
        ("程序", "行政检查程序", "程序", "xing-zheng-jian-cha"),
        ("核对", "2026-11-01（公开文本）", "核对", {"日期": "2026-11-01", "来源": "公开文本"}),
    ],
)
def test_a_cell_is_read_by_its_field(clerk, book, head, value, path, want):  # noqa: PLR0913, PLR0917
    text = clerk.read("catalog/procedures/xing-zheng-chu-fa.yaml").replace("行政处罚一般", "行政检查")
    clerk.write("catalog/procedures/xing-zheng-jian-cha.yaml", text.replace("行政处罚", "行政检查"))
    done = take(clerk, book([*HEADS, head], [*ROW, value]))
    assert done.code == 0, done.out
    assert record(clerk, "catalog/items/xzjc-002.yaml").get(path) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("《安全生产法》第65条第（一）项", [{"依据文件": "安全生产法", "条": 65, "项": 1}]),
        ("安全生产法第六十五条", [{"依据文件": "安全生产法", "条": 65}]),
        ("1.【法律】《安全生产法》第六十五条；\n2.《煤矿安全生产条例》第十条。", [
            {"依据文件": "安全生产法", "条": 65},
            {"依据文件": "煤矿安全生产条例", "条": 10},
        ]),
        ("《安全生产法》第六十二条、第六十五条", [
            {"依据文件": "安全生产法", "条": 62},
            {"依据文件": "安全生产法", "条": 65},
        ]),
        ("《安全生产法》第六十五条：有权检查。", [
            {"依据文件": "安全生产法", "条": 65, "原文": "《安全生产法》第六十五条：有权检查。"},
        ]),
        ("《安全生产法》（2021年修正）第六十五条", [
            {"依据文件": "安全生产法", "版本": "2021年修正", "条": 65},
        ]),
        ("国家有关规定", [{"原文": "国家有关规定"}]),
    ],
)  # fmt: skip
def test_citations_are_taken_apart_and_never_dropped(clerk, book, text, want):
    done = take(clerk, book(HEADS, [*ROW[:4], text]))
    assert done.code == 0, done.out
    assert record(clerk, "catalog/items/xzjc-002.yaml")["实施依据"] == want
    assert ("[import-citation]" in done.out) == any("原文" in one for one in want)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("10万元", 100_000),
        ("１０００００", 100_000),
        ("1,000 元", 1000),
        ("0.5亿", 50_000_000),
        ("2.5", 2.5),
        ("零", 0),
    ],
)
def test_amounts(clerk, text, want):
    assert cells.read(text, Field("罚款", kinds.AMOUNT), load(clerk.root)) == want


# 有问题


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("职权类型", "行政检査", "C2: 「职权类型」这一格：「行政检査」不在词表里；最接近的是「行政检查」"),
        (
            "行使主体",
            "示例市应急局",
            "「行使主体」这一格：「示例市应急局」在 catalog/bodies/ 里没有对应的记录；最接近的是「示例市应急管理局」",
        ),
        ("生效日期", "2026年5月", "「生效日期」这一格：「2026年5月」不是日期；写成 2026-05-01 的样子 [import-value]"),
        ("生效日期", "2026-02-30", "不是日历上有的日期 [import-value]"),
        ("事项名称", "", "「事项名称」必填，这里空着 [form-required]"),
        ("事项编码", 125045000, "「事项编码」在表里存成了数字 125045000，可能丢了前面的 0 或者后面的位数"),
        ("事项编码", "甲乙", "「甲乙」看不出是哪种编码"),
        ("监督电话", 2912345678, "「监督电话」在表里存成了数字 2912345678"),
        ("备注", 6.1012345678901234e17, "可能丢了前面的 0 或者后面的位数"),
        ("实施依据", "《安全生产法》第一百二十条", "2021年修正只有 119 条，没有第一百二十条 [article-beyond-last]"),
        ("实施依据", "《没有的法》第一条", "依据文件《没有的法》没有收录"),
        ("行使层级", "全市", "「行使层级」这一格：「全市」不在词表里"),
        ("处罚", "罚款", "「处罚」这一格"),
        ("编号", "XZJC_9", "编号「XZJC_9」不对；用小写英文字母、数字和短横线"),
        ("程序", "行政处罚一般程序", "用于行政处罚，而这条记录的职权类型是行政检查 [type-mismatch]"),
    ],
)
def test_a_problem_is_told_at_its_cell_and_nothing_is_written(clerk, book, column, value, said):
    heads = ["序号", *HEADS] if column in HEADS else ["序号", *HEADS, column]
    row = [1, *ROW] if column in HEADS else [1, *ROW, value]
    row[heads.index(column)] = value
    before = clerk.files()
    done = take(clerk, book(heads, row, [2, *OTHER]))
    assert done.code == 1
    letter = "ABCDEFGH"[heads.index(column)]
    (line,) = [line for line in done.lines if said in line]
    assert line.startswith(f"表.xlsx:目录!{letter}2: ")
    assert done.err.endswith("什么也没有写\n")
    assert clerk.files() == before


def test_what_the_sheet_lacks_is_told_once(clerk, book):
    done = take(clerk, book(["事项名称", "职权类型"], *([f"检查{n}", "行政检查"] for n in range(9))))
    told = [line for line in done.lines if "[import-required]" in line]
    assert len(told) == 3
    assert "表里没有「状态」一栏，第 2、3、4、5、6 行等必填；用 --set 状态=… 或者 --map 的「固定值」写明" in "".join(
        told
    )


def test_a_required_field_of_one_type_can_be_fixed(clerk, book, tmp_path):
    (tmp_path / "对照.yaml").write_text(
        "表头:\n  职权名称: 事项名称\n  处室: null\n固定值:\n  状态: 有效\n  行使主体: [shi-ying-ji-guan-li-ju]\n"
        "  处罚:\n    - {情形: 待核, 对象: 待核, 责令: [待核], 力度: 待核, 决定机关: 待核}\n",
        "utf-8",
    )
    rows = [
        ["职权名称", "职权类型", "实施依据", "处室"],
        ["对未履行职责的处罚", "行政处罚", "《安全生产法》第二十一条、第九十四条", "一处"],
        ["对矿山的检查", "行政检查", "《安全生产法》第六十五条", "二处"],
    ]
    done = take(clerk, book(*rows), "--map", str(tmp_path / "对照.yaml"))
    assert done.code == 0, done.out
    (sanction,) = record(clerk, "catalog/items/xzcf-002.yaml")["处罚"]
    assert sanction["情形"] == "待核"
    assert sanction["依据"] == [{"依据文件": "安全生产法", "条": 94, "作用": "罚则"}]
    checked = record(clerk, "catalog/items/xzjc-002.yaml")
    assert "处罚" not in checked
    assert "原文" not in checked["来源"]


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


def test_the_sound_rows_alone(clerk, book):
    done = take(clerk, book(HEADS, ROW, [*OTHER[:1], "行政检察", *OTHER[2:]]), "--keep-sound")
    assert done.code == 1
    assert done.err.endswith("新增 1 条、更新 0 条，0 行没有变化；1 个问题，有问题的行没有写\n")
    assert (clerk.root / "catalog/items/xzjc-002.yaml").is_file()
    assert not (clerk.root / "catalog/items/xzjc-003.yaml").exists()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([ROW, ROW], "表.xlsx:目录!A3: 与第 2 行是同一条记录"),
        ([["对生产经营单位的监督检查", *ROW[1:]]] * 2, "表.xlsx:目录!A3: 与第 2 行是同一条记录"),
    ],
)
def test_two_rows_for_one_record(clerk, book, rows, said):
    done = take(clerk, book(HEADS, *rows))
    assert done.code == 1
    assert said in done.out


def test_a_formula_without_a_value_and_an_error_value(clerk, book):
    formulas = [("A2", "=B9", ""), ("B3", "=1/0", "#DIV/0!")]
    done = take(clerk, book(HEADS, [None, *ROW[1:]], [OTHER[0], None, *OTHER[2:]], formulas=formulas))
    assert done.code == 1
    assert "表.xlsx:目录!A2: 「事项名称」是没有算出值的公式" in done.out
    assert "表.xlsx:目录!B3: 「职权类型」是错误值 #DIV/0!" in done.out


def test_a_catalog_that_cannot_be_read_is_mended_first(clerk, book):
    clerk.write("catalog/items/xzjc-001.yaml", "事项名称：坏\n")
    done = take(clerk, book(HEADS, ROW))
    assert done.code == 1
    assert "没有导入；请先改正" in done.err
    assert not (clerk.root / "catalog/items/xzjc-002.yaml").exists()


# 再导入一次


@pytest.fixture(name="imported")
def _imported(clerk, book):
    path = book(*with_columns(内部编号="甲-1"), [*OTHER, "甲-2"])
    assert take(clerk, path).code == 0
    return path


def test_the_same_sheet_again_changes_nothing(clerk, imported):
    before = clerk.files()
    done = take(clerk, imported, "--update")
    assert done.code == 0
    assert done.err == "读了 2 行：新增 0 条、更新 0 条，2 行没有变化\n"
    assert clerk.files() == before


def test_other_words_for_the_same_are_no_change(clerk, imported, book):
    row = [*ROW[:4], "安全生产法第65条第（一）款", "甲-1"]
    done = take(clerk, book([*HEADS, "内部编号"], row, name="表.xlsx"))
    assert done.err == "读了 1 行：新增 0 条、更新 0 条，1 行没有变化\n"
    assert imported


def test_a_difference_is_told_and_only_taken_over_on_request(clerk, book, imported):
    text = clerk.read("catalog/items/xzjc-002.yaml").replace("状态: 有效", "状态: 有效 # 核过")
    clerk.write("catalog/items/xzjc-002.yaml", text)
    path = book([*HEADS, "内部编号", "备注"], [*ROW[:4], "《安全生产法》第六十六条", "甲-1", "新的"])
    done = take(clerk, path)
    assert done.code == 1
    assert (
        "表.xlsx:目录!E2: 待复核：「实施依据」与 catalog/items/xzjc-002.yaml 不同："
        "「《安全生产法》第六十五条第一款」→「《安全生产法》第六十六条」；要更新的加 --update [import-differs]"
    ) in done.lines
    assert clerk.read("catalog/items/xzjc-002.yaml") == text
    assert take(clerk, path, "--update").code == 0
    assert clerk.read("catalog/items/xzjc-002.yaml") == text.replace("条: 65\n    款: 1", "条: 66").replace(
        "来源:", "备注: 新的\n来源:"
    )
    assert imported


def test_what_a_person_added_to_a_citation_stays(clerk, book, imported):
    path = "catalog/items/xzjc-002.yaml"
    clerk.write(path, clerk.read(path).replace("    款: 1\n", "    款: 1\n    作用: 职权\n"))
    again = book(HEADS, [*ROW[:4], f"{ROW[4]}、第六十六条"])
    assert take(clerk, again, "--update").code == 0
    assert record(clerk, path)["实施依据"] == [
        {"依据文件": "安全生产法", "条": 65, "款": 1, "作用": "职权"},
        {"依据文件": "安全生产法", "条": 66},
    ]
    assert imported


def test_a_blank_cell_takes_nothing_away(clerk, book):
    done = take(clerk, book(HEADS, ["对生产经营单位的监督检查", "行政检查", None, None, None]), "--update")
    assert done.code == 0
    assert (
        "待复核：「实施依据」空着，catalog/items/xzjc-001.yaml 里的「《安全生产法》第六十五条第一款第一项」没有动"
        in done.out
    )
    assert "更新 0 条" in done.err


def test_a_corrected_name_is_known_by_where_it_stood(clerk, book, imported):
    path = book([*HEADS, "内部编号"], ["对矿山企业的检查", *ROW[1:], "甲-1"], [*OTHER, "甲-2"])
    done = take(clerk, path, "--update")
    assert done.err == "读了 2 行：新增 0 条、更新 1 条，1 行没有变化\n"
    assert record(clerk, "catalog/items/xzjc-002.yaml")["事项名称"] == "对矿山企业的检查"
    assert imported


def test_a_row_put_in_between_moves_nobody(clerk, book, imported):
    path = book([*HEADS, "内部编号"], ["对烟花厂的检查", *ROW[1:], "甲-0"], [*ROW, "甲-1"], [*OTHER, "甲-2"])
    done = take(clerk, path, "--update")
    assert done.err == "读了 3 行：新增 1 条、更新 0 条，2 行没有变化\n"
    assert imported


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
    ]
    done = take(clerk, book(*rows), "--update")
    assert done.err.startswith("读了 2 行：新增 1 条、更新 1 条")
    assert (clerk.root / "catalog/items/xzjc-100.yaml").is_file()


def test_ids_of_the_sheet_and_given_ones_do_not_meet(clerk, book):
    rows = [["编号", *HEADS], [None, *ROW], ["xzjc-003", *OTHER], [None, "对烟花厂的检查", *ROW[1:]]]
    done = take(clerk, book(*rows))
    assert [line[-8:-5] for line in done.lines if line.endswith(".yaml")] == ["002", "003", "004"]


def test_a_dry_run_writes_nothing(clerk, book):
    before = clerk.files()
    done = take(clerk, book(HEADS, ROW), "--dry-run")
    assert done.code == 1
    assert "+++ b/catalog/items/xzjc-002.yaml" in done.lines
    assert "+事项名称: 对矿山的检查" in done.lines
    assert done.err.startswith("读了 1 行：会新增 1 条")
    assert clerk.files() == before


def test_ids_of_the_past_are_not_given_again(clerk, book):
    repository = Repository(clerk.root)
    repository.write("catalog/items/xzjc-041.yaml", clerk.read("catalog/items/xzjc-001.yaml"))
    repository.commit("2026-10-01")
    repository.remove("catalog/items/xzjc-041.yaml")
    repository.commit("2026-10-02")
    assert "catalog/items/xzjc-042.yaml" in take(clerk, book(HEADS, ROW)).lines


# 导出再导入


LIST = """\
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
  - 字段: 实施依据
    组: 实施依据
    标题: 法律
    位阶: 法律
  - 字段: 实施依据
    组: 实施依据
    标题: 行政法规
    位阶: 行政法规
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
    assert done.code == 0
    assert re.fullmatch(r"读了 ([0-9]+) 行：新增 0 条、更新 0 条，\1 行没有变化\n", done.err)
    assert done.out == ""
    assert full.files() == before


def edited(clerk, tmp_path, cell, text):
    path = tmp_path / "导出.xlsx"
    clerk("export", "zhi-fa-mu-lu", "-o", str(path))
    book = openpyxl.load_workbook(path)
    book.active[cell] = text
    book.save(path)
    return str(path)


def test_an_edited_export_updates_its_record(full, tmp_path):
    path = edited(full, tmp_path, "K5", "改过的")
    before = full.read("catalog/items/xzcf-001.yaml")
    done = take(full, path, "--update")
    assert done.lines == ["catalog/items/xzcf-001.yaml"]
    assert full.read("catalog/items/xzcf-001.yaml") == before.replace("核对:", "备注: 改过的\n核对:")


def test_one_column_of_a_basis_leaves_the_others(full, tmp_path):
    path = edited(full, tmp_path, "F7", "《煤矿安全生产条例》第十条")
    assert take(full, path, "--update").code == 0
    found = record(full, "catalog/items/xzxk-001.yaml")["实施依据"]
    assert found == [
        {"依据文件": "安全生产法", "条": 65, "款": 1, "项": 1, "作用": "职权"},
        {"依据文件": "煤矿安全生产条例", "条": 10},
    ]


def test_what_a_list_words_itself_is_changed_in_the_list(full, tmp_path):
    done = take(full, edited(full, tmp_path, "C6", "对单位的检查"), "--update")
    assert done.code == 1
    assert "「项目名称」与清单对 xzjc-001、xzjc-002 的写法不同；请在清单的「条目」里改" in done.out


# 不是表


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 100, "是旧格式的 .xls，或者加了密码"),
        ("a.xlsx", b"PK\x03\x04" + b"\0" * 100, "读不出来"),
        ("a.csv", b"\x00\x01\x02", "不是表格"),
        ("a.csv", b"\x81\x00\xff\xff", "编码认不出来"),
        ("a.csv", b'"' + b"x" * 200_000, "不是有效的 CSV"),
        ("a.csv", b"," * 300, "超过 20,000 行或者 200 列"),
    ],
)
def test_a_file_that_is_no_sheet(clerk, tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    done = take(clerk, str(tmp_path / name))
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_no_heads(clerk, book):
    done = take(clerk, book(["甲", "乙"], ["丙", "丁"]))
    assert done.code == 1
    assert done.lines[0].startswith("表.xlsx:目录: 没有找到表头")


def test_a_workbook_of_several_sheets(clerk, tmp_path):
    path = tmp_path / "几张表.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("空表")
        for name, row in (("检查", ROW), ("其他", OTHER)):
            page = made.add_worksheet(name)
            page.write_row(0, 0, HEADS)
            page.write_row(1, 0, row)
        made.add_worksheet("隐藏").hide()
    done = take(clerk, str(path), "--dry-run")
    assert "+事项名称: 对矿山的检查" in done.lines
    assert done.err.startswith("只读了「检查」；没有读的表：空表、其他（用 --sheet 指明）\n")
    assert "+事项名称: 对化工厂的检查" in take(clerk, str(path), "--dry-run", "--sheet", "其他").lines
    wrong = take(clerk, str(path), "--sheet", "没有")
    assert wrong.code == 2
    assert "里没有叫「没有」的表；有：空表、检查、其他" in wrong.err


def test_an_empty_workbook(clerk, book):
    assert "没有内容" in take(clerk, book()).err


def test_a_sheet_that_lies_about_its_size_is_bounded(book, tmp_path):
    with zipfile.ZipFile(book(HEADS, ROW, merges=[("A3:B3", "满")])) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    huge = parts["xl/worksheets/sheet1.xml"].replace(b"A3:B3", b"A3:XFD1048576").replace(b"A1:E3", b"A1:XFD1048576")
    with zipfile.ZipFile(tmp_path / "大.xlsx", "w") as new:
        for name, content in {**parts, "xl/worksheets/sheet1.xml": huge}.items():
            new.writestr(name, content)
    assert len(importer.read(tmp_path / "大.xlsx").rows) == 3


def test_a_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("quanze.edit.importer.workbook.MAX_UNPACKED", 1000)
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"0" * 10_000)
    with pytest.raises(Fault, match="解开后超过"):
        importer.read(path)


def test_too_many_rows_are_refused(book, tmp_path, monkeypatch):
    monkeypatch.setattr("quanze.edit.importer.workbook.MAX_ROWS", 1)
    monkeypatch.setattr(sheets, "MAX_ROWS", 1)
    book(HEADS, ROW, OTHER)
    with pytest.raises(Fault, match="超过 1 行"):
        importer.read(tmp_path / "表.xlsx")


def test_a_number_shown_with_leading_zeros_keeps_them(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        page = made.add_worksheet()
        page.write_number(0, 0, 125045000, made.add_format({"num_format": "000000000000"}))
        page.write_number(0, 1, 0.05, made.add_format({"num_format": "0%"}))
        page.write_boolean(0, 2, boolean=True)
        page.write_number(0, 3, 2.50)
    assert [cell.text for cell in importer.read(path).rows[0]] == ["000125045000", "5%", "是", "2.5"]


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


def test_without_an_origin_a_strange_column_is_an_error(clerk, book):
    done = clerk(
        "import", book(["名称", "层级", "类型", "邮编"], ["甲局", "市级", "政府部门", "710000"]), "bodies", "--at", DAY
    )
    assert done.code == 1
    assert "表头「邮编」没有对应的栏目；内容没有地方保留；不要的，用 --map 写明 null [import-column]" in done.out


def test_every_rule_of_the_import_is_in_the_manual():
    assert not [rule for rule in importer.RULES if f"| {rule} |" not in MANUAL]
