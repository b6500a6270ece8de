"""Rules between records: generators whose Chinese docstring is their page in the manual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.rules import references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.catalog import Catalog
    from quanze.problem import Finding

MODULES = (references,)
RULES = {rule.__name__.replace("_", "-"): rule for module in MODULES for rule in module.RULES}
"""The rules by id, in the order of the manual."""


def run(catalog: Catalog, at: str) -> Iterator[tuple[str, Finding]]:
    """Yield (rule id, finding) of every rule, on the law as it stands on a day."""
    for id_, rule in RULES.items():
        for finding in rule(catalog, at):
            yield id_, finding
