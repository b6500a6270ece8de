"""What rests on a law: by article, every record that cites it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from quanze.legal.citation import articles, numbers
from quanze.legal.numerals import numeral

if TYPE_CHECKING:
    from quanze.catalog import Catalog
    from quanze.model import Record
    from quanze.pages.look import SiteLook


class Resting(NamedTuple):
    """A record that cites an article."""

    url: str
    title: str
    place: str
    roles: tuple[str, ...]


class Article(NamedTuple):
    """One article of a law and what rests on it."""

    anchor: str
    title: str
    resting: list[Resting]


def basis(catalog: Catalog, look: SiteLook, record: Record) -> list[Article]:
    """Return the articles of an instrument that records cite, in order; first the citations of the whole."""
    found: dict[int, dict[Record | Any, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for seat in catalog.citations.get(record.id, ()):
        citation: Any = seat.value
        for article in numbers(citation.get("条")) or (0,):
            found[article][seat.record.collection, seat.record.id].append(citation)
    told = []
    for article, records in sorted(found.items()):
        resting = []
        for (collection, id_), citations in records.items():
            places = dict.fromkeys(articles(citation) for citation in citations)
            roles = dict.fromkeys(citation["作用"] for citation in citations if "作用" in citation)
            title = look.title(collection, id_)
            resting.append(Resting(look.url(collection, id_), title, "、".join(filter(None, places)), tuple(roles)))
        heading = f"第{numeral(article)}条" if article else "引用全文"
        told.append(Article(f"t{article}" if article else "whole", heading, resting))
    return told
