"""Instruments: what a record of `laws` says of its own versions must hang together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.law.instrument import NUMBERS, REPEALED, VERSIONS
from quanze.law.move import NEW, WAS
from quanze.law.outline import Outline
from quanze.law.places import ARTICLE, decoded, parse_place, spans
from quanze.law.version import IN_FORCE, MAP, NAME, PENALTIES, PROMULGATED, STRUCTURE
from quanze.register.catalog import LAWS
from quanze.register.exclusions import exclusions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Record
    from quanze.law.instrument import Instrument
    from quanze.law.version import Version
    from quanze.register.catalog import Catalog


def _laws(catalog: Catalog) -> Iterator[tuple[Record, Instrument]]:
    """Yield the instruments whose versions somebody has looked up."""
    for id_, instrument in catalog.instruments.items():
        if all(version.verified for version in instrument.versions):
            yield catalog.records[LAWS][id_], instrument


def version_dates(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """一部文件的各个版本名称不同；施行不早于公布，废止不早于最后一版的施行。"""
    for record, instrument in _laws(catalog):
        names = Counter(version.name for version in instrument.versions)
        for version in instrument.versions:
            if names[version.name] > 1:
                message = f"有两个版本都叫「{version.name}」，引用时分不清；请改名"
                yield Finding(record, _pointer(version, NAME), message)
            if version.in_force < version.promulgated:
                message = f"{IN_FORCE} {version.in_force} 早于{PROMULGATED} {version.promulgated}；请核对"
                yield Finding(record, _pointer(version, IN_FORCE), message)
        last, end = max(version.in_force for version in instrument.versions), instrument.repealed
        if end and end < last:
            yield Finding(record, f"/{REPEALED}", f"{REPEALED} {end} 早于最后一版的{IN_FORCE} {last}；请核对")


def _pointer(version: Version, *parts: object) -> str:
    return "/".join(map(str, ("", VERSIONS, version.index, *parts)))


def version_articles(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """罚则条、条文对照、不列事项写的条，不能超过那一版的最后一条；对照写成「第八十九条第一款」，能读出条、款、项；结构与条数一致。"""
    excluded = exclusions(catalog)
    for record, instrument in _laws(catalog):
        before: Version | None = None
        for version in instrument.versions:
            yield from _outline(record, version)
            for n, article in enumerate(version.penalties):
                if article > version.last_article:
                    yield Finding(record, _pointer(version, PENALTIES, n), _beyond(version, article))
            for n, row in enumerate(version.article_map):
                for side, words, whole in ((WAS, row.was, before), (NEW, row.new, version)):
                    message = _unread(words, whole) if words else ""
                    if message:
                        yield Finding(record, _pointer(version, MAP, n, side), message)
            before = version
        newest = instrument.newest
        for exclusion in excluded.get(record.id, ()):
            highest = max((last for _, last in spans(exclusion.place.article)), default=0)
            if highest > newest.last_article:
                yield Finding(exclusion.record, f"{exclusion.pointer}/{ARTICLE}", _beyond(newest, highest))


def _outline(record: Record, version: Version) -> Iterator[Finding]:
    """Yield what is wrong with a version's structure."""
    if not version.structure:
        return
    pointer = _pointer(version, STRUCTURE)
    try:
        last = Outline.of(version.structure).last
    except ValueError as error:
        yield Finding(record, pointer, str(error))
        return
    if last != version.last_article:
        message = f"结构写到第 {last} 条，条数却是 {version.last_article}；请用 quanze law outline 重新生成"
        yield Finding(record, pointer, message)


def _beyond(version: Version, article: int) -> str:
    return f"写了第 {article} 条，而{version.name}只有 {version.last_article} 条；请核对"


def _unread(text: str, version: Version | None) -> str:
    """Return why a place in a map is none of a version, or an empty string."""
    place = parse_place(text)
    if place is None:
        return f"「{text}」读不出是哪一条；写成「第八十九条第一款」的样子"
    article, _ = decoded(place[0])
    return _beyond(version, article) if version and article > version.last_article else ""


def numbers_version(catalog: Catalog, at: str) -> Iterator[Finding]:
    """条号版本须是登记了的版本的名称；公布了还没有施行的版本，到施行那天才能采用。"""
    for record, instrument in _laws(catalog):
        name, found = instrument.numbers, instrument.named_numbers
        if name and not found:
            known = "、".join(version.name for version in instrument.versions)
            yield Finding(record, f"/{NUMBERS}", f"没有登记「{name}」这个版本；登记的有：{known}")
        elif found and found.promulgated <= at < found.in_force:
            yield Finding(record, f"/{NUMBERS}", f"{name}自 {found.in_force} 起施行，到那天才能采用它的条号")


RULES = (version_dates, version_articles, numbers_version)
