"""Bases: a citation says something, is read into a document and a place, and names the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.form.words import UNVERIFIED, spot
from quanze.law.citation import LAW, UNREAD
from quanze.law.places import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.law.citation import Citation
    from quanze.register.catalog import Catalog

_EMPTY = re.compile(rf"(?:无|略|空|同上|暂无|未载明|不适用|见附件|{UNVERIFIED}|[\W_])*\Z")


def blank(citation: Citation) -> bool:
    """Tell whether a citation names nothing: whatever it holds only says that nothing is written."""
    return not any(map(_says, (citation.law, citation.number, citation.unread)))


def _says(text: object) -> bool:
    return isinstance(text, str) and not _EMPTY.match(text)


def blank_basis(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """依据不能是空的：须写依据文件、文号，或者来源里的原文，不能只写「无」「略」「待核」「见附件」。"""
    for occurrence in catalog.bases:
        citation = occurrence.value
        if blank(citation):
            name, written = next(iter(citation.data().items()), (UNREAD, ""))
            message = f"{spot(occurrence.pointer)}是空的，只写了「{str(written).strip()}」；请写依据文件和条款"
            yield Finding(occurrence.record, f"{occurrence.pointer}/{name}", message)


def unparsed_basis(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """依据只有来源里的原文、没有拆成文件和条款的，列为待复核。"""
    for occurrence in catalog.bases:
        citation = occurrence.value
        if not citation.law and not citation.number and not blank(citation):
            message = f"{spot(occurrence.pointer)}只有原文，没有拆成文件和条款；请补上「{LAW}」和「{ARTICLE}」"
            yield Finding(occurrence.record, f"{occurrence.pointer}/{UNREAD}", message, "review")


def basis_without_article(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """依据须写到条：只引整部文件的，列为待复核（不分条的文件除外）。"""
    for id_, occurrences in catalog.citations.items():
        instrument = catalog.instruments[id_]
        if not instrument.newest.last_article:
            continue
        for occurrence in occurrences:
            if occurrence.value.article is None and not occurrence.value.annex:
                message = f"{spot(occurrence.pointer)}只写了《{instrument.short}》，没有写是哪一条；请写到条、款、项"
                yield Finding(occurrence.record, occurrence.pointer, message, "review")


RULES = (blank_basis, unparsed_basis, basis_without_article)
