"""What a list is once it is worked out: its columns, its rows, and what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.form.kinds.kind import MIDDLE, WIDE
from quanze.register.definition import ID, NUMBER, ColumnDefinition, ListDefinition
from quanze.register.links import SiteLook
from quanze.register.paths import find, own_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Record, Value
    from quanze.form import Field, Form
    from quanze.register.catalog import Catalog

ABSENT, NOT_APPLICABLE = "未载明", "不适用"
"""What a cell says where the source is silent."""
EMPTY = "—"
"""What the cell of a matrix says to which no record belongs."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list."""

    path: str
    """The field, dotted where it is part of an object or of the record that a reference names; or 序号 or 编号."""
    title: str
    group: str
    """The upper head of two; empty where the head is one row high."""
    rank: str
    """Only citations of instruments of this rank; empty for all."""
    field: Field | None
    only: tuple[str, Value] | None = None
    """In a matrix: the field and the value of the records that the column tells."""
    inner: bool = False
    """Whether it tells one element of the field that the list splits."""
    quoted: str = ""
    """The day on whose law citations are told with their wording (引全文); empty where they are told without."""

    @property
    def head(self) -> str:
        """Its head on one line: the upper stands before the lower where there are two."""
        return f"{self.group}·{self.title}" if self.group else self.title

    @property
    def width(self) -> int:
        """How wide it is on paper, in characters."""
        if self.field is None:
            return {NUMBER: 6, ID: 12}.get(self.path, MIDDLE)
        return WIDE if self.field.fields else self.field.kind.width


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a record, or several that the list joins, with what the list words differently."""

    number: int
    records: tuple[Record, ...]
    rewritten: Mapping[str, str]
    heading: str = ""
    """The heading under which the row stands; empty in a list that has none."""
    part: int = 0
    """Which element of the field that the list splits, from 0."""
    parts: int = 1
    """How many rows the entry has."""

    @property
    def span(self) -> int:
        """Over how many rows the cells of the whole entry reach, on its first row; 0 on the others."""
        return 0 if self.part else self.parts


@dataclass(frozen=True, slots=True)
class Listing:
    """One list, worked out."""

    record: Record
    definition: ListDefinition
    form: Form
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    short: tuple[Column, ...]
    """The columns of the table on the web page, in the order of the list's 短列; of bases all ranks in one."""
    split: str = ""
    """The field whose elements are rows of their own."""

    @property
    def matrix(self) -> bool:
        """Whether the list sets one field against another."""
        return any(column.only for column in self.columns)

    @property
    def entries(self) -> tuple[Row, ...]:
        """The first row of every entry: a row that goes on with the one before is none of its own."""
        return tuple(row for row in self.rows if not row.part)

    @property
    def counted(self) -> tuple[Record, ...]:
        """A record for each 项 of the list: the first of an entry, however many rows it has; in a matrix every one."""
        if self.matrix:
            return tuple(record for row in self.rows for record in row.records)
        return tuple(row.records[0] for row in self.entries)

    @property
    def total(self) -> int:
        """How many 项 the list has."""
        return len(self.counted)

    def spans(self, row: Row, columns: Iterable[Column]) -> list[int]:
        """Return over how many rows each cell of a row reaches; 0 where a cell above reaches over it."""
        return [1 if column.inner else row.span for column in columns]

    def headings(self) -> Iterator[str]:
        """Yield for each row the heading that stands above it; empty where it goes on under the one before."""
        last = ""
        for row in self.rows:
            yield row.heading if row.heading != last else ""
            last = row.heading


def column(form: Form, spec: ColumnDefinition, forms: Mapping[str, Form] | None = None, at: str = "") -> Column:
    """Return the column that an entry of 列 describes; with all forms its path may pass a reference."""
    path = spec.path
    field = find(forms or {}, form, path)
    return Column(
        path, spec.title or own_words(form, path), spec.group, spec.rank, field, quoted=at if spec.quoted else ""
    )


def heading(catalog: Catalog, field: Field | None, found: Sequence[Value]) -> str:
    """Return how values of a field are told at the head of a column or of a group: what is not told is not lost."""
    look = SiteLook(catalog)
    return "、".join(field.kind.text(one, field, look) if field else str(one) for one in found) or ABSENT
