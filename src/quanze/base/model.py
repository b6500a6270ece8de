"""The shapes that everything else passes around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Value = str | int | float | bool | None | Sequence["Value"] | Mapping[str, "Value"]
"""What a YAML document of ours can hold."""

Document = Mapping[str, Value]
"""A document; that it fits its form, the form vouches for, not Python."""


@dataclass(frozen=True, slots=True)
class Record:
    """One YAML file, one thing."""

    collection: str
    id: str
    path: str
    """Where the file lies, with slashes, relative to the project."""
    data: Document
