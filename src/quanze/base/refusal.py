"""What the operating system refuses, in a sentence that names the file."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SYSTEM = {
    errno.ENOENT: "没有这个文件或者文件夹",
    errno.EACCES: "没有读写的权限",
    errno.EPERM: "没有读写的权限",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.ENOSPC: "磁盘满了",
    errno.EROFS: "磁盘是只读的",
    errno.EEXIST: "已经有同名的文件",
    errno.EMFILE: "打开的文件太多，系统不让再打开；请用 ulimit -n 放宽",
    errno.ENFILE: "打开的文件太多，系统不让再打开；请关掉别的程序",
    errno.EFBIG: "文件超过了系统准许的大小；请用 ulimit -f 放宽",
    errno.EDQUOT: "磁盘的配额用完了",
    errno.ENAMETOOLONG: "名称太长，系统不准；请改短",
    errno.ENOMEM: "内存不够；请关掉别的程序",
    errno.EIO: "磁盘读写出错，可能坏了",
    errno.EBUSY: "别的程序正在用，或者有磁盘挂在这里",
    errno.ENOTEMPTY: "文件夹里还有别的东西",
    errno.EILSEQ: "名称里有的字，这个磁盘存不了；请改名",
    errno.ENXIO: "这是管道或者设备，没有谁在读",
    errno.EXDEV: "在另一个磁盘上，换不过去",
    errno.ELOOP: "这里是一个链接，或者链接绕成一圈；请删去",
}


_NO_PLACE = "No usable temporary directory"
"""How Python says that none of the folders for passing files can be written."""


@contextmanager
def naming(path: Path | str) -> Iterator[None]:
    """Name the file in what the system refuses: of a write it tells none."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(path)
        raise


def refusal(error: OSError) -> str:
    """Return the sentence: of a copy, the file that was to be written is named."""
    if _NO_PLACE in str(error.strerror):
        return "没有能写临时文件的文件夹；请腾出空间，或者用环境变量 TMPDIR 指明一个"
    why = _SYSTEM.get(error.errno or 0) or f"系统没有照办（{coded(error) or type(error).__name__}）"
    return f"{error.filename2 or error.filename or '系统'}：{why}"


def coded(error: OSError) -> str:
    """Return the name of a refusal that people look up, such as EIO; empty for one without."""
    return errno.errorcode.get(error.errno or 0, "")
