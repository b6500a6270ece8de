"""Deciders: who decides a penalty according to a record, against whom the provision names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.problem import Finding
from quanze.check.rules.provisions import REFERS, places
from quanze.check.rules.sanctions import bases
from quanze.form.words import spot
from quanze.law.amounts import fold
from quanze.law.citation import PENALTY
from quanze.law.fine import FINE
from quanze.law.places import Step
from quanze.law.sanction import DECIDER
from quanze.register.wording import statute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quanze.law.citation import Citation
    from quanze.law.instrument import Instrument
    from quanze.law.places import Place
    from quanze.law.sanction import Sanction
    from quanze.law.text import Statute
    from quanze.register.catalog import Catalog
    from quanze.register.occurrences import Occurrence

_ISSUER = "发证机关"
_ORGANS = {
    "公安机关": "公安机关|公安部门",
    "应急管理部门": "应急管理部门|安全生产监督管理部门|安全生产监管部门",
    "市场监督管理部门": "市场监督管理|工商行政管理|质量监督检验|质量技术监督",
    "住房和城乡建设部门": "住房和城乡建设|住房城乡建设|建设行政主管",
    "消防救援机构": "消防救援机构|公安机关消防机构",
    "交通运输部门": "交通运输主管|交通运输部门|交通主管",
    "港口部门": "港口行政管理",
    "海事机构": "海事管理机构|海事机构",
    "生态环境部门": "生态环境|环境保护",
    "卫生健康部门": "卫生健康|卫生主管|卫生行政",
    "水行政部门": "水行政",
    "林业部门": "林业主管|林业和草原|草原行政",
    "气象机构": "气象主管机构|气象机构",
    "地震工作部门": "地震工作",
    "自然资源部门": "自然资源主管|国土资源主管",
    "矿山安全监察机构": "煤矿安全监察|矿山安全监察",
    _ISSUER: "发证机关|颁发管理机关|发证部门",
}
"""Kind of authority → how texts of any year name it."""
_ARREST, _ORDER = "拘留", "治安管理"
_KINDS = (_ARREST, "关闭", FINE, "没收", "吊销", "资质", "停产", "停业", "警告")
_DECIDED = re.compile(
    r"([^。；，]{0,200}处罚)(?:的)?，(?:除([^。；]{0,200}?)外，)?(?:由|也可以由)([^。；]{0,200}?)(?:决定|实施|进行处罚)"
)
_IN_CHARGE = re.compile("负有[^，。；]{0,20}职责的[^，。；]{0,6}部门|有关(?:行政)?(?:主管)?部门")
_WHOLE = re.compile("本(?:法|条例|办法|规定)规定的[^。；]{0,24}处罚，")
_PUBLIC_ORDER = re.compile("构成(?:违反)?治安管理[^。；]*公安机关[^。；]*")
"""What a provision says of an act that is also one against public order: who decides that, not the fine before it."""


class Assignment(NamedTuple):
    """What an article says of who decides the penalties of the whole statute."""

    article: str
    """第一百一十五条."""
    kinds: frozenset[str]
    """Of which kinds of penalty; none where of all."""
    organs: frozenset[str]
    open: bool
    """Whether it goes on with other departments: 和其他有关部门."""
    others: str = ""
    """What a provision has to speak of for it: 除应当由公安机关依照治安管理处罚法决定的外."""


def decider(catalog: Catalog, at: str) -> Iterator[Finding]:
    """决定机关须是条文写的机关：条文写应急管理部门的，不能写公安机关；收录了全文的才比较。

    条文自己没有写、由另一条统一写明的（如「本法规定的行政处罚，由某部门决定」），照那一条。
    """
    for occurrence in catalog.sanctions:
        mine = _organs(occurrence.value.decider)
        cited = [*_cited(catalog, occurrence, at)] if mine else []
        theirs = set().union(*(_written(text, citation) for citation, _, text in cited))
        if mine & theirs:
            theirs = _of_kinds(occurrence.value.kinds, cited) or theirs
        if theirs and not mine & theirs and not any(mine & _throughout(text) for _, _, text in cited):
            where = "、".join(f"《{instrument.short}》{citation.place}" for citation, instrument, _ in cited)
            here = f"{spot(occurrence.pointer)}的「决定机关」却写「{occurrence.value.decider}」"
            message = f"{where}写的是{_told(theirs)}，{here}"
            yield Finding(occurrence.record, f"{occurrence.pointer}/{DECIDER}", f"{message}；请核对")


def _of_kinds(kinds: Iterable[str], cited: Iterable[tuple[Citation, Instrument, Statute]]) -> set[str]:
    """Return the kinds of authority that provisions name for some kinds of penalty: 由市场监督管理部门吊销营业执照.

    None where that is whoever gave a licence, who can be anybody, or where they name nobody so or refer to others.
    """
    found: set[str] = set()
    for citation, _, text in cited:
        words = _PUBLIC_ORDER.sub("", "".join(text.words(*step[:3]) for step in citation.steps))
        provision = fold(words)
        if REFERS.search(provision):
            return set()
        for place in (place for kind in kinds for place in places(provision, kind)):
            sentence = provision[provision.rfind("。", 0, place) + 1 : place]
            organs = _organs(re.split("[,;]", sentence.rpartition("由")[2])[0]) if "由" in sentence else frozenset()
            if not organs or _ISSUER in organs:
                return set()
            found |= organs
    return found


def decider_uncovered(catalog: Catalog, at: str) -> Iterator[Finding]:
    """条文没有写由谁决定的，看同一部法律里统一写明的那一条（如「本法规定的行政处罚，由某部门和其他有关部门决定；给予拘留的，由公安机关决定」）：

    决定机关不在其中，或者那一条只让它决定别的处罚的，列为待复核；条文只说「负有监督管理职责的部门」「有关部门」，而整部法律
    没有提到所写的机关的，也是。收录了全文的才比较。
    """
    for occurrence in catalog.sanctions:
        mine = _organs(occurrence.value.decider)
        cited = [*_cited(catalog, occurrence, at)] if mine else []
        outside = [one for one in cited if _outside(mine, occurrence.value, one)]
        if outside and len(outside) == len(cited):
            _, instrument, text = outside[0]
            number = _assignments(text)[0].article
            message = (
                f"{spot(occurrence.pointer)}的「决定机关」写「{occurrence.value.decider}」，条文没有写由谁决定，"
                f"而《{instrument.short}》{number}统一写明的不包括由它决定这样的处罚；请核对"
            )
            yield Finding(occurrence.record, f"{occurrence.pointer}/{DECIDER}", message, "review")
        elif cited and all(_unnamed(mine, one) for one in cited):
            titles = "、".join(dict.fromkeys(f"《{instrument.short}》" for _, instrument, _ in cited))
            message = f"「决定机关」写「{occurrence.value.decider}」，{titles}里没有提到{_told(mine)}；请核对"
            yield Finding(occurrence.record, f"{occurrence.pointer}/{DECIDER}", message, "review")


def _unnamed(mine: frozenset[str], cited: tuple[Citation, Instrument, Statute]) -> bool:
    """Tell whether a provision leaves it to departments in charge, and its statute nowhere names one of some kinds."""
    citation, _, text = cited
    words = "".join(text.words(step.article, step.paragraph, step.item) for step in citation.steps)
    left = _IN_CHARGE.search(words) or any(one.open for one in _assignments(text))
    return bool(left) and not mine & _anywhere(text)


@lru_cache(maxsize=64)
def _anywhere(text: Statute) -> frozenset[str]:
    """Return the kinds of authority that a whole statute names, but for acts against public order."""
    return _organs(_PUBLIC_ORDER.sub("", "".join(map(text.words, text.articles))))


def _outside(mine: frozenset[str], sanction: Sanction, cited: tuple[Citation, Instrument, Statute]) -> bool:
    """Tell whether a statute says who decides its penalties, and that none of some authorities decides such a one."""
    citation, _, text = cited
    words = "".join(text.words(step.article, step.paragraph, step.item) for step in citation.steps)
    if _organs(_PUBLIC_ORDER.sub("", words)):
        return False
    assigned = _assignments(text)
    kinds = {word for kind in sanction.kinds for word in _KINDS if word in kind}
    covered = [one for one in assigned if not one.kinds or one.kinds & kinds or (one.others and one.others in words)]
    named = frozenset().union(*(one.organs for one in assigned))
    if not any(one.organs for one in covered) or any(mine & one.organs for one in covered):
        return False
    return mine <= named or mine <= _organs(words) or not any(one.open for one in covered)


@lru_cache(maxsize=64)
def _assignments(text: Statute) -> tuple[Assignment, ...]:
    """Return what a statute says of who decides its penalties, wherever it says so for the whole."""
    found: list[Assignment] = []
    for number, clauses in text.articles.items():
        if not any(_WHOLE.search(clause.words) for clause in clauses):
            continue
        for what, but, who in _DECIDED.findall("".join(clause.words for clause in clauses)):
            article, kinds = str(Step(number)), frozenset(kind for kind in _KINDS if kind in what)
            found.append(Assignment(article, kinds, _organs(who), "其他" in who))
            if but:
                found.append(Assignment(article, frozenset({_ARREST}), _organs(but), open=False, others=_ORDER))
    return tuple(found)


def _cited(
    catalog: Catalog, occurrence: Occurrence[Sanction], at: str
) -> Iterator[tuple[Citation, Instrument, Statute]]:
    """Yield the bases of a sanction whose wording is kept: (citation, instrument, wording)."""
    for _, citation, instrument in bases(catalog, occurrence):
        version = instrument.version(citation.version) or instrument.in_force(at) or instrument.newest
        text = statute(catalog, instrument, version)
        if text:
            yield citation, instrument, text


def decider_differs(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """同一条款的罚款，一处写由公安机关决定，另一处写由应急管理部门决定的，至少有一处不对；列为待复核。"""
    first: dict[tuple[str, Place], tuple[Occurrence[Sanction], frozenset[str]]] = {}
    for occurrence in catalog.sanctions:
        mine = _organs(occurrence.value.decider)
        for key in _fined(catalog, occurrence) if mine else ():
            other, theirs = first.setdefault(key, (occurrence, mine))
            if not mine & theirs:
                said = f"{other.record.id} 的{spot(other.pointer)}同依这一条款，写的是{_told(theirs)}"
                message = f"「决定机关」写的「{occurrence.value.decider}」与别处不同：{said}；请核对"
                yield Finding(occurrence.record, f"{occurrence.pointer}/{DECIDER}", message, "review")
                break


def _fined(catalog: Catalog, occurrence: Occurrence[Sanction]) -> Iterator[tuple[str, Place]]:
    """Yield the provisions on which a fine rests."""
    for _, citation, instrument in bases(catalog, occurrence) if occurrence.value.fined else ():
        if citation.role == PENALTY:
            yield from ((f"{instrument.id} {citation.version}", place) for place in citation.places)


@lru_cache(maxsize=1 << 10)
def _organs(text: str) -> frozenset[str]:
    """Return the kinds of authority that a text names."""
    return frozenset(kind for kind, names in _ORGANS.items() if re.search(names, text))


def _written(text: Statute, citation: Citation) -> frozenset[str]:
    """Return the kinds of authority that the provisions cited name."""
    return _organs("".join(text.words(step.article, step.paragraph, step.item) for step in citation.steps))


@lru_cache(maxsize=64)
def _throughout(text: Statute) -> frozenset[str]:
    """Return the kinds of authority that an article says decide the penalties of the whole."""
    words = [clause.words for clauses in text.articles.values() for clause in clauses]
    told = (re.findall("规定的[^。；]{0,200}处罚[^。；]{0,200}由([^。；]{0,200})", one) for one in words)
    return _organs("；".join(part for parts in told for part in parts))


def _told(organs: Iterable[str]) -> str:
    return "、".join(kind for kind in _ORGANS if kind in organs)


RULES = (decider, decider_uncovered, decider_differs)
