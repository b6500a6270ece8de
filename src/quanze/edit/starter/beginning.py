"""A new register in a folder: its files, its history's first commit, and what was written, for later upgrades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.package import __version__
from quanze.base.problem import Fault
from quanze.edit.starter.content import records
from quanze.edit.starter.files import given, lock, shared
from quanze.edit.starter.fitting import refuse_unfit
from quanze.edit.starter.written import Written
from quanze.io import git

if TYPE_CHECKING:
    from pathlib import Path

    from quanze.edit.starter.answers import NewRegister
    from quanze.edit.starter.files import Pin

_SUBJECT = "建立权责清单"


def begin(root: Path, answers: NewRegister, pin: Pin) -> int:
    """Write a new register into a folder that is empty, or a repository without files; return how many files.

    Raises:
        Fault: the folder holds files already, or an answer cannot be; nothing is written then.

    """
    if root.exists() and any(path.name != ".git" for path in root.iterdir()):
        raise Fault(f"{root}/ 里已经有文件了；请换一个空的文件夹")
    whole = answers.completed()
    refuse_unfit(whole)
    root.mkdir(parents=True, exist_ok=True)
    start = git.newest_or_today(root)
    common = dict(shared(whole))
    files = {**common, **dict(given(whole)), **dict(records(whole, start)), **dict([lock(pin)])}
    for path, text in files.items():
        write(root, path, text)
    Written(__version__, whole.data(), common).save(root)
    git.commit_all(root, _SUBJECT)
    return len(files)


def write(root: Path, path: str, text: str) -> None:
    """Write a file, making its folders; line ends are as given."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
