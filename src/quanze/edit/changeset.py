"""Files that are written together: shown as one difference, saved all or not at all."""

from __future__ import annotations

import difflib
import json
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.parallel import parallel_each
from quanze.base.problem import Fault
from quanze.base.refusal import naming
from quanze.io.exchange import Busy, alone
from quanze.io.file import held
from quanze.io.writing import create, write, write_new

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_NOTE = ".unfinished.json"
"""Beside catalog/, where git shows it, while several files change."""
_LOCK = ".cache/changing.lock"
_BUSY = "另一个命令正在改这里的文件，没有再改；请等它完"
_MAX_NOTE = 1 << 30
_PART = 500
"""So many files are made at once: few are not worth a process."""


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
    """Write new files, and what changes beside its place and then into it; after an error the files are as they were.

    What is killed between two of several changes, `finish` ends: an article carried over twice would be another.
    Raises Fault where a file is not, or no longer, what its edit says.
    """
    targets = [(root / edit.path, edit) for edit in edits]
    for target, edit in targets:
        if edit.old is not None:
            _confirm(target, edit)
    changing = {edit.path: (edit.old, edit.new) for edit in edits if edit.old is not None}
    written: list[Path] = []
    moved: list[tuple[Path, str]] = []
    with _noted(root, changing) if len(changing) > 1 else nullcontext():
        try:
            for folder in dict.fromkeys(target.parent for target, _ in targets):
                folder.mkdir(parents=True, exist_ok=True)
            contents = parallel_each(lambda edit: edit.new.encode(), edits, _PART, "写文件")
            for (target, edit), content in zip(targets, contents, strict=True):
                place = _beside(target) if edit.old is not None else target
                with naming(target):
                    _made(place, edit, content)
                written.append(place)
            for target, edit in targets:
                if edit.old is not None:
                    moved.append((target, edit.old))
                    _beside(target).replace(target)
        except BaseException:
            for path in written:
                path.unlink(missing_ok=True)
            for target, old in moved:
                with suppress(OSError):
                    write(target, old.encode())
            raise


def finish(root: Path) -> Sequence[str]:
    """End a change that was killed half way, and return the paths that were still to be written.

    Where nothing of it was written, or somebody is at it, there is nothing to do.

    Raises:
        Fault: a file has been changed since, so that nobody knows which of both is meant.

    """
    if not (root / _NOTE).is_file():
        return ()
    try:
        with alone(root / _LOCK, _BUSY):
            left = _left(root)
            for path, content in left.items():
                write(root / path, content)
            (root / _NOTE).unlink(missing_ok=True)
            return (*left,)
    except Busy:
        return ()


def _left(root: Path) -> Mapping[str, bytes]:
    """Return what of a change that was begun is still to be written: path → new content."""
    here = root.resolve()
    try:
        noted = json.loads(held(root / _NOTE, _MAX_NOTE))
        texts = {str(path): (str(old).encode(), str(new).encode()) for path, (old, new) in noted.items()}
        inside = [path for path in texts if here in (root / path).resolve().parents and ".git" not in path.split("/")]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}  # killed while it was noted: no file had been changed
    now = {path: held(root / path, _MAX_NOTE) for path in inside}
    for path in inside:
        _beside(root / path).unlink(missing_ok=True)
    old = {path: new for path, (before, new) in texts.items() if now.get(path) == before != new}
    done = [path for path, (_, new) in texts.items() if now.get(path) == new]
    strange = [path for path in inside if path not in old and path not in done]
    if old and done and strange:
        raise Fault(
            f"上一次的改动写到一半就断了，之后 {strange[0]} 又改过，补不完；请用 git diff 核对，恢复以后删去 {_NOTE}"
        )
    return old if done else {}


@contextmanager
def _noted(root: Path, changing: Mapping[str, tuple[str, str]]) -> Iterator[None]:
    """Note while the context lasts what is to become of the files: path → old and new text."""
    with alone(root / _LOCK, _BUSY):
        write_new(root / _NOTE, json.dumps(changing, ensure_ascii=False).encode())
        try:
            yield
        finally:
            (root / _NOTE).unlink(missing_ok=True)


def _made(place: Path, edit: Edit | NewFile, content: bytes) -> None:
    """Make a file that nobody else has made meanwhile, or in place of what a killed run left beside another."""
    if edit.old is not None:
        place.unlink(missing_ok=True)
    try:
        create(place, content)
    except FileExistsError:
        raise Fault(f"{edit.path} 已经存在，没有覆盖；请换一个编号") from None


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.new")


def _confirm(target: Path, edit: Edit | NewFile) -> None:
    if edit.old is not None and (not target.is_file() or target.read_bytes() != edit.old.encode()):
        raise Fault(f"{edit.path} 在此期间被改动或者删除了，什么也没有写；请重新运行")
