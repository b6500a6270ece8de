"""Files of every kind → the same sheets, with what else they show; bounds on what a file may ask."""

import datetime
import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils import get_column_letter
from tests import books

from quanze.base.problem import Fault
from quanze.edit.importer import formats
from quanze.edit.importer.formats import numbers, ods, read, styles
from quanze.edit.importer.formats.blank import without_blank_rows
from quanze.edit.importer.sheet import Struck, cell
from quanze.edit.importer.words import answers

ROWS = [
    ["事项名称", "职权类型", "备注"],
    ["对甲厂的检查", "行政检查", "第一行\n第二行"],
    ["对乙厂的检查", "行政检查", "0012"],
]


def texts(sheet):
    return [[one.text for one in row] for row in sheet.rows]


def rewritten(path, to, part, *changes):
    """Write an archive again with one part changed."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for before, after in changes if name == part else ():
                assert before in content
                content = content.replace(before, after)
            new.writestr(name, content)
    return to


@pytest.fixture(name="book")
def _book(tmp_path):
    return books.xlsx(tmp_path / "表.xlsx", ROWS)


def test_a_workbook(book, tmp_path):
    (sheet,) = read(tmp_path / "表.xlsx")
    assert (sheet.name, texts(sheet)) == ("清单", ROWS)
    assert book


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8-sig", ","), ("gb18030", ","), ("gbk", ";"), ("utf-16", "\t"), ("utf-8", ";"), ("utf-8", "|")],
)
def test_plain_text_in_every_encoding(tmp_path, encoding, mark):
    books.text(tmp_path / "a.csv", ROWS, encoding=encoding, mark=mark)
    assert texts(read(tmp_path / "a.csv")[0]) == ROWS


def test_a_title_above_a_table_of_tabs(tmp_path):
    (tmp_path / "a.txt").write_text("某局清单（2023年，试行）\n事项名称\t职权类型\n甲，乙\t行政检查\n", "utf-8")
    assert texts(read(tmp_path / "a.txt")[0])[1:] == [["事项名称", "职权类型"], ["甲，乙", "行政检查"]]


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312"])
@pytest.mark.parametrize("name", ["a.html", "a.xls"])
def test_a_page_whatever_it_is_called(tmp_path, name, encoding):
    rows = [["事项名称", ("职权类型", "colspan=2")], [("甲<br>乙", "rowspan=2"), "行政<b>检查</b>", "x"], ["许可", "y"]]
    books.html(tmp_path / name, rows, "一、行政检查", encoding=encoding)
    (sheet,) = read(tmp_path / name)
    assert texts(sheet) == [["事项名称", "职权类型"], ["甲\n乙", "行政检查", "x"], ["", "许可", "y"]]
    assert sheet.lead == "一、行政检查"
    assert sheet.shown(3, 1).text == "甲\n乙"
    assert sheet.shown(1, 3).text == "职权类型"


def test_a_layout_table_is_not_the_list(tmp_path):
    (tmp_path / "a.html").write_text("<table><tr><td>导航<table><tr><td>甲<td>乙</table></table>", "utf-8")
    assert [texts(one) for one in read(tmp_path / "a.html")] == [[["甲", "乙"]]]


def test_a_document(tmp_path):
    books.word(
        tmp_path / "a.docx",
        [[["甲", "乙"], ["丙", "丁"]], [["戊", "己"]]],
        ["行政许可（2项）", "行政处罚"],
        [(0, 0, 1, 0)],
    )
    first, second = read(tmp_path / "a.docx")
    assert (first.name, first.lead, second.name, second.lead) == ("表1", "行政许可（2项）", "表2", "行政处罚")
    assert first.shown(2, 1).text == first.cell(1, 1).text
    assert texts(second) == [["戊", "己"]]


@pytest.mark.parametrize("name", ["gridSpan", "gridBefore"])
def test_a_table_of_a_document_with_a_number_that_is_none(tmp_path, name):
    document = docx.Document()
    table = document.add_table(2, 2)
    inside = table.cell(0, 0)._tc.get_or_add_tcPr() if name == "gridSpan" else table.rows[0]._tr.get_or_add_trPr()
    inside.append(inside.makeelement(qn(f"w:{name}"), {qn("w:val"): "abc"}))
    document.save(tmp_path / "a.docx")
    with pytest.raises(Fault, match=r"a\.docx 的第 1 张表坏了；请在 Word 里打开"):
        read(tmp_path / "a.docx")


def test_a_folder_is_told_in_a_sentence(tmp_path):
    with pytest.raises(Fault, match="这是文件夹，不是文件"):
        read(tmp_path)


def test_a_workbook_of_the_strict_kind(book, tmp_path):
    strict = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    rewritten(book, tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", strict)
    assert texts(read(tmp_path / "b.xlsx")[0]) == ROWS


def test_styles_that_no_library_knows(book, tmp_path):
    rewritten(
        book, tmp_path / "b.xlsx", "xl/styles.xml", (b"<patternFill", b"<strangeFill"), (b"</fills>", b"<oops></fills>")
    )
    assert texts(read(tmp_path / "b.xlsx")[0]) == ROWS


def test_what_a_sheet_shows_beside_its_words(tmp_path):
    looks = {
        "hidden_rows": [2], "hidden_columns": ["C"], "comments": {"A3": "内部：先不公布"},
        "struck": {"A2": "对甲厂的检查", "B3": ("行政", "强制", "检查")}, "fills": {"A3": ("对乙厂的检查", "#FFFF00")},
    }  # fmt: skip
    books.xlsx(tmp_path / "a.xlsx", {"清单": ROWS, "底稿": ROWS}, hidden_sheets=["底稿"], **looks)
    shown, hidden = read(tmp_path / "a.xlsx")
    assert (shown.hidden_rows, shown.hidden_columns) == ({2}, {3})
    assert shown.comments == {(3, 1): "内部：先不公布"}
    assert shown.struck == {(2, 1): Struck("对甲厂的检查"), (3, 2): Struck("强制", "行政检查")}
    assert shown.colours == {(3, 1): "黄"}
    assert hidden.hidden


@pytest.mark.parametrize(
    ("value", "code", "want"),
    [
        (125045000, "000000000000", "000125045000"), (0.05, "0%", "5%"), (2.5, "", "2.5"), (1.1, "0.00", "1.10"),
        (0.1 + 0.2, "", "0.3"), (6.1e17, "", "610000000000000000"), (12, "@", "12"),
    ],
)  # fmt: skip
def test_a_number_is_what_one_reads(value, code, want):
    assert numbers.shown(value, code) == want


@pytest.mark.parametrize(
    ("number", "code", "date"),
    [
        (31, "", True),
        (57, "", True),
        (14, "", True),
        (0, "", False),
        (176, 'yyyy"年"m"月"d"日"', True),
        (177, '"共"0"项"', False),
    ],
)
def test_the_formats_of_dates_those_of_chinese_spreadsheets_too(number, code, date):
    assert numbers.is_date(numbers.code(number, code)) is date


@pytest.mark.parametrize(
    ("serial", "late", "day"),
    [(46000, False, "2025-12-09"), (44538, True, "2025-12-09"), (1, False, "1900-01-01"), (0, False, "")],
)
def test_days_by_their_numbers(serial, late, day):
    assert numbers.day(serial, late=late) == day


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        ("FFFFFF00", "黄"),
        ("FF0000", "红"),
        ("00B050", "绿"),
        ("000000", ""),
        ("FFFFFF", ""),
        ("D9D9D9", "灰"),
        ("x", ""),
    ],
)
def test_colours_have_names(rgb, name):
    assert styles.name(rgb) == name


@pytest.mark.parametrize(
    ("raw", "want", "unseen"),
    [
        ("对甲\u200b类\ufeff场所", "对甲类场所", True), ("一\r\n二", "一\n二", False), ("一_x000D_\n二", "一\n二", False),  # noqa: E501
        ("a_x4e00_", "a_x4e00_", False), ("\xa0甲　", "甲", False), ("⽅法", "方法", False), ("甲\x07乙", "甲乙", False),  # noqa: E501
    ],
)  # fmt: skip
def test_what_nobody_sees_is_left_out(raw, want, unseen):
    assert cell(raw)[::2] == (want, unseen)


def test_merged_ranges_beyond_the_sheet_cost_nothing(tmp_path):
    books.xlsx(tmp_path / "a.xlsx", ROWS, [("A5:B5", "满")])
    rewritten(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", (b"A5:B5", b"A5:XFD1048576"))
    (sheet,) = read(tmp_path / "b.xlsx")
    assert sheet.merged(5, 3) == (5, 1, 5, 3)
    assert len(sheet.rows) == 5


def test_overlapping_ranges_are_bounded(tmp_path):
    path = tmp_path / "a.xlsx"
    books.xlsx(path, [["xx"] * 150 for _ in range(400)])
    ranges = b"".join(f'<mergeCell ref="{get_column_letter(n)}1:ET400"/>'.encode() for n in range(149, 0, -1))
    rewritten(
        path,
        tmp_path / "b.xlsx",
        "xl/worksheets/sheet1.xml",
        (b"</sheetData>", b"</sheetData><mergeCells>" + ranges + b"</mergeCells>"),
    )
    (sheet,) = read(tmp_path / "b.xlsx")
    with pytest.raises(Fault, match="合并的单元格太多"):
        sheet.merged(1, 1)


def test_ranges_in_a_comment_of_the_markup_are_none(book, tmp_path):
    rewritten(
        book,
        tmp_path / "b.xlsx",
        "xl/worksheets/sheet1.xml",
        (b"</sheetData>", b'</sheetData><!-- <mergeCell ref="A1:B2"/> -->'),
    )
    assert not read(tmp_path / "b.xlsx")[0].merges


def zipped(parts):
    """Return an archive of some parts."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return body.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "读不出来"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "是旧格式的 Word 文件"),
        ("a.xlsx", b"PK\x03\x04" + b"\0" * 100, "读不出来"),
        ("a.csv", b"\x00\x01\x02", "不是表格"),
        ("a.csv", b"\x81\x00\xff\xff", "编码认不出来"),
        ("a.csv", b'"' + b"x" * 200_000, "不是有效的 CSV：引号没有配对，或者有一格超过 131,072 个字；请用"),
        ("a.csv", b"a" + b"," * 300 + b"b", "超过 25,000 行或者 200 列"),
        ("a.xlsx", b"%PDF-1.7", "是 PDF"),
        ("a.xlsx", b"", "是空的"),
        ("a.html", b"<html><body>none</body></html>", "里没有表格"),
        ("a.html", b"<!--<!--", "里没有表格"),
        ("a.html", b"<SCRIPT>x</SCRIPT>", "里没有表格"),
        ("a.docx", zipped({"a.txt": b"x"}), "是压缩包，里面没有工作簿，也没有 Word 文档"),
        ("a.docx", zipped({"word/document.xml": b"<w"}), "读不出来，文件坏了或者不完整；请在 Word"),
        ("a.xlsx", zipped({"xl/workbook.xml": b"<w"}), "读不出来：文件坏了、不完整，或者"),
        ("a.ods", zipped({"content.xml": b""}), "读不出来：文件坏了、不完整，或者"),
        ("a.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "是 Excel 2003 的 XML"),  # noqa: E501
        ("a.slk", b"ID;PWXL;N;E\r\nC;Y1;X1;K1\r\nE\r\n", "是 SYLK 表格"),
        ("a.csv", b'TABLE\n0,1\n"a"\n', "是 DIF 表格"),
        ("a.fods", b'<?xml version="1.0"?><d xmlns="urn:oasis:names:tc:opendocument:xmlns:office:1.0">', "是单个文件的 OpenDocument"),  # noqa: E501
        ("a.fods", '<?xml version="1.0"?><d xmlns="urn:oasis:names:tc:opendocument"/>'.encode("utf-16"), "OpenDocument"),  # noqa: E501
        ("a.doc", b'<?xml version="1.0"?><w xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>', "是 Word 的 XML"),  # noqa: E501
        ("a.uof", b'<?xml version="1.0"?><u xmlns:u="http://schemas.uof.org/cn/2009/uof"/>', "是标文通文档"),
        ("a.xml", b'<?xml version="1.0"?><rows/>', "是 XML 数据"),
        ("a.json", '[{"事项名称": "甲,乙"}]'.encode(), "是 JSON 数据"),
        ("a.csv", b'\xef\xbb\xbf\n{"a": 1, "b": 2}\n{"a": 3}\n', "是 JSON 数据"),
        ("a.xlsx", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "是 Git LFS 的指针"),
        ("a.csv", b"Received: from a, b\nSubject: c\n", "是邮件"),
        ("a.svg", b"<svg><text>a,b</text></svg>", "是图片"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_sheet_is_told_what_it_is(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Fault, match=said):
        read(tmp_path / name)


@pytest.mark.parametrize(
    "text",
    ["[事项名称],职权类型\n", "{甲},乙\n", "<甲>,乙\n", "ID;P;甲\n", "TABLE,甲\n0,1\n", "From,To\n", "version,甲\n"],
)
def test_a_table_that_begins_like_something_else_is_a_table(tmp_path, text):
    (tmp_path / "a.csv").write_text(text, "utf-8")
    assert read(tmp_path / "a.csv")[0].rows


ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODS = f"""<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:table="{ODF}:table:1.0" xmlns:text="x"
 xmlns:style="s" xmlns:fo="f">
<office:automatic-styles>
<style:style style:name="T1"><style:text-properties style:text-line-through-{{}}/></style:style>
<style:style style:name="ce1"><style:table-cell-properties fo:background-color="#ffff00"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="清单">
<table:table-row><table:table-cell table:style-name="ce1"/><table:table-cell><text:p>甲<text:span
 text:style-name="T1">、乙</text:span></text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""
_DEEP = "<s>" * 300 + "甲" + "</s>" * 300


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (lambda text: text[:-40], "读不出来：文件坏了"),
        (lambda text: text.replace("甲", "甲 & 丙"), "读不出来：文件坏了"),
        (lambda text: text.replace("甲", "甲\x01"), "读不出来：文件坏了"),
        (lambda text: text.replace("甲", "甲&nbsp;"), "读不出来：文件坏了"),
        (lambda text: text.replace("甲", _DEEP), "套得太深"),
        (lambda text: f"<!DOCTYPE x>{text}", "里有 DOCTYPE"),
        (lambda text: f'<!DOCTYPE x [<!ENTITY e "甲">]>{text.replace("甲", "&e;")}', "里有 DOCTYPE"),
    ],
)
@pytest.mark.parametrize("name", ["a.ods", "a.xlsx", "a.docx"])
def test_a_part_that_would_lose_words_is_not_read_in_part(tmp_path, name, changed, said):
    if name == "a.ods":
        _ods(tmp_path / "b", ODS.format('type="none"'))
        part = "content.xml"
    elif name == "a.xlsx":
        books.xlsx(tmp_path / "b", [["甲"]])
        part = "xl/sharedStrings.xml"
    else:
        document = docx.Document()
        document.add_table(1, 1).cell(0, 0).text = "甲"
        document.save(tmp_path / "b")
        part = "word/document.xml"
    with zipfile.ZipFile(tmp_path / "b") as old:
        whole = old.read(part).decode().partition("?>\n")
    new = changed(whole[2] or whole[0])
    rewritten(tmp_path / "b", tmp_path / name, part, ("".join(whole).encode(), new.encode()))
    with pytest.raises(Fault, match="读不出来" if name == "a.docx" and "DOCTYPE" not in said else said):
        read(tmp_path / name)


@pytest.mark.parametrize("content", [b"\x17\x9a\x03", ODS.encode()])
def test_an_ods_with_a_password_is_told_to_have_one(tmp_path, content):
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    (tmp_path / "a.ods").write_bytes(zipped({"content.xml": content, "META-INF/manifest.xml": manifest}))
    with pytest.raises(Fault, match="加了密码"):
        read(tmp_path / "a.ods")


@pytest.mark.parametrize("sign", ["?", "\ufffd"])
def test_text_whose_characters_an_encoding_lost_is_told_and_questions_are_none(tmp_path, sign):
    rows = [["序号", "事项名称", "备注"], *([n, f"对{n}号渡口的检查", "要不要办？??"] for n in range(9))]
    content = "\n".join(",".join(map(str, row)) for row in rows)
    (tmp_path / "a.csv").write_text(content, "utf-8")
    assert read(tmp_path / "a.csv")[0].rows[1][1].text == "对0号渡口的检查"
    (tmp_path / "a.csv").write_text("".join(sign if "\u4e00" <= one <= "\u9fff" else one for one in content), "utf-8")
    with pytest.raises(Fault, match="里的汉字成了「\\?」"):
        read(tmp_path / "a.csv")


def test_commas_within_cells_of_many_lines_are_no_marks_between_cells(tmp_path):
    duties = "\n".join(f"{n}.审查责任：审核材料，提出意见，报负责人决定。" for n in range(1, 6))
    rows = [["序号", "事项名称", "责任事项"], *([str(n), f"对{n}号渡口的检查", duties] for n in range(1, 4))]
    books.text(tmp_path / "a.csv", rows)
    assert [[cell.text for cell in row] for row in read(tmp_path / "a.csv")[0].rows] == rows


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(Fault, match="没有找到文件"):
        read(tmp_path / "无.xlsx")
    with pytest.raises(Fault, match="没有找到文件"):
        answers(tmp_path / "无.yaml")


def test_a_folder_in_the_place_of_what_people_answered_is_not_called_absent(tmp_path):
    with pytest.raises(OSError, match=tmp_path.name):
        answers(tmp_path)


def test_a_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("quanze.edit.importer.formats.xlsx.MAX_UNPACKED", 1000)
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"0" * 10_000)
    with pytest.raises(Fault, match="解开后超过"):
        read(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("bound", "value", "said"),
    [
        ("sheet.MAX_SIGNS", 5, "第 1 行第 3 列的文字超过|第 2 行第 1 列的文字超过"),
        ("sheet.MAX_TEXT", 20, "里的文字超过 20 个字"),
        ("formats.xlsx._MAX_TEXTS", 2, "里的文字超过 2 段"),
        ("formats.xlsx._MAX_COMMENTS", 1, "的批注超过 1 条"),
        ("formats.xlsx._MAX_PARTS", 2, "断成了许多段"),
        ("formats.xlsx.MAX_MERGES", 1, "合并的单元格超过 1 处"),
        ("sheet.MAX_SHEETS", 1, "里的表超过 1 张"),
        ("formats.xlsx._MAX_ELEMENTS", 4, "的内容太多"),
    ],
)
def test_what_is_larger_than_any_list_ends_in_a_sentence(tmp_path, monkeypatch, bound, value, said):
    merges = [("E1:F1", "丁"), ("E2:F2", "戊")]
    pages = {"清单": ROWS, "又": ROWS}
    books.xlsx(tmp_path / "a.xlsx", pages, merges, comments={"A1": "甲", "A2": "乙", "A3": "丙"})
    monkeypatch.setattr(f"quanze.edit.importer.{bound}", value)
    with pytest.raises(Fault, match=said):
        read(tmp_path / "a.xlsx")


def test_the_caption_of_a_table_is_its_lead(tmp_path):
    page = "<h2>目录</h2><table><caption>行政处罚<b>清单</b></caption><tr><td>名称<td>类型<tr><td>甲<td>乙</table>"
    (tmp_path / "a.xls").write_text(page, "utf-8")
    (sheet,) = read(tmp_path / "a.xls")
    assert sheet.lead == "目录\n行政处罚清单"
    assert texts(sheet) == [["名称", "类型"], ["甲", "乙"]]


def test_a_number_format_is_no_longer_than_a_spreadsheet_allows():
    assert numbers.shown(5, numbers.code(200, "[y" * 200_000)) == "5"


def test_cells_without_a_text_keep_the_places_of_others(book, tmp_path):
    changes = (b'<c r="A2" t="s">', b'<c r="A2" s="1"/><c t="s">'), (b'<c r="A3" t="s">', b'<c s="1"/><c t="s">')
    rewritten(book, tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", *changes, (b' r="B2"', b""), (b' r="C2"', b""))
    (sheet,) = read(tmp_path / "b.xlsx")
    assert texts(sheet)[1] == ["", *ROWS[1]]
    assert texts(sheet)[2][1] == ROWS[2][1]


@pytest.mark.parametrize("numbered", [True, False])
def test_rows_of_looks_alone_cost_nothing_and_move_nobody(book, tmp_path, numbered):
    blank = "".join(f'<row r="{n}" ht="15"><c r="A{n}" s="1"/><c r="B{n}"/></row>' for n in range(4, 60_000))
    last = '<row r="60000" hidden="1"><c r="A60000"/></row>' + ("" if numbered else "<row><c r='A60001'/></row>")
    rewritten(
        book, tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", (b"</sheetData>", f"{blank}{last}</sheetData>".encode())
    )
    assert texts(read(tmp_path / "b.xlsx")[0]) == ROWS
    part = zipfile.ZipFile(tmp_path / "b.xlsx").read("xl/worksheets/sheet1.xml")
    assert (len(without_blank_rows(part)) < 2_000) == numbered
    assert b'"60000" hidden' in without_blank_rows(part)


def test_numbers_beyond_all_bounds_count_as_none(book, tmp_path):
    many = b"9" * 5000
    part = "xl/worksheets/sheet1.xml"
    cols = b'<cols><col min="' + many + b'" max="' + many + b'" width="0"/></cols><sheetData>'
    row = b'<row r="' + many + b'"><c r="A5" s="' + many + b'"><v>1</v></c></row></sheetData>'
    rewritten(book, tmp_path / "b.xlsx", part, (b"<sheetData>", cols), (b"</sheetData>", row))
    (sheet,) = read(tmp_path / "b.xlsx")
    assert texts(sheet)[: len(ROWS)] == ROWS
    assert texts(sheet)[-1][0] == "1"
    looks = b'<fonts count="1"><font><color theme="' + many + b'"/><color indexed="' + many + b'"/></font></fonts>'
    number = b'<cellXfs><xf fontId="0" numFmtId="' + many + b'"/></cellXfs>'
    assert styles.styles(b"<styleSheet>" + looks + number + b"</styleSheet>")[0].colour == ""


@pytest.mark.parametrize("value", ["1e999", "-1e999", "NaN", "inf"])
def test_what_is_no_number_stays_as_it_is_written_in_a_column_of_days(tmp_path, value):
    path = books.xlsx(tmp_path / "a.xlsx", [["日期"], [datetime.date(2024, 1, 2)]])
    rewritten(path, tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", (b"<v>45293</v>", f"<v>{value}</v>".encode()))
    assert texts(read(tmp_path / "b.xlsx")[0]) == [["日期"], [value]]


def test_entities_are_not_expanded(book, tmp_path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    rewritten(book, tmp_path / "b.xlsx", "xl/sharedStrings.xml", (head, bomb), ("对甲厂的检查".encode(), b"&b;"))
    with pytest.raises(Fault, match="里有 DOCTYPE"):
        read(tmp_path / "b.xlsx")


def test_a_workbook_of_openpyxl_with_inline_texts(tmp_path):
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("清单")
    for row in ROWS:
        page.append(row)
    book.save(tmp_path / "a.xlsx")
    assert texts(read(tmp_path / "a.xlsx")[0]) == ROWS


@pytest.mark.parametrize(
    ("mark", "crossed"),
    [
        ('style="solid"', True),
        ('type="single"', True),
        ('type="double"', True),
        ('style="none" style:text-line-through-type="none"', False),
        ('type="none"', False),
    ],
)
def test_words_crossed_out_in_an_ods_and_a_swatch(tmp_path, mark, crossed):
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(mark))
    (sheet,) = read(tmp_path / "a.ods")
    assert sheet.cell(1, 2).text == "甲、乙"
    assert sheet.struck == ({(1, 2): Struck("、乙", "甲")} if crossed else {})
    assert sheet.swatch(1, 2) == "黄"


TINTED = '<table:table-cell table:style-name="ce1"/>'


def _ods(path, content):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("content.xml", content)


def test_of_coloured_cells_without_a_word_those_beside_one_are_kept(tmp_path):
    yellow = 'style="background:#ffff00"'
    (tmp_path / "a.html").write_text(f"<table><tr {yellow}><td><td><td>甲<td></tr><tr {yellow}><td></tr></table>")
    _ods(tmp_path / "a.ods", ODS.format('type="none"').replace(TINTED, TINTED * 2))
    fills = dict.fromkeys(["A1", "B1", "C1", "A2"], ("", "#FFFF00")) | {"C1": ("甲", "#FFFF00")}
    books.xlsx(tmp_path / "a.xlsx", [["", "", "甲", ""], [""]], fills=fills)
    found = {name: read(tmp_path / name)[0].colours for name in ("a.html", "a.ods", "a.xlsx")}
    painted = {(1, 2): "黄", (1, 3): "黄"}
    assert found == {"a.html": painted, "a.ods": {(1, 2): "黄"}, "a.xlsx": painted}


@pytest.mark.parametrize("name", ["a.ods", "a.html", "a.xlsx"])
def test_a_million_blank_cells_are_refused_before_they_are_made(tmp_path, name):
    if name == "a.html":
        (tmp_path / name).write_text("<table><tr>" + "<td bgcolor=red></td>" * 1_000_000)
    elif name == "a.xlsx":
        books.xlsx(tmp_path / "b.xlsx", [["甲"]])
        with zipfile.ZipFile(tmp_path / "b.xlsx") as old, zipfile.ZipFile(tmp_path / name, "w", compresslevel=1) as new:
            for one in old.namelist():
                row = b"<row>" + b'<c s="1"/>' * 1_000_000 + b"</row></sheetData>"
                new.writestr(one, old.read(one).replace(b"</sheetData>", row) if "sheet1" in one else old.read(one))
    else:
        _ods(tmp_path / name, ODS + TINTED * 1_000_000)
    with pytest.raises(Fault, match="里的单元格超过 600,000 个"):
        read(tmp_path / name)


def test_what_a_repeated_cell_shows_is_looked_at_once(tmp_path, monkeypatch):
    asked = []
    real = ods._crossed
    monkeypatch.setattr(ods, "_crossed", lambda *given: asked.append(1) or real(*given))
    cell_ = '<table:table-cell office:value-type="string" table:number-columns-repeated="150"><text:p>甲</text:p>'
    _ods(tmp_path / "a.ods", ODS.format('type="none"').replace(TINTED, f"{cell_}</table:table-cell>"))
    sheet = read(tmp_path / "a.ods")[0]
    assert max(map(len, sheet.rows)) >= 150
    assert len(asked) < 10


def test_a_file_that_is_too_large_is_told_what_to_do_with(tmp_path, monkeypatch):
    monkeypatch.setattr(formats, "MAX_BYTES", 1 << 20)
    file = tmp_path / "清单.csv"
    file.write_bytes(b"a" * (1 << 20) + b"b")
    with pytest.raises(Fault, match=r"清单\.csv 超过 1 MB；请只留要导入的表"):
        read(file)


PAGE = "<table><tr><td>事项名称</td></tr><tr><td>{}</td></tr></table>"


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        ("对<s>旧</s>检查站的<del>老</del>检查", "对检查站的检查"),
        ('对检查站的<span style="text-decoration: line-through">检查</span>监督', "对检查站的监督"),
        ("<p>甲<s>乙</s></p><p><s>丙</s>丁</p>", "甲\n\n丁"),
    ],
)
def test_every_stretch_that_is_crossed_out_goes_and_nothing_else(tmp_path, cell, left):
    (tmp_path / "a.html").write_text(PAGE.format(cell), "utf-8")
    (sheet,) = read(tmp_path / "a.html")
    assert sheet.struck[2, 1].left == left


def test_several_stretches_of_a_cell_are_crossed_out(tmp_path):
    document = docx.Document()
    table = document.add_table(rows=3, cols=1)
    for words, crossed in (("对", False), ("旧", True), ("站的", False), ("老", True), ("检查", False)):
        table.rows[1].cells[0].paragraphs[0].add_run(words).font.strike = crossed
    table.rows[2].cells[0].text = "删去的一行"
    properties = table.rows[2]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:del"), {qn("w:id"): "1", qn("w:author"): "甲"}))
    document.save(tmp_path / "a.docx")
    book = openpyxl.Workbook()
    old = InlineFont(strike=True)
    book.active["A2"] = CellRichText("对", TextBlock(old, "旧"), "站的", TextBlock(old, "老"), "检查")
    book.save(tmp_path / "a.xlsx")
    for name in ("a.docx", "a.xlsx"):
        (sheet,) = read(tmp_path / name)
        assert sheet.struck[2, 1] == Struck("旧老", "对站的检查")
    (sheet,) = read(tmp_path / "a.docx")
    assert sheet.struck[3, 1] == Struck("删去的一行")


LETTERS = "".join(map(chr, range(0x4E00, 0x4E00 + 5_000)))


@pytest.mark.parametrize(
    ("rows", "columns", "signs", "said"),
    [(600, 100, 1, "几乎每一格都只有一个字"), (800, 190, 2, "平均每行有内容的单元格超过 60 个")],
)
def test_many_cells_that_are_no_list_are_refused_before_they_are_looked_at(tmp_path, rows, columns, signs, said):
    cells = [[LETTERS[(row * 7 + n) % 5_000] * signs for n in range(columns)] for row in range(rows)]
    with pytest.raises(Fault, match=said):
        read(Path(books.text(tmp_path / "字.csv", cells)))


def test_a_matrix_of_ticks_is_a_list(tmp_path):
    cells = [["对企业的检查事项", *["√"] * 99] for _ in range(600)]
    assert len(read(Path(books.text(tmp_path / "勾.csv", cells)))[0].rows) == 600


SEEN_BY_NOBODY = [
    ("取水许可<a class='comment-indicator'></a><comment>要收回</comment>", "取水许可", "要收回", ""),
    (
        "取水许可<span class=msocomspan1><a class=msocomhref href='#_msocom_1'>[1]</a></span>",
        "取水许可",
        "省里要收回",
        "",
    ),
    ("取水许可<span style='display: none'>（草案）</span>", "取水许可", "", "（草案）"),
    ("取水许可<b hidden>（草案）</b>", "取水许可", "", "（草案）"),
    ("取水<span style='mso-hide:all'>不</span>许可", "取水许可", "", "不"),
    ("取水许可", "取水许可", "", ""),
]


@pytest.mark.parametrize(("words", "text", "comment", "veiled"), SEEN_BY_NOBODY)
def test_of_a_page_what_nobody_sees_and_comments_are_no_part_of_a_cell(tmp_path, words, text, comment, veiled):
    below = "<div><div id='_com_1' class=msocomtxt><a class=msocomhide>[1]</a><p>省里要收回</p></div></div>"
    page = f"<table><col><col style='display:none'><tr><td>{words}</td><td>内部</td></tr></table>{below}"
    (tmp_path / "页.html").write_bytes(f"<meta charset=utf-8>{page}".encode())
    (sheet,) = read(tmp_path / "页.html")
    assert (sheet.cell(1, 1).text, sheet.hidden_columns) == (text, {2})
    assert (sheet.comments.get((1, 1), ""), sheet.veiled.get((1, 1), "")) == (comment, veiled)


def test_of_a_document_what_nobody_sees_and_comments_are_no_part_of_a_cell(tmp_path):
    document = docx.Document()
    table = document.add_table(rows=3, cols=1)
    for row, text in zip(table.rows, ("取水许可", "采砂许可", "洪水审批"), strict=True):
        row.cells[0].text = text
    table.cell(0, 0).paragraphs[0].add_run("（草案）").font.hidden = True
    table.rows[1]._tr.get_or_add_trPr().append(docx.oxml.OxmlElement("w:hidden"))
    mark = docx.oxml.OxmlElement("w:commentReference")
    mark.set(qn("w:id"), "7")
    table.cell(2, 0).paragraphs[0].add_run()._r.append(mark)
    said = "<w:comment w:id='7'><w:p><w:r><w:t>要收回</w:t></w:r></w:p></w:comment>"
    told = f"<w:comments xmlns:w='{table._tbl.nsmap['w']}'>{said}</w:comments>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    part = Part(PackURI("/word/comments.xml"), kind, told.encode(), document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments")
    document.save(str(tmp_path / "表.docx"))
    (sheet,) = read(tmp_path / "表.docx")
    assert sheet.veiled == {(1, 1): "（草案）"}
    assert (texts(sheet)[0], sheet.hidden_rows, sheet.comments) == (["取水许可"], {2}, {(3, 1): "要收回"})
