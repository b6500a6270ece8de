"""Whose an article is that stands alone: of the law named last, or of another one that alone has such an article."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

from quanze.law.standing import ABSENT, IN_FORCE, standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.law.instrument import Instrument
    from quanze.law.reader import Cited

_LAWS = 20
"""Of a text that names more laws nobody says which one an article alone is of."""


def reassigned(found: Sequence[Cited], instruments: Mapping[str, Instrument], at: str) -> tuple[Cited, ...]:
    """Return the citations of a text, those that stand alone given to the one law of the text that has their places.

    So they stay where the law named last has them, where no other law named has, and where several have.
    """
    if not any(one.alone for one in found):
        return tuple(found)
    named = {one.instrument.same: one.instrument for one in found if not one.quoted and one.instrument.kind}
    result: list[Cited] = []
    for one in found:
        laws = [one.instrument]
        if one.alone and not one.quoted and len(named) <= _LAWS and set(_states(one, instruments, at)) == {ABSENT}:
            others = (law for key, law in named.items() if key != one.instrument.same)
            moved = (one._replace(instrument=law._replace(year="", event="")) for law in others)
            laws = [there.instrument for there in moved if set(_states(there, instruments, at)) == {IN_FORCE}]
        result.append(one._replace(instrument=laws[0]) if len(laws) == 1 else one)
    placed = {one.instrument.same for one in result if one.depth >= 0}
    stays = (one.depth >= 0 or one.annex or one.quoted or one.instrument.same not in placed for one in result)
    return tuple(compress(result, stays))


def _states(cited: Cited, instruments: Mapping[str, Instrument], at: str) -> Iterator[str]:
    """Yield where the places of a citation stand; nothing where the register keeps no such law."""
    law, keys = cited.instrument, cited.instrument.keys
    if len(keys) == 1 and keys[0] in instruments:
        for place, _, _ in cited.places():
            yield standing(instruments[keys[0]], place, at, when=(law.year, law.event), role="").state
