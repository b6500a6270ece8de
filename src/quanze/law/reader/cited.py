"""What the reader says of a text: its citations, and what none of them explains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.places import UNITS, Step, expanded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.law.reader.known import TitledInstrument
    from quanze.law.reader.units import Number, Span

Stretch = tuple[int, int]
ANY = "任何"
"""What is of whatever law the text named last."""
_DEEPEST = 2
"""A 目 counts as its 项."""


class Cited(NamedTuple):
    """One citation: an instrument and, of its 条 款 项 目, the spans named; several only of the deepest, and no 条."""

    instrument: TitledInstrument
    levels: tuple[tuple[Span, ...], ...]
    annex: str
    quoted: bool
    where: tuple[Stretch, ...]
    """For each span of the deepest level its place in the text as given; one place where no number is named."""
    alone: str = ""
    """What it says of its law where none stands before it: the class that a word points to, 法 of 该法, or ANY."""

    @property
    def depth(self) -> int:
        """The deepest level named, 0 to 3; -1 where the whole instrument is cited."""
        return max((at for at, spans in enumerate(self.levels) if spans), default=-1)

    def places(self) -> Iterator[tuple[Step | None, Stretch, str]]:
        """Yield every place that it names, runs taken apart: (place, where it stands, its run in words)."""
        depth = min(self.depth, _DEEPEST)
        if depth < 0:
            yield None, self.where[0], ""
            return
        above = [spans[0][0] if spans else (0, 0) for spans in self.levels[:depth]]
        for span, where in zip(self.levels[depth], self.where, strict=False):
            for number in expanded(span):
                yield _step([*above, number]), where, _run(span, depth)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says."""

    citations: tuple[Cited, ...]
    refused: tuple[Stretch, ...]
    """Numbers with a unit that belong to no law that the text names."""
    rest: tuple[Stretch, ...]
    """Stretches of the text as given that no citation explains."""


def _step(numbers: list[Number]) -> Step:
    return Step(numbers[0], *(number for number, _ in numbers[1:]))


def _run(span: Span, depth: int) -> str:
    if span[0] == span[1]:
        return ""
    first, last = (str(Step(one)) for one in span)
    return f"{first}至{last}".replace(UNITS[0], UNITS[depth])
