"""What the reader says of a text: its citations, and what none of them explains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from quanze.law.reader.known import TitledInstrument
    from quanze.law.reader.units import Span

Stretch = tuple[int, int]


class Cited(NamedTuple):
    """One citation: an instrument and, of its 条 款 项 目, the spans named; several only of the deepest, and no 条."""

    instrument: TitledInstrument
    levels: tuple[tuple[Span, ...], ...]
    annex: str
    quoted: bool
    where: tuple[Stretch, ...]
    """For each span of the deepest level its place in the text as given; one place where no number is named."""

    @property
    def depth(self) -> int:
        """The deepest level named, 0 to 3; -1 where the whole instrument is cited."""
        return max((at for at, spans in enumerate(self.levels) if spans), default=-1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says."""

    citations: tuple[Cited, ...]
    refused: tuple[Stretch, ...]
    """Numbers with a unit that belong to no law that the text names."""
    rest: tuple[Stretch, ...]
    """Stretches of the text as given that no citation explains."""
