"""The statutes beside the project, where a folder above it has them; the repository holds none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from quanze.law.text import Clause, Item, Statute

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = next(
    (file for folder in Path(__file__).parents if (file := folder / "shared/statutes/statutes.json").is_file()), None
)
needed = pytest.mark.skipif(FILE is None, reason="旁边没有 shared/statutes：不能与条文核对")


class Known(NamedTuple):
    """One version of a statute."""

    title: str
    promulgated: str
    wording: Statute


def known() -> Iterator[Known]:
    """Yield every version that is there."""
    for one in json.loads(FILE.read_text("utf-8")) if FILE else ():
        for version in one["versions"]:
            articles = {(int(number), 0): _clauses(article) for number, article in version["articles"].items()}
            notes = tuple(f"（{line}）" for line in version["header"])
            yield Known(one["title"], version["version_date"], Statute(one["title"], notes, (), articles))


def _clauses(article: Any) -> tuple[Clause, ...]:
    items = article["items"]
    return tuple(
        Clause(text, tuple(map(Item, items.get(str(number), {}).values())))
        for number, text in enumerate(article["paragraphs"], 1)
    )
