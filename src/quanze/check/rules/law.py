"""Law over time: what a record rests on was in force on its days, and stands where the record says."""

from __future__ import annotations

import datetime
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.check.rules.cited import cited
from quanze.check.rules.moves import SUPERSEDED, describe, fates, outdated
from quanze.form import kinds
from quanze.form.sentences import quote
from quanze.law.citation import MOST, count, numbers, spans
from quanze.law.places import steps
from quanze.register.catalog import LAWS
from quanze.register.life import lives, real

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quanze.law.instrument import Instrument
    from quanze.register.catalog import Catalog


def not_yet_in_force(catalog: Catalog, at: str) -> Iterator[Finding]:
    """依据在记录有效的日子须已经施行：公布了还没有施行的，不能作依据。"""
    for one in cited(catalog, at):
        instrument, named, day = one.instrument, one.named, one.day
        start = named.in_force if named else min(version.in_force for version in instrument.versions)
        if start > day:
            version = f"（{named.name}）" if named else ""
            then = f"在 {day} 还不能作依据" if day >= at else f"而这条记录到 {day} 为止，不能以它为依据"
            message = f"《{instrument.short}》{version}自 {start} 起施行，{then}"
            yield from (Finding(occurrence.record, occurrence.pointer, message) for occurrence in one.occurrences)


def repealed_instrument(catalog: Catalog, at: str) -> Iterator[Finding]:
    """依据在记录有效的日子不能已经废止；有替代文件的，改引替代文件。"""
    for instrument, _, day, _, occurrences in cited(catalog, at):
        if instrument.repealed and day >= instrument.repealed:
            successors = (catalog.record(LAWS, id_) for id_ in instrument.successors)
            names = "、".join(f"《{catalog.title(one)}》" for one in successors if one)
            then = f"由{names}替代；请改引" if names else "没有登记替代文件；请核对"
            message = f"《{instrument.short}》自 {instrument.repealed} 起废止，{then}"
            alive = (occurrence for occurrence in occurrences if occurrence.value.get("效力") != SUPERSEDED)
            yield from (Finding(occurrence.record, occurrence.pointer, message) for occurrence in alive)


def doubtful_instrument(catalog: Catalog, at: str) -> Iterator[Finding]:
    """依据文件登记了「效力待核」的，在那一天以后还以它为依据的记录列为待复核。"""
    for one in cited(catalog, at):
        if one.instrument.in_doubt(one.day):
            doubt = f"《{one.instrument.short}》自 {one.instrument.doubtful} 起是否继续有效待核"
            message = f"{doubt}；请核对，或者改引规定同一事项的现行规定"
            alive = (occurrence for occurrence in one.occurrences if occurrence.value.get("效力") != SUPERSEDED)
            yield from (Finding(occurrence.record, occurrence.pointer, message, "review") for occurrence in alive)


def moved_provision(catalog: Catalog, at: str) -> Iterator[Finding]:
    """引用旧版本的，或者最近一次核对早于新版本施行的，按条文对照找到新的条款；条款换了位置须改引，只改了内容的须重新核对。"""
    for one in outdated(catalog, at):
        named = "版本" in one.occurrence.value
        old = f"所引的{one.since}" if named else f"最近一次核对（{one.since}）"
        head = f"《{one.instrument.short}》{one.current.name}自 {one.current.in_force} 起施行，晚于{old}"
        wrong = named or one.moved
        then = "请改引现行条款" if wrong else "请对照新条文重新核对"
        message = f"{head}：{one}；{then}" if one.fates else f"{head}；{then}"
        pointer = f"{one.occurrence.pointer}/{'条' if one.fates else '版本'}"
        yield Finding(one.occurrence.record, pointer, message, "error" if wrong else "review")


def article_beyond_last(catalog: Catalog, at: str) -> Iterator[Finding]:
    """所引的条须是文件有的：不能超过最后一条，登记了「结构」的，也不能是没有的条。"""
    yield from _unless_moved(catalog, at, _beyond(catalog, at))


def _beyond(catalog: Catalog, at: str) -> Iterator[Finding]:
    for one in cited(catalog, at):
        version = one.version
        for occurrence in one.occurrences:
            article = occurrence.value.get("条", 0)
            highest = article if article.__class__ is int else max((last for _, last in spans(article)), default=0)
            if highest > version.last_article:
                last = f"{version.name}只有 {version.last_article} 条" if version.last_article else "不分条"
                message = f"《{one.instrument.short}》{last}，没有{describe((highest, 0, 0))}"
                yield Finding(occurrence.record, f"{occurrence.pointer}/条", message)
            elif version.outline:
                gap = next((step for step in steps(occurrence.value) if version.outline.lacks(*step) == "条"), None)
                if gap:
                    message = f"《{one.instrument.short}》{version.name}没有{gap}"
                    yield Finding(occurrence.record, f"{occurrence.pointer}/条", message)


def _unless_moved(catalog: Catalog, at: str, found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings on the 条 of citations without those whose number is told to be an old one."""
    faults = list(found)
    told = (
        {(one.occurrence.record.path, f"{one.occurrence.pointer}/条") for one in outdated(catalog, at)}
        if faults
        else set()
    )
    yield from (fault for fault in faults if (fault.record.path, fault.pointer) not in told)


def article_run(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """写「95至99」这样连续的条、款、项，前一个须比后一个小；一处依据不超过 1000 处条款。"""
    for occurrence in catalog.by_kind[kinds.CITATION]:
        for unit in ("条", "款", "项", "目"):
            value = occurrence.value.get(unit, 0)
            if value.__class__ is not int and any(first > last for first, last in spans(value)):
                message = f"「{unit}」写的{quote(value)}前大后小；请把小的写在前面"
                yield Finding(occurrence.record, f"{occurrence.pointer}/{unit}", message)
        named = count(occurrence.value)
        if named > MOST:
            yield Finding(
                occurrence.record, occurrence.pointer, f"一处依据写了 {named} 处条款，超过 {MOST} 处；请拆开或者核对"
            )


def penalty_article(catalog: Catalog, at: str) -> Iterator[Finding]:
    """作用是「罚则」的依据，须指向法律责任一章里的条（文件「罚则条」登记的）。"""
    yield from _unless_moved(catalog, at, _no_penalty(catalog, at))


def _no_penalty(catalog: Catalog, at: str) -> Iterator[Finding]:
    for one in cited(catalog, at):
        version, known = one.version, one.version.penalty_articles
        for occurrence in one.occurrences if known else ():
            if occurrence.value.get("作用") != "罚则":
                continue
            there = (article for article in numbers(occurrence.value.get("条")) if article <= version.last_article)
            wrong = [article for article in there if article not in known]
            if wrong:
                place = (wrong[0], 0, 0)
                now = "" if one.name else "、".join(fates(one.instrument, place))
                hint = f"旧版本的{describe(place)}现为{now}" if now else "请核对条的序号或者「作用」"
                message = f"《{one.instrument.short}》{describe(place)}不是罚则；{hint}"
                yield Finding(occurrence.record, f"{occurrence.pointer}/条", message)


def check_date(catalog: Catalog, at: str) -> Iterator[Finding]:
    """有依据的记录和法律都要定期核对：核对日期不早于所引法律最新版本的公布日期，也不超过 site.yaml 的「核对周期」。"""
    known = lives(catalog)
    cited: dict[str, set[str]] = defaultdict(set)
    for id_, occurrences in catalog.citations.items():
        for occurrence in occurrences:
            cited[occurrence.record.path].add(id_)
    for id_ in catalog.instruments:
        cited[catalog.records[LAWS][id_].path].add(id_)
    newest = {id_: _newest(one, at) for id_, one in catalog.instruments.items()}
    told = cache(lambda: {(one.occurrence.record.path, one.instrument.id) for one in outdated(catalog, at)})
    redo = cache(lambda: {path for path, _ in told()})
    limit = _limit(catalog, at)
    for record in catalog:
        life = known[record.collection]
        if not life.check or record.path not in cited or life.ended(record.data, at):
            continue
        checked = life.checked(record.data)
        newer = [catalog.instruments[id_] for id_ in cited[record.path] if checked < newest[id_]]
        untold = sorted({one.short for one in newer if (record.path, one.id) not in told()})
        message = _late(checked, untold, at, limit)
        if message and (untold or record.path not in redo()):
            pointer = f"/{life.check}/日期" if checked else f"/{life.check}"
            yield Finding(record, pointer, message, "review", at_key=not checked)


def _newest(instrument: Instrument, at: str) -> str:
    """Return the day on which the newest version known on a day was promulgated."""
    return max((version.promulgated for version in instrument.versions if version.promulgated <= at), default="")


def _limit(catalog: Catalog, at: str) -> str:
    """Return the earliest day of a check that is still recent enough."""
    period, date = catalog.site.get("核对周期"), real(at)
    if not isinstance(period, int) or not date or period >= date.toordinal():
        return ""
    return (date - datetime.timedelta(days=period)).isoformat()


def _late(checked: str, newer: list[str], at: str, limit: str) -> str:
    """Return what is wrong with the day of a check, or an empty string."""
    if not checked:
        return "没有写「核对」；请写最近一次与来源核对的日期和所用的来源"
    if checked > at:
        return f"核对日期 {checked} 还没有到（检查日期是 {at}）；请核对年份"
    if newer:
        names = "、".join(f"《{name}》" for name in newer)
        return f"最近一次核对是 {checked}，之后{names}公布了新的版本；请重新核对"
    if checked < limit:
        return f"最近一次核对是 {checked}，已经超过核对周期（{limit} 以后核对的才算）；请重新核对"
    return ""


RULES = (
    not_yet_in_force,
    repealed_instrument,
    doubtful_instrument,
    moved_provision,
    article_beyond_last,
    article_run,
    penalty_article,
    check_date,
)
