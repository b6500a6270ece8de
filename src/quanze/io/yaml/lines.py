"""The YAML that nearly all files are written in, read a line at a time: several times as fast as by libyaml's events.

It knows mappings and lists as blocks, values on one line and literal texts, and nothing more. What is written otherwise
is left to libyaml; `tests/test_yaml_lines.py` holds the two against each other.
"""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING, Any

from quanze.io.yaml.scalars import plain

if TYPE_CHECKING:
    from quanze.base.model import Value

Open = Any
"""A mapping or a list that is being filled: it is known which by its class alone."""
_LINE = re.compile(r"^( *)(?:-( +))?(?:(\w[\w·（）、-]{0,99}+):(?: +|$))?(.*)$", re.MULTILINE)
"""Indentation, what follows the dash of an element, a key, and all the rest."""
_MEANING = frozenset("-?:,[]{}#&*!|>'\"%@`")
"""What a value does not begin with, unless it means something by it."""
_ENDS = {"|": "\n", "|-": ""}
"""How a literal text ends."""
_WORDS = "\x7f"
"""What begins beyond ASCII, as nearly all does, is text."""


class Unusual(Exception):  # noqa: N818 — nothing is wrong with it
    """A file is written in a way that is not read here."""


def read(text: str, depth: int) -> dict[str, Value]:  # noqa: C901, PLR0912 — one loop, for speed
    """Return the mapping that a text holds, at most so deep.

    No character of it is invisible, a tab, or one with which YAML names, tags, marks or escapes.

    Raises:
        Unusual: it is not written in the usual way.

    """
    *written, after = text.split("\n")
    lines: list[tuple[str, str, str, str]] = _LINE.findall(text)
    root: dict[str, Value] = {}
    here: Open = root
    at, number, last, waiting = 0, 0, len(written), ""
    outer: list[tuple[Open, int]] = []
    while number < last:
        spaces, gap, key, value = lines[number]
        number += 1
        if not (key or gap) and (not value or value[0] == "#"):
            continue
        column = len(spaces)
        if waiting:
            inner: Open = None if column <= at else [] if gap else {}
            here[waiting], waiting = inner, ""
            if column > at:
                outer.append((here, at))
                here, at = inner, column
        while column < at:
            here, at = outer.pop()
        if column != at or (here.__class__ is not list if gap else here.__class__ is list or not key):
            raise Unusual
        if gap and key:
            outer.append((here, at))
            here.append({})
            here, at = here[-1], column + 1 + len(gap)
        if len(outer) >= depth or (key and key in here):
            raise Unusual
        if not value:
            if not key:
                raise Unusual
            waiting = intern(key)
            continue
        if value in _ENDS and key:
            body = _body(written, number, at)
            number += len(body)
            told: Value = intern("\n".join(body).rstrip("\n") + _ENDS[value])
        elif value[0] in _MEANING or ": " in value or " #" in value or value[-1] in ": ":
            told = _quoted(value)
        else:
            told = intern(value) if value > _WORDS else plain(value)
        if key:
            here[intern(key)] = told
        else:
            here.append(told)
    if waiting:
        here[waiting] = None
    if after or not root:
        raise Unusual
    return root


def _quoted(value: str) -> str:
    """Return what stands between two quotation marks that are no part of it."""
    inner = value[1:-1]
    if value[0] not in "\"'" or len(value) == 1 or value[-1] != value[0] or value[0] in inner:
        raise Unusual
    return intern(inner)


def _body(written: list[str], number: int, at: int) -> list[str]:
    """Return the lines of a literal text from one on, without their margin, which is wider than its key's."""
    first = written[number] if number < len(written) else ""
    margin = first[: len(first) - len(first.lstrip(" "))]
    if len(margin) <= at or margin == first:
        raise Unusual
    body = []
    for line in written[number:]:
        if not (line.startswith(margin) or not line.strip(" ")):
            break
        body.append(line[len(margin) :])
    return body
