"""Items that belong together: they rest on the same article, or guard the same duty by another kind of power."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from quanze.legal.citation import numbers
from quanze.pages.answer import ENDED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markupsafe import Markup

    from quanze.model import Record
    from quanze.pages.register import Register

DUTY, PENALTY, POWER = "义务", "罚则", "职权"
_MOST = 8
_COMMON = 60
"""An article that so many records cite ties nobody to anybody."""

_Article = tuple[str, int]


class Related(NamedTuple):
    """Some records beside this one and what ties them."""

    title: str
    links: tuple[tuple[Markup, str], ...]
    """(link, power type)."""
    more: int
    """How many are left out."""
    places: tuple[Markup, ...]
    """The articles that tie them: their law's page has the whole list."""


def related(register: Register, record: Record) -> tuple[Related, ...]:
    """Return the records tied to this one, the strongest tie first; none is named twice."""
    roles, data = register.roles[record.collection], record.data
    cited = _cited(register, record)
    mine = data.get(roles.power)
    seen = {(record.collection, record.id)}

    def gather(title: str, articles: list[_Article], proofs: tuple[str, ...], *, other: bool | None) -> Iterator[Related]:
        found: dict[tuple[str, str], Record] = {}
        ties: list[_Article] = []
        for article in articles:
            here = [one for proof in proofs for one in register.articles.get((*article, proof), ())]
            if len(here) <= _COMMON or proofs == (PENALTY,):
                fresh = {(one.collection, one.id): one for one in here if _fits(register, one, mine, other=other)}
                fresh = {key: one for key, one in fresh.items() if key not in seen}
                found.update(fresh)
                ties += [article] if fresh else []
        seen.update(found)
        if found:
            links = [(register.link(one), _type(register, one)) for one in [*found.values()][:_MOST]]
            names = register.catalog.instruments
            places = tuple(register.cite(names[id_].short, number) for id_, number in ties)
            yield Related(title, tuple(links), len(found) - len(links), places)

    duties, powers = cited.get(DUTY, []), cited.get(POWER, [])
    ways = [*gather("同一义务，另一类职权", duties, (DUTY, POWER), other=True)]
    if PENALTY not in cited:
        ways += gather("违反同一条文的处罚", powers, (DUTY,), other=True)
    ways += gather("同一义务的其他事项", duties, (DUTY,), other=False)
    ways += gather("同一罚则条文的其他事项", cited.get(PENALTY, []), (PENALTY,), other=False)
    return tuple(ways)


def _fits(register: Register, one: Record, mine: object, *, other: bool | None) -> bool:
    roles = register.roles[one.collection]
    if not roles.is_power or one.data.get(roles.status) in ENDED:
        return False
    return (one.data.get(roles.power) != mine) == other


def _type(register: Register, one: Record) -> str:
    return str(one.data.get(register.roles[one.collection].power, ""))


def _cited(register: Register, record: Record) -> Mapping[str, list[_Article]]:
    """Return the articles that a record cites by what they prove."""
    roles, data = register.roles[record.collection], record.data
    citations: list[Any] = [*data.get(roles.basis, ())]  # type: ignore[misc]
    citations += [one for row in data.get(roles.sanctions, ()) for one in row.get("依据", ())]  # type: ignore[union-attr]
    found: dict[str, dict[_Article, None]] = {}
    for citation in citations:
        law = register.law(citation.get("依据文件"))
        if law:
            for article in numbers(citation.get("条")):
                found.setdefault(citation.get("作用", ""), {})[law.instrument.id, article] = None
    return {proof: list(articles) for proof, articles in found.items()}
