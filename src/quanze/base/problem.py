"""What can be wrong: faults in data are values, faults in use or surroundings are one exception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from quanze.base.model import Record

Level = Literal["error", "review"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in one file, told in one sentence at one place.

    `line` and `column` count from 1, columns in characters; `pointer` is the JSON pointer of the value.
    An `error` blocks publication; a `review` (待复核) is published and listed, and blocks nothing.
    """

    path: str
    line: int
    column: int
    rule: str
    message: str
    pointer: str = ""
    level: Level = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found in a record; the check turns it into a `Problem` at its line and column."""

    record: Record
    pointer: str
    message: str
    level: Level = "error"
    at_key: bool = False
    """Whether the place to mend is the key of the value, or where a missing one should stand."""


class Fault(Exception):  # noqa: N818
    """Something outside the data is wrong; the one sentence says what to do about it."""
