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
    for problem in problems:
        mark = "待复核：" if problem.level == "review" else ""
        place = f"{printable(problem.path)}:{problem.line}:{problem.column}"
        yield f"{place}: {mark}{printable(problem.message)} [{problem.rule}]"


def github(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield workflow commands that GitHub shows at the lines of a pull request."""
    for problem in problems:
        kind = "error" if problem.level == "error" else "warning"
        place = (
            f"file={_property(problem.path)},line={problem.line},col={problem.column},title={_property(problem.rule)}"
        )
        yield f"::{kind} {place}::{_data(problem.message)}"


def _data(text_: str) -> str:
    return printable(text_).replace("%", "%25")


def _property(text_: str) -> str:
    return _data(text_).replace(":", "%3A").replace(",", "%2C")


def as_json(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield one JSON array of the problems."""
    yield json.dumps([*map(fields, problems)], ensure_ascii=False, indent=2)


def fields(problem: Problem) -> dict[str, object]:
    """Return a problem as JSON data."""
    names = ("path", "line", "column", "level", "rule", "message", "pointer")
    return {name: getattr(problem, name) for name in names}


def gitlab(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield a code quality report, which GitLab shows in a merge request."""
    told = [
        {
            "description": problem.message,
            "check_name": problem.rule,
            "fingerprint": sha256(
                f"{problem.path}\0{problem.rule}\0{problem.pointer}\0{problem.message}".encode()
            ).hexdigest(),
            "severity": "major" if problem.level == "error" else "info",
            "location": {"path": problem.path, "lines": {"begin": problem.line}},
        }
        for problem in problems
    ]
    yield json.dumps(told, ensure_ascii=False, indent=2)


FORMATS = {"text": text, "github": github, "gitlab": gitlab, "json": as_json}
