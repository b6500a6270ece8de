"""Duties: the duty that an item names and the penalty for it speak of one thing, where the wording of both is kept."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.law.citation import DUTY, PENALTY, Citation
from quanze.law.fine import FINE
from quanze.law.places import ARTICLE, Step, expanded
from quanze.law.reader import read
from quanze.law.reader.lexicon import value
from quanze.law.role import role
from quanze.law.version import UNCOUNTED
from quanze.register.numbering import meant
from quanze.register.wording import statute

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.law.instrument import Instrument
    from quanze.law.places import Article
    from quanze.law.text import Statute
    from quanze.register.catalog import Catalog
    from quanze.register.occurrences import Occurrence

_APART, _FAINT, _OFFICES, _UNLIKE = 0.005, 0.02, 0.1, 0.15
_LIKE, _FAR, _TIMES = 0.15, 0.2, 5
"""A duty is doubted that has less in common with the act than _APART; than _FAINT where any article has _FAR; than
_OFFICES where it speaks to authorities alone, or gives a right; than _UNLIKE where another has _LIKE and so many
_TIMES as much.

Of 230 pairs that persons have read none is; of 1,380 with another article put in its place 88 in a hundred are.
"""
_AUTHORITIES = re.compile(
    "(?:国家(?!标准|规定)|国务院|县级以上|各级|地方|"
    "[一-鿿、（）]{0,24}(?:人民政府|主管部门|管理部门|监督部门|职责的部门)(?:和[一-鿿、]{0,20}部门)?(?:及其[一-鿿]{0,8}部门)?"
    "(?:应当|负责|根据|按照|依法|可以|不得|对|在|接到|组织|建立))"
)
"""How a provision begins that speaks to authorities."""
_RIGHTS = re.compile(
    "[^。；]{0,40}(?<!无)有权|(?:工会|新闻|事故调查|公安机关|人民法院|人民检察院|消防救援|[^，。；]{0,12}监督检查人员)"
)
"""How a provision begins that gives a right, or speaks to others than the one who is punished."""
_APPLIED = re.compile("^本(?:法|条例|办法|规定).*适用于")
_OWN = 0.7
"""How much more it counts that the act's words are found in the article than the other way round."""
_Grams = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Place:
    """A place that a record cites and whose wording is kept."""

    occurrence: Occurrence[Citation]
    instrument: Instrument
    text: Statute
    step: Step
    penal: frozenset[int]
    """The penalty articles of that version; those that fine, where nobody has said which punish."""

    def __str__(self) -> str:
        return f"《{self.instrument.short}》{self.step}"


def duty_of_the_law(catalog: Catalog, at: str) -> Iterator[Finding]:
    """作用是「义务」的依据，须与同一事项的罚则说的是一件事，收录了全文的才比较：罚则写明违反哪一条的，须是那一条；没有写明的，比较用词，另有一条像得多的，或者写的是机关的职责、别人的权利的，列为待复核；排在罚则之后的条也不是义务。"""
    by_record: dict[str, list[Occurrence[Citation]]] = {}
    for occurrences in catalog.citations.values():
        for occurrence in occurrences:
            if occurrence.pointer.count("/") == 2 and occurrence.value.role in {DUTY, PENALTY}:  # noqa: PLR2004 - /实施依据/0
                by_record.setdefault(occurrence.record.path, []).append(occurrence)
    words: dict[int, _Words] = {}
    for own in by_record.values():
        penal, duties = (list(_worded(catalog, own, one, at)) for one in (PENALTY, DUTY))
        for place in duties if penal else ():
            others = {duty.step.article for duty in duties if duty.text is place.text}
            if id(place.text) not in words:
                words[id(place.text)] = _Words.of(place.text)
            title, named = catalog.title(own[0].record), _named(catalog, place, penal)
            if named and not _late(place):
                broken = "、".join(dict.fromkeys(str(Step(one)) for one in named))
                why = "" if place.step.article in named else f"罚则写的是违反{broken}"
            else:
                why = _late(place) or _likelier(words[id(place.text)], place, penal, others, title)
            if why:
                message = f"义务引的{place}与这一事项的罚则说的不像一件事：{why}；请核对条的序号"
                yield Finding(place.occurrence.record, f"{place.occurrence.pointer}/{ARTICLE}", message, "review")


def _worded(catalog: Catalog, occurrences: Sequence[Occurrence[Citation]], use: str, at: str) -> Iterator[_Place]:
    """Yield the places of the citations in a role whose wording is kept."""
    for occurrence in occurrences:
        if occurrence.value.role == use:
            instrument = catalog.named(occurrence.value.law)[0]
            version = meant(catalog, instrument, occurrence, at)
            text = statute(catalog, instrument, version)
            for step in occurrence.value.steps if text else ():
                if text and text.words(*step[:3]):
                    yield _Place(occurrence, instrument, text, step, version.penalty_articles or _fining(text))


def _fining(text: Statute) -> frozenset[int]:
    return frozenset(article[0] for article in text.articles if FINE in text.words(article))


def _late(duty: _Place) -> str:
    """Tell that an article stands behind the first of those that punish one after the other: it is no duty."""
    last = max(duty.penal, default=0)
    close = (one for one in sorted(duty.penal) if 2 * sum(other >= one for other in duty.penal) > last - one)
    return "它排在罚则之后，不是义务" if duty.step.article[0] > next(close, UNCOUNTED) else ""


def _named(catalog: Catalog, duty: _Place, penal: Sequence[_Place]) -> list[Article]:
    """Return which articles the penalties say they punish (违反本法第八条); none where one of them does not say."""
    named = [_punished(catalog, place) if place.text is duty.text else [] for place in penal]
    return [article for found in named for article in found] if all(named) else []


def _punished(catalog: Catalog, penalty: _Place) -> list[Article]:
    """Return the articles of its own law that a penalty provision says are broken."""
    title = f"《{penalty.instrument.title}》："
    text = title + penalty.text.words(*penalty.step[:3])
    found: list[Article] = []
    for cited in read(text, catalog.titles).citations:
        ours = cited.instrument.keys == (penalty.instrument.id,)
        if ours and cited.depth >= 0 and role(text, *cited.where[0]) == DUTY:
            found += [one for run in cited.levels[0] for one in expanded(run)]
    return found


def _likelier(known: _Words, duty: _Place, penal: Sequence[_Place], cited: set[Article], title: str) -> str:
    """Return which article is far more like the act than the duty and any other cited, or that it is like nothing."""
    likeness: dict[Article, float] = defaultdict(float)
    said = {_own(place) for place in penal}
    for act in {title, *said, *(one + title for one in said)}:
        for article, like in known.likeness(_grams(act)):
            likeness[article] = max(likeness[article], like)
    words = duty.text.words(*duty.step[:3])
    own = max(likeness[one] for one in (duty.step.article, *_applied(words)))
    if own < _APART:
        return "几乎没有相同的用词"
    if own < _OFFICES and _AUTHORITIES.match(words):
        return "这一条写的是机关的职责，用词也不像"
    if own < _OFFICES and _RIGHTS.match(words):
        return "这一条写的是权利，或者是别人的职责，用词也不像"
    punish = {place.step.article[0] for place in penal} | duty.penal
    others = {one: like for one, like in likeness.items() if one not in cited and one[0] not in punish}
    best = max(others, key=lambda one: others[one], default=duty.step.article)
    beside = max(likeness[one] for one in cited)
    if own < _UNLIKE and likeness[best] >= _LIKE and likeness[best] > _TIMES * max(own, beside):
        return f"{Step(best)}像得多"
    if own < _FAINT and max(likeness[best], beside) >= _FAR:
        nearest = best if likeness[best] > beside else max(cited, key=lambda one: likeness[one])
        return f"几乎没有相同的用词，{Step(nearest)}像得多"
    return ""


def _applied(words: str) -> Iterator[Article]:
    """Yield the articles whose duties a provision gives to others: 本法第三十七条、第三十八条的规定，适用于…."""
    if _APPLIED.search(words):
        for number in re.findall("第([零〇一二三四五六七八九十百]+)条", words):
            yield value(number), 0


def _own(place: _Place) -> str:
    """Return the words of a place alone: of a 项, without what opens its 款."""
    text, step = place.text, place.step
    clauses = text.articles[step.article]
    number = step.paragraph or (text.outline.holder(step.article, step.item) if step.item else 0)
    if step.item and number:
        return clauses[number - 1].items[step.item - 1].words
    return text.words(step.article, step.paragraph, step.item)


def _grams(text: str) -> _Grams:
    plain = re.sub("[^\u4e00-\u9fff]", "", text)
    return frozenset(plain[n : n + 2] for n in range(len(plain) - 1))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a wording's 款; what many 款 have counts for little."""

    paragraphs: tuple[tuple[Article, float], ...]
    """The article of each 款, and how much all its words count."""
    holders: Mapping[str, tuple[int, ...]]
    """The 款 that have a word, by their numbers in `paragraphs`."""
    weights: Mapping[str, float]

    @classmethod
    def of(cls, text: Statute) -> _Words:
        articles = [(one, n) for one, clauses in text.articles.items() for n in range(1, len(clauses) + 1)]
        grams = [_grams(text.words(*article)) for article in articles]
        holders: dict[str, list[int]] = defaultdict(list)
        for number, found in enumerate(grams):
            for gram in found:
                holders[gram].append(number)
        weights = {gram: math.log(len(grams) / len(those)) ** 2 for gram, those in holders.items()}
        paragraphs = tuple((one, _weight(weights, found)) for (one, _), found in zip(articles, grams, strict=True))
        return cls(paragraphs, {gram: tuple(those) for gram, those in holders.items()}, weights)

    def likeness(self, act: _Grams) -> Iterator[tuple[Article, float]]:
        """Yield how like an act each 款 is that shares a word with it, 0 to 1, with its article."""
        mine = _weight(self.weights, act)
        common: dict[int, float] = defaultdict(float)
        for gram in act:
            for number in self.holders.get(gram, ()):
                common[number] += self.weights[gram]
        for number, shared in common.items():
            article, weight = self.paragraphs[number]
            if mine and weight:
                yield article, shared / (mine**_OWN * weight ** (1 - _OWN))


def _weight(weights: Mapping[str, float], grams: _Grams) -> float:
    return sum(weights.get(gram, 0) for gram in grams)


RULES = (duty_of_the_law,)
