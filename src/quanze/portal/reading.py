"""What a register publishes, as the portal reads it: the one place that knows the shapes of its data files."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.printable import shown
from quanze.base.value import mapping, number, rows, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Document, Value

INDEX = "data/v1/index.json"
_NEWER = re.compile(r"data/v(?P<number>[0-9]+)/index\.json")
_CHANGES = "data/v1/changes.json"
_NAME = "[a-z0-9]+(?:-[a-z0-9]+)*"
_COLLECTION = re.compile(rf"data/v1/(?P<name>{_NAME})\.json")
_LIST = re.compile(rf"data/v1/lists/(?P<id>{_NAME})\.json")
_SCHEMA = re.compile(rf"schema/(?P<file>{_NAME}\.schema\.json)")
_ID = re.compile(_NAME)
_MAJOR = "1"
_RESERVED = frozenset({"index", "changes"})


class NewerData(Exception):  # noqa: N818
    """The data is of a version that came after this program."""


class ChangeFact(NamedTuple):
    """One change of a record, as its register tells it."""

    date: str
    commit: str
    collection: str
    id: str
    title: str
    kind: str


def wanted(paths: Iterable[str]) -> list[str]:
    """Return which files of a site the portal takes, by the paths of its manifest.

    Raises:
        NewerData: there is none that it could read, but newer ones.
        ValueError: there is no data at all.

    """
    wanted_ = sorted(path for path in paths if any(kind.fullmatch(path) for kind in (_COLLECTION, _LIST, _SCHEMA)))
    if INDEX not in wanted_:
        newer = [match["number"] for match in map(_NEWER.fullmatch, paths) if match]
        if newer:
            raise NewerData(max(newer, key=int))
        raise ValueError(INDEX)
    return wanted_


def known_id(text: str) -> bool:
    """Tell whether a text can be the id of a record."""
    return _ID.fullmatch(text) is not None


def dated(files: Mapping[str, bytes]) -> str:
    """Return the day of the register's last change; empty where it does not say.

    Raises:
        NewerData: the data is of a version that this program does not know.

    """
    index = _envelope(files[INDEX])
    version = text(index.get("schema_version"))
    if version.partition(".")[0] != _MAJOR:
        raise NewerData(version)
    return text(index.get("dated"))


def collections(files: Mapping[str, bytes]) -> Iterator[tuple[str, Mapping[str, Document]]]:
    """Yield each collection with its records by id; a ValueError where a record has no sound id."""
    for path in sorted(files):
        match = _COLLECTION.fullmatch(path)
        if match and match["name"] not in _RESERVED:
            yield match["name"], dict(_records(rows(_envelope(files[path]).get("result"))))


def _records(rows_: Sequence[Mapping[str, Value]]) -> Iterator[tuple[str, Document]]:
    for row in rows_:
        id_ = text(row.get("id"))
        if not _ID.fullmatch(id_):
            raise ValueError(id_[:80])
        yield id_, {name: value for name, value in row.items() if name != "id"}


def schemas(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the published forms by their file names."""
    matches = ((_SCHEMA.fullmatch(path), content) for path, content in files.items())
    return {match["file"]: content for match, content in matches if match}


def list_rows(files: Mapping[str, bytes]) -> Mapping[str, int]:
    """Return how many rows each list has, by its id."""
    matches = ((_LIST.fullmatch(path), content) for path, content in files.items())
    return {match["id"]: number(_envelope(content).get("total")) for match, content in matches if match}


def changes(files: Mapping[str, bytes], most: int) -> tuple[ChangeFact, ...]:
    """Return the newest changes, newest first, as far as the register tells any."""
    if _CHANGES not in files:
        return ()
    newest = rows(_envelope(files[_CHANGES]).get("result"))[:most]
    names = ("date", "commit", "collection", "id", "title", "kind")
    return tuple(ChangeFact(*(shown(text(row.get(name))) for name in names)) for row in newest)


def _envelope(content: bytes) -> Mapping[str, Value]:
    return mapping(json.loads(content))
