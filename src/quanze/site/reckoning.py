"""The figures of a list (统计): worked out beside what was stated by hand, as sentences for a report and as bars.

Which list this is for is known by its form: one that has a figure. What is stated is the field that the form's own
rule compares with the figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from quanze.form import kinds
from quanze.form.kinds.statistic import Statistic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Record
    from quanze.form import Form
    from quanze.history.figures import Figures
    from quanze.register.table import Listing

Part = tuple[str, Decimal]
"""(name, number)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a list."""

    record: Record
    name: str
    unit: str
    stated: Decimal | None
    computed: Decimal | None
    parts: tuple[Part, ...]
    """The figure by the values of a field, where it is counted so."""
    words: str
    """How it is worked out; empty for one that is stated alone."""

    @property
    def value(self) -> Decimal | None:
        """What the register comes to; else what was stated."""
        return self.stated if self.computed is None else self.computed

    @property
    def differs(self) -> bool:
        """Whether something else was stated than comes out."""
        return None not in (self.stated, self.computed) and self.stated != self.computed

    @property
    def sentence(self) -> str:
        """The figure in one sentence, to be pasted."""
        if self.differs:
            computed, stated = self.formatted(self.computed), self.formatted(self.stated)
            return f"{self.name}：登记算出来是 {computed}，报告写的是 {stated}，两者不同。"
        if self.value is None:
            return f"{self.name}：待核，登记里算不出来。"
        if self.computed is None:
            return f"{self.name}：报告写的是 {self.formatted(self.stated)}，没有据以核对的登记。"
        parts = "、".join(f"{name} {self.formatted(number)}" for name, number in self.parts)
        return f"{self.name}：{self.formatted(self.computed)}{f'，其中{parts}' if parts else ''}。"

    def formatted(self, number: Decimal | None) -> str:
        """Return a number with the unit."""
        told = "" if number is None else f"{number.normalize():,f}"
        return f"{told}{'' if self.unit in _CLOSE else ' '}{self.unit}".strip()


_CLOSE = frozenset({"%", "％", "‰"})


class Chapter(NamedTuple):
    """The figures under one heading of a list."""

    heading: str
    figures: tuple[Figure, ...]

    def charts(self) -> Iterator[tuple[str, tuple[tuple[str, Figure, Decimal], ...]]]:
        """Yield (title, bars as (name, figure, number)) of what can be compared: the same unit, two at least."""
        for unit in dict.fromkeys(figure.unit for figure in self.figures):
            known = ((figure, figure.value) for figure in self.figures if figure.unit == unit and not figure.parts)
            bars = tuple((one.name, one, value) for one, value in known if value is not None)
            if len(bars) > 1:
                yield f"{self.heading}（{unit}）" if unit else self.heading, bars
        for figure in self.figures:
            if len(figure.parts) > 1:
                yield figure.name, tuple((name, figure, number) for name, number in figure.parts)


def chapters(listing: Listing, figures: Figures | None) -> tuple[Chapter, ...]:
    """Return the figures of a list, under its headings; nothing for a list that has none."""
    form = listing.form
    if figures is None or not form.role(kinds.STATISTIC):
        return ()
    found: dict[str, list[Figure]] = {}
    for row in listing.entries:
        found.setdefault(row.heading, []).extend(_figure(form, record, figures) for record in row.records)
    return tuple(Chapter(heading, tuple(told)) for heading, told in found.items())


def _figure(form: Form, record: Record, figures: Figures) -> Figure:
    statistic, data = form.role(kinds.STATISTIC), record.data
    compared = (rule.fields[0] for rule in form.rules if rule.kind == "compare" and rule.fields[1] == statistic)
    stated, definition = data.get(next(compared, "")), data.get(statistic)
    wanted = Statistic.of(definition) if Statistic.is_one(definition) else None
    return Figure(
        record,
        str(data.get(form.title_field, record.id)),
        str(data.get(form.role(kinds.UNIT), "")),
        Decimal(str(stated)) if isinstance(stated, int | float) else None,
        figures.number(wanted) if wanted else None,
        figures.parts(wanted) if wanted else (),
        figures.words(wanted) if wanted else "",
    )
