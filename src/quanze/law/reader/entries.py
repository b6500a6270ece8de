"""The citations of a text while it is read: a number after another goes deeper, goes on, or begins anew."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from quanze.law.reader.cited import Cited
from quanze.law.reader.lexicon import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.law.reader.folding import Folded
    from quanze.law.reader.known import TitledInstrument
    from quanze.law.reader.units import Group, Number, Span

_ARTICLE = 0
_NONE: tuple[Span, ...] = ()


def nothing() -> list[Sequence[Span]]:
    """Return the levels of an instrument named as a whole."""
    return [_NONE] * len(UNITS)


@dataclass(slots=True)
class CitationEntry:
    """A citation that may still grow; places are those of the folded text."""

    instrument: TitledInstrument
    levels: list[Sequence[Span]]
    """The numbers of each level; a list where it has grown, which no other citation shares."""
    where: list[tuple[int, int]]
    quoted: bool
    annex: str = ""
    whole: bool = False
    """Whether nothing but the title has been read."""
    alone: str = ""
    """The class to which a word before it points, or ANY, where no law stands before it."""

    @property
    def depth(self) -> int:
        """The deepest level named; -1 where none is."""
        articles, paragraphs, items, subitems = self.levels
        return 3 if subitems else 2 if items else 1 if paragraphs else 0 if articles else -1

    def above(self, unit: int) -> list[Sequence[Span]]:
        """Return the last number of each level above a unit, as a number of that unit would follow them."""
        return [((spans[-1][1], spans[-1][1]),) if spans else _NONE for spans in self.levels[:unit]]

    def growing(self, unit: int) -> list[Span]:
        """Return the numbers of a level as what may be changed."""
        spans = self.levels[unit]
        if not isinstance(spans, list):
            spans = self.levels[unit] = [*spans]
        return spans


@dataclass(slots=True)
class Entries:
    """The citations so far, in the order of the text."""

    all: list[CitationEntry] = field(default_factory=list)

    def add(  # noqa: PLR0913 — what a citation is made of
        self,
        law: TitledInstrument,
        levels: list[Sequence[Span]],
        group: Group,
        start: int = -1,
        *,
        quoted: bool,
        alone: str = "",
    ) -> None:
        """Add the numbers of a group below what `levels` names; the first begins at `start` if that is given."""
        full = [*levels, group.spans, *nothing()][: len(UNITS)]
        self.all.append(CitationEntry(law, full, _where(group, start), quoted, alone=alone))

    def articles(self, law: TitledInstrument, group: Group, start: int = -1, *, quoted: bool, alone: str = "") -> None:
        """Add a citation for each article, or run of articles."""
        begin, end, spans = group.start, group.end, group.spans
        for span in spans:
            place = (begin if start < 0 else start, end)
            levels: list[Sequence[Span]] = [spans if len(spans) == 1 else (span,), _NONE, _NONE, _NONE]
            self.all.append(CitationEntry(law, levels, [place], quoted, "", whole=False, alone=alone))
            start = -1

    def sibling(self, group: Group) -> None:
        """Add numbers of the level of the last citation, or of a level above."""
        last = self.all[-1]
        if group.unit == _ARTICLE:
            self.articles(last.instrument, group, quoted=last.quoted, alone=last.alone)
        elif group.unit == last.depth:
            last.growing(group.unit).extend(group.spans)
            last.where += _where(group, -1)
        else:
            self.add(last.instrument, last.above(group.unit), group, quoted=last.quoted, alone=last.alone)

    def resume(self, entry: CitationEntry, group: Group) -> None:
        """Go on with a citation behind the provision that it gives: 第九十七条：“…”第（二）项."""
        if group.unit > entry.depth:
            self.all.append(replace(entry))
            entry.where = []
            self.deepen(group)
        else:
            self.add(entry.instrument, entry.above(group.unit), group, quoted=entry.quoted)

    def narrow(self, group: Group) -> None:
        """Take those numbers alone that a text picks from the ones before: 第一项至第五项中的第三项."""
        last = self.all[-1]
        last.levels[group.unit] = group.spans
        last.where = _where(group, last.where[0][0])

    def deepen(self, group: Group) -> None:
        """Give the last number named a deeper one: of 第三条至第五条第一款 the articles before stay whole."""
        last, start = self.all[-1], self.all[-1].where[-1][0]
        depth = last.depth
        (*left, (first, final)) = last.levels[depth]
        if left or first != final:
            if first == final:
                last.where.pop()
            else:
                left.append((first, _one_less(final)))
            levels = [*last.levels]
            last.levels[depth], levels[depth] = left, ((final, final),)
            last = CitationEntry(last.instrument, levels, [], last.quoted, alone=last.alone)
            self.all.append(last)
        last.levels[group.unit] = group.spans
        last.where = _where(group, start)

    def up_to(self, group: Group) -> bool:
        """Let the last number be the beginning of a run that ends with the group's first; tell whether it can be."""
        last, first = self.all[-1], group.spans[0][0]
        have = last.levels[group.unit]
        begin = have[-1][1] if have else (0, 0)
        if group.unit > last.depth or begin >= first or (group.unit == last.depth and have[-1][0] != begin):
            return False
        if group.unit == last.depth:
            last.growing(group.unit)[-1] = (begin, first)
            last.where[-1] = (last.where[-1][0], group.end)
            self.sibling(group._replace(spans=group.spans[1:]))
        else:
            following = min((begin[0] + 1, 0), first)
            self.sibling(group._replace(spans=((following, first), *group.spans[1:])))
        return True

    def settled(self, text: Folded) -> Iterator[Cited]:
        """Yield the citations; an instrument named alone counts once, and only where none of its places is cited."""
        wholes = any(one.whole for one in self.all)
        placed = {(one.instrument.same, one.quoted) for one in self.all if not one.whole} if wholes else set()
        starts = text.starts
        for entry in self.all:
            if not entry.where:  # it went on further down
                continue
            if entry.whole:
                one = (entry.instrument.same, entry.quoted)
                if one in placed:
                    continue
                placed.add(one)
            where = tuple([(starts[start], starts[end - 1] + 1) for start, end in entry.where])
            levels = tuple(map(tuple, entry.levels))
            yield Cited(entry.instrument, levels, entry.annex, entry.quoted, where, entry.alone)


def _where(group: Group, start: int) -> list[tuple[int, int]]:
    """Return the place of each number of a group."""
    return [(group.start if at or start < 0 else start, group.end) for at in range(len(group.spans))]


def _one_less(number: Number) -> Number:
    return (number[0], number[1] - 1) if number[1] > 1 else (number[0] - (not number[1]), 0)
