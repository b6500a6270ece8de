"""The files of a project → parsed, form-checked records, on every core; each fault is told, none hides another."""

from __future__ import annotations

import json
import marshal
import os
import zlib
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING

from quanze.base.model import Adopted, Record
from quanze.base.parallel import chunks, lasting, parallel_map
from quanze.base.problem import Fault, Problem
from quanze.base.value import mapping
from quanze.form import RULES as FORM_RULES
from quanze.form import SUFFIX, Form, Validator, form, load_schemas
from quanze.form.kinds.adoption import ADOPTION
from quanze.io.file import TooLarge, Unfit, content, strange
from quanze.io.yaml import MOST, marks, read
from quanze.io.yaml import RULES as YAML_RULES
from quanze.register import adopted, adopting
from quanze.register.litter import is_record, misnamed
from quanze.register.meant import meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from quanze.base.model import Document, Value
    from quanze.io.store import Store

CATALOG, SCHEMA, SITE, WORDS = "catalog", "schema", "site", "words"
_SINGLE = (SITE, WORDS)
"""What is one file of the register instead of a folder of records; the settings must be there."""
RESERVED = frozenset(
    {
        *("search", "notice", "changes", "audit", "guide", "schema", "assets", "calendar", "edit", "files", "log"),
        *("compare", "data", "index", "manifest", "edition", "bulk", adopted.FOLDER),
    }
)
"""Names that addresses of the site and of its data use, so that no collection may be called so."""

RULES = {
    **YAML_RULES,
    **FORM_RULES,
    "file-name": "文件名就是编号：小写英文字母、数字和短横线，扩展名 .yaml；编号一经公布不再改动，也不重复使用。",
    "file-collection": "catalog/ 下的每个文件夹须有同名的表单 schema/〈文件夹〉.schema.json，且不占用网站保留的名称。",
    "file-kind": "catalog/ 里只放能读的普通文件和文件夹，不放链接、管道、设备和子模块：公布的内容都要在版本库里。",
    "file-duplicate": "同一个集合里，一个编号只能有一个文件，放在不同的子文件夹里也不行。",
    adopting.RULE: "采用上级的记录，取来的上级副本（catalog/adopted/）须在版本库里，与 adopted.lock 记的校验值一致；"
    "都由 quanze adopt 写，不手改。",
}

_CHUNK = 50


@dataclass(frozen=True, slots=True)
class Tree:
    """What the files of a project hold, sound or not."""

    forms: Mapping[str, Form]
    site: Document
    words: Document
    """What people say for the register's own words; empty where it keeps no such file."""
    records: Mapping[str, Mapping[str, Record]]
    broken: frozenset[tuple[str, str]]
    """(collection, id) of the files that hold no sound record."""
    problems: tuple[Problem, ...]
    files: int


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    collection: str

    @property
    def id(self) -> str:
        """The file's stem."""
        return self.path.rpartition("/")[2].removesuffix(".yaml")


@lasting()
def load(root: Path, seen: Seen | None = None, kept: Store | None = None, only: frozenset[str] = frozenset()) -> Tree:
    """Read every file under `catalog/`; a record with a problem of text or form is not among the records.

    `seen` remembers what was read: a file that has not changed since is not read again. `kept` does so between
    processes, by the files' content: neither changes what is read. `only` names the collections to read, where the
    others do not matter.

    Raises:
        Fault: the folder holds no project.

    """
    schemas = load_schemas(root / SCHEMA)
    if SITE not in schemas:
        raise Fault(f"没有找到 {SCHEMA}/{SITE}{SUFFIX}；请从模板补上")
    forms = {name: form(name, schema) for name, schema in schemas.items()}
    if not os.path.lexists(root / CATALOG / f"{SITE}.yaml"):
        raise Fault(f"没有找到 {CATALOG}/{SITE}.yaml；请在项目文件夹里运行")
    problems: list[Problem] = []
    files = [file for file in _files(root, forms, problems) if not only or file.collection in {*only, *_SINGLE}]
    records: dict[str, dict[str, Record]] = {name: {} for name in sorted(forms) if name not in _SINGLE}
    broken: set[tuple[str, str]] = set()
    single: dict[str, Document] = {}
    for file, (data, found) in zip(files, _read_all(root, schemas, files, seen, kept), strict=True):
        problems += found
        data, *parts = data if isinstance(data, tuple) else (data,)  # noqa: PLW2901
        if found or not isinstance(data, dict):
            broken.add((file.collection, file.id))
            continue
        if file.collection in _SINGLE:
            single[file.collection] = data
            continue
        twin = records[file.collection].get(file.id)
        if twin:
            message = f"编号「{file.id}」已经用在 {twin.path}；请换一个没有用过的编号"
            problems.append(Problem(file.path, 1, 1, "file-duplicate", message))
            continue
        records[file.collection][file.id] = Record(
            file.collection, file.id, file.path, data, Adopted(*parts) if parts else None
        )
    ordered = {name: dict(sorted(found.items())) for name, found in records.items()}
    settings, words = (single.get(name, {}) for name in _SINGLE)
    told = tuple(meant(root, forms, ordered, problems))
    return Tree(forms, settings, words, ordered, frozenset(broken), told, len(files))


def _files(root: Path, forms: Mapping[str, Form], problems: list[Problem]) -> Iterator[_File]:
    """Yield the files that hold records, in the order of their paths; report what is no record's file."""
    base = root / CATALOG
    yield _File(f"{CATALOG}/{SITE}.yaml", SITE)
    if WORDS in forms and os.path.lexists(base / f"{WORDS}.yaml"):
        yield _File(f"{CATALOG}/{WORDS}.yaml", WORDS)
    for path, why in strange(base):
        if not is_record(path.rpartition("/")[2]):
            problems.append(Problem(f"{CATALOG}/{path}", 1, 1, "file-kind", f"这{why}"))
    for folder in sorted(path for path in base.iterdir() if path.is_dir() and not path.is_symlink()):
        name = folder.name
        if name not in forms or name in RESERVED or name in _SINGLE:
            why = "是网站保留的名称" if name in RESERVED else f"没有表单 {SCHEMA}/{name}{SUFFIX}"
            if any(folder.rglob("*.yaml")):
                message = f"文件夹「{name}」{why}；请改名，或者补上表单"
                problems.append(Problem(f"{CATALOG}/{name}", 1, 1, "file-collection", message))
            continue
        for path in walk(folder):
            relative = f"{CATALOG}/{name}/{path}"
            own = relative.rpartition("/")[2]
            if is_record(own):
                yield _File(relative, name)
            elif message := misnamed(own):
                problems.append(Problem(relative, 1, 1, "file-name", message))


def walk(folder: Path) -> list[str]:
    """Return the paths of all files below a folder, from there and with slashes, sorted."""
    start = len(f"{folder}/")
    tops = ((top[start:].replace(os.sep, "/"), names) for top, _, names in os.walk(folder))
    return sorted(f"{top}/{name}" if top else name for top, names in tops for name in names)


_Read = tuple["Value", tuple[Problem, ...]]
Seen = dict[tuple[object, ...], _Read]
"""What was read of each file, by path, time of change, size and schema; kept between two builds of one process."""


def _read_all(
    root: Path,
    schemas: Mapping[str, dict[str, object]],
    files: Sequence[_File],
    seen: Seen | None,
    kept: Store | None,
) -> Iterable[_Read]:
    """Read the files, in their order; many of them on all cores."""
    reader = _Reader.of(root, schemas)
    if seen is None:
        return _read_new(reader, schemas, files, kept)
    shapes = {name: json.dumps(schema) for name, schema in schemas.items()}
    stamps = [reader.stamp(file, shapes[file.collection]) for file in files]
    new = [file for file, stamp in zip(files, stamps, strict=True) if stamp not in seen]
    # One file alone is read sooner than its neighbours are found.
    read = _read_new(reader, schemas, new, kept if len(new) > _CHUNK else None)
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
    reader: _Reader, schemas: Mapping[str, dict[str, object]], files: Sequence[_File], kept: Store | None
) -> Iterable[_Read]:
    if kept is None:
        return chain.from_iterable(parallel_map(reader.read, chunks(files, _CHUNK), "读记录"))
    shares: list[list[_File]] = [[] for _ in range(len(files) // _CHUNK + 1)]
    for file in files:  # by its path alone: a new file leaves the others where they are
        shares[zlib.crc32(file.path.encode()) % len(shares)].append(file)
    again = partial(reader.read_again, kept, json.dumps(schemas).encode())
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

    def packed(self) -> bytes:
        """Return the data as bytes."""
        if isinstance(self._data, bytes):
            return self._data
        data, _ = zip(*self, strict=True)
        return marshal.dumps(data)

    def __reduce__(self) -> tuple[object, ...]:
        return _Batch, (self.packed(), self._problems)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads files of a project, those of a collection by its schema."""

    root: Path
    validators: Mapping[str, Validator]
    adopting: frozenset[str]
    """The collections whose records may take over a superior's."""
    copies: Mapping[str, str]
    """The hash of every copy of a superior's record, by its path."""

    @classmethod
    def of(cls, root: Path, schemas: Mapping[str, dict[str, object]]) -> _Reader:
        """Return what reads the files of a project."""
        overlaid = frozenset(name for name, schema in schemas.items() if "adopt" in schema)
        validators = {name: Validator(schema) for name, schema in schemas.items()}
        return cls(root, validators, overlaid, adopting.AdoptedLock.load(root).copies)

    def stamp(self, file: _File, shape: str) -> tuple[object, ...]:
        """Return what is another for a file that has to be read again, or whose superior's copies have."""
        beside = (part for path in self._beside(file) for part in (self.copies[path], *_times(self.root, path)))
        return file.path, *_times(self.root, file.path), shape, *beside

    def _beside(self, file: _File) -> list[str]:
        """Return the copies of what a file takes over."""
        paths = (one(file.collection, file.id) for one in (adopted.copy_path, adopted.newest_path))
        return [path for path in paths if path in self.copies] if self.copies else []

    def read(self, files: Sequence[_File]) -> _Batch:
        """Read some files."""
        return self._parsed(files, (_body(self.root, file.path) for file in files))

    def read_again(self, kept: Store, shapes: bytes, share: tuple[int, Sequence[_File]]) -> _Batch:
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
            kept.put(f"read/{number}", key.digest(), batch.packed())
        return batch

    def _parsed(self, files: Sequence[_File], bodies: Iterable[bytes | Problem]) -> _Batch:
        pairs = zip(files, bodies, strict=True)
        found = [self.parse(file, body) for file, body in pairs]
        return _Batch([data for data, _ in found], [problems for _, problems in found])

    def parse(self, file: _File, body: bytes | Problem) -> _Read:
        """Return what the content of a file says, or what is wrong with it."""
        if isinstance(body, Problem):
            return None, (body,)
        path, validator = file.path, self.validators[file.collection]
        data, problems = read(body, path)
        if problems:
            return None, problems
        if file.collection in self.adopting and isinstance(data, dict) and mapping(data.get(ADOPTION)):
            return adopting.resolve(self.root, path, data, body, validator, self.copies)
        errors = validator.errors(data)
        if not errors:
            return data, ()
        where = marks(body)
        return None, tuple(error.problem(path, where) for error in errors)


def faults(root: Path, path: str, collection: str) -> tuple[Problem, ...]:
    """Return the problems of text and form of one file of a collection."""
    reader = _Reader(root, {collection: Validator(load_schemas(root / SCHEMA)[collection])}, frozenset(), {})
    return reader.parse(_File(path, collection), _body(root, path))[1]


def _body(root: Path, path: str) -> bytes | Problem:
    """Return the content of a file, or why it is not read."""
    try:
        return content(root / path, MOST)
    except TooLarge as why:
        return Problem(path, 1, 1, "yaml-size", f"文件{why}；一个文件只写一条记录")
    except Unfit as why:
        return Problem(path, 1, 1, "file-kind", f"这{why}")
    except OSError as error:
        cause = "没有读的权限" if isinstance(error, PermissionError) else "没有这个文件，或者磁盘出错"
        return Problem(path, 1, 1, "file-kind", f"文件打不开：{cause}")
