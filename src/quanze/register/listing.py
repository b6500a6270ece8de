"""A list (清单) as rows and columns: which records stand in it, in which order, under which heads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quanze.form.kinds import kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Record, Value
    from quanze.form import Field, Form
    from quanze.form.kinds import Look
    from quanze.register.catalog import Catalog

NUMBER, ID = "序号", "编号"
"""The two columns that every list may have and no form has."""
ABSENT = "未载明"
"""What a cell says where the source is silent."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list."""

    path: str
    """The field, dotted where it is part of an object; or 序号 or 编号."""
    title: str
    group: str
    """The upper head of two; empty where the head is one row high."""
    rank: str
    """Only citations of instruments of this rank; empty for all."""
    field: Field | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a record, or several that the list joins, with what the list words differently."""

    number: int
    records: tuple[Record, ...]
    rewritten: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listing:
    """One list, worked out."""

    record: Record
    form: Form
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def short(self) -> tuple[Column, ...]:
        """The columns of the table on the web page, in the order of the list's 短列; of bases all ranks in one."""
        by_path = {column.path: column for column in self.columns if not column.rank}
        names: Sequence[str] = self.record.data["短列"]
        return tuple(by_path.get(name) or column(self.form, {"字段": name}) for name in names)


def value_at(data: Any, path: str) -> Any:
    """Return the value at a dotted path, or None."""
    for name in path.split("."):
        if not isinstance(data, dict):
            return None
        data = data.get(name)
    return data


def column(form: Form, spec: Mapping[str, Any]) -> Column:
    """Return the column that an entry of 列 describes."""
    path = spec["字段"]
    return Column(path, spec.get("标题", path), spec.get("组", ""), spec.get("位阶", ""), form.find(path))


def selects(condition: Mapping[str, Value], data: Mapping[str, Value]) -> bool:
    """Tell whether a record meets every part of a condition; a list in the record meets it with any element."""
    for path, wanted in condition.items():
        have = value_at(data, path)
        allowed = wanted if isinstance(wanted, list) else [wanted]
        if not any(one in allowed for one in (have if isinstance(have, list) else [have])):
            return False
    return True


def listing(catalog: Catalog, record: Record) -> Listing:
    """Work out a list; ended and unpublished records stand in it only where its condition asks for them."""
    data: Mapping[str, Any] = record.data
    form = catalog.forms[data["集合"]]
    chosen = [one for one in catalog.records[data["集合"]].values() if selects(data.get("条件", {}), one.data)]
    keys = tuple(map(form.find, data.get("排序", ())))
    chosen.sort(key=lambda one: (*(_order(field, one) for field in keys if field), one.id))
    return Listing(
        record,
        form,
        tuple(column(form, spec) for spec in data["列"]),
        tuple(_rows(chosen, data.get("条目", ()))),
    )


def _order(field: Field, record: Record) -> tuple[int, str]:
    value = record.data.get(field.name)
    first = value[0] if isinstance(value, list) and value else value
    return (field.choices.index(first), "") if first in field.choices else (len(field.choices), str(first or ""))


def _rows(chosen: Sequence[Record], entries: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    """Yield a row a record, joined and numbered otherwise where the list's own entries say so."""
    by_id = {record.id: record for record in chosen}
    entry_of = {id_: entry for entry in entries for id_ in entry["事项"] if id_ in by_id}
    done: set[str] = set()
    rows: list[Row] = []
    for record in chosen:
        if record.id in done:
            continue
        entry = entry_of.get(record.id, {})
        joined = tuple(by_id[id_] for id_ in entry.get("事项", (record.id,)) if id_ in by_id)
        done.update(one.id for one in joined)
        rows.append(Row(entry.get("序号", len(rows) + 1), joined, entry.get("改写", {})))
    yield from sorted(rows, key=lambda row: row.number)


def cell(column: Column, row: Row, catalog: Catalog, look: Look) -> tuple[str, ...]:
    """Return the texts of one cell, several where it has several values; empty where nothing is known."""
    if column.path == NUMBER:
        return (str(row.number),)
    if column.path == ID:
        return tuple(record.id for record in row.records)
    if column.path in row.rewritten:
        return (row.rewritten[column.path],)
    return tuple(dict.fromkeys([text for record in row.records for text in _texts(column, record, catalog, look)]))


def _texts(column: Column, record: Record, catalog: Catalog, look: Look) -> list[str]:
    value = value_at(record.data, column.path)
    field = column.field
    if value is None or field is None:
        return []
    values = value if field.many else [value]
    if column.rank:
        values = [one for one in values if _rank(one, catalog) == column.rank]
    say = kind(field).text
    return [say(one, field, look) for one in values]


def _rank(citation: Any, catalog: Catalog) -> str:
    named = catalog.named(citation.get("依据文件")) if isinstance(citation, dict) else ()
    return named[0].rank if len(named) == 1 else ""
