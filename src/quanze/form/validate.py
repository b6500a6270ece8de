"""Does a record fit its form? jsonschema-rs decides, fast; jsonschema explains what it refused."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from quanze.form.sentences import sentence
from quanze.io.yaml import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import jsonschema
    import jsonschema_rs
    from jsonschema.exceptions import ValidationError

    from quanze.base.model import Value
    from quanze.form.schema import Schema


@dataclass(frozen=True, slots=True, order=True)
class FormError:
    """One way in which a record does not fit its form."""

    pointer: str
    rule: str
    message: str
    at_key: bool = False
    """Whether the place to mend is the key of the value, as for a missing or an unknown field."""


class Validator:
    """The two validators of one schema; a test proves that they agree. Each is loaded when it is first needed."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    @cached_property
    def _fast(self) -> jsonschema_rs.Validator:
        import jsonschema_rs  # noqa: PLC0415

        return jsonschema_rs.validator_for(self._schema, validate_formats=False)

    @cached_property
    def _slow(self) -> jsonschema.Draft202012Validator:
        import jsonschema  # noqa: PLC0415

        return jsonschema.Draft202012Validator(self._schema)

    def fits(self, data: Value) -> bool:
        """Tell whether the data is valid."""
        return self._fast.is_valid(data)

    def errors(self, data: Value) -> tuple[FormError, ...]:
        """Return every way in which the data is not valid, one sentence each, in the order of the pointers."""
        if self.fits(data):
            return ()
        return tuple(sorted(set(_explain(self._slow.iter_errors(data)))))


def _explain(errors: Iterable[ValidationError]) -> Iterator[FormError]:
    for error in errors:
        if error.validator == "if" or (error.validator == "allOf" and error.context):
            yield from _explain(error.context or ())
            continue
        path = tuple(error.absolute_path)
        for extra, rule, message, at_key in sentence(error, path):
            whole = (*path, *extra)
            yield FormError("".join(f"/{escape(str(step))}" for step in whole), rule, message, at_key)
