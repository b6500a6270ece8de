"""Rules between records: generators whose Chinese docstring is their page in the manual."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.rules import (
    demonstration,
    identity,
    instruments,
    law,
    lifecycle,
    lists,
    quotations,
    references,
    sanctions,
    texts,
    waivers,
)
from quanze.rules.lifecycle import Earlier
from quanze.rules.waivers import Waived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from quanze.catalog import Catalog
    from quanze.problem import Finding

__all__ = ["GROUPS", "MANUAL", "RULES", "Earlier", "Findings", "Waived", "run"]

GROUPS = {
    "引用": references.RULES,
    "清单": lists.RULES,
    "法律的时间": law.RULES,
    "依据文件": instruments.RULES,
    "罚则": sanctions.RULES,
    "名称和编码": identity.RULES,
    "存续": lifecycle.RULES,
    "文字": (*texts.RULES, *quotations.RULES),
    "演示和正式": demonstration.RULES,
    "豁免": waivers.RULES,
}
"""The rules that look at the catalog on a day, by the heads of the manual."""


def _id(rule: Callable[..., object]) -> str:
    return rule.__name__.replace("_", "-")


def _docs(*rules: Callable[..., object]) -> dict[str, str]:
    """Return what the manual says of each rule: its docstring."""
    return {_id(rule): (inspect.getdoc(rule) or "").replace("\n", "") for rule in rules}


RULES: Mapping[str, Callable[[Catalog, str], Iterator[Finding]]] = {
    _id(rule): rule for group in GROUPS.values() for rule in group
}
"""The same by id."""
MANUAL: Mapping[str, Mapping[str, str]] = {
    **{head: _docs(*group) for head, group in GROUPS.items()},
    "存续": _docs(*lifecycle.RULES, lifecycle.vanished),
    "豁免": _docs(*waivers.RULES, waivers.waiver_unused),
}
"""Head → id → what the rule asks, for the manual: with the two that need more than the catalog."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the rules found: (rule id, finding), and the reviews that a waiver lets stand."""

    open: tuple[tuple[str, Finding], ...]
    waived: tuple[Waived, ...]


def run(catalog: Catalog, at: str, earlier: Earlier) -> Findings:
    """Apply every rule, on the law as it stands on a day, and then the waivers.

    `earlier` is empty where git tells of no edition.
    """
    found = [(id_, finding) for id_, rule in RULES.items() for finding in rule(catalog, at)]
    found += ((_id(lifecycle.vanished), finding) for finding in lifecycle.vanished(catalog, earlier))
    stand, waived = waivers.settle(catalog, at, found)
    known = [id_ for rules in MANUAL.values() for id_ in rules]
    unused = waivers.waiver_unused(catalog, at, known, waived)
    stand += ((_id(waivers.waiver_unused), finding) for finding in unused)
    return Findings(tuple(stand), tuple(waived))
