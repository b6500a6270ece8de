"""Two views of the whole: the register in figures, and law by law which penalty articles have items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.law.citation import PENALTY
from quanze.law.places import numbers
from quanze.register.catalog import LISTS
from quanze.register.exclusions import Exclusion, exclusions
from quanze.register.life import days, lives
from quanze.register.listing import listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Record
    from quanze.base.problem import Problem
    from quanze.law.citation import Citation
    from quanze.law.instrument import Instrument
    from quanze.law.version import Version
    from quanze.register.catalog import Catalog
    from quanze.register.occurrences import Occurrence


@dataclass(frozen=True, slots=True)
class Summary:
    """The register in figures."""

    at: str
    """The day on which the law was looked at."""
    records: Mapping[str, int]
    """Sound records by the title of their form, in the order of the collections; none where a collection is empty."""
    lists: Mapping[str, int]
    """Rows by the title of the list."""
    citations: int
    resolved: int
    """Citations whose instrument is known and has their article."""
    in_force: int
    """Resolved citations whose instrument was in force on the day on which their record is looked at."""
    errors: int
    reviews: int
    waived: int


def summary(catalog: Catalog, at: str, problems: Sequence[Problem], waived: int = 0) -> Summary:
    """Count a checked catalog; `problems` are what the check left open, `waived` how many reviews it let stand."""
    odd = days(catalog, at)
    resolved = in_force = 0
    for id_, occurrences in catalog.citations.items():
        instrument = catalog.instruments[id_]
        for occurrence in occurrences:
            version = instrument.version(occurrence.value.version) or instrument.newest
            if all(article <= version.last_article for article in numbers(occurrence.value.article)):
                resolved += 1
                in_force += instrument.in_force(odd.get(occurrence.record.path, at)) is not None
    return Summary(
        at,
        {catalog.forms[name].title: len(found) for name, found in catalog.records.items() if found},
        {catalog.title(list_): listing(catalog, list_, at).total for list_ in _lists(catalog)},
        len(catalog.bases),
        resolved,
        in_force,
        sum(problem.level == "error" for problem in problems),
        sum(problem.level == "review" for problem in problems),
        waived,
    )


def _lists(catalog: Catalog) -> Iterator[Record]:
    lists = catalog.records.get(LISTS, {}).values()
    return (list_ for list_ in lists if catalog.lists[list_.id].collection in catalog.records)


def lines(summary: Summary) -> Iterator[str]:
    """Yield the figures in words, a line each."""
    yield f"检查日期：{summary.at}"
    yield "记录：" + "、".join(f"{title} {count}" for title, count in summary.records.items())
    yield f"依据：{summary.citations} 处，其中 {summary.resolved} 处找得到文件和条，{summary.in_force} 处当时有效"
    for title, rows in summary.lists.items():
        yield f"清单「{title}」：{rows} 条"
    yield f"错误 {summary.errors}，待复核 {summary.reviews}，豁免 {summary.waived}"


@dataclass(frozen=True, slots=True)
class PenaltyArticle:
    """One penalty article: the records that penalise by it, and why other parts of it have none."""

    number: int
    records: tuple[Record, ...]
    reasons: tuple[tuple[str, str], ...]
    """(place as a statute writes it, reason)."""

    @property
    def accounted(self) -> bool:
        """Whether the article has a record, or a reason why not."""
        return bool(self.records or self.reasons)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The penalty articles of one instrument in the version in force."""

    instrument: Instrument
    version: Version
    articles: tuple[PenaltyArticle, ...]

    @property
    def missing(self) -> tuple[int, ...]:
        """The articles with neither record nor reason."""
        return tuple(article.number for article in self.articles if not article.accounted)


def coverage(catalog: Catalog, at: str) -> tuple[Coverage, ...]:
    """Return the coverage of every instrument in force on a day that has penalty articles, by its id.

    A record counts where it is in effect and cites the article as 罚则, not as displaced; an ended one too where nobody
    knows whether the instrument goes on: then it may still hold for earlier acts alone.
    """
    known = lives(catalog)
    excluded, found = exclusions(catalog), []
    for id_, instrument in catalog.instruments.items():
        version = instrument.in_force(at)
        if not version or not version.penalty_articles:
            continue
        records: dict[int, dict[str, Record]] = {article: {} for article in sorted(version.penalty_articles)}
        for occurrence in filter(_penalises, catalog.citations.get(id_, ())):
            record = occurrence.record
            life = known[record.collection]
            if (instrument.in_doubt(at) or not life.ended(record.data, at)) and not life.draft(record.data):
                for article in numbers(occurrence.value.article):
                    records.get(article, {})[record.path] = record
        reasons = tuple(_reasons(excluded.get(id_, ())))
        rows = (
            PenaltyArticle(
                article, tuple(of.values()), tuple((place, why) for n, place, why in reasons if n == article)
            )
            for article, of in records.items()
        )
        found.append(Coverage(instrument, version, tuple(rows)))
    return tuple(found)


def _penalises(occurrence: Occurrence[Citation]) -> bool:
    return occurrence.value.role == PENALTY and not occurrence.value.displaced


def _reasons(excluded: Iterable[Exclusion]) -> Iterator[tuple[int, str, str]]:
    """Yield (article, place in words, reason) of what has no item."""
    for exclusion in excluded:
        for article in numbers(exclusion.place.article):
            yield article, exclusion.place._replace(article=article).place, exclusion.reason
