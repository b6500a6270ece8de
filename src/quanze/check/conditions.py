"""What is wrong with a condition: a field that the form does not have, a value that no record can have."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quanze.form import kinds
from quanze.form.conditions import AFTER, BEFORE, TODAY
from quanze.form.kinds import date
from quanze.form.kinds.select import COLLECTION, CONDITION, Selection
from quanze.form.kinds.statistic import BY, LIST, SUMMED
from quanze.form.words import near, quote
from quanze.io.yaml import escape
from quanze.register.catalog import LISTS
from quanze.register.paths import find

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Value
    from quanze.form import Field, Form
    from quanze.form.kinds.statistic import Statistic
    from quanze.register.catalog import Catalog


NUMBERS = frozenset({"integer", "number"})


class ConditionFault(NamedTuple):
    """What is wrong at one place of a condition."""

    pointer: str
    """Below the condition."""
    said: str
    at_key: bool


def unknown_fields(catalog: Catalog, form: Form, written: Mapping[str, Value]) -> Iterator[ConditionFault]:
    """Yield the fields that a condition names and the form does not have."""
    for path in written:
        if find(catalog.forms, form, path) is None:
            yield ConditionFault(
                f"/{escape(path)}", f"「{path}」不是{form.title}的栏目{near(path, form.fields)}", at_key=True
            )


def impossible_values(catalog: Catalog, form: Form, written: Mapping[str, Value]) -> Iterator[ConditionFault]:
    """Yield the values that no record can have; of a field that is not there nothing is known."""
    for path, wanted in written.items():
        field = find(catalog.forms, form, path)
        if field is None:
            continue
        if isinstance(wanted, dict):
            for name in (BEFORE, AFTER):
                if name in wanted and not field.kind.day:
                    yield ConditionFault(f"/{escape(path)}/{name}", f"「{path}」不是日期，不能比先后", at_key=True)
                for fault in date.faults(wanted[name]) if wanted.get(name, TODAY) != TODAY else ():
                    yield ConditionFault(f"/{escape(path)}/{name}", f"的{fault.message}", at_key=False)
            continue
        many = isinstance(wanted, list)
        for index, value in enumerate(wanted if isinstance(wanted, list) else [wanted]):
            why = unfit(catalog, field, value)
            if why:
                pointer = f"/{escape(path)}" + (f"/{index}" if many else "")
                yield ConditionFault(pointer, f"不会有{quote(value)}这个值{why}", at_key=False)


def selection_faults(catalog: Catalog, meant: Selection) -> Iterator[ConditionFault]:
    """Yield what is wrong with a reference by condition: its collection, the fields and the values that it names."""
    form = catalog.forms.get(meant.collection)
    if form is None:
        hint = near(meant.collection, catalog.forms)
        yield ConditionFault(f"/{COLLECTION}", f"写的「{meant.collection}」没有这样的集合{hint}", at_key=False)
        return
    for one in (
        *(fault._replace(said=f"写的{fault.said}") for fault in unknown_fields(catalog, form, meant.condition)),
        *impossible_values(catalog, form, meant.condition),
    ):
        yield one._replace(pointer=f"/{CONDITION}{one.pointer}")


def statistic_faults(catalog: Catalog, statistic: Statistic) -> Iterator[ConditionFault]:
    """Yield what is wrong with a figure: its list or collection, its condition, and the fields by which it counts."""
    if statistic.list_id and statistic.list_id not in catalog.lists:
        if (LISTS, statistic.list_id) not in catalog.broken:
            hint = near(statistic.list_id, catalog.lists)
            yield ConditionFault(f"/{LIST}", f"写的「{statistic.list_id}」没有这张清单{hint}", at_key=False)
        return
    collection = catalog.lists[statistic.list_id].collection if statistic.list_id else statistic.collection
    yield from selection_faults(catalog, Selection(collection, statistic.condition))
    form = catalog.forms.get(collection)
    for name, path in ((SUMMED, statistic.field), (BY, statistic.by)):
        if form and path and find(catalog.forms, form, path) is None:
            message = f"写的「{path}」不是{form.title}的栏目{near(path, form.fields)}"
            yield ConditionFault(f"/{name}", message, at_key=False)


def unfit(catalog: Catalog, field: Field, value: object) -> str:
    """Return why a field can never have a value, or an empty string."""
    if field.choices and value not in field.choices:
        return near(value, field.choices) or f"；只能是：{'、'.join(field.choices)}"
    if field.kind is kinds.YESNO and not isinstance(value, bool):
        return "；只能是 true（是）或 false（否）"
    if field.type in NUMBERS and (isinstance(value, bool) or not isinstance(value, int | float)):
        return "；只能是数"
    if field.kind.day and (not isinstance(value, str) or any(date.faults(value))):
        return "；只能是日历上有的日期，如 2026-05-01"
    known = catalog.records.get(field.collection, {}) if field.kind is kinds.REF else {}
    if known and value not in known and (field.collection, value) not in catalog.broken:
        return f"；catalog/{field.collection}/ 里没有这条记录{near(value, known)}"
    return ""
