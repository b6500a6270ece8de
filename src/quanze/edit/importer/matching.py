"""Which record a row of a sheet is: by its id, its code, its name or the row that it came from."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from quanze.form import kinds
from quanze.register.listing import ABSENT, ID, Row, cell, value_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quanze.base.model import Record, Value
    from quanze.edit.importer.head import Head, Target
    from quanze.form import Form
    from quanze.form.kinds import Look
    from quanze.register.catalog import Catalog


class Matching:
    """The records of a collection as a sheet with these heads would show them."""

    def __init__(self, catalog: Catalog, form: Form, head: Head, look: Look) -> None:
        self._catalog, self._form, self._head, self._look = catalog, form, head, look
        self._records = catalog.records[form.collection]
        alone = [Row(0, (one,), {}) for one in self._records.values()]
        listed = head.listing.rows if head.listing else ()
        self._rows: dict[str, Row] = {row.records[0].id: row for row in alone}
        self._rows |= {one.id: row for row in listed for one in row.records}
        self._names: defaultdict[tuple[str, ...], dict[int, Row]] = defaultdict(dict)
        for row in self._rows.values():
            self._names[self._name(dict(self.told(row)))][id(row)] = row
        self._codes = {code: one.id for one in self._records.values() for code in _codes(one, form)}
        self._origins = {_origin(one, form): one.id for one in self._records.values()}

    def told(self, row: Row) -> Iterable[tuple[int, str]]:
        """Yield (column, text) of what the sheet would say of a row."""
        for target in self._head.targets:
            if target.column:
                text = "\n".join(cell(target.column, row, self._catalog, self._look))
                yield target.index, said(text)

    def find(self, texts: Mapping[int, str]) -> Row | None:
        """Return the row that this is by id, code or name; None for a new record, or where several are alike."""
        ids = self.ids(texts)
        if ids:
            row = self._rows.get(ids[0])
            return row if row and {*ids} <= {one.id for one in row.records} else None
        for text in (texts[one.index] for one in self._head.fields if _is_code(one)):
            for word in text.split():
                if word in self._codes:
                    return self._rows[self._codes[word]]
        named = [*self._names.get(self._name(texts), {}).values()] if self._title else []
        return named[0] if len(named) == 1 else None

    def from_origin(self, key: tuple[str, str, int]) -> Row | None:
        """Return the row whose record was imported from this row of this file."""
        id_ = self._origins.get(key)
        return self._rows[id_] if id_ else None

    def ids(self, texts: Mapping[int, str]) -> list[str]:
        """Return the ids that a row of the sheet names."""
        target = self._head.of(ID)
        return texts[target.index].split() if target else []

    def name(self, texts: Mapping[int, str]) -> tuple[str, ...]:
        """Return the name and type by which a row is known; nothing where the sheet has no column for them."""
        name = self._name(texts)
        return name if self._title and name[0] else ()

    @property
    def _title(self) -> Target | None:
        return self._head.of(self._form.title_field)

    def _name(self, texts: Mapping[int, str]) -> tuple[str, ...]:
        wanted = (self._form.title_field, self._form.role(kinds.POWERTYPE))
        targets = (self._head.of(path) for path in wanted if path)
        return tuple("".join(texts[one.index].split()) for one in targets if one)


def said(text: str) -> str:
    """Return a text of a cell; empty where it says in words that nothing is known."""
    return "" if text == ABSENT else text


def origin_of(record: Record, form: Form) -> Mapping[str, Value]:
    """Return where a record came from; nothing where it does not say."""
    value = value_at(record.data, form.role(kinds.ORIGIN)) if form.role(kinds.ORIGIN) else None
    return value if isinstance(value, dict) else {}


def _origin(record: Record, form: Form) -> tuple[str, str, int]:
    value = origin_of(record, form)
    row = value.get("行", 0)
    return str(value.get("文件", "")), str(value.get("表", "")), row if isinstance(row, int) else 0


def _codes(record: Record, form: Form) -> Iterable[str]:
    value = record.data.get(form.role(kinds.CODE))
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict) and "编码" in one:
            yield str(one["编码"])


def _is_code(target: Target) -> bool:
    return bool(target.column and target.column.field and target.column.field.kind is kinds.CODE)
