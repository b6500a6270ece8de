"""What a reference that is no id means: the record of that name, or else what an id of its collection looks like."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quanze.form.conditions import conditions, meets
from quanze.form.sentences import PATTERN, untidy
from quanze.io.file import Unfit, content
from quanze.io.yaml import MOST, read, steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from quanze.base.model import Record, Value
    from quanze.base.problem import Problem
    from quanze.form import Form


def meant(
    root: Path, forms: Mapping[str, Form], records: Mapping[str, Mapping[str, Record]], problems: Iterable[Problem]
) -> Iterator[Problem]:
    """Yield the problems; those of a reference that is written as no id with the id that it may mean."""
    for problem in problems:
        hint = _hint(root, forms, records, problem) if problem.rule == PATTERN else ""
        yield replace(problem, message=f"{problem.message}{hint}") if hint else problem


def _hint(root: Path, forms: Mapping[str, Form], records: Mapping[str, Mapping[str, Record]], problem: Problem) -> str:
    form = forms.get(problem.path.split("/")[1].removesuffix(".yaml"))
    way = steps(problem.pointer)
    field = form.find(".".join(step for step in way if not step.isdecimal())) if form else None
    held = records.get(field.collection, {}) if field and field.collection else {}
    if not field or not held:
        return ""
    title, written = forms[field.collection].title_field, _written(root, problem.path, way)
    if untidy(written):
        return ""
    named = [id_ for id_, record in held.items() if written and record.data.get(title) == written]
    if named:
        return f"；「{written}」的编号是 {'、'.join(named)}"
    wanted = conditions(field.only)
    fit = next((id_ for id_, record in held.items() if meets(record.data, wanted, "")), "")
    return f"，如 {fit}" if fit else ""


def _written(root: Path, path: str, way: Iterable[str]) -> str:
    """Return the text at a place of a file; empty where there is none."""
    try:
        value: Value = read(content(root / path, MOST), path)[0]
    except (Unfit, OSError):
        return ""
    for step in way:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
    return value if isinstance(value, str) else ""
