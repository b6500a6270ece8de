"""Does a record fit its form? jsonschema-rs decides, fast; jsonschema explains what it refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from quanze.base.problem import Problem
from quanze.base.value import elements, mapping
from quanze.form.explaining import explainer
from quanze.form.sentences import FORBIDDEN, quote, sentence
from quanze.io.yaml import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import jsonschema
    import jsonschema_rs
    from jsonschema.exceptions import ValidationError

    from quanze.base.model import Schema, Value
    from quanze.io.yaml import Marks


MOST_TOLD = 100
"""So many faults of one record are told: who has written more of them has to begin anew."""
_MORE = f"这份文件不合表单的地方超过 {MOST_TOLD} 处，从这里起没有逐个列出；请先改好列出的，再检查一次"


@dataclass(frozen=True, slots=True, order=True)
class FormError:
    """One way in which a record does not fit its form."""

    pointer: str
    rule: str
    message: str
    at_key: bool = False
    """Whether the place to mend is the key of the value, as for a missing or an unknown field."""

    def problem(self, path: str, where: Marks) -> Problem:
        """Return it as a problem of the file at a path."""
        place = (where.key if self.at_key else where.value)(self.pointer)
        return Problem(path, *place, self.rule, self.message, self.pointer)


class Validator:
    """The two validators of one schema; a test proves that they agree. Each is loaded when it is first needed."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    @cached_property
    def _fast(self) -> jsonschema_rs.Validator:
        import jsonschema_rs  # noqa: PLC0415

        return jsonschema_rs.validator_for(self._schema, validate_formats=False)

    @cached_property
    def _parts(self) -> Sequence[tuple[jsonschema_rs.Validator, jsonschema.Draft202012Validator, tuple[str, ...]]]:
        import jsonschema_rs  # noqa: PLC0415

        slow = explainer()
        return [
            (jsonschema_rs.validator_for(part, validate_formats=False), slow(part), (*dict.fromkeys(_deciding(part)),))
            for part in _parts(self._schema)
        ]

    def fits(self, data: Value) -> bool:
        """Tell whether the data is valid."""
        return self._fast.is_valid(data)

    def errors(self, data: Value) -> tuple[FormError, ...]:
        """Return every way in which the data is not valid, one sentence each, in the order of the pointers.

        What a record cannot have is not told as long as a field is wrong or missing that decides on it. Of more than
        `MOST_TOLD` the last one says that there are others.
        """
        if self.fits(data):
            return ()
        found = (
            (error, deciding)
            for fast, slow, deciding in self._parts
            if not fast.is_valid(data)
            for error in _explain(slow.iter_errors(data), _because(deciding, data))
        )
        refused = list(islice(found, MOST_TOLD))
        wrong = {error.pointer for error, _ in refused if error.rule != FORBIDDEN}
        unknown = {f"/{escape(name)}" for name in self._schema.get("required", ()) if name not in mapping(data)} | wrong
        certain = (
            error
            for error, deciding in refused
            if error.rule != FORBIDDEN or unknown.isdisjoint(f"/{escape(name)}" for name in deciding)
        )
        told = sorted({*certain})
        more = next(found, None)
        return (*told, replace(more[0], message=_MORE)) if more else tuple(told)


def _parts(schema: Schema) -> Iterator[Schema]:
    """Yield schemas that say together what one says: to explain takes long, so only what refuses is asked."""
    if isinstance(schema, bool) or "unevaluatedProperties" in schema or "$defs" in schema:
        yield schema
        return
    fields = schema.get("properties", {})
    rest = {name: value for name, value in schema.items() if name != "allOf"}
    yield {**rest, "properties": dict.fromkeys(fields, True)}
    yield from schema.get("allOf", ())
    for name, field in fields.items():
        yield {"properties": {name: field}}


def _deciding(part: Schema) -> Iterator[str]:
    """Yield the fields on which it hangs whether a part of a schema is asked."""
    asked = [mapping(mapping(part).get("if"))]
    while asked:
        condition = asked.pop()
        yield from mapping(condition.get("properties"))
        inner = (condition.get("not"), *elements(condition.get("allOf")), *elements(condition.get("anyOf")))
        asked += [mapping(part) for part in inner if part]


def _because(deciding: Iterable[str], data: Value) -> str:
    """Return what a record has in the fields that decide: 「职权类型」是「行政处罚」，「状态」是「有效」."""
    written = mapping(data)
    return "，".join(f"「{name}」是{quote(written[name])}" for name in deciding if name in written)


def _explain(errors: Iterable[ValidationError], because: str) -> Iterator[FormError]:
    for error in errors:
        if error.validator == "if" or (error.validator == "allOf" and error.context):
            yield from _explain(error.context or (), because)
            continue
        path = tuple(error.absolute_path)
        for extra, rule, message, at_key in sentence(error, path, because):
            whole = (*path, *extra)
            yield FormError("".join(f"/{escape(str(step))}" for step in whole), rule, message, at_key)
