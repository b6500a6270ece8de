"""The days ahead: laws that come into force or end, checks and waivers that fall due, adjustments' deadlines."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from quanze.history.clocks import clocks
from quanze.register.catalog import LAWS
from quanze.register.life import lives, real

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.register.catalog import Catalog

YEAR = 365


class Date(NamedTuple):
    """One day ahead."""

    day: str
    what: str
    """施行, 终止, 核对, 豁免 or 期限."""
    title: str
    url: str
    """The address of a page of the site, from its root."""


def dates(catalog: Catalog, at: str) -> tuple[Date, ...]:
    """Return what is to come after a day, in order.

    The bureau's own business (checks, waivers, deadlines) is among it where the site shows its reviews (公开待复核).
    """
    found = [*_laws(catalog), *_ends(catalog)]
    if catalog.settings.shows_reviews:
        found += (*_checks(catalog), *_waivers(catalog), *_deadlines(catalog))
    return tuple(sorted({one for one in found if one.day > at and real(one.day)}))


def ending(catalog: Catalog, at: str) -> tuple[tuple[Date, int], ...]:
    """Return the laws that end, or get a newer version, within a year, each with how many records cite it."""
    date = real(at)
    last = (date + datetime.timedelta(days=YEAR)).isoformat() if date and date.year < datetime.MAXYEAR else ""
    ends = (end for end in sorted(_laws(catalog)) if at < end.day <= last)
    found = ((end, _citing(catalog, end.url.split("/")[1], end.day)) for end in ends)
    return tuple((end, count) for end, count in found if count)


def _citing(catalog: Catalog, id_: str, day: str) -> int:
    """Return how many records that have not ended on a day cite an instrument."""
    known = lives(catalog)
    citing = {one.record.path: one.record for one in catalog.citations.get(id_, ())}.values()
    return sum(not known[record.collection].over(record.data, day) for record in citing)


def _laws(catalog: Catalog) -> Iterator[Date]:
    for id_, instrument in catalog.instruments.items():
        url = f"{LAWS}/{id_}/"
        for version in instrument.versions:
            if version.in_force:
                name = version.name if len(instrument.versions) > 1 else ""
                yield Date(version.in_force, "施行", f"《{instrument.short}》{name}施行", url)
        if instrument.repealed:
            yield Date(instrument.repealed, "终止", f"《{instrument.short}》废止", url)


def _ends(catalog: Catalog) -> Iterator[Date]:
    """Yield the records whose last day is known beforehand."""
    known = lives(catalog)
    for record in catalog:
        life = known[record.collection]
        if record.collection != LAWS and life.ends(record.data):
            yield Date(
                life.ends(record.data), "终止", f"{catalog.title(record)}终止", f"{record.collection}/{record.id}/"
            )


def _checks(catalog: Catalog) -> Iterator[Date]:
    """Yield, by day, how many laws and records that cite some fall due for their periodic check (核对周期)."""
    period, known = catalog.settings.check_period, lives(catalog)
    citing = {one.record.path for found in catalog.citations.values() for one in found}
    due: dict[str, int] = {}
    for record in catalog if period else ():
        life = known[record.collection]
        last = real(life.checked(record.data))
        if last and last.toordinal() + period < datetime.date.max.toordinal():
            day = (last + datetime.timedelta(days=period + 1)).isoformat()
            if (record.collection == LAWS or record.path in citing) and not life.over(record.data, day):
                due[day] = due.get(day, 0) + 1
    yield from (Date(day, "核对", f"{count} 条记录到了核对周期", "audit/") for day, count in due.items())


def _waivers(catalog: Catalog) -> Iterator[Date]:
    for waiver in catalog.settings.waivers:
        yield Date(waiver.until, "豁免", f"豁免截止：{waiver.record}（{waiver.rule}）", "audit/#waivers")


def _deadlines(catalog: Catalog) -> Iterator[Date]:
    for clock in clocks(catalog):
        if clock.due and not clock.done:
            title = f"{catalog.title(clock.record)}：{clock.name}的期限"
            yield Date(str(clock.due), "期限", title, f"{clock.record.collection}/{clock.record.id}/")
