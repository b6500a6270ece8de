"""data/v1/index.json: every file of the open data, what it holds, and the schema that its records follow."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from quanze.register.catalog import LISTS
from quanze.site.exports.lists import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quanze.register.catalog import Catalog

BASE = "data/v1/"
FORMATS = ("json", "csv", "xlsx")


class Family(NamedTuple):
    """Files of one shape."""

    title: str
    schema: str
    """The address of the schema that each record in them follows; empty where there is none."""
    files: tuple[str, ...]


def families(shown: Catalog, editions: Iterable[tuple[str, str]]) -> Iterator[Family]:
    """Yield the families of files; `editions` are the (list, edition) that can be made out again."""
    yield Family("本目录", "", (f"{BASE}index.json",))
    yield Family("全部变化", "", (f"{BASE}changes.json",))
    for name, records in shown.records.items():
        title, schema = shown.forms[name].title, f"schema/{name}.schema.json"
        yield Family(f"{title}：全部记录", schema, (f"{BASE}{name}.json",))
        if name == LISTS:
            paths = tuple(f"{BASE}{name}/{id_}.{format_}" for id_ in records for format_ in FORMATS)
            yield Family(f"{title}：定义和各行", schema, paths)
            past = tuple(f"{BASE}{name}/{id_}/{edition}.{format_}" for id_, edition in editions for format_ in FORMATS)
            yield Family(f"{title}：以前的版次", schema, past)
        else:
            yield Family(f"{title}：逐条", schema, tuple(f"{BASE}{name}/{id_}.json" for id_ in records))


def index(told: Iterable[Family], commit: str, dated: str, *, demonstration: bool) -> bytes:
    """Return the file; the commit that the data was made from stands here and in manifest.json only.

    `commit` is empty where the data is not that of a commit.
    """
    result = [one._asdict() for one in told if one.files]
    whole = {
        "schema_version": VERSION,
        "dated": dated,
        "total": sum(len(one["files"]) for one in result),
        **({"demonstration": True} if demonstration else {}),
        "commit": commit,
        "result": result,
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
