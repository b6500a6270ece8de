"""The files of a project → parsed, form-checked records, on every core; each fault is told, none hides another."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.model import Adopted, Record
from quanze.base.parallel import lasting
from quanze.base.problem import Fault, Problem
from quanze.form import RULES as FORM_RULES
from quanze.form import SUFFIX, Form, load_forms
from quanze.io.file import NO_TEXT, strange, walk
from quanze.io.yaml import RULES as YAML_RULES
from quanze.register import adopted, adopting
from quanze.register.litter import is_record, misnamed
from quanze.register.meant import meant
from quanze.register.reading import RecordFile, read_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from quanze.base.model import Document
    from quanze.io.store import Store
    from quanze.register.reading import Seen

CATALOG, SCHEMA, SITE, WORDS = "catalog", "schema", "site", "words"
IMPORT = "import"
"""What people have answered to the importer, which reads it itself."""
FRAME = "mkdocs.yml"
"""The settings of the frame."""
BESIDE = ("docs", "files", "hooks", "overrides", "texts")
"""The folders that a site is made of besides: what leads out of them would publish what the register does not hold."""
BUILT_FROM = (CATALOG, SCHEMA, *BESIDE, FRAME)
"""What a build reads of a register, beside the lock file of the dependencies."""
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
    "file-kind": "catalog/ 里只放能读的普通文件和文件夹，不放链接、管道、设备和子模块：公布的内容都要在版本库里；"
    "docs/、files/、hooks/、overrides/、texts/ 里也一样，schema/ 和 mkdocs.yml 本身也不能是链接。",
    "file-duplicate": "同一个集合里，一个编号只能有一个文件，放在不同的子文件夹里也不行。",
    adopting.RULE: "采用上级的记录，取来的上级副本（catalog/adopted/）须在版本库里，与 adopted.lock 记的校验值一致；"
    "都由 quanze adopt 写，不手改。",
}


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


@lasting()
def load(root: Path, seen: Seen | None = None, kept: Store | None = None, only: frozenset[str] = frozenset()) -> Tree:
    """Read every file under `catalog/`; a record with a problem of text or form is not among the records.

    `seen` remembers what was read: a file that has not changed since is not read again. `kept` does so between
    processes, by the files' content: neither changes what is read. `only` names the collections to read, where the
    others do not matter.

    Raises:
        Fault: the folder holds no project.

    """
    forms = load_forms(root / SCHEMA)
    if SITE not in forms:
        raise Fault(f"没有找到 {SCHEMA}/{SITE}{SUFFIX}；请从模板补上")
    if not os.path.lexists(root / CATALOG / f"{SITE}.yaml"):
        raise Fault(f"没有找到 {CATALOG}/{SITE}.yaml；请在项目文件夹里运行")
    problems: list[Problem] = []
    files = [file for file in _files(root, forms, problems) if not only or file.collection in {*only, *_SINGLE}]
    records: dict[str, dict[str, Record]] = {name: {} for name in sorted(forms) if name not in _SINGLE}
    broken: set[tuple[str, str]] = set()
    single: dict[str, Document] = {}
    for file, (data, found) in zip(files, read_all(root, forms, files, seen, kept), strict=True):
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


def _strange(root: Path) -> Iterator[Problem]:
    """Yield of all that a site is made of what is neither a file nor a folder; of a record's, who reads it tells."""
    for top in BUILT_FROM:
        if (root / top).is_symlink():
            yield Problem(top, 1, 1, "file-kind", "这是一个链接；请换成它指的内容本身")
        for path, why in strange(root / top):
            if top != CATALOG or not is_record(path.rpartition("/")[2]):
                yield Problem(f"{top}/{path}", 1, 1, "file-kind", f"这{why}")


def _files(root: Path, forms: Mapping[str, Form], problems: list[Problem]) -> Iterator[RecordFile]:
    """Yield the files that hold records, in the order of their paths; report what is no record's file."""
    base = root / CATALOG
    yield RecordFile(f"{CATALOG}/{SITE}.yaml", SITE)
    if WORDS in forms and os.path.lexists(base / f"{WORDS}.yaml"):
        yield RecordFile(f"{CATALOG}/{WORDS}.yaml", WORDS)
    problems += _strange(root)
    for stray in sorted(base.glob("*.yaml")):
        if stray.stem not in {*_SINGLE, IMPORT}:
            message = f"「{stray.name}」不在任何集合的文件夹里，不会公布；请移到 {CATALOG}/〈集合〉/ 里，或者删去"
            problems.append(Problem(f"{CATALOG}/{stray.name}", 1, 1, "file-collection", message))
    for folder in sorted(path for path in base.iterdir() if path.is_dir() and not path.is_symlink()):
        name = folder.name
        if name not in forms or name in RESERVED or name in _SINGLE:
            why = "是网站保留的名称" if name in RESERVED else f"没有表单 {SCHEMA}/{name}{SUFFIX}"
            if any(folder.rglob("*.yaml")):
                message = f"文件夹「{name}」{why}；请改名，或者补上表单"
                problems.append(Problem(f"{CATALOG}/{name}", 1, 1, "file-collection", message))
            continue
        for path in walk(folder):  # one that is no text is told already
            relative = f"{CATALOG}/{name}/{path}"
            own = relative.rpartition("/")[2]
            if is_record(own) and not NO_TEXT.search(path):
                yield RecordFile(relative, name)
            elif message := misnamed(own):
                problems.append(Problem(relative, 1, 1, "file-name", message))
