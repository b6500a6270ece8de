"""The one place where git is started."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, BinaryIO

from quanze.base.problem import Fault
from quanze.io.git.pipes import git_folder, sound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_SETTINGS = (
    "advice.graftFileDeprecated=false",
    "core.quotepath=off",
    "core.checkStat=default",
    "core.commitGraph=false",
    "core.fsmonitor=false",
    "core.ignoreCase=false",
    "core.trustctime=true",
    "core.untrackedCache=false",
    f"core.hooksPath={os.devnull}",
    "protocol.allow=never",
)
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
}
_CHUNK = 1 << 16
_OWN = frozenset({"local", "worktree"})
_NO_FILTER = (("clean", ""), ("smudge", ""), ("process", ""), ("required", "false"))
_FILES = ("core.attributesfile", "core.excludesfile", "diff.orderfile", "mailmap.blob", "mailmap.file")
"""Settings that name a file, which may lie anywhere and have no end."""
_ELSEWHERE = "core.worktree"


class NoRepository(Fault):
    """There is no version history here, or no git to read it with."""


class Damaged(Fault):
    """There is a repository, but git cannot read it: nothing follows from what it does not find."""


class Unexplained(Fault):
    """Git did not do what it was asked, and said nothing of it that we know."""


_SETTING = "版本库的设置（.git/config，或者它引用的文件）git 读不懂：请改正，或者用 git clone 另取一份"
_DAMAGED = "版本库损坏了，有的内容缺少或者读不出来：请用 git clone 重新取得完整的版本库，再用 git fsck --full 检查"
_UNKNOWN = "{held} 在这里，git 却不认它是版本库：损坏了，或者它指着的地方没有了；请用 git clone 重新取得版本库"
_INDEX = "版本库的暂存区（.git/index）损坏了：请删去它，再运行 git reset"
_FORGED = (
    "版本库里有的内容与它的名字不符：损坏了，或者有人改过 .git 里的文件；请用 git clone 从原处重新取得，不要拷贝文件夹"
)
_LOCKED = "另一个 git 正在改这个版本库，或者上一次没有收尾：没有别的 git 在运行的，请删去 .git 里的 .lock 文件再试"
_BROKEN = (
    *("object file .git", "loose object", "inflate: ", "packfile ", "packed object", "index file .git/objects"),
    *("unable to read tree", "unable to read sha1", "unable to read ", "not a tree object", "bad tree object"),
    *("bad object", "invalid reference: HEAD", "missing object", "missing blob", "Could not parse object"),
    *("bad shallow line", "unterminated line in", "unexpected line in", "appears to be broken", "ignoring broken ref"),
    *("object directory", "invalid gitfile format", "unable to normalize"),
)
"""Phrases by which git says that something of its own is lacking or spoilt."""
_FULL = "磁盘满了，git 写不下去：请腾出空间再试"
_NONE = "not a git repository"
_COMPLAINTS = (
    (_NONE, NoRepository, "这个文件夹不在 git 版本库里：历史要用 git clone 取得，下载的压缩包里没有"),
    ("must be run in a work tree", NoRepository, "这个文件夹是没有工作区的版本库：请用 git clone 另取一份"),
    ("does not have any commits yet", NoRepository, "版本库现在的分支上还没有提交"),
    ("Not a valid object name HEAD", NoRepository, "版本库现在的分支上还没有提交"),
    ("dubious ownership", Fault, "{root} 属于别的用户：请运行 git config --global --add safe.directory {root}"),
    *((phrase, Damaged, _FORGED) for phrase in (".pack is corrupt", "hash mismatch", "hash-path mismatch", "SHA1 ")),
    ("Unable to create", Fault, _LOCKED),
    ("cannot lock ref", Fault, _LOCKED),
    ("No space left on device", Fault, _FULL),
    ("Out of diskspace", Fault, _FULL),
    ("Read-only file system", Fault, "磁盘是只读的，git 在版本库里写不了：请换一个能写的地方再运行"),
    ("Permission denied", Fault, "没有权限读写版本库里的文件：请检查文件夹的权限"),
    ("cannot change to", Fault, "没有这个文件夹，或者进不去：{root}"),
    ("Expected git repo version", Damaged, "版本库的格式比这里的 git 新：请升级 git"),
    ("unknown repository extension", Damaged, "版本库的格式比这里的 git 新：请升级 git"),
    ("bad config ", Damaged, _SETTING),
    ("config value", Damaged, _SETTING),
    ("zlib compression level", Damaged, _SETTING),
    ("maximum include depth", Damaged, _SETTING),
    ("/index: ", Damaged, _INDEX),
    ("index file corrupt", Damaged, _INDEX),
    ("index entry", Damaged, _INDEX),
    ("Could not resolve host", Fault, "连不上远程的版本库：找不到这个主机"),
    ("Could not read from remote", Fault, "连不上远程的版本库：请核对地址和权限"),
    ("unable to access", Fault, "连不上远程的版本库：请核对地址、网络和权限"),
    ("does not appear to be a git repository", Fault, "远程的地址不是 git 版本库：请核对地址"),
    ("failed to push", Fault, "远程的版本库没有接受：那里已经有同名的分支，或者不许直接提交"),
    ("already exists", Fault, "已经有同名的分支：请换一个名称"),
    ("not a valid branch name", Fault, "分支的名称写得不对：用小写英文字母、数字和短横线"),
    *((phrase, Damaged, _DAMAGED) for phrase in _BROKEN),
)


@contextmanager
def git(root: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run git in a folder: in English, asking nobody, fetching nothing, deaf to what a hook or user has set.

    No program runs that the repository itself names: it may have come in an archive from whoever is being audited.
    A Fault when git ends with an error; none when the reader stops early.

    Raises:
        NoRepository: there is no git, or no repository.

    """
    sound(root)
    settings = (word for setting in _SETTINGS for word in ("-c", setting))
    command = ["git", "--no-pager", "-C", str(root), *settings, *words]
    environment = {**_environment(), **_filters(root)}
    pipe = subprocess.PIPE
    with _aside() as complaints:
        try:
            process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=complaints, env=environment)  # noqa: S603
        except FileNotFoundError:
            raise NoRepository("没有找到 git 命令：请先安装 git") from None
        with suppress(BrokenPipeError), process:
            yield process
        if process.returncode:
            complaints.seek(0)
            raise _fault(root, complaints.read().decode("utf-8", "replace"))


def _aside() -> BinaryIO:
    """Return a file for what git complains of: in memory where the system can, since the disk may be what is full."""
    try:
        return os.fdopen(os.memfd_create("git"), "w+b")  # type: ignore[attr-defined,unused-ignore]
    except (AttributeError, OSError):
        return tempfile.TemporaryFile()


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _ENVIRONMENT


@cache
def _filters(root: Path) -> Mapping[str, str]:
    """Return what lets git run no filter and read no file that a repository's own settings name; the user's own may."""
    which = rf"^(filter\.|{'|'.join(map(re.escape, (*_FILES, _ELSEWHERE)))}$)"
    command = ["git", "-C", str(root), "config", "--show-scope", "--null", "--name-only", "--get-regexp", which]
    try:
        told = subprocess.run(command, capture_output=True, check=False, env=_environment()).stdout  # noqa: S603
    except FileNotFoundError:
        return {}
    rows = os.fsdecode(told).split("\0")
    own = {name for scope, name in zip(rows[::2], rows[1::2], strict=False) if scope in _OWN}
    if _ELSEWHERE in own:
        _within(root)
    filters = {name.rpartition(".")[0] for name in own.difference(_FILES, {_ELSEWHERE})}
    settings = [(f"{name}.{key}", value) for name in sorted(filters) for key, value in _NO_FILTER]
    settings += [(name, os.devnull if name.endswith("file") else "") for name in sorted(own.intersection(_FILES))]
    keys = {f"GIT_CONFIG_KEY_{at}": key for at, (key, _) in enumerate(settings)}
    values = {f"GIT_CONFIG_VALUE_{at}": value for at, (_, value) in enumerate(settings)}
    return {"GIT_CONFIG_COUNT": str(len(settings)), **keys, **values}


def _within(root: Path) -> None:
    """Let pass a repository whose settings say that its files lie where the folder is, as those of a submodule do."""
    words = ["git", "-C", str(root), "rev-parse", "--show-toplevel"]
    told = subprocess.run(words, capture_output=True, check=False, env=_environment())  # noqa: S603
    top = os.fsdecode(told.stdout).rstrip("\n")
    if told.returncode or not root.resolve().is_relative_to(top):
        raise Damaged("版本库的设置 core.worktree 指着别的文件夹：请运行 git config --unset core.worktree")


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


def _named(held: Path) -> bool:
    """Tell whether the branch that a repository stands on has a file, which then holds no commit that git can read."""
    with suppress(OSError, ValueError):
        return (held / (held / "HEAD").read_text("utf-8").removeprefix("ref:").strip()).is_file()
    return False


def _fault(root: Path, complaint: str) -> Fault:
    """Say in Chinese what git complained of."""
    held = git_folder(root)
    if held and _NONE in complaint:
        return Damaged(_UNKNOWN.format(held=held))
    for phrase, kind, message in _COMPLAINTS:
        if phrase in complaint:
            if kind is NoRepository and held and _named(held):
                return Damaged(_DAMAGED)
            return kind(message.format(root=root))
    return Unexplained("git 没有完成，原因不明：请在这个文件夹里运行 git fsck --full 和 git status，看 git 自己怎么说")
