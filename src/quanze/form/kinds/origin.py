"""Which row of which document a record was made from (来源)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quanze.base.value import mapping, number, text
from quanze.form.kinds import group
from quanze.form.kinds.kind import Kind
from quanze.law.citation import UNREAD

if TYPE_CHECKING:
    from quanze.base.model import Value

FILE, _SHEET, _ROW = "文件", "表", "行"


class RowOrigin(NamedTuple):
    """A row of a document; what is not told is empty, or 0."""

    file: str
    sheet: str = ""
    row: int = 0
    words: str = ""
    """What it said."""

    @classmethod
    def of(cls, data: object) -> RowOrigin:
        """Return what a value of a record tells."""
        told = mapping(data)
        return cls(text(told.get(FILE)), text(told.get(_SHEET)), number(told.get(_ROW)), text(told.get(UNREAD)))

    def data(self) -> dict[str, Value]:
        """Return it as a record has it."""
        found: dict[str, Value] = {FILE: self.file, _SHEET: self.sheet, _ROW: self.row, UNREAD: self.words}
        return {name: value for name, value in found.items() if value}


KIND = Kind("来源", group.text, group.html, group.read, group.split, texts=group.texts, provenance=True)
