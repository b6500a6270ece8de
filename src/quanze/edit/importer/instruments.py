"""Instruments that a sheet cites and the catalog lacks → one draft record each: title, number, a guess at the rank."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from quanze.edit import ranks
from quanze.edit.importer.words import fold, plain, simplified, split_heads
from quanze.form import kinds
from quanze.form.kinds.origin import FILE
from quanze.law.citation import LAW, UNREAD
from quanze.law.instrument import short_titles, unverified
from quanze.law.reader import year_of
from quanze.law.reader.decrees import Decrees

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quanze.base.model import Value
    from quanze.edit.importer.draft import Draft
    from quanze.register.catalog import Catalog

_STATE = "中华人民共和国"
_TRIAL = "（试行）"
"""What belongs to a title, and is left out where it is cited."""
_REMARKS = r"》?((?:\s*[（(](?:[^（）()]|[（(][^（）()]*[）)]){1,200}[）)])+)"
"""What stands in brackets behind a title: （2006年1月21日国务院令第455号公布，2016年修订）."""
_CHANGED = frozenset({"修正", "修订", "修改", "版"})
"""What happened to a version that is cited by its year: the day of promulgation says no version."""
_LOOSELY = "法规"
"""法规 is said of rules too; it proves the rank of a 条例 alone."""
_OF_A_REGION = {"行政法规": "地方性法规", "部门规章": "地方政府规章"}
"""What lists mean by 法规 and 规章 where the title begins with a region."""


_NESTED = (dict, list)


@dataclass(slots=True)
class WrittenInstrument:
    """What a sheet lets one know of an instrument."""

    title: str
    number: str = ""
    said: str = ""
    """The rank by the sheet: 【规章】."""
    versions: dict[str, None] = field(default_factory=dict)
    """The versions by which it is cited, as they are called: 2016年修正."""

    @property
    def rank(self) -> str:
        """The rank that is proved; empty where none is."""
        return _rank(self.title, self.number, self.said)

    @property
    def data(self) -> dict[str, Value]:
        """The draft record; of a version only its name is known."""
        return unverified(self.title, self.rank, self.number, short_titles(self.title), self.versions)

    def __str__(self) -> str:
        """Return it as it is told: by its title, with its rank and the version that the sheet cites."""
        rank = self.rank or "位阶待核"
        cited = f"，表里写的是{'、'.join(self.versions)}" if self.versions else ""
        return f"《{self.title}》（{rank}{cited}）"


def lacking(catalog: Catalog, drafts: Iterable[Draft]) -> dict[str, WrittenInstrument]:
    """Return the instruments that the catalog lacks, by the folded title; and settle how drafts call them."""
    known = {fold(name): instrument.short for instrument in catalog.instruments.values() for name in instrument.names}
    found: dict[str, WrittenInstrument] = {}
    folded = lru_cache(4_096)(fold)
    drafts = [*drafts]
    for draft in drafts:
        text = ""
        for citation in citations(draft.data):
            title = str(citation[LAW])
            key = folded(title.removeprefix(_STATE))
            if key in known or folded(title) in known:
                if not catalog.named(title):
                    citation[LAW] = known.get(fold(title)) or known[key]
                continue
            text = text or simplified("\n".join(draft.texts.values()))
            one = found.setdefault(key, WrittenInstrument(title))
            if f"{_STATE}{title}" in text:
                one.title = f"{_STATE}{title}"
            if "试行" in text and re.search(rf"{re.escape(title)}[（(]试行[）)]》", text):
                one.title = f"{one.title.removesuffix(_TRIAL)}{_TRIAL}"
            remarks = _remarks(title, text)
            one.number = one.number or next(filter(None, map(ranks.number_in, [*remarks, *_alone(title)])), "")
            one.said = one.said or _said(title, text, draft)
            one.versions |= dict.fromkeys(filter(None, map(_version, remarks)))
    _entitle(found, drafts)
    return found


def _entitle(found: dict[str, WrittenInstrument], drafts: Iterable[Draft]) -> None:
    """Call by its title what the sheet also cites by its number alone: 应急管理部令第3号."""
    titled = (one for one in found.values() if one.number and not _alone(one.title))
    decrees = Decrees((one.title, one.number, "") for one in titled)
    meant = {key: {title for one in decrees.find(law.title) for title in one.keys} for key, law in found.items()}
    titles = {found.pop(key).title: next(iter(named)) for key, named in meant.items() if len(named) == 1}
    for citation in (one for draft in drafts if titles for one in citations(draft.data)):
        citation[LAW] = titles.get(str(citation[LAW]), citation[LAW])


def _alone(title: str) -> list[str]:
    return [title] if ranks.is_number(title) else []


def _remarks(title: str, text: str) -> list[str]:
    """Return what stands in brackets behind a title, once for each time."""
    return [remark[1] for remark in re.finditer(re.escape(title) + _REMARKS, text)]


def _version(remark: str) -> str:
    """Return what a remark calls the version, by the year of its last change: 2016年修正; empty where it names none."""
    year, event = year_of(plain(re.sub(r"《[^》]{0,200}》", "", remark)))
    return f"{year[:4]}年{event}" if year and event in _CHANGED else ""


def citations(value: object) -> Iterator[dict[str, Value]]:
    """Yield every citation of an instrument by its title within the data of a record."""
    return (one for one in _objects(value, []) if isinstance(one.get(LAW), str))


def _objects(value: object, found: list[dict[str, Value]]) -> list[dict[str, Value]]:
    """Add every object within the data of a record, in the order of the text; not where it comes from."""
    if isinstance(value, dict):
        found.append(value)
        for name, inner in value.items():
            if inner.__class__ in _NESTED and name != kinds.ORIGIN.name:
                _objects(inner, found)
    elif isinstance(value, list):
        for inner in value:
            if inner.__class__ in _NESTED:
                _objects(inner, found)
    return found


def _said(title: str, text: str, draft: Draft) -> str:
    """Return what the cell says of the rank: 【规章】 before the title, or the head of the column."""
    before = re.search(
        rf"[【\[〔［〖]([^】\]〕］〗]{{2,8}})[】\]〕］〗]\s*(?:[0-9]+[.、．])?\s*《?{re.escape(title)}", text
    )
    if before:
        return before[1]
    return next(
        (one.rank for head, one in draft.columns.items() if one.rank and title in draft.texts.get(head, "")), ""
    )  # fmt: skip


def _rank(title: str, number: str, said: str) -> str:
    """Return the rank that the number, the sheet or else the title proves; empty where none does."""
    found = ranks.by_number(number)
    if found:
        return found
    told = split_heads().get(fold(said), ("", ""))[1]
    if told and (fold(said) != _LOOSELY or ranks.bare(title).endswith("条例")):
        return _OF_A_REGION.get(told, told) if re.match(ranks.REGION, title) else told
    return ranks.by_title(title)


def counted(drafts: Iterable[Mapping[str, Value]]) -> tuple[int, int]:
    """Return how many citations name their instrument, and how many stayed as they were written."""
    resolved = unresolved = 0
    for data in drafts:
        for one in _objects(data, []):
            if LAW in one:
                resolved += 1
            elif UNREAD in one and FILE not in one:
                unresolved += 1
    return resolved, unresolved
