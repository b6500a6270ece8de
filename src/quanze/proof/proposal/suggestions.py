"""One-value faults → the line as it should be, so that a click mends it: only where the result was read again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.value import mapping
from quanze.io.yaml import marks, read, steps, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from quanze.base.model import Value
    from quanze.base.problem import Problem

_NEAREST = re.compile(r"最接近的是[「《]([^「」《》]+)[」》]|请改成半角「([^「」]+)」")
_KEY = re.compile(r"；是不是「([^「」]+)」\Z|缺少必填的「([^「」]+)」；是不是把它写成了「")
_BOM = "\ufeff"
_WRONG_KEY = ("form-unknown-field", "form-required")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line of a file in the words in which it would be sound."""

    path: str
    line: int
    text: str
    message: str


def suggestions(root: Path, problems: Iterable[Problem]) -> Iterator[Suggestion]:
    """Yield what would mend the problems that name the right value themselves."""
    for problem in problems:
        file = root / problem.path
        content = file.read_bytes() if file.is_file() else b""
        found = None if read(content, problem.path)[1] else _mended(content.decode().removeprefix(_BOM), problem)
        if found is not None:
            yield Suggestion(problem.path, problem.line, found, problem.message)


def _mended(text: str, one: Problem) -> str | None:
    """Return the line of a problem mended; None where its sentence names no value, or the line does not take it."""
    document, _ = read(text.encode(), one.path)
    way = steps(one.pointer)
    if not way:
        return None
    old = _reach(document, way)
    if one.rule in _WRONG_KEY:
        named = _KEY.search(one.message)
        new: Value = (named[1] or named[2]) if named else None
        wanted = _renamed(document, way, str(new))
        old = way[-1]
        place = marks(text.encode()).key(one.pointer)
    else:
        new = _value(one)
        wanted = _set(document, way, new)
        place = marks(text.encode()).value(one.pointer)
    if new is None or old is None or isinstance(old, (dict, list)):
        return None
    line, column = place
    rows = text.split("\n")
    head, tail = rows[line - 1][: column - 1], rows[line - 1][column - 1 :]
    for written in (str(old), f'"{old}"', f"'{old}'"):
        if tail.startswith(written):
            rows[line - 1] = head + write({"a": new})[3:].rstrip("\n") + tail[len(written) :]
            after, faults = read("\n".join(rows).encode(), one.path)
            if not faults and after == wanted:
                return rows[line - 1]
    return None


def _value(one: Problem) -> Value:
    """Return the value that a sentence says would be right."""
    nearest = _NEAREST.search(one.message)
    if nearest and nearest[2]:
        plain, _ = read(f"a: {nearest[2]}\n".encode(), "")
        return plain["a"] if isinstance(plain, Mapping) else None
    return nearest[1] if nearest else None


def _reach(document: object, steps: Iterable[str]) -> object:
    for step in steps:
        if isinstance(document, list) and step.isdecimal() and int(step) < len(document):
            document = document[int(step)]
        elif isinstance(document, dict):
            document = document.get(step)
        else:
            return None
    return document


def _set(document: object, steps: list[str], value: Value) -> object:
    """Return a copy with one value replaced."""
    if not steps:
        return value
    if isinstance(document, list):
        return [_set(one, steps[1:], value) if n == int(steps[0]) else one for n, one in enumerate(document)]
    return {name: _set(one, steps[1:], value) if name == steps[0] else one for name, one in mapping(document).items()}


def _renamed(document: object, steps: list[str], name: str) -> object:
    """Return a copy with one key called otherwise."""
    if len(steps) == 1 and isinstance(document, dict):
        return {name if key == steps[0] else key: one for key, one in document.items()}
    if isinstance(document, list):
        return [_renamed(one, steps[1:], name) if str(n) == steps[0] else one for n, one in enumerate(document)]
    if isinstance(document, dict):
        return {key: _renamed(one, steps[1:], name) if key == steps[0] else one for key, one in document.items()}
    return document
