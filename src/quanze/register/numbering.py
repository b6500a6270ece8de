"""Whose numbers a citation speaks: those of the version that it names, else of the instrument's 条号版本.

A newer version changes nothing by itself: its numbers are spoken when the instrument's file says so. Where a file with
several versions does not say, a record is taken to speak the numbers of the version in force when it was last checked:
who checked it then read that one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from quanze.register.life import days, lives

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.law.citation import Citation
    from quanze.law.instrument import Instrument
    from quanze.law.version import Version
    from quanze.register.catalog import Catalog
    from quanze.register.occurrences import Occurrence


class _Days(NamedTuple):
    """By path: the day on which a record's law is looked at, where it is another, and that of its last check."""

    odd: Mapping[str, str]
    checked: Mapping[str, str]


@lru_cache(maxsize=2)
def _days(catalog: Catalog, at: str) -> _Days:
    known = lives(catalog)
    return _Days(days(catalog, at), {one.path: known[one.collection].checked(one.data) for one in catalog})


def day(catalog: Catalog, occurrence: Occurrence[object], at: str) -> str:
    """Return the day on which the law of a citing record is looked at."""
    return _days(catalog, at).odd.get(occurrence.record.path, at)


def checked(catalog: Catalog, occurrence: Occurrence[object], at: str) -> str:
    """Return the day of a record's last check; empty where none is told."""
    return _days(catalog, at).checked[occurrence.record.path]


def meant(catalog: Catalog, instrument: Instrument, occurrence: Occurrence[Citation], at: str) -> Version:
    """Return the version whose numbers a citation speaks.

    Of a record that has ended it is none that came into force after its last day.
    """
    named = instrument.version(occurrence.value.version)
    if named or len(instrument.versions) == 1:
        return named or instrument.newest
    then = day(catalog, occurrence, at)
    spoken = instrument.named_numbers
    if spoken is None:
        last = checked(catalog, occurrence, at)
        return instrument.in_force(min(last or then, then)) or instrument.in_force(then) or instrument.newest
    current = instrument.in_force(then)
    return current if current and current.in_force < spoken.in_force else spoken
