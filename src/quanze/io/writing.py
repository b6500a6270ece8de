"""Files written aside and renamed: whoever reads one finds the old or the new, never half of it."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from quanze.base.refusal import naming

_USUAL = 0o666
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write(path: Path, content: bytes) -> None:
    """Write a file; where that fails, what was there is whole, and nothing is left beside it.

    Of a process that is killed at its last step `.name.new` may be left, whole; the next write takes its place.

    What is no regular file, such as /dev/stdout, is written to as it is. Raises OSError that names the file.
    """
    if path.exists() and not path.is_file():
        _into(path, content)  # a pipe of /dev/fd leads nowhere by its name
        return
    target = resolved(path)
    aside = target.with_name(f".{target.name[:100]}.new")
    try:
        while not _appear(aside, content, 0o600, lasting=True):
            aside.unlink(missing_ok=True)  # of a run that was killed, or that is at its last step
        aside.chmod(_mode(target))
        aside.replace(target)
    except _Unable:
        _by_another_name(target, content)
    except BaseException as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename, error.filename2 = str(path), None
        raise


def _into(path: Path, content: bytes) -> None:
    """Write to a device or a pipe; a pipe that nobody reads is refused, for it would be waited for without end."""
    at_once = getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, os.O_WRONLY | at_once)
    if at_once:
        os.set_blocking(handle, True)
    with open(handle, "wb") as file:  # noqa: PTH123 — a number, no path
        file.write(content)


def create(path: Path, content: bytes, mode: int = _USUAL) -> None:
    """Make a file that is not there yet, whole or not at all, even of a process that is killed, where the system can.

    It has the rights of `mode` that the umask leaves.
    Raises FileExistsError where there is one; of another OSError, who knows what the file is for tells its name.
    """
    try:
        if not _appear(path, content, mode):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    except _Unable:
        handle = os.open(path, _NEW, mode)
        try:
            with open(handle, "wb") as file:  # noqa: PTH123 — a number, no path
                file.write(content)
        except BaseException:
            path.unlink()
            raise
    except OSError as error:
        error.filename = error.filename2 = None
        raise


def write_new(path: Path, content: bytes) -> None:
    """Write a file that nobody reads yet, in a folder that is made where there is none.

    Raises OSError that names the file, of which something may be there.
    """
    with naming(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


class _Unable(Exception):  # noqa: N818
    """A file can have no content before it has a name: the system or the disk is none that knows such."""


def _appear(name: Path, content: bytes, mode: int, *, lasting: bool = False) -> bool:
    """Let a file appear under a name with all its content; tell whether the name was free.

    One that is to last is on the disk before. Raises _Unable where this cannot be.
    """
    try:
        handle = os.open(name.parent, os.O_WRONLY | os.O_TMPFILE, mode)  # type: ignore[attr-defined,unused-ignore]
    except (AttributeError, OSError):
        raise _Unable from None
    with open(handle, "wb") as file:  # noqa: PTH123 — a number, no path
        file.write(content)
        file.flush()
        if lasting:
            os.fsync(handle)
        try:
            os.link(f"/proc/self/fd/{handle}", name, src_dir_fd=handle)  # which lets it follow the link
        except FileExistsError:
            return False
        except OSError:
            raise _Unable from None
    return True


def _by_another_name(target: Path, content: bytes) -> None:
    """Write a file under a name that nobody else uses, and rename it."""
    aside = ""
    try:
        handle, aside = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".new", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        Path(aside).chmod(_mode(target))
        Path(aside).replace(target)
    except BaseException as error:
        with suppress(OSError):
            Path(aside).unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(target)
        raise


def resolved(path: Path) -> Path:
    """Return where a path leads; OSError where a link leads to itself: Python up to 3.12 raises another, later none."""
    with suppress(RuntimeError):
        path = path.resolve()
    if path.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return path


def _mode(target: Path) -> int:
    """Return the rights that a file has, or that a new one gets."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return _USUAL & ~mask
