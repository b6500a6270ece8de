"""Two folders exchanged in one step, so that whoever looks finds one of them whole, whenever the process is killed."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from quanze.base.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HERE = -100  # AT_FDCWD: paths are as they are given
_LOCKED = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
"""How a lock is opened: at a pipe of its name nobody waits, and nothing is made where a link leads."""
_EXCHANGE = 2  # RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS


class Busy(Fault):
    """Another process holds the lock."""


def exchange(first: Path, second: Path) -> bool:
    """Let two folders change their places in one step; tell whether this system and disk can."""
    library: object = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    names = os.fsencode(first), os.fsencode(second)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return not library.renamex_np(*names, ctypes.c_uint(_EXCHANGE))
    if hasattr(library, "renameat2"):
        return not library.renameat2(_HERE, names[0], _HERE, names[1], ctypes.c_uint(_EXCHANGE))
    return False


def put(built: Path, place: Path) -> None:
    """Put a folder in the place of another, which goes; what a killed run has left is finished first.

    Where folders cannot be exchanged, the old one steps aside first: after a kill in between, `mend` brings it back.
    """
    mend(place)
    old = _old(place)
    clear(old)
    if not place.exists():
        built.rename(place)
    elif exchange(built, place):
        clear(built)
    else:
        try:
            place.rename(old)
        except OSError as error:
            error.filename, error.filename2 = str(place), None
            raise
        try:
            built.rename(place)
        except OSError:
            old.rename(place)
            raise
        clear(old)


def readable(folder: Path) -> None:
    """Let everybody read a site, whatever the umask of its builder: a server is another user."""
    for top, _, names in os.walk(folder):
        for path, needed in ((top, 0o055), *((f"{top}/{name}", 0o044) for name in names)):
            mode = os.stat(path).st_mode  # noqa: PTH116 — twenty thousand times
            if mode & needed != needed:
                os.chmod(path, mode | needed)  # noqa: PTH101


def clear(folder: Path) -> None:
    """Remove a folder with all in it, as far as that can be; what is no folder, such as a pipe, stays.

    Of a link the link alone goes: a commit may hold one, and who writes there next would empty a folder elsewhere.
    """
    if folder.is_symlink():
        with suppress(OSError):
            folder.unlink()
    elif folder.is_dir():
        shutil.rmtree(folder, ignore_errors=True)


def mend(place: Path) -> None:
    """Bring back what stepped aside for a folder that never came."""
    old = _old(place)
    if not place.exists() and old.is_dir() and not old.is_symlink():
        old.rename(place)


def _old(place: Path) -> Path:
    return place.with_name(f"{place.name}.old")


@contextmanager
def alone(file: Path, message: str) -> Iterator[None]:
    """Hold a lock while the context lasts; Busy with a sentence where another process holds it.

    The system lets go of it when the process ends, however it ends.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(file, _LOCKED, 0o666), "ab") as handle:  # noqa: PTH123 — a number, no path
        try:
            _lock(handle.fileno())
        except OSError:
            raise Busy(message) from None
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
