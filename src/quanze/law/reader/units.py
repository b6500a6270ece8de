"""Numbers with their unit: 第九十七条, 第（一）、（三）项, 97条, 第94条-第96条; each run of one unit is a group."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.reader.lexicon import DATA, UNITS, pattern, value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.law.reader.folding import Folded

Number = tuple[int, int]
"""The number and what follows 之: 第一百三十四条之一 is (134, 1)."""
Span = tuple[Number, Number]

NONE = -1
_ARTICLE, _PARAGRAPH, _ITEM = 0, 1, 2
_DEPTHS = {sign: UNITS.index(unit) for sign, unit in ({unit: unit for unit in UNITS} | DATA["unit_alike"]).items()}
_NUMBERED = frozenset("条0123456789")
"""Behind what a number in brackets before one of the other script is a 款: 97（1）（三）."""
_BARE, _AFTER = 10, 6
"""Which part of the pattern is a number by itself, and how many signs behind one say what it is."""
_COMMAS = (",", ";")
_JOINER = 3
"""What joins two numbers is no longer."""
FEW, MANY = 10, 1000
"""So many articles are no count of articles: 引99条 names one, 引3条 may count them."""


class Group(NamedTuple):
    """Numbers that share a unit; at first each number of a text by itself."""

    start: int
    end: int
    spans: tuple[Span, ...]
    unit: int
    """0 to 3 for 条 款 项 目; NONE where a single number has none of its own."""
    ordinal: bool
    """Whether 第 stands before it."""
    bracketed: bool
    said: bool
    """Whether the unit is written; bracketed numbers after an article are items without it."""
    naked: bool
    """Whether it has no unit and is an article if a title stands right before it: 安全生产法97（3）."""

    @property
    def loose(self) -> bool:
        """Whether it is a place only right behind a title or another number."""
        return self.naked or not self.said


_Rest = tuple[tuple[Span, ...], int, bool, bool, bool, bool]
"""A group without its start and end."""


def pieces(text: Folded) -> Iterator[Group]:
    """Yield every number of a text that may be the number of a place, each by itself."""
    signs, spaces = text.text, text.spaces
    for match in pattern("place").finditer(signs):
        start, end = match.span()
        cut = _unbroken(text, start, match[_BARE]) if spaces and match[_BARE] else 0
        head = 1 if start else 0
        told, thing = _told(signs[start - head : end + _AFTER], head, end - start, cut)
        if told and (not thing or end in spaces):
            yield tuple.__new__(Group, (start + cut, end, *told))


@lru_cache(maxsize=65_536)
def _told(signs: str, head: int, length: int, cut: int) -> tuple[_Rest | None, bool]:
    """Return what a number is by the words and the signs around it, and whether those say 第三条街.

    It stands in `signs` behind so many others, and so many of its first signs as are cut off belong to another number;
    nothing is returned where it is none. Texts repeat theirs.
    """
    words, after = signs[head : head + length], signs[head + length :]
    before = words[cut - 1] if cut else signs[:head]
    parts = pattern("place").findall(words + after)[0]
    opened, first, closed, inner, unit, sub1, bracketed, unit2, sub2, whole, unit3, sub3 = parts
    said, bare = unit or unit2 or unit3, whole[cut:]
    number = value(first or bracketed or bare)
    year = bracketed and not said and number >= MANY  # 第二十七条（2017）: no law has so many 项
    if not number or year or bare == "两" or (bare and before and before in ".%‰$¥#"):
        return None, False
    sub, naked, thing, depth = 0, False, False, NONE
    if said:
        depth = _DEPTHS[said]
        if bare and depth == _ITEM and pattern("counted").match(words[-1] + after[:3]):
            return None, False
        if depth == _ARTICLE:
            inserted = inner or sub1 or sub2 or sub3
            sub = value(inserted) if inserted else 0
            thing = not inserted and pattern("thing").match(after) is not None
    elif after[:1] == "." and after[1:2].isdecimal():
        return None, False
    elif not bare:
        depth = _unwritten(before, words + after)
    elif FEW <= number < MANY and bare.isascii() and pattern("naked").match(after):
        naked, depth = True, _ARTICLE
    marked = not bare and bool(bracketed or opened or (first and closed))
    span = ((number, sub), (number, sub))
    return ((span,), depth, bool(first), marked, depth != NONE, naked), thing


def _unbroken(text: Folded, start: int, bare: str) -> int:
    """Return how many signs before a space are no part of a number: 09:23 and then 36条, Q4 97条; but 9 7 条 is one."""
    parts = [at for at in range(1, len(bare)) if start + at in text.spaces]
    apart = parts and len(parts) == len(bare) - 1 and 0 < value(bare) < MANY
    return 0 if not parts or (apart and text.text[start - 1 : start] != ":") else parts[-1]


def _unwritten(before: str, words: str) -> int:
    """Return the unit of a number that has none written: § is an article, (1) between 97 and (三) is a 款."""
    if words[0] == "§":
        return _ARTICLE
    return _PARAGRAPH if before in _NUMBERED and pattern("marked_paragraph").match(words) else NONE


def groups(text: Folded, found: Sequence[Group]) -> Iterator[Group]:
    """Yield the groups of a text in order; numbers that no unit follows are left out, unless they are bracketed."""
    signs = text.text
    at, count = 0, len(found)
    while at < count:
        last = found[at]
        opened = last.start > 0 and signs[last.start - 1] == "(" and not (last.ordinal or last.bracketed)
        if last.naked or opened or (last.ordinal and last.unit == NONE):
            plain, passed = _plain(signs, found[at : _run(signs, found, at)], opened=opened)
            at += passed
            yield from plain
            if passed:
                continue
        if last.unit != NONE:
            at += 1
            yield last
            continue
        chain, ranges = _chain(text, found, at)
        at += len(chain)
        yield from _grouped(chain, ranges)


def _chain(text: Folded, found: Sequence[Group], at: int) -> tuple[list[Group], list[bool]]:
    """Return the numbers that are joined to one, up to the first with a unit, and which end a range."""
    signs, count, last = text.text, len(found), found[at]
    at += 1
    chain, ranges, marked = [last], [False], last.ordinal or last.bracketed
    while last.unit == NONE and at < count:
        following = found[at]
        if following.naked or following.start - last.end > _JOINER:
            break
        gap = signs[last.end : following.start]
        ranged, listed = _joins(gap) if gap else (False, last.bracketed and following.bracketed)
        counts = gap in _COMMAS and not (marked or following.ordinal)
        if counts or not (ranged or listed) or (gap in _COMMAS and _heads(text, last, following, gap)):
            break
        last = following
        chain.append(last)
        ranges.append(ranged)
        marked = marked or last.ordinal or last.bracketed
        at += 1
    return chain, ranges


def _bare(last: Group) -> Iterator[Group]:
    """Yield a number with 第 and no unit, which may be an article right behind a title: 《…法》第97."""
    if last.spans[0][0][0] >= FEW:
        yield last._replace(unit=_ARTICLE)


def _run(signs: str, found: Sequence[Group], at: int) -> int:
    """Return behind which number a list of plain ones ends: 94、97条, 44、45; the first with a unit is its last."""
    last, end = found[at], at + 1
    while end < len(found) and (last.naked or last.unit == NONE):
        following = found[end]
        gap = signs[last.end : following.start]
        if following.ordinal or following.bracketed or len(gap) > _JOINER or not any(_joins(gap)):
            break
        last, end = following, end + 1
    return end


def _plain(signs: str, run: Sequence[Group], *, opened: bool) -> tuple[Sequence[Group], int]:
    """Return the groups that a list of plain numbers begins with, and how many numbers they take."""
    listed = _listed(signs, run, opened=opened)
    if listed:
        return (listed,), len(run)
    naked = [*takewhile(_is_naked, run)]
    return naked, len(naked)


def _listed(signs: str, run: Sequence[Group], *, opened: bool) -> Group | None:
    """Return the group that a list of plain numbers makes: (44、45), 94、97条, 第94、97; None where it makes none."""
    first, last = run[0], run[-1]
    gaps = [signs[one.end : other.start] for one, other in pairwise(run)]
    ranges = [False, *(_joins(gap)[0] for gap in gaps)]
    plain = last.naked or last.unit == NONE
    if opened and plain and gaps and signs.startswith(")", last.end):
        one = _group(run, ranges, _ITEM, said=False)
        return one._replace(start=first.start - 1, end=last.end + 1, bracketed=True, naked=False)
    if not gaps or first.bracketed or any(gap in _COMMAS for gap in gaps):
        return None
    if first.ordinal and plain and max(one.spans[0][0][0] for one in run) >= FEW:
        return _group(run, ranges, _ARTICLE, said=False)._replace(naked=False)
    return _group(run, ranges, _ARTICLE, said=True) if first.naked and last.unit == _ARTICLE and not plain else None


def _heads(text: Folded, last: Group, following: Group, gap: str) -> bool:
    """Tell whether a number in brackets begins a clause of a list behind a comma: 第九十七条（三）；（2）无证上岗."""
    signs, end = text.text, following.end
    if following.unit != NONE or not following.bracketed or end in text.breaks:
        return False
    other = signs[last.start + 1].isascii() != signs[following.start + 1].isascii()
    return (gap == ";" or other) and not pattern("follow").match(signs[end : end + 4])


@lru_cache(maxsize=4096)
def _joins(gap: str) -> tuple[bool, bool]:
    """Tell whether what stands between two numbers makes a range of them, and whether a list."""
    return bool(pattern("range").match(gap)), bool(pattern("list").match(gap))


def _grouped(chain: Sequence[Group], ranges: list[bool]) -> Iterator[Group]:
    """Yield the group of numbers that end with a unit; plain numbers before the first with 第 are no part of it."""
    first = next((at for at, one in enumerate(chain) if one.ordinal or one.bracketed), None)
    if first is None:
        if chain[-1].unit != NONE:
            yield _group(chain, ranges, chain[-1].unit, said=True)
        return
    if len(chain) == 1 and not chain[0].bracketed:
        yield from _bare(chain[0])
        return
    chain, ranges = chain[first:], ranges[first:]
    last = chain[-1]
    if last.unit == _ARTICLE and not last.bracketed:
        brackets = next(at for at, one in enumerate(chain) if not one.bracketed)
        if brackets:
            yield _group(chain[:brackets], ranges, _ITEM, said=False)
            chain, ranges = chain[brackets:], ranges[brackets:]
    if last.unit != NONE:
        yield _group(chain, ranges, last.unit, said=True)
        return
    brackets = next((at for at, one in enumerate(chain) if not one.bracketed), len(chain))
    if brackets:
        yield _group(chain[:brackets], ranges, _ITEM, said=False)


def _is_naked(group: Group) -> bool:
    return group.naked


def _group(chain: Sequence[Group], ranges: list[bool], unit: int, *, said: bool) -> Group:
    first, last = chain[0], chain[-1]
    spans = [*first.spans]
    for at in range(1, len(chain)):
        (span,) = chain[at].spans
        begin, end = spans[-1]
        if ranges[at] and begin == end < span[0]:
            spans[-1] = (begin, span[0])
        else:
            spans.append(span)
    return Group(first.start, last.end, tuple(spans), unit, first.ordinal, first.bracketed, said, last.naked)


def counted(text: Folded, group: Group, gap: str) -> bool:
    """Tell whether an article without 第 is none: it begins a line, or is a count after a comma: ，3条建议."""
    comma = gap in (",", ";")
    if group.ordinal or not (comma or group.start in text.breaks):
        return comma and matter(text, group)
    many = group.spans[0][0][0] >= FEW and group.start not in text.breaks
    return not (many and pattern("listed_after").match(text.text[group.end : group.end + 4]))


def matter(text: Folded, group: Group) -> bool:
    """Tell whether it is the number of an opinion, a reason, a problem: 第四条建议."""
    return group.end not in text.spaces and bool(pattern("matter").match(text.text[group.end : group.end + 6]))
