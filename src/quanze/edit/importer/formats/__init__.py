"""A file → its sheets: what it is is told by what is in it, never by its name."""

from __future__ import annotations

import json
import re
import zipfile
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.base.refusal import refusal
from quanze.io.file import given

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from quanze.edit.importer.sheet import Sheet

MAX_BYTES = 50 << 20
_READABLE = "可以导入的有 .xlsx .xls .ods .csv .html .docx"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|meta|body|table|div|style)[\s>]", re.IGNORECASE)
_OTHERS = (
    (b"%PDF", "是 PDF，表格的格子认不出来；请向提供的人要 Excel 或者 Word 原件"),
    (b"{\\rtf", "是 RTF；请在 Word 里打开，另存为 .docx 再试"),
    (b"\x89PNG", "是图片；请录入成 Excel 表再导入"),
    (b"\xff\xd8\xff", "是图片；请录入成 Excel 表再导入"),
    (b"Rar!", "是压缩包；请先解开"),
    (b"7z\xbc\xaf", "是压缩包；请先解开"),
    (b"MIME-Version:", "是单个文件的网页（.mht）；请在 Excel 里打开，另存为 .xlsx 再试"),
    (b"From: <Saved by", "是单个文件的网页（.mht）；请在浏览器里打开，把表复制到 Excel，存为 .xlsx 再试"),
    (b"%!PS", "是 PostScript；请向提供的人要 Excel 或者 Word 原件"),
    (b"<svg", "是图片；请录入成 Excel 表再导入"),
    (b"version https://git-lfs", "是 Git LFS 的指针，不是文件本身；请先运行 git lfs pull"),
)
_WRITTEN = (
    (re.compile(rb"ID;P\w+[;\r\n]"), "是 SYLK 表格（.slk）；请在 Excel 里打开，另存为 .xlsx 再试"),
    (re.compile(rb"TABLE\r?\n0,1\r?\n"), "是 DIF 表格（.dif）；请在 Excel 里打开，另存为 .xlsx 再试"),
    (re.compile(rb"^(?:Return-Path|Received|Delivered-To|X-[\w-]+): "), "是邮件；请把附件里的表另存出来再导入"),
)
"""What is text, and no table of lines and cells."""
_XML = (
    (
        b"urn:schemas-microsoft-com:office:spreadsheet",
        "是 Excel 2003 的 XML 表格；请在 Excel 里打开，另存为 .xlsx 再试",
    ),
    (
        b"opendocument",
        "是单个文件的 OpenDocument（.fods、.fodt）；请在 LibreOffice 里打开，另存为 .ods 或者 .docx 再试",
    ),
    (b"schemas.microsoft.com/office/", "是 Word 的 XML 文档；请在 Word 里打开，另存为 .docx 再试"),
    (b"/uof", "是标文通文档（.uof）；请用打得开它的程序另存为 .xlsx 或者 .docx 再试"),
    (b"", "是 XML 数据，不是表格；请用原来的程序另存为 .xlsx 再试"),
)
"""What XML is by what its first bytes name; the last is any other."""


def read(path: Path) -> tuple[Sheet, ...]:
    """Return the sheets of a file; a Fault that says what it is and what to do where it cannot be read."""
    try:
        content = given(path, MAX_BYTES, "；请只留要导入的表")
    except FileNotFoundError:
        raise Fault(f"没有找到文件 {path}") from None
    except OSError as error:
        raise Fault(refusal(error)) from None
    if not content.strip(b"\0 \t\r\n"):
        raise Fault(f"{path.name} 是空的")
    found = _reader(content, path.name)(content, path.name)
    if not any(one.rows for one in found):
        raise Fault(f"{path.name} 里没有内容")
    return found


def _reader(content: bytes, name: str) -> Callable[[bytes, str], tuple[Sheet, ...]]:
    """Return what reads a content, told by its first bytes; each library is loaded where it is needed."""
    start = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, what in _OTHERS:
        if start.startswith(mark):
            raise Fault(f"{name} {what}；{_READABLE}" if "；" not in what else f"{name} {what}")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        from quanze.edit.importer.formats import xls  # noqa: PLC0415

        return xls.read
    if content.startswith(b"PK"):
        return _zipped(content, name)
    narrow = start.replace(b"\0", b"").lstrip(b"\xff\xfe")  # as one byte a sign, where it is UTF-16
    xml = next(what for mark, what in _XML if mark in narrow) if narrow.startswith(b"<?xml") else ""
    if xml and xml is _XML[0][1]:  # its cells are called as those of a web page
        raise Fault(f"{name} {xml}")
    if start[:7].lower().startswith((b"<!--", b"<script")) or _HTML.search(narrow):
        from quanze.edit.importer.formats import html  # noqa: PLC0415

        return html.read
    what = xml or next((what for mark, what in _WRITTEN if mark.match(narrow)), "") or _json(content, narrow)
    if what:
        raise Fault(f"{name} {what}")
    from quanze.edit.importer.formats import plain  # noqa: PLC0415

    return plain.read


def _json(content: bytes, start: bytes) -> str:
    """Return what JSON is, as one value or one in each line; empty for anything else."""
    if not start.startswith((b"{", b"[")):
        return ""
    whole = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    for part in (whole, whole.partition(b"\n")[0]):
        with suppress(ValueError, RecursionError):
            json.loads(part)
            return "是 JSON 数据，不是表格；请转成 Excel 表再导入"
    return ""


def _zipped(content: bytes, name: str) -> Callable[[bytes, str], tuple[Sheet, ...]]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = {one.filename.lower() for one in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise Fault(f"{name} 读不出来，文件可能没有下载完整；请重新取一份，或者在 Excel 里另存为 .xlsx") from None
    if "word/document.xml" in members:
        from quanze.edit.importer.formats import docx  # noqa: PLC0415

        return docx.read
    if "content.xml" in members:
        from quanze.edit.importer.formats import ods  # noqa: PLC0415

        return ods.read
    if any(member.endswith("workbook.bin") for member in members):
        raise Fault(f"{name} 是二进制工作簿（.xlsb）；请在 Excel 里另存为 .xlsx 再试")
    from quanze.edit.importer.formats import xlsx  # noqa: PLC0415

    return xlsx.read
