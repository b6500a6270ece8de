"""What pages say of a law that has a newer version: one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.law.articlemap import describe
from quanze.register.renewal import BEHIND, NAMED, behind, renewals

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Record
    from quanze.register.renewal import Renewal
    from quanze.site.pages.context import RenderContext

_MOST = 3


def of_record(context: RenderContext, record: Record) -> tuple[str, ...]:
    """Return a line for each law whose newer version the record has not caught up with, or overlooks by name."""
    of_laws = overtaken(context, record).values()
    waiting = ([one for one in found if (one.why == NAMED) is named] for found in of_laws for named in (False, True))
    return tuple(_told(found) for found in waiting if found)


def overtaken(context: RenderContext, record: Record) -> Mapping[str, list[Renewal]]:
    """Return what a record cites that newer versions have overtaken, by the key of the law."""

    def gather() -> dict[str, dict[str, list[Renewal]]]:
        found: dict[str, dict[str, list[Renewal]]] = {}
        for renewal in renewals(context.catalog, context.at):
            found.setdefault(renewal.occurrence.record.path, {}).setdefault(renewal.instrument.id, []).append(renewal)
        return found

    return context.once(("renewals",), gather).get(record.path, {})


def _told(found: list[Renewal]) -> str:
    renewal = found[0]
    head = f"《{renewal.instrument.short}》{renewal.current.name}自 {renewal.current.in_force} 起施行"
    if renewal.why == BEHIND:
        version = renewal.instrument.version(renewal.since)
        whose = f"还是{version.name}的" if version else "还没有按它核对"
        return f"{head}，本页所引的条号{whose}；以现行条文为准。"
    if renewal.why == NAMED:
        became = "，".join(dict.fromkeys(one.outcome for one in found if one.outcome))
        return f"{head}，本页所引的是{renewal.since}{'：' if became else ''}{became}；以现行条文为准。"
    places = list(dict.fromkeys(describe(fate.new) for each in found for fate in each.fates if fate.new[0]))
    named = "、".join(places[:_MOST]) + ("等" if len(places) > _MOST else "")
    return f"{head}，所引的{named}内容有改动，本页还没有按新条文核对；以现行条文为准。"


def of_law(context: RenderContext, record: Record) -> Iterator[str]:
    """Yield what the page of an instrument announces: a version that is to come, numbers that are still the old."""
    instrument = context.catalog.instruments[record.id]
    for version in instrument.versions:
        if version.in_force > context.at:
            day = f"已于 {version.promulgated} 公布，" if version.promulgated else ""
            current = instrument.in_force(context.at)
            until = f"在那以前适用{current.name}。" if current else ""
            yield f"{version.name}{day}自 {version.in_force} 起施行；{until}"
    newer = behind(context.catalog, instrument, context.at)
    if newer:
        spoken = instrument.named_numbers
        whose = f"还是{spoken.name}的" if spoken else "有的还没有按它核对"
        yield f"{newer.name}自 {newer.in_force} 起施行，本站所引的条号{whose}；以现行条文为准。"
