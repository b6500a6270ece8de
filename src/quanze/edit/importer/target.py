"""The columns of a sheet and what each of them is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from quanze.edit.importer.duties import DUTY
from quanze.edit.importer.fees import labelled
from quanze.edit.importer.words import says_nothing, ticked, unticked
from quanze.form import kinds
from quanze.law.fee import CHARGED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.edit.importer.sheet import Place
    from quanze.form import Field
    from quanze.form.kinds.kind import Kind
    from quanze.register.table import Column, Listing


@dataclass(frozen=True)
class Target:
    """One column of the sheet and what it is; what follows of it is asked for each cell, and worked out once."""

    index: int
    """Counted from 1."""
    head: str
    """As the sheet has it; the rows of several joined by ·."""
    column: Column | None = None
    """None for a column that no field has the name of."""
    near: bool = False
    """Whether the name is only similar."""
    skipped: bool = False
    """Whether somebody said that the column is not wanted."""
    part: str = ""
    """名称, 条款 or 内容 of a citation that takes several columns."""
    tick: str = ""
    """The word that a tick (√) means in a column which is one word of its field."""
    stage: str = ""
    """The stage whose duties stand in a column, where each has its own."""
    place: Place | None = None
    """Where the word stands, where that is in no row of heads."""

    @cached_property
    def field(self) -> Field | None:
        """What is known of the field; None for a column of no field, and for the numbers of rows."""
        return self.column.field if self.column else None

    @cached_property
    def kind(self) -> Kind | None:
        """The kind of the field; None likewise."""
        return self.field.kind if self.field else None

    @property
    def gathered(self) -> bool:
        """Whether several columns may be the field together, as bases, duties, fees are: others are given to one."""
        return self.kind in (kinds.CITATION, kinds.STAGE) or self.charged

    @property
    def charged(self) -> bool:
        """Whether the field is a fee."""
        return bool(self.field and CHARGED in self.field.fields)

    @cached_property
    def path(self) -> str:
        """The field; empty where there is none."""
        return self.column.path if self.column else ""

    @property
    def rank(self) -> str:
        """The rank of the instruments that the column cites; empty for all."""
        return self.column.rank if self.column else ""

    def whole(self, text: str) -> str:
        """Return what a text of the column says together with its head: 县级 for √, 受理责任：…, 收费依据：…."""
        if self.tick:
            return self.tick if ticked(text) else "" if unticked(text) else f"{self.tick}：{text}"
        if self.charged:
            return labelled(self.head, text)
        return f"{self.stage}{DUTY}{text}" if self.stage and text and not says_nothing(text) else text


@dataclass(frozen=True)
class Head:
    """The heads of a sheet."""

    top: int
    bottom: int
    """The last row of the heads; the rows below are data."""
    targets: tuple[Target, ...]
    listing: Listing | None = None
    """The list whose titles the heads are, if they are one's."""
    texts: tuple[str, ...] = ()
    """The folded words of its rows, by which it is known when it comes again."""

    @cached_property
    def fields(self) -> tuple[Target, ...]:
        """The columns that are fields of the form."""
        return tuple(one for one in self.targets if one.column and one.column.field)

    @cached_property
    def staged(self) -> bool:
        """Whether several columns are duties, so that each stage may stand in a row of its own."""
        return sum(one.kind is kinds.STAGE for one in self.targets) > 1

    @cached_property
    def outer_first(self) -> tuple[Target, ...]:
        """The columns in order, what is part of another field after it."""
        return tuple(sorted(self.targets, key=lambda one: (one.path.count("."), one.index)))

    def of(self, path: str) -> Target | None:
        """Return the first column of a field, or None."""
        return self._first.get(path)

    @cached_property
    def _first(self) -> Mapping[str, Target]:
        return {one.path: one for one in reversed(self.targets)}
