"""Law over time: what a record rests on was in force on its days, and stands where the record says."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import TYPE_CHECKING

from quanze.catalog import LAWS
from quanze.legal.citation import numbers, spans
from quanze.problem import Finding
from quanze.rules.life import days, lives, real
from quanze.rules.moves import SUPERSEDED, fates, outdated, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.catalog import Catalog, Seat
    from quanze.legal.instrument import Instrument, Version
    from quanze.model import Value


def _citations(catalog: Catalog, at: str) -> Iterator[tuple[Seat, Mapping[str, Value], Instrument, str]]:
    """Yield (seat, citation, instrument, the day on which its record's law is looked at)."""
    odd = days(catalog, at)
    for id_, seats in catalog.citations.items():
        instrument = catalog.instruments[id_]
        for seat in seats:
            yield seat, seat.value, instrument, odd.get(seat.record.path, at)


def _version(citation: Mapping[str, Value], instrument: Instrument, day: str) -> Version:
    """Return the version that a citation means: the one it names, else the one in force, else the newest."""
    return instrument.version(str(citation.get("版本", ""))) or instrument.in_force(day) or instrument.newest


def not_yet_in_force(catalog: Catalog, at: str) -> Iterator[Finding]:
    """依据在记录有效的日子须已经施行：公布了还没有施行的，不能作依据。"""
    for seat, citation, instrument, day in _citations(catalog, at):
        named = instrument.version(str(citation.get("版本", "")))
        start = named.in_force if named else min(version.in_force for version in instrument.versions)
        if start > day:
            version = f"（{named.name}）" if named else ""
            message = f"《{instrument.short}》{version}自 {start} 起施行，在 {day} 还不能作依据"
            yield Finding(seat.record, seat.pointer, message)


def repealed_instrument(catalog: Catalog, at: str) -> Iterator[Finding]:
    """依据在记录有效的日子不能已经废止；有替代文件的，改引替代文件。"""
    for seat, citation, instrument, day in _citations(catalog, at):
        if instrument.repealed and day >= instrument.repealed and citation.get("效力") != SUPERSEDED:
            successors = (catalog.record(LAWS, id_) for id_ in instrument.successors)
            names = "、".join(f"《{catalog.title(one)}》" for one in successors if one)
            then = f"由{names}替代；请改引" if names else "没有登记替代文件；请核对"
            message = f"《{instrument.short}》自 {instrument.repealed} 起废止，{then}"
            yield Finding(seat.record, seat.pointer, message)


def moved_provision(catalog: Catalog, at: str) -> Iterator[Finding]:
    """引用旧版本的，或者最近一次核对早于新版本施行的，按条文对照找到新的条款；条款换了位置须改引，只改了内容的须重新核对。"""
    for one in outdated(catalog, at):
        named = "版本" in one.seat.value
        old = f"所引的{one.since}" if named else f"最近一次核对（{one.since}）"
        head = f"《{one.instrument.short}》{one.current.name}自 {one.current.in_force} 起施行，晚于{old}"
        wrong = named or one.moved
        then = "请改引现行条款" if wrong else "请对照新条文重新核对"
        message = f"{head}：{one}；{then}" if one.fates else f"{head}；{then}"
        pointer = f"{one.seat.pointer}/{'条' if one.fates else '版本'}"
        yield Finding(one.seat.record, pointer, message, "error" if wrong else "review")


def _told(catalog: Catalog, at: str) -> set[tuple[str, str]]:
    """Return (path, pointer) of the citations whose number is told to be an old one."""
    return {(one.seat.record.path, one.seat.pointer) for one in outdated(catalog, at)}


def article_beyond_last(catalog: Catalog, at: str) -> Iterator[Finding]:
    """所引的条不能超过文件的最后一条。"""
    told = _told(catalog, at)
    for seat, citation, instrument, day in _citations(catalog, at):
        version = _version(citation, instrument, day)
        highest = max((last for _, last in spans(citation.get("条"))), default=0)
        if highest > version.last_article and (seat.record.path, seat.pointer) not in told:
            last = f"{version.name}只有 {version.last_article} 条" if version.last_article else "不分条"
            message = f"《{instrument.short}》{last}，没有{said((highest, 0, 0))}"
            yield Finding(seat.record, f"{seat.pointer}/条", message)


def article_run(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """写「95至99」这样连续的条、款、项，前一个须比后一个小。"""
    for seat in catalog.by_kind.get("引用依据", ()):
        for unit in ("条", "款", "项", "目"):
            value = seat.value.get(unit)
            if value is not None and value.__class__ is not int and any(first > last for first, last in spans(value)):
                message = f"「{unit}」写的「{value}」前大后小；请把小的写在前面"
                yield Finding(seat.record, f"{seat.pointer}/{unit}", message)


def penalty_article(catalog: Catalog, at: str) -> Iterator[Finding]:
    """作用是「罚则」的依据，须指向法律责任一章里的条（文件「罚则条」登记的）。"""
    told = _told(catalog, at)
    for seat, citation, instrument, day in _citations(catalog, at):
        if citation.get("作用") != "罚则":
            continue
        known = _version(citation, instrument, day).penalty_articles
        wrong = [article for article in numbers(citation.get("条")) if article not in known] if known else []
        if wrong and (seat.record.path, seat.pointer) not in told:
            now = "、".join(fates(instrument, (wrong[0], 0, 0)))
            hint = f"；旧版本的{said((wrong[0], 0, 0))}现为{now}" if now and "版本" not in citation else ""
            message = f"《{instrument.short}》{said((wrong[0], 0, 0))}不是罚则{hint or '；请核对条的序号或者「作用」'}"
            yield Finding(seat.record, f"{seat.pointer}/条", message)


def check_date(catalog: Catalog, at: str) -> Iterator[Finding]:
    """有依据的记录和法律都要定期核对：核对日期不早于所引法律最新版本的公布日期，也不超过 site.yaml 的「核对周期」。"""
    known = lives(catalog)
    told = {(one.seat.record.path, one.instrument.id) for one in outdated(catalog, at)}
    cited: dict[str, dict[str, Instrument]] = defaultdict(dict)
    for id_, seats in catalog.citations.items():
        for seat in seats:
            cited[seat.record.path][id_] = catalog.instruments[id_]
    for id_, instrument in catalog.instruments.items():
        cited[catalog.records[LAWS][id_].path][id_] = instrument
    limit = _limit(catalog, at)
    for record in catalog:
        life = known[record.collection]
        if not life.check or record.path not in cited or life.ended(record.data, at):
            continue
        checked = life.checked(record.data)
        fresh = [one for one in cited[record.path].values() if (record.path, one.id) not in told]
        message = _late(checked, fresh, at, limit)
        if message:
            pointer = f"/{life.check}/日期" if checked else f"/{life.check}"
            yield Finding(record, pointer, message, "review", at_key=not checked)


def _limit(catalog: Catalog, at: str) -> str:
    """Return the earliest day of a check that is still recent enough."""
    period, date = catalog.site.get("核对周期"), real(at)
    if not isinstance(period, int) or not date or period >= date.toordinal():
        return ""
    return (date - datetime.timedelta(days=period)).isoformat()


def _late(checked: str, cited: list[Instrument], at: str, limit: str) -> str:
    """Return what is wrong with the day of a check, or an empty string."""
    if not checked:
        return "没有写「核对」：什么时候、依据什么来源核对过，读者无从知道"
    if checked > at:
        return f"核对日期 {checked} 还没有到（检查日期是 {at}）；请核对年份"
    newer = [
        (one, version) for one in cited for version in one.versions if checked < version.promulgated <= at
    ]
    if newer:
        one, version = max(newer, key=lambda pair: pair[1].promulgated)
        more = f"等 {len({a.id for a, _ in newer})} 部文件" if len({a.id for a, _ in newer}) > 1 else ""
        told = f"《{one.short}》{version.name}（{version.promulgated} 公布）{more}"
        return f"最近一次核对是 {checked}，早于{told}；请重新核对"
    if checked < limit:
        return f"最近一次核对是 {checked}，已经超过核对周期（{limit} 以后核对的才算）；请重新核对"
    return ""


RULES = (
    not_yet_in_force,
    repealed_instrument,
    moved_provision,
    article_beyond_last,
    article_run,
    penalty_article,
    check_date,
)
