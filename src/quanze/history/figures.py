"""Figures (统计) worked out from the register and its history, for the year that they name.

A figure that cannot be worked out, because the history is not at hand or the definition names nothing that is there,
is not told at all.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from quanze.form.conditions import conditions, meets
from quanze.history.clocks import clocks
from quanze.history.editions import editions
from quanze.register.catalog import LISTS
from quanze.register.life import lives
from quanze.register.listing import chosen
from quanze.register.paths import values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from quanze.base.model import Record
    from quanze.history.timeline import Event
    from quanze.register.catalog import Catalog

_ADDED, _GONE = frozenset({"新增"}), frozenset({"取消", "下放", "划转", "合并", "撤回", "消失"})
_CHANGED = frozenset({"变更", "暂停", "恢复"})
_HAPPENED = {"新增": _ADDED, "变更": _CHANGED, "终止": _GONE}


class Figures:
    """What a register comes to on a day; `events` are those of its history, None where it is not at hand."""

    def __init__(self, catalog: Catalog, at: str, events: Callable[[], Iterable[Event]] | None = None) -> None:
        self._catalog, self._at, self._events = catalog, at, events

    def __call__(self, statistic: Mapping[str, Any]) -> str:
        """Return a figure in words; empty where it cannot be worked out."""
        number = self.number(statistic)
        return "" if number is None else f"{number:,f}"

    def number(self, statistic: Mapping[str, Any]) -> Decimal | None:
        """Return a figure; None where it cannot be worked out."""
        what, data = statistic["计"], self._scope(statistic)
        if data is None:
            return None
        year = str(statistic.get("年度", ""))
        day = min(f"{year}-12-31", self._at) if year else self._at
        if what == "件数":
            return Decimal(len(self._records(data, day)))
        if what == "合计":
            found = (
                v for one in self._records(data, day) for v in values(self._catalog, one, statistic.get("栏目", ""))
            )
            return sum((Decimal(str(v)) for v in found if isinstance(v, int | float)), Decimal(0))
        if what == "版次":
            return self._count_editions(statistic, year)
        if what == "按期":
            return Decimal(sum(self._in_time(year)))
        return self._happened(data, _HAPPENED[what], year)

    def _scope(self, statistic: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Return collection and condition; None where the figure names a list or a collection that is not there."""
        if "清单" in statistic:
            record = self._catalog.record(LISTS, statistic["清单"])
            data: dict[str, Any] = dict(record.data) if record else {}
            data["条件"] = {**data.get("条件", {}), **statistic.get("条件", {})}
        else:
            data = {"集合": statistic.get("集合"), "条件": statistic.get("条件", {})}
        return data if data.get("集合") in self._catalog.records else None

    def _records(self, data: Mapping[str, Any], day: str) -> list[Record]:
        """Return the records in effect on a day."""
        life = lives(self._catalog)[data["集合"]]
        return [one for one in chosen(self._catalog, data, day) if str(one.data.get(life.start, "")) <= day]

    def _count_editions(self, statistic: Mapping[str, Any], year: str) -> Decimal | None:
        record = self._catalog.record(LISTS, statistic.get("清单", ""))
        if record is None:
            return None
        return Decimal(sum(one.published.startswith(year) for one in editions(record) if one.published))

    def _in_time(self, year: str) -> Iterator[bool]:
        """Yield for each publication of an adjustment in the year whether it was kept in time."""
        for clock in clocks(self._catalog):
            if clock.name == "公布" and clock.done and clock.done.startswith(year):
                yield not clock.late(self._at)

    def _happened(self, data: Mapping[str, Any], wanted: frozenset[str], year: str) -> Decimal | None:
        if self._events is None:
            return None
        records, condition = self._catalog.records[data["集合"]], conditions(data["条件"])
        keys = {
            event.entry.key
            for event in self._events()
            if event.entry.kind in wanted
            and event.entry.key[0] == data["集合"]
            and event.entry.date.startswith(year)
            and (record := records.get(event.entry.key[1])) is not None
            and meets(record.data, condition, self._at)
        }
        return Decimal(len(keys))
