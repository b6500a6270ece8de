"""Waivers (豁免): reviews that the bureau has looked at and lets stand for a while; data like everything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.form.words import near
from quanze.register.life import real
from quanze.register.settings import Waiver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quanze.register.catalog import Catalog

Found = tuple[str, Finding]
"""(rule id, finding)"""


@dataclass(frozen=True, slots=True)
class Waived:
    """A review that is let stand, and why."""

    rule: str
    finding: Finding
    waiver: Waiver


def settle(catalog: Catalog, at: str, findings: Iterable[Found]) -> tuple[list[Found], list[Waived]]:
    """Part the findings into those that stand and the reviews that a waiver covers on a day."""
    current = {(one.rule, one.record): one for one in catalog.settings.waivers if one.until >= at}
    stand: list[Found] = []
    waived: list[Waived] = []
    for rule, finding in findings:
        waiver = current.get((rule, _named(finding)))
        if waiver and finding.level == "review":
            waived.append(Waived(rule, finding, waiver))
        else:
            stand.append((rule, finding))
    return stand, waived


def _named(finding: Finding) -> str:
    """Return what a waiver calls that in which something was found: collection/id, or the path of another file."""
    record = finding.record
    return record.path if record.id == record.path else f"{record.collection}/{record.id}"


def waiver_expired(catalog: Catalog, at: str) -> Iterator[Finding]:
    """豁免过了截止日期就是错误：处理那个问题，或者写明新的理由和截止日期。"""
    for index, waiver in enumerate(catalog.settings.waivers):
        if real(waiver.until) is None or waiver.until < at:
            message = (
                f"对 {waiver.record}（{waiver.rule}）的豁免截止 {waiver.until}，已经过期；请处理这个问题，或者删去豁免"
            )
            yield Finding(catalog.site_record, Waiver.place(index, "until"), message)


def waiver_unused(catalog: Catalog, at: str, asked: Mapping[str, bool], waived: Iterable[Waived]) -> Iterator[Finding]:
    """豁免须对得上一个待复核的问题：规则名写错的是错误，问题已经不在的列为待复核。"""
    # `asked` has every rule, and whether it was asked this time: of one that was not, no waiver is known to be unused
    used = {(one.rule, _named(one.finding)) for one in waived}
    for index, waiver in enumerate(catalog.settings.waivers):
        if waiver.rule not in asked:
            message = f"没有「{waiver.rule}」这条规则{near(waiver.rule, sorted(asked))}"
            yield Finding(catalog.site_record, Waiver.place(index, "rule"), message)
        elif asked[waiver.rule] and waiver.until >= at and (waiver.rule, waiver.record) not in used:
            message = f"{waiver.record} 没有待复核的 {waiver.rule}，这条豁免已经没有用；请删去"
            yield Finding(catalog.site_record, Waiver.place(index), message, "review")


RULES = (waiver_expired,)
