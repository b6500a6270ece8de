"""From which fines on a hearing can be asked for: what the records of thresholds say that rest on 行政处罚法 63."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quanze.form import kinds
from quanze.law.places import numbers
from quanze.law.threshold import Threshold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Record
    from quanze.site.pages.context import RenderContext

_RIGHT = "行政处罚法", 63
"""The article that gives the right to a hearing."""


class HearingLimit(NamedTuple):
    """One amount, and the record that tells it."""

    whom: str
    """Empty for everybody."""
    amount: int
    record: Record


def limits(context: RenderContext) -> tuple[HearingLimit, ...]:
    """Return the amounts of all records that are in effect."""
    return context.once(("hearing limits",), lambda: tuple(_limits(context)))


def _limits(context: RenderContext) -> Iterator[HearingLimit]:
    for name, form in context.catalog.forms.items():
        if form.role(kinds.THRESHOLD):
            for record in context.catalog.records.get(name, {}).values():
                if not context.ended(record):
                    yield from of_record(context, record)


def of_record(context: RenderContext, record: Record) -> Iterator[HearingLimit]:
    """Yield the amounts of one record; nothing where it does not rest on the article."""
    name = context.catalog.forms[record.collection].role(kinds.THRESHOLD)
    if name in record.data and _heard(context, record):
        yield from (HearingLimit(whom, amount, record) for whom, amount in Threshold.of(record.data[name]).amounts)


def _heard(context: RenderContext, record: Record) -> bool:
    cited = context.register.cited(record)
    law = context.law(_RIGHT[0])
    return law is not None and any(context.law(one.law) == law and _RIGHT[1] in numbers(one.article) for one in cited)
