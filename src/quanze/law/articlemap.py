"""Article maps followed: where a place of one version stands in a later one, and what became of it on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quanze.law.move import RENUMBERED, REWORDED, UNVERIFIED
from quanze.law.places import Step, decoded, parse_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.law.instrument import Instrument
    from quanze.law.move import Move
    from quanze.law.places import Place
    from quanze.law.version import Version

_NOWHERE: Place = (0, 0, 0)


class Fate(NamedTuple):
    """What maps say of a place."""

    old: Place
    new: Place
    """(0, 0, 0) where it is gone."""
    changes: tuple[str, ...]
    words: str
    """The new place as the last map writes it, which may be less exact; empty where it is gone."""

    @property
    def moved(self) -> bool:
        """Whether the place now stands elsewhere or is gone."""
        return not same(self.old, self.new)

    @property
    def renewed(self) -> bool:
        """Whether more changed than the number."""
        return self.changes != (RENUMBERED,)

    def __str__(self) -> str:
        """Tell it in words: 第八十九条第一款现为第九十二条第二款（改文字、改幅度）."""
        exact = (
            self.words if REWORDED in self.changes else describe(self.new)
        )  # 款 and 项 may have changed with the words
        gone = "去向不明" if UNVERIFIED in self.changes else "已删去"
        became = gone if not self.new[0] else f"现为{exact}" if self.moved else "有改动"
        return f"{describe(self.old)}{became}（{'、'.join(self.changes)}）"


def describe(place: Place) -> str:
    """Return a place as a statute writes it."""
    return str(Step(decoded(place[0]), *place[1:]))


def follow(place: Place, later: Sequence[Version]) -> Iterator[Fate]:
    """Yield what the maps of versions, one after the other, say of a place; nothing where it stays as it is."""
    return (one for one in landings(place, later) if one.changes and (one.renewed or one.moved))


def landings(place: Place, later: Sequence[Version]) -> tuple[Fate, ...]:
    """Return every place to which the maps of versions lead from a place; the place itself where they are silent."""
    reached = [Fate(place, place, (), "")]
    for version in later:
        reached = [
            Fate(place, landed(move, one.new), tuple(dict.fromkeys((*one.changes, *move.change))), move.new)
            if move
            else one
            for one in reached
            for move in (rows(version.moves, one.new) if one.new[0] else ()) or (None,)
        ]
    return tuple(dict.fromkeys(reached))


def fates(instrument: Instrument, place: Place) -> tuple[str, ...]:
    """Return where the newest map says that a place of the version before now stands."""
    moves = next((version.moves for version in reversed(instrument.versions) if version.moves), ())
    return tuple(dict.fromkeys(move.new for move in rows(moves, place) if move.new))


def origins(place: Place, version: Version) -> Iterator[Fate]:
    """Yield the rows of a version's map that lead to a place: the most exact that cover it, else those on its parts."""
    leading = [(new, move) for move in version.moves if move.old and (new := parse_place(move.new))]
    covering = [(new, move) for new, move in leading if covers(new, place)]
    exact = max((_depth(new) for new, _ in covering), default=0)
    for new, move in covering or [(new, move) for new, move in leading if covers(place, new)]:
        if move.old and _depth(new) >= exact:
            yield Fate(move.old, new, move.change, move.new)


def rows(moves: Sequence[Move], place: Place) -> tuple[Move, ...]:
    """Return the rows on a place: the most exact that cover it, else those on its parts."""
    covering = [move for move in moves if move.old and covers(move.old, place)]
    exact = max((_depth(move.old) for move in covering if move.old), default=0)
    within = covering or [move for move in moves if move.old and covers(place, move.old)]
    return tuple(sorted((m for m in within if m.old and _depth(m.old) >= exact), key=lambda m: m.old or place))


def covers(outer: Place, inner: Place) -> bool:
    """Tell whether a place is another, or has it as a part."""
    return all(want in (0, have) for want, have in zip(_full(outer), _full(inner), strict=True))


def same(one: Place, other: Place) -> bool:
    """Tell whether of two places one has the other as a part, or is it."""
    return bool(one[0] and other[0]) and (covers(one, other) or covers(other, one))


def landed(move: Move, place: Place) -> Place:
    """Return where a row leads from a place, with the 款 and 项 that the row does not speak of."""
    new = parse_place(move.new) or _NOWHERE
    if not new[0] or move.old is None:
        return new
    if _depth(move.old) == 1 and _depth(new) == 1:
        return new[0], place[1], place[2]
    if move.old[1] and not move.old[2] and not new[2]:
        return new[0], new[1], place[2]
    return new


def _full(place: Place) -> Place:
    """Return a place with the first 款 named where a 项 stands without one."""
    return (place[0], 1, place[2]) if place[2] and not place[1] else place


def _depth(place: Place) -> int:
    return sum(map(bool, place))
