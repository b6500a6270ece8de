"""Records that take over a superior's (采用): its file holds what differs, a copy beside the catalog holds the rest.

The copy is part of the register, so that a build needs nothing but its commit; `adopted.lock` holds the hash of each.
What the two say together depends on these two files alone, so that every old commit can be read in the same way.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from quanze.base.printable import INVISIBLE
from quanze.base.value import gather_texts, mapping, text, texts
from quanze.form.kinds.adoption import ADOPTION, TAKEN, Overlay, Superior, TakenFrom
from quanze.io.yaml import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Document, Record, Value

FOLDER = "adopted"
"""Below catalog/; no collection can be called so."""
_SCHEMA, _BODY, _ID, _DATED, _COMMIT = "schema_version", "body", "id", "dated", "commit"
_DIGEST, _ON = "sha256", "taken"
_NUMBERS, _GROUPS, _LACKING, _NOW, _RECORD = "numbers", "groups", "lacking", "now", "record"
_PATH = re.compile(rf"[^/]+/{FOLDER}/(?P<collection>[^/]+)/(?P<id>[^/.]+)\.json")
_JOIN = "+"


def copy_path(collection: str, id_: str) -> str:
    """Return where the copy of what a record takes over lies below the project."""
    return f"catalog/{FOLDER}/{collection}/{id_}.json"


def newest_path(collection: str, id_: str) -> str:
    """Return where the superior's newest state lies that was seen and is not taken."""
    return f"catalog/{FOLDER}/{collection}/{id_}.next.json"


def copy_of(path: str) -> tuple[str, str] | None:
    """Return the collection and id of the record that a copy belongs to; None for any other file."""
    found = _PATH.fullmatch(path)
    return (found["collection"], found["id"]) if found else None


def files_of(record: Record) -> tuple[str, ...]:
    """Return the files that say together what a record says."""
    return (record.path, copy_path(record.collection, record.id)) if record.adopted else (record.path,)


def both(own: str, copy: str) -> str:
    """Return the name of a version that two blobs make together."""
    return f"{own}{_JOIN}{copy}" if own and copy else own


def apart(blob: str) -> tuple[str, ...]:
    """Return the blobs that make a version: a record's file, and the copy of what it takes over."""
    return tuple(blob.split(_JOIN))


@dataclass(frozen=True, slots=True)
class AdoptedCopy:
    """A superior's record as it published it, without what is each register's own."""

    body: str
    id: str
    dated: str
    commit: str
    digest: str
    """SHA-256 of the file in which it was published."""
    on: str
    """The day on which it was taken."""
    record: Document | None
    """What it says, in this register's ids; None where the superior has no record of that id any more."""
    numbers: Mapping[str, str] = field(default_factory=dict)
    """By law: the version whose numbers its citations speak."""
    groups: tuple[str, ...] = ()
    """The fields whose parts differ one by one."""
    lacking: Mapping[str, str] = field(default_factory=dict)
    """What it refers to and this register does not have, by the path of the field; it is left out of the record."""
    now: str = ""
    """The id that it has there now, where the superior says so."""

    @classmethod
    def of(cls, data: object) -> AdoptedCopy:
        """Return what a copy holds."""
        told = mapping(data)
        said = {name: text(told.get(name)) for name in (_BODY, _ID, _DATED, _COMMIT, _DIGEST, _ON)}
        record = told.get(_RECORD)
        return cls(
            said[_BODY],
            said[_ID],
            said[_DATED],
            said[_COMMIT],
            said[_DIGEST],
            said[_ON],
            record if isinstance(record, dict) else None,
            {name: text(version) for name, version in mapping(told.get(_NUMBERS)).items()},
            texts(told.get(_GROUPS)),
            {name: text(what) for name, what in mapping(told.get(_LACKING)).items()},
            text(told.get(_NOW)),
        )

    def text(self) -> str:
        """Return the file."""
        whole = {
            _SCHEMA: "1.0",
            _BODY: self.body,
            _ID: self.id,
            _DATED: self.dated,
            _COMMIT: self.commit,
            _DIGEST: self.digest,
            _ON: self.on,
            _NUMBERS: {**self.numbers},
            _GROUPS: [*self.groups],
            **({_LACKING: {**self.lacking}} if self.lacking else {}),
            **({_NOW: self.now} if self.now else {}),
            _RECORD: self.record,
        }
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"

    @property
    def above(self) -> tuple[Superior, ...]:
        """From whom the superior has it, the nearest first."""
        overlay = Overlay.of((self.record or {}).get(ADOPTION))
        return overlay.chain if overlay.body else ()


def document(content: bytes) -> Document:
    """Return what a copy's file holds; a ValueError with a sentence where a file is none."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        raise ValueError("读不懂") from None
    found: set[str] = set()
    gather_texts([data], found)
    if any(INVISIBLE.search(one) for one in found):
        raise ValueError("里面有看不见的字符")
    if not isinstance(data, dict) or _RECORD not in data:
        raise ValueError("不是 quanze adopt 写的")
    return data


def joined(own: Document, copy: AdoptedCopy) -> tuple[Document, Document]:
    """Return what a record says, and what of the superior's it could say."""
    adoption = Overlay.of(own.get(ADOPTION))
    base = _without(copy.record or {}, adoption.left_out)
    here = {name: value for name, value in own.items() if name != ADOPTION}
    whole = {**base, **here}
    for name in copy.groups:
        if name in base and name in here:
            whole[name] = {**mapping(base[name]), **mapping(here[name])}
    told = {name: value for name, value in mapping(own.get(ADOPTION)).items() if name != TAKEN}
    taken = TakenFrom(copy.dated, copy.commit, copy.digest, copy.on, own_paths(own, copy.groups), copy.above)
    return {**whole, ADOPTION: {**told, TAKEN: taken.data()}}, base


def own_paths(own: Document, groups: tuple[str, ...]) -> tuple[str, ...]:
    """Return the paths of what a file says itself: 监督电话, 办理.地点."""
    return tuple(_paths(own, groups))


def _paths(own: Document, groups: tuple[str, ...]) -> Iterator[str]:
    for name, value in own.items():
        if name in groups:
            yield from (f"{name}.{part}" for part in mapping(value))
        elif name != ADOPTION:
            yield name


def _without(record: Document, paths: tuple[str, ...]) -> dict[str, Value]:
    whole = {name: value for name, value in record.items() if name not in {ADOPTION, *paths}}
    for path in paths:
        name, _, part = path.partition(".")
        if part and isinstance(whole.get(name), dict):
            whole[name] = {inner: value for inner, value in mapping(whole[name]).items() if inner != part}
    return whole


def is_own(own: Document, base: Document, pointer: str) -> bool:
    """Tell whether a value is this register's to mend: all but what stands in the superior's record alone."""
    return _stands(own, pointer) or not _stands(base, "/".join(pointer.split("/")[:2]))


def inherited(record: Record, pointer: str) -> bool:
    """Tell whether a value of a record stands in a superior's file, and not in its own."""
    parts = record.adopted
    return parts is not None and not is_own(parts.own, parts.base, pointer)


def rewritten(record: Record, data: Document) -> Record:
    """Return a record as it will be; of one that takes over a superior's, what changes becomes its own."""
    parts = record.adopted
    if parts is None or data == record.data:
        return replace(record, data=data)
    own: dict[str, Value] = dict(parts.own)
    groups = AdoptedCopy.of(parts.copy).groups
    for name in dict.fromkeys((*record.data, *data)):
        old, new = record.data.get(name), data.get(name)
        if old == new or name == ADOPTION:
            continue
        if name in groups and isinstance(old, dict) and isinstance(new, dict):
            fresh = {part: value for part, value in new.items() if old.get(part) != value}
            own[name] = {**mapping(own.get(name)), **fresh}
        elif new is None:
            own.pop(name, None)
        else:
            own[name] = new
    return replace(record, data=data, adopted=replace(parts, own=own))


def _stands(data: Value, pointer: str) -> bool:
    for step in pointer.split("/")[1:]:
        if isinstance(data, list):
            data = data[int(step)] if step.isdecimal() and int(step) < len(data) else None
        else:
            data = {escape(name): value for name, value in mapping(data).items()}.get(step)
        if data is None:
            return False
    return True


def put(data: Document, steps: list[str], name: str, value: Value) -> Document:
    """Return a copy of a document with a field of the object at some steps set."""
    return mapping(_put(data, steps, name, value))


def _put(data: Value, steps: list[str], name: str, value: Value) -> Value:
    if isinstance(data, list):
        return [_put(one, steps[1:], name, value) if str(n) == steps[0] else one for n, one in enumerate(data)]
    told = mapping(data)
    if not steps:
        return {**told, name: value}
    return {key: _put(one, steps[1:], name, value) if escape(key) == steps[0] else one for key, one in told.items()}
