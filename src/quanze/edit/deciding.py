"""What was decided of the differences from another list → the list's file, which otherwise stays as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.edit.patch import amend, append
from quanze.law.citation import LAW
from quanze.register.definition import DECISIONS, ENTRIES, ListDefinition, decided_beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quanze.base.model import Record
    from quanze.register.definition import Decision


def decide(text: str, record: Record, other: str, decisions: Iterable[Decision], order: Sequence[str]) -> str:
    """Return the text of a list's file with decisions beside another list: new ones behind, changed ones in place.

    Raises:
        Fault: the file is laid out so that this cannot be written into it, or a decision there holds for more records.

    """
    definition = ListDefinition.of(record.data)
    known = definition.decided(other)
    beside = next((at for at, (name, _) in enumerate(definition.decisions) if name == other), None)
    fresh: list[Decision] = []
    made: str | None = text
    for one in decisions:
        old = next((each for each in known if each.covers(one.difference, one.items, one.above)), None)
        if old is None:
            fresh.append(one)
        elif (old.adopted, old.reason, old.source) != (one.adopted, one.reason, one.source):
            if old.items - one.items:
                raise Fault(
                    f"{'、'.join(sorted(one.items))}的{one.difference}与别的写在一条决定里；请先在清单文件里分开"
                )
            values = {LAW: None, **replace(one, items=old.items, above=old.above).data()}
            made = made and amend(made, f"/{DECISIONS}/{beside}/{ENTRIES}/{old.index}", values)
    if fresh and beside is None:
        whole = decided_beside(other, fresh)
        listed = bool(definition.decisions)
        made = made and (
            append(made, f"/{DECISIONS}", whole) if listed else amend(made, "", {DECISIONS: [whole]}, order)
        )
    else:
        for one in fresh:
            made = made and append(made, f"/{DECISIONS}/{beside}/{ENTRIES}", one.data())
    if made is None:
        raise Fault(f"{record.path} 的「{DECISIONS}」写法特别，不能写进去；请每项另起一行，前面加「- 」")
    return made
