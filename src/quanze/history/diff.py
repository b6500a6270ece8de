"""What differs between two plain documents, between two texts and between two states of a record.

Documents are compared as what they say, never as YAML or by a schema: comments, order of keys, quotes around
a number, and white space at the end of a text are no change; an empty field is one that is not there.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeGuard

from quanze.register.life import unpublished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Value

_ALIKE = 0.5
"""From this similarity on (0 to 1), two elements of a list are one that changed, not one gone and one new."""
_TOO_MANY = 2_500
"""Beyond so many pairs of elements, similarity is not looked for: they are paired as they stand."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two documents; None stands for what is not there.

    `steps` are the field names and, in lists, positions counted from 1: in the new list, or in the old one for
    an element that is gone. A `moved` change is one of order alone: `old` and `new` are the elements that are in
    both lists, in the order of each.
    """

    steps: tuple[str | int, ...]
    old: Value
    new: Value
    moved: bool = False

    @property
    def path(self) -> str:
        """The place as a person writes it: 办理.法定时限, 实施依据[2].条."""
        return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.steps).removeprefix(".")


def compare(old: Value, new: Value) -> tuple[Change, ...]:
    """Return what differs between two documents, in the order of the new one, then what is gone.

    The elements of lists are matched by equality, then by similarity: one that is put in between is one change.
    """
    return tuple(_compare((), old, new))


def _compare(steps: tuple[str | int, ...], old: Value, new: Value) -> Iterator[Change]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in {**new, **old}:
            yield from _compare((*steps, name), old.get(name), new.get(name))
        return
    if repr(old) == repr(new):  # much cheaper than meanings, and nearly every field is the same
        return
    before, after = _meaning(old), _meaning(new)
    if before == after:
        return
    if _is_list(old) and _is_list(new) and before is not None and after is not None:
        yield from _compare_lists(steps, old, new)
    else:
        yield Change(steps, None if before is None else old, None if after is None else new)


def _compare_lists(steps: tuple[str | int, ...], old: Sequence[Value], new: Sequence[Value]) -> Iterator[Change]:
    partner = _align(old, new)
    if not partner:
        yield Change(steps, old, new)
        return
    order = [partner[j] for j in sorted(partner)]
    if order != sorted(order):
        yield Change(steps, [old[i] for i in sorted(order)], [new[j] for j in sorted(partner)], moved=True)
    for j, value in enumerate(new):
        yield from _compare((*steps, j + 1), old[partner[j]] if j in partner else None, value)
    for i in sorted({*range(len(old))} - {*order}):
        yield from _compare((*steps, i + 1), old[i], None)


def _align(old: Sequence[Value], new: Sequence[Value]) -> dict[int, int]:
    """Return position in `new` → position in `old` of the elements that are the same or alike."""
    places = defaultdict(list)
    for i in reversed(range(len(old))):
        places[_meaning(old[i])].append(i)
    same = {j: places[_meaning(value)] for j, value in enumerate(new)}
    partner = {j: left.pop() for j, left in same.items() if left}
    gone = [i for i in range(len(old)) if i not in partner.values()]
    fresh = [j for j in range(len(new)) if j not in partner]
    if len(gone) * len(fresh) > _TOO_MANY:
        return partner | dict(zip(fresh, gone, strict=False))
    alike = sorted(
        (-_similarity(old[i], new[j]), abs(rank - other), i, j)
        for rank, i in enumerate(gone)
        for other, j in enumerate(fresh)
    )
    for score, _, i, j in alike:
        if -score >= _ALIKE and j not in partner and i not in partner.values():
            partner[j] = i
    return partner


def _similarity(old: Value, new: Value) -> float:
    """Return how alike two values are, from 0 to 1: their equal parts over all their parts."""
    if _meaning(old) == _meaning(new):
        return 1.0
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        names = {**old, **new}
        return sum(_similarity(old.get(name), new.get(name)) for name in names) / len(names)
    if isinstance(old, str) and isinstance(new, str):
        return _overlap({*pairwise(old)}, {*pairwise(new)})
    if _is_list(old) and _is_list(new):
        return _overlap({_meaning(value) for value in old}, {_meaning(value) for value in new})
    return 0.0


def _overlap(left: set[Hashable], right: set[Hashable]) -> float:
    return 2 * len(left & right) / (len(left) + len(right) or 1)


def _is_list(value: Value) -> TypeGuard[Sequence[Value]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _meaning(value: Value) -> Hashable:
    """Return what two values that say the same have in common: None for nothing at all."""
    if isinstance(value, str):
        return value.rstrip() or None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    if isinstance(value, Mapping):
        pairs = ((name, _meaning(inner)) for name, inner in value.items())
        return frozenset(pair for pair in pairs if pair[1] is not None) or None
    if value is None:
        return None
    return tuple(_meaning(inner) for inner in value) or None


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text that is in both texts, or only in the old one, or only in the new one."""

    kind: Literal["equal", "removed", "added"]
    text: str


_TOKEN = re.compile(r"[0-9A-Za-z.,]+|[〇零一二两三四五六七八九十百千万亿]+|.", re.DOTALL)
_CLAUSE = re.compile(r"[^，。；：、\n]*[，。；：、\n]|[^，。；：、\n]+")
_MARKS = re.compile(r"[，。；：、]{2,}")
_FEW = 8
_WORK = 100_000
"""With more pairs of equal tokens than a few pages of text have, comparing would take seconds or hours."""


def inline(old: str, new: str) -> tuple[Segment, ...]:
    """Return two texts as one sequence of segments, in which numbers are never cut.

    The equal and removed segments make the old text, the equal and added ones the new. A single letter that
    happens to be the same between two differences counts as different: it would only hinder the reader; so do a few
    letters after a mark that became another one, since "；，" is no text.
    """
    left, right = _tokens(old, new)
    opcodes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    parts: list[tuple[str, str]] = []
    joins = False
    for number, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        part = "".join(left[i1:i2]), "".join(right[j1:j2])
        inner = tag == "equal" and 0 < number < len(opcodes) - 1
        island = inner and len(part[0]) <= (_FEW if _MARKS.fullmatch("".join(parts[-1])) else 1)
        if island or joins:
            parts[-1] = parts[-1][0] + part[0], parts[-1][1] + part[1]
        else:
            parts.append(part)
        joins = island
    return tuple(_segments(parts))


def _tokens(old: str, new: str) -> tuple[list[str], list[str]]:
    """Cut two texts into letters and numbers, or into clauses, or not at all: as finely as time allows."""
    for token in (_TOKEN, _CLAUSE):
        left, right = token.findall(old), token.findall(new)
        times = Counter(right)
        if sum(times[token] for token in left) <= _WORK:
            return left, right
    return [old], [new]


def _segments(parts: list[tuple[str, str]]) -> Iterator[Segment]:
    for old, new in parts:
        if old == new:
            yield Segment("equal", old)
            continue
        if old:
            yield Segment("removed", old)
        if new:
            yield Segment("added", new)


ChangeKind = Literal["新增", "变更", "暂停", "恢复", "取消", "下放", "划转", "合并", "撤回", "消失", "拟"]
"""What happened to a record. 撤回: published, and made a draft again; 消失: its file is gone, which never should be;
拟: a draft was begun, altered or dropped, which the public never sees."""
_HALTED: tuple[ChangeKind, ...] = ("暂停", "取消", "下放", "划转", "合并")


def kind(old: str | None, new: str | None) -> ChangeKind:
    """Name what happened to a record from its old and new status: empty without one, None when it is not there.

    A draft that is published as ended is none that was added: it is called by how it ended.
    """
    if unpublished(old) and unpublished(new):
        return "拟"
    if unpublished(new):
        return "撤回" if new else "消失"
    if unpublished(old):
        ended = (halted for halted in _HALTED if halted == new and halted != "暂停")
        return next(ended, "新增") if old else "新增"
    if old == new:
        return "变更"
    return next((halted for halted in _HALTED if halted == new), "恢复" if old in _HALTED else "变更")
