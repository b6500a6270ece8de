"""A file as official sites offer statutes (DOCX, HTML, Markdown, text) → its lines; an empty line parts blocks."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 50_000_000
"""Bytes that a statute's file may have, unpacked; the longest code has two million."""
_MOST_LINES, _MOST_MARKS = 50_000, 1_000_000
"""The longest code has some three thousand lines; a Word document writes a hundred marks for one."""
_SPOILT = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, KeyError, EOFError, RuntimeError, ValueError)
"""What an archive raises that is none, or whose parts are packed or encrypted in a way that cannot be read."""
_DOCUMENT = "word/document.xml"
_OLD, _ENCRYPTED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
_BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "hr", "li", "main"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "section", "table", "td", "tr", "ul"),
        *("w:br", "w:cr", "w:p"),
    )
)
_SILENT = frozenset(
    (
        *("del", "footer", "head", "nav", "noscript", "rt", "s", "script", "strike", "style", "template"),
        *("mc:fallback", "w:deltext", "w:instrtext", "w:movefrom", "w:rt"),
    )
)
"""What is said to nobody: taken out, shown elsewhere a second time, a reading above characters."""
_DEEP = 16
"""So many elements above a text are asked whether it is said to anybody."""
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)?<(?:!doctype|html|body|div|p|head|meta|\?xml)\b", re.IGNORECASE | re.DOTALL)
_AUTOMATIC = re.compile(r'<w:numPr\b(?:(?!</w:numPr>).){0,400}?<w:numId\s+w:val="[1-9]', re.DOTALL)
"""A paragraph that Word numbers; 0 is the number of none."""
_RUN = re.compile("<w:t(?: [^>]*)?>([^<]*)</w:t>")
_GONE = re.compile(r'<w:(?:vanish|strike|dstrike)(?![^<>]*w:val="(?:0|false|off)")[\s/>]')
"""A run of a Word document that is hidden or crossed out."""
_LISTS = {"ol": 0, "ul": -1}
"""What the items of a list are counted from; those of one without numbers are not."""
_ORDINALS = ("（{}）", "{}．")
"""How the items of a list of a page are told that its reader's browser numbers, and of one within."""
_NUMBERED = re.compile(r"\s*(?:[（(][0-9０-９一二三四五六七八九十百]+[）)]|[0-9０-９]+[.．、]|[①-⑳]|第)")
"""How an item begins that tells its number itself."""
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]")
_MARKDOWN = (
    (re.compile(r"<!--(?:(?!<!--).)*?-->", re.DOTALL), ""),
    (re.compile(r"^[ \t]{0,3}(?:#{1,6}|>|[-*+](?= ))[ \t]*", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!])"), r"\1"),
    (re.compile(r"^[^\S\n]*+(?:-{3,}|={3,}|\*{3,})[^\S\n]*$", re.MULTILINE), ""),
)


def lines(data: bytes) -> tuple[str, ...]:
    """Return the lines of a file without white space around them; a ValueError with a Chinese sentence otherwise.

    What the file is, its first bytes say: a zip is DOCX, a markup is HTML, all else text with or without Markdown. Text
    that is not UTF-8 is read as GB 18030, in which older pages of governments are written.
    """
    if len(data) > _MOST:
        raise ValueError(f"文件有 {len(data) // 1_000_000} MB，不会是一部法律的文本")
    if data[:4] == b"PK\x03\x04":
        return _bearable(_clean(_markup(_docx(data))))
    if _ENCRYPTED in data and data[:4] == _OLD:
        raise ValueError("文件加了密码；请去掉密码再试")
    if data[:4] in (b"%PDF", b"{\\rt", _OLD):
        raise ValueError("这是 PDF、RTF 或者旧版 Word（.doc）文件，读不准条、款、项；请另存为 .docx、网页或者文本")
    text = _decoded(data)
    count = text.count("\n")
    if count > _MOST_MARKS:
        raise ValueError(f"文件有 {count:,} 行，不会是一部法律的文本")
    if _HTML.match(text):
        _few_marks(text)
        return _bearable(_clean(_markup(text)))
    for pattern, plain in _MARKDOWN:
        text = pattern.sub(plain, text)
    return _bearable(_clean(text.splitlines()))


def _bearable(told: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines of a file; a ValueError where they are more than any law has."""
    if len(told) > _MOST_LINES:
        raise ValueError(f"文件有 {len(told):,} 行，不会是一部法律的文本")
    return told


def _few_marks(markup: str) -> None:
    """Raise a ValueError for markup that would be read for minutes."""
    count = markup.count("<")
    if count > _MOST_MARKS:
        raise ValueError(f"文件有 {count:,} 处标记，不会是一部法律的文本；请另存为纯文本（.txt）再试")


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("文件既不是 UTF-8 文本，也不是 GB 18030 文本，读不出来")


def _docx(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_DOCUMENT) as part:
            text = part.read(_MOST + 1)
    except _SPOILT:
        raise ValueError(
            "这不是能读的 Word 文件（.docx），里面没有正文；WPS、ODT 和别的文档请另存为 .docx、网页或者文本"
        ) from None
    if len(text) > _MOST:
        raise ValueError("Word 文件的正文过大，不会是一部法律的文本")
    _whole(text)
    markup = text.decode("utf-8", "replace")
    _few_marks(markup)
    if gone := _gone(markup):
        raise ValueError(
            f"Word 文件里有 {len(gone)} 处字是划掉的或者隐藏的（如「{gone[0][:20]}」），看不出要不要；"
            "请在 Word 里删去，或者恢复成一般的字，存好再试"
        )
    if numbered := _numbered(markup):
        raise ValueError(
            f"Word 文件里有 {len(numbered)} 段是自动编号（如「{numbered[0][:20]}」），编号不是文字，读不准条、款、项；"
            "请在 Word 里另存为纯文本（.txt），编号会写成文字"
        )
    return markup


def _whole(content: bytes) -> None:
    """Raise a ValueError for markup that ends early, or declares what stands for words: half of it would be read."""

    def declared(*_given: object) -> None:
        """Raise ValueError."""
        raise ValueError("Word 文件里有 DOCTYPE，Word 不这样写，会读漏；请用 Word 打开，另存为 .docx 再试")

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(content, True)  # noqa: FBT003 — that it is all; without a name
    except ExpatError:
        raise ValueError("Word 文件坏了或者不完整；请用 Word 打开，另存为 .docx 再试") from None


def _gone(markup: str) -> list[str]:
    """Return the words of a Word document that are hidden or crossed out; those of tracked changes are settled."""
    runs = (one[max(one.rfind("<w:r>"), one.rfind("<w:r ")) :] for one in markup.split("</w:r>"))
    told = ("".join(_RUN.findall(one)).strip() for one in runs if _GONE.search(one))
    return [words for words in told if words]


def _numbered(markup: str) -> list[str]:
    """Return the paragraphs of a Word document that have words, and a number that is none of them."""
    paragraphs = markup.split("</w:p>")
    told = ("".join(_RUN.findall(one)).strip() for one in paragraphs if _AUTOMATIC.search(one))
    return [words for words in told if words]


def _clean(found: list[str]) -> tuple[str, ...]:
    return tuple(" ".join(_INVISIBLE.sub("", line).split()) for line in found)


class _Blocks(HTMLParser):
    """The blocks of text in a markup, each with the elements that it stands in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[tuple[int, ...], str]] = []
        self._open: list[tuple[str, int, bool]] = []
        self._count = 0
        self._text: list[str] = []
        self._lists: list[int] = []
        self._ordinal = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element; a block ends the text before it."""
        if tag in _BLOCKS:
            self.flush()
        if tag == "w:tab":
            self._text.append(" ")
        if tag in _LISTS:
            self._lists.append(_LISTS[tag])
        if tag == "li" and self._lists and self._lists[-1] >= 0:
            self._lists[-1] += 1
            self._ordinal = _ORDINALS[len(self._lists) > 1].format(self._lists[-1])
        if tag not in _VOID:
            self._count += 1
            self._open.append((tag, self._count, tag in _SILENT or any(map(_hides, attrs))))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Treat an empty element as one that is closed at once."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """End an element, and those in it that were left open."""
        if tag in _BLOCKS:
            self.flush()
        if tag in _LISTS and self._lists:
            self._lists.pop()
        for at in range(len(self._open) - 1, max(-1, len(self._open) - 64), -1):
            if self._open[at][0] == tag:
                del self._open[at:]
                return

    def handle_data(self, data: str) -> None:
        """Keep what is read, unless it is said to nobody."""
        if not any(silent for _, _, silent in self._open[-_DEEP:]):
            self._text.append(data.replace("\n", " ").replace("\r", " "))

    def flush(self) -> None:
        """End a block."""
        text = "".join(self._text).strip()
        self._text.clear()
        if text:
            ordinal = "" if _NUMBERED.match(text) else self._ordinal
            self.found.append((tuple(number for _, number, _ in self._open), ordinal + text))
            self._ordinal = ""


def _hides(attribute: tuple[str, str | None]) -> bool:
    name, value = attribute
    return name == "hidden" or (name == "style" and bool(_UNSEEN.search(value or "")))


def _markup(text: str) -> list[str]:
    """Return the blocks of a markup; those outside the element that holds the articles are a page's own words."""
    parser = _Blocks()
    parser.feed(text)
    parser.close()
    parser.flush()
    articles = [place for place, (_, words) in enumerate(parser.found) if _ARTICLE.match(words)]
    inside = _holder([parser.found[place][0] for place in articles]) if len(articles) > 1 else ()
    first = min(articles, default=0)
    kept = (words for place, (path, words) in enumerate(parser.found) if place < first or path[: len(inside)] == inside)
    return [line for words in kept for line in (words, "")]


_ARTICLE = re.compile(r"\s*第[0-9零〇一二三四五六七八九十百千]+条")


def _holder(paths: list[tuple[int, ...]]) -> tuple[int, ...]:
    """Return the element in which most articles stand side by side, else the one that holds all of them."""
    parent, count = Counter(path[:-1] for path in paths).most_common(1)[0]
    return parent if count * 2 > len(paths) else tuple(_common(paths))


def _common(paths: list[tuple[int, ...]]) -> Iterator[int]:
    """Yield the elements that all paths have in common, from the outermost."""
    for level in zip(*paths, strict=False):
        if any(one != level[0] for one in level):
            return
        yield level[0]
