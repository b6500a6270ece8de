"""What a superior publishes: its records, the names of what they refer to, and whose numbers its citations speak."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.value import mapping, rows, text
from quanze.edit.envelope import opened
from quanze.law.instrument import Instrument
from quanze.law.version import NAME
from quanze.register.catalog import BODIES, LAWS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quanze.base.model import Document, Value

BASE = "data/v1/"
INDEX = f"{BASE}index.json"


class PublishedRecord(NamedTuple):
    """One record as a superior published it."""

    data: Document
    dated: str
    digest: str
    """SHA-256 of its file."""


@dataclass
class SuperiorData:
    """A superior's published register."""

    commit: str
    files: Mapping[str, str]
    """The hash of every file by its path, as its manifest says."""
    read: Callable[[str], bytes]
    """Returns a file whose hash is what the manifest says; a Fault where there is none such."""

    _collections: dict[str, Mapping[str, Document]] = field(default_factory=dict)

    def _told(self, path: str) -> Mapping[str, Value]:
        return opened(self.read(path), path)

    @cached_property
    def _index(self) -> Mapping[str, Value]:
        return self._told(INDEX)

    @property
    def dated(self) -> str:
        """The day of its last change."""
        return text(self._index.get("dated"))

    @property
    def demonstration(self) -> bool:
        """Whether it is none of a real bureau."""
        return self._index.get("demonstration") is True

    def collection(self, name: str) -> Mapping[str, Document]:
        """Return the records of a collection by id; none where it does not publish it."""
        if name not in self._collections:
            path = f"{BASE}{name}.json"
            found = rows(self._told(path).get("result")) if path in self.files else ()
            self._collections[name] = {text(one.get("id")): one for one in found}
        return self._collections[name]

    def record(self, collection: str, id_: str) -> PublishedRecord | None:
        """Return a record; None where it has none of that id."""
        path = f"{BASE}{collection}/{id_}.json"
        if path not in self.files:
            return None
        told = self._told(path)
        data = dict(mapping(told.get("result")))
        data.pop("id", None)
        return PublishedRecord(data, text(told.get("dated")), self.files[path])

    @cached_property
    def bodies(self) -> frozenset[str]:
        """The names of the bodies that it knows."""
        return frozenset(text(one.get(NAME)) for one in self.collection(BODIES).values())

    @cached_property
    def instruments(self) -> tuple[Instrument, ...]:
        """Its laws."""
        return tuple(Instrument.of(id_, data) for id_, data in self.collection(LAWS).items())

    def now(self, collection: str, id_: str) -> str:
        """Return the id that a record has now; empty where the changes do not tell."""
        path = f"{BASE}changes.json"
        if path not in self.files:
            return ""
        found = rows(self._told(path).get("result"))
        return next(
            (
                text(one.get("id"))
                for one in found
                if one.get("collection") == collection and one.get("former_id") == id_ and one.get("id") != id_
            ),
            "",
        )
