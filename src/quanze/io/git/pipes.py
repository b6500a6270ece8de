"""What git itself would wait for without an end: a pipe or a device where it looks for a file of its own."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from quanze.base.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

_GIT, _NAMES = ".git", ".mailmap"
_SETTINGS, _DEEPEST = frozenset({"config", "config.worktree"}), 10
_PATH = re.compile(r"(?:^|\])[ \t]*path[ \t]*=(.*)$", re.IGNORECASE | re.MULTILINE)
_RULES = frozenset({".gitattributes", ".gitignore"})
_MOST = {_NAMES: 1 << 20} | dict.fromkeys(_RULES, 1 << 16)
"""Bytes of a file that git reads before it does anything: it holds every line against every name."""


@cache
def sound(root: Path) -> None:
    """Look at what git reads of the repository around a folder whatever it is asked.

    Raises:
        Fault: it cannot be read, a file of its own is none, or is too large.

    """
    held = git_folder(root)
    if held:
        if held.exists() and not os.access(held, os.R_OK):
            raise Fault(f"{held} 没有读的权限，看不到历史")
        _file(held.parent / _NAMES)
        for path in _own(held):  # one after the other: what says where to look next is looked at before
            _file(path)
            if path.name in _SETTINGS:
                _included(path)


def git_folder(root: Path) -> Path | None:
    """Return the .git, folder or file, of the folder or of the nearest above it that has one."""
    places = (place / _GIT for place in (root.absolute(), *root.absolute().parents))
    return next((place for place in places if os.path.lexists(place)), None)


def rules_sound(root: Path, *folders: str) -> None:
    """Look at the files that tell git what to ignore and to convert, in the folders and above them.

    Raises:
        Fault: one is no file, or is too large.

    """
    for above in (root.absolute(), *root.absolute().parents):
        for name in _RULES:
            _file(above / name)
        if os.path.lexists(above / _GIT):
            break
    for folder in folders:
        for place, inside, names in os.walk(root / folder):
            if _GIT in inside:
                inside.remove(_GIT)
            for name in _RULES.intersection(names):
                _file(Path(place, name))


def _own(git: Path) -> Iterator[Path]:
    """Yield what is to be looked at below a repository's own folder, wherever that lies, and below a work tree's."""
    _file(git)
    if git.is_file():
        with suppress(OSError):
            git = git.parent / git.read_text("utf-8", "replace").removeprefix("gitdir:").strip()
    yield from _odd(git)
    with suppress(OSError):
        yield from _odd(git / (git / "commondir").read_text("utf-8", "replace").strip())


def _odd(folder: Path | str) -> Iterator[Path]:
    """Yield the settings below a folder, and what its listing does not call a plain file or a folder.

    No file is asked for by itself: a repository may hold hundreds of thousands.
    """
    inner = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                inner.append(entry.path)
            elif entry.name in _SETTINGS or not entry.is_file(follow_symlinks=False):
                yield Path(entry.path)
    for each in inner:
        yield from _odd(each)


def _included(settings: Path, depth: int = 0) -> None:
    """Look at the files that settings take others from."""
    with suppress(OSError):
        told = settings.read_text("utf-8", "replace") if settings.is_file() else ""
        for name in _PATH.findall(told) if "include" in told.lower() else ():
            path = settings.parent / Path(name.strip(' "')).expanduser()
            _file(path)
            if depth < _DEEPEST:
                _included(path, depth + 1)


def _file(path: Path) -> None:
    try:
        found = path.stat()
    except OSError:
        return  # not there, or a link to nothing
    if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
        raise Fault(f"{path} 是管道或者设备，不是文件，git 会一直等下去；请删去")
    most = _MOST.get(path.name, found.st_size)
    if found.st_size > most:
        raise Fault(f"{path} 有 {found.st_size:,} 字节，超过 {most >> 10} KB 的上限，git 要很久才能读完；请删减")
