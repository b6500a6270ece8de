"""Is what is online what the repository says? The named commit is built again and compared file by file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quanze import git, manifest
from quanze.problem import Fault
from quanze.remote import Published, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ALTERED, MISSING, EXTRA, UNREADABLE = "被改动", "缺少", "多出", "读不到"
_READERS = 8


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One way in which the published site is not the one that the repository gives."""

    path: str
    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """The outcome: which commit was built, how many files were compared, what differs."""

    commit: str
    digest: str
    files: int
    differences: tuple[Difference, ...]


def read_manifest(site: Published) -> tuple[dict[str, Any], bytes]:
    """Return the manifest of a published site and its bytes; raises Fault where it has none that can be read."""
    try:
        content = site.read(manifest.NAME)
    except Unreadable as why:
        raise Fault(f"读不到 {manifest.NAME}：{why}") from None
    if content is None:
        raise Fault(f"那里没有 {manifest.NAME}；它不是 quanze 发布的网站，或者清单文件被删去了")
    try:
        found = json.loads(content)
        if not isinstance(found["files"], dict) or not isinstance(found["commit"], str):
            raise TypeError
    except (ValueError, KeyError, TypeError):
        raise Fault(f"{manifest.NAME} 读不懂；它可能被改动过") from None
    return found, content


def verify(root: Path, site: Published, revision: str, progress: Callable[[str], None]) -> Verified:
    """Build a commit again and compare; `revision` is empty for the commit that the manifest names.

    Raises Fault where the commit is unknown here or cannot be built.
    """
    told, content = read_manifest(site)
    name = revision or told["commit"]
    if not name:
        raise Fault("清单文件没有写明提交：这是从没有提交的内容生成的草稿，无从核对；可以用 --commit 指明")
    commit = git.commit(root, name)
    progress(f"重新生成提交 {commit.id[:12]}（{commit.date}）……")
    with git.worktree(root, commit.id) as tree, tempfile.TemporaryDirectory() as outside:
        expected = rebuild(root, tree, Path(outside), str(told.get("previous", "")))
        want = json.loads((expected / manifest.NAME).read_bytes())
        progress(f"逐个核对 {len(want['files'])} 个文件……")
        differences = sorted(_compare(site, want["files"], told["files"], progress))
        if content != (expected / manifest.NAME).read_bytes():
            differences.insert(0, Difference(manifest.NAME, ALTERED, "与重新生成的清单文件不同"))
    return Verified(commit.id, manifest.digest(content), len(want["files"]), tuple(differences))


def rebuild(root: Path, tree: Path, outside: Path, previous: str) -> Path:
    """Build the site of a work tree with that commit's code and dependencies; return its folder."""
    python = _python(root, tree, outside)
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "QUANZE_AT": "", "PYTHONDONTWRITEBYTECODE": "1"}
    steps = (
        ["mkdocs", "build", "--strict", "--site-dir", str(outside / "site.new")],
        [
            "quanze",
            "seal",
            str(outside / "site.new"),
            str(outside / "site"),
            *(["--previous", previous] if previous else []),
        ],
    )
    for step in steps:
        done = subprocess.run(  # noqa: S603
            [python, "-m", *step], cwd=tree, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            last = (done.stderr or done.stdout).strip().splitlines()[-1:]
            raise Fault(f"这个提交生成不出网站，无从核对：{''.join(last)}")
    return outside / "site"


def _python(root: Path, tree: Path, outside: Path) -> str:
    """Return a Python that has the dependencies which the commit locks: this one, or a new one made from its lock."""
    lock = tree / manifest.LOCK
    here = root / manifest.LOCK
    if not lock.is_file():
        raise Fault(f"这个提交没有 {manifest.LOCK}，不知道当时用的是什么依赖，无从核对")
    if here.is_file() and here.read_bytes() == lock.read_bytes():
        return sys.executable
    venv = outside / "venv"
    python = str(venv / "bin" / "python")
    for step in (
        [sys.executable, "-m", "venv", str(venv)],
        [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)],
    ):
        done = subprocess.run(step, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:]
            raise Fault(f"装不上这个提交锁定的依赖，无从核对：{''.join(last)}")
    return python


def _compare(
    site: Published, want: Mapping[str, str], told: Mapping[str, str], progress: Callable[[str], None]
) -> Iterator[Difference]:
    with ThreadPoolExecutor(_READERS) as pool:
        for count, found in enumerate(pool.map(lambda path: _one(site, path, want[path]), want), 1):
            if found:
                yield found
            if count % 500 == 0:
                progress(f"已核对 {count} 个")
    present = site.paths()
    for path in sorted((set(present) if present is not None else set(told)) - want.keys() - manifest.UNLISTED):
        yield Difference(path, EXTRA, "" if present is not None else "清单文件里多写的")


def _one(site: Published, path: str, digest: str) -> Difference | None:
    try:
        content = site.read(path)
    except Unreadable as why:
        return Difference(path, UNREADABLE, str(why))
    if content is None:
        return Difference(path, MISSING)
    found = manifest.digest(content)
    return None if found == digest else Difference(path, ALTERED, f"应为 {digest[:12]}…，实为 {found[:12]}…")


def since(root: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """Yield what shows that history was rewritten between two publications: a lost commit, a lost record."""
    before, after = str(old.get("commit", "")), str(new.get("commit", ""))
    if not before or not after:
        yield "两份清单文件中有一份没有写明提交，看不出历史是否连续"
    else:
        try:
            kept = git.is_ancestor(root, before, after)
        except Fault:
            kept = False
        if not kept:
            yield f"上一次发布的提交 {before[:12]} 不再是这一次 {after[:12]} 的历史：历史被改写过"
    for path in sorted(old["files"].keys() - new["files"].keys()):
        parts = path.split("/")
        if path.startswith("data/v1/") and len(parts) == 4 and parts[2] != "lists":  # noqa: PLR2004
            yield f"记录 {parts[2]}/{parts[3].removesuffix('.json')} 不见了；已公布的记录只能终止，不能删除"
