"""JSON on one line without spaces: what files, pages and caches hold."""

from __future__ import annotations

import json

import orjson

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def compact(value: object) -> bytes:
    """Return a value as JSON in UTF-8."""
    try:
        return orjson.dumps(value)
    except TypeError:  # a number of more than 64 bits, a named tuple, a key that is no text
        return _ENCODER.encode(value).encode()


def in_script(value: object) -> str:
    """Return a value as JSON that can stand in a script element: no text in it can end the element."""
    return compact(value).decode().replace("<", r"\u003c")
