"""What goes out comes back: a clerk's workbook edited and imported, and the annex as a document."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile

import docx
import openpyxl
import pytest
from tests import books
from tests.clerk import DAY, RANKED, Clerk

from quanze.io.workbook import KEPT
from quanze.io.yaml import read

ITEM = "catalog/items/xzjc-001.yaml"
LIST = (
    """\
名称: 检查事项清单
性质: 本机关公布
公布主体: shi-ying-ji-guan-li-ju
集合: items
条件: {职权类型: 行政检查}
列:
  - 字段: 序号
  - 字段: 事项名称
    标题: 项目名称
  - 字段: 职权类型
"""
    + RANKED
    + """\
  - 字段: 承办机构
  - 字段: 行使层级
  - 字段: 生效日期
  - 字段: 备注
短列: [序号, 事项名称]
说明:
  - 内容: 本清单由示例市应急管理局公布。
"""
)
CITED = "《安全生产法》第六十五条第一款第一项"


@pytest.fixture(name="clerk")
def _clerk(tmp_path):
    clerk = Clerk(tmp_path / "项目")
    clerk.write("catalog/lists/jian-cha.yaml", LIST)
    text = clerk.read(ITEM)
    clerk.write(ITEM, f"{text}承办机构: 一处 # 核过\n备注: 甲\n")
    clerk.write("catalog/items/xzjc-002.yaml", text.replace("生产经营单位的监督检查", "矿山企业的检查"))
    assert clerk("check", "--at", DAY).code == 0
    assert clerk("export", "jian-cha", "-o", str(tmp_path / "清单.xlsx")).code == 0
    return clerk


def take(clerk, path, *more):
    return clerk("import", str(path), "items", "--at", DAY, "--update", *more)


def edit(tmp_path, **cells):
    return books.edited(str(tmp_path / "清单.xlsx"), tmp_path / "改.xlsx", **cells)


def record(clerk, path=ITEM):
    return read(clerk.read(path).encode(), "")[0]


def place(tmp_path, head, row=0):
    """Return the cell of a head in the first row of the list, or a later one."""
    page = openpyxl.load_workbook(tmp_path / "清单.xlsx").worksheets[0]
    found = next(cell for line in page.iter_rows() for cell in line if cell.value == head)
    first = next(line[0].row for line in page.iter_rows() if line[0].value == "1")
    return f"{found.column_letter}{first + row}"


def test_ids_are_hidden_and_words_are_chosen(clerk, tmp_path):
    book = openpyxl.load_workbook(tmp_path / "清单.xlsx")
    page, kept = book.worksheets
    assert (kept.title, kept.sheet_state) == (KEPT, "veryHidden")
    id_ = place(tmp_path, "编号")
    assert page.column_dimensions[id_.rstrip("0123456789")].hidden
    assert page[id_].value == "xzjc-001"
    (rule,) = page.data_validations.dataValidation
    assert rule.formula1.startswith('"行政许可,行政处罚')
    assert rule.errorStyle == "warning"
    assert page.print_title_rows
    assert clerk


def test_what_nobody_touched_comes_back_as_nothing(clerk, tmp_path):
    before = clerk.files()
    done = take(clerk, edit(tmp_path))
    assert (done.code, done.err) == (0, "读了 2 行：新增 0 条、更新 0 条，2 行没有变化\n")
    assert clerk.files() == before


BASIS = {"依据文件": "安全生产法", "条": 65, "款": 1, "项": 1, "作用": "职权"}
EDITS = [
    ("项目名称", "对生产经营单位的检查", "事项名称", "对生产经营单位的检查"),
    ("承办机构", "二处", "承办机构", "二处"),
    ("承办机构", None, "承办机构", None),
    ("备注", "第一行\n第二行", "备注", "第一行\n第二行"),
    ("备注", "  甲 ", "备注", "甲"),
    ("生效日期", "2026.5.1", "生效日期", "2026-05-01"),
    ("行使层级", "市级、县级", "行使层级", [{"层级": "市级"}, {"层级": "县级"}]),
    ("法律", "《安全生产法》第六十六条", "实施依据", [{"依据文件": "安全生产法", "条": 66, "作用": "职权"}]),
    ("法律", f"{CITED}\n《安全生产法》第六十六条", "实施依据", [
        BASIS, {"依据文件": "安全生产法", "条": 66},
    ]),
    ("行政法规", "《煤矿安全生产条例》第十条", "实施依据", [
        BASIS, {"依据文件": "煤矿安全生产条例", "条": 10},
    ]),
    ("备注", "０１２", "备注", "０１２"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "value", "field", "want"), EDITS)
def test_an_edit_comes_back_as_exactly_that(clerk, tmp_path, head, value, field, want):  # noqa: PLR0913, PLR0917
    before, other = record(clerk), clerk.read("catalog/items/xzjc-002.yaml")
    done = take(clerk, edit(tmp_path, **{place(tmp_path, head): value}))
    assert done.code == 0, done.out
    after = record(clerk)
    assert after.get(field) == want
    assert {k: v for k, v in after.items() if k != field} == {k: v for k, v in before.items() if k != field}
    assert "# 核过" in clerk.read(ITEM) or field == "承办机构"
    assert clerk.read("catalog/items/xzjc-002.yaml") == other


@pytest.mark.parametrize(("cell", "want"), [(None, 6), ("9 个月", 9), ("9月", 9), ("１２个月", 12), (9, 9)])
@pytest.mark.parametrize(
    "kind", [{"$ref": "common.schema.json#/$defs/count"}, {"type": "integer"}], ids=["数量", "整数"]
)
def test_a_number_comes_back_from_behind_its_unit(clerk, tmp_path, kind, cell, want):
    schema = json.loads(clerk.read("schema/items.schema.json"))
    schema["properties"]["周期"] = {**kind, "unit": "个月"}
    clerk.write("schema/items.schema.json", json.dumps(schema, ensure_ascii=False))
    clerk.write("catalog/lists/jian-cha.yaml", LIST.replace("  - 字段: 备注\n", "  - 字段: 备注\n  - 字段: 周期\n"))
    clerk.write(ITEM, f"{clerk.read(ITEM)}周期: 6\n")
    assert clerk("export", "jian-cha", "-o", str(tmp_path / "清单.xlsx")).code == 0
    assert (
        openpyxl.load_workbook(tmp_path / "清单.xlsx").worksheets[0][place(tmp_path, "周期", row=0)].value == "6 个月"
    )
    done = take(clerk, edit(tmp_path, **({place(tmp_path, "周期"): cell} if cell else {})))
    assert done.code == 0, done.out
    assert record(clerk)["周期"] == want
    assert ("2 行没有变化" in done.err) == (want == 6)


def test_a_record_corrected_meanwhile_is_not_undone(clerk, tmp_path):
    clerk.write(ITEM, clerk.read(ITEM).replace("备注: 甲", "备注: 乙"))
    done = take(clerk, edit(tmp_path, **{place(tmp_path, "承办机构"): "二处"}))
    assert (record(clerk)["备注"], record(clerk)["承办机构"]) == ("乙", "二处")
    assert done.code == 0
    done = take(clerk, edit(tmp_path, **{place(tmp_path, "备注"): "丙"}))
    assert done.code == 1
    assert "上次是「甲」，记录里现在是「乙」，表里现在是「丙」" in done.out


def test_a_row_added_moved_and_taken_away(clerk, tmp_path):
    book = openpyxl.load_workbook(tmp_path / "清单.xlsx")
    page = book.worksheets[0]
    first = int(place(tmp_path, "编号").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    page.append(["3", "对化工厂的检查", "行政检查", "《安全生产法》第六十二条"])
    page.delete_rows(first)
    book.save(tmp_path / "改.xlsx")
    done = take(clerk, tmp_path / "改.xlsx")
    assert done.err == "读了 2 行：新增 1 条、更新 0 条，1 行没有变化\n"
    assert "xzjc-001.yaml「对生产经营单位的监督检查」原来在这张表里，这次没有了；记录没有动" in done.out
    assert record(clerk, "catalog/items/xzjc-003.yaml")["实施依据"] == [{"依据文件": "安全生产法", "条": 62}]


def test_as_csv_of_our_own_workbook(clerk, tmp_path):
    """A spreadsheet saved as CSV loses what is merged and what is hidden by the format, not by the clerk."""
    page = openpyxl.load_workbook(tmp_path / "清单.xlsx").worksheets[0]
    books.text(tmp_path / "清单.csv", [[cell.value or "" for cell in line] for line in page.iter_rows()])
    before = clerk.files()
    done = take(clerk, tmp_path / "清单.csv")
    assert (done.code, done.err) == (0, "读了 2 行：新增 0 条、更新 0 条，2 行没有变化\n")
    assert clerk.files() == before


def test_a_quote_that_a_list_does_not_show_is_no_conflict_though_the_record_came_of_another_table(clerk, tmp_path):
    """What 来源 keeps has other heads than our own list, so nobody knows what the cell said the last time."""
    kept = "来源:\n  文件: 旧.xlsx\n  表: 一\n  行: 3\n  原文: |-\n    项目：对生产经营单位的监督检查\n    备注：甲\n"
    clerk.write(ITEM, clerk.read(ITEM).replace("作用: 职权}", "作用: 职权, 摘录: 县级以上地方各级人民政府}") + kept)
    page = openpyxl.load_workbook(tmp_path / "清单.xlsx").worksheets[0]
    books.text(tmp_path / "清单.csv", [[cell.value or "" for cell in line] for line in page.iter_rows()])
    before = clerk.files()
    assert take(clerk, tmp_path / "清单.csv").err == "读了 2 行：新增 0 条、更新 0 条，2 行没有变化\n"
    assert clerk.files() == before


@pytest.mark.parametrize("changed", [False, True])
def test_citations_come_back_in_the_order_of_the_cell_with_their_comments(clerk, tmp_path, changed):
    lines = [line for line in clerk.read(ITEM).split("\n") if "依据文件" in line]
    more = "  - {依据文件: 安全生产法, 条: 66} # 问过\n  - {依据文件: 安全生产法, 条: 62}"
    clerk.write(ITEM, clerk.read(ITEM).replace(lines[0], f"{lines[0]} # 核过\n{more}"))
    assert clerk("export", "jian-cha", "-o", str(tmp_path / "清单.xlsx")).code == 0
    at = place(tmp_path, "法律")
    said = openpyxl.load_workbook(tmp_path / "清单.xlsx").worksheets[0][at].value.split("\n")
    turned = [said[2], said[1], said[0].replace("第一项", "第二项") if changed else said[0]]
    done = take(clerk, edit(tmp_path, **{at: "\n".join(turned)}))
    assert done.code == 0, done.out
    after = [line for line in clerk.read(ITEM).split("\n") if "依据文件" in line]
    first = lines[0].replace("项: 1", "项: 2") if changed else lines[0]
    assert after == [*reversed(more.split("\n")), f"{first} # 核过"]
    assert take(clerk, tmp_path / "改.xlsx").err == "读了 2 行：新增 0 条、更新 0 条，2 行没有变化\n"


def test_a_row_is_as_high_as_its_words_and_grows_with_them(clerk, tmp_path):
    """LibreOffice shows one line of a row without a height; of one with a height of its own, Excel hides the rest."""
    clerk.write(ITEM, clerk.read(ITEM).replace("备注: 甲", "备注: 甲乙丙丁戊己庚辛" + "甲乙丙丁戊己庚辛" * 20))
    assert clerk("export", "jian-cha", "-o", str(tmp_path / "清单.xlsx")).code == 0
    with zipfile.ZipFile(tmp_path / "清单.xlsx") as archive:
        page = archive.read("xl/worksheets/sheet1.xml")
    heights = [float(one) for one in re.findall(rb'<row[^>]* ht="([0-9.]+)"', page)]
    assert max(heights) > 100
    assert b"customHeight" not in page


OFFICE = shutil.which("soffice")
UTF8 = "csv:Text - txt - csv (StarCalc):44,34,76"
"""What somebody chooses who saves as text: commas, quotation marks, UTF-8."""


def office(folder, kind, *files):
    """Open files in LibreOffice and save them there as another kind."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = (str(OFFICE), profile, "--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, files))
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [folder / f"{file.stem}.{kind.partition(':')[0]}" for file in files]


@pytest.mark.skipif(not OFFICE, reason="没有 LibreOffice，跳过")
def test_what_libreoffice_saves_comes_back_as_exactly_the_edit(clerk, tmp_path):
    """Every edit of EDITS, and none, in workbooks saved by LibreOffice; the one without also as ODS and CSV."""
    (tmp_path / "本").mkdir()
    files = [tmp_path / "本" / f"{n}.xlsx" for n in range(len(EDITS))]
    for file, (head, value, _, _) in zip(files, EDITS, strict=True):
        books.edited(str(tmp_path / "清单.xlsx"), file, **{place(tmp_path, head): value})
    saved = office(tmp_path / "存", "xlsx", *files, tmp_path / "清单.xlsx")
    before, first = clerk.files(), record(clerk)
    others = [office(tmp_path / "存", kind, tmp_path / "清单.xlsx")[0] for kind in ("ods", UTF8)]
    for same in (saved[-1], *others):
        done = take(clerk, same)
        assert (done.err, clerk.files()) == ("读了 2 行：新增 0 条、更新 0 条，2 行没有变化\n", before), same
    for file, (head, value, field, want) in zip(saved, EDITS, strict=False):
        done = take(clerk, file)
        after = record(clerk)
        assert (done.code, after.get(field)) == (0, want), (head, value, done.out)
        assert {k: v for k, v in after.items() if k != field} == {k: v for k, v in first.items() if k != field}
        changed = {path for path, content in clerk.files().items() if before.get(path) != content}
        assert changed <= {ITEM.removeprefix("catalog/")}
        (clerk.root / ITEM).write_bytes(before[ITEM.removeprefix("catalog/")])


def test_the_annex_is_a_document(clerk, tmp_path):
    assert clerk("export", "jian-cha", "-o", str(tmp_path / "附件.docx")).code == 0
    content = (tmp_path / "附件.docx").read_bytes()
    document = docx.Document(io.BytesIO(content))
    texts = [one.text for one in document.paragraphs]
    assert texts[0] == "检查事项清单"
    assert "共 2 项" in texts
    assert "注1：本清单由示例市应急管理局公布。" in texts
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells][:5] == ["序号", "项目名称", "职权类型", "实施依据", "实施依据"]
    assert [cell.text for cell in table.rows[1].cells][3:5] == ["法律", "行政法规"]
    assert table.rows[2].cells[3].text == CITED
    assert table._tbl.xml.count("w:tblHeader") == 2
    assert "PAGE" in document.sections[0].footer.paragraphs[0]._p.xml
    clerk("export", "jian-cha", "-o", str(tmp_path / "又.docx"))
    assert (tmp_path / "又.docx").read_bytes() == content
    assert take(clerk, tmp_path / "附件.docx").err == "读了 2 行：新增 0 条、更新 0 条，2 行没有变化\n"


def test_a_field_of_a_group_is_headed_by_its_own_words_and_comes_back(clerk, tmp_path):
    parts = ["法定时限", "承诺时限", "收费.标准"]
    columns = "".join(f"  - 字段: 办理.{one}\n" for one in parts)
    listed = LIST.replace("检查事项清单", "许可清单").replace("行政检查", "行政许可")
    clerk.write("catalog/lists/xu-ke.yaml", listed.replace("短列", f"{columns}短列"))
    head = ["事项名称", "职权类型", "法定时限", "收费标准", "实施依据"]
    rows = [head, ["矿山生产许可", "行政许可", "45日", "每件10元", CITED]]
    assert take(clerk, books.xlsx(tmp_path / "新.xlsx", rows)).code == 0
    licence = "catalog/items/xzxk-001.yaml"
    clerk.write(licence, clerk.read(licence).replace("状态: 拟", "状态: 有效"))
    assert clerk("export", "xu-ke", "-o", str(tmp_path / "清单.xlsx")).code == 0
    changed = edit(tmp_path, **{place(tmp_path, "法定时限"): "30日", place(tmp_path, "收费标准"): "每件5元"})
    assert take(clerk, changed).code == 0
    assert record(clerk, licence)["办理"] == {"法定时限": "30日", "收费": {"是否": True, "标准": "每件5元"}}


STAGED = """\
责任事项:
  - 环节: 立案
    内容: 予以审查；决定是否立案。
  - 环节: 决定
    内容: 作出决定。
    承办: 法规科 # 问过
    依据:
      - {依据文件: 安全生产法, 条: 65, 作用: 职权}
"""


@pytest.mark.parametrize(
    ("said", "stage", "part"),
    [
        (("作出决定。", "作出决定并送达。"), 1, "内容"),
        (("予以审查；决定是否立案。", "予以审查；内容：见规程。"), 0, "内容"),
        (("法规科", "执法科"), 1, "承办"),
    ],
)
def test_of_stages_that_a_list_tells_the_one_that_was_edited_comes_back(clerk, tmp_path, said, stage, part):
    clerk.write("catalog/lists/jian-cha.yaml", LIST.replace("短列", "  - 字段: 责任事项\n短列"))
    clerk.write(ITEM, clerk.read(ITEM) + STAGED)
    assert clerk("export", "jian-cha", "-o", str(tmp_path / "清单.xlsx")).code == 0
    before = record(clerk)
    at = place(tmp_path, "责任事项")
    told = openpyxl.load_workbook(tmp_path / "清单.xlsx").worksheets[0][at].value
    assert said[0] in told
    done = take(clerk, edit(tmp_path, **{at: told.replace(*said)}))
    assert done.code == 0, done.out
    before["责任事项"][stage][part] = said[1]
    assert record(clerk) == before


def test_what_is_typed_stays_as_it_was_typed(clerk, tmp_path):
    """A program makes a number of 0990 and a day of 5-1 in a cell that is of no kind; long cells are not of texts."""
    long = clerk.read(ITEM).replace("备注: 甲", f"备注: {'甲' * 300}")
    clerk.write(ITEM, long)
    assert clerk("export", "jian-cha", "-o", str(tmp_path / "清单.xlsx")).code == 0
    sheet = openpyxl.load_workbook(tmp_path / "清单.xlsx").worksheets[0]
    rows = [[cell.number_format for cell in row] for row in sheet.iter_rows()]
    texts = [row for row in rows if "@" in row]
    assert len(texts) == 2
    heads = next([cell.value for cell in row] for row in sheet.iter_rows() if row[1].value == "项目名称")
    assert {row[heads.index("生效日期")] for row in texts} == {"@"}
    assert {row[heads.index("备注")] for row in texts} == {"General"}
    below = openpyxl.load_workbook(tmp_path / "清单.xlsx").worksheets[0].column_dimensions
    assert below["C"].number_format == "@"
