"""Provisions that a higher or newer law displaces, as the records that cite them say."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.value import mapping
from quanze.form import kinds
from quanze.law.articlemap import describe
from quanze.law.citation import STATE
from quanze.law.places import coded, decoded
from quanze.law.standing import DISPLACED, IN_FORCE, REPEALED, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    values = (occurrence.value for occurrence in catalog.by_kind[kinds.CITATION])
    for citation in (catalog.citation(value) for value in values if mapping(value).get(STATE)):
        named = catalog.named(citation.law)
        if len(named) == 1 and citation.displaced and not citation.version:
            displaced, places = Displaced(citation.state, citation.by), by_law[named[0].id]
            for place in citation.places:
                if not places.get(place, displaced).by or place not in places:
                    places[place] = displaced
    for id_, rows in by_law.items():
        rows.update(_wholes(catalog.instruments[id_], rows))
    return by_law


def _wholes(instrument: Instrument, rows: Mapping[Place, Displaced]) -> Mapping[Place, Displaced]:
    """Return the articles of which every 款 and 项 is displaced, though nobody says so of the article."""
    versions = (instrument.named_numbers, *reversed(instrument.versions))
    outline = next((version.outline for version in versions if version and version.outline), None)
    found: dict[Place, Displaced] = {}
    for article in {article for article, *below in rows if any(below)}:
        made = outline.parts(decoded(article)) if outline else ()
        over = [next(_covering(rows, (article, *part)), None) for part in made]
        if (article, 0, 0) not in rows and over and all(over):
            told = list(dict.fromkeys(filter(None, over)))
            by = "、".join(dict.fromkeys(one.by for one in told if one.by))
            found[article, 0, 0] = Displaced(told[0].state, by)
    return found


def of_citation(catalog: Catalog, id_: str, citation: Citation) -> Displaced | None:
    """Return what displaces all that a citation names; None where part of it still applies."""
    rows = displaced(catalog).get(id_, {})
    if not rows or citation.version:
        return None
    found = [next(_covering(rows, place), None) for place in citation.places]
    return found[0] if found and all(found) else None


def in_part(catalog: Catalog, id_: str, citation: Citation) -> str:
    """Return in words what is displaced of what a citation names while the rest still applies."""
    told: list[str] = []
    rows = displaced(catalog).get(id_, {})
    for place in citation.places if rows and not citation.version else ():
        covered = next(_covering(rows, place), None)
        inside = {place: covered} if covered else partly(catalog, id_, place)
        for state in dict.fromkeys(str(one) for one in inside.values()):
            named = parts((one for one, why in inside.items() if str(why) == state), place)
            told.append(f"{named or describe(place)}{state}")
    return f"部分不再适用：{'；'.join(told)}" if told else ""


def prevailing(catalog: Catalog, id_: str, place: Place) -> Displaced | None:
    """Return what displaces a place, or the whole of what it is part of."""
    return next(_covering(displaced(catalog).get(id_, {}), place), None)


def partly(catalog: Catalog, id_: str, place: Place) -> Mapping[Place, Displaced]:
    """Return what is displaced within a place of which the rest still applies."""
    article, *below = place
    rows = displaced(catalog).get(id_, {})
    inside = {one: told for one, told in rows.items() if one[0] == article and one != place and _within(one, below)}
    return dict(sorted(inside.items()))


def _within(place: Place, below: Sequence[int]) -> bool:
    """Tell whether a place lies in a 款 or 项 of its article; a 项 without a 款 is one of the first."""
    paragraph, item = below
    return (not paragraph or (place[1] or bool(place[2])) == paragraph) and (not item or place[2] == item)


def overtaken(catalog: Catalog, instrument: Instrument, place: Step | None, standing: Standing) -> Standing:
    """Return where a place stands with what the register knows: what prevails over it, what took its law's place."""
    if standing.state == IN_FORCE and place:
        where = (coded(place.article), place.paragraph, place.item)
        by = prevailing(catalog, instrument.id, where)
        if by:
            return Standing(DISPLACED, standing.version, by.by) if by.state == DISPLACED else standing
        inside = {one: told for one, told in partly(catalog, instrument.id, where).items() if told.state == DISPLACED}
        if inside:
            instead = "、".join(dict.fromkeys(told.by for told in inside.values() if told.by))
            return Standing(DISPLACED, standing.version, instead, parts(inside, where))
    if standing.state == REPEALED and standing.now:
        return Standing(standing.state, standing.version, catalog.successors(instrument))
    return standing


def parts(places: Iterable[Place], whole: Place) -> str:
    """Return places within a whole as one writes them below it: 第一项、第二款第三项."""
    article, paragraph, item = whole
    below = ((article, 0 if paragraph else one[1], 0 if item else one[2]) for one in places)
    return "、".join(describe(place).removeprefix(describe((article, 0, 0))) for place in below)


def _covering(rows: Mapping[Place, Displaced], place: Place) -> Iterator[Displaced]:
    article, paragraph, item = place
    # The first 款 is meant where a 项 stands without one, and the other way round where there is only one 款.
    for one in ((article, paragraph, item), (article, 0, item), (article, paragraph, 0), (article, 0, 0)):
        if one in rows:
            yield rows[one]
    if item and not paragraph and (article, 1, item) in rows:
        yield rows[article, 1, item]
