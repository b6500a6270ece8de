"""JSON on one line without spaces: what files, pages and caches hold."""

from __future__ import annotations

import json

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def compact(value: object) -> str:
    """Return a value as JSON."""
    return _ENCODER.encode(value)


def in_script(value: object) -> str:
    """Return a value as JSON that can stand in a script element: no text in it can end the element."""
    return compact(value).replace("<", r"\u003c")
