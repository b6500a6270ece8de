"""What of a register has to be looked at again because its laws changed.

Until a newer version's numbers are spoken (条号版本), all that cites what the version moved or changed is behind it.
Once they are, what changed in more than its number is to be confirmed: by a check of the record on or after the day of
adoption. A citation that names a version stays with it, and is told once that version is no longer in force.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from quanze.law.articlemap import Fate, follow, origins
from quanze.law.citation import SUPERSEDED
from quanze.register.numbering import checked, day, meant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.law.citation import Citation
    from quanze.law.instrument import Instrument
    from quanze.law.version import Version
    from quanze.register.catalog import Catalog
    from quanze.register.occurrences import Occurrence

NAMED, BEHIND, CHANGED = "named", "behind", "changed"
"""Why a citation is to be looked at: it names a version that is past; its numbers are of one; its article changed."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """A citation that a newer version of its law has overtaken."""

    occurrence: Occurrence[Citation]
    instrument: Instrument
    why: str
    since: str
    """The version that it names or speaks, or the day of the record's last check."""
    current: Version
    fates: tuple[Fate, ...]

    @property
    def outcome(self) -> str:
        """What became of the cited places, in words; empty where no map says."""
        return "，".join(map(str, self.fates))


@lru_cache(maxsize=2)
def renewals(catalog: Catalog, at: str) -> tuple[Renewal, ...]:
    """Return the citations that newer versions of their laws have overtaken on a day."""
    return tuple(_renewals(catalog, at))


def _renewals(catalog: Catalog, at: str) -> Iterator[Renewal]:
    for id_, occurrences in catalog.citations.items():
        instrument = catalog.instruments[id_]
        if len(instrument.versions) == 1:
            continue
        for occurrence in occurrences:
            current = instrument.in_force(day(catalog, occurrence, at))
            if current and occurrence.value.state != SUPERSEDED:
                renewal = _renewal(catalog, instrument, occurrence, current, at)
                if renewal:
                    yield renewal


def _renewal(
    catalog: Catalog, instrument: Instrument, occurrence: Occurrence[Citation], current: Version, at: str
) -> Renewal | None:
    version, name = meant(catalog, instrument, occurrence, at), occurrence.value.version
    last = checked(catalog, occurrence, at)
    later = [one for one in instrument.versions if version.in_force < one.in_force <= current.in_force]
    later.sort(key=lambda one: one.in_force)
    if later:
        mapped = all(one.moves for one in later)
        fates = tuple(fate for place in occurrence.value.places for fate in follow(place, later))
        if instrument.version(name):
            return Renewal(occurrence, instrument, NAMED, name, current, fates)
        declared = instrument.named_numbers is not None
        if fates or (occurrence.value.article is not None and not mapped):
            return Renewal(occurrence, instrument, BEHIND, version.name if declared else last, current, fates)
    elif version is not current:
        return None
    return None if name or not last else _changed(instrument, occurrence, version, last)


def _changed(instrument: Instrument, occurrence: Occurrence[Citation], version: Version, last: str) -> Renewal | None:
    """Return what changed in the cited places with the adoption of versions after a record's last check."""
    adopted = [one for one in instrument.versions[1:] if one.in_force <= version.in_force and last < one.adopted]
    if not adopted or occurrence.value.article is None:
        return None
    reached = occurrence.value.places
    fates: list[Fate] = []
    changing: list[Version] = []
    for one in reversed(adopted):
        led = [fate for place in reached for fate in origins(place, one)]
        found = [fate for fate in led if fate.renewed]
        # A number that only the old version had where the map has it, or that nobody may have carried over.
        if not led or not one.renumbered:
            found += [fate for place in reached for fate in follow(place, (one,)) if fate.moved]
        if found or not one.moves:
            changing.append(one)
        fates += found
        reached = tuple(dict.fromkeys((*(fate.old for fate in led), *reached)))
    if changing:
        return Renewal(occurrence, instrument, CHANGED, last, changing[0], tuple(dict.fromkeys(fates)))
    return None


def behind(catalog: Catalog, instrument: Instrument, at: str) -> Version | None:
    """Return the version in force on a day whose numbers are not yet spoken; None where they are."""
    current, spoken = instrument.in_force(at), instrument.named_numbers
    if spoken:
        return current if current and current.in_force > spoken.in_force else None
    found = (
        renewal.current
        for renewal in renewals(catalog, at)
        if renewal.instrument is instrument and renewal.why == BEHIND
    )
    return next(found, None)
