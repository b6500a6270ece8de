"""Whose an article is that stands alone: of the law named last, or of another one that alone has such an article."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

from quanze.law.places import Step
from quanze.law.reader.cited import ANY
from quanze.law.reader.lexicon import DATA
from quanze.law.standing import ABSENT, looked_up

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quanze.law.instrument import Instrument
    from quanze.law.reader import Cited
    from quanze.law.version import Version

_LAWS = 8
"""Of a text that names more laws nobody says which one an article alone is of."""


def reassigned(found: Sequence[Cited], instruments: Mapping[str, Instrument], at: str) -> tuple[Cited, ...]:
    """Return the citations of a text, those that stand alone given to the one law of the text that has their articles.

    So they stay where the law named last has them on the day `at` (or is named in a version), where no other law named
    has, and where several have. 该法 is of another law only. A law that the register lacks has the articles that the
    text says are its own.
    """
    named = {one.instrument.same: one.instrument for one in found if one.instrument.kind}
    if len(named) > _LAWS or not any(one.alone for one in found):
        return tuple(found)
    sole = {same: instruments[law.keys[0]] for same, law in named.items() if len(law.keys) == 1}
    present = {same: version for same, law in sole.items() if (version := law.in_force(at))}
    told: dict[tuple[str, ...], set[tuple[int, int]]] = {same: set() for same in named}
    for one in found:
        if not one.alone and one.instrument.kind:
            told[one.instrument.same] |= _articles(one)
    result: list[Cited] = []
    for one in found:
        law = one.instrument
        lost = one.alone and not (law.year or law.event) and law.same in sole
        laws = []
        if lost and _lacks(one, present.get(law.same) or sole[law.same].newest):
            kinds = [] if one.alone == ANY else DATA["groups"][one.alone]
            others = [same for same, other in named.items() if not kinds or other.kind in kinds]
            laws = [same for same in others if same != law.same and _articles(one) <= told[same]]
            if len(laws) != 1:
                laws = [same for same in others if (version := present.get(same)) and not _lacks(one, version)]
        result.append(one if len(laws) != 1 else one._replace(instrument=named[laws[0]]._replace(year="", event="")))
    placed = {one.instrument.same for one in result if one.depth >= 0}
    stays = (one.depth >= 0 or one.annex or one.quoted or one.instrument.same not in placed for one in result)
    return tuple(compress(result, stays))


def _articles(cited: Cited) -> set[tuple[int, int]]:
    return {place.article for place, _, _ in cited.places() if place}


def _lacks(cited: Cited, version: Version) -> bool:
    return any(looked_up(version, Step(number)) == ABSENT for number in _articles(cited))
