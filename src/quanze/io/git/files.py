"""Files as they were, as they are, and a whole project as it was."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.io.git.command import ask, git
from quanze.io.git.pipes import git_folder, rules_sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_WINDOW = 64
"""Blobs asked for at once: their names must fit into a pipe, or both sides wait for ever."""
_LINKED = "160000"
_SPARSE = "info/sparse-checkout"
"""Where git was told what to put into the work tree; a work tree beside another has its own elsewhere."""
_ELSEWHERE = (
    "在版本库里是另一个版本库（子模块），里面的文件不在这个版本库里；"
    "请用 git rm --cached 去掉，把文件本身放进来，然后提交"
)
_IGNORED = "被 git 忽略，进不了版本库；请从 .gitignore 里去掉，然后提交"
_OVERLOOKED = (
    "的改动 git 不看；请先 git update-index --no-assume-unchanged，再 git update-index --no-skip-worktree，然后提交"
)
_CONVERTED = (
    "的字节跟版本库里的不一样，git 取出时转换了；请从 .gitattributes 里去掉 ident、eol=crlf、"
    "working-tree-encoding、filter 这些属性（没有这个文件就写一行 * text=auto eol=lf），"
    "提交，再删去这个文件，用 git checkout 取出；Git LFS 管的改用 git lfs migrate export 收进版本库"
)


def files(root: Path, commit: str, folder: str) -> Mapping[str, str]:
    """Return path → blob of every regular file below `folder` in a commit."""
    rows = (row.partition("\t") for row in ask(root, "ls-tree", "-r", "-z", commit, "--", folder).split("\0"))
    return {path: facts.split()[2] for facts, _, path in rows if facts.startswith("100")}


def blobs(root: Path, names: Iterable[str]) -> Iterator[bytes]:
    """Yield the contents of blobs in the order asked for, one at a time, from one process.

    Raises:
        Fault: a blob is not there, as in a shallow clone.

    """
    waiting = iter(names)
    with git(root, "cat-file", "--batch") as process:
        if not process.stdin or not process.stdout:
            return
        while window := tuple(islice(waiting, _WINDOW)):
            process.stdin.write("".join(f"{name}\n" for name in window).encode())
            process.stdin.flush()
            for name in window:
                size = process.stdout.readline().rpartition(b" ")[2].strip()
                if not size.isdigit():
                    raise Fault(f"版本库里缺少内容 {name}：请用 git clone 重新取得完整的版本库")
                yield process.stdout.read(int(size))
                process.stdout.read(1)


def dirty(root: Path, *folders: str) -> tuple[str, ...]:
    """Return the paths (below `folders`, if given) that differ from the newest commit, new files included."""
    rules_sound(root, *folders or (".",))
    prefix = _prefix(root)
    options = ("--porcelain", "-z", "--no-renames", "--untracked-files=all")
    rows = ask(root, "status", *options, "--", *folders or (".",)).split("\0")
    return tuple(sorted(row[3:].removeprefix(prefix) for row in rows if row))


def since(root: Path, commit: str) -> frozenset[str]:
    """Return the paths that are not as they were in a commit, gone and not yet recorded ones included."""
    rules_sound(root, ".")
    rows = ask(root, "diff", "--name-only", "--no-renames", "--relative", "-z", commit, "--", ".").split("\0")
    return frozenset((*filter(None, rows), *dirty(root)))


def unheld(root: Path, *folders: str) -> Mapping[str, str]:
    """Return what is the matter, and what to do, by the paths of which git does not hold what lies here.

    `dirty` never names them: git was told to ignore or overlook them, or converts them, or takes a folder (its path
    ends in a slash) for another repository, whatever lies there.
    """
    rules_sound(root, *folders)
    options = ("ls-files", "-z")
    ignored = ask(root, *options, "--others", "--ignored", "--exclude-standard", "--", *folders).split("\0")
    flagged = (row.partition(" ") for row in ask(root, *options, "-v", "--", *folders).split("\0"))
    overlooked = [path for flag, _, path in flagged if flag == "S" or flag.islower()]
    staged = (row.partition("\t") for row in ask(root, *options, "--stage", "--", *folders).split("\0"))
    entries = {path: tuple(facts.split()[:2]) for facts, _, path in staged if path}
    blobs = {path: blob for path, (mode, blob) in entries.items() if mode.startswith("100")}
    told = dict.fromkeys(_converted(root, blobs, folders), _CONVERTED)
    told |= dict.fromkeys((f"{path}/" for path, (mode, _) in entries.items() if mode == _LINKED), _ELSEWHERE)
    told |= dict.fromkeys(overlooked, _OVERLOOKED) | dict.fromkeys(filter(None, ignored), _IGNORED)
    return dict(sorted(told.items()))


def held(file: Path) -> bool:
    """Tell whether git holds a file, in whatever repository that lies."""
    return bool(ask(file.parent, "ls-files", "-z", "--", file.name))


def left_out(root: Path, *folders: str) -> tuple[str, ...]:
    """Return the paths of what git holds and has not put here, as it was told of a sparse checkout."""
    held = git_folder(root)
    if not held or (held.is_dir() and not os.path.lexists(held / _SPARSE)):
        return ()
    rows = (row.partition(" ") for row in ask(root, "ls-files", "-z", "-t", "--", *folders).split("\0"))
    return tuple(path for flag, _, path in rows if flag == "S" and not os.path.lexists(root / path))


def _converted(root: Path, blobs: Mapping[str, str], folders: Iterable[str]) -> Iterable[str]:
    """Return the paths whose bytes are not those of the index though nobody changed them: git converts them."""
    here = root.absolute()
    found = [path for path in blobs if "\n" not in path and _is_file(f"{here}/{path}")]
    with git(root, "hash-object", "--no-filters", "--stdin-paths") as process:
        names = "".join(f"{here}/{path}\n" for path in found)
        told = process.communicate(os.fsencode(names))[0].decode().split()
    other = {path for path, blob in zip(found, told, strict=True) if blobs[path] != blob}
    return other.difference(dirty(root, *folders)) if other else other


def _is_file(place: str) -> bool:
    """Tell whether a file lies at a place, and no link to one."""
    try:
        return S_ISREG(os.lstat(place).st_mode)  # ten thousand times: a Path would take as long as git
    except OSError:
        return False


@contextmanager
def worktree(root: Path, commit: str) -> Iterator[Path]:
    """Check a commit out beside the work tree while the context lasts; yield the project's folder in it.

    The bytes are the commit's own: no line ends are converted and no hook runs.
    """
    with tempfile.TemporaryDirectory(prefix="quanze-") as folder:
        place = Path(folder, "project")
        ask(root, "-c", "core.autocrlf=false", "worktree", "add", "--quiet", "--detach", str(place), commit)
        try:
            yield place / _prefix(root)
        finally:
            ask(root, "worktree", "remove", "--force", str(place))


def _prefix(root: Path) -> str:
    """Return where the project lies in the repository: `a/b/`, or nothing at the top."""
    return ask(root, "rev-parse", "--show-prefix").rstrip("\n")
