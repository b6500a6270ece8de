"""Reconciling: what differs from a superior's list was decided, and the decision is still about something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.register.catalog import LISTS
from quanze.register.definition import DECISIONS, ENTRIES
from quanze.register.listing import listing
from quanze.register.reconciliation import of_listing, reconcile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Record
    from quanze.register.catalog import Catalog
    from quanze.register.reconciliation import Discrepancy


def _pairs(catalog: Catalog, at: str) -> Iterator[tuple[Record, int, tuple[Discrepancy, ...]]]:
    """Yield (list, which 对照, its differences) of every list that is set beside another."""
    lists = catalog.records.get(LISTS, {})
    for record in lists.values():
        for index, (name, decisions) in enumerate(catalog.lists[record.id].decisions):
            other = lists.get(name)
            if other and all(catalog.lists[each.id].collection in catalog.records for each in (record, other)):
                ours, theirs = (of_listing(listing(catalog, each, at), catalog) for each in (record, other))
                yield record, index, reconcile(ours, theirs, decisions)


def open_difference(catalog: Catalog, at: str) -> Iterator[Finding]:
    """与上级目录的每一处差异须写明采纳还是不采纳和理由（清单的「对照」）；没有决定的、决定采纳还没有改的，列为待复核。"""
    for record, index, differences in _pairs(catalog, at):
        for difference in differences:
            if difference.decision is None:
                ours = f"（{'、'.join(difference.ids)}）" if difference.ids else ""
                message = (
                    f"「{difference.title}」{ours}与上级不同：{difference.kind}；请在「对照」写明采纳还是不采纳、为什么"
                )
                yield Finding(record, f"/{DECISIONS}/{index}", message, "review")
            elif difference.decision.adopted:
                message = f"「{difference.title}」的{difference.kind}决定采纳，还没有改；改好以后删去这一条"
                yield Finding(record, f"/{DECISIONS}/{index}/{ENTRIES}/{difference.decision.index}", message, "review")


def settled_difference(catalog: Catalog, at: str) -> Iterator[Finding]:
    """「对照」里的决定须对得上一处差异；差异已经没有的，列为待复核。"""
    for record, index, differences in _pairs(catalog, at):
        used = {difference.decision.index for difference in differences if difference.decision}
        for decision in catalog.lists[record.id].decisions[index][1]:
            if decision.index not in used:
                message = f"这里决定的{decision.difference}已经没有了；请删去这一条"
                yield Finding(record, f"/{DECISIONS}/{index}/{ENTRIES}/{decision.index}", message, "review")


RULES = (open_difference, settled_difference)
