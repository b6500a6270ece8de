"""The approval sheet (审批表): what is to be approved, old beside new, and room for those who decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.history.adjustment import ADJUSTMENTS
from quanze.io.document import Document
from quanze.law.adjustment import APPROVED, Adjustment
from quanze.proof.proposal.formats import sums

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.proof.proposal.shapes import Proposal, Submitted
    from quanze.register.catalog import Catalog

_NONE = "（没有）"
_SIGNED = "签字（盖章）：\n年　　月　　日"
_OPINIONS = ("承办机构意见", "法制审核意见")


def approval_sheet(proposal: Proposal, catalog: Catalog) -> bytes:
    """Return the sheet as DOCX; opinions and approvals that the adjustments hold already stand in it."""
    sheet = Document(f"{proposal.body}权责清单调整审批表", proposal.disclaimer)
    sheet.table([*_facts(proposal, catalog)], (1, 5), heads=0)
    if proposal.errors:
        sheet.heading("没有改动的文件里的错误")
        for problem in proposal.errors:
            sheet.paragraph(f"{problem.path}：{problem.message}")
    for number, one in enumerate(proposal.records, 1):
        sheet.heading(f"{number}. {one.kind}：{one.changed.title}（{one.changed.name}）")
        sheet.table([("栏目", "原", "现"), *_fields(one)], (1, 3, 3))
        for line in _remarks(one):
            sheet.paragraph(line)
    sheet.heading("审批")
    sheet.table([*_opinions(proposal, catalog)], (1, 5), heads=0, together=True)
    return sheet.content()


def _facts(proposal: Proposal, catalog: Catalog) -> Iterator[tuple[str, str]]:
    told = [*_adjustments(proposal, catalog)]
    yield "事由", "\n".join(one.reason.strip() for one in told) or "（没有登记动态调整）"
    yield "改动", "；".join(sums(proposal))
    yield "清单", "\n".join(one.title for one in proposal.lists) or _NONE
    lacking = dict.fromkeys(words for record in proposal.records for words in record.missing)
    asked = any(record.governed for record in proposal.records)
    yield "还缺", "\n".join(lacking) or (_NONE if asked else "改动的不在公布过版次的清单里，没有问")
    yield "版本", f"提交 {proposal.old.id}（{proposal.old.date}）→ {proposal.new.id}（{proposal.new.date}）"
    yield "检查", f"按 {proposal.at} 的法律"


def _adjustments(proposal: Proposal, catalog: Catalog) -> Iterator[Adjustment]:
    """Yield what the adjustments say that register the changes, or that are part of them."""
    named = {adjustment.id for each in proposal.records for adjustment in each.adjustments}
    named |= {each.changed.entry.key[1] for each in proposal.records if each.changed.entry.key[0] == ADJUSTMENTS}
    yield from (Adjustment.of(record.data) for id_ in sorted(named) if (record := catalog.record(ADJUSTMENTS, id_)))


def _fields(one: Submitted) -> Iterator[tuple[str, str, str]]:
    for field in one.fields:
        yield field.label, field.old or _NONE, field.new or _NONE
    if not one.fields:
        yield "（文件）", one.changed.entry.old_path or _NONE, one.changed.entry.fault or one.changed.entry.path


def _remarks(one: Submitted) -> Iterator[str]:
    for words, state in one.cited:
        yield f"依据 {words}：{state}"
    for problem in one.problems:
        yield f"{'错误' if problem.level == 'error' else '待复核'}：{problem.message}"


def _opinions(proposal: Proposal, catalog: Catalog) -> Iterator[tuple[str, str]]:
    yield from ((name, f"\n\n{_SIGNED}") for name in _OPINIONS)
    told = [*_adjustments(proposal, catalog)]
    reviews = [review for each in told for review in each.reviews]
    for one in reviews:
        yield f"{one.body}审核意见", f"{one.opinion}\n{one.day}"
    if not reviews:
        yield "机构编制部门审核意见", f"\n\n{_SIGNED}"
        yield "司法行政部门审核意见", f"\n\n{_SIGNED}"
    approvals = [each.approved for each in told if each.approved]
    for one in approvals:
        yield APPROVED, " ".join(filter(None, (one.body, one.number, one.day)))
    if not approvals:
        yield "批准（机关、文号、日期）", f"\n\n{_SIGNED}"
