"""What became of a cited provision: read from the article maps of the versions that came after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.law.citation import parse_place, places
from quanze.law.numerals import numeral
from quanze.register.life import days, lives

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.law.instrument import Instrument, Move, Place, Version
    from quanze.register.catalog import Catalog, Occurrence

SUPERSEDED = "被新法取代"
DISPLACED = frozenset({"被上位法取代", SUPERSEDED})
"""What a citation says of a provision that is no longer applied."""
ONLY_RENUMBERED = ("仅改号",)


@dataclass(frozen=True, slots=True)
class Outdated:
    """A citation written under an older version, and what the maps say of its places."""

    occurrence: Occurrence
    instrument: Instrument
    since: str
    """The version that it names, or the day on which the record was last checked."""
    current: Version
    fates: tuple[tuple[Place, str, tuple[str, ...]], ...]
    """(cited place, new place as the map writes it or empty, what changed)."""

    @property
    def moved(self) -> bool:
        """Whether a cited place now stands elsewhere or is gone."""
        return any(not new or not _same(old, parse_place(new)) for old, new, _ in self.fates)

    def __str__(self) -> str:
        """Tell the fates in words: 第八十九条第一款现为第九十二条第二款（改文字、改幅度）."""
        return "，".join(f"{describe(old)}{_became(old, new)}（{'、'.join(how)}）" for old, new, how in self.fates)


def _became(old: Place, new: str) -> str:
    if not new:
        return "已删去"
    return "有改动" if _same(old, parse_place(new)) else f"现为{new}"


def describe(place: Place) -> str:
    """Return a place as a statute writes it."""
    return "".join(f"第{numeral(n)}{unit}" for n, unit in zip(place, "条款项", strict=True) if n)


def outdated(catalog: Catalog, at: str) -> Iterator[Outdated]:
    """Yield the citations of superseded versions, and those last checked before a version that changed their place.

    A citation without 版本 means the current version. Its number alone cannot tell which version its author
    read, since old numbers live on as other articles; the day of the last check can.
    """
    known, odd = lives(catalog), days(catalog, at)
    checks = {record.path: known[record.collection].checked(record.data) for record in catalog}
    for id_, occurrences in catalog.citations.items():
        instrument = catalog.instruments[id_]
        newest = max(version.in_force for version in instrument.versions)
        for occurrence in occurrences:
            checked, citation = checks[occurrence.record.path], occurrence.value
            if ((not checked or checked >= newest) and "版本" not in citation) or citation.get("效力") == SUPERSEDED:
                continue
            named = citation.get("版本", "")
            day = odd.get(occurrence.record.path, at)
            written = instrument.version(named)
            start = written.in_force if written else "" if named else checked
            later = sorted((v for v in instrument.versions if start < v.in_force <= day), key=lambda v: v.in_force)
            if start and later:
                fates = tuple(fate for place in places(citation) for fate in _fates(place, later))
                if named or fates:
                    yield Outdated(occurrence, instrument, named or checked, later[-1], fates)


def fates(instrument: Instrument, place: Place) -> tuple[str, ...]:
    """Return where the newest map says that a place of the version before now stands."""
    moves = next((version.moves for version in reversed(instrument.versions) if version.moves), ())
    return tuple(dict.fromkeys(move.new for move in _rows(moves, place) if move.new))


def _fates(place: Place, later: Sequence[Version]) -> Iterator[tuple[Place, str, tuple[str, ...]]]:
    """Follow a place through the maps of one version after the other."""
    now: list[tuple[Place, str, tuple[str, ...]]] = [(place, "", ())]
    for version in later:
        reached: list[tuple[Place, str, tuple[str, ...]]] = []
        for here, words, changes in now:
            rows = _rows(version.moves, here) if here[0] else ()
            reached += (
                (_landed(move, here), move.new, tuple(dict.fromkeys((*changes, *move.change)))) for move in rows
            )
            if not rows:
                reached.append((here, words, changes))
        now = reached
    for here, words, changes in now:
        if changes and not (changes == ONLY_RENUMBERED and _same(place, here)):
            yield place, words, changes


def _rows(moves: Sequence[Move], place: Place) -> tuple[Move, ...]:
    """Return the rows on a place: the most exact that cover it, else those on its parts."""
    covering = [move for move in moves if move.old and _covers(move.old, place)]
    exact = max((_depth(move.old) for move in covering if move.old), default=0)
    within = covering or [move for move in moves if move.old and _covers(place, move.old)]
    return tuple(sorted((m for m in within if m.old and _depth(m.old) >= exact), key=lambda m: m.old or place))


def _landed(move: Move, place: Place) -> Place:
    """Return the new place, with the 款 and 项 of the old where a whole article moved."""
    new = parse_place(move.new) or (0, 0, 0)
    whole = move.old is not None and _depth(move.old) == 1 and new[0] and _depth(new) == 1
    return (new[0], place[1], place[2]) if whole else new


def _covers(outer: Place, inner: Place) -> bool:
    return all(want in (0, have) for want, have in zip(_full(outer), _full(inner), strict=True))


def _same(one: Place, other: Place | None) -> bool:
    return other is not None and (_covers(one, other) or _covers(other, one))


def _full(place: Place) -> Place:
    """Return a place with the first 款 named where a 项 stands without one."""
    return (place[0], 1, place[2]) if place[2] and not place[1] else place


def _depth(place: Place) -> int:
    return sum(map(bool, place))
