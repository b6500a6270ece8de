"""A list (清单) as rows and columns: which records stand in it, in which order, under which heads.

A list may lay its records out (版式): a row an element of one field (拆行), one field against another (矩阵), or under
headings (分组). Whatever the layout, a list is columns and rows, so that every file and page tells the same table.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quanze.form import kinds
from quanze.form.conditions import conditions, meets
from quanze.register.definition import ColumnDefinition, ListDefinition, ListEntry
from quanze.register.life import Life, lives
from quanze.register.matrix import matrix
from quanze.register.paths import find, values
from quanze.register.table import Column, Listing, Row, column, heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Record, Value
    from quanze.form import Field
    from quanze.register.catalog import Catalog

OWN = "本机关自定"
"""What the column of 采用 says of a record that is nobody else's."""


def chosen(catalog: Catalog, name: str, condition: Mapping[str, Value], at: str) -> list[Record]:
    """Return the records of a collection that a list with a condition shows, by id.

    Drafts stand in no list; ended records, and those that have run out by `at`, only where the condition asks for
    them: where it names their status or their last day.
    """
    life, wanted = lives(catalog)[name], conditions(condition)
    asked = {life.status, life.end} & {one.path for one in wanted}
    return [
        record
        for record in catalog.records[name].values()
        if meets(record.data, wanted, at) and not life.draft(record.data) and (asked or not _over(life, record, at))
    ]


def _over(life: Life, record: Record, at: str) -> bool:
    return bool(life.ended(record.data, at))


def listing(catalog: Catalog, record: Record, at: str) -> Listing:
    """Work out a list as of a day."""
    definition = ListDefinition.of(record.data)
    form = catalog.forms[definition.collection]
    found = chosen(catalog, definition.collection, definition.condition, at)
    keys = tuple(map(form.find, definition.sort))
    found.sort(key=lambda one: (*(_order(field, one) for field in keys if field), one.id))
    split, grouped = definition.layout.split, definition.layout.grouped
    columns = tuple(_inner(column(form, spec, catalog.forms, at), split) for spec in definition.columns)
    if definition.layout.matrix:
        return matrix(catalog, record, form, found, definition, at)
    if grouped:
        field = find(catalog.forms, form, grouped)
        headings = {one.id: heading(catalog, field, values(catalog, one, grouped)) for one in found}
        order = [*dict.fromkeys((*(field.choices if field else ()), *headings.values()))]
        found.sort(key=lambda one: order.index(headings[one.id]))
    rows = tuple(_rows(found, definition.entries))
    if grouped:
        headed = (replace(row, heading=headings[row.records[0].id]) for row in rows)
        rows = tuple(sorted(headed, key=lambda row: order.index(row.heading)))
    if split:
        rows = tuple(part for row in rows for part in _split(row, split))
    by_path = {one.path: one for one in columns if not one.rank}
    short = (
        by_path.get(name) or _inner(column(form, ColumnDefinition(name), catalog.forms), split)
        for name in definition.short
    )
    return _with_origin(Listing(record, definition, form, columns, rows, tuple(short), split))


def _with_origin(made: Listing) -> Listing:
    """Tell in a last column whence each row comes, where any takes over a superior's record and no column tells it."""
    name = made.form.role(kinds.ADOPTION)
    over = [any(name in record.data for record in row.records) for row in made.rows] if name else []
    if not any(over) or any(column.path == name for column in made.columns):
        return made
    last = column(made.form, ColumnDefinition(name))
    rows = (
        row if taken else replace(row, rewritten={**row.rewritten, name: OWN})
        for row, taken in zip(made.rows, over, strict=True)
    )
    return replace(made, columns=(*made.columns, last), rows=tuple(rows))


def _inner(column: Column, split: str) -> Column:
    return replace(column, inner=bool(split) and column.path.startswith(f"{split}."))


def _order(field: Field, record: Record) -> tuple[int, str]:
    value = record.data.get(field.name)
    first = value[0] if isinstance(value, list) and value else value
    return (field.choices.index(first), "") if first in field.choices else (len(field.choices), str(first or ""))


def _rows(records: Sequence[Record], entries: Sequence[ListEntry]) -> Iterator[Row]:
    """Yield a row a record, joined and numbered otherwise where the list's own entries say so."""
    by_id = {record.id: record for record in records}
    entry_of = {id_: entry for entry in entries for id_ in entry.items if id_ in by_id}
    done: set[str] = set()
    rows: list[Row] = []
    for record in records:
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
