"""Records read from their files, many on every core; what was read before is taken again where a file is the same."""

from __future__ import annotations

import json
import marshal
import os
import zlib
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING

from quanze.base.parallel import chunks, parallel_map
from quanze.base.problem import Problem
from quanze.base.value import mapping
from quanze.form.kinds.adoption import ADOPTION
from quanze.io.file import TooLarge, Unfit, content
from quanze.io.yaml import MOST, marks, read
from quanze.register import adopted, adopting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from quanze.base.model import Value
    from quanze.form import Form, Validator
    from quanze.io.store import Store

_CHUNK = 50


@dataclass(frozen=True, slots=True)
class RecordFile:
    """Where a record lies, and in which collection."""

    path: str
    collection: str

    @property
    def id(self) -> str:
        """The file's stem."""
        return self.path.rpartition("/")[2].removesuffix(".yaml")


_Read = tuple["Value", tuple[Problem, ...]]
Seen = dict[tuple[object, ...], _Read]
"""What was read of each file, by path, time of change, size and schema; kept between two builds of one process."""


def read_all(
    root: Path,
    forms: Mapping[str, Form],
    files: Sequence[RecordFile],
    seen: Seen | None,
    kept: Store | None,
) -> Iterable[_Read]:
    """Read the files, in their order; many of them on all cores."""
    reader = _Reader.of(root, forms)
    if seen is None:
        return _read_new(reader, forms, files, kept)
    shapes = {name: json.dumps(form.schema) for name, form in forms.items()}
    stamps = [reader.stamp(file, shapes[file.collection]) for file in files]
    new = [file for file, stamp in zip(files, stamps, strict=True) if stamp not in seen]
    # One file alone is read sooner than its neighbours are found.
    read = _read_new(reader, forms, new, kept if len(new) > _CHUNK else None)
    found = dict(zip((file.path for file in new), read, strict=True))
    now = {stamp: found.get(file.path) or seen[stamp] for file, stamp in zip(files, stamps, strict=True)}
    seen.clear()
    seen.update(now)
    return now.values()


def _times(root: Path, path: str) -> tuple[int, int]:
    try:
        stat = os.stat(f"{root}/{path}")  # noqa: PTH116 — for each record of a preview: a Path takes longer than the look
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size


def _read_new(
    reader: _Reader, forms: Mapping[str, Form], files: Sequence[RecordFile], kept: Store | None
) -> Iterable[_Read]:
    if kept is None:
        return chain.from_iterable(parallel_map(reader.read, chunks(files, _CHUNK), "读记录"))
    shares: list[list[RecordFile]] = [[] for _ in range(len(files) // _CHUNK + 1)]
    for file in files:  # by its path alone: a new file leaves the others where they are
        shares[zlib.crc32(file.path.encode()) % len(shares)].append(file)
    again = partial(reader.read_again, kept, json.dumps({name: form.schema for name, form in forms.items()}).encode())
    parts = [(number, share) for number, share in enumerate(shares) if share]
    found: dict[str, _Read] = {}
    for (_, share), batch in zip(parts, parallel_map(again, parts, "读记录"), strict=True):
        found.update(zip((file.path for file in share), batch, strict=True))
    return [found[file.path] for file in files]


class _Batch:
    """What was read of some files; it travels between processes, and is kept, so that equal texts stay one."""

    def __init__(self, data: list[Value] | bytes, problems: Sequence[tuple[Problem, ...]]) -> None:
        self._data = data
        """A list of what the files hold, or the same as bytes."""
        self._problems = problems

    def __iter__(self) -> Iterator[_Read]:
        data = marshal.loads(self._data) if isinstance(self._data, bytes) else self._data  # noqa: S302 — our own
        return zip(data, self._problems, strict=True)

    @cached_property
    def packed(self) -> bytes:
        """The data as bytes."""
        return self._data if isinstance(self._data, bytes) else marshal.dumps(self._data)

    def __reduce__(self) -> tuple[object, ...]:
        return _Batch, (self.packed, self._problems)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads files of a project, those of a collection by its schema."""

    root: Path
    validators: Mapping[str, Validator]
    adopting: frozenset[str]
    """The collections whose records may take over a superior's."""
    copies: Mapping[str, str]
    """The hash of every copy of a superior's record, by its path."""
    known: dict[bytes, tuple[str, Value]] = field(default_factory=dict)
    """The fields that were read, by their text: records repeat each other."""

    @classmethod
    def of(cls, root: Path, forms: Mapping[str, Form]) -> _Reader:
        """Return what reads the files of a project."""
        overlaid = frozenset(name for name, form in forms.items() if "adopt" in form.schema)
        validators = {name: form.validator for name, form in forms.items()}
        return cls(root, validators, overlaid, adopting.AdoptedLock.load(root).copies)

    def stamp(self, file: RecordFile, shape: str) -> tuple[object, ...]:
        """Return what is another for a file that has to be read again, or whose superior's copies have."""
        beside = (part for path in self._beside(file) for part in (self.copies[path], *_times(self.root, path)))
        return file.path, *_times(self.root, file.path), shape, *beside

    def _beside(self, file: RecordFile) -> list[str]:
        """Return the copies of what a file takes over."""
        paths = (one(file.collection, file.id) for one in (adopted.copy_path, adopted.newest_path))
        return [path for path in paths if path in self.copies] if self.copies else []

    def read(self, files: Sequence[RecordFile]) -> _Batch:
        """Read some files."""
        return self._parsed(files, (_body(self.root, file.path) for file in files))

    def read_again(self, kept: Store, shapes: bytes, share: tuple[int, Sequence[RecordFile]]) -> _Batch:
        """Read a share of the files, or take what was kept of the same contents; a share with a fault is not kept."""
        number, files = share
        bodies = [_body(self.root, file.path) for file in files]
        key = sha256(shapes)
        for file, body in zip(files, bodies, strict=True):
            if isinstance(body, Problem):
                return self._parsed(files, bodies)
            key.update(b"%b\0%b" % (file.path.encode(), sha256(body).digest()))
            for path in self._beside(file):
                copy = _body(self.root, path)
                held = repr(copy).encode() if isinstance(copy, Problem) else copy
                key.update(b"%b\0%b" % (self.copies[path].encode(), sha256(held).digest()))
        known = kept.get(f"read/{number}", key.digest())
        if known is not None:
            return _Batch(known, [()] * len(files))
        batch = self._parsed(files, bodies)
        if not any(problems for _, problems in batch):
            kept.put(f"read/{number}", key.digest(), batch.packed)
        return batch

    def _parsed(self, files: Sequence[RecordFile], bodies: Iterable[bytes | Problem]) -> _Batch:
        pairs = zip(files, bodies, strict=True)
        found = [self.parse(file, body) for file, body in pairs]
        return _Batch([data for data, _ in found], [problems for _, problems in found])

    def parse(self, file: RecordFile, body: bytes | Problem) -> _Read:
        """Return what the content of a file says, or what is wrong with it."""
        if isinstance(body, Problem):
            return None, (body,)
        path, validator = file.path, self.validators[file.collection]
        data, problems = read(body, path, self.known)
        if problems:
            return None, problems
        if file.collection in self.adopting and isinstance(data, dict) and mapping(data.get(ADOPTION)):
            return adopting.resolve(self.root, path, data, body, validator, self.copies)
        errors = validator.errors(data)
        if not errors:
            return data, ()
        where = marks(body)
        return None, tuple(error.problem(path, where) for error in errors)


def faults(root: Path, file: RecordFile, form: Form) -> tuple[Problem, ...]:
    """Return the problems of text and form of one file, by the form of its collection."""
    reader = _Reader(root, {file.collection: form.validator}, frozenset(), {})
    return reader.parse(file, _body(root, file.path))[1]


def _body(root: Path, path: str) -> bytes | Problem:
    """Return the content of a file, or why it is not read."""
    try:
        return content(f"{root}/{path}", MOST)
    except TooLarge as why:
        return Problem(path, 1, 1, "yaml-size", f"文件{why}；一个文件只写一条记录")
    except Unfit as why:
        return Problem(path, 1, 1, "file-kind", f"这{why}")
    except OSError as error:
        cause = "没有读的权限" if isinstance(error, PermissionError) else "没有这个文件，或者磁盘出错"
        return Problem(path, 1, 1, "file-kind", f"文件打不开：{cause}")
