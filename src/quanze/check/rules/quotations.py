"""Quotations: what a record quotes from a law is what the law says, where its text is kept.

The text file (全文, below catalog/) holds the newest version: every article begins on a line of its own with 第…条
and a space; the lines below it are its paragraphs. Lines before the first article and chapter heads are passed over.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.form.words import quote
from quanze.law.citation import articles, numbers
from quanze.law.numerals import number
from quanze.register.catalog import LAWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Value
    from quanze.register.catalog import Catalog, Seat

_HEAD = re.compile("第([零〇一二三四五六七八九十百千]+)条(?:之[一二三四五六七八九十]+)?[ \u3000]")
_CHAPTER = re.compile("第[零〇一二三四五六七八九十百]+[编章节][ \u3000]")
_GAP = re.compile("…+|\\.{3,}|\\*{3}")


def split(text: str) -> Mapping[int, str]:
    """Return the articles of a law's text by number, 第…条之一 with its article, each normalised for comparison."""
    found: dict[int, str] = {}
    current = 0
    for line in text.splitlines():
        head = _HEAD.match(line.strip())
        if head:
            current = number(head[1]) or 0
            line = line.strip()[head.end() :]  # noqa: PLW2901
        elif _CHAPTER.match(line.strip()):
            continue
        if current:
            found[current] = found.get(current, "") + normal(line)
    return found


def normal(text: str) -> str:
    """Return a text without white space, in the forms of NFKC: how it is set does not matter."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def quotation(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """摘录须是条文的原话：收录了全文的法律，逐字核对所引的条（不计空格和全角半角，省略处写「……」）。"""
    for id_, record in catalog.records.get(LAWS, {}).items():
        path = record.data.get("全文")
        if not path:
            continue
        file = catalog.root / "catalog" / str(path)
        try:
            text = split(file.read_text("utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            yield Finding(record, "/全文", f"全文文件 catalog/{path} 不存在，或者不是 UTF-8 文本")
            continue
        if not text:
            yield Finding(record, "/全文", f"catalog/{path} 里没有读到一条条文；每条另起一行，写「第一条 ……」")
            continue
        newest = catalog.instruments[id_].newest.name
        for seat in catalog.citations.get(id_, ()):
            citation: Mapping[str, Value] = seat.value
            if "摘录" in citation and citation.get("版本", newest) == newest:
                yield from _differs(seat, citation, text)


def _differs(seat: Seat, citation: Mapping[str, Value], text: Mapping[int, str]) -> Iterator[Finding]:
    cited = numbers(citation.get("条")) or tuple(text)
    whole = "".join(text.get(article, "") for article in cited)
    start = 0
    for part in filter(None, map(normal, _GAP.split(str(citation["摘录"])))):
        place = whole.find(part, start)
        if place < 0:
            message = f"摘录{quote(part)}与《{citation['依据文件']}》{articles(citation)}的原文不同；请照原文改"
            yield Finding(seat.record, f"{seat.pointer}/摘录", message)
            return
        start = place + len(part)


RULES = (quotation,)
