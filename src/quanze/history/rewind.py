"""A document as it was before its changes: what `diff.compare` found, reverted.

`undo(new, compare(old, new))` is `old`, up to what is no change: empty fields and the order of keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quanze.base.model import Value
    from quanze.history.diff import Change
    from quanze.history.entry import Entry


class _Undo(NamedTuple):
    """A change seen from some depth of the document: the steps that are still to go."""

    steps: tuple[str | int, ...]
    change: Change


def undo(new: Value, changes: Iterable[Change], depth: int = 0) -> Value:
    """Return what a value was before the changes to it; None where it was not there.

    `depth` is how many of the changes' steps lead to the value itself.
    """
    return _undo(new, [_Undo(change.steps[depth:], change) for change in changes])


def revert(new: Mapping[str, Value], changes: Iterable[Change]) -> Mapping[str, Value]:
    """Return a whole document as it was before its changes."""
    old = undo(new, changes)
    return old if isinstance(old, Mapping) else {}


def states(document: Mapping[str, Value], entries: Iterable[Entry]) -> Iterator[Mapping[str, Value]]:
    """Yield a document, and what it was before each of its entries, the newest of which comes first."""
    yield document
    for entry in entries:
        document = revert(document, entry.changes)
        yield document


def _undo(new: Value, undos: Sequence[_Undo]) -> Value:
    whole = next((undo.change for undo in undos if not undo.steps and not undo.change.moved), None)
    if whole:
        return whole.old
    inner: defaultdict[str | int, list[_Undo]] = defaultdict(list)
    for steps, change in undos:
        if steps:
            inner[steps[0]].append(_Undo(steps[1:], change))
    if isinstance(new, list | tuple):
        order = next((undo.change.old for undo in undos if not undo.steps), None)
        return _undo_list(new, order, inner)
    fields = dict(new) if isinstance(new, Mapping) else {}
    for name, deeper in inner.items():
        fields[str(name)] = _undo(fields.get(str(name)), deeper)
    return {name: value for name, value in fields.items() if value is not None}


def _undo_list(new: Sequence[Value], order: Value, inner: Mapping[str | int, Sequence[_Undo]]) -> Value:
    """Take out the elements that were added, mend those that changed, put back those that are gone.

    `order` is the elements that stayed, as they were, where their order changed.
    """
    gone, kept = {}, []
    added = set()
    for place, deeper in inner.items():
        for steps, change in deeper:
            if not steps and change.new is None:
                gone[int(place)] = change.old
            elif not steps and change.old is None:
                added.add(place)
    for place, value in enumerate(new, 1):
        if place not in added:
            left = [undo for undo in inner.get(place, ()) if undo.steps or undo.change.new is not None]
            kept.append(_undo(value, left) if left else value)
    old = [*order] if isinstance(order, list | tuple) else kept
    for place in sorted(gone):
        old.insert(place - 1, gone[place])
    return old
