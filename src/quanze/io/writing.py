"""Files written aside and renamed: whoever reads one finds the old or the new, never half of it."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Write a file; where that fails, what was there is whole, and nothing is left beside it.

    What is no regular file, such as /dev/stdout, is written to as it is. Raises OSError that names the file.
    """
    target = resolved(path)
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
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
            error.filename = str(path)
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
    return 0o666 & ~mask
