"""Instruments that a sheet cites and the catalog lacks → one draft record each: title, number, a guess at the rank."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from quanze.edit.importer.words import fold
from quanze.form import kinds
from quanze.form.kinds.origin import FILE
from quanze.law.citation import LAW, UNREAD
from quanze.law.instrument import unverified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quanze.base.model import Value
    from quanze.edit.importer.draft import Draft
    from quanze.register.catalog import Catalog

_STATE = "中华人民共和国"
_NUMBER = r"[^（）()《》\n]{0,30}?(?:令|号|〔[0-9]{4}〕|\[[0-9]{4}\]|［[0-9]{4}］)[^（）()《》\n]{0,20}"
_DAY = re.compile(r"\A[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日(?=.)")
"""A day that stands before the number: （2006年1月21日国务院令第455号）."""
_REGION = re.compile(r"\A.{2,12}?(?:省|自治区|市|自治州|县|区)(?!域|别|分|划)")
_RANKS = (
    (re.compile(r"国务院.{0,40}决定|国务院令.{0,10}决定"), "国务院决定"),
    (
        re.compile(r"\A(?:国务院|国务院办公厅|国办|中共中央).{0,60}(?:通知|意见|方案|批复|函)|国发|国办发|国函"),
        "国务院文件",
    ),
    (re.compile(r"(?:职能配置|主要职责|内设机构|机构编制|三定)"), "三定规定"),
)
_STATE_RULE = re.compile(r"(?:总局|部|局|委员会|委|署|厅|行)(?:\S{0,6})令|部令|局令|联合令")


_NESTED = (dict, list)


@dataclass(frozen=True, slots=True)
class WrittenInstrument:
    """What a sheet lets one know of an instrument."""

    title: str
    number: str
    rank: str

    @property
    def data(self) -> dict[str, Value]:
        """The draft record."""
        return unverified(self.title, self.rank, self.number)


def lacking(catalog: Catalog, drafts: Iterable[Draft]) -> dict[str, WrittenInstrument]:
    """Return the instruments that the catalog lacks, by the folded title; and settle how drafts call them."""
    known = {fold(name): instrument.short for instrument in catalog.instruments.values() for name in instrument.names}
    found: dict[str, WrittenInstrument] = {}
    folded = lru_cache(4_096)(fold)
    for draft in drafts:
        for citation in citations(draft.data):
            title = str(citation[LAW])
            key = folded(title.removeprefix(_STATE))
            if key in known or folded(title) in known:
                if not catalog.named(title):
                    citation[LAW] = known.get(fold(title)) or known[key]
                continue
            have = found.get(key)
            if have is None or (title.startswith(_STATE) and not have.title.startswith(_STATE)) or not have.number:
                text = "\n".join(draft.texts.values())
                number = _number(title, text) or (have.number if have else "")
                whole = have.title if have and have.title.startswith(_STATE) else title
                found[key] = WrittenInstrument(whole, number, _rank(whole, number, _said(title, text, draft)))
    return found


def citations(value: object) -> Iterator[dict[str, Value]]:
    """Yield every citation of an instrument by its title within the data of a record."""
    if isinstance(value, dict):
        if isinstance(value.get(LAW), str):
            yield value
        for name, inner in value.items():
            if inner.__class__ in _NESTED and name != kinds.ORIGIN.name:
                yield from citations(inner)
    elif isinstance(value, list):
        for inner in value:
            if inner.__class__ in _NESTED:
                yield from citations(inner)


def _number(title: str, text: str) -> str:
    """Return the number that stands in brackets behind a title: （国务院令第493号）."""
    for found in re.finditer(rf"{re.escape(title)}》?\s*[（(]\s*({_NUMBER})[）)]", text):
        parts = [part.strip() for part in re.split(r"[，,；;]", found[1])]
        told = next((part for part in parts if re.search(r"号|令", part)), "")
        if told:
            return _DAY.sub("", re.sub(r"\s+", "", told))
    return ""


def _said(title: str, text: str, draft: Draft) -> str:
    """Return what the cell says of the rank: 【规章】 before the title, or the head of the column."""
    before = re.search(rf"[【\[]([^】\]]{{2,8}})[】\]]\s*(?:[0-9]+[.、．])?\s*《?{re.escape(title)}", text)
    if before:
        return before[1]
    return next(
        (one.rank for head, one in draft.columns.items() if one.rank and title in draft.texts.get(head, "")), ""
    )  # fmt: skip


def _rank(title: str, number: str, said: str) -> str:
    """Return the likeliest rank; what somebody will have to look up."""
    for pattern, rank in _RANKS:
        if pattern.search(f"{title}{number}"):
            return rank
    ours = "国务院令" in number
    local = bool(_REGION.match(title)) or "省" in number or "市人民政府" in number
    if title.endswith("法") and not title.endswith(("办法", "方法")):
        return "法律"
    if "条例" in title or ours:
        return "地方性法规" if local and not ours else "行政法规"
    rule = bool(re.search(r"(?:规定|办法|细则|规则|标准)(?:[（(][^）)]*[）)])?\Z", title))
    if rule and (local or "政府令" in number):
        return "地方政府规章" if "令" in number or "规章" in said else "规范性文件"
    if rule and (_STATE_RULE.search(number) or "规章" in said or "令" in number):
        return "部门规章"
    ranks = {
        "法律": "法律",
        "行政法规": "行政法规",
        "地方性法规": "地方性法规",
        "部门规章": "部门规章",
        "规章": "部门规章",
        "地方政府规章": "地方政府规章",
    }
    return ranks.get(said, "规范性文件")


def counted(drafts: Iterable[Mapping[str, Value]]) -> tuple[int, int]:
    """Return how many citations name their instrument, and how many stayed as they were written."""
    resolved = unresolved = 0
    for data in drafts:
        for one in _all(data):
            if LAW in one:
                resolved += 1
            else:
                unresolved += 1
    return resolved, unresolved


def _all(value: object) -> Iterator[Mapping[str, Value]]:
    if isinstance(value, dict):
        if LAW in value or (UNREAD in value and FILE not in value):
            yield value
        for name, inner in value.items():
            if inner.__class__ in _NESTED and name != kinds.ORIGIN.name:
                yield from _all(inner)
    elif isinstance(value, list):
        for inner in value:
            if inner.__class__ in _NESTED:
                yield from _all(inner)
