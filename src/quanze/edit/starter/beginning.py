"""A new register in a folder: its files, its history's first commit, and what was written, for later upgrades."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from quanze.base.package import __version__
from quanze.base.problem import Fault
from quanze.edit.starter.content import records
from quanze.edit.starter.files import given, lock, shared
from quanze.edit.starter.fitting import refuse_unfit
from quanze.edit.starter.written import Written
from quanze.io import git, writing
from quanze.io.exchange import clear

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from quanze.edit.starter.answers import NewRegister
    from quanze.edit.starter.files import Pin

_SUBJECT = "建立权责清单"


def begin(root: Path, answers: NewRegister, pin: Pin) -> int:
    """Write a new register into a folder that is empty, or a repository without files; return how many files.

    Raises:
        Fault: the folder holds files already, or an answer cannot be.
        OSError: it cannot be written; either way nothing is left of it.

    """
    if root.exists() and any(path.name != ".git" for path in root.iterdir()):
        raise Fault(f"{root}/ 里已经有文件了；请换一个空的文件夹")
    whole = answers.completed()
    refuse_unfit(whole)
    before = [*root.iterdir()] if root.exists() else None
    root.mkdir(parents=True, exist_ok=True)
    try:
        return _filled(root, whole, pin)
    except BaseException:
        _take_back(root, before)
        raise


def _filled(root: Path, whole: NewRegister, pin: Pin) -> int:
    start = git.newest_or_today(root)
    common = dict(shared(whole))
    files = {**common, **dict(given(whole)), **dict(records(whole, start)), **dict([lock(pin)])}
    for path, text in files.items():
        write(root, path, text)
    Written(__version__, whole.data(), common).save(root)
    git.commit_all(root, _SUBJECT)
    return len(files)


def _take_back(root: Path, before: Sequence[Path] | None) -> None:
    """Leave a folder as it was before a register was begun in it that could not be finished; None where it was not."""
    for path in root.iterdir():
        if path not in (before or ()):
            clear(path)
            if not path.is_dir():
                path.unlink(missing_ok=True)
    if before is None:
        with suppress(OSError):
            root.rmdir()


def write(root: Path, path: str, text: str) -> None:
    """Write a file, making its folders; line ends are as given."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    writing.write(file, text.encode())
