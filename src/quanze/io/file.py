"""Files that strangers may have put there: kind, size and whither they lead are asked before they are read."""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING, BinaryIO

from quanze.base.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
NO_TEXT = re.compile("[\ud800-\udfff]")
"""Bytes of a name that are no text, as the system tells them."""
_STEP = 1 << 20
_USUAL = 64 << 20
"""No file that is read whole is larger, unless its reader says so."""
_OPEN = ("/dev/fd/", "/dev/stdin", "/proc/")
"""Where a system names the pipes that a shell has opened already."""
_NO_FILE = "不是普通文件，是管道、设备或者文件夹；请删去"


class Unfit(Exception):  # noqa: N818
    """A file that is not read; the text says why, and what to do."""


class TooLarge(Unfit):
    """It is larger than such a file may be."""


def parts(path: Path | str, most: int) -> Iterator[bytes]:
    """Yield the content of a regular file of at most so many bytes, piece by piece.

    Raises:
        TooLarge: it has more bytes than that.
        Unfit: it is a link, a folder, a pipe or a device, or too large; nothing of it has been read.
        OSError: it cannot be opened.

    """
    mode = os.lstat(path).st_mode
    if stat.S_ISLNK(mode):
        raise Unfit("是一个链接，不是文件；请换成文件本身")
    if stat.S_ISSOCK(mode):
        raise Unfit(_NO_FILE)
    handle = os.open(path, _FLAGS)  # a pipe opens without waiting for its other end
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        raise Unfit(_NO_FILE)
    with open(handle, "rb", buffering=0) as file:  # noqa: PTH123 — a number, no path
        if status.st_size > most:
            raise TooLarge(f"有 {status.st_size:,} 字节，超过 {_size(most)} 的上限")
        left = most
        while part := file.read(min(_STEP, left + 1)):
            left -= len(part)
            if left < 0:
                raise TooLarge(f"越读越长，超过 {_size(most)} 的上限")
            yield part


def content(path: Path | str, most: int = _USUAL) -> bytes:
    """Return the whole of a file; raises as `parts` does."""
    return b"".join(parts(path, most))


def held(path: Path, most: int = _USUAL) -> bytes:
    """Return the whole of a file; nothing of one that cannot be read, which is told elsewhere."""
    try:
        return content(path, most)
    except (OSError, Unfit):
        return b""


def given(path: Path | str, most: int = _USUAL, hint: str = "") -> bytes:
    """Return the content of a file that a person names: a link is followed, what a shell pipes in is read to a limit.

    `hint` is what to do about one that is too large.

    Raises:
        Fault: it is a device, a pipe with a name, at which a reader may wait for ever, or has more bytes than that.
        OSError: it cannot be opened.

    """
    if stat.S_ISFIFO(os.stat(path).st_mode) and not str(path).startswith(_OPEN):  # noqa: PTH116 — as is opened below
        raise Fault(f"{path} 是管道，不是文件；请写文件的名字")
    with open(path, "rb") as file:  # noqa: PTH123 — the standard input has a number, no path
        mode = os.fstat(file.fileno()).st_mode
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
            raise Fault(f"{path} 是设备，不是文件")
        return bounded(file, str(path), most, hint)


def bounded(file: BinaryIO, name: str, most: int = _USUAL, hint: str = "") -> bytes:
    """Return what a file under some name still holds; raises Fault where that is more than so many bytes."""
    content = file.read(most + 1)
    if len(content) > most:
        raise Fault(f"{name} 超过 {_size(most)}{hint}")
    return content


def _size(most: int) -> str:
    return f"{most >> 20} MB" if most >= 1 << 20 else f"{most:,} 字节"


def strange(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (path with slashes, what it is) of all below a folder that is neither a file nor a folder of its own.

    Raises:
        OSError: a folder cannot be read.

    """
    for top, folders, names in os.walk(folder, onerror=_closed):
        inside = top[len(str(folder)) :].replace(os.sep, "/").lstrip("/")
        for name in sorted((*folders, *names)):
            mode = os.lstat(os.path.join(top, name)).st_mode  # noqa: PTH118 — as walk names them
            path = f"{inside}/{name}" if inside else name
            if NO_TEXT.search(name):
                yield path, "的名称里有不是文字的字节；请改名"
            elif stat.S_ISLNK(mode):
                yield path, "是一个链接，不是文件；请换成文件本身"
            elif not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                yield path, "不是普通文件，是管道或者设备；请删去"
        if inside and (".git" in folders or ".git" in names):
            yield inside, "是另一个版本库（子模块）；请换成文件本身"


def walk(folder: Path) -> list[str]:
    """Return the paths of all files below a folder, from there and with slashes, sorted; none where there is none.

    Raises:
        OSError: a folder cannot be read.

    """
    start = len(f"{folder}/")
    tops = ((top[start:].replace(os.sep, "/"), names) for top, _, names in os.walk(folder, onerror=_closed))
    return sorted(f"{top}/{name}" if top else name for top, names in tops for name in names)


def _closed(error: OSError) -> None:
    """Let what is in a folder that cannot be read not pass for what is not there."""
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        raise error
