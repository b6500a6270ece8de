"""The shapes that everything else passes around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Value = str | int | float | bool | None | Sequence["Value"] | Mapping[str, "Value"]
"""What a YAML document of ours can hold."""

Document = Mapping[str, Value]
"""A document; that it fits its form, the form vouches for, not Python."""

Schema = dict[str, Any]
"""A JSON Schema object (2020-12)."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """What a record consists of that takes over a superior's."""

    own: Document
    """What its file says."""
    base: Document
    """What the superior's says of it."""
    copy: Document
    """The copy of the superior's record, as it lies in the register."""
    newest: Document | None = None
    """The superior's newest state that was seen, where another was taken."""


@dataclass(frozen=True, slots=True)
class Record:
    """One YAML file, one thing."""

    collection: str
    id: str
    path: str
    """Where the file lies, with slashes, relative to the project."""
    data: Document
    adopted: Adopted | None = None
    """Whence it comes, where its file says no more than what differs from a superior's record."""
