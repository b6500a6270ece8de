"""Fields by path: 办理.法定时限 inside a record, 对应事项.实施依据 in the record that a reference names.

A path passes at most one reference; what it passes of lists it takes element by element.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.io.yaml import escape
from quanze.register.definition import ID, NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Record, Value
    from quanze.form import Field, Form
    from quanze.register.catalog import Catalog

_GROUPED = 2
"""Steps to a field whose own name says enough; what lies deeper is called by its group too."""


def find(forms: Mapping[str, Form], form: Form, path: str) -> Field | None:
    """Return the field at a path, through one reference where it passes one; None where there is none."""
    field, fields, passed = None, form.fields, False
    for name in path.split("."):
        field = fields.get(name)
        if field is None:
            return None
        fields = field.fields
        if not fields and field.collection in forms and not passed:
            fields, passed = forms[field.collection].fields, True
    return field


def within(fields: Mapping[str, Field], above: str = "") -> Iterator[str]:
    """Yield the path of every field of a record, those inside groups too, but none inside a list."""
    for name, field in fields.items():
        yield above + name
        if not field.many:
            yield from within(field.fields, f"{above}{name}.")


def own_words(form: Form, path: str) -> str:
    """Return what people call a field: 法定时限 of 办理.法定时限, 收费标准 of 办理.收费.标准, as no other is called."""
    fields, steps = [NUMBER, ID, *within(form.fields)], path.split(".")
    if path not in fields:
        return steps[-1]
    ends = (steps[-n:] for n in range(1 + (len(steps) > _GROUPED), len(steps)))
    alone = (end for end in ends if sum(one.split(".")[-len(end) :] == end for one in fields) == 1)
    return "".join(next(alone, steps))


def values(catalog: Catalog, record: Record, path: str, part: int | None = None) -> list[Value]:
    """Return the values at a path, the elements of lists one by one; `part` takes one element of the first list."""
    fields = catalog.forms[record.collection].fields
    if "." in path:
        return _Walk(catalog, part).values(fields, record.data, path.split("."))
    if path not in record.data or path not in fields:
        return []
    value = record.data[path]
    return [*value] if fields[path].many and isinstance(value, list) else [value]


def value_at(data: Value, path: str) -> Value:
    """Return the value at a path in plain data that passes no list and no reference; None where there is none."""
    for name in path.split("."):
        if not isinstance(data, dict):
            return None
        data = data.get(name)
    return data


def pointer(path: str) -> str:
    """Return the JSON pointer of a path in its own record: of one that passes a reference, that of the reference."""
    return "".join(f"/{escape(step)}" for step in path.split("."))


class _Walk:
    """One way down a path: it passes at most one reference, and takes a part of the first list alone."""

    def __init__(self, catalog: Catalog, part: int | None) -> None:
        self._catalog, self._part, self._passed = catalog, part, False

    def values(self, fields: Mapping[str, Field], data: Value, steps: list[str]) -> list[Value]:
        """Return what stands at the steps below some data."""
        if not isinstance(data, dict) or steps[0] not in data or steps[0] not in fields:
            return []
        field, value, rest = fields[steps[0]], data[steps[0]], steps[1:]
        values = value if field.many and isinstance(value, list) else [value]
        if not rest:
            return list(values)
        if field.fields:
            if self._part is not None and field.many:
                values, self._part = values[self._part : self._part + 1], None
            return [inner for one in values for inner in self.values(field.fields, one, rest)]
        if not field.collection or self._passed:
            return []
        self._passed = True
        targets = filter(None, (self._catalog.record(field.collection, one) for one in values))
        inner_fields = self._catalog.forms[field.collection].fields
        return [inner for target in targets for inner in self.values(inner_fields, target.data, rest)]
