"""Where a cited place stands on a day: in force, not yet, no longer, not there, moved, or not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.law.citation import parse_place
from quanze.law.places import Step
from quanze.law.reader.notes import FORMER

if TYPE_CHECKING:
    from collections.abc import Callable

    from quanze.law.instrument import Instrument, Move, Version

IN_FORCE, NOT_YET, REPEALED, ABSENT, MOVED = "有效", "尚未施行", "已废止", "不存在", "旧条号"
DISPLACED, NOT_KEPT, UNKNOWN = "被上位法取代", "未收录", "未核"
_PENAL = "罚则"
_GONE = "废止"
_BEGINS = frozenset(("施行", "实施"))


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a cited place; nothing is in force that was not looked up."""

    state: str
    version: str = ""
    """The version in which it was looked up."""
    now: str = ""
    """Where it stands now, or what took its place: a provision, or the ids of instruments."""


def version_named(instrument: Instrument, year: str, event: str) -> Version | None:
    """Return the only version that a year, or a day, and what happened then can mean."""
    parts: list[Callable[[Version], str]] = [_adopted, _name, _day]
    for part in (_day, *parts) if event in _BEGINS else parts:
        found = [one for one in instrument.versions if part(one).startswith(year)]
        if len(found) == 1:
            return found[0]
    return None


def standing(instrument: Instrument, place: Step | None, at: str, *, when: tuple[str, str], role: str) -> Standing:
    """Return where a place, or the whole instrument, stands on a day.

    `when` is the year and the event by which the text names a version; without them the version in force counts.
    """
    year, event = when
    named = version_named(instrument, year, event) if year else None
    if event == FORMER or (year and not named):
        return Standing(UNKNOWN)
    present = instrument.in_force(at)
    version = named or present
    if version is None:
        return _without(instrument, place, at)
    if version.in_force > at:
        return Standing(_looked_up(version, place) or NOT_YET, version.name)
    if instrument.repealed and at >= instrument.repealed:
        return Standing(_looked_up(version, place) or REPEALED, version.name, "、".join(instrument.successors))
    if present and version.in_force < present.in_force:
        return _older(instrument, version, place, at)
    moved = _misnumbered(instrument, version, place, role)
    if moved:
        return moved
    still = UNKNOWN if instrument.in_doubt(at) else IN_FORCE
    return Standing(_looked_up(version, place) or still, version.name)


def _without(instrument: Instrument, place: Step | None, at: str) -> Standing:
    """Tell of an instrument that has no version in force: it ended, or is still to come."""
    version = instrument.newest
    if instrument.repealed and at >= instrument.repealed:
        absent = _looked_up(version, place) if place else ""
        return Standing(ABSENT if absent == ABSENT else REPEALED, version.name, "、".join(instrument.successors))
    return Standing(_looked_up(version, place) or NOT_YET, version.name)


def _looked_up(version: Version, place: Step | None) -> str:
    """Return 不存在 or 未核 where a version's structure says so; nothing where the place is there."""
    if place is None:
        return ""
    outline = version.outline
    if outline:
        return ABSENT if outline.lacks(*place) else ""
    number, inserted = place.article
    if number > version.last_article:
        return ABSENT
    return UNKNOWN if inserted or place.paragraph or place.item or place.point else ""


def _older(instrument: Instrument, version: Version, place: Step | None, at: str) -> Standing:
    """Follow a place of an older version to today, as far as the maps go."""
    if place is None:
        return Standing(REPEALED, version.name)
    if _looked_up(version, place) == ABSENT:
        return Standing(ABSENT, version.name)
    later = sorted((one for one in instrument.versions if version.in_force < one.in_force <= at), key=_day)
    here = (place.article[0], place.paragraph, place.item)
    words = ""
    for one in later:
        move = None if place.article[1] else one.moved(here) or _whole(one, here)
        if move is None:
            return Standing(UNKNOWN, version.name)
        if _GONE in move.change or not move.new:
            return Standing(REPEALED, version.name)
        words, here = _landed(move, here)
    return Standing(MOVED if words else UNKNOWN, version.name, words)


def _adopted(version: Version) -> str:
    return version.promulgated


def _name(version: Version) -> str:
    return version.name


def _day(version: Version) -> str:
    return version.in_force


def _whole(version: Version, place: tuple[int, int, int]) -> Move | None:
    """Return the only row on a part of the article, or of the 款, that is asked for whole."""
    rows = [move for move in version.moves if move.old and move.old[0] == place[0]]
    asked = [
        move for move in rows if move.old and all(want in (0, have) for want, have in zip(place, move.old, strict=True))
    ]
    return asked[0] if len(asked) == 1 else None


def _landed(move: Move, place: tuple[int, int, int]) -> tuple[str, tuple[int, int, int]]:
    """Return the new place in words and as numbers, with the parts of the old where a whole article moved."""
    new = parse_place(move.new) or (0, 0, 0)
    if move.old and not any(move.old[1:]) and not any(new[1:]) and any(place[1:]):
        return str(Step((new[0], 0), place[1], place[2])), (new[0], place[1], place[2])
    return move.new, new


def _misnumbered(instrument: Instrument, version: Version, place: Step | None, role: str) -> Standing | None:
    """Tell of a number that only the version before can mean: beyond the last, or no penalty where it punishes."""
    if place is None or place.article[1] or not version.moves:
        return None
    number = place.article[0]
    older = [one for one in instrument.versions if one.in_force < version.in_force]
    before = older[-1] if older else None
    beyond = number > version.last_article
    penal = role == _PENAL and version.penalty_articles and number not in version.penalty_articles
    if not before or not (beyond or (penal and number in before.penalty_articles)):
        return None
    here = (number, place.paragraph, place.item)
    move = version.moved(here) or _whole(version, here)
    if move is None or not move.new:
        return None
    return Standing(MOVED, before.name, _landed(move, here)[0])
