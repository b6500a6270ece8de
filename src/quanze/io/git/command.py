"""The one place where git is started."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from quanze.base.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SETTINGS = ("core.quotepath=off", "core.fsmonitor=false", "protocol.allow=never")
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
}
_CHUNK = 1 << 16


class NoRepository(Fault):
    """There is no version history here, or no git to read it with."""


_COMPLAINTS = (
    ("not a git repository", NoRepository, "这个文件夹不在 git 版本库里：历史要用 git clone 取得，下载的压缩包里没有"),
    ("must be run in a work tree", NoRepository, "这个文件夹 是没有工作区的版本库：请用 git clone 另取一份"),
    ("does not have any commits yet", NoRepository, "这个文件夹 的版本库里还没有提交"),
    ("Not a valid object name HEAD", NoRepository, "这个文件夹 的版本库里还没有提交"),
    ("dubious ownership", Fault, "{root} 属于别的用户：请运行 git config --global --add safe.directory {root}"),
    ("bad object", Fault, "版本库里没有这个提交：请用 git clone 重新取得完整的版本库"),
)


@contextmanager
def git(root: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run git in a folder: in English, asking nobody, fetching nothing, deaf to what a hook or user has set.

    A Fault when git ends with an error; none when the reader stops early.

    Raises:
        NoRepository: there is no git, or no repository.

    """
    settings = (word for setting in _SETTINGS for word in ("-c", setting))
    command = ["git", "--no-pager", "-C", str(root), *settings, *words]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _ENVIRONMENT
    pipe = subprocess.PIPE
    with tempfile.TemporaryFile() as complaints:
        try:
            process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=complaints, env=environment)  # noqa: S603
        except FileNotFoundError:
            raise NoRepository("没有找到 git 命令：请先安装 git") from None
        with suppress(BrokenPipeError), process:
            yield process
        if process.returncode:
            complaints.seek(0)
            raise _fault(root, complaints.read().decode("utf-8", "replace"))


def ask(root: Path, *words: str) -> str:
    """Return all that a git command prints."""
    with git(root, *words) as process:
        return process.communicate()[0].decode("utf-8", "replace")


def words(process: subprocess.Popen[bytes]) -> Iterator[str]:
    """Yield what a git command prints, cut at NUL, without ever holding all of it."""
    rest = b""
    while part := process.stdout.read(_CHUNK) if process.stdout else b"":
        *whole, rest = (rest + part).split(b"\0")
        for word in whole:
            yield word.decode("utf-8", "replace")


def _fault(root: Path, complaint: str) -> Fault:
    """Say in Chinese what git complained of."""
    for phrase, kind, message in _COMPLAINTS:
        if phrase in complaint:
            return kind(message.format(root=root))
    return Fault(f"git 没有完成：{complaint.strip() or '没有说明原因'}")
