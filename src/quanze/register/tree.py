"""The files of a project → parsed, form-checked records, on every core; each fault is told, none hides another."""

from __future__ import annotations

import json
import marshal
import os
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from quanze.base.model import Record
from quanze.base.parallel import chunks, lasting, parallel_map
from quanze.base.problem import Fault, Problem
from quanze.form import RULES as FORM_RULES
from quanze.form import SUFFIX, Form, Validator, form, load_schemas
from quanze.io.file import TooLarge, Unfit, content, strange
from quanze.io.yaml import MOST, marks, read
from quanze.io.yaml import RULES as YAML_RULES
from quanze.register.litter import is_record, misnamed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from quanze.base.model import Document, Value

CATALOG, SCHEMA, SITE, WORDS = "catalog", "schema", "site", "words"
_SINGLE = (SITE, WORDS)
"""What is one file of the register instead of a folder of records; the settings must be there."""
RESERVED = frozenset(
    {
        *("search", "notice", "changes", "audit", "guide", "schema", "assets", "calendar", "edit", "files", "log"),
        *("compare", "data", "index", "manifest", "edition", "bulk"),
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
}

_CHUNK = 100


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
def load(root: Path, seen: Seen | None = None) -> Tree:
    """Read every file under `catalog/`; a record with a problem of text or form is not among the records.

    `seen` remembers what was read: a file that has not changed since is not read again.

    Raises:
        Fault: the folder holds no project.

    """
    schemas = load_schemas(root / SCHEMA)
    if SITE not in schemas:
        raise Fault(f"没有找到 {SCHEMA}/{SITE}{SUFFIX}；请从模板补上")
    forms = {name: form(name, schema) for name, schema in schemas.items()}
    if not (root / CATALOG / f"{SITE}.yaml").is_file():
        raise Fault(f"没有找到 {CATALOG}/{SITE}.yaml；请在项目文件夹里运行")
    problems: list[Problem] = []
    files = list(_files(root, forms, problems))
    records: dict[str, dict[str, Record]] = {name: {} for name in sorted(forms) if name not in _SINGLE}
    broken: set[tuple[str, str]] = set()
    single: dict[str, Document] = {}
    for file, (data, found) in zip(files, _read_all(root, schemas, files, seen), strict=True):
        problems += found
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
        records[file.collection][file.id] = Record(file.collection, file.id, file.path, data)
    kept = {name: dict(sorted(found.items())) for name, found in records.items()}
    settings, words = (single.get(name, {}) for name in _SINGLE)
    return Tree(forms, settings, words, kept, frozenset(broken), tuple(problems), len(files))


def _files(root: Path, forms: Mapping[str, Form], problems: list[Problem]) -> Iterator[_File]:
    """Yield the files that hold records, in the order of their paths; report what is no record's file."""
    base = root / CATALOG
    yield _File(f"{CATALOG}/{SITE}.yaml", SITE)
    if WORDS in forms and (base / f"{WORDS}.yaml").is_file():
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
    root: Path, schemas: Mapping[str, dict[str, object]], files: Sequence[_File], seen: Seen | None
) -> Iterable[_Read]:
    """Read the files, in their order; many of them on all cores."""
    if seen is None:
        return _read_new(root, schemas, files)
    shapes = {name: json.dumps(schema) for name, schema in schemas.items()}
    stamps = [_stamp(root, file, shapes[file.collection]) for file in files]
    new = [file for file, stamp in zip(files, stamps, strict=True) if stamp not in seen]
    found = dict(zip((file.path for file in new), _read_new(root, schemas, new), strict=True))
    kept = {stamp: found.get(file.path) or seen[stamp] for file, stamp in zip(files, stamps, strict=True)}
    seen.clear()
    seen.update(kept)
    return kept.values()


def _stamp(root: Path, file: _File, shape: str) -> tuple[object, ...]:
    try:
        stat = os.stat(root / file.path)  # noqa: PTH116
    except OSError:
        return file.path, 0, 0, shape
    return file.path, stat.st_mtime_ns, stat.st_size, shape


def _read_new(root: Path, schemas: Mapping[str, dict[str, object]], files: Sequence[_File]) -> Iterable[_Read]:
    work = partial(_read_some, root, {name: Validator(schema) for name, schema in schemas.items()})
    return chain.from_iterable(parallel_map(work, chunks(files, _CHUNK), "读记录"))


class _Batch(list[_Read]):
    """What was read of some files; it travels between processes in such a way that equal texts stay one."""

    def __reduce__(self) -> tuple[object, ...]:
        data, problems = zip(*self, strict=True)
        return _unpacked, (marshal.dumps(data), problems)


def _unpacked(data: bytes, problems: Iterable[tuple[Problem, ...]]) -> _Batch:
    return _Batch(zip(marshal.loads(data), problems, strict=True))  # noqa: S302 — from a fork of this process


def _read_some(root: Path, validators: Mapping[str, Validator], files: Sequence[_File]) -> _Batch:
    return _Batch(_read_one(root, validators[file.collection], file.path) for file in files)


def faults(root: Path, path: str, collection: str) -> tuple[Problem, ...]:
    """Return the problems of text and form of one file of a collection."""
    return _read_one(root, Validator(load_schemas(root / SCHEMA)[collection]), path)[1]


def _read_one(root: Path, validator: Validator, path: str) -> _Read:
    try:
        body = content(root / path, MOST)
    except TooLarge as why:
        return None, (Problem(path, 1, 1, "yaml-size", f"文件{why}；一个文件只写一条记录"),)
    except Unfit as why:
        return None, (Problem(path, 1, 1, "file-kind", f"这{why}"),)
    except OSError as error:
        cause = "没有读的权限" if isinstance(error, PermissionError) else "没有这个文件，或者磁盘出错"
        return None, (Problem(path, 1, 1, "file-kind", f"文件打不开：{cause}"),)
    data, problems = read(body, path)
    if problems:
        return None, problems
    errors = validator.errors(data)
    if not errors:
        return data, ()
    where = marks(body)
    return None, tuple(
        Problem(path, *(where.key if one.at_key else where.value)(one.pointer), one.rule, one.message, one.pointer)
        for one in errors
    )
