"""Values by themselves: what their kinds say is wrong with them, wherever they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.form.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.register.catalog import Catalog


def of_values(catalog: Catalog, rule: str) -> Iterator[Finding]:
    """Yield what the kinds tell of values under a rule."""
    for kind in KINDS.values():
        faults = kind.faults.get(rule)
        for occurrence in catalog.by_kind[kind] if faults else ():
            for fault in faults(occurrence.value) if faults else ():
                yield Finding(
                    occurrence.record, f"{occurrence.pointer}{fault.pointer}", fault.message, fault.level, fault.at_key
                )
