"""Where a cited place stands on a day: in force, not yet, no longer, not there, moved, or not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.law.articlemap import landed, rows
from quanze.law.citation import OUTRANKED, PENALTY
from quanze.law.places import Step, coded, decoded, parse_place
from quanze.law.reader.notes import FORMER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quanze.law.instrument import Instrument
    from quanze.law.move import Move
    from quanze.law.places import Place
    from quanze.law.version import Version

IN_FORCE, NOT_YET, REPEALED, ABSENT, MOVED = "有效", "尚未施行", "已废止", "不存在", "旧条号"
DISPLACED, NOT_KEPT, UNKNOWN = OUTRANKED, "未收录", "未核"
GONE = "废止"
"""What a map says of a place that has none any more."""
_BEGINS = frozenset(("施行", "实施"))


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a cited place; nothing is in force that was not looked up."""

    state: str
    version: str = ""
    """The version in which it was looked up."""
    now: str = ""
    """Where it stands now, or what took its place: a provision, or the ids of instruments."""
    part: str = ""
    """Of which part alone that is so, 第一项、第三项; empty where of the whole."""


def version_named(instrument: Instrument, year: str, event: str) -> Version | None:
    """Return the only version that a year, or a day, and what happened then can mean."""
    parts: list[Callable[[Version], str]] = [_adopted, _name, _day]
    for part in (_day, *parts) if event in _BEGINS else parts:
        found = [version for version in instrument.versions if part(version).startswith(year)]
        if len(found) == 1:
            return found[0]
    told = [
        version for version in instrument.versions if event and version.name.startswith(year) and event in version.name
    ]
    return told[0] if len(told) == 1 else None


def standing(instrument: Instrument, place: Step | None, at: str, *, when: tuple[str, str], role: str) -> Standing:
    """Return where a place, or the whole instrument, stands on a day.

    `when` is the year and the event by which the text names a version; without them the version in force counts.
    """
    year, event = when
    named = version_named(instrument, year, event) if year else None
    over = instrument.ended(at)
    if event == FORMER and over:
        return Standing(REPEALED, now="、".join(instrument.successors))
    present = instrument.in_force(at)
    former = named and present and named.in_force < present.in_force
    if (event == FORMER and not former) or (year and not named):
        return Standing(UNKNOWN)
    version = named or present
    if version is None or not version.verified:
        return _without(instrument, named or instrument.newest, place, at)
    if version.in_force > at:
        return Standing(looked_up(version, place) or NOT_YET, version.name)
    if over:
        return _ended(instrument, version, place)
    if present and version.in_force < present.in_force:
        return _older(instrument, version, place, at)
    moved = _misnumbered(instrument, version, place, role)
    if moved:
        return moved
    still = UNKNOWN if instrument.in_doubt(at) else IN_FORCE
    return Standing(looked_up(version, place) or still, version.name)


def lacking(version: Version, place: Step) -> bool:
    """Tell whether it is known that a version does not have a place."""
    return looked_up(version, place) == ABSENT


def _without(instrument: Instrument, version: Version, place: Step | None, at: str) -> Standing:
    """Tell of an instrument that has no version in force: it ended, is still to come, or nobody has looked."""
    if instrument.ended(at):
        return _ended(instrument, version, place)
    still = NOT_YET if version.verified else UNKNOWN
    return Standing(looked_up(version, place) or still, version.name if version.verified else "")


def _ended(instrument: Instrument, version: Version, place: Step | None) -> Standing:
    """Tell of a repealed instrument: what took its place, but for a place that it never had."""
    if looked_up(version, place) == ABSENT:
        return Standing(ABSENT, version.name)
    return Standing(REPEALED, version.name if version.verified else "", "、".join(instrument.successors))


def looked_up(version: Version, place: Step | None) -> str:
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
    if looked_up(version, place) == ABSENT:
        return Standing(ABSENT, version.name)
    later = sorted((one for one in instrument.versions if version.in_force < one.in_force <= at), key=_day)
    here: Place | None = (coded(place.article), place.paragraph, place.item)
    words = ""
    for one in later:
        if here is None or not (moves := rows(one.moves, here)):
            return Standing(UNKNOWN, version.name)
        if all(GONE in move.change for move in moves):
            return Standing(REPEALED, version.name)
        words, here = _landed(moves, here)
    return Standing(MOVED if words else UNKNOWN, version.name, words)


def _adopted(version: Version) -> str:
    return version.promulgated


def _name(version: Version) -> str:
    return version.name


def _day(version: Version) -> str:
    return version.in_force


def _landed(moves: Sequence[Move], place: Place) -> tuple[str, Place | None]:
    """Return the new places in words, and as numbers where it is one, with the 款 and 项 that go along."""
    leading = {move.new: move for move in moves if move.new}
    if len(leading) != 1:
        return "、".join(leading), None
    [(words, move)] = leading.items()
    new = landed(move, place)
    if new == parse_place(words) or not new[0]:
        return words, parse_place(words)
    return str(Step(decoded(new[0]), *new[1:])), new


def _misnumbered(instrument: Instrument, version: Version, place: Step | None, role: str) -> Standing | None:
    """Tell of a number that only the version before can mean: beyond the last, or no penalty where it punishes."""
    if place is None or place.article[1] or not version.moves:
        return None
    number = place.article[0]
    before = instrument.before(version)
    beyond = number > version.last_article
    penal = role == PENALTY and version.penalty_articles and number not in version.penalty_articles
    if not before or not (beyond or (penal and number in before.penalty_articles)):
        return None
    here = (number, place.paragraph, place.item)
    words, _ = _landed(moves, here) if (moves := rows(version.moves, here)) else ("", None)
    return Standing(MOVED, before.name, words) if words else None
