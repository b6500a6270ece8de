"""Items that belong together: they rest on the same article, or guard the same duty by another kind of power."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.markup import as_html, escape
from quanze.law.citation import DUTY, PENALTY, POWER
from quanze.law.places import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from markupsafe import Markup

    from quanze.base.model import Record
    from quanze.site.pages.context import RenderContext

_MOST = 8
_COMMON = 60
"""A duty that so many records cite ties nobody to anybody."""

_Key = tuple[str, str]
"""(collection, id)."""
_Article = tuple[str, int]
"""(instrument, number)."""


class Related(NamedTuple):
    """Some records beside this one and what ties them."""

    title: str
    links: tuple[Markup, ...]
    """Each with its power type."""
    more: int
    """How many are left out."""
    places: Markup
    """The articles that tie them: the law's page has the whole list."""


@dataclass(frozen=True, slots=True)
class _Search:
    """The look for the neighbours of one record; none is named twice."""

    context: RenderContext
    type: str
    seen: set[_Key]
    """The record itself, and what was found before."""

    def group(self, title: str, articles: Iterable[_Article], *proofs: str, same_type: bool) -> Iterator[Related]:
        """Yield the records that cite one of the articles as proof of something, if there are any."""
        found: list[_Key] = []
        ties: list[_Article] = []
        for article in articles:
            asked = "citing", article, proofs, self.type, same_type
            citing = self.context.once(asked, partial(self._citing, article, proofs, same_type=same_type))
            fresh = [key for key in citing if key not in self.seen]
            if fresh:
                found += fresh
                ties.append(article)
                self.seen.update(fresh)
        if found:
            shown = found[:_MOST]
            links = tuple(map(self._link, shown))
            laws = self.context.catalog.instruments
            places = "、".join([self.context.cite(laws[id_].short, number) for id_, number in ties])
            yield Related(title, links, len(found) - len(shown), as_html(places))

    def _citing(self, article: _Article, proofs: Iterable[str], *, same_type: bool) -> tuple[_Key, ...]:
        """Return who cites an article as proof of something, of this type or of others; nobody of too many."""
        found: dict[_Key, str] = {}
        for proof in proofs:
            found |= self.context.register.articles.get((*article, proof), {})
        common = PENALTY not in proofs and len(found) > _COMMON
        return () if common else tuple(key for key, type_ in found.items() if (type_ == self.type) == same_type)

    def _link(self, key: _Key) -> Markup:
        return self.context.once(("typed", *key), lambda: self._typed(key))

    def _typed(self, key: _Key) -> Markup:
        collection, id_ = key
        link = self.context.link(self.context.catalog.records[collection][id_])
        return as_html(f'{link} <span class="qz-tag">{escape(self.context.register.powers[key])}</span>')


def related(context: RenderContext, record: Record) -> tuple[Related, ...]:
    """Return the records tied to this one, the strongest tie first; a page and its key ask for the same."""
    return context.once(("related", record.collection, record.id), lambda: _related(context, record))


def _related(context: RenderContext, record: Record) -> tuple[Related, ...]:
    cited = _cited(context, record)
    duties, powers, penalties = (cited.get(proof, ()) for proof in (DUTY, POWER, PENALTY))
    type_ = str(record.data.get(context.roles[record.collection].power, ""))
    search = _Search(context, type_, {(record.collection, record.id)})
    return (
        *search.group("同一义务，另一类职权", duties, DUTY, POWER, same_type=False),
        *(search.group("同一条文规定的义务，另一类职权", powers, DUTY, same_type=False) if not penalties else ()),
        *search.group("同一义务的其他事项", duties, DUTY, same_type=True),
        *search.group("同一罚则条文的其他事项", penalties, PENALTY, same_type=True),
    )


def _cited(context: RenderContext, record: Record) -> Mapping[str, tuple[_Article, ...]]:
    """Return the articles that a record cites by what they prove."""
    register = context.register
    found: dict[str, dict[_Article, None]] = {}
    for citation in chain(register.cited(record), *(row.bases for row in register.sanctions(record))):
        law = context.law(citation.law)
        if law:
            here = dict.fromkeys((law.instrument.id, article) for article in numbers(citation.article))
            found.setdefault(citation.role, {}).update(here)
    return {proof: tuple(articles) for proof, articles in found.items()}
