"""What registers say differently of one instrument: its rank, its versions, their days, numbers, structure and map."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.citation import NUMBER
from quanze.law.instrument import RANK, REPEALED
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
    told: tuple[tuple[str, tuple[str, ...]], ...]
    """(what is said, the ids of the sources that say so), the most frequent first."""


def compare(known: Sequence[tuple[str, LawFact]]) -> Iterator[LawDifference]:
    """Yield in what some sources differ about one instrument; what one does not say is none, but for its end."""
    yield from _differing(RANK, [(id_, one.rank) for id_, one in known if one.rank])
    yield from _differing(REPEALED, [(id_, one.repealed or _NONE) for id_, one in known])
    yield from _differing("最新的版本", [(id_, _newest(one)) for id_, one in known if _newest(one)])
    versions: dict[str, list[tuple[str, VersionFact]]] = defaultdict(list)
    for id_, one in known:
        for version in one.versions:
            if version.promulgated:
                versions[version.promulgated].append((id_, version))
    for day, found in sorted(versions.items()):
        for what, ask in _PLAIN.items():
            yield from _differing(f"{day} 公布的版本：{what}", [(id_, ask(one)) for id_, one in found if ask(one)])
        yield from _outlines(day, found)
        yield from _maps(day, found)


_PLAIN: Mapping[str, Callable[[VersionFact], str]] = {
    IN_FORCE: lambda one: one.in_force,
    NUMBER: lambda one: one.document,
    LAST: lambda one: str(one.articles) if one.articles else "",
}


def _newest(one: LawFact) -> str:
    found = max((version for version in one.versions if version.promulgated), key=_day, default=None)
    return f"{found.promulgated} 公布（{found.name}）" if found else ""


def _day(one: VersionFact) -> str:
    return one.promulgated


def _outlines(day: str, found: Iterable[tuple[str, VersionFact]]) -> Iterator[LawDifference]:
    """Tell of the articles of which the structures say different numbers of 款 and 项."""
    read = {id_: Outline.of(one.structure).articles for id_, one in found if one.structure and _sound(one.structure)}
    every = sorted({article for articles in read.values() for article in articles})
    odd = [article for article in every if len({articles.get(article) for articles in read.values()}) > 1]
    if odd:
        shown = odd[:_SHOWN]
        more = f"（共 {len(odd)} 条不同）" if len(odd) > _SHOWN else ""
        said = [
            (id_, "；".join(f"{Step(article)} {_paragraphs(articles.get(article))}" for article in shown) + more)
            for id_, articles in read.items()
        ]
        yield from _differing(f"{day} 公布的版本：{STRUCTURE}", said)


def _sound(structure: str) -> bool:
    try:
        return bool(Outline.of(structure).articles)
    except ValueError:
        return False


def _paragraphs(told: Sequence[tuple[int, object]] | None) -> str:
    if told is None:
        return "没有这一条"
    return f"{len(told)} 款" + (
        f"，各有 {'、'.join(str(one[0]) for one in told)} 项" if any(one[0] for one in told) else ""
    )


def _maps(day: str, found: Iterable[tuple[str, VersionFact]]) -> Iterator[LawDifference]:
    """Tell of the rows that stand in one map and not in another."""
    read = {id_: frozenset(one.map) for id_, one in found if one.map}
    if len(set(read.values())) > 1:
        common = frozenset.intersection(*read.values())
        said = []
        for id_, rows in read.items():
            own = sorted(rows - common)
            more = f"……共 {len(own)} 行" if len(own) > _SHOWN else ""
            said.append((id_, "；".join(own[:_SHOWN]) + more or "没有这几行"))
        yield from _differing(f"{day} 公布的版本：{MAP}", said)


def _differing(what: str, said: Iterable[tuple[str, str]]) -> Iterator[LawDifference]:
    found: dict[str, list[str]] = defaultdict(list)
    for id_, words in said:
        found[words].append(id_)
    if len(found) > 1:
        told = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        yield LawDifference(what, tuple((words, tuple(ids)) for words, ids in told))
