"""Provisions that a higher or newer law displaces, as the records that cite them say."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.places import coded
from quanze.law.standing import DISPLACED, IN_FORCE, REPEALED, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.law.citation import Citation
    from quanze.law.instrument import Instrument
    from quanze.law.places import Place, Step
    from quanze.register.catalog import Catalog


class Displaced(NamedTuple):
    """What is said of a provision that no longer applies."""

    state: str
    """被上位法取代 or 被新法取代."""
    by: str
    """What prevails, as the record writes it; empty where none says."""

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.state}：{self.by}" if self.by else self.state


@lru_cache(maxsize=4)
def displaced(catalog: Catalog) -> Mapping[str, Mapping[Place, Displaced]]:
    """Return the displaced places of each instrument by its id; a place without 款 or 项 is a whole."""
    by_law: dict[str, dict[Place, Displaced]] = defaultdict(dict)
    for id_, occurrences in catalog.citations.items():
        for occurrence in occurrences:
            citation = occurrence.value
            if citation.displaced and not citation.version:
                displaced = Displaced(citation.state, citation.by)
                for place in citation.places:
                    if not by_law[id_].get(place, displaced).by or place not in by_law[id_]:
                        by_law[id_][place] = displaced
    return by_law


def of_citation(catalog: Catalog, id_: str, citation: Citation) -> Displaced | None:
    """Return what displaces all that a citation names; None where part of it still applies."""
    rows = displaced(catalog).get(id_, {})
    if not rows or citation.version:
        return None
    found = [next(_covering(rows, place), None) for place in citation.places]
    return found[0] if found and all(found) else None


def prevailing(catalog: Catalog, id_: str, place: Place) -> Displaced | None:
    """Return what displaces a place, or the whole of what it is part of."""
    return next(_covering(displaced(catalog).get(id_, {}), place), None)


def overtaken(catalog: Catalog, instrument: Instrument, place: Step | None, standing: Standing) -> Standing:
    """Return where a place stands with what the register knows: what prevails over it, what took its law's place."""
    if standing.state == IN_FORCE and place:
        by = prevailing(catalog, instrument.id, (coded(place.article), place.paragraph, place.item))
        return Standing(DISPLACED, standing.version, by.by) if by and by.state == DISPLACED else standing
    if standing.state == REPEALED and standing.now:
        return Standing(standing.state, standing.version, catalog.successors(instrument))
    return standing


def _covering(rows: Mapping[Place, Displaced], place: Place) -> Iterator[Displaced]:
    article, paragraph, item = place
    # The first 款 is meant where a 项 stands without one, and the other way round where there is only one 款.
    for one in ((article, paragraph, item), (article, 0, item), (article, paragraph, 0), (article, 0, 0)):
        if one in rows:
            yield rows[one]
    if item and not paragraph and (article, 1, item) in rows:
        yield rows[article, 1, item]
