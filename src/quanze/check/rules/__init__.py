"""Rules between records: generators whose Chinese docstring is their page in the manual."""

from __future__ import annotations

import ast
import inspect
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.parallel import parallel_map
from quanze.check import waivers
from quanze.check.rules import (
    addressees,
    adjustments,
    adoption,
    afterwards,
    appearance,
    approvals,
    attachments,
    bases,
    competence,
    deciders,
    declared,
    demonstration,
    duties,
    handling,
    identity,
    instruments,
    law,
    lifecycle,
    lists,
    maps,
    omissions,
    overlooked,
    personal,
    programs,
    provisions,
    quotations,
    ranks,
    reconciling,
    references,
    remedies,
    sanctions,
    schemas,
    structure,
    texts,
    thresholds,
    tiers,
    vocabulary,
)
from quanze.check.rules.cited import cited
from quanze.check.rules.lifecycle import Earlier, vanished
from quanze.check.shares import APART, ON_DISK, Share, shares, whole
from quanze.check.waivers import Found, Waived
from quanze.law.citation import LAW
from quanze.register.life import lives

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from quanze.base.problem import Finding
    from quanze.io.store import Store
    from quanze.register.catalog import Catalog

__all__ = ["GROUPS", "MANUAL", "RULES", "Answer", "Earlier", "Findings", "Waived", "ask", "name", "run", "vanished"]

GROUPS = {
    "引用": (*references.RULES, *bases.RULES),
    "表单的声明": (*schemas.RULES, *declared.RULES),
    "清单": (*lists.RULES, *ranks.RULES, *reconciling.RULES),
    "法律的时间": law.RULES,
    "条款项目": structure.RULES,
    LAW: (*instruments.RULES, *maps.RULES),
    "罚则": (*sanctions.RULES, *thresholds.RULES),
    "谁能设定": (*competence.RULES, *deciders.RULES),
    "条文": (*provisions.RULES, *addressees.RULES, *duties.RULES, *omissions.RULES, *quotations.RULES),
    "裁量基准": tiers.RULES,
    "名称和编码": identity.RULES,
    "存续": lifecycle.RULES,
    "采用上级": adoption.RULES,
    "办理": handling.RULES,
    "文字": (*texts.RULES, *personal.RULES),
    "搜索": vocabulary.RULES,
    "动态调整": (*adjustments.RULES, *approvals.RULES),
    "救济途径": remedies.RULES,
    "演示和正式": demonstration.RULES,
    "随附的文件": attachments.RULES,
    "外观": appearance.RULES,
    "网站的程序": programs.RULES,
    "豁免": waivers.RULES,
}
"""The rules that look at the catalog on a day, by the heads of the manual."""


def name(rule: Callable[..., object]) -> str:
    """Return the id of a rule."""
    return rule.__name__.replace("_", "-")


def _docs(*rules: Callable[..., object]) -> dict[str, str]:
    """Return what the manual says of each rule: its docstring."""
    return {name(rule): _doc(rule).replace("\n", "") for rule in rules}


def _doc(rule: Callable[..., object]) -> str:
    """Return a docstring, from the source where Python was told to forget it (PYTHONOPTIMIZE=2)."""
    return inspect.getdoc(rule) or ast.get_docstring(ast.parse(inspect.getsource(rule)).body[0]) or ""  # type: ignore[arg-type]


RULES: Mapping[str, Callable[[Catalog, str], Iterator[Finding]]] = {
    name(rule): rule for group in GROUPS.values() for rule in group
}
"""The rules that look at the catalog on a day, by id."""
MANUAL: Mapping[str, Mapping[str, str]] = {
    **{head: _docs(*group) for head, group in GROUPS.items()},
    "表单的声明": _docs(*GROUPS["表单的声明"], *declared.RECORDED),
    "存续": _docs(*lifecycle.RULES, vanished),
    "动态调整": _docs(
        *(*adjustments.RULES, *approvals.RULES, *adjustments.RECORDED, *afterwards.RECORDED, *overlooked.RECORDED)
    ),
    "网站的程序": _docs(*programs.RULES, *programs.BUILDING),
    "豁免": _docs(*waivers.RULES, waivers.waiver_unused),
}
"""Head → id → what the rule asks, for the manual: with those that need more than the catalog and a day."""


_MANY = 500
"""From so many records on, the rules are worth dividing among processes."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the rules found: (rule id, finding), and the reviews that a waiver lets stand."""

    open: tuple[Found, ...]
    waived: tuple[Waived, ...]


class RuleResult(NamedTuple):
    """What one rule found."""

    rule: str
    findings: tuple[Finding, ...]


def ask(rule: Callable[..., Iterator[Finding]], *given: object) -> RuleResult:
    """Apply one rule."""
    return RuleResult(name(rule), tuple(rule(*given)))


def _ask_all(catalog: Catalog, at: str, kept: Store | None) -> Iterator[RuleResult]:
    """Begin to apply every rule that looks at the catalog on a day, on all cores where that pays."""
    if sum(map(len, catalog.records.values())) < _MANY:
        return (ask(rule, catalog, at) for rule in RULES.values())
    parts = [*shares(catalog, at)] if kept else []
    together = whole(catalog, at, parts)
    known = together.known(kept) if kept and not catalog.broken else None
    first = known is None and all(kept is None or one.known(kept) is None for one in parts)  # all powers at once
    if first:  # what many rules ask for is made once, before the work is divided
        _ = catalog.citations, catalog.sanctions, catalog.references, cited(catalog, at)
    if kept is None:
        return parallel_map(lambda rule: ask(rule, catalog, at), [*RULES.values()], "检查")
    asked = [id_ for id_ in RULES if id_ in ON_DISK or (first if id_ in APART else known is None)]
    work = [
        *(partial(_answer, RULES[id_], catalog, at) for id_ in asked),
        *(partial(_apart, one, at, kept) for one in parts if not first),
    ]
    answers = chain.from_iterable(parallel_map(lambda one: one(), work, "检查"))
    if known is None:
        return _keeping(answers, together, parts if first else (), kept)
    return chain(_by_rule(RULES.keys() - APART - ON_DISK, known), answers)


def _keeping(
    answers: Iterable[RuleResult], together: Share, parts: Iterable[Share], kept: Store
) -> Iterator[RuleResult]:
    """Yield answers, and keep in the end those of the rules that look at all powers, and of the others in parts."""
    found: list[Found] = []
    for answer in answers:
        found += ((answer.rule, one) for one in answer.findings if answer.rule not in ON_DISK)
        yield answer
    together.keep([(rule, one) for rule, one in found if rule not in APART], kept)
    for part in parts:
        part.keep([(rule, one) for rule, one in found if rule in APART and part.owns(one.record)], kept)


def _answer(rule: Callable[..., Iterator[Finding]], catalog: Catalog, at: str) -> list[RuleResult]:
    return [ask(rule, catalog, at)]


def _apart(share: Share, at: str, kept: Store) -> list[RuleResult]:
    """Return what the rules that look at each power by itself find in a share."""

    def every(catalog: Catalog) -> Iterator[Found]:
        for answer in (ask(RULES[id_], catalog, at) for id_ in sorted(APART)):
            yield from ((answer.rule, finding) for finding in answer.findings)

    return _by_rule(APART, share.found(every, kept))


def _by_rule(rules: Iterable[str], found: Iterable[Found]) -> list[RuleResult]:
    """Return what was found as answers, one for each rule."""
    by_rule: dict[str, list[Finding]] = {id_: [] for id_ in sorted(rules)}
    for rule, one in found:
        by_rule[rule].append(one)
    return [RuleResult(rule, tuple(findings)) for rule, findings in by_rule.items()]


def _lowered(catalog: Catalog, answers: Iterable[RuleResult]) -> Iterator[Found]:
    """Yield what the rules found; a fault in a draft blocks nothing, since no draft is ever published."""
    known = lives(catalog)
    for answer in answers:
        for finding in answer.findings:
            life = known.get(finding.record.collection) if finding.level == "error" else None
            draft = life is not None and life.draft(finding.record.data)
            yield answer.rule, replace(finding, level="review") if draft else finding


def run(
    catalog: Catalog, at: str, also: Callable[[], Iterable[RuleResult]] = tuple, kept: Store | None = None
) -> Findings:
    """Apply every rule, on the law as it stands on a day, and then the waivers.

    `also` asks those rules that need more than the catalog and a day, while the others are at work; `kept` spares
    what was found before of the same.
    """
    others = _ask_all(catalog, at, kept)
    extra = [*also()]
    order = {id_: place for place, id_ in enumerate(RULES)}
    looked = sorted(others, key=lambda answer: order[answer.rule])
    answers = [*looked, *extra]
    found = [*_lowered(catalog, looked), *((answer.rule, finding) for answer in extra for finding in answer.findings)]
    stand, waived = waivers.settle(catalog, at, found)
    known = {id_: id_ in RULES for group in MANUAL.values() for id_ in group}
    asked = known | {answer.rule: True for answer in answers}
    stand += ((name(waivers.waiver_unused), finding) for finding in waivers.waiver_unused(catalog, at, asked, waived))
    return Findings(tuple(stand), tuple(waived))
