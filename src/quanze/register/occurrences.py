"""Where the values of a kind sit in the records: found by the forms, the elements of lists one by one."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from quanze.base.value import elements, mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.base.model import Record, Value
    from quanze.form import Field, Form
    from quanze.form.kinds import Kind

Noun_co = TypeVar("Noun_co", covariant=True)


class Occurrence(NamedTuple, Generic[Noun_co]):
    """A value of some kind and where it sits."""

    record: Record
    pointer: str
    field: Field
    value: Noun_co


class ByKind:
    """The values of records by kind, each kind gathered when it is first asked for."""

    def __init__(self, records: Mapping[str, Mapping[str, Record]], forms: Mapping[str, Form]) -> None:
        self._records, self._forms = records, forms
        self._found: dict[Kind, tuple[Occurrence[Value], ...]] = {}

    def __getitem__(self, kind: Kind) -> tuple[Occurrence[Value], ...]:
        """Return every value of a kind, by collection, id and place; none for a kind that no form has."""
        if kind not in self._found:
            self._found[kind] = self._gathered(kind)
        return self._found[kind]

    def _gathered(self, kind: Kind) -> tuple[Occurrence[Value], ...]:
        occurrences: list[Occurrence[Value]] = []
        for collection, records in self._records.items():
            plan = _whole(self._forms[collection], kind) if records else ()
            if plan:
                for record in records.values():
                    _occurrences(record, plan, record.data, "", occurrences)
        return tuple(occurrences)


class _Step(NamedTuple):
    """A field that is of the wanted kind, or has parts that are."""

    field: Field
    wanted: bool
    parts: tuple[_Step, ...]


@lru_cache(maxsize=4096)
def _whole(form: Form, kind: Kind) -> tuple[_Step, ...]:
    return _plan(form.fields, kind)


def _plan(fields: Mapping[str, Field], kind: Kind) -> tuple[_Step, ...]:
    """Return the fields that lead to values of a kind; the others are never looked at."""
    steps = (_Step(field, field.kind is kind, _plan(field.fields, kind)) for field in fields.values())
    return tuple(step for step in steps if step.wanted or step.parts)


def _occurrences(
    record: Record,
    plan: tuple[_Step, ...],
    data: Mapping[str, Value],
    pointer: str,
    occurrences: list[Occurrence[Value]],
) -> None:
    """Add what the plan leads to, in the order of the document; no generator, as there are a hundred thousand."""
    for field, wanted, parts in plan:
        value = data.get(field.name)
        if value is None:
            continue
        here = f"{pointer}/{field.name}"
        for place, one in (
            [(f"{here}/{n}", one) for n, one in enumerate(elements(value))] if field.many else ((here, value),)
        ):
            if wanted:
                occurrences.append(Occurrence(record, place, field, one))
            if parts:
                _occurrences(record, parts, mapping(one), place, occurrences)
