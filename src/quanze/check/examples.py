"""What the manual shows beside a rule: a line that is wrong, what the check says of it, and the same put right.

The examples are those that the tests check, written into examples.json by `pytest --update-golden`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).with_name("examples.json")


class Example(NamedTuple):
    """One rule, broken and kept."""

    path: str
    """The file of a register in which it stands."""
    wrong: str
    """The lines that are wrong; empty where no line of the file shows it."""
    said: str
    right: str
    """The same lines put right, or what to do in words."""


@cache
def examples() -> Mapping[str, Example]:
    """Return the examples by the rules' ids."""
    return {id_: Example(**told) for id_, told in json.loads(FILE.read_bytes()).items()}
