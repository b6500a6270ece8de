"""Numbers with their unit: 第九十七条, 第（一）、（三）项, 97条, 第94条-第96条; each run of one unit is a group."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quanze.law.reader.lexicon import UNITS, pattern, value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.law.reader.folding import Folded

Number = tuple[int, int]
"""The number and what follows 之: 第一百三十四条之一 is (134, 1)."""
Span = tuple[Number, Number]

NONE = -1
_ARTICLE, _ITEM = 0, 2
_DEPTHS = {unit: at for at, unit in enumerate(UNITS)} | {"顶": _ITEM}
_JOINER = 3
"""What joins two numbers is no longer."""
FEW, _MANY = 10, 1000
"""So many articles are no count of articles: 引99条 names one, 引3条 may count them."""


class Piece(NamedTuple):
    """One number as it stands in a text."""

    start: int
    end: int
    number: Number
    unit: int
    """0 to 3 for 条 款 项 目; NONE where it has none of its own."""
    ordinal: bool
    """Whether 第 stands before it."""
    bracketed: bool
    naked: bool
    """Whether it has no unit and is an article if a title stands right before it: 安全生产法97（3）."""


class Group(NamedTuple):
    """Numbers that share a unit."""

    start: int
    end: int
    spans: tuple[Span, ...]
    unit: int
    ordinal: bool
    bracketed: bool
    said: bool
    """Whether the unit is written; bracketed numbers after an article are items without it."""
    naked: bool = False
    broken: bool = False
    """Whether a range in it runs backwards."""


def pieces(text: Folded) -> Iterator[Piece]:
    """Yield every number of a text that may be the number of a place."""
    thing, naked_after, inserted = pattern("thing"), pattern("naked"), pattern("sub")
    for match in pattern("place").finditer(text.text):
        opened, first, closed, inner, unit, bracketed, unit2, bare, unit3 = match.groups()
        start, end = match.span()
        words, said = first or bracketed or bare, unit or unit2 or unit3
        number = value(words)
        after = text.text[end : end + 6]
        decimal = not said and after[:1] == "." and after[1:2].isdecimal()
        depth = _DEPTHS[said] if said else NONE
        counted = bare and depth == _ITEM and pattern("counted").match(text.text[end - 1 : end + 3])
        if not number or decimal or counted or (bare and start and text.text[start - 1] in ".%‰$¥#"):
            continue
        if depth == _ARTICLE and end not in text.spaces and thing.match(after):
            continue
        sub = value(inner) if inner else 0
        more = inserted.match(after) if depth == _ARTICLE and not sub else None
        if more:
            sub, end = value(more[1]), end + more.end()
        naked = not said and bool(bare) and FEW <= number < _MANY and words.isascii()
        naked = naked and bool(naked_after.match(after))
        marked = bool(bracketed or opened or (first and closed))
        yield Piece(start, end, (number, sub), _ARTICLE if naked else depth, bool(first), marked, naked)


def groups(text: Folded, found: Sequence[Piece]) -> Iterator[Group]:
    """Yield the groups of a text in order; numbers that no unit follows are left out, unless they are bracketed."""
    at = 0
    while at < len(found):
        chain, ranges = [found[at]], [False]
        at += 1
        if chain[0].unit != NONE:
            yield _group(chain, ranges, chain[0].unit, said=True)
            continue
        while chain[-1].unit == NONE and at < len(found):
            last, following = chain[-1], found[at]
            gap = text.text[last.end : following.start] if following.start - last.end <= _JOINER else "……"
            ranged = bool(gap and pattern("range").match(gap))
            listed = pattern("list").match(gap) if gap else last.bracketed and following.bracketed
            if following.naked or not (ranged or listed):
                break
            chain.append(following)
            ranges.append(ranged)
            at += 1
        yield from _grouped(chain, ranges)


def _grouped(chain: list[Piece], ranges: list[bool]) -> Iterator[Group]:
    """Yield the group of numbers that end with a unit; plain numbers before the first with 第 are no part of it."""
    if len(chain) > 1:
        first = next((at for at, one in enumerate(chain) if one.ordinal or one.bracketed), 0)
        chain, ranges = chain[first:], ranges[first:]
    last = chain[-1]
    if last.unit == _ARTICLE and not last.bracketed:
        brackets = next(at for at, one in enumerate(chain) if not one.bracketed)
        if brackets:
            yield _group(chain[:brackets], ranges, _ITEM, said=False)
            chain, ranges = chain[brackets:], ranges[brackets:]
    if last.unit != NONE:
        yield _group(chain, ranges, last.unit, said=True)
    elif all(one.bracketed for one in chain):
        yield _group(chain, ranges, _ITEM, said=False)


def _group(chain: list[Piece], ranges: list[bool], unit: int, *, said: bool) -> Group:
    spans: list[Span] = []
    broken = False
    for one, ranged in zip(chain, ranges, strict=False):
        if spans and ranged and spans[-1][0] == spans[-1][1] and spans[-1][0] < one.number:
            spans[-1] = (spans[-1][0], one.number)
            continue
        broken = broken or bool(spans and ranged)
        spans.append((one.number, one.number))
    first, last = chain[0], chain[-1]
    bracketed = first.bracketed
    return Group(first.start, last.end, tuple(spans), unit, first.ordinal, bracketed, said, last.naked, broken)


def counted(text: Folded, group: Group, gap: str) -> bool:
    """Tell whether an article without 第 is none: it begins a line, or is a count after a comma: ，3条建议."""
    comma = gap in (",", ";")
    if group.ordinal or not (comma or group.start in text.breaks):
        return comma and matter(text, group)
    many = group.spans[0][0][0] >= FEW and group.start not in text.breaks
    return not (many and pattern("listed_after").match(text.text[group.end : group.end + 4]))


def matter(text: Folded, group: Group) -> bool:
    """Tell whether it is the number of an opinion, a reason, a problem: 第四条建议."""
    return group.end not in text.spaces and bool(pattern("matter").match(text.text[group.end : group.end + 2]))
