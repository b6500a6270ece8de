"""The citations of each instrument, those alike together: of one version, or none, looked at on one day."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from quanze.register.numbering import day, meant

if TYPE_CHECKING:
    from quanze.law.citation import Citation
    from quanze.law.instrument import Instrument
    from quanze.law.version import Version
    from quanze.register.catalog import Catalog
    from quanze.register.occurrences import Occurrence


class AlikeCitations(NamedTuple):
    """The citations of an instrument that name one version, or none, and whose law is looked at on one day."""

    instrument: Instrument
    name: str
    """Of the version; empty where none is named."""
    day: str
    version: Version
    """The version meant: the one named, else the one whose numbers are spoken (条号版本)."""
    occurrences: list[Occurrence[Citation]]

    @property
    def named(self) -> Version | None:
        """The version that they name, if there is one of that name."""
        return self.instrument.version(self.name) if self.name else None


@lru_cache(maxsize=1)
def cited(catalog: Catalog, at: str) -> tuple[AlikeCitations, ...]:
    """Return the citations of a catalog on a day."""
    groups: list[AlikeCitations] = []
    for id_, occurrences in catalog.citations.items():
        instrument = catalog.instruments[id_]
        alike: defaultdict[tuple[str, str, Version], list[Occurrence[Citation]]] = defaultdict(list)
        for occurrence in occurrences:
            key = occurrence.value.version, day(catalog, occurrence, at), meant(catalog, instrument, occurrence, at)
            alike[key].append(occurrence)
        groups += (AlikeCitations(instrument, *key, found) for key, found in alike.items())
    return tuple(groups)
