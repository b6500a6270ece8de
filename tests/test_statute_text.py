"""Statutes as official sites offer them: whatever the file, the same 章, 条, 款, 项 and 目."""

from __future__ import annotations

import io
import time
import zipfile
from html import escape

import pytest
from tests import statutes

from quanze.base.problem import Fault
from quanze.edit.importer import formats
from quanze.law.text import lines, read

PLAIN = """中华人民共和国主席令
第九十九号
安全生产示例法
（2010年1月1日第一次会议通过　2020年2月2日第二次会议修订）
目　　录
第一章　总则
第二章　罚则
第一节　一般规定

第一章　总　则
第一条　为了示例，制定本法。
第二条　生产经营单位应当做到下列事项：
（一）每月检查一次；
（二）按照下列办法记录：
1．记录时间；
2．记录结果。
检查的结果应当保存一年。
第二条之一　第三十条规定的单位，不适用前条。
第三条规定的单位也一样。
第二章　罚则
第一节　一般规定
第三条　违反第二条第一款规定，处1.5万元以下的罚款。
第四条　本法自2020年3月1日起施行。
"""
OUTLINE = "1 2:2(2=2)/0 2之1:0/0 3-4"


def check(statute):
    assert statute.title == "安全生产示例法"
    assert str(statute.outline) == OUTLINE
    assert statute.notes == ("（2010年1月1日第一次会议通过 2020年2月2日第二次会议修订）",)
    assert [(article, head.replace(" ", "")) for article, head in statute.heads] == [
        ((1, 0), "第一章总则"),
        ((3, 0), "第二章罚则"),
        ((3, 0), "第一节一般规定"),
    ]
    assert statute.words((2, 0), 1, 2) == "生产经营单位应当做到下列事项：按照下列办法记录：记录时间；记录结果。"
    assert statute.words((2, 1), 2) == "第三条规定的单位也一样。"
    assert statute.words((3, 0)) == "违反第二条第一款规定，处1.5万元以下的罚款。"
    assert statute.words((2, 0), 3) == statute.words((9, 0)) == statute.words((2, 0), 2, 1) == ""


def html(text, paragraph="<p>{}</p>"):
    body = "".join(paragraph.format(line.replace("　", "&emsp;")) for line in text.splitlines())
    menu = "<ul><li><a href='/'>首页</a></li><li>第一条新闻</li></ul>"
    head = "<head><title>安全生产示例法</title><style>p {}</style></head>"
    return f"<!DOCTYPE html><html>{head}<body>{menu}<div>{body}</div><div>主办：示例部<br>备案号：1</div></body></html>"


def docx(text, document="word/document.xml", paragraph=lambda _line: "<w:p>"):
    runs = "".join(
        f'{paragraph(line)}<w:r><w:t xml:space="preserve">{escape(line[:3])}</w:t></w:r>'
        f"<w:r><w:t>{escape(line[3:])}</w:t><w:delText>删去的字</w:delText></w:r></w:p>"
        for line in text.splitlines()
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(document, f'<?xml version="1.0"?><w:document xmlns:w="x"><w:body>{runs}</w:body></w:document>')
    return file.getvalue()


def rewritten(change):
    """Return a Word file whose document was changed."""
    with zipfile.ZipFile(io.BytesIO(docx(PLAIN))) as archive:
        document = change(archive.read("word/document.xml").decode())
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", document)
    return file.getvalue()


def markdown(text):
    told = [f"## {line}" if line.startswith(("第一章", "第二章", "第一节")) else line for line in text.splitlines()]
    return "\n\n".join(f"**{line[:3]}**{line[3:]}" if line.startswith("第") else line for line in told)


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.replace("\n", "\r\n").encode("utf-8-sig"),
        PLAIN.encode("gb18030"),
        PLAIN.encode("utf-16"),
        PLAIN.replace("条　", "条 ").replace("\n", "\n　　").encode(),
        markdown(PLAIN).encode(),
        html(PLAIN).encode(),
        html(PLAIN, "<span>{}</span><br/>").encode("gbk"),
        docx(PLAIN),
        PLAIN.replace("（一）", "(一)").replace("（二）", "（2）").replace("1．", "①").replace("2．", "②").encode(),
        PLAIN.replace("单位应当做到", "单位应\n当做到").replace("处1.5万元", "处\n1.5万元").encode(),
        (PLAIN + "\n附件：示例表\n第一条 附件里的条\n").encode(),
        (PLAIN + "【打印】【关闭】\n").encode(),
        PLAIN.replace("第三条　违反", "\u200b第三条　\ufeff违反").encode(),
    ],
    ids=(
        *("plain", "crlf", "gb18030", "utf16", "indented", "markdown", "html", "gbk", "docx"),
        *("signs", "wrapped", "annex", "footer", "invisible"),
    ),
)
def test_every_form_reads_alike(content):
    check(read(lines(content)))


def test_without_a_space_behind_the_number():
    statute = read(lines(PLAIN.replace("条　", "条").encode()))
    assert str(statute.outline) == OUTLINE


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("第一条　甲。\n".encode() * 60_000, "60,000 行"),
        (b"\n" * 1_100_000, "1,100,000 行"),
        (b"<html>" + b"<p>" * 1_100_000, "处标记"),
        (docx("\n".join(["甲"] * 200_000)), "处标记"),
    ],
    ids=["articles", "blank lines", "a page", "a document"],
)
def test_more_than_any_law_has_is_refused_before_it_is_read(content, told):
    with pytest.raises(ValueError, match=f"{told}.*不会是一部法律的文本"):
        lines(content)


def spoilt(method):
    """Return a Word document of which the packing of the text is spoilt."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(PLAIN))) as old, zipfile.ZipFile(file, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    content = bytearray(file.getvalue())
    begin = content.index(b"word/document.xml") + 40
    content[begin : begin + 60] = b"\xff" * 60
    return bytes(content)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_document_whose_packing_is_spoilt_is_told(tmp_path, method):
    content = spoilt(method)
    with pytest.raises(ValueError, match="不是能读的 Word 文件"):
        lines(content)
    (tmp_path / "a.docx").write_bytes(content)
    with pytest.raises(Fault, match="读不出来"):
        formats.read(tmp_path / "a.docx")


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_workbook_whose_packing_is_spoilt_is_told(tmp_path, method):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", method) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" * 100)
    content = bytearray((tmp_path / "a.xlsx").read_bytes())
    content[60:80] = b"\xff" * 20
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(Fault, match="读不出来"):
        formats.read(tmp_path / "a.xlsx")


def test_what_is_kept_reads_back():
    statute = read(lines(PLAIN.encode()))
    again = read(lines(str(statute).encode()))
    assert (again.articles, again.heads, again.notes) == (statute.articles, statute.heads, statute.notes)


def test_what_an_editor_remarks_is_no_paragraph():
    text = PLAIN.replace("第二条之一", "【编者注：第二条之一是新增的】\n第二条之一") + "注：以公报刊登的为准。\n"
    statute = read(lines(text.encode()))
    assert str(statute.outline) == OUTLINE
    assert statute.after == ("【编者注：第二条之一是新增的】", "注：以公报刊登的为准。")
    assert read(lines(str(statute).encode())).after == statute.after


@pytest.mark.parametrize(("number", "automatic"), [("7", True), ("0", False)])
def test_numbers_that_word_makes_itself_are_told(number, automatic):
    mark = f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    file = docx(PLAIN, paragraph=lambda line: mark if line.startswith("（") else "<w:p>")
    if not automatic:
        check(read(lines(file)))
        return
    with pytest.raises(ValueError, match="3 段是自动编号（如「（2010年1月1日第一次会议通过"):
        lines(file)


def test_items_that_a_browser_numbers():
    text = """<html><body><div><p>安全生产示例法</p><p>第一条 甲。</p><p>第二条 应当：</p>
    <ol><li>检查；</li><li><p>记录：</p><ol><li>时间；</li><li>结果；</li></ol></li><li>（三）保存。</li></ol>
    <p>前款记录保存一年。</p><p>第三条 乙。</p></div></body></html>"""
    statute = read(lines(text.encode()))
    assert str(statute.outline) == "1 2:3(2=2)/0 3"
    assert statute.words((2, 0), 1, 3) == "应当：保存。"


@pytest.mark.parametrize("page", ["— 3 —", "- 12 -", "7", "·5·", "第3页", "第 3 页 共 8 页", "3/8", "－２－"])
def test_the_number_of_a_page_is_no_line_of_a_statute(page):
    text = PLAIN.replace("单位应当做到", f"单位应\n\n{page}\n\n当做到").replace(
        "第二章　罚则\n第一节", f"第二章　罚则\n{page}\n第一节"
    )
    check(read(lines(text.replace("第三条　违反", f"{page}\n第三条　违反").encode())))


def test_articles_that_were_struck_out_leave_a_gap():
    statute = read(lines("第一条　甲。\n第二条　乙。\n第五条　丙。\n".encode()))
    assert str(statute.outline) == "1-2 5"


def test_an_extract_may_begin_anywhere():
    assert str(read(lines("第九十条　甲。\n第九十一条　乙。\n".encode())).outline) == "90-91"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "没有读到一条条文"),
        ("只有几句话。".encode(), "没有读到一条条文"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1", "旧版 Word"),
        (b"PK\x03\x04broken", "不是能读的 Word 文件"),
        (docx(PLAIN, "xl/workbook.xml"), "不是能读的 Word 文件"),
        (rewritten(lambda text: text[:-30]), "坏了或者不完整"),
        (rewritten(lambda text: text.replace("</w:p>", "", 1)), "坏了或者不完整"),
        (rewritten(lambda text: text.replace("第一条", "&e;第一条")), "坏了或者不完整"),
        (rewritten(lambda text: text.replace("<w:document", '<!DOCTYPE x [<!ENTITY e "第">]><w:document')), "DOCTYPE"),
        (
            rewritten(lambda text: text.replace("<w:r>", "<w:r><w:rPr><w:strike/></w:rPr>", 1)),
            "1 处字是划掉的或者隐藏的",
        ),
        (rewritten(lambda text: text.replace("<w:r>", '<w:r><w:rPr><w:vanish w:val="1"/></w:rPr>', 2)), "2 处字"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        (b"\x81\xff\xff\xff", "读不出来"),
    ],
)
def test_what_cannot_be_read_is_told(content, said):
    with pytest.raises(ValueError, match=said):
        read(lines(content))


BOX = "<w:pict><v:shape xmlns:v='v'><v:textbox><w:txbxContent><w:p><w:r><w:t>框里的。</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"  # noqa: E501
BOXED = f"<mc:AlternateContent xmlns:mc='m'><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent>"  # noqa: E501


@pytest.mark.parametrize(
    "added",
    [
        "<w:moveFrom><w:r><w:t>移走的。</w:t></w:r></w:moveFrom>",
        "<w:del><w:r><w:delText>删掉的。</w:delText></w:r></w:del>",
        '<w:r><w:rPr><w:strike w:val="0"/></w:rPr></w:r>',
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> </w:t></w:r>",
        "<w:r><w:ruby><w:rt><w:r><w:t>yi</w:t></w:r></w:rt></w:ruby></w:r>",
    ],
)
def test_what_is_not_in_the_settled_text_of_a_word_file_is_left_out(added):
    assert lines(rewritten(lambda text: text.replace("</w:p>", f"{added}</w:p>"))) == lines(docx(PLAIN))


def test_what_a_box_says_is_read_once():
    told = lines(rewritten(lambda text: text.replace("</w:p>", f"<w:r>{BOXED}</w:r></w:p>", 1)))
    assert [line for line in told if "框" in line] == ["框里的。"]


@pytest.mark.parametrize(
    "gone", ["<del>旧</del>", "<s>旧</s>", "<span hidden>旧</span>", '<span style="display: none">旧</span>']
)
def test_what_a_page_has_taken_out_or_hides_is_not_read(gone):
    assert lines(f"<html><p>第一条 {gone}新。</p></html>".encode()) == ("第一条 新。", "")


def test_a_zip_that_swells_is_refused(monkeypatch):
    monkeypatch.setitem(lines.__globals__, "_MOST", 1000)
    with pytest.raises(ValueError, match="过大"):
        lines(docx("甲" * 30_000))


@statutes.needed
@pytest.mark.parametrize("form", ["plain", "nospace", "markdown", "html", "gb18030", "docx"])
def test_the_statutes_at_hand_read_back_in_every_form(form):
    for one in statutes.known():
        text = str(one.wording)
        content = {
            "plain": text.encode,
            "nospace": text.replace("条　", "条").encode,
            "markdown": lambda text=text: markdown(text).encode(),
            "html": lambda text=text: html(text).encode(),
            "gb18030": lambda text=text: text.encode("gb18030"),
            "docx": lambda text=text: docx(text),
        }[form]()
        found = read(lines(content))
        assert (found.title, found.articles) == (one.title, one.wording.articles)


def test_an_article_may_begin_with_its_first_item():
    text = "甲条例", "第一条（一）甲；", "（二）乙。", "第二条　丙。"
    first, _ = read(text).articles.values()
    assert [(clause.text, [item.text for item in clause.items]) for clause in first] == [("", ["甲；", "乙。"])]


def test_the_time_for_a_text_grows_with_its_articles_and_not_with_their_square():
    def seconds(count):
        text = [f"第{number}条 甲" for number in range(1, count + 1)]
        begun = time.process_time()
        assert len(read(text).articles) == count
        return time.process_time() - begun

    assert seconds(32_000) < 40 * max(seconds(2_000), 0.005)  # the square would be 256
