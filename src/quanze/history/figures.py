"""Figures (统计) worked out from the register and its history, for the year that they name.

A figure that cannot be worked out, because the history is not at hand or the definition names nothing that is there,
is not told at all.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from quanze.form.conditions import conditions, meets
from quanze.form.kinds.select import Selection
from quanze.history.clocks import clocks
from quanze.register.definition import EDITIONS
from quanze.register.life import lives
from quanze.register.listing import chosen
from quanze.register.paths import values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from quanze.base.model import Record
    from quanze.form.kinds.statistic import Statistic
    from quanze.history.timeline import Event
    from quanze.register.catalog import Catalog

_RECORDS, _SUM, _EDITIONS, _IN_TIME = "件数", "合计", EDITIONS, "按期"
_ADDED, _GONE = frozenset({"新增"}), frozenset({"取消", "下放", "划转", "合并", "撤回", "消失"})
_CHANGED = frozenset({"变更", "暂停", "恢复"})
_HAPPENED = {"新增": _ADDED, "变更": _CHANGED, "终止": _GONE}


class Figures:
    """What a register comes to on a day; `events` are those of its history, None where it is not at hand."""

    def __init__(self, catalog: Catalog, at: str, events: Callable[[], Iterable[Event]] | None = None) -> None:
        self._catalog, self._at, self._events = catalog, at, events

    def __call__(self, statistic: Statistic) -> str:
        """Return a figure in words; empty where it cannot be worked out."""
        number = self.number(statistic)
        return "" if number is None else f"{number:,f}"

    def number(self, statistic: Statistic) -> Decimal | None:
        """Return a figure; None where it cannot be worked out."""
        what, meant = statistic.counted, self._scope(statistic)
        if meant is None:
            return None
        year = statistic.year
        day = min(f"{year}-12-31", self._at) if year else self._at
        if what == _RECORDS:
            return Decimal(len(self._records(meant, day)))
        if what == _SUM:
            found = (v for one in self._records(meant, day) for v in values(self._catalog, one, statistic.field))
            return sum((Decimal(str(v)) for v in found if isinstance(v, int | float)), Decimal(0))
        if what == _EDITIONS:
            return self._count_editions(statistic, year)
        if what == _IN_TIME:
            return Decimal(sum(self._in_time(year)))
        return self._happened(meant, _HAPPENED[what], year)

    def _scope(self, statistic: Statistic) -> Selection | None:
        """Return collection and condition; None where the figure names a list or a collection that is not there."""
        meant = Selection(statistic.collection, statistic.condition)
        if statistic.list_id:
            list_ = self._catalog.lists.get(statistic.list_id)
            if list_ is None:
                return None
            meant = Selection(list_.collection, {**list_.condition, **statistic.condition})
        return meant if meant.collection in self._catalog.records else None

    def _records(self, meant: Selection, day: str) -> list[Record]:
        """Return the records in effect on a day."""
        life, found = (
            lives(self._catalog)[meant.collection],
            chosen(self._catalog, meant.collection, meant.condition, day),
        )
        return [one for one in found if str(one.data.get(life.start, "")) <= day]

    def _count_editions(self, statistic: Statistic, year: str) -> Decimal | None:
        list_ = self._catalog.lists.get(statistic.list_id)
        if list_ is None:
            return None
        return Decimal(sum(one.published.startswith(year) for one in list_.editions if one.published))

    def _in_time(self, year: str) -> Iterator[bool]:
        """Yield for each publication of an adjustment in the year whether it was kept in time."""
        for clock in clocks(self._catalog):
            if clock.name == "公布" and clock.done and clock.done.startswith(year):
                yield not clock.late(self._at)

    def _happened(self, meant: Selection, wanted: frozenset[str], year: str) -> Decimal | None:
        if self._events is None:
            return None
        records, condition = self._catalog.records[meant.collection], conditions(meant.condition)
        keys = {
            event.entry.key
            for event in self._events()
            if event.entry.kind in wanted
            and event.entry.key[0] == meant.collection
            and event.entry.date.startswith(year)
            and (record := records.get(event.entry.key[1])) is not None
            and meets(record.data, condition, self._at)
        }
        return Decimal(len(keys))
