"""A list that sets one field against another (矩阵): a row a value of 行, a column a value of 列, records in cells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quanze.register.definition import ColumnDefinition, ListDefinition
from quanze.register.paths import value_at, values
from quanze.register.table import Column, Listing, Row, column, heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quanze.base.model import Record, Value
    from quanze.form import Form
    from quanze.register.catalog import Catalog


def crossed(
    form: Form, told: ListDefinition, forms: Mapping[str, Form] | None = None, at: str = ""
) -> tuple[Column, ...]:
    """Return the fields at the side, on top and in the cells of a matrix, as the list calls them."""
    specs = {spec.path: spec for spec in reversed(told.columns)}
    paths = told.layout.matrix or ()
    return tuple(column(form, specs.get(path, ColumnDefinition(path)), forms, at) for path in paths)


def matrix(  # noqa: PLR0913, PLR0917 - what a list is made of
    catalog: Catalog, record: Record, form: Form, found: Sequence[Record], told: ListDefinition, at: str
) -> Listing:
    """Return one field against another: a row a value of 行, a column a value of 列, the records' 格 in the cells."""
    side, top, cell_ = crossed(form, told, catalog.forms, at)

    rows: dict[str, list[Record]] = {}
    for one in found:
        rows.setdefault(str(value_at(one.data, side.path)), []).append(one)
    heads = list(dict.fromkeys(value for one in found for value in tops(catalog, one, top.path)))
    choices = top.field.choices if top.field else ()
    heads.sort(key=lambda head: (head is None, choices.index(str(head)) if head in choices else len(choices)))
    titles = [heading(catalog, top.field, [] if head is None else [head]) for head in heads]
    columns = (
        side,
        *(
            replace(cell_, title=title, group=top.title, only=(top.path, head))
            for head, title in zip(heads, titles, strict=True)
        ),
    )
    laid = (Row(number, tuple(records), {}) for number, records in enumerate(rows.values(), 1))
    return Listing(record, told, form, columns, tuple(laid), columns)


def tops(catalog: Catalog, record: Record, path: str) -> Sequence[Value]:
    """Return what a record says in the field on top of a matrix; None where it says nothing, so that it is not lost."""
    return values(catalog, record, path) or [None]
