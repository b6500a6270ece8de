"""What git makes: a repository with its first commit, and one text of three."""

from __future__ import annotations

import re
import subprocess
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

from quanze.base.problem import Fault
from quanze.io.git.command import NoRepository, ask
from quanze.io.git.revisions import head
from quanze.io.writing import write_new

_NOBODY = ("-c", "user.name=quanze", "-c", "user.email=quanze@localhost")
_OPEN = ("-c", "protocol.allow=user", "-c", "protocol.file.allow=always", "-c", "protocol.ext.allow=never")
"""For the two commands that ask another repository, which the caller names."""
_CHINA = timezone(timedelta(hours=8))
_MARKED = 127
"""git merge-file tells by its exit code how many places it could not merge, up to this many."""


def newest_or_today(root: Path) -> str:
    """Return the newest commit of a repository; of a folder that is none, or has no commit, today as git has it.

    Raises:
        Fault: git does not tell the day.

    """
    if _is_repository(root):  # a folder inside another repository has no commits of its own
        try:
            return head(root).id
        except NoRepository:
            pass
    name = re.search(r"> (\d+) ", ask(root, *_NOBODY, "var", "GIT_COMMITTER_IDENT"))
    if not name:
        raise Fault("git 没有说出今天的日期")
    return datetime.fromtimestamp(int(name[1]), _CHINA).date().isoformat()


def _is_repository(root: Path) -> bool:
    return (root / ".git").exists()


def commit_all(root: Path, subject: str) -> None:
    """Commit all files, in the name of whoever git knows here, or of nobody; make the folder a repository before."""
    if not _is_repository(root):
        ask(root, "init", "--quiet", "--initial-branch=main")
    ask(root, "add", "--all")
    try:
        ask(root, "-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT")
        who: tuple[str, ...] = ()
    except Fault:
        who = _NOBODY
    ask(root, *who, "commit", "--quiet", "--no-gpg-sign", "-m", subject)


def branches(root: Path, remote: str | None = None) -> frozenset[str]:
    """Return the names of the branches here, or of another repository."""
    if remote is None:
        return frozenset(ask(root, "for-each-ref", "--format=%(refname:strip=2)", "refs/heads").split())
    rows = ask(root, *_OPEN, "ls-remote", "--heads", "--", remote).splitlines()
    return frozenset(row.partition("\trefs/heads/")[2] for row in rows)


def publish(root: Path, branch: str, remote: str | None = None) -> None:
    """Call what is checked out here a branch: of this repository, or of another one, where it must be new."""
    if remote is None:
        ask(root, "branch", "--", branch, "HEAD")
    else:
        ask(root, *_OPEN, "push", "--quiet", "--", remote, f"HEAD:refs/heads/{branch}")


def merge_file(base: str, own: str, new: str) -> tuple[str, int]:
    """Merge what two sides made of one text; return the text, and in how many places both changed the same.

    Raises:
        NoRepository: there is no git.
        Fault: git cannot merge them.

    """
    with tempfile.TemporaryDirectory(prefix="quanze-") as folder:
        names = [str(Path(folder, name)) for name in ("own", "base", "new")]
        for name, text in zip(names, (own, base, new), strict=True):
            write_new(Path(name), text.encode())
        words = ["git", "merge-file", "-p", *names]
        try:
            done = subprocess.run(words, capture_output=True, check=False)  # noqa: S603
        except FileNotFoundError:
            raise NoRepository("没有找到 git 命令：请先安装 git") from None
    if not 0 <= done.returncode <= _MARKED:
        raise Fault("git 合并不了这三份内容：有的不是文字，或者磁盘出错")
    return done.stdout.decode(), done.returncode
