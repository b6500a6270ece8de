"""One-value faults → the line as it should be, so that a click mends it: only where the result was read again."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quanze.base.value import mapping
from quanze.edit.cells import read as cell
from quanze.form.explaining import explainer
from quanze.io.yaml import marks, read, steps, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quanze.base.model import Schema, Value
    from quanze.base.problem import Problem
    from quanze.register.catalog import Catalog

_NEAREST = re.compile(r"最接近的是[「《]([^「」《》]+)[」》]|请改成半角「([^「」]+)」")
_KEY = re.compile(r"；是不是「([^「」]+)」\Z|缺少必填的「([^「」]+)」；是不是把它写成了「")
_BOM = "\ufeff"
_WRONG_KEY = ("form-unknown-field", "form-required")
_WRITTEN = ("form-type", "form-pattern", "form-choice")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line of a file in the words in which it would be sound."""

    path: str
    line: int
    text: str
    message: str


def suggestions(catalog: Catalog, problems: Iterable[Problem]) -> Iterator[Suggestion]:
    """Yield what would mend the problems that name the right value, or whose value a cell of a sheet may have so."""
    for problem in problems:
        file = catalog.root / problem.path
        content = file.read_bytes() if file.is_file() else b""
        sound = not read(content, problem.path)[1]
        found = _mended(catalog, content.decode().removeprefix(_BOM), problem) if sound else None
        if found is not None:
            yield Suggestion(problem.path, problem.line, found, problem.message)


def placed(found: Iterable[Suggestion], here: Mapping[str, str], there: Mapping[str, str]) -> Iterator[Suggestion]:
    """Yield suggestions at their lines in another state of the files: path → text here, and there.

    A check of a pull request reads its merge with the trunk, a suggestion stands at a line of its newest commit. Where
    that has the line otherwise or not at all, there is nothing to suggest.
    """
    for one in found:
        old, new = (text.get(one.path, "").split("\n") for text in (here, there))
        blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        at = next((b.b + one.line - b.a for b in blocks if b.a < one.line <= b.a + b.size), 0)
        if at:
            yield replace(one, line=at)


def _mended(catalog: Catalog, text: str, problem: Problem) -> str | None:
    """Return the line of a problem mended; None where its sentence names no value, or the line does not take it."""
    document, _ = read(text.encode(), problem.path)
    way = steps(problem.pointer)
    if not way:
        return None
    old = _reach(document, way)
    if problem.rule in _WRONG_KEY:
        named = _KEY.search(problem.message)
        new: Value = (named[1] or named[2]) if named else None
        wanted = _renamed(document, way, str(new))
        old = way[-1]
        place = marks(text.encode()).key(problem.pointer)
    else:
        new = _value(problem) if problem.rule not in _WRITTEN else _as_in_a_cell(catalog, problem, way, old)
        wanted = _set(document, way, new)
        place = marks(text.encode()).value(problem.pointer)
    if new is None or old is None or isinstance(old, (dict, list)):
        return None
    line, column = place
    rows = text.split("\n")
    head, tail = rows[line - 1][: column - 1], rows[line - 1][column - 1 :]
    for written in (str(old), f'"{old}"', f"'{old}'"):
        if tail.startswith(written):
            rows[line - 1] = head + write({"a": new})[3:].rstrip("\n") + tail[len(written) :]
            after, faults = read("\n".join(rows).encode(), problem.path)
            if not faults and after == wanted:
                return rows[line - 1]
    return None


def _as_in_a_cell(catalog: Catalog, one: Problem, way: Sequence[str], old: object) -> Value:
    """Return what a value means that a sheet may have so (2026年9月1日, 第88条, 是, 5%); None where it is no better."""
    form = catalog.forms.get(one.path.split("/")[1])
    field = form.find(".".join(step for step in way if not step.isdecimal())) if form else None
    if form is None or field is None or isinstance(old, dict | list | None):
        return None
    try:
        new = cell(old if isinstance(old, str) else json.dumps(old), replace(field, many=False), catalog)
    except ValueError:
        return None
    return None if new == old or not explainer()(_schema(form.schema, way)).is_valid(new) else new


def _schema(schema: Schema, way: Sequence[str]) -> Schema:
    """Return the part of an inlined schema that a value at a place has to fit."""
    for step in way:
        schema = schema.get("items", {}) if step.isdecimal() else schema.get("properties", {}).get(step, {})
    return schema


def _value(problem: Problem) -> Value:
    """Return the value that a sentence says would be right."""
    nearest = _NEAREST.search(problem.message)
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
