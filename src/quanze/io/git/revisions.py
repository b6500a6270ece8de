"""From what a person writes to a commit: revisions, tags, branches and days."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.io.git.command import Damaged, NoRepository, Unexplained, ask
from quanze.io.git.log import Commit, commits, line
from quanze.io.git.pipes import sound

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TAGS = "refs/tags/"
_CERTAIN = re.compile(r"([0-9a-f]{40}([0-9a-f]{24})?|HEAD|@|refs/(heads|tags|remotes)/.*)(?![^~^])", re.DOTALL)
_BEGUN = re.compile("[0-9a-f]{4,39}")
_SUFFIX = re.compile(r"[~^:]|@\{")


def head(root: Path) -> Commit:
    """Return the commit that the folder stands on; NoRepository when the folder stands on none."""
    if not ask(root, "ls-tree", "--name-only", "HEAD", "./"):
        raise NoRepository("这个文件夹不在版本库里：外层的版本库没有收录这个文件夹")
    return next(iter(line(root)))


def commit(root: Path, revision: str) -> Commit:
    """Return one commit, named in any way that git understands.

    Raises:
        Fault: it is not known, or is the name of several: git would take a tag before a branch without a word.

    """
    name = _name(root, revision)
    if not name and revision.startswith(_TAGS):
        raise Fault(f"没有「{revision.removeprefix(_TAGS)}」这个标签")
    if not name:
        raise Fault(f"「{revision}」不是已知的提交、标签、分支或者日期（日期写成 2026-05-01）")
    if not _CERTAIN.match(revision):
        _only(root, revision, name)
    return next(commits(root, "--no-patch", "--max-count=1", name, "--"))[0]


def _only(root: Path, revision: str, name: str) -> None:
    """Let pass what names one commit, in whichever way it is read: as a tag, a branch, the beginning of an id."""
    bare = _SUFFIX.split(revision, maxsplit=1)[0]
    rest = revision[len(bare) :]
    full = [f"refs/{kind}{bare}" for kind in ("", "tags/", "heads/", "remotes/")]
    there = {*ask(root, "for-each-ref", "--format=%(refname)", *full).splitlines()}
    begun = ask(root, "rev-parse", f"--disambiguate={bare}").split() if _BEGUN.fullmatch(bare) else []
    named = [(each, _name(root, each + rest)) for each in (*filter(there.__contains__, full), *begun)]
    other = [each for each, found in named if found and found != name]
    if other:
        said = "、".join(dict.fromkeys([*(each for each, found in named if found == name), *other]))
        raise Fault(
            f"「{revision}」指哪一个看不出来，有几个不同的提交叫这个名称：{said}；请写全名，如 {other[-1]}{rest}"
        )


def resolve(root: Path, text: str) -> Commit:
    """Return the commit that a person means by a revision, a tag, a branch or a day (YYYY-MM-DD).

    A day stands for what was recorded by its end. A Fault when the text names nothing, a day before the first
    commit, or a day and a tag at once (`refs/tags/…` tells them apart).
    """
    if not _DAY.fullmatch(text):
        return commit(root, text)
    try:
        date.fromisoformat(text)
    except ValueError:
        raise Fault(f"没有「{text}」这一天") from None
    if _name(root, text):
        raise Fault(f"「{text}」既是日期，也是标签或者分支的名称；指标签的，写成 refs/tags/{text}")
    for earlier in line(root):
        if earlier.date <= text:
            return earlier
    shallow = "；这是浅克隆，更早的要先用 git fetch --unshallow 取回" if boundary(root) else ""
    raise Fault(f"到 {text} 为止还没有记录，最早的提交在 {earlier.date}{shallow}")


def last_day(root: Path, text: str) -> str:
    """Return the day of the newest commit where `text` is a later one: nobody knows yet what will be recorded by then.

    Empty for any other day, and for what is no day.
    """
    newest = head(root).date
    return newest if _DAY.fullmatch(text) and text > newest else ""


def tags(root: Path) -> Mapping[str, str]:
    """Return tag → commit, by name; tags of anything but a commit are left out."""
    layout = "--format=%(refname:strip=2)%00%(objecttype)%00%(objectname)%00%(*objecttype)%00%(*objectname)"
    named = {}
    for row in ask(root, "for-each-ref", layout, "refs/tags").splitlines():
        name, kind, target, inner_kind, inner = row.split("\0")
        if "commit" in {kind, inner_kind}:
            named[name] = inner or target
    return named


def refs(root: Path) -> str:
    """Return every name that a repository has for a commit, a line each with what it stands for."""
    return ask(root, "for-each-ref", "--format=%(refname) %(objectname) %(symref)")


def boundary(root: Path) -> frozenset[str]:
    """Return the commits at which a shallow clone breaks off; none when the history is whole."""
    path = ask(root, "rev-parse", "--git-path", "shallow").rstrip("\n")
    with suppress(FileNotFoundError):
        return frozenset((root / path).read_text(encoding="ascii").split())
    return frozenset()


def intact(root: Path) -> None:
    """Compute again the names of all that a repository holds: one that was copied may have been made to lie.

    Raises:
        Damaged: something is lacking, or is not what its name says.

    """
    try:
        ask(root, "fsck", "--full", "--no-dangling", "--no-progress", "--no-reflogs")
    except Damaged:
        raise
    except Fault:
        return  # what git finds odd about an old commit, as about its time zone, is what the commit holds


def beginnings(root: Path) -> tuple[str, ...]:
    """Return the commits without a parent: more than one where a merge brought in a history of another beginning."""
    return tuple(ask(root, "rev-list", "--max-parents=0", "HEAD", "--").split())


def on_line(root: Path, old: str, new: str) -> bool:
    """Tell whether `old` is `new`, or before it by first parents: what a merge alone brought in is not."""
    before = _name(root, old)
    return bool(before) and before in ask(root, "rev-list", "--first-parent", commit(root, new).id, "--").split()


def is_ancestor(root: Path, old: str, new: str) -> bool:
    """Tell whether `old` is `new` or one of its ancestors; of a commit that the repository lacks nothing is so.

    A Fault in a shallow clone, which cannot know.
    """
    if boundary(root):
        raise Fault("浅克隆看不出一个提交是否在另一个之前：请先运行 git fetch --unshallow")
    before, after = _name(root, old), _name(root, new)
    return bool(before and after) and not ask(root, "rev-list", "--max-count=1", before, f"^{after}", "--")


def fork(root: Path, base: str) -> Commit:
    """Return the commit at which a branch left another: what was added to `base` since is not the branch's doing.

    `base` may be a revision, a tag, a branch or a day. A Fault where the two have nothing in common.
    """
    base_id = common(root, resolve(root, base).id, commit(root, "HEAD").id)
    if not base_id:
        shallow = "；这是浅克隆，请先运行 git fetch --unshallow" if boundary(root) else ""
        raise Fault(f"「{base}」和现在的提交没有共同的来历，比较不了{shallow}")
    return commit(root, base_id)


def common(root: Path, one: str, other: str) -> str:
    """Return the commit at which two parted; empty where they have nothing in common."""
    try:
        return ask(root, "merge-base", one, other).strip()
    except (Damaged, NoRepository):
        raise
    except Fault:
        return ""


def trunk(root: Path) -> str:
    """Return the commit up to which this branch is the published one: all of it, unless a remote says otherwise.

    A clone knows which branch is the remote's own; what was only recorded since, on another one, is a proposal.
    """
    remote = _name(root, "refs/remotes/origin/HEAD")
    with suppress(Fault):  # a clone too shallow to know where they part
        return fork(root, remote or "HEAD").id
    return commit(root, "HEAD").id


def after(root: Path, start: str) -> frozenset[str]:
    """Return the commits of the branch that are neither a commit nor before it; a Fault for an unknown one."""
    return frozenset(ask(root, "rev-list", "HEAD", f"^{commit(root, start).id}").split())


def _name(root: Path, revision: str) -> str:
    """Return the full name of a commit, empty when the revision names none."""
    sound(root)
    try:
        return ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
    except Unexplained:
        return ""
