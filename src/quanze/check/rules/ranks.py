"""Lists that tell bases by rank: that every basis has a column to stand in."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.form import kinds
from quanze.law.citation import Citation
from quanze.register.catalog import LISTS
from quanze.register.definition import COLUMNS, FIELD
from quanze.register.listing import chosen
from quanze.register.paths import find, values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.register.catalog import Catalog

_SHOWN = 3


def list_rank(catalog: Catalog, at: str) -> Iterator[Finding]:
    """清单按位阶分列依据的，每条依据都要有一列：没有那个位阶的列，依据就从清单里不见了；列为待复核。"""
    for record in catalog.records.get(LISTS, {}).values():
        definition = catalog.lists[record.id]
        if definition.collection not in catalog.records:
            continue
        places: defaultdict[str, list[int]] = defaultdict(list)
        for number, column in enumerate(definition.columns):
            places[column.path].append(number)
        for path, numbers in places.items():
            ranks = {definition.columns[number].rank for number in numbers}
            field = find(catalog.forms, catalog.forms[definition.collection], path)
            if not all(ranks) or field is None or field.kind is not kinds.CITATION:
                continue
            lost: defaultdict[str, list[str]] = defaultdict(list)
            for member in chosen(catalog, definition.collection, definition.condition, at):
                for value in values(catalog, member, path):
                    named = catalog.named(Citation.of(value).law)
                    if len(named) == 1 and named[0].rank not in ranks and member.id not in lost[named[0].rank]:
                        lost[named[0].rank].append(member.id)
            for rank, ids in lost.items():
                some = "、".join(ids[:_SHOWN]) + (f" 等 {len(ids)} 条" if len(ids) > _SHOWN else "")
                message = f"没有位阶是「{rank}」的一列，{some}的这些依据在清单里看不到；请加上这一列，或者核实位阶"
                yield Finding(record, f"/{COLUMNS}/{numbers[-1]}/{FIELD}", message, "review")


RULES = (list_rank,)
