"""What of a law is not this bureau's (不列事项): penalty provisions without an item, each with its reason."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.law.articlemap import covers
from quanze.law.citation import LAW, Citation
from quanze.register.catalog import LAWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quanze.base.model import Record, Value
    from quanze.law.places import Place
    from quanze.register.catalog import Catalog

COVERAGE = "coverage"
_ROWS, _REASON, _PART = "不列事项", "原因", "仅"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Provisions of a law for which a bureau keeps no item."""

    record: Record
    pointer: str
    place: Citation
    """条, 款 and 项, as a citation has them."""
    reason: str

    @property
    def partial(self) -> bool:
        """Whether only a part of the provision is not the bureau's."""
        return self.reason.startswith(_PART)


def exclusions(catalog: Catalog) -> Mapping[str, tuple[Exclusion, ...]]:
    """Return what of each law has no item, by the law's id; laws that are not kept are left out."""
    by_law: dict[str, list[Exclusion]] = defaultdict(list)
    laws = catalog.records.get(LAWS, {})
    for record in catalog.records.get(COVERAGE, {}).values():
        law = str(record.data.get(LAW, ""))
        rows = record.data.get(_ROWS, ())
        if law in laws and isinstance(rows, (list, tuple)):
            by_law[law] += (_exclusion(record, index, row) for index, row in enumerate(rows))
    return {law: tuple(told) for law, told in by_law.items()}


def excluded(found: Iterable[Exclusion], place: Place) -> str:
    """Return why the whole of a place is not this bureau's, or an empty string."""
    whole = (
        exclusion
        for exclusion in found
        if not exclusion.partial and any(covers(outer, place) for outer in exclusion.place.places)
    )
    return next((exclusion.reason for exclusion in whole), "")


def _exclusion(record: Record, index: int, row: Mapping[str, Value]) -> Exclusion:
    return Exclusion(record, f"/{_ROWS}/{index}", Citation.of(row), str(row[_REASON]))
