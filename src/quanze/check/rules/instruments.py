"""Instruments: what a record of `laws` says of its own versions must hang together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from quanze.base.problem import Finding
from quanze.law.outline import Outline
from quanze.law.places import parse_place, spans
from quanze.register.catalog import LAWS
from quanze.register.exclusions import exclusions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Record
    from quanze.register.catalog import Catalog


def _laws(catalog: Catalog) -> Iterator[tuple[Record, list[Mapping[str, Any]]]]:
    """Yield the instruments whose versions somebody has looked up."""
    for record in catalog.records.get(LAWS, {}).values():
        versions = list(record.data["版本"])
        if all("施行日期" in version for version in versions):
            yield record, versions


def version_dates(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """一部文件的各个版本名称不同；施行不早于公布，废止不早于最后一版的施行。"""
    for record, versions in _laws(catalog):
        names = Counter(version["名称"] for version in versions)
        for index, version in enumerate(versions):
            if names[version["名称"]] > 1:
                message = f"有两个版本都叫「{version['名称']}」，引用时分不清；请改名"
                yield Finding(record, f"/版本/{index}/名称", message)
            if version["施行日期"] < version["公布日期"]:
                message = f"施行日期 {version['施行日期']} 早于公布日期 {version['公布日期']}；请核对"
                yield Finding(record, f"/版本/{index}/施行日期", message)
        last, end = max(version["施行日期"] for version in versions), str(record.data.get("废止日期", ""))
        if end and end < last:
            yield Finding(record, "/废止日期", f"废止日期 {end} 早于最后一版的施行日期 {last}；请核对")


def version_articles(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """罚则条、条文对照、不列事项写的条，不能超过那一版的最后一条；对照写成「第八十九条第一款」，能读出条、款、项；结构与条数一致。"""
    excluded = exclusions(catalog)
    for record, versions in _laws(catalog):
        by_date = sorted(range(len(versions)), key=lambda n: versions[n]["公布日期"])
        before: Mapping[str, Any] | None = None
        for index in by_date:
            version = versions[index]
            yield from _outline(record, f"/版本/{index}/结构", version)
            for n, article in enumerate(version.get("罚则条", ())):
                if article > version["条数"]:
                    yield Finding(record, f"/版本/{index}/罚则条/{n}", _beyond(version, article))
            for n, row in enumerate(version.get("条文对照", ())):
                for side, whole in (("旧", before), ("新", version)):
                    message = _unread(row[side], whole) if side in row else ""
                    if message:
                        yield Finding(record, f"/版本/{index}/条文对照/{n}/{side}", message)
            before = version
        newest = versions[by_date[-1]]
        for one in excluded.get(record.id, ()):
            highest = max((last for _, last in spans(one.place.article)), default=0)
            if highest > newest["条数"]:
                yield Finding(one.record, f"{one.pointer}/条", _beyond(newest, highest))


def _outline(record: Record, pointer: str, version: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is wrong with a version's structure."""
    if "结构" not in version:
        return
    try:
        last = Outline.of(version["结构"]).last
    except ValueError as error:
        yield Finding(record, pointer, str(error))
        return
    if last != version["条数"]:
        yield Finding(
            record, pointer, f"结构写到第 {last} 条，条数却是 {version['条数']}；请用 quanze law outline 重新生成"
        )


def _beyond(version: Mapping[str, Any], article: int) -> str:
    return f"写了第 {article} 条，而{version['名称']}只有 {version['条数']} 条；请核对"


def _unread(text: str, version: Mapping[str, Any] | None) -> str:
    """Return why a place in a map is none of a version, or an empty string."""
    place = parse_place(text)
    if place is None:
        return f"「{text}」读不出是哪一条；写成「第八十九条第一款」的样子"
    return _beyond(version, place[0]) if version and place[0] > version["条数"] else ""


def numbers_version(catalog: Catalog, at: str) -> Iterator[Finding]:
    """条号版本须是登记了的版本的名称；公布了还没有施行的版本，到施行那天才能采用。"""
    for record, versions in _laws(catalog):
        name = record.data.get("条号版本")
        found = next((version for version in versions if version["名称"] == name), None)
        if name and not found:
            known = "、".join(str(version["名称"]) for version in versions)
            yield Finding(record, "/条号版本", f"没有登记「{name}」这个版本；登记的有：{known}")
        elif found and found["公布日期"] <= at < found["施行日期"]:
            yield Finding(record, "/条号版本", f"{name}自 {found['施行日期']} 起施行，到那天才能采用它的条号")


RULES = (version_dates, version_articles, numbers_version)
