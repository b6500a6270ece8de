"""Law over time: what a record rests on was in force on its days, and stands where the record says."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.check.rules.cited import cited
from quanze.check.rules.values import of_values
from quanze.form.kinds.check import DAY
from quanze.law.articlemap import describe, fates
from quanze.law.citation import PENALTY, SUPERSEDED, VERSION
from quanze.law.places import ARTICLE, numbers, spans
from quanze.register.catalog import LAWS
from quanze.register.life import checked_since, lives, real
from quanze.register.numbering import checked as last_check
from quanze.register.renewal import BEHIND, NAMED, renewals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quanze.base.problem import Level
    from quanze.law.instrument import Instrument
    from quanze.law.version import Version
    from quanze.register.catalog import Catalog
    from quanze.register.renewal import Renewal


def not_yet_in_force(catalog: Catalog, at: str) -> Iterator[Finding]:
    """依据在记录有效的日子须已经施行：公布了还没有施行的，不能作依据。"""
    for alike in cited(catalog, at):
        instrument, named, day = alike.instrument, alike.named, alike.day
        start = named.in_force if named else min(version.in_force for version in instrument.versions)
        if start > day:
            version = f"（{named.name}）" if named else ""
            then = f"在 {day} 还不能作依据" if day >= at else f"而这条记录到 {day} 为止，不能以它为依据"
            message = f"《{instrument.short}》{version}自 {start} 起施行，{then}"
            yield from (Finding(occurrence.record, occurrence.pointer, message) for occurrence in alike.occurrences)


def repealed_instrument(catalog: Catalog, at: str) -> Iterator[Finding]:
    """依据在记录有效的日子不能已经废止；有替代文件的，改引替代文件。"""
    for instrument, _, day, _, occurrences in cited(catalog, at):
        if instrument.repealed and day >= instrument.repealed:
            successors = (catalog.record(LAWS, id_) for id_ in instrument.successors)
            names = "、".join(f"《{catalog.title(successor)}》" for successor in successors if successor)
            then = f"由{names}替代；请改引" if names else "没有登记替代文件；请核对"
            message = f"《{instrument.short}》自 {instrument.repealed} 起废止，{then}"
            alive = (occurrence for occurrence in occurrences if occurrence.value.state != SUPERSEDED)
            yield from (Finding(occurrence.record, occurrence.pointer, message) for occurrence in alive)


def doubtful_instrument(catalog: Catalog, at: str) -> Iterator[Finding]:
    """依据文件登记了「效力待核」的，在那一天以后还以它为依据的记录列为待复核。"""
    for alike in cited(catalog, at):
        if alike.instrument.in_doubt(alike.day):
            doubt = f"《{alike.instrument.short}》自 {alike.instrument.doubtful} 起是否继续有效待核"
            message = f"{doubt}；请核对，或者改引规定同一事项的现行规定"
            alive = (occurrence for occurrence in alike.occurrences if occurrence.value.state != SUPERSEDED)
            yield from (Finding(occurrence.record, occurrence.pointer, message, "review") for occurrence in alive)


def moved_provision(catalog: Catalog, at: str) -> Iterator[Finding]:
    """法律有了新版本：还写旧版本条号的，按条文对照换成新条号；内容有改动的，在采用新条号以后重新核对。列为待复核，不影响公布。

    指明了旧版本的，采用新版本以后还没有核对过的列为待复核；核对过的，须改引现行条款。
    """
    for alike in _alike(renewals(catalog, at)):
        first = alike[0]
        head = f"《{first.instrument.short}》{first.current.name}自 {first.current.in_force} 起施行"
        if first.why == NAMED:
            head, then = f"{head}，晚于所引的{first.since}", "请改引现行条款"
        elif first.why == BEHIND:
            version = first.instrument.version(first.since)
            head += f"，条号还是{version.name}的" if version else f"，晚于最近一次核对（{first.since}）"
            moved = any(fate.moved for each in alike for fate in each.fates)
            then = _renumber(first.instrument, first.current) if moved else "请对照新条文重新核对"
            if any(not fate.new[0] for each in alike for fate in each.fates):
                then += "，没有新条号的由人改"
        else:
            head, then = f"{head}，采用以后还没有核对（最近一次核对是 {first.since}）", "请对照新条文重新核对"
        told = "，".join(dict.fromkeys(str(fate) for each in alike for fate in each.fates))
        message = f"{head}：{told}；{then}" if told else f"{head}；{then}"
        level: Level = (
            "error" if first.why == NAMED and _confirmed(first, last_check(catalog, first.occurrence, at)) else "review"
        )
        pointer = (
            f"{first.occurrence.pointer}/{ARTICLE if first.fates or not first.occurrence.value.version else VERSION}"
        )
        yield Finding(first.occurrence.record, pointer, message, level)


def _confirmed(renewal: Renewal, last: str) -> bool:
    """Tell whether a record was checked since the newer version was adopted: until then it blocks nothing."""
    current, spoken = renewal.current, renewal.instrument.named_numbers
    adopted = not spoken or spoken.in_force >= current.in_force
    return adopted and (not last or last >= current.adopted)


def _alike(behind: Iterable[Renewal]) -> Iterable[list[Renewal]]:
    """Return the renewals that are one task: those of a record for an instrument; what names a version is alone."""
    tasks: dict[tuple[str, ...], list[Renewal]] = defaultdict(list)
    for renewal in behind:
        place = renewal.occurrence.pointer if renewal.why == NAMED else ""
        tasks[renewal.occurrence.record.path, renewal.instrument.id, renewal.why, place].append(renewal)
    return tasks.values()


def _renumber(instrument: Instrument, version: Version) -> str:
    return f"请用 quanze impact {instrument.short} --to {version.name} --apply 换成新条号"


def undeclared_numbers(catalog: Catalog, at: str) -> Iterator[Finding]:
    """有几个版本的文件，引用它的记录有的在新版本施行以前核对的，要写明「条号版本」，即目录的引用写的是哪一版的条号。"""
    silent = [one for one in catalog.instruments.values() if len(one.versions) > 1 and not one.numbers]
    behind = {one.instrument.id for one in (renewals(catalog, at) if silent else ()) if one.why == BEHIND}
    for instrument in silent:
        if instrument.id in behind:
            known = "、".join(version.name for version in instrument.versions)
            message = f"引用它的记录有的还没有按新版本核对，看不出写的是哪一版的条号；请写明「条号版本」（{known}）"
            yield Finding(catalog.records[LAWS][instrument.id], "/版本", message, "review", at_key=True)


def article_beyond_last(catalog: Catalog, at: str) -> Iterator[Finding]:
    """所引的条须是文件有的：不能超过最后一条，登记了「结构」的，也不能是没有的条。"""
    yield from _unless_moved(catalog, at, _beyond(catalog, at))


def _beyond(catalog: Catalog, at: str) -> Iterator[Finding]:
    for alike in cited(catalog, at):
        version = alike.version
        for occurrence in alike.occurrences:
            article = occurrence.value.article
            highest = article if isinstance(article, int) else max((last for _, last in spans(article)), default=0)
            if highest > version.last_article:
                last = f"{version.name}只有 {version.last_article} 条" if version.last_article else "不分条"
                message = f"《{alike.instrument.short}》{last}，没有{describe((highest, 0, 0))}"
                yield Finding(occurrence.record, f"{occurrence.pointer}/{ARTICLE}", message)
            elif version.outline:
                gap = next((step for step in occurrence.value.steps if version.outline.lacks(*step) == ARTICLE), None)
                if gap:
                    message = f"《{alike.instrument.short}》{version.name}没有{gap}"
                    yield Finding(occurrence.record, f"{occurrence.pointer}/{ARTICLE}", message)


def _unless_moved(catalog: Catalog, at: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings on the 条 of citations without those whose number is told to be an old one."""
    faults = list(findings)
    told = (
        {
            (renewal.occurrence.record.path, f"{renewal.occurrence.pointer}/{ARTICLE}")
            for renewal in renewals(catalog, at)
        }
        if faults
        else set()
    )
    yield from (fault for fault in faults if (fault.record.path, fault.pointer) not in told)


def article_run(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """写「95至99」这样连续的条、款、项，前一个须比后一个小；一处依据不超过 1000 处条款。"""
    return of_values(catalog, "article-run")


def penalty_article(catalog: Catalog, at: str) -> Iterator[Finding]:
    """作用是「罚则」的依据，须指向法律责任一章里的条（文件「罚则条」登记的）。"""
    yield from _unless_moved(catalog, at, _no_penalty(catalog, at))


def _no_penalty(catalog: Catalog, at: str) -> Iterator[Finding]:
    for alike in cited(catalog, at):
        version, known = alike.version, alike.version.penalty_articles
        for occurrence in alike.occurrences if known else ():
            if occurrence.value.role != PENALTY:
                continue
            there = (article for article in numbers(occurrence.value.article) if article <= version.last_article)
            wrong = [article for article in there if article not in known]
            if wrong:
                place = (wrong[0], 0, 0)
                now = "" if alike.name else "、".join(fates(alike.instrument, place))
                hint = f"旧版本的{describe(place)}现为{now}" if now else "请核对条的序号或者「作用」"
                message = f"《{alike.instrument.short}》{describe(place)}不是罚则；{hint}"
                yield Finding(occurrence.record, f"{occurrence.pointer}/{ARTICLE}", message)


def check_date(catalog: Catalog, at: str) -> Iterator[Finding]:
    """有依据的记录和法律都要定期核对：核对日期不早于所引法律、法律自己的新版本，也不超过 site.yaml 的「核对周期」。

    有几个版本的法律，引到条的由条文对照说明哪些要重新核对，这里只看只引整部文件的。
    """
    known = lives(catalog)
    cited: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for id_, occurrences in catalog.citations.items():
        instrument = catalog.instruments[id_]
        mapped = len(instrument.versions) > 1
        newest = (
            instrument.short,
            _newest((version.adopted if mapped else version.promulgated for version in instrument.versions), at),
        )
        for occurrence in occurrences:
            exact = mapped and occurrence.value.article is not None
            cited[occurrence.record.path].add((instrument.short, "") if exact else newest)
    for id_, instrument in catalog.instruments.items():
        own = instrument.short, _newest((version.promulgated for version in instrument.versions), at)
        cited[catalog.records[LAWS][id_].path].add(own)
    redo = cache(lambda: {renewal.occurrence.record.path for renewal in renewals(catalog, at)})
    limit = checked_since(catalog.settings, at)
    for record in catalog:
        life = known[record.collection]
        if not life.check or record.path not in cited or life.ended(record.data, at):
            continue
        checked = life.checked(record.data)
        newer = sorted({name for name, day in cited[record.path] if checked < day})
        message = _late(checked, newer, at, limit)
        if message and (newer or record.path not in redo()):
            pointer = f"/{life.check}/{DAY}" if checked else f"/{life.check}"
            yield Finding(record, pointer, message, "review", at_key=not checked)


def _newest(days: Iterable[str], at: str) -> str:
    """Return the latest of some days that has come; empty where none has."""
    return max((day for day in days if day <= at), default="")


def _late(checked: str, newer: list[str], at: str, limit: str) -> str:
    """Return what is wrong with the day of a check, or an empty string."""
    if not checked:
        return "没有写「核对」；请写最近一次与来源核对的日期和所用的来源"
    if not real(checked):
        return ""  # another rule says that there is no such day
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
    undeclared_numbers,
    article_beyond_last,
    article_run,
    penalty_article,
    check_date,
)
