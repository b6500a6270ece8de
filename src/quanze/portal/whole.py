"""All registers together: who holds, what their powers rest on, article by article, and what they say of the laws."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from quanze.portal.instruments import PortalLaw, PortalPower

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.portal.facts import AdoptedFact, LawFact, ListFact, Power, PowerBasis
    from quanze.portal.holding import Holding
    from quanze.portal.reading import ChangeFact
    from quanze.portal.settings import PortalSettings, Region


class PortalAdoption(NamedTuple):
    """A record that one register says it takes over from another's."""

    holding: Holding
    fact: AdoptedFact
    superior: Holding | None
    """None where the superior is not on the portal."""
    standing: str
    """What the superior's register says of the record now; empty where that is all right, or not known."""


@dataclass(frozen=True)
class Portal:
    """All that is held."""

    settings: PortalSettings
    holdings: tuple[Holding, ...]

    @property
    def demonstration(self) -> bool:
        """Whether one of the registers is a demonstration."""
        return any(holding.state.demonstration for holding in self.holdings)

    @cached_property
    def full(self) -> tuple[Holding, ...]:
        """The sources of which something is held."""
        return tuple(holding for holding in self.holdings if holding.shard)

    @property
    def dated(self) -> str:
        """The day of the newest change of all."""
        return max((holding.state.dated for holding in self.full), default="")

    def region(self, holding: Holding) -> Region:
        """Return where a bureau is."""
        return next(region for region in self.settings.regions if region.code == holding.source.region)

    @cached_property
    def regions(self) -> tuple[tuple[Region, tuple[Holding, ...]], ...]:
        """The regions with their bureaus, in the order of portal.yaml; none without a bureau."""
        placed = (
            (region, tuple(holding for holding in self.holdings if holding.source.region == region.code))
            for region in self.settings.regions
        )
        return tuple((region, bureaus) for region, bureaus in placed if bureaus)

    @cached_property
    def fields(self) -> Mapping[str, tuple[Holding, ...]]:
        """The bureaus by what they look after."""
        fields: dict[str, list[Holding]] = defaultdict(list)
        for holding in self.holdings:
            if holding.source.field:
                fields[holding.source.field].append(holding)
        return {name: tuple(holdings) for name, holdings in fields.items()}

    @cached_property
    def kinds(self) -> Mapping[str, tuple[tuple[Holding, ListFact], ...]]:
        """The lists of all by what is listed."""
        lists: dict[str, list[tuple[Holding, ListFact]]] = defaultdict(list)
        for holding in self.full:
            for fact in holding.facts.lists if holding.facts else ():
                lists[fact.kind].append((holding, fact))
        return {kind: tuple(lists[kind]) for kind in sorted(lists, key=lambda name: (name != "items", name))}

    def kind_title(self, kind: str) -> str:
        """Return what a kind of list is called, by most."""
        return Counter(fact.kind_title for _, fact in self.kinds[kind]).most_common(1)[0][0]

    @cached_property
    def changes(self) -> tuple[tuple[Holding, ChangeFact], ...]:
        """The newest changes of all, newest first."""
        pairs = [
            (holding, change) for holding in self.full for change in (holding.facts.changes if holding.facts else ())
        ]
        return tuple(sorted(pairs, key=lambda pair: pair[1].date, reverse=True))

    @cached_property
    def laws(self) -> Mapping[str, PortalLaw]:
        """The instruments that powers rest on, by title; those that most powers rest on first."""
        resting: dict[str, dict[str, dict[tuple[str, str], tuple[Holding, Power, list[PowerBasis]]]]] = {}
        for holding, power in self.powers():
            for basis in power.bases:
                rows = resting.setdefault(basis.law, {}).setdefault(basis.article, {})
                rows.setdefault((holding.id, power.path), (holding, power, []))[2].append(basis)
        known: dict[str, list[tuple[Holding, LawFact]]] = defaultdict(list)
        for holding in self.full:
            for fact in holding.facts.laws if holding.facts else ():
                known[fact.title].append((holding, fact))
        slugs = _slugs(resting, known)
        laws = [
            PortalLaw(
                title,
                slugs[title],
                tuple(known.get(title, ())),
                {
                    article: tuple(
                        PortalPower(holding, power, tuple(bases))
                        for holding, power, bases in articles[article].values()
                    )
                    for article in sorted(articles, key=_number)
                },
            )
            for title, articles in resting.items()
            if title
        ]
        laws.sort(key=lambda law: (-sum(map(len, law.articles.values())), law.title))
        return {law.title: law for law in laws}

    @cached_property
    def adopted(self) -> Mapping[str, tuple[PortalAdoption, ...]]:
        """What is taken over from whom, by the superior: as those say who take it, which changes nothing of his."""
        named = {holding.body: holding for holding in self.full}
        adoptions: dict[str, list[PortalAdoption]] = defaultdict(list)
        for holding in self.full:
            for fact in holding.facts.adopted if holding.facts else ():
                superior = named.get(fact.body)
                adoptions[fact.body].append(PortalAdoption(holding, fact, superior, _standing(superior, fact)))
        return {
            body: tuple(adoptions[body]) for body in sorted(adoptions, key=lambda name: (-len(adoptions[name]), name))
        }

    def powers(self) -> Iterator[tuple[Holding, Power]]:
        """Yield every power in force of every register."""
        for holding in self.full:
            for power in holding.facts.powers if holding.facts else ():
                if not power.ended:
                    yield holding, power


def _standing(superior: Holding | None, fact: AdoptedFact) -> str:
    facts = superior.facts if superior else None
    if facts is None:
        return ""
    if not fact.there:
        return "上级没有这一条"
    kind = fact.there.partition("/")[0]
    powers = {power.path: power.ended for power in facts.powers if power.path.startswith(f"{kind}/")}
    ended = powers | {fact.path: fact.ended for fact in facts.records.get(kind, ())}
    if not ended or ended.get(fact.there) is False:
        return ""
    return "上级的已终止" if fact.there in ended else "上级没有这一条"


def _slugs(laws: Mapping[str, object], known: Mapping[str, list[tuple[Holding, LawFact]]]) -> Mapping[str, str]:
    """Return the address of each instrument: the id that most registers give it, told apart where two have the same."""
    wanted = {}
    for title in laws:
        ids = Counter(fact.id for _, fact in known.get(title, ()))
        best = min(ids, key=lambda id_: (-ids[id_], id_), default="")
        wanted[title] = best or f"w-{_short(title)}"
    count = Counter(wanted.values())
    return {title: slug if count[slug] == 1 else f"{slug}-{_short(title)}" for title, slug in wanted.items()}


def _short(title: str) -> str:
    return sha256(title.encode()).hexdigest()[:8]


def _number(article: str) -> tuple[int, int]:
    number, _, inserted = article.partition("之")
    return int(number or 0), int(inserted or 0)
