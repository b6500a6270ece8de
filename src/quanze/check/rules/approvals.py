"""Approvals: who may give one, against whose opinion none is, and that one document approves one thing."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.base.value import mapping, text
from quanze.form.kinds.attachment import FILE
from quanze.history.adjustment import ADJUSTMENTS
from quanze.io.file import held
from quanze.law.adjustment import APPROVED, DAY, HASH, NUMBER, OPINION, REVIEWED, Adjustment
from quanze.law.document_number import numbered, plain, usual, year
from quanze.register.catalog import BODIES, LISTS
from quanze.register.definition import EDITIONS
from quanze.register.links import FILES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Record, Value
    from quanze.register.catalog import Catalog

_AGAINST = re.compile(
    r"(?<![无没])(?<!没有)不同意(?!见)|不予(?:同意|通过|批准)|[不未](?:予)?(?:通过|批准)|否决|反对|退回"
)
_GOVERNMENT = "人民政府"
_JANUARY = "01"
"""What is signed then may have the number of the year before."""


def approval_doubtful(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """批准动态调整的不是申请的机关自己；审核不同意的不批准、不公布；一个文号只有一个日期，只批准清单的一个版次；不合的待复核。"""
    days: dict[str, str] = {}
    body = catalog.record(BODIES, catalog.settings.body)
    bureau = plain(catalog.title(body)) if body else ""
    told = [(Adjustment.of(record.data), record) for record in catalog.records.get(ADJUSTMENTS, {}).values()]
    for adjustment, record in sorted(
        told, key=lambda pair: (pair[0].approved.day if pair[0].approved else "", pair[1].id)
    ):
        yield from _against(record, adjustment)
        approved, applied = adjustment.approved, adjustment.applied
        own = {plain(applied.body) if applied else "", bureau} - {""}
        if approved and any(_within(plain(approved.body), one) for one in own):
            message = f"批准的是「{approved.body}」，就是申请的机关；请核对是谁批准的"
            yield Finding(record, f"/{APPROVED}", message, "review")
        if approved and numbered(approved.number):
            first = days.setdefault(plain(approved.number), approved.day)
            if first != approved.day:
                message = f"文号「{approved.number}」的日期这里写的是 {approved.day}，别的调整写的是 {first}；请核对"
                yield Finding(record, f"/{APPROVED}/{DAY}", message, "review")
    for id_, record in catalog.records.get(LISTS, {}).items():
        yield from _twice(record, [(one.number, one.name) for one in catalog.lists[id_].editions])


def _within(approver: str, own: str) -> bool:
    """Tell whether an approver is a body itself, or a part of it; a people's government decides on its own lists."""
    return approver.startswith(own) and not own.endswith(_GOVERNMENT)


def _against(record: Record, adjustment: Adjustment) -> Iterator[Finding]:
    for index, review in enumerate(adjustment.reviews):
        if _AGAINST.search(review.opinion) and (adjustment.approved or adjustment.published):
            became = APPROVED if adjustment.approved else "公布"
            message = f"「{review.body}」的意见是「{review.opinion}」，还是{became}了；请核对"
            yield Finding(record, f"/{REVIEWED}/{index}/{OPINION}", message, "review")


def _twice(record: Record, editions: list[tuple[str, str]]) -> Iterator[Finding]:
    """Yield the editions of a list that claim the document of an earlier one."""
    names: dict[str, str] = {}
    for index, (number, name) in enumerate(editions):
        first = names.setdefault(plain(number), name) if numbered(number) else name
        if first != name:
            message = f"文号「{number}」与「{first}」的相同：一个文号只批准一个版次；请核对"
            yield Finding(record, f"/{EDITIONS}/{index}", message, "review")


def document_number(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """批准的文号写明发文机关代字、年份和序号（如 X政发〔2026〕12号），年份是批准的那一年；一份批准文件只有一个文号。

    不合的待复核。
    """
    said: dict[str, tuple[str, str]] = {}
    for id_, record in sorted(catalog.records.get(ADJUSTMENTS, {}).items()):
        approved = Adjustment.of(record.data).approved
        if not approved:
            continue
        yield from _form(record, approved.number, f"/{APPROVED}/{NUMBER}")
        of, day = year(approved.number), approved.day
        if of and day and of not in {day[:4], *([str(int(day[:4]) - 1)] if day[5:7] == _JANUARY else ())}:
            message = f"文号「{approved.number}」是 {of} 年的，批准日期是 {day}；请核对"
            yield Finding(record, f"/{APPROVED}/{NUMBER}", message, "review")
        number = approved.number if numbered(approved.number) else f"{day} {approved.body}"
        for digest in _digests(catalog, mapping(record.data.get(APPROVED))):
            other, first = said.setdefault(digest, (number, id_))
            if plain(other) != plain(number):
                message = f"批准文件与「{first}」的是同一份，那里的文号是「{other}」，这里是「{number}」；请核对"
                yield Finding(record, f"/{APPROVED}", message, "review")
                break
    for id_, record in catalog.records.get(LISTS, {}).items():
        for index, edition in enumerate(catalog.lists[id_].editions):
            yield from _form(record, edition.number, f"/{EDITIONS}/{index}/{NUMBER}")


def _form(record: Record, number: str, pointer: str) -> Iterator[Finding]:
    if numbered(number) and not usual(number):
        message = f"「{number}」不像文号：没有发文机关代字和序号（如 X政发〔2026〕12号）；请核对"
        yield Finding(record, pointer, message, "review")


def _digests(catalog: Catalog, approval: Mapping[str, Value]) -> Iterator[str]:
    """Yield the SHA-256 of the document that approves: as it is told, and of the file that lies here."""
    if digest := text(approval.get(HASH)):
        yield digest
    path = text(approval.get(FILE)).removeprefix(f"{FILES}/")
    if path and (content := held(catalog.root / FILES / path)):
        yield hashlib.sha256(content).hexdigest()


RULES = (approval_doubtful, document_number)
