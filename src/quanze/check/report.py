"""Problems as text, as GitHub annotations, as JSON: pure functions from problems to lines."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from quanze.base.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quanze.base.problem import Problem


def text(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield `path:line:column: sentence [rule]`; a review says so."""
    for one in problems:
        mark = "待复核：" if one.level == "review" else ""
        yield f"{printable(one.path)}:{one.line}:{one.column}: {mark}{printable(one.message)} [{one.rule}]"


def github(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield workflow commands that GitHub shows at the lines of a pull request."""
    for one in problems:
        kind = "error" if one.level == "error" else "warning"
        place = f"file={_property(one.path)},line={one.line},col={one.column},title={_property(one.rule)}"
        yield f"::{kind} {place}::{_data(one.message)}"


def _data(text_: str) -> str:
    return printable(text_).replace("%", "%25")


def _property(text_: str) -> str:
    return _data(text_).replace(":", "%3A").replace(",", "%2C")


def as_json(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield one JSON array of the problems."""
    yield json.dumps([*map(fields, problems)], ensure_ascii=False, indent=2)


def fields(one: Problem) -> dict[str, object]:
    """Return a problem as JSON data."""
    names = ("path", "line", "column", "level", "rule", "message", "pointer")
    return {name: getattr(one, name) for name in names}


def gitlab(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield a code quality report, which GitLab shows in a merge request."""
    told = [
        {
            "description": one.message,
            "check_name": one.rule,
            "fingerprint": sha256(f"{one.path}\0{one.rule}\0{one.pointer}\0{one.message}".encode()).hexdigest(),
            "severity": "major" if one.level == "error" else "info",
            "location": {"path": one.path, "lines": {"begin": one.line}},
        }
        for one in problems
    ]
    yield json.dumps(told, ensure_ascii=False, indent=2)


FORMATS = {"text": text, "github": github, "gitlab": gitlab, "json": as_json}
