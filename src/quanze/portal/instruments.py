"""An instrument as the registers have it: which powers rest on its articles, and how bureaus punish by one place."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.citation import PENALTY
from quanze.law.places import ARTICLE, written
from quanze.portal.compared import LawDifference, compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quanze.portal.facts import LawFact, Power, PowerBasis, PowerRange
    from quanze.portal.holding import Holding


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
        return len(holdings_of(self.rows))

    @property
    def titles(self) -> tuple[str, ...]:
        """The different names of the powers."""
        return tuple(dict.fromkeys(row.power.title for row in self.rows))


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

    @cached_property
    def bureaus(self) -> Mapping[str, Sequence[Holding]]:
        """Those of which powers rest on each article."""
        return {article: holdings_of(rows) for article, rows in self.articles.items()}

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


def words(article: str) -> str:
    """Return an article as a statute writes it: 第一百三十四条之一."""
    return "".join(written(article, ARTICLE))


def citing(law: PortalLaw) -> int:
    """Return of how many bureaus powers rest on an instrument."""
    return len({holding.id for holding in chain.from_iterable(law.bureaus.values())})


def ranges(row: PortalPower, key: str) -> list[str]:
    """Return the sanctions of a power that name an article, each in words; those that name none stand for all."""
    return [_sanction(sanction) for sanction in row.power.ranges if key in sanction.places or not sanction.places]


def _sanction(sanction: PowerRange) -> str:
    when, fine = f"{sanction.when}：" if sanction.when else "", f"（{sanction.fine}）" if sanction.fine else ""
    return f"{when}{sanction.what}{fine}"


def ways(group: PlaceGroup, key: str) -> int:
    """Return in how many ways the bureaus write the ranges of one place."""
    return len(Counter(words for row in group.rows if (words := tuple(ranges(row, key)))))


def holdings_of(rows: Iterable[PortalPower]) -> list[Holding]:
    """Return the bureaus of some powers, each once."""
    return [*{row.holding.id: row.holding for row in rows}.values()]
