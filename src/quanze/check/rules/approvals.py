"""Approvals: who may give one, against whose opinion none is, and that one document approves one thing."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.history.adjustment import ADJUSTMENTS
from quanze.law.adjustment import APPROVED, DAY, OPINION, REVIEWED, Adjustment, numbered
from quanze.register.catalog import BODIES, LISTS
from quanze.register.definition import EDITIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Record
    from quanze.register.catalog import Catalog

_AGAINST = re.compile(
    r"(?<![无没])(?<!没有)不同意(?!见)|不予(?:同意|通过|批准)|[不未](?:予)?(?:通过|批准)|否决|反对|退回"
)
_GOVERNMENT = "人民政府"
_BRACKETS = str.maketrans("[［【(（〈]］】)）〉", "〔〔〔〔〔〔〕〕〕〕〕〕")


def approval_doubtful(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """批准动态调整的不是申请的机关自己；审核不同意的不批准、不公布；一个文号只有一个日期，只批准清单的一个版次；不合的待复核。"""
    days: dict[str, str] = {}
    body = catalog.record(BODIES, catalog.settings.body)
    bureau = _plain(catalog.title(body)) if body else ""
    told = [(Adjustment.of(record.data), record) for record in catalog.records.get(ADJUSTMENTS, {}).values()]
    for adjustment, record in sorted(
        told, key=lambda pair: (pair[0].approved.day if pair[0].approved else "", pair[1].id)
    ):
        yield from _against(record, adjustment)
        approved, applied = adjustment.approved, adjustment.applied
        own = {_plain(applied.body) if applied else "", bureau} - {""}
        if approved and any(_within(_plain(approved.body), one) for one in own):
            message = f"批准的是「{approved.body}」，就是申请的机关；请核对是谁批准的"
            yield Finding(record, f"/{APPROVED}", message, "review")
        if approved and numbered(approved.number):
            first = days.setdefault(_plain(approved.number), approved.day)
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
        first = names.setdefault(_plain(number), name) if numbered(number) else name
        if first != name:
            message = f"文号「{number}」与「{first}」的相同：一个文号只批准一个版次；请核对"
            yield Finding(record, f"/{EDITIONS}/{index}", message, "review")


def _plain(text: str) -> str:
    """Return a text without what people write in several ways: width, brackets, spaces."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_BRACKETS).split())


RULES = (approval_doubtful,)
