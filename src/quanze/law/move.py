"""One row of an article map (条文对照): what became of a place of the version before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.value import mapping, text, texts
from quanze.law.places import parse_place

if TYPE_CHECKING:
    from quanze.base.model import Value
    from quanze.law.places import Place

WAS, NEW, CHANGE, REMARK = "旧", "新", "变化", "说明"
RENUMBERED, REWORDED, UNVERIFIED = "仅改号", "改文字", "待核"
"""What can have changed."""


@dataclass(frozen=True, slots=True)
class Move:
    """One row; a side that it does not name is empty."""

    old: Place | None
    was: str
    """The old place as it is written."""
    new: str
    change: tuple[str, ...]
    remark: str = ""

    @classmethod
    def of(cls, data: object) -> Move:
        """Return what a row tells."""
        row = mapping(data)
        was = text(row.get(WAS))
        return cls(parse_place(was), was, text(row.get(NEW)), texts(row.get(CHANGE)), text(row.get(REMARK)))

    def data(self) -> dict[str, Value]:
        """Return it as an instrument's file has it."""
        places = {name: words for name, words in ((WAS, self.was), (NEW, self.new)) if words}
        return {**places, CHANGE: [*self.change], **({REMARK: self.remark} if self.remark else {})}

    @property
    def pending(self) -> bool:
        """Whether it only says where something went, what changed being 待核."""
        return self.change == (UNVERIFIED,) and bool(self.was and self.new)
