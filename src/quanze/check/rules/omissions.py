"""Omissions: what a cited provision imposes, and no sanction of the record that rests on it tells."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.check.rules.provisions import describe, places, wordings
from quanze.law.amounts import Range, amounts, ranges

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Record
    from quanze.register.catalog import Catalog

_FINED = re.compile("[^,;。:处]{1,24}?罚款")
_PICKS = re.compile("依照(?:本条)?(?:前[两三]?款|第[一二三四五]款)的?规定(?!受|(?:予以|给予|进行)?处罚)")
_NAMED = ("没收违法所得", "没收非法财物", "降低资质等级", "吊销许可证件", "吊销营业执照", "责令关闭")
"""The kinds that a provision imposes wherever it names them, unlike 拘留, 暂停 or 限制."""
_STOPPED, _ORDERED = "停产停业", "责令停"
_STOP = re.compile("责令[^,;。]{0,14}停[产业]")


@dataclass(slots=True)
class _Resting:
    """What the sanctions of a record that rest on one place tell."""

    record: Record
    pointer: str
    """Where the sanctions stand."""
    words: str
    told: set[Range | str] = field(default_factory=set)
    referred: bool = False
    """Whether another place says how much of this one is imposed: 依照前款规定处罚."""


def left_out(catalog: Catalog, at: str) -> Iterator[Finding]:
    """所引条文写了的罚款、没收、停产停业、关闭、降低资质等级、吊销证照，罚则里都要有：收录了全文的，逐一核对，缺的待复核。

    条文里另一句说的是另一种行为，别的事项写了的，不算缺。
    """
    found = _resting(catalog, at)
    every: dict[str, set[Range | str]] = defaultdict(set)
    for (_, place), one in found.items():
        every[place] |= one.told
    for (_, place), one in found.items():
        parts = () if one.referred else _parts(one.words)
        lacking: dict[Range | str, str] = {}
        for imposed in parts:
            ours = one.told.intersection([what for what in imposed if isinstance(what, Range)] or imposed)
            if ours or len(parts) == 1 or not every[place].issuperset(imposed):
                lacking |= {what: said for what, said in imposed.items() if what not in one.told}
        if lacking:
            message = f"{place}还写了{'、'.join(lacking.values())}，这里没有；请核对是不是漏了"
            yield Finding(one.record, one.pointer, f"{message}，只用其中一款、一项的，依据写到款、项", "review")


def _resting(catalog: Catalog, at: str) -> dict[tuple[str, str], _Resting]:
    """Return what records tell of the places that their sanctions rest on, by record and place."""
    found: dict[tuple[str, str], _Resting] = {}
    for occurrence in catalog.sanctions:
        row, bases = occurrence.value, [*filter(None, wordings(catalog, occurrence, at))]
        referred = any(_PICKS.search(basis.text) for basis in bases)
        for basis in bases:
            fresh = _Resting(occurrence.record, f"/{occurrence.pointer.split('/')[1]}", basis.text)
            one = found.setdefault((occurrence.record.path, basis.place), fresh)
            one.told.update(ranges(row.bounds), (_STOPPED if kind.startswith(_ORDERED) else kind for kind in row.kinds))
            one.referred |= referred
    return found


@lru_cache(maxsize=1024)
def _parts(words: str) -> tuple[Mapping[Range | str, str], ...]:
    """Return what each sentence of a provision imposes, where it imposes anything; many records rest on one."""
    return tuple(filter(None, (dict(_imposed(sentence)) for sentence in words.split("。"))))


def _imposed(sentence: str) -> Iterator[tuple[Range | str, str]]:
    """Yield the fines and kinds that a sentence of a provision imposes, each in words."""
    for amount in amounts(sentence):
        if _FINED.match(sentence, amount.start):
            whom = f"对{amount.who}的" if amount.who else ""
            yield amount.range, f"{whom}{describe(amount.range)}的罚款"
    for kind in _NAMED:
        if any(places(sentence.replace("其", ""), kind)):
            yield kind, kind
    if _STOP.search(sentence):
        yield _STOPPED, _STOPPED


RULES = (left_out,)
