"""Three texts → one: what the bureau changed and what is new in quanze, both kept; what cannot be is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from quanze.edit.starter.files import text_of
from quanze.io import git

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NONE: object = object()
"""Stands for what is not there."""


class Result(NamedTuple):
    """A merged text, and the places of which both sides made something else: there the bureau's stands."""

    text: str
    conflicts: tuple[str, ...] = ()


def merged(path: str, base: str, own: str, new: str) -> Result:
    """Merge what the bureau and what quanze made of the same file; forms by their keys, other files by their lines."""
    if own in (base, new):
        return Result(new)
    if new == base:
        return Result(own)
    if path.endswith(".json"):
        return _forms(base, own, new)
    text, conflicts = git.merge_file(base, own, new)
    return Result(own, (f"{conflicts} 处",)) if conflicts else Result(text)


def _forms(base: str, own: str, new: str) -> Result:
    conflicts: list[str] = []
    try:
        whole = _value(json.loads(base), json.loads(own), json.loads(new), "", conflicts)
    except ValueError:
        return Result(own, ("不是有效的 JSON",))
    return Result(text_of(whole), tuple(conflicts))


def _value(base: object, own: object, new: object, place: str, conflicts: list[str]) -> object:
    if own in (base, new):
        return new
    if new == base:
        return own
    if isinstance(own, dict) and isinstance(new, dict):
        return _object(base if isinstance(base, dict) else {}, own, new, place, conflicts)
    before, ours, theirs = (_words(one) for one in (base, own, new))
    if before is not None and ours is not None and theirs is not None:
        return _in_order(ours, theirs, [one for one in theirs if one in ours or one not in before], before)
    conflicts.append(place or "/")
    return own


def _object(
    base: Mapping[str, object], own: Mapping[str, object], new: Mapping[str, object], place: str, conflicts: list[str]
) -> dict[str, object]:
    """Merge two objects key by key, in the new order; a key of the bureau's own stands after what it stood after."""
    found = {
        name: _value(base.get(name, _NONE), own.get(name, _NONE), new.get(name, _NONE), f"{place}/{name}", conflicts)
        for name in {**new, **own}
    }
    there = [name for name in new if found[name] is not _NONE]
    return {name: found[name] for name in _in_order(own, new, there, base) if found[name] is not _NONE}


def _in_order(own: Iterable[str], new: Iterable[str], kept: list[str], base: Iterable[str]) -> list[str]:
    """Add to the kept what the bureau has of its own, each after what it stands after in the bureau's file."""
    theirs, before = {*new, *base}, ""
    for one in own:
        if one not in theirs and one not in kept:
            kept.insert(kept.index(before) + 1 if before in kept else 0, one)
        before = one
    return kept


def _words(value: object) -> list[str] | None:
    """Return a list of nothing but texts; None for anything else."""
    return value if isinstance(value, list) and all(isinstance(one, str) for one in value) else None
