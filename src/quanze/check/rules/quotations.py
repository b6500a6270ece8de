"""Quotations: what a record quotes from a law is what the law says, where the register keeps its wording (全文)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.check.rules.cited import cited
from quanze.form.words import quote
from quanze.law.amounts import fold
from quanze.law.citation import QUOTE
from quanze.law.instrument import VERSIONS
from quanze.law.places import Step
from quanze.law.version import TEXT
from quanze.register.catalog import LAWS
from quanze.register.wording import statute, wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quanze.law.citation import Citation
    from quanze.law.text import Statute
    from quanze.register.catalog import Catalog

_GAP = re.compile("…+|\\.{3,}|\\*{3}")
_HEAD = re.compile("第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?(?![第款项的])")


def quotation(catalog: Catalog, at: str) -> Iterator[Finding]:
    """摘录须是条文的原话：收录了全文的法律，逐字核对所引的款、项（不计空格和全角半角，省略处写「……」）。"""
    for alike in cited(catalog, at):
        text = statute(catalog, alike.instrument, alike.version)
        for occurrence in alike.occurrences if text else ():
            citation = occurrence.value
            if text and citation.quote:
                message = _differs(citation, text)
                if message:
                    where = f"《{citation.law}》{citation.place}"
                    yield Finding(occurrence.record, f"{occurrence.pointer}/{QUOTE}", message.replace("〈〉", where))


def _differs(citation: Citation, text: Statute) -> str:
    """Return what is wrong with a quotation; 〈〉 stands for the place that it cites."""
    cited_places = [*citation.steps] or [Step(article) for article in text.articles]
    whole = "".join(dict.fromkeys(fold(text.words(step.article, step.paragraph, step.item)) for step in cited_places))
    part = _missing(citation, whole)
    if not part:
        return ""
    for here in _parts(text, cited_places):
        if not _missing(citation, fold(text.words(here.article, here.paragraph, here.item))):
            return f"{QUOTE}{quote(part)}不在〈〉里，是{here}的原文；请改引，或者照原文改"
    return f"{QUOTE}{quote(part)}与〈〉的原文不同；请照原文改"


def _parts(text: Statute, places: Iterable[Step]) -> Iterator[Step]:
    """Yield the 项 and 款 of the articles of some places, the smaller first."""
    for article in dict.fromkeys(step.article for step in places):
        for number, clause in enumerate(text.articles.get(article, ()), 1):
            yield from (Step(article, number, item) for item in range(1, len(clause.items) + 1))
            yield Step(article, number)


def _missing(citation: Citation, whole: str) -> str:
    """Return the first part of a quotation that does not stand in a text, behind the part before it."""
    start = 0
    for part in _GAP.split(citation.quote):
        words = fold(_HEAD.sub("", part.strip(), count=1) if _HEAD.match(part.strip()) else part)
        place = whole.find(words, start)
        if place < 0:
            return fold(part)
        start = place + len(words)
    return ""


def law_text(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """全文文件须在 texts/ 里，读得出条、款、项；条数、结构与文件登记的一致。"""
    for id_, record in catalog.records.get(LAWS, {}).items():
        instrument = catalog.instruments[id_]
        for version in instrument.versions:
            found = wording(catalog, instrument, version)
            if found is None:
                continue
            pointer = f"/{VERSIONS}/{version.index}/{TEXT}" if version.text else f"/{TEXT}"
            if found.statute is None:
                yield Finding(record, pointer, found.fault)
                continue
            outline = found.statute.outline
            if outline.last != version.last_article:
                message = f"{found.path} 到第 {outline.last} 条为止，而{version.name}登记的是 {version.last_article} 条"
                others = [one.name for one in instrument.versions if one.last_article == outline.last]
                if others and not version.text and not instrument.named_numbers:  # a version was added, and no more
                    said = f"{message}；是{'、'.join(others)}的，请写明「条号版本」"
                    yield Finding(record, pointer, said, "review")
                else:
                    yield Finding(record, pointer, f"{message}；请核对是不是这一版的文本")
            elif version.outline and version.outline.articles != outline.articles:
                message = f"{found.path} 的条、款、项与{version.name}的「结构」不同；请用 quanze law outline 重新生成"
                yield Finding(record, pointer, message)


RULES = (quotation, law_text)
