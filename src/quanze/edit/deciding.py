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
    written: str | None = text
    for decision in decisions:
        what = decision.difference, decision.items, decision.above
        old = next((earlier for earlier in known if earlier.covers(*what)), None)
        if old is None:
            fresh.append(decision)
        elif (old.adopted, old.reason, old.source) != (decision.adopted, decision.reason, decision.source):
            if old.items - decision.items:
                raise Fault(
                    f"{'、'.join(sorted(decision.items))}的{decision.difference}与别的写在一条决定里；请先在清单文件里分开"
                )
            values = {LAW: None, **replace(decision, items=old.items, above=old.above).data()}
            written = written and amend(written, f"/{DECISIONS}/{beside}/{ENTRIES}/{old.index}", values)
    if fresh and beside is None:
        whole = decided_beside(other, fresh)
        listed = bool(definition.decisions)
        written = written and (
            append(written, f"/{DECISIONS}", whole) if listed else amend(written, "", {DECISIONS: [whole]}, order)
        )
    else:
        for decision in fresh:
            written = written and append(written, f"/{DECISIONS}/{beside}/{ENTRIES}", decision.data())
    if written is None:
        raise Fault(f"{record.path} 的「{DECISIONS}」写法特别，不能写进去；请每项另起一行，前面加「- 」")
    return written
