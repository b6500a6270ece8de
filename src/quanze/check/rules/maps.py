"""Article maps (条文对照) against the structure and the wording of the two versions between which they lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quanze.base.problem import Finding
from quanze.law.articlemap import describe
from quanze.law.instrument import VERSIONS
from quanze.law.mapping import same_words
from quanze.law.move import NEW, RENUMBERED, WAS
from quanze.law.places import article_name, coded, decoded, parse_place
from quanze.law.version import MAP
from quanze.register.catalog import LAWS
from quanze.register.wording import statute

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.law.instrument import Instrument
    from quanze.law.move import Move
    from quanze.law.outline import Outline
    from quanze.law.places import Article, Place
    from quanze.law.text import Statute
    from quanze.law.version import Version
    from quanze.register.catalog import Catalog

_SHOWN = 5
"""So many articles are named; of the others it is said how many there are."""


class _Side(NamedTuple):
    """One of two versions, as far as it was looked up."""

    name: str
    outline: Outline
    statute: Statute | None

    def differs(self, place: Place, other: _Side, there: Place) -> str:
        """Return in what a place differs from one of another version; empty where nothing tells a difference."""
        if self.statute and other.statute:
            mine, theirs = (side.words(at) for side, at in ((self, place), (other, there)))
            return "" if same_words(mine, theirs) else "用词不同"
        return "" if self._shape(place) == other._shape(there) else "款、项的数目不同"

    def words(self, place: Place) -> str:
        """Return the wording of a place."""
        return self.statute.words(decoded(place[0]), *place[1:]) if self.statute else ""

    def lacks(self, place: Place) -> str:
        """Return the unit of a place that is not there; empty where the whole place is."""
        return self.outline.lacks(decoded(place[0]), *place[1:])

    def _shape(self, place: Place) -> object:
        article, paragraph, item = place
        clauses = self.outline.articles[decoded(article)]
        return None if item else clauses[paragraph - 1 : paragraph] if paragraph else clauses


def article_map(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """条文对照与两版的结构、全文对得上：写「仅改号」的用词要相同，写到的款、项要有，没有写的条两版要一样，新版每一条都有来处。

    两版都有「结构」的，比有没有、几款几项；都收录了全文的，比用词（标点和所引的条号除外）。写「待核」的不比。列为待复核。
    """
    for id_, instrument in catalog.instruments.items():
        record = catalog.records[LAWS][id_]
        for version in instrument.versions:
            before = instrument.before(version) if version.moves else None
            sides = [_side(catalog, instrument, one) for one in (before, version) if one]
            if len(sides) < 2 or not (sides[0] and sides[1]):  # noqa: PLR2004 - two sides
                continue
            old, new = sides[0], sides[1]
            pointer = f"/{VERSIONS}/{version.index}/{MAP}"
            for n, row in enumerate(version.article_map):
                for side, message in _of_row(row, old, new):
                    yield Finding(record, f"{pointer}/{n}/{side}", message, "review")
            for message in _unsaid(version.article_map, old, new):
                yield Finding(record, pointer, message, "review")


def _side(catalog: Catalog, instrument: Instrument, version: Version) -> _Side | None:
    text = statute(catalog, instrument, version)
    outline = text.outline if text else version.outline
    return _Side(version.name, outline, text) if outline else None


def _of_row(row: Move, old: _Side, new: _Side) -> Iterator[tuple[str, str]]:
    """Yield (旧 or 新, what is wrong with it) of a row; an article beyond the last one is told of all maps."""
    there = parse_place(row.new)
    found = False
    for key, place, side in ((WAS, row.old, old), (NEW, there, new)):
        if place and (lacking := side.lacks(place)):
            found = True
            if any(place[1:]):
                yield key, f"{side.name}没有{describe(place)}这一{lacking}；请对照条文核对"
    if not found and row.old and there and row.change == (RENUMBERED,):
        difference = old.differs(row.old, new, there)
        if difference:
            yield (
                WAS,
                f"写的是「{RENUMBERED}」，而{describe(row.old)}和现在的{describe(there)}{difference}；请对照条文核对",
            )


def _unsaid(rows: Sequence[Move], old: _Side, new: _Side) -> Iterator[str]:
    """Yield what is wrong with the articles that no row names: they must be in both versions, and the same."""
    left = {decoded(row.old[0]) for row in rows if row.old}
    reached = {decoded(place[0]) for row in rows if (place := parse_place(row.new))}
    silent = [article for article in old.outline.articles if article not in left]
    stayed = [article for article in silent if article in new.outline.articles]
    gone = [article for article in silent if article not in new.outline.articles]
    changed = [article for article in stayed if old.differs(place := (coded(article), 0, 0), new, place)]
    come = [article for article in new.outline.articles if article not in reached and article not in stayed]
    if gone:
        yield f"{old.name}的{_names(gone)}没有写，{new.name}也没有；移到了哪里、是不是废止了，请写上"
    if changed:
        yield f"{_names(changed)}没有写，而两版不同；改了什么、移到了哪里，请写上"
    if come:
        yield f"{new.name}的{_names(come)}没有来处；是新增的，请写「新增」"


def _names(articles: Sequence[Article]) -> str:
    more = f"等 {len(articles)} 条" if len(articles) > _SHOWN else ""
    return "、".join(map(article_name, articles[:_SHOWN])) + more


RULES = (article_map,)
