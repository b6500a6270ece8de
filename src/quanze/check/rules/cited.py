"""The citations of each instrument, those alike together: of one version, or none, looked at on one day."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from quanze.register.life import days

if TYPE_CHECKING:
    from quanze.law.instrument import Instrument, Version
    from quanze.register.catalog import Catalog, Seat


class Cited(NamedTuple):
    """The citations of an instrument that name one version, or none, and whose law is looked at on one day."""

    instrument: Instrument
    name: str
    """Of the version; empty where none is named."""
    day: str
    seats: list[Seat]

    @property
    def named(self) -> Version | None:
        """The version that they name, if there is one of that name."""
        return self.instrument.version(self.name) if self.name else None

    @property
    def version(self) -> Version:
        """The version meant: the one named, else the one in force, else the newest."""
        return self.named or self.instrument.in_force(self.day) or self.instrument.newest


@lru_cache(maxsize=1)
def cited(catalog: Catalog, at: str) -> tuple[Cited, ...]:
    """Return the citations of a catalog on a day."""
    odd = days(catalog, at)
    groups: list[Cited] = []
    for id_, seats in catalog.citations.items():
        alike: defaultdict[tuple[str, str], list[Seat]] = defaultdict(list)
        for seat in seats:
            alike[seat.value.get("版本", ""), odd.get(seat.record.path, at)].append(seat)
        groups += (Cited(catalog.instruments[id_], name, day, found) for (name, day), found in alike.items())
    return tuple(groups)
