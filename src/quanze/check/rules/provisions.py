"""Provisions: fines and kinds of a record are those of the cited provision, where the register keeps its wording."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.problem import Finding
from quanze.law.amounts import MEASURED, Amount, Range, amounts, fold, personal, ranges
from quanze.law.fine import DAILY, FINE, LOWER, UNSTATED, UPPER, Bounds, Fine
from quanze.law.penalty import BASE, KINDS
from quanze.law.sanction import CIRCUMSTANCE, FORCE, ORDERS, sanctions
from quanze.law.sanction import KINDS as FIELD
from quanze.register.numbering import meant
from quanze.register.occurrences import Occurrence
from quanze.register.renewal import CHANGED, renewals
from quanze.register.wording import statute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.law.sanction import Sanction
    from quanze.register.catalog import Catalog

REFERS = re.compile("依照(?!下列)[^。;]{0,40}(?:规定|数额)[^。;受]{0,12}(?:处罚|处以|处理|给予)")
_ABOVE = re.compile("依照(?:本条)?(?:前[两三]?款|第[一二三四]款)")
_MAY, _MUST, _LAST = ("可以", "可以并处"), "应当", "直至"
_CONDITIONS = ("情节特别严重", "情节严重", "逾期", "拒不", "后果")
"""What a circumstance cannot name unless the provision does."""
PERSONS = ("主要负责人", "主管人员", "责任人员", "其他负责人", "安全生产管理人员", "投资人", "法定代表人", "个人")
_PERSONS_ACT = re.compile(
    f"(?!.{{0,30}}(?:单位|企业|机构)(?:及其|和|或者|、))[^未不没违有在]{{0,30}}?(?:{'|'.join(PERSONS)})(?=[未不没违有在拒擅五终0-9])"
)
_AGAINST = ("违反", "依照", "根据")
"""How a clause before the one that names who acts begins."""
_SAID: Mapping[str, str] = {
    "没收违法所得": "没收.{0,20}违法所得|违法所得.{0,12}没收",
    "没收非法财物": "没收(?!其?违法所得(?![和及与、]|以及))",
    "暂扣许可证件": "暂扣|暂停",
    "降低资质等级": "降低",
    "吊销许可证件": "吊销(?!其?营业执照)|撤销",
    "吊销营业执照": "吊销.{0,12}营业执照",
    "限制开展生产经营活动": "限制",
    "责令关闭": "(?:责令|予以|停业|决定)[^,。;]{0,12}关闭",
    "限制从业": "不得(?:再)?(?:从事|担任)|禁入|限制.{0,8}从业|不(?:再)?受理",
    "行政拘留": "拘留",
}
"""How a provision says a kind of 行政处罚法 9 where it does not use its name."""


class PlaceWording(NamedTuple):
    """One place that a sanction rests on, with its wording."""

    place: str
    text: str


def fine_of_the_law(catalog: Catalog, at: str) -> Iterator[Finding]:
    """罚款的数额、倍数、百分比须是所引条文里的：收录了全文的，逐一核对，对单位的和对个人的、不同情形的、应当处的和可以处的不能混用。

    所引的条随新版本改了、还没有核对的，只是待复核。
    """
    yield from until_confirmed(catalog, at, _fines(catalog, at))


def _fines(catalog: Catalog, at: str) -> Iterator[Finding]:
    for occurrence, bases in worded(catalog, at):
        row = occurrence.value
        named = [amount for basis in bases for amount in amounts(basis.text)]
        if row.bounds.unstated and named:
            message = f"罚款写的是条文没有写数额，所引条文里却有{describe(named[0].range)}；请核对是不是这种情形的"
            yield Finding(occurrence.record, f"{occurrence.pointer}/{FINE}/{UNSTATED}", message, "review")
        texts = [basis.text for basis in bases] if row.bounds.daily else []
        daily = [(text, max(text.rfind(",", 0, place), 0)) for text in texts for place in places(text, DAILY)]
        if force := _force(row, daily):
            message = f"「{FORCE}」写的是{row.force}，条文写的是{force}{DAILY}连续处罚；请照条文改"
            yield Finding(occurrence.record, f"{occurrence.pointer}/{FORCE}", message)
        for wanted in ranges(row.bounds):
            if row.bounds.daily or (not named and any(REFERS.search(basis.text) for basis in bases)):
                continue
            why = _wrong(wanted, row, bases, _siblings(occurrence))
            if why:
                field = MEASURED[wanted.unit] + (UPPER if wanted.low is None else LOWER)
                message = f"罚款写的{describe(wanted)}{why}；请照条文改"
                yield Finding(occurrence.record, f"{occurrence.pointer}/{FINE}/{field}", message)
                continue
            said = [(basis.text, one.start) for basis in bases for one in amounts(basis.text) if one.range == wanted]
            if force := _force(row, said):
                message = f"「{FORCE}」写的是{row.force}，条文写的是{force}处{describe(wanted)}；请照条文改"
                yield Finding(occurrence.record, f"{occurrence.pointer}/{FORCE}", message)


def _force(row: Sanction, places: Sequence[tuple[str, int]]) -> str:
    """Return how provisions impose what stands at some places, if it is not as a row says: 可以, 应当, 直至."""
    if row.force == _MUST and places and all(_LAST in re.split("[,;。]", text[:at])[-1] for text, at in places):
        return _LAST
    may = [_may(text, at) for text, at in places]
    if row.force == _MUST and may and all(may):
        return _MAY[0]
    return _MUST if row.force in _MAY and may and not any(one is not False for one in may) else ""


def _may(text: str, at: int) -> bool | None:
    """Tell whether what stands at a place may be imposed; None where 可以 stands in an earlier clause and may go on."""
    part = re.split("[;。:]", text[:at])[-1]
    clause = re.split(",", part)[-1]
    return True if _MAY[0] in clause else None if _MAY[0] in part else False


def _wrong(wanted: Range, row: Sanction, bases: Sequence[PlaceWording], siblings: Sequence[str]) -> str:
    """Return why a range is not what the provisions say for a row, or an empty string."""
    where = "、".join(dict.fromkeys(basis.place for basis in bases))
    hits = [(basis, amount) for basis in bases for amount in amounts(basis.text) if amount.range == wanted]
    if not hits:
        ranges = [one.range for basis in bases for one in amounts(basis.text)]
        have = dict.fromkeys(map(describe, [one for one in ranges if one.high is not None] or ranges))
        return f"，{where}写的是{'、'.join(have)}" if have else f"，{where}没有写罚款的数额"
    if not any(_addressed(amount, row, bases) for _, amount in hits):
        who = next((amount.who for _, amount in hits if amount.who), "")
        return f"，在{where}里是对「{who}」的" if who else f"，在{where}里不是对「{row.addressee}」的"
    if _unsaid(row, [basis.text for basis in bases]):
        return f"，{where}里没有「{row.circumstance}」"
    if not any(_follows(basis.text, amount.start, row, siblings) for basis, amount in hits):
        return f"，在{where}里不是「{row.circumstance}」的"
    return ""


def _addressed(amount: Amount, row: Sanction, bases: Sequence[PlaceWording]) -> bool:
    """Tell whether an amount can be for the addressee of a row: a person, not the unit, and the same person."""
    addressee = row.addressee
    mine = personal(addressee)
    if mine is None:
        return True
    if amount.personal is None and not mine:
        return not any(amount in amounts(basis.text) and on_persons(basis.text, amount.start) for basis in bases)
    if amount.personal is None:
        others = any(one.personal for basis in bases for one in amounts(basis.text))
        return not others or _subject(addressee, bases)
    if mine != amount.personal:
        return False
    words = [word for word in PERSONS if word in addressee]
    return not words or not any(word in amount.who for word in PERSONS) or any(word in amount.who for word in words)


def _subject(addressee: str, bases: Sequence[PlaceWording]) -> bool:
    """Tell whether the provisions speak of a person from their beginning: 主要负责人未履行……的，处……."""
    openings = [re.split("[,;。:]", basis.text, maxsplit=1)[0] for basis in bases]
    return any(word in addressee and word in opening for word in PERSONS for opening in openings)


def on_persons(text: str, at: int) -> bool:
    """Tell whether the sentence of a place speaks of persons from its beginning: 单位的主要负责人未履行……的，处……."""
    sentence = text[text.rfind("。", 0, at) + 1 : at]
    clauses = [clause for clause in re.split("[,:]", sentence.partition(";")[0]) if not clause.startswith(_AGAINST)]
    return bool(clauses) and bool(_PERSONS_ACT.match(clauses[0]))


def _follows(text: str, at: int, row: Sanction, siblings: Sequence[str]) -> bool:
    """Tell whether an amount or a kind stands behind its row's circumstance; without one, before all others."""
    circumstance = row.circumstance
    if circumstance == BASE:
        cuts = [place for other in siblings if (place := text.find(fold(other))) >= 0]
        return not cuts or at < min(cuts)
    place = text.find(fold(circumstance))
    return place < 0 or at > place


def _unsaid(row: Sanction, texts: Sequence[str]) -> bool:
    """Tell whether a row's circumstance has a condition that the provisions do not know."""
    return any(word in row.circumstance and not any(word in text for text in texts) for word in _CONDITIONS)


def _siblings(occurrence: Occurrence[object]) -> list[str]:
    """Return the circumstances that the other sanctions of a record have."""
    field = occurrence.pointer.split("/")[1]
    every = (row.circumstance for row in sanctions(occurrence.record.data.get(field)))
    return [circumstance for circumstance in every if circumstance not in {"", BASE}]


def kind_of_the_law(catalog: Catalog, at: str) -> Iterator[Finding]:
    """处罚种类须是所引条文里的，也是那种情形的：收录了全文的，逐一核对；所引的条随新版本改了、还没有核对的，只是待复核。"""
    yield from until_confirmed(catalog, at, _kinds(catalog, at))


def until_confirmed(catalog: Catalog, at: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings, as no more than reviews where a person still has to look at what a new version changed."""
    faults = list(findings)
    changed = {one.occurrence.record.path for one in renewals(catalog, at) if one.why == CHANGED} if faults else set()
    for fault in faults:
        yield replace(fault, level="review") if fault.record.path in changed else fault


def _kinds(catalog: Catalog, at: str) -> Iterator[Finding]:
    for occurrence, bases in worded(catalog, at):
        row, texts = occurrence.value, [basis.text.replace("其", "") for basis in bases]
        if elsewhere(texts):
            continue
        where = "、".join(dict.fromkeys(basis.place for basis in bases))
        if row.kinds and not row.bounds.bounds and _unsaid(row, texts):
            message = f"{where}里没有「{row.circumstance}」；请照条文改"
            yield Finding(occurrence.record, f"{occurrence.pointer}/{CIRCUMSTANCE}", message)
            continue
        ordered = [(text, place) for order in row.orders for text in texts for place in places(text, order)]
        if not row.kinds and (force := _force(row, ordered)):
            message = f"「{FORCE}」写的是{row.force}，条文写的是{force}{'、'.join(row.orders)}；请照条文改"
            yield Finding(occurrence.record, f"{occurrence.pointer}/{FORCE}", message)
        siblings = [circumstance.replace("其", "") for circumstance in _siblings(occurrence)]
        for index, kind in enumerate(row.kinds):
            found = [(text, place) for text in texts for place in places(text, kind)]
            if not any(_follows(text, at, row, siblings) or _beside(text, row) for text, at in found):
                there = f"里，却不是「{row.circumstance}」的" if found else "里"
                message = f"「{kind}」{'' if found else '不'}在{where}{there}；请照条文改，或者补上依据"
                yield Finding(occurrence.record, f"{occurrence.pointer}/{FIELD}/{index}", message)
            elif kind != FINE and (force := _force(row, found)):
                message = f"「{FORCE}」写的是{row.force}，条文写的是{force}{kind}；请照条文改"
                yield Finding(occurrence.record, f"{occurrence.pointer}/{FORCE}", message)


def places(text: str, kind: str) -> Iterator[int]:
    """Yield where a provision names a kind; 被吊销的 tells of one that was imposed."""
    wording = _SAID.get(kind) or re.escape(kind.removeprefix(ORDERS) if kind in KINDS else kind) + "(?!整顿)"
    found = re.finditer(f"(?<!被)(?<!被依法)(?<!被责令)(?:{wording})", text)
    yield from (match.start() for match in found)


def elsewhere(texts: Sequence[str]) -> bool:
    """Tell whether what provisions impose stands in another (依照……规定处罚), but for 前款 where that is given too."""
    referring = [match[0] for text in texts if (match := REFERS.search(text))]
    return bool(referring) and not (len(referring) < len(texts) and all(_ABOVE.match(words) for words in referring))


def _beside(text: str, row: Sanction) -> bool:
    """Tell whether a circumstance adds its fine to what stands before it: 吊销…，并处…；情节特别严重的，并处…."""
    return bool(re.search(f"{re.escape(fold(row.circumstance))},?并处", text))


def worded(catalog: Catalog, at: str) -> Iterator[tuple[Occurrence[Sanction], list[PlaceWording]]]:
    """Yield the sanctions all of whose bases have their wording in the register."""
    for occurrence in catalog.sanctions:
        bases = [*wordings(catalog, occurrence, at)]
        if bases and all(bases):
            yield occurrence, [basis for basis in bases if basis]


def wordings(catalog: Catalog, occurrence: Occurrence[Sanction], at: str) -> Iterator[PlaceWording | None]:
    """Yield the places of a sanction's bases with their wording; None for one whose wording is not known."""
    for citation in occurrence.value.bases:
        named = catalog.named(citation.law)
        text = (
            statute(catalog, named[0], meant(catalog, named[0], Occurrence(*occurrence[:3], citation), at))
            if len(named) == 1
            else None
        )
        steps = [*citation.steps] if text else []
        if not text or not steps:
            yield None
        for step in steps:
            words = text.words(step.article, step.paragraph, step.item) if text else ""
            yield PlaceWording(f"《{named[0].short}》{step}", fold(words)) if words else None


def describe(bounds: Range) -> str:
    """Return a range in words: 十万元以上二十万元以下."""
    return str(Fine.between(MEASURED[bounds.unit], Bounds(bounds.low, bounds.high)))


RULES = (fine_of_the_law, kind_of_the_law)
