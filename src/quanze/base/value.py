"""What stands at a place of a document, by its shape: what is of another shape counts as not written.

The forms vouch for what is published; what is not yet checked, and every old commit, may hold anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quanze.base.model import Value


def text(value: object) -> str:
    """Return a text, numbers as they are written; empty where nothing is."""
    return value if isinstance(value, str) else "" if value is None else str(value)


def texts(value: object) -> tuple[str, ...]:
    """Return the texts of a list."""
    return tuple(map(text, value)) if isinstance(value, list | tuple) else ()


def number(value: object) -> int:
    """Return a whole number; 0 where none is."""
    return value if isinstance(value, int) else 0


def mapping(value: object) -> Mapping[str, Value]:
    """Return an object; one without fields where none is."""
    return value if isinstance(value, dict) else {}


def rows(value: object) -> Sequence[Mapping[str, Value]]:
    """Return the objects of a list; an element of another shape keeps its place, as one without fields."""
    return tuple(map(mapping, value)) if isinstance(value, list | tuple) else ()


def elements(value: object) -> Sequence[Value]:
    """Return the elements of a list; none where there is no list."""
    return value if isinstance(value, list | tuple) else ()


def gather_texts(values: Iterable[object], into: set[str]) -> None:
    """Add every text in some values; by class, not isinstance: this is asked of a million of them."""
    for value in values:
        if type(value) is str:
            into.add(value)
        elif type(value) is list:
            gather_texts(value, into)
        elif type(value) is dict:
            gather_texts(value.values(), into)
