"""Commits and the files that they touched, in one pass over `git log`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from quanze.io.git.command import git, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_CHINA = timezone(timedelta(hours=8))
_FIRST, _LAST = datetime(1970, 1, 2, tzinfo=_CHINA), datetime(9999, 12, 30, tzinfo=_CHINA)
_FIELDS = ("%H", "%T", "%P", "%ct", "%cI", "%aN", "%cN", "%s")
_RAW = ("--raw", "--no-abbrev", "--relative")
_RENAMES = ("-M90%", "-l1000")
"""Records of one kind resemble each other: only a file that is nearly unchanged counts as renamed."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit; its people's names are for the commands, the site never shows them."""

    id: str
    tree: str
    parents: tuple[str, ...]
    date: str
    """The day in China on which it was recorded, YYYY-MM-DD."""
    time: str
    """The committer's date as git has it: ISO 8601, with the time zone of the commit."""
    author: str
    subject: str
    committer: str = ""
    """Who recorded it: another person than the author where a change was taken over for someone."""
    claimed: str = ""
    """The day that it claims itself, where that is before the day of an earlier commit of its branch."""

    @property
    def moment(self) -> str:
        """The same time in China's zone: 2026-05-01T09:30:00+08:00."""
        return datetime.fromisoformat(self.time).astimezone(_CHINA).isoformat()


class Touch(NamedTuple):
    """A file that was added, altered, moved or removed; what is not there is an empty text."""

    old_path: str
    path: str
    blob: str


def log(root: Path, *folders: str, tip: str = "HEAD") -> Iterator[tuple[Commit, tuple[Touch, ...]]]:
    """Yield every commit, newest first, with the files below the folders that it touched.

    A merge tells what it changed against its first parent: along first parents nothing is told twice and
    nothing is lost. The commits that it brought in are yielded as well, and say who wrote what.
    """
    return commits(
        root, "--full-history", "--sparse", "--diff-merges=first-parent", *_RAW, *_RENAMES, tip, "--", *folders
    )


def line(root: Path) -> Iterator[Commit]:
    """Yield the commits of the branch by first parents, newest first."""
    yield from forward([commit for commit, _ in commits(root, "--first-parent", "--no-patch", "HEAD", "--")])


def forward(line: Sequence[Commit]) -> list[Commit]:
    """Let time go forward along a branch, whose newest commit comes first.

    A commit cannot have been made before the one that it stands on: one that claims so gets that one's time.
    """
    dated: list[Commit] = []
    for commit in reversed(line):
        before = dated[-1] if dated else commit
        back = datetime.fromisoformat(commit.time) < datetime.fromisoformat(before.time)
        claimed = commit.date if back and commit.date < before.date else ""
        dated.append(replace(commit, date=before.date, time=before.time, claimed=claimed) if back else commit)
    return dated[::-1]


def last_changes(root: Path, folder: str) -> Mapping[str, Commit]:
    """Return for each path below `folder` the commit of the branch that touched it last."""
    renames: dict[str, str] = {}
    options = ("--first-parent", "--diff-merges=first-parent", *_RAW, "--no-renames")
    for commit, touches in commits(root, *options, "HEAD", "--", folder):
        for touch in touches:
            renames.setdefault(touch.path or touch.old_path, commit.id)
    dated = {commit.id: commit for commit in line(root)}
    return {path: dated[id_] for path, id_ in renames.items()}


def contents(root: Path, *folders: str) -> Mapping[str, Sequence[tuple[Commit, str]]]:
    """Return for each path below some folders the commits of the branch that touched it, newest first, with its blob.

    The blob of a file that was removed is an empty text.
    """
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    options = ("--first-parent", "--diff-merges=first-parent", *_RAW, "--no-renames")
    for commit, touches in commits(root, *options, "HEAD", "--", *folders):
        for touch in touches:
            found[touch.path or touch.old_path].append((commit.id, touch.blob))
    dated = {commit.id: commit for commit in line(root)} if found else {}
    return {path: [(dated[id_], blob) for id_, blob in touched] for path, touched in found.items()}


def versions(root: Path, folder: str, tip: str, after: str = "") -> Iterator[tuple[Commit, str, str]]:
    """Yield (commit, path, blob) of every version of every file below `folder` that the branch got, the newest first.

    Commits up to `after` are left out, if it is given.
    """
    options = ("--first-parent", "--diff-merges=first-parent", *_RAW, "--no-renames")
    for commit, touches in commits(root, *options, tip, *([f"^{after}"] if after else []), "--", folder):
        yield from ((commit, touch.path, touch.blob) for touch in touches if touch.blob)


def changed(root: Path, old: str, new: str, folder: str) -> tuple[Touch, ...]:
    """Return the files below `folder` that differ between two commits."""
    with git(root, "diff-tree", "-r", "-z", *_RAW, *_RENAMES, old, new, "--", folder) as process:
        stream = words(process)
        return tuple(_touch(word, stream) for word in stream)


def commits(root: Path, *options: str) -> Iterator[tuple[Commit, tuple[Touch, ...]]]:
    """Read `git log`: for each commit its fields, then one word for a file and one or two for its paths."""
    layout = "--format=" + "%x00".join(_FIELDS)
    with git(root, "log", "-z", "--encoding=UTF-8", "--no-show-signature", layout, *options) as process:
        stream = words(process)
        fields = [*islice(stream, len(_FIELDS))]
        while fields:
            touches = []
            for word in stream:
                if not word.lstrip("\n").startswith(":"):
                    following = [word, *islice(stream, len(_FIELDS) - 1)]
                    break
                touches.append(_touch(word, stream))
            else:
                following = []
            yield _commit(fields), tuple(touches)
            fields = following


def _touch(word: str, stream: Iterator[str]) -> Touch:
    """Read `:100644 100644 <old> <new> M` and the path or paths after it; only regular files count."""
    _, mode, _, blob, status = word.split()
    old_path = next(stream)
    path = next(stream) if status.startswith("R") else old_path
    there = mode.startswith("100")
    return Touch("" if status == "A" else old_path, path if there else "", blob if there else "")


def _commit(fields: list[str]) -> Commit:
    id_, tree, parents, seconds, time, author, committer, subject = fields
    when, claimed = _when(seconds, time)
    return Commit(
        id_, tree, tuple(parents.split()), when.date().isoformat(), claimed, author, subject, committer=committer
    )


def _when(seconds: str, time: str) -> tuple[datetime, str]:
    """Return when a commit was made, and the same as it wrote it.

    One without a date is as old as may be, one beyond all calendars as new: time goes forward, so that either is told.
    """
    try:
        when = datetime.fromtimestamp(int(seconds), _CHINA)
        datetime.fromisoformat(time).astimezone(_CHINA)
    except (ValueError, OverflowError, OSError):
        when = _LAST if seconds.isdecimal() and int(seconds) > _FIRST.timestamp() else _FIRST
        return when, when.isoformat()
    return when, time.replace("Z", "+00:00")  # newer git writes UTC so
