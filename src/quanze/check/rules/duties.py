"""Duties: the duty that an item names and the penalty for it speak of one thing, where the wording of both is kept."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.law.citation import DUTY, PENALTY
from quanze.law.places import ARTICLE
from quanze.register.numbering import meant
from quanze.register.wording import statute

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.law.citation import Citation
    from quanze.law.places import Step
    from quanze.law.text import Statute
    from quanze.register.catalog import Catalog, Occurrence

_APART = 0.0175
"""So little a duty and its penalty have in common in none of 228 pairs that persons have read: the least is .018."""


def duty_of_the_law(catalog: Catalog, at: str) -> Iterator[Finding]:
    """作用是「义务」的依据，须与同一事项的罚则说的是一件事：收录了全文的，比较两处条文的用词，几乎没有相同的列为待复核。"""
    by_record: dict[str, list[Occurrence[Citation]]] = {}
    for occurrences in catalog.citations.values():
        for occurrence in occurrences:
            if occurrence.pointer.count("/") == 2 and occurrence.value.role in {DUTY, PENALTY}:  # noqa: PLR2004 - /实施依据/0
                by_record.setdefault(occurrence.record.path, []).append(occurrence)
    for own in by_record.values():
        penal = [(occurrence, text, step) for occurrence, text, step in _worded(catalog, own, PENALTY, at)]
        duties = [(occurrence, text, step) for occurrence, text, step in _worded(catalog, own, DUTY, at)]
        title = catalog.title(own[0].record)
        acts = [_grams(_own(text, step) + title) for _, text, step in penal]
        for occurrence, text, step in duties if acts else ():
            duty = _grams(text.words(step.article, step.paragraph, step.item))
            if max(_common(text, act, duty) for act in acts) < _APART:
                message = f"义务引的{_place(catalog, occurrence, step)}与这一事项的罚则说的不像一件事；请核对条的序号"
                yield Finding(occurrence.record, f"{occurrence.pointer}/{ARTICLE}", message, "review")


def _worded(
    catalog: Catalog, occurrences: Sequence[Occurrence[Citation]], role: str, at: str
) -> Iterator[tuple[Occurrence[Citation], Statute, Step]]:
    """Yield the places of the citations in a role whose wording is kept."""
    for occurrence in occurrences:
        if occurrence.value.role == role:
            instrument = catalog.named(occurrence.value.law)[0]
            text = statute(catalog, instrument, meant(catalog, instrument, occurrence, at))
            if text:
                yield from ((occurrence, text, step) for step in occurrence.value.steps if text.words(*step[:3]))


def _own(text: Statute, step: Step) -> str:
    """Return the words of a place alone: of a 项, without what opens its 款."""
    clauses = text.articles[step.article]
    number = step.paragraph or (text.outline.holder(step.article, step.item) if step.item else 0)
    if step.item and number:
        return clauses[number - 1].items[step.item - 1].words
    return text.words(step.article, step.paragraph, step.item)


def _grams(text: str) -> frozenset[str]:
    plain = re.sub("[^\u4e00-\u9fff]", "", text)
    return frozenset(plain[n : n + 2] for n in range(len(plain) - 1))


@lru_cache(maxsize=128)
def _spread(text: tuple[str, ...]) -> Counter[str]:
    return Counter(gram for article in text for gram in _grams(article))


def _common(text: Statute, one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much two wordings share, 0 to 1: words that many articles of the law have count for little."""
    every = tuple(text.words(article) for article in text.articles)
    spread = _spread(every)

    def weight(grams: frozenset[str]) -> float:
        return sum(math.log(len(every) / spread[gram]) for gram in grams if spread[gram])

    least = min(weight(one), weight(other))
    return weight(one & other) / least if least else 1


def _place(catalog: Catalog, occurrence: Occurrence[Citation], step: Step) -> str:
    return f"《{catalog.named(occurrence.value.law)[0].short}》{step}"


RULES = (duty_of_the_law,)
