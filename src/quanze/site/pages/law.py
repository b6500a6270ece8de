"""An instrument's page: its versions, what became of each article, and by article everything that rests on it."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from quanze.law.instrument import UNVERIFIED
from quanze.law.move import RENUMBERED
from quanze.law.numerals import numeral
from quanze.law.places import decoded, numbers, parse_place
from quanze.register.numbering import meant
from quanze.site.pages.provision import outdated
from quanze.site.pages.renewed import of_law
from quanze.site.pages.wording import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from markupsafe import Markup

    from quanze.base.model import Record
    from quanze.law.citation import Citation
    from quanze.law.instrument import Instrument
    from quanze.law.move import Move
    from quanze.law.places import Article
    from quanze.law.version import Version
    from quanze.register.occurrences import Occurrence
    from quanze.site.pages.context import RenderContext

CURRENT = "现行"
_VISIBLE = 12
"""So many records under an article are shown at once; others open at a click."""
_MOST = 150
"""So many are listed at all: the search has the others."""


class VersionRow(NamedTuple):
    """One row of the table of versions."""

    name: str
    state: str
    promulgated: str
    in_force: str
    until: str
    words: str
    """What the script says before, on and after the days on which it is in force."""
    number: str
    articles: int | str
    """Its last article; 待核 where nobody looked it up."""
    penalties: str


class MapRow(NamedTuple):
    """One row of an article map."""

    old: str
    new: str
    change: str
    remark: str


class CitingRecord(NamedTuple):
    """A record that cites an article."""

    link: Markup
    place: str
    roles: tuple[str, ...]
    kind: str
    """What it is, where it is no power of a body of this register."""


class CitedArticle(NamedTuple):
    """One article and what rests on it."""

    anchor: str
    number: int
    """0 for the citations of the whole."""
    title: str
    shown: list[CitingRecord]
    more: list[CitingRecord]
    left: int
    """How many are not listed."""
    query: str
    """What the search finds them by, as a part of an address."""
    text: str
    """The address of its wording, from this page; empty where the register does not keep it."""
    displaced: list[str]
    """What no longer applies of it, and what prevails."""


class LawPage(NamedTuple):
    """What the page of an instrument shows beside its fields."""

    rank: str
    stands: VersionRow
    """The version in force; the newest where none is."""
    official: str
    """Where the official text is."""
    versions: list[VersionRow]
    maps: list[tuple[str, list[MapRow], list[tuple[str, str]]]]
    """(version, rows, what is not verified) of each version that has a map."""
    uncited: list[tuple[int, str]]
    """The articles that nothing rests on, with where their wording is: links to them have to arrive somewhere."""
    text: str
    """The address of the whole wording, from this page; empty where the register does not keep it."""
    articles: list[CitedArticle]
    news: list[str]
    """What is to be said of a newer version."""


def law(context: RenderContext, record: Record) -> LawPage:
    """Return what the page of an instrument shows."""
    instrument = context.catalog.instruments[record.id]
    versions = sorted(instrument.versions, key=lambda one: -one.index)
    told = list(_versions(context, record))
    texts = addresses(context, record)
    articles = list(_articles(context, record, texts))
    cited = {article.number for article in articles}
    last = max(version.last_article if version.counted else 0 for version in versions)
    return LawPage(
        instrument.rank,
        next((one for one in told if one.state == CURRENT), told[0]),
        instrument.official,
        told,
        [(version.name, list(_moves(version)), _unverified(version)) for version in versions if version.article_map],
        [(number, texts.get((number, 0), "")) for number in range(1, last + 1) if number not in cited],
        next(iter(texts.values()), "").partition("#")[0],
        articles,
        list(of_law(context, record)),
    )


def _versions(context: RenderContext, record: Record) -> Iterator[VersionRow]:
    """Yield the versions, the newest first, each with what it is on the day of the build."""
    instrument = context.catalog.instruments[record.id]
    current = instrument.in_force(context.at)
    ends = [*(one.in_force for one in instrument.versions[1:]), instrument.repealed]
    for version, until in reversed([*zip(instrument.versions, ends, strict=True)]):
        doubt = instrument.doubtful if version is instrument.newest else ""
        now = UNVERIFIED if doubt and instrument.in_doubt(context.at) else CURRENT
        state = _state(version.in_force, context.at, now if version is current else "")
        yield VersionRow(
            version.name,
            state,
            version.promulgated or UNVERIFIED,
            version.in_force or UNVERIFIED,
            until or doubt,
            f"尚未施行 现行 {'待核' if doubt and not until else '已失效'}",
            version.number or "未载明",
            version.last_article if version.counted else UNVERIFIED,
            runs(version.penalty_articles),
        )

    for version in instrument.undated:
        number = version.number or "未载明"
        yield VersionRow(version.name, UNVERIFIED, UNVERIFIED, UNVERIFIED, "", "", number, UNVERIFIED, "")


def _state(start: str, at: str, current: str) -> str:
    """Return what a version is on a day, in one word; 待核 where nobody has looked up when it begins."""
    if not start:
        return UNVERIFIED
    return current or ("尚未施行" if start > at else "已失效")


def _moves(version: Version) -> Iterator[MapRow]:
    for move in version.article_map:
        if not move.pending:
            same = move.was == move.new and move.change == (RENUMBERED,)
            told = "没有改动" if same else "、".join(move.change)
            gone = "去向待核" if UNVERIFIED in move.change else "（无）"
            yield MapRow(move.was or "（无）", move.new or gone, told, move.remark)


def _unverified(version: Version) -> list[tuple[str, str]]:
    """Return (remark, 旧 → 新) of the rows of which nobody has verified what changed, runs of articles as one."""
    rows = [move for move in version.article_map if move.pending]
    found: dict[str, list[str]] = defaultdict(list)
    for (remark, *_), group in groupby(enumerate(rows), key=lambda one: _run(*one)):
        first, *rest = (row for _, row in group)
        last = rest[-1] if rest else None
        ends = (first.was + (f"至{last.was}" if last else ""), first.new + (f"至{last.new}" if last else ""))
        found[str(remark)].append(" → ".join(ends))
    return [(remark, "；".join(pairs)) for remark, pairs in found.items()]


def _run(place: int, row: Move) -> tuple[object, ...]:
    """Return what neighbours have in common that moved by as much; a row on less than an article is by itself."""
    remark = row.remark or "改了什么待核"
    old, new = row.old, parse_place(row.new)
    whole = old and new and not any((*old[1:], *new[1:], decoded(old[0])[1], decoded(new[0])[1]))
    return (remark, old[0] - place, new[0] - place) if old and new and whole else (remark, row.was, row.new)


def runs(values: Iterable[int]) -> str:
    """Return numbers of articles with neighbours joined: 第九十条至第九十三条、第九十五条."""
    found = []
    for _, group in groupby(enumerate(sorted(values)), key=lambda pair: pair[1] - pair[0]):
        first, *rest = (value for _, value in group)
        found.append(f"第{numeral(first)}条" + (f"至第{numeral(rest[-1])}条" if rest else ""))
    return "、".join(found) or "未载明"


def _articles(context: RenderContext, record: Record, texts: Mapping[Article, str]) -> Iterator[CitedArticle]:
    """Yield the articles that records cite, in order; first the citations of the whole."""
    found: dict[int, dict[tuple[str, str], list[Occurrence[Citation]]]] = defaultdict(lambda: defaultdict(list))
    instrument = context.catalog.instruments[record.id]
    spoken = _spoken(instrument, context.at)
    for occurrence in context.catalog.citations.get(record.id, ()):
        key = occurrence.record.collection, occurrence.record.id
        for article in numbers(occurrence.value.article) or (0,):
            found[article][key].append(occurrence)
    for article, cited in sorted(found.items()):
        title = f"第{numeral(article)}条" if article else "引用整部文件"
        listed = sorted(cited.items(), key=lambda one: not context.roles[one[0][0]].is_power)[:_MOST]
        resting = [_resting(context, cites, instrument, spoken, title) for _, cites in listed]
        query = quote(f"《{instrument.short}》{title if article else ''}")
        anchor = f"t{article}" if article else "whole"
        yield CitedArticle(
            anchor,
            article,
            title,
            resting[:_VISIBLE],
            resting[_VISIBLE:],
            len(cited) - len(listed),
            query,
            texts.get((article, 0), ""),
            list(outdated(context, record.id, article)),
        )


def _resting(
    context: RenderContext, occurrences: list[Occurrence[Citation]], instrument: Instrument, spoken: Version, title: str
) -> CitingRecord:
    """Return a record with the places that it cites, below the article that is the heading already."""
    record = occurrences[0].record
    places = dict.fromkeys(
        _other_version(context, one, instrument, spoken) + one.value.place.removeprefix(title) for one in occurrences
    )
    roles = dict.fromkeys(one.value.role for one in occurrences if one.value.role)
    kind = "" if context.roles[record.collection].is_power else context.catalog.forms[record.collection].title
    return CitingRecord(context.link(record), "、".join(filter(None, places)), tuple(roles), kind)


def _spoken(instrument: Instrument, at: str) -> Version:
    """Return the version whose numbers the page of an instrument speaks."""
    current, spoken = instrument.in_force(at), instrument.named_numbers
    here = current if not spoken or (current and current.in_force < spoken.in_force) else spoken
    return here or instrument.newest


def _other_version(
    context: RenderContext, occurrence: Occurrence[Citation], instrument: Instrument, spoken: Version
) -> str:
    """Return the version that a citation means, in brackets, where it is not the one whose numbers the page speaks."""
    version = meant(context.catalog, instrument, occurrence, context.at)
    return "" if version is spoken else f"（{version.name}）"
