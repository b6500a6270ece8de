"""Figures (统计) worked out from the register and its history, for the year that they name.

A figure that cannot be worked out, because the history is not at hand or the definition names nothing that is there,
is not told at all.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from quanze.form.conditions import conditions, meets
from quanze.form.kinds.select import Selection
from quanze.history.clocks import clocks
from quanze.register.definition import EDITIONS
from quanze.register.life import lives
from quanze.register.listing import chosen
from quanze.register.paths import find, value_at, values
from quanze.register.table import ABSENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from quanze.base.model import Record, Value
    from quanze.form.conditions import Condition
    from quanze.form.kinds.statistic import Statistic
    from quanze.history import Entry
    from quanze.register.catalog import Catalog

    Entries = Mapping[tuple[str, str], tuple[Entry, ...]]

_ADDED, _GONE = frozenset({"新增"}), frozenset({"取消", "下放", "划转", "合并", "撤回", "消失"})
_CHANGED = frozenset({"变更", "暂停", "恢复"})
_HAPPENED = {"新增": _ADDED, "变更": _CHANGED, "终止": _GONE}
_SUM, _EDITIONS, _IN_TIME = "合计", EDITIONS, "按期"
_SAID = {
    "件数": "{when}有多少条",
    "新增": "{when}新增多少条",
    "变更": "{when}变更多少条",
    "终止": "{when}终止多少条",
    _EDITIONS: "{when}公布几版",
    _IN_TIME: "{when}按期公布几次",
    _SUM: "{when}{field}合计多少",
}
"""How a figure is worked out, by what it counts."""


class Figures:
    """What a register comes to on a day; `recorded` has the entries of its history, None where it has none."""

    def __init__(self, catalog: Catalog, at: str, recorded: Callable[[], Entries] | None = None) -> None:
        self._catalog, self._at, self._recorded = catalog, at, recorded

    def __call__(self, statistic: Statistic) -> str:
        """Return a figure in words; empty where it cannot be worked out."""
        number = self.number(statistic)
        if number is None:
            return ""
        parts = "、".join(f"{name} {amount:,f}" for name, amount in self.parts(statistic))
        return f"{number:,f}（{parts}）" if parts else f"{number:,f}"

    def number(self, statistic: Statistic) -> Decimal | None:
        """Return a figure; None where it cannot be worked out."""
        if statistic.counted == _EDITIONS:
            return self._count_editions(statistic, statistic.year)
        if statistic.counted == _IN_TIME:
            return Decimal(sum(self._in_time(statistic.year)))
        counted = self._counted(statistic)
        return None if counted is None else sum((amount for _, amount in counted), Decimal(0))

    def parts(self, statistic: Statistic) -> tuple[tuple[str, Decimal], ...]:
        """Return a figure by the values of the field that it names (按), in the order of its vocabulary."""
        counted = self._counted(statistic) if statistic.by else None
        if not counted:
            return ()
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for record, amount in counted:
            for name in values(self._catalog, record, statistic.by) or (ABSENT,):
                sums[str(name)] += amount
        form = self._catalog.forms[counted[0][0].collection]
        choices = field.choices if (field := find(self._catalog.forms, form, statistic.by)) else ()
        order = {name: place for place, name in enumerate(choices)}
        return tuple(sorted(sums.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0])))

    def _counted(self, statistic: Statistic) -> list[tuple[Record, Decimal]] | None:
        """Return the records that a figure counts, each with what it adds; None where that cannot be made out."""
        meant, what, year = self._scope(statistic), statistic.counted, statistic.year
        if meant is None or what in {_EDITIONS, _IN_TIME}:
            return None
        if what in _HAPPENED:
            happened = self._happened(meant, _HAPPENED[what], year)
            return None if happened is None else [(record, Decimal(1)) for record in happened]
        records = self._records(meant, min(f"{year}-12-31", self._at) if year else self._at)
        if what == _SUM:
            return [(record, self._sum(record, statistic.field, meant.condition)) for record in records]
        return [(record, Decimal(1)) for record in records]

    def _sum(self, record: Record, path: str, condition: Mapping[str, Value]) -> Decimal:
        """Return what a field of a record comes to: of a list of groups only the groups that meet the condition."""
        above = path.rpartition(".")[0]
        rows = value_at(record.data, above) if above else None
        if isinstance(rows, list):
            inner = [one for one in conditions(condition) if one.path.startswith(f"{above}.")]
            wanted = tuple(replace(one, path=one.path.removeprefix(f"{above}.")) for one in inner)
            met = (n for n, row in enumerate(rows) if isinstance(row, dict) and meets(row, wanted, self._at))
            counted = [value for n in met for value in values(self._catalog, record, path, n)]
        else:
            counted = values(self._catalog, record, path)
        return sum((Decimal(str(one)) for one in counted if isinstance(one, int | float)), Decimal(0))

    @staticmethod
    def past(statistic: Statistic) -> bool:
        """Tell whether a figure counts what happened: nothing but the history tells."""
        return statistic.counted in _HAPPENED

    def words(self, statistic: Statistic) -> str:
        """Say how a figure is worked out."""
        list_ = self._catalog.lists.get(statistic.list_id)
        form = self._catalog.forms.get(statistic.collection)
        scope = f"清单「{list_.title}」" if list_ else form.title if form else "登记"
        asked = "、".join(_condition(condition) for condition in conditions(statistic.condition))
        when = f" {statistic.year} 年" if statistic.year else ""
        basis = _SAID[statistic.counted].format(when=when, field=statistic.field)
        return f"{scope}里{asked}的，{basis.strip()}" if asked else f"{scope}里{basis}"

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
        life, records = (
            lives(self._catalog)[meant.collection],
            chosen(self._catalog, meant.collection, meant.condition, day),
        )
        return [record for record in records if life.begins(record.data) <= day]

    def _count_editions(self, statistic: Statistic, year: str) -> Decimal | None:
        list_ = self._catalog.lists.get(statistic.list_id)
        if list_ is None:
            return None
        return Decimal(sum(edition.published.startswith(year) for edition in list_.editions if edition.published))

    def _in_time(self, year: str) -> Iterator[bool]:
        """Yield for each publication of an adjustment in the year whether it was kept in time."""
        for clock in clocks(self._catalog):
            if clock.name == "公布" and clock.done and clock.done.startswith(year):
                yield not clock.late(self._at)

    def _happened(self, meant: Selection, wanted: frozenset[str], year: str) -> list[Record] | None:
        if self._recorded is None:
            return None
        records, condition, recorded = (
            self._catalog.records[meant.collection],
            conditions(meant.condition),
            self._recorded(),
        )
        return [
            record
            for record in records.values()
            if meets(record.data, condition, self._at)
            and any(
                entry.kind in wanted and entry.date.startswith(year)
                for entry in recorded.get((meant.collection, record.id), ())
            )
        ]


def _condition(condition: Condition) -> str:
    if condition.absent is not None:
        return f"{condition.path}{'没有写' if condition.absent else '写明'}"
    if condition.before or condition.after:
        return f"{condition.path}在 {condition.before or condition.after} 之{'前' if condition.before else '后'}"
    if condition.words:
        return f"{condition.path}里有{'、'.join(condition.words)}"
    return f"{condition.path}为{'、'.join(map(str, condition.values))}"
