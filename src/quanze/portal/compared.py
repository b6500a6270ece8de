"""What registers say differently of one instrument: its rank, its versions, their days, numbers, structure and map."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.citation import NUMBER
from quanze.law.instrument import RANK, REPEALED, UNVERIFIED
from quanze.law.outline import Outline
from quanze.law.places import Step
from quanze.law.version import IN_FORCE, LAST, MAP, STRUCTURE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from quanze.portal.facts import LawFact, VersionFact

_SHOWN = 8
"""So many articles, or rows of a map, are told of one difference."""
_NONE = "没有写"


class LawDifference(NamedTuple):
    """One thing that is told in several ways."""

    what: str
    accounts: tuple[tuple[str, tuple[str, ...]], ...]
    """(what is said, the ids of the sources that say so), the most frequent first."""


def compare(known: Sequence[tuple[str, LawFact]]) -> Iterator[LawDifference]:
    """Yield in what some sources differ about one instrument; what one does not say is none, but for its end."""
    yield from _differing(RANK, [(id_, law.rank) for id_, law in known if law.rank not in {"", UNVERIFIED}])
    yield from _differing(REPEALED, [(id_, law.repealed or _NONE) for id_, law in known])
    yield from _differing("最新的版本", [(id_, _newest(law)) for id_, law in known if _newest(law)])
    versions: dict[str, list[tuple[str, VersionFact]]] = defaultdict(list)
    for id_, law in known:
        for version in law.versions:
            if version.promulgated:
                versions[version.promulgated].append((id_, version))
    for day, held in sorted(versions.items()):
        for what, ask in _PLAIN.items():
            yield from _differing(
                f"{day} 公布的版本：{what}", [(id_, ask(version)) for id_, version in held if ask(version)]
            )
        yield from _outlines(day, held)
        yield from _maps(day, held)


_PLAIN: Mapping[str, Callable[[VersionFact], str]] = {
    IN_FORCE: lambda version: version.in_force,
    NUMBER: lambda version: version.document,
    LAST: lambda version: str(version.articles) if version.articles else "",
}


def _newest(law: LawFact) -> str:
    newest = max((version for version in law.versions if version.promulgated), key=_day, default=None)
    return f"{newest.promulgated} 公布（{newest.name}）" if newest else ""


def _day(version: VersionFact) -> str:
    return version.promulgated


def _outlines(day: str, held: Iterable[tuple[str, VersionFact]]) -> Iterator[LawDifference]:
    """Tell of the articles of which the structures say different numbers of 款 and 项."""
    read = {
        id_: Outline.of(version.structure).articles
        for id_, version in held
        if version.structure and _sound(version.structure)
    }
    every = sorted({article for articles in read.values() for article in articles})
    odd = [article for article in every if len({articles.get(article) for articles in read.values()}) > 1]
    if odd:
        shown = odd[:_SHOWN]
        more = f"（共 {len(odd)} 条不同）" if len(odd) > _SHOWN else ""
        tellings = [
            (id_, "；".join(f"{Step(article)} {_paragraphs(articles.get(article))}" for article in shown) + more)
            for id_, articles in read.items()
        ]
        yield from _differing(f"{day} 公布的版本：{STRUCTURE}", tellings)


def _sound(structure: str) -> bool:
    try:
        return bool(Outline.of(structure).articles)
    except ValueError:
        return False


def _paragraphs(paragraphs: Sequence[tuple[int, object]] | None) -> str:
    if paragraphs is None:
        return "没有这一条"
    return f"{len(paragraphs)} 款" + (
        f"，各有 {'、'.join(str(paragraph[0]) for paragraph in paragraphs)} 项"
        if any(paragraph[0] for paragraph in paragraphs)
        else ""
    )


def _maps(day: str, held: Iterable[tuple[str, VersionFact]]) -> Iterator[LawDifference]:
    """Tell of the rows that stand in one map and not in another."""
    read = {id_: frozenset(version.map) for id_, version in held if version.map}
    if len(set(read.values())) > 1:
        common = frozenset.intersection(*read.values())
        tellings = []
        for id_, rows in read.items():
            own = sorted(rows - common)
            more = f"……共 {len(own)} 行" if len(own) > _SHOWN else ""
            tellings.append((id_, "；".join(own[:_SHOWN]) + more or "没有这几行"))
        yield from _differing(f"{day} 公布的版本：{MAP}", tellings)


def _differing(what: str, tellings: Iterable[tuple[str, str]]) -> Iterator[LawDifference]:
    sources: dict[str, list[str]] = defaultdict(list)
    for id_, words in tellings:
        sources[words].append(id_)
    if len(sources) > 1:
        ordered = sorted(sources.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        yield LawDifference(what, tuple((words, tuple(ids)) for words, ids in ordered))
