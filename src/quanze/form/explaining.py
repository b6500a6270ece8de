"""jsonschema without its formats, whose grammars take seconds to load, and without what can take for ever."""

from __future__ import annotations

import sys
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

    from quanze.base.model import Schema

_GRAMMAR = "rfc3987_syntax"
"""What jsonschema loads where it happens to be installed, for international addresses."""


@cache
def explainer() -> type[Draft202012Validator]:
    """Return the validator that explains what a schema refuses, loaded when something is wrong."""
    kept_out = _GRAMMAR not in sys.modules
    if kept_out:
        sys.modules[_GRAMMAR] = None  # type: ignore[assignment]  # Python's way to say that it is not there
    try:
        from jsonschema import Draft202012Validator  # noqa: PLC0415
    finally:
        if kept_out:
            del sys.modules[_GRAMMAR]
    from jsonschema.validators import extend  # noqa: PLC0415

    return extend(Draft202012Validator, {"pattern": _pattern, "uniqueItems": _unique})  # type: ignore[no-any-return, no-untyped-call]


def _pattern(_: object, wanted: str, instance: object, _schema: Schema) -> Iterator[ValidationError]:
    from jsonschema.exceptions import ValidationError  # noqa: PLC0415

    if isinstance(instance, str) and not _fits(wanted)(instance):
        yield ValidationError("")


def _unique(_: object, wanted: bool, instance: object, _schema: Schema) -> Iterator[ValidationError]:  # noqa: FBT001
    """Ask the engine that decides: Python's compares each element with each."""
    import jsonschema_rs  # noqa: PLC0415
    from jsonschema.exceptions import ValidationError  # noqa: PLC0415

    if not jsonschema_rs.is_valid({"uniqueItems": wanted}, instance):
        yield ValidationError("")


@lru_cache(maxsize=256)
def _fits(wanted: str) -> Callable[[str], bool]:
    """Return what tells whether a text fits a pattern, by the engine that decides: Python's would try every split."""
    import jsonschema_rs  # noqa: PLC0415

    return jsonschema_rs.validator_for({"pattern": wanted}).is_valid
