"""Thresholds of a hearing or a legal review: one amount for whom, and kinds that a sanction can have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.form import kinds
from quanze.form.words import near
from quanze.law.numerals import yuan
from quanze.law.penalty import KINDS as KNOWN
from quanze.law.sanction import ADDRESSEE, KINDS
from quanze.law.threshold import AMOUNTS, Threshold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.register.catalog import Catalog


def threshold_twice(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """门槛里一个「对象」只写一个起点；都不写对象的也只写一个。"""
    for occurrence in catalog.by_kind[kinds.THRESHOLD]:
        first: dict[str, int] = {}
        for index, (whom, amount) in enumerate(Threshold.of(occurrence.value).amounts):
            if whom in first:
                said = f"对{whom}" if whom else f"没有写「{ADDRESSEE}」"
                message = f"{said}的起点写了两次，{yuan(first[whom])}和{yuan(amount)}；请核对，只留一个"
                yield Finding(occurrence.record, f"{occurrence.pointer}/{AMOUNTS}/{index}", message)
            first.setdefault(whom, amount)


def threshold_kind(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """门槛的「种类」用行政处罚法第九条的名称，或者罚则里写过的说法；别的说法没有罚则达到，列为待复核。"""
    found = catalog.by_kind[kinds.THRESHOLD]
    used = {kind for sanction in catalog.sanctions for kind in sanction.value.kinds} if found else set()
    for occurrence in found:
        for index, kind in enumerate(Threshold.of(occurrence.value).kinds):
            if kind not in KNOWN and kind not in used:
                message = f"没有罚则写过「{kind}」，写了也没有事项达到{near(kind, {*KNOWN, *used})}；请核对"
                yield Finding(occurrence.record, f"{occurrence.pointer}/{KINDS}/{index}", message, "review")


RULES = (threshold_twice, threshold_kind)
