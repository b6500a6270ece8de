"""What a record of `adjustments` says (动态调整): the event, who applied, reviewed and approved, what it touches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.value import mapping, rows, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.base.model import Value

EVENT, APPLIED, REVIEWED, APPROVED, PUBLISHED = "事件日期", "申请", "审核", "批准", "公布日期"
DAY, TOUCHED, BECOMES = "日期", "涉及事项", "变化"
REASON = "事由"
NUMBER, HASH, OPINION = "文号", "哈希", "意见"


@dataclass(frozen=True, slots=True)
class Approval:
    """One step of an adjustment: who did it and when; what is not told is empty."""

    body: str
    number: str
    """The number of the document."""
    day: str
    digest: str
    """The SHA-256 of that document."""
    opinion: str

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> Approval:
        """Return what an application, a review or an approval tells."""
        return cls(*(text(data.get(name)) for name in ("机关", NUMBER, DAY, HASH, OPINION)))


@dataclass(frozen=True, slots=True)
class TouchedItem:
    """What an adjustment makes of one item."""

    item: str
    becomes: str

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> TouchedItem:
        """Return what one entry of 涉及事项 tells."""
        return cls(text(data.get("事项")), text(data.get(BECOMES)))


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One adjustment; what its record does not tell is empty or None."""

    reason: str
    event: str
    """The day of the event."""
    applied: Approval | None
    reviews: tuple[Approval, ...]
    approved: Approval | None
    published: str
    touched: tuple[TouchedItem, ...]

    @classmethod
    def of(cls, data: Mapping[str, Value]) -> Adjustment:
        """Return what a record tells."""
        applied, approved = (_step(data, name) for name in (APPLIED, APPROVED))
        reviews, touched = rows(data.get(REVIEWED)), rows(data.get(TOUCHED))
        return cls(
            reason=text(data.get(REASON)),
            event=text(data.get(EVENT)),
            applied=applied,
            reviews=tuple(map(Approval.of, reviews)),
            approved=approved,
            published=text(data.get(PUBLISHED)),
            touched=tuple(map(TouchedItem.of, touched)),
        )


def _step(data: Mapping[str, Value], name: str) -> Approval | None:
    return Approval.of(mapping(data[name])) if name in data else None
