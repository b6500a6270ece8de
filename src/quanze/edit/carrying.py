"""One citation from the numbers of an older version to those of a newer one, by the article maps between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quanze.law.articlemap import Fate, describe, landings, rows
from quanze.law.places import ARTICLE, UNITS, articles, coded, decoded, expanded, numbers

if TYPE_CHECKING:
    from quanze.base.model import Value
    from quanze.law.citation import Citation
    from quanze.law.instrument import Instrument
    from quanze.law.places import Place
    from quanze.law.version import Version


class ByHandError(Exception):
    """Why a citation cannot be carried over."""


class Adoption(NamedTuple):
    """What is adopted, when, and the versions whose maps lead there."""

    instrument: Instrument
    old: Version
    new: Version
    later: tuple[Version, ...]
    at: str


def carried(citation: Citation, plan: Adoption) -> dict[str, Value]:
    """Return the fields of a citation that change; a ByHandError where no single citation says the same."""
    have = citation.levels
    fates = [fate for place in citation.places for fate in _landed(place, plan)]
    gone = [fate for fate in fates if not fate.new[0]]
    if gone:
        raise ByHandError(str(gone[0]))
    news = {fate.new for fate in fates}
    parts = [sorted({place[level] for place in news}) for level in range(3)]
    if any(0 in part and len(part) > 1 for part in parts[1:]):
        raise ByHandError("它移到了几处，有的到条、有的到款")
    whole = {(a, p, i) for a in parts[0] for p in parts[1] for i in parts[2]}
    if whole != news:
        raise ByHandError(f"它移到了几处：{'、'.join(map(describe, sorted(news)))}")
    values: dict[str, Value] = {}
    for unit, part in zip(UNITS, parts, strict=False):
        old = have.get(unit)
        wanted = None if part == [0] else _named(old, part) if unit == ARTICLE else _numbers(old, part)
        if old != wanted:
            values[unit] = wanted
    return values


def adrift(place: Place, plan: Adoption) -> bool:
    """Tell whether an inserted article (第七条之一) is in no map, while the one before it (第七条) has moved."""
    number, inserted = decoded(place[0])
    if not inserted or landings(place, plan.later)[0].changes:
        return False
    return any(fate.moved for fate in landings((number, 0, 0), plan.later))


def _landed(place: Place, plan: Adoption) -> tuple[Fate, ...]:
    """Return where a place goes; a ByHandError where the map does not say it."""
    if adrift(place, plan):
        raise ByHandError(f"条文对照里没有{describe(place)}")
    first = next((version for version in plan.later if version.moves), plan.new)
    parts = {move.old[1] for move in rows(first.moves, place) if move.old and move.old[1] and not place[1]}
    if parts:
        outline = plan.old.outline
        every = range(1, len(outline.articles.get(decoded(place[0]), ())) + 1) if outline else ()
        if parts != {*every}:
            raise ByHandError(f"{describe(place)}只有一部分写在条文对照里")
    return landings(place, plan.later)


def _numbers(have: Value, part: list[int]) -> Value:
    """Return numbers as the citation had them: one alone, a run, a list."""
    if set(numbers(have)) == set(part):
        return have
    if len(part) == 1:
        return part[0]
    if isinstance(have, str) and "至" in have and part == [*range(part[0], part[-1] + 1)]:
        return f"{part[0]}至{part[-1]}"
    return [*part]


def _named(have: Value, part: list[int]) -> Value:
    """Return articles as the citation had them: 4, 4之1, 4之1至4之3, a list of such."""
    if set(map(coded, articles(have))) == set(part):
        return have
    found = sorted(map(decoded, part))
    if not any(inserted for _, inserted in (*found, *articles(have))):
        return _numbers(have, part)
    said: list[Value] = [f"{number}之{inserted}" if inserted else number for number, inserted in found]
    if len(said) > 1 and isinstance(have, str) and found == [*expanded((found[0], found[-1]))]:
        return f"{said[0]}至{said[-1]}"
    return said if len(said) > 1 else said[0]
