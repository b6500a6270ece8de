"""A pattern that stands in a register's settings: it takes linear time, whatever it and the text are."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SIZE = 1 << 20
"""Bytes that a compiled pattern may take: a{1000000} is none."""


@lru_cache(maxsize=64)
def pattern(text: str) -> Callable[[str], bool] | None:
    """Return what tells whether a whole text fits a regular expression; None for one that cannot be used.

    The engine knows no look-ahead and no back-references, and so never has to try again.
    """
    import jsonschema_rs  # noqa: PLC0415 — slow to load, and few registers have one

    options = jsonschema_rs.RegexOptions(size_limit=_SIZE)
    try:
        for whole in (text, f"^(?:{text})$"):  # by itself first, so that no bracket of it closes ours
            fits = jsonschema_rs.validator_for({"pattern": whole}, pattern_options=options).is_valid
    except (jsonschema_rs.ValidationError, ValueError):
        return None
    return fits
