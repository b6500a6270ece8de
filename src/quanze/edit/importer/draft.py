"""An item of a sheet on its way to a record, and what became of each of its cells."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.value import mapping
from quanze.edit.importer.merging import plain
from quanze.edit.importer.problem import After, SheetProblem
from quanze.form.sentences import quote

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from quanze.base.model import Value
    from quanze.base.problem import Level
    from quanze.edit.importer.laid import LayoutItem
    from quanze.edit.importer.sheet import Place, Sheet
    from quanze.edit.importer.signals import Signals
    from quanze.edit.importer.target import Target
    from quanze.edit.importer.values import Typed, Values
    from quanze.edit.importer.whose import Bodies
    from quanze.form import Form
    from quanze.register.catalog import Catalog


class Went(NamedTuple):
    """What became of a cell."""

    where: str
    """field, source, heading, note or report."""
    field: str = ""
    reason: str = ""


class Gone(NamedTuple):
    """What a row says of an item that is exercised no longer."""

    column: int
    said: str
    """Which cell says so, in a sentence to be continued."""


SOURCE = Went("source")
UNWANTED = Went("report", "", "对照文件写明这一栏不要")
OURS = Went("note", "", "本系统导出的声明，不是内容")
_LOST = "栏目里写不进去，记录里也没有「来源」保留原话"


@cache
def _held(path: str) -> Went:
    """Return that a field holds a cell: one for all cells of a column."""
    return Went("field", path)


@dataclass(frozen=True, slots=True)
class RowReading:
    """What it takes to read the items of one sheet."""

    catalog: Catalog
    form: Form
    sheet: Sheet
    values: Values
    bodies: Bodies
    signals: Signals
    fixed: Mapping[str, Value]
    """What every record is given where the sheet says nothing."""
    type: Typed
    """The type that the sheet's name or title names."""


@dataclass(eq=False)
class Draft:
    """What one item comes to, before it is held against the records."""

    item: LayoutItem
    sheet: Sheet
    data: dict[str, Value] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    """Head → text, as the sheet has it: what is kept in 来源."""
    columns: dict[str, Target] = field(default_factory=dict)
    """Head → column, of those that have a field."""
    went: dict[Place, Went] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)
    """The columns of which a cell is hidden or crossed out: what they say is not asked, and so is not changed."""
    problems: list[SheetProblem] = field(default_factory=list)
    ids: tuple[str, ...] = ()
    """The ids that the sheet gives."""
    refused: str = ""
    """Why no record is made; empty where one is."""
    gone: Gone | None = None
    """Where the row says that its item is exercised no longer: then none is made of it either, unless asked for."""

    @property
    def row(self) -> int:
        """The row at which the item stands."""
        return self.item.row

    def say(self, column: int, rule: str, message: str, level: Level = "review", after: After | None = None) -> None:
        """Add what there is to say of a cell of the item."""
        places = self.item.cells.get(column, ())
        row = next((place[0] for place in places if place[0] in self.item.rows), self.row)
        head = next((one.head for one in self.item.head.targets if one.index == column), "")
        at = self.sheet.real(places[0])[1] if places else column
        self.problems.append(SheetProblem(row, at, self.sheet.file, self.sheet.name, rule, message, level, head, after))

    def refuse(self, column: int, rule: str, message: str) -> None:
        """Say why no record is made of the item."""
        self.refused = self.refused or message
        self.say(column, rule, message, "error")

    def hold(self, targets: Sequence[Target], path: str) -> None:
        """Say of the cells of some columns that a field holds them."""
        went = _held(path)
        for target in targets:
            for place in self.item.cells.get(target.index, ()):
                if self.went.get(place, SOURCE).where == "source":
                    self.went[place] = went

    def unread(self, place: Place, path: str, reason: str) -> None:
        """Say of a cell that it gives its field nothing, and why."""
        if self.went.get(place, SOURCE).where in {"source", "field"}:
            self.went[place] = Went("source", path, reason)

    def out(self, name: str, reason: str) -> None:
        """Take a field back: its cells are kept in 来源 alone."""
        self.data.pop(name.partition(".")[0], None)
        for place, went in self.went.items():
            if went.where == "field" and went.field.partition(".")[0] == name.partition(".")[0]:
                self.went[place] = Went("source", went.field, reason)

    def close(self, words: str) -> None:
        """Take back what was said of the record before it was known; `words` is what its 来源 keeps, empty for none."""
        held = plain(words)
        kept = {head for head, text in self.texts.items() if plain(text) in held}
        for target in self.item.head.targets:
            for place in self.item.cells.get(target.index, ()):
                went = self.went.get(place)
                if went and went.where == "source" and target.head in self.texts and target.head not in kept:
                    self.went[place] = Went("report", went.field or target.path, went.reason or self.refused or _LOST)
        told = (one for one in self.problems if not self.refused or self._why(one))
        self.problems = [
            replace(one, message=f"{one.message}{self._after(one, kept)}", after=None) if one.after else one
            for one in told
        ]

    def _why(self, told: SheetProblem) -> bool:
        """Tell whether something says why no record is made: what else a refused row holds is asked once it is not."""
        return told.level == "error" or told.message == self.refused

    def _after(self, told: SheetProblem, kept: Container[str]) -> str:
        """Return what is to be told behind a message, now that it is known what is written."""
        if told.after is None:
            return ""
        if told.after is After.KEPT and told.about not in kept:
            return f"；没有写进记录，原话是{quote(' '.join(self.texts.get(told.about, '').split()))}"
        return f"；{told.after.value}"


def put(data: dict[str, Value], path: str, value: Value) -> None:
    """Set the value at a dotted path, making the objects above it."""
    *above, last = path.split(".")
    for name in above:
        inner = dict(mapping(data.get(name)))
        data[name] = inner
        data = inner
    data[last] = value
