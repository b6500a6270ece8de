"""All registers together: who holds, what their powers rest on, article by article, and what they say of the laws."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.citation import PENALTY
from quanze.portal.compared import LawDifference, compare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.portal.facts import AdoptedFact, LawFact, ListFact, Power, PowerBasis
    from quanze.portal.gathering import RegisterFacts
    from quanze.portal.reading import ChangeFact
    from quanze.portal.settings import PortalSettings, PublishedSource, Region
    from quanze.portal.shards import Shard
    from quanze.portal.state import SourceState

SOUND, HELD, EMPTY = "正常", "沿用上一次的", "还没有取到"


@dataclass(frozen=True)
class Holding:
    """One source with what is held of it."""

    source: PublishedSource
    state: SourceState
    shard: Shard | None
    """None where nothing was ever taken."""

    @property
    def id(self) -> str:
        """The source's id on this portal."""
        return self.source.id

    @property
    def body(self) -> str:
        """The bureau's name."""
        return self.source.body

    @property
    def facts(self) -> RegisterFacts | None:
        """What its register tells."""
        return self.shard.facts if self.shard else None

    @property
    def standing(self) -> str:
        """In a word, how it stands with the source."""
        return EMPTY if not self.shard else HELD if self.state.trouble else SOUND

    @property
    def dated(self) -> str:
        """Of which day its data is, in words."""
        return self.state.dated or "没有写明日期"

    @property
    def warning(self) -> str:
        """One sentence on a source whose newest state was not taken; empty where all is well."""
        trouble = self.state.trouble
        if not trouble:
            return ""
        seen = f"（{trouble.at} 看到）" if trouble.at else ""
        why = f"{trouble.kind}{seen}：{trouble.said}。"
        if not self.shard:
            return f"这个机关的数据还没有取到过。{why}"
        taken = f"，{self.state.taken} 取得" if self.state.taken else ""
        return f"这里是上一次完好的数据（{self.dated}{taken}），以后的没有采用。{why}"

    @property
    def trust(self) -> str:
        """What is known of who published it."""
        state = self.state
        if not state.manifest:
            return ""
        if not state.publications:
            return "没有公布日志：从前公布过什么、有没有改写，看不出来。"
        agreed = "有约定的公钥签名" if state.signed else "首次提交与约定的相同" if self.source.first else ""
        known = agreed or "没有约定公钥或者首次提交，不能确认还是原来的发布者"
        return f"公布日志 {state.publications} 次，这次接得上；{known}。"

    def url(self, path: str) -> str:
        """Return the address of a page of the bureau's own site."""
        return self.source.url(path)

    @cached_property
    def badge(self) -> bytes:
        """What changes with all that is told of the bureau beside its powers."""
        return sha256(repr((self.source, self.warning, self.state.demonstration)).encode()).digest()

    def digest(self, power: Power) -> bytes:
        """Return what changes with a power."""
        return self.shard.digests[power.path] if self.shard else b""


class PortalPower(NamedTuple):
    """A power that rests on an article, and by which of its places."""

    holding: Holding
    power: Power
    bases: tuple[PowerBasis, ...]


class PlaceGroup(NamedTuple):
    """The powers of all registers that rest on one place of an article in the same way."""

    version: str
    place: str
    role: str
    paragraph: int
    item: int
    rows: tuple[PortalPower, ...]

    @property
    def bureaus(self) -> int:
        """How many registers there are among them."""
        return len({row.holding.id for row in self.rows})

    @property
    def titles(self) -> tuple[str, ...]:
        """The different names of the powers."""
        return tuple(dict.fromkeys(row.power.title for row in self.rows))


class PortalAdoption(NamedTuple):
    """A record that one register says it takes over from another's."""

    holding: Holding
    fact: AdoptedFact
    superior: Holding | None
    """None where the superior is not on the portal."""
    standing: str
    """What the superior's register says of the record now; empty where that is all right, or not known."""


_ROLES = (PENALTY, "职权", "义务", "程序", "其他", "")


@dataclass(frozen=True)
class PortalLaw:
    """An instrument as the registers have it and cite it."""

    title: str
    """Without the name of the state."""
    slug: str
    known: tuple[tuple[Holding, LawFact], ...]
    """The registers that keep it."""
    articles: Mapping[str, tuple[PortalPower, ...]]
    """By article, in the order of their numbers; an empty one stands for the whole instrument."""

    @property
    def url(self) -> str:
        """Its page from the portal's root."""
        return f"laws/{self.slug}/"

    def article_url(self, article: str) -> str:
        """Return the page of an article."""
        return f"{self.url}{article.replace('之', '-')}/"

    @cached_property
    def differences(self) -> tuple[LawDifference, ...]:
        """In what the registers differ about it."""
        return tuple(compare([(holding.id, fact) for holding, fact in self.known]))

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """Return the names of its versions by what tells them apart."""
        return {
            version.promulgated or version.name: version.name for _, fact in self.known for version in fact.versions
        }

    def groups(self, article: str) -> tuple[PlaceGroup, ...]:
        """Return the powers that rest on an article by version, role and place, those that punish first."""
        resting: dict[tuple[str, str, int, int], list[PortalPower]] = defaultdict(list)
        words: dict[tuple[str, str, int, int], str] = {}
        for row in self.articles[article]:
            for basis in row.bases:
                key = basis.version, basis.role, basis.paragraph, basis.item
                words[key] = basis.told
                resting[key].append(row)
        groups = (PlaceGroup(v, words[v, r, p, i], r, p, i, tuple(rows)) for (v, r, p, i), rows in resting.items())
        return tuple(sorted(groups, key=_place))


def _place(group: PlaceGroup) -> tuple[int, str, int, int]:
    role = _ROLES.index(group.role) if group.role in _ROLES else len(_ROLES)
    return role, "".join(chr(0x10FFFF - ord(sign)) for sign in group.version), group.paragraph, group.item


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
