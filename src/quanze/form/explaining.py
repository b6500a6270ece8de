"""jsonschema without its formats: no form asks for them, and the grammar of one takes seconds to load."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

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
    return Draft202012Validator
