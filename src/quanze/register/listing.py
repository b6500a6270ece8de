"""A list (清单) as rows and columns: which records stand in it, in which order, under which heads.

A list may lay its records out (版式): a row an element of one field (拆行), one field against another (矩阵), or under
headings (分组). Whatever the layout, a list is columns and rows, so that every file and page tells the same table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quanze.form import kinds
from quanze.form.conditions import conditions, meets
from quanze.form.kinds.kind import MIDDLE, WIDE
from quanze.law.citation import Citation
from quanze.register.catalog import Occurrence
from quanze.register.definition import ID, NUMBER, ColumnDefinition, ListDefinition, ListEntry
from quanze.register.life import Life, lives
from quanze.register.links import SiteLook
from quanze.register.numbering import meant
from quanze.register.paths import find, values
from quanze.register.wording import statute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Record, Value
    from quanze.form import Field, Form
    from quanze.form.kinds import Look
    from quanze.register.catalog import Catalog

ABSENT = "未载明"
"""What a cell says where the source is silent."""
EMPTY = "—"
"""What the cell of a matrix says to which no record belongs."""
OWN = "本机关自定"
"""What the column of 采用 says of a record that is nobody else's."""


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


def value_at(data: Value, path: str) -> Value:
    """Return the value at a dotted path, or None."""
    for name in path.split("."):
        if not isinstance(data, dict):
            return None
        data = data.get(name)
    return data


def column(form: Form, spec: ColumnDefinition, forms: Mapping[str, Form] | None = None, at: str = "") -> Column:
    """Return the column that an entry of 列 describes; with all forms its path may pass a reference."""
    path = spec.path
    field = find(forms or {}, form, path)
    plain = path if _of_the_record(form, path) else path.rpartition(".")[2]
    return Column(path, spec.title or plain, spec.group, spec.rank, field, quoted=at if spec.quoted else "")


def _of_the_record(form: Form, path: str) -> bool:
    """Tell whether a path stays in the record's own groups: it needs their names to be understood."""
    steps = path.split(".")
    above = [form.find(".".join(steps[:number])) for number in range(1, len(steps))]
    return form.find(path) is not None and not any(field is not None and field.many for field in above)


def chosen(catalog: Catalog, name: str, condition: Mapping[str, Value], at: str) -> list[Record]:
    """Return the records of a collection that a list with a condition shows, by id.

    Drafts stand in no list; ended records, and those that have run out by `at`, only where the condition asks for
    them: where it names their status or their last day.
    """
    life, wanted = lives(catalog)[name], conditions(condition)
    asked = {life.status, life.end} & {one.path for one in wanted}
    return [
        one
        for one in catalog.records[name].values()
        if meets(one.data, wanted, at) and not life.draft(one.data) and (asked or not _over(life, one, at))
    ]


def _over(life: Life, record: Record, at: str) -> bool:
    return bool(life.ended(record.data, at))


def listing(catalog: Catalog, record: Record, at: str) -> Listing:
    """Work out a list as of a day."""
    told = ListDefinition.of(record.data)
    form = catalog.forms[told.collection]
    found = chosen(catalog, told.collection, told.condition, at)
    keys = tuple(map(form.find, told.sort))
    found.sort(key=lambda one: (*(_order(field, one) for field in keys if field), one.id))
    split, grouped = told.layout.split, told.layout.grouped
    columns = tuple(_inner(column(form, spec, catalog.forms, at), split) for spec in told.columns)
    if told.layout.matrix:
        return _matrix(catalog, record, form, found, told, at)
    if grouped:
        field = find(catalog.forms, form, grouped)
        headings = {one.id: _heading(catalog, field, values(catalog, one, grouped)) for one in found}
        order = [*dict.fromkeys((*(field.choices if field else ()), *headings.values()))]
        found.sort(key=lambda one: order.index(headings[one.id]))
    rows = tuple(_rows(found, told.entries))
    if grouped:
        headed = (replace(row, heading=headings[row.records[0].id]) for row in rows)
        rows = tuple(sorted(headed, key=lambda row: order.index(row.heading)))
    if split:
        rows = tuple(part for row in rows for part in _split(row, split))
    by_path = {one.path: one for one in columns if not one.rank}
    short = (
        by_path.get(name) or _inner(column(form, ColumnDefinition(name), catalog.forms), split) for name in told.short
    )
    return _with_origin(Listing(record, told, form, columns, rows, tuple(short), split))


def _with_origin(this: Listing) -> Listing:
    """Tell in a last column whence each row comes, where any takes over a superior's record and no column tells it."""
    name = this.form.role(kinds.ADOPTION)
    over = [any(name in record.data for record in row.records) for row in this.rows] if name else []
    if not any(over) or any(column.path == name for column in this.columns):
        return this
    last = column(this.form, ColumnDefinition(name))
    rows = (
        row if taken else replace(row, rewritten={**row.rewritten, name: OWN})
        for row, taken in zip(this.rows, over, strict=True)
    )
    return replace(this, columns=(*this.columns, last), rows=tuple(rows))


def _inner(column: Column, split: str) -> Column:
    return replace(column, inner=bool(split) and column.path.startswith(f"{split}."))


def _order(field: Field, record: Record) -> tuple[int, str]:
    value = record.data.get(field.name)
    first = value[0] if isinstance(value, list) and value else value
    return (field.choices.index(first), "") if first in field.choices else (len(field.choices), str(first or ""))


def _rows(found: Sequence[Record], entries: Sequence[ListEntry]) -> Iterator[Row]:
    """Yield a row a record, joined and numbered otherwise where the list's own entries say so."""
    by_id = {record.id: record for record in found}
    entry_of = {id_: entry for entry in entries for id_ in entry.items if id_ in by_id}
    done: set[str] = set()
    rows: list[Row] = []
    for record in found:
        if record.id in done:
            continue
        entry = entry_of.get(record.id, ListEntry((record.id,), None, {}, "", ""))
        joined = tuple(by_id[id_] for id_ in entry.items if id_ in by_id)
        done.update(one.id for one in joined)
        number = len(rows) + 1 if entry.number is None else entry.number
        rows.append(Row(number, joined, entry.rewritten))
    yield from sorted(rows, key=lambda row: row.number)


def _split(row: Row, field: str) -> Iterator[Row]:
    """Yield a row for each element of a field of the row's record; one for a record without any."""
    parts = row.records[0].data.get(field) if len(row.records) == 1 else None
    many = len(parts) if isinstance(parts, list) else 0
    for part in range(max(many, 1)):
        yield replace(row, part=part, parts=max(many, 1))


def _heading(catalog: Catalog, field: Field | None, found: Sequence[Value]) -> str:
    """Return how values of a field are told at the head of a column or of a group: what is not told is not lost."""
    look = SiteLook(catalog)
    return "、".join(field.kind.text(one, field, look) if field else str(one) for one in found) or ABSENT


def crossed(
    form: Form, told: ListDefinition, forms: Mapping[str, Form] | None = None, at: str = ""
) -> tuple[Column, ...]:
    """Return the fields at the side, on top and in the cells of a matrix, as the list calls them."""
    specs = {spec.path: spec for spec in reversed(told.columns)}
    paths = told.layout.matrix or ()
    return tuple(column(form, specs.get(path, ColumnDefinition(path)), forms, at) for path in paths)


def _matrix(  # noqa: PLR0913, PLR0917 - what a list is made of
    catalog: Catalog, record: Record, form: Form, found: Sequence[Record], told: ListDefinition, at: str
) -> Listing:
    """Return one field against another: a row a value of 行, a column a value of 列, the records' 格 in the cells."""
    side, top, cell_ = crossed(form, told, catalog.forms, at)

    rows: dict[str, list[Record]] = {}
    for one in found:
        rows.setdefault(str(value_at(one.data, side.path)), []).append(one)
    heads = list(dict.fromkeys(value for one in found for value in _tops(catalog, one, top.path)))
    choices = top.field.choices if top.field else ()
    heads.sort(key=lambda head: (head is None, choices.index(str(head)) if head in choices else len(choices)))
    titles = [_heading(catalog, top.field, [] if head is None else [head]) for head in heads]
    columns = (
        side,
        *(
            replace(cell_, title=title, group=top.title, only=(top.path, head))
            for head, title in zip(heads, titles, strict=True)
        ),
    )
    laid = (Row(number, tuple(records), {}) for number, records in enumerate(rows.values(), 1))
    return Listing(record, told, form, columns, tuple(laid), columns)


def _tops(catalog: Catalog, record: Record, path: str) -> Sequence[Value]:
    """Return what a record says in the field on top of a matrix; None where it says nothing, so that it is not lost."""
    return values(catalog, record, path) or [None]


def cell(column: Column, row: Row, catalog: Catalog, look: Look) -> tuple[str, ...]:
    """Return the texts of one cell, several where it has several values; empty where nothing is known."""
    if column.path == NUMBER:
        return (str(row.number),)
    if column.path == ID:
        return tuple(record.id for record in row.records)
    if column.path in row.rewritten:
        return (row.rewritten[column.path],)
    told = (text for record in told_by(column, row, catalog) for text in _texts(column, row, record, catalog, look))
    return tuple(dict.fromkeys(told))


def told_by(column: Column, row: Row, catalog: Catalog) -> Iterator[Record]:
    """Yield the records of a row that a column tells: in a matrix those alone that have its value."""
    for record in row.records:
        if column.only is None or column.only[1] in _tops(catalog, record, column.only[0]):
            yield record


def held(column: Column, row: Row, catalog: Catalog) -> list[Value]:
    """Return the values of one cell as the records hold them, each once; none where the list words it otherwise."""
    if column.path == NUMBER:
        return [row.number]
    if column.path == ID:
        return [record.id for record in row.records]
    found: list[Value] = []
    for record in () if column.path in row.rewritten else told_by(column, row, catalog):
        found += (one for one in _values(column, row, record, catalog) if one not in found)
    return found


def _values(column: Column, row: Row, record: Record, catalog: Catalog) -> list[Value]:
    if column.field is None:
        return []
    found = values(catalog, record, column.path, row.part if column.inner else None)
    return [one for one in found if _rank(one, catalog) == column.rank] if column.rank else found


def _texts(column: Column, row: Row, record: Record, catalog: Catalog, look: Look) -> list[str]:
    field = column.field
    if field is None:
        return []
    found = _values(column, row, record, catalog)
    say = field.kind.text
    if column.quoted and field.kind is kinds.CITATION:
        return [
            say(one, field, look) + _wording(catalog, Occurrence(record, "", field, Citation.of(one)), column.quoted)
            for one in found
        ]
    return [say(one, field, look) for one in found]


def _wording(catalog: Catalog, occurrence: Occurrence[Citation], at: str) -> str:
    """Return the wording of a citation behind a colon; empty where the register does not keep it."""
    citation = occurrence.value
    named = catalog.named(citation.law)
    if len(named) != 1 or citation.article is None:
        return ""
    text = statute(catalog, named[0], meant(catalog, named[0], occurrence, at))
    found = (text.words(step.article, step.paragraph, step.item) for step in citation.steps) if text else ()
    told = "".join(dict.fromkeys(found))
    return f"：{told}" if told else ""


def _rank(citation: object, catalog: Catalog) -> str:
    named = catalog.named(Citation.of(citation).law)
    return named[0].rank if len(named) == 1 else ""
