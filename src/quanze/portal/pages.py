"""The pages of a portal: each with what it is made of, so that one of which nothing changed is not made again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from quanze.law.citation import PENALTY
from quanze.portal.facts import RecordFact, article_key
from quanze.portal.instruments import citing, ranges, ways, words
from quanze.portal.schemas import FILES
from quanze.site.policy import protect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from quanze.portal.facts import PowerSide
    from quanze.portal.holding import Holding
    from quanze.portal.instruments import PlaceGroup, PortalLaw, PortalPower
    from quanze.portal.whole import Portal

STYLES = ("tokens", "base", "frame", "text", "rows", "pages", "elder", "search", "print")
"""The style sheets of a single site that a portal needs."""
OWN = "portal"
"""Its own."""
DATA = (
    ("data/v1/portal.json", "各机关和它们的状态"),
    ("data/v1/bulk/powers.ndjson", "各机关的事项，一行一项"),
    ("data/v1/bulk/laws.ndjson", "各机关收录的法律，一行一部"),
    ("data/v1/bulk/changes.ndjson", "各机关的变化，一行一条"),
    *((path, f"{path.rpartition('/')[2].partition('.')[0]} 的格式（JSON Schema）") for path in FILES),
)
_NAMES, _LAWS, _CHANGES, _A_DAY = 300, 12, 300, 30
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class PortalPage(NamedTuple):
    """One page that is yet to be made."""

    url: str
    inputs: bytes
    """What changes with all that is on it."""
    make: Callable[[], bytes]

    @property
    def path(self) -> str:
        """The file, from the portal's root."""
        return self.url if self.url.endswith(".html") else f"{self.url}index.html"


@dataclass(frozen=True)
class PortalPages:
    """Makes the pages of one portal."""

    portal: Portal
    code: str
    """What changes with this program."""

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {holding.id: holding.body for holding in self.portal.holdings}

    @cached_property
    def _kinds(self) -> list[tuple[str, str]]:
        return [(kind, self.portal.kind_title(kind)) for kind in self.portal.kinds]

    @cached_property
    def _frame(self) -> bytes:
        """What stands on every page."""
        portal = self.portal
        demonstrations = [
            (holding.body, holding.source.address) for holding in portal.full if holding.state.demonstration
        ]
        inputs = (self.code, portal.settings, self._kinds, demonstrations, len(portal.full))
        return sha256(repr(inputs).encode()).digest()

    @cached_property
    def _everything(self) -> bytes:
        """What changes with anything that is held."""
        held = (repr((holding.source, holding.state)).encode() for holding in self.portal.holdings)
        return sha256(b"".join((self._frame, *held))).digest()

    def all(self) -> Iterator[PortalPage]:
        """Yield every page."""
        everything = self._everything
        yield PortalPage("", everything, self._home)
        yield PortalPage("404.html", self._frame, partial(self._render, "404", "404.html", "没有这个页面"))
        yield PortalPage("about/", everything, partial(self._render, "about", "about/", "说明", data=DATA))
        yield PortalPage("search/", everything, partial(self._render, "search", "search/", "搜索", boxed=False))
        yield PortalPage("changes/", everything, self._changes)
        yield PortalPage("laws/", everything, partial(self._render, "laws", "laws/", "法律", citing=citing))
        yield PortalPage("conduct/", everything, self._conduct)
        yield PortalPage("differences/", everything, self._differences)
        yield PortalPage("adopted/", everything, partial(self._render, "adopted", "adopted/", "采用上级的记录"))
        for holding in self.portal.holdings:
            inputs = repr((holding.source, holding.state)).encode()
            yield PortalPage(f"bureaus/{holding.id}/", self._frame + inputs, partial(self._bureau, holding))
        for kind, title in self._kinds:
            yield PortalPage(f"kinds/{kind}/", everything, partial(self._kind, kind, title))
        for law in self.portal.laws.values():
            yield PortalPage(law.url, everything, partial(self._law, law))
            for article, rows in law.articles.items():
                if article:
                    inputs = self._resting(law, rows, law.bureaus[article])
                    yield PortalPage(law.article_url(article), inputs, partial(self._article, law, article))

    def _resting(self, law: PortalLaw, rows: Sequence[PortalPower], bureaus: Iterable[Holding]) -> bytes:
        """Return what changes with the powers that rest on an article, and with the bureaus they are of."""
        digest = sha256(self._frame)
        digest.update(repr(sorted(law.versions.items())).encode())
        digest.update(b"".join([row.holding.digest(row.power) for row in rows]))
        digest.update(b"".join([holding.badge for holding in bureaus]))
        return digest.digest()

    def _render(
        self,
        template: str,
        url: str,
        title: str,
        *,
        above: Sequence[tuple[str, str]] = (),
        boxed: bool = True,
        **more: object,
    ) -> bytes:
        base = (self.portal.settings.address or "./") if url.endswith(".html") else "../" * url.count("/") or "./"
        context = {
            "portal": self.portal,
            "kinds": self._kinds,
            "styles": (*STYLES, OWN),
            "crumbs": above,
            "boxed": boxed,
            "base": base,
        }
        html = _TEMPLATES.get_template(f"{template}.html").render(
            **context, url=url, title=title, names=self._names, **more
        )
        return protect(html).encode()

    def _home(self) -> bytes:
        laws = list(self.portal.laws.values())
        return self._render(
            "home",
            "",
            self.portal.settings.title,
            boxed=False,
            laws=laws[:_LAWS],
            differing=sum(bool(law.differences) for law in laws),
            conducts=sum(len(rows) for _, rows in self._shared),
        )

    def _bureau(self, holding: Holding) -> bytes:
        others = {other.body: other.id for other in self.portal.holdings if other.id != holding.id}
        region = self.portal.region(holding)
        return self._render(
            "bureau", f"bureaus/{holding.id}/", holding.body, holding=holding, region=region, others=others
        )

    def _kind(self, kind: str, title: str) -> bytes:
        named: dict[str, dict[str, tuple[Holding, str]]] = defaultdict(dict)
        for holding, path, name in self._titled(kind):
            named[name].setdefault(holding.id, (holding, path))
        ordered = sorted(named.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        lists = self.portal.kinds[kind]
        having = {holding.id for holding, _ in lists}
        return self._render(
            "kind",
            f"kinds/{kind}/",
            title,
            lists=lists,
            bureaus=len(having),
            missing=[holding for holding in self.portal.full if holding.id not in having],
            titles=[(name, [*holders.values()]) for name, holders in ordered[:_NAMES]],
            left=max(0, len(ordered) - _NAMES),
        )

    def _titled(self, kind: str) -> Iterator[tuple[Holding, str, str]]:
        """Yield (bureau, page, name) of the records of a kind that have not ended."""
        for holding in self.portal.full:
            if holding.facts:
                powers = [RecordFact(fact.path, fact.title, fact.ended) for fact in holding.facts.powers]
                own = (fact for fact in powers if fact.path.startswith(f"{kind}/"))
                for fact in (*own, *holding.facts.records.get(kind, ())):
                    if not fact.ended:
                        yield holding, fact.path, fact.title

    def _law(self, law: PortalLaw) -> bytes:
        articles = [
            (
                article,
                len(law.bureaus[article]),
                len(rows),
                sum(any(b.role == PENALTY for b in row.bases) for row in rows),
            )
            for article, rows in law.articles.items()
            if article
        ]
        return self._render(
            "law",
            law.url,
            law.title,
            above=[("法律", "laws/")],
            law=law,
            articles=articles,
            whole=law.articles.get("", ()),
            words=words,
            citing=citing,
        )

    def _article(self, law: PortalLaw, article: str) -> bytes:
        rows, groups = law.articles[article], law.groups(article)
        names, key = law.versions, article_key(law.title, article)

        def named(version: str) -> str:
            return (
                f"{names[version]}版"
                if names.get(version) == version
                else names.get(version) or version or "没有写版本"
            )

        def sides(_row: PortalPower, beside: Iterable[PowerSide]) -> list[PowerSide]:
            return [side for side in beside if not side.places or key in side.places]

        return self._render(
            "article",
            law.article_url(article),
            f"《{law.title}》{words(article)}",
            above=[("法律", "laws/"), (law.title, law.url)],
            law=law,
            article=article,
            rows=rows,
            groups=groups,
            bureaus=len(law.bureaus[article]),
            held=[holding for holding in law.bureaus[article] if holding.warning],
            versions=[*dict.fromkeys(group.version for group in groups)],
            named=named,
            sides=sides,
            ranges=lambda row: ranges(row, key),
            words=words,
            penalty=PENALTY,
        )

    @cached_property
    def _shared(self) -> list[tuple[PortalLaw, list[tuple[str, PlaceGroup, str, int]]]]:
        """The places by which several bureaus punish, by law: (article, group, anchor on its page, how many ways)."""
        shared = []
        for law in self.portal.laws.values():
            rows = [
                (article, group, f"g{number}", ways(group, article_key(law.title, article)))
                for article in law.articles
                if article and len(law.bureaus[article]) > 1
                for number, group in enumerate(law.groups(article), 1)
                if group.role == PENALTY and group.bureaus > 1
            ]
            if rows:
                shared.append((law, rows))
        return shared

    def _conduct(self) -> bytes:
        return self._render("conduct", "conduct/", "同一行为，各机关怎么罚", laws=self._shared)

    def _differences(self) -> bytes:
        laws = [law for law in self.portal.laws.values() if law.differences]
        return self._render("differences", "differences/", "对法律的说法不同", laws=laws)

    def _changes(self) -> bytes:
        shown = self.portal.changes[:_CHANGES]
        days = []
        for day, pairs in groupby(shown, key=lambda pair: pair[1].date):
            bureaus: dict[str, tuple[Holding, list[object]]] = {}
            for holding, change in pairs:
                bureaus.setdefault(holding.id, (holding, []))[1].append(change)
            days.append((day, [*bureaus.values()]))
        return self._render("changes", "changes/", "各机关的变化", days=days, shown=len(shown), most=_A_DAY)
