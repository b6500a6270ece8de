"""Three texts → one: what the bureau changed and what is new in quanze, both kept; what cannot be is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from quanze.edit.starter.files import text_of
from quanze.io import git

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NONE: Any = object()
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


def _value(base: Any, own: Any, new: Any, place: str, conflicts: list[str]) -> Any:
    if own in (base, new):
        return new
    if new == base:
        return own
    if isinstance(own, dict) and isinstance(new, dict):
        return _object(base if isinstance(base, dict) else {}, own, new, place, conflicts)
    if _words(base) and _words(own) and _words(new):
        return _in_order(own, new, [one for one in new if one in own or one not in base], base)
    conflicts.append(place or "/")
    return own


def _object(
    base: Mapping[str, Any], own: Mapping[str, Any], new: Mapping[str, Any], place: str, conflicts: list[str]
) -> dict[str, Any]:
    """Merge two objects key by key, in the new order; a key of the bureau's own stands after what it stood after."""
    found = {
        name: _value(base.get(name, _NONE), own.get(name, _NONE), new.get(name, _NONE), f"{place}/{name}", conflicts)
        for name in {**new, **own}
    }
    there = [name for name in new if found[name] is not _NONE]
    return {name: found[name] for name in _in_order(own, new, there, base) if found[name] is not _NONE}


def _in_order(own: Iterable[Any], new: Iterable[Any], kept: list[Any], base: Iterable[Any]) -> list[Any]:
    """Add to the kept what the bureau has of its own, each after what it stands after in the bureau's file."""
    theirs, before = {*new, *base}, None
    for one in own:
        if one not in theirs and one not in kept:
            kept.insert(kept.index(before) + 1 if before in kept else 0, one)
        before = one
    return kept


def _words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
