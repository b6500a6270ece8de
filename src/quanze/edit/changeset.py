"""Files that are written together: shown as one difference, saved all or not at all."""

from __future__ import annotations

import difflib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.base.refusal import naming
from quanze.io.writing import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Edit:
    """One file before and after."""

    path: str
    """Relative to the project, with slashes."""
    old: str | None
    """None for a file that is not there yet."""
    new: str


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is not there yet; its text is made when it is asked for: those of a long list take no room."""

    path: str
    text: Callable[[], str]
    old: None = None

    @property
    def new(self) -> str:
        """The text."""
        return self.text()


def diff(edits: Iterable[Edit | NewFile]) -> Iterator[str]:
    """Yield the lines of a unified difference, as git shows it."""
    for edit in edits:
        before = f"a/{edit.path}" if edit.old is not None else "/dev/null"
        old = (edit.old or "").splitlines()
        yield from difflib.unified_diff(old, edit.new.splitlines(), before, f"b/{edit.path}", lineterm="")


def save(root: Path, edits: Sequence[Edit | NewFile]) -> None:
    """Write every file beside its place, then move all into place; after an error the files are as they were.

    Raises Fault where a file is not, or no longer, what its edit says.
    """
    for edit in edits:
        _confirm(root, edit)
    staged = [(_beside(root / edit.path), root / edit.path, edit) for edit in edits]
    moved: list[tuple[Path, Edit | NewFile]] = []
    try:
        for folder in dict.fromkeys(target.parent for _, target, _ in staged):
            folder.mkdir(parents=True, exist_ok=True)
        for aside, target, edit in staged:
            with naming(target):
                aside.write_bytes(edit.new.encode())
        for aside, target, edit in staged:
            if edit.old is None:
                target.touch(exist_ok=False)
            moved.append((target, edit))
            aside.replace(target)
    except BaseException:
        for target, edit in moved:
            with suppress(OSError):
                _restore(target, edit)
        for aside, _, _ in staged:
            aside.unlink(missing_ok=True)
        raise


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.new")


def _confirm(root: Path, edit: Edit | NewFile) -> None:
    target = root / edit.path
    if edit.old is None and target.exists():
        raise Fault(f"{edit.path} 已经存在，没有覆盖；请换一个编号")
    if edit.old is not None and (not target.is_file() or target.read_bytes() != edit.old.encode()):
        raise Fault(f"{edit.path} 在此期间被改动或者删除了，什么也没有写；请重新运行")


def _restore(target: Path, edit: Edit | NewFile) -> None:
    if edit.old is None:
        target.unlink(missing_ok=True)
    else:
        write(target, edit.old.encode())
