"""What governs the records has a history as they do: the settings (site.yaml) and the forms (schema/)."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from quanze.base.value import mapping
from quanze.history import diff
from quanze.history.beginning import counted
from quanze.history.walk import advances
from quanze.history.wording import fields
from quanze.io import git, yaml
from quanze.register.settings import Settings
from quanze.register.tree import CATALOG, SCHEMA, SITE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from quanze.base.model import Value
    from quanze.history.wording import ChangeWording, Difference

SETTINGS = f"{CATALOG}/{SITE}.yaml"
_FORM = ".schema.json"


@dataclass(frozen=True, slots=True)
class GoverningChange:
    """What became of one of these files in a commit, or between two."""

    commit: git.Commit
    """The newer state."""
    path: str
    kind: diff.ChangeKind
    old: Mapping[str, Value]
    new: Mapping[str, Value]
    changes: tuple[diff.Change, ...]
    """What differs between them."""
    fault: str = ""
    """Why the newer state cannot be read; empty where it can."""

    def differences(self, wording: ChangeWording) -> tuple[Difference, ...]:
        """Return what differs, in the words of today's form of the settings; a form is told by its own keys."""
        collection = SITE if self.path == SETTINGS else ""
        return wording.differences(collection, self.old, self.new, self.changes)


def governing(root: Path) -> tuple[GoverningChange, ...]:
    """Return every change of the settings and the forms along the branch, newest first; none without a repository.

    What stands at the beginning of the register's own history is no change of it.
    """
    try:
        git.head(root)
    except git.NoRepository:
        return ()
    counts = counted(root)
    steps: list[tuple[git.Commit, git.Touch]] = []
    order: dict[str, int] = {}
    for folder in (CATALOG, SCHEMA):
        for number, one in enumerate(advances(git.log(root, folder))):
            order.setdefault(one.commit.id, number)
            steps += [(one.commit, touch) for touch in one.touches if _governs(touch.path or touch.old_path)]
    contents = iter(git.blobs(root, (touch.blob for _, touch in steps if touch.blob)))
    first = min((order[commit.id] for commit, _ in steps if counts(commit)), default=0)
    standing: dict[str, Mapping[str, Value]] = {}
    found = []
    for commit, (old_path, path, blob) in steps:
        old = standing.pop(old_path or path, {})
        new, fault = _read(next(contents), path) if blob else ({}, "")
        if blob:
            standing[path] = old if fault else new
        begins = order[commit.id] == first and not old
        if counts(commit) and not begins:
            found.append(_change(commit, path or old_path, old, new, fault))
    changed = (one for one in found if one.fault or one.changes)
    return tuple(sorted(changed, key=lambda one: (-order[one.commit.id], one.path)))


def governing_between(root: Path, old: git.Commit, new: git.Commit) -> tuple[GoverningChange, ...]:
    """Return what differs in the settings and the forms between two commits, by path."""
    before, after = _files(root, old), _files(root, new)
    paths = [path for path in sorted({**before, **after}) if before.get(path) != after.get(path)]
    blobs = [blob for path in paths for blob in (before.get(path), after.get(path)) if blob]
    contents = iter(git.blobs(root, blobs))
    found = []
    for path in paths:
        first, _ = _read(next(contents), path) if path in before else ({}, "")
        last, fault = _read(next(contents), path) if path in after else ({}, "")
        found.append(_change(new, path, first, last, fault))
    return tuple(one for one in found if one.fault or one.changes)


@dataclass(frozen=True, slots=True)
class SettingsThen:
    """The settings of each day: a term that was changed later does not reach back."""

    days: tuple[str, ...]
    """On which settings were recorded, oldest first."""
    versions: tuple[Settings, ...]
    now: Settings

    def on(self, day: str) -> Settings:
        """Return the settings of a day, the first known for a day before; without a history, those of now."""
        place = bisect_right(self.days, day)
        return self.versions[max(place - 1, 0)] if self.versions else self.now


def settings_then(root: Path, now: Settings) -> SettingsThen:
    """Return the settings of each day; `now` are those of the working copy, which hold from the newest commit on."""
    try:
        head = git.head(root)
    except git.NoRepository:
        return SettingsThen((), (), now)
    told = _recorded(root, head.id)
    if told and told[-1][1] != now:
        told = (*told, (head.date, now))
    return SettingsThen(tuple(day for day, _ in told), tuple(one for _, one in told), now)


@lru_cache(maxsize=4)
def _recorded(root: Path, tip: str) -> tuple[tuple[str, Settings], ...]:
    """Return the settings with the day on which each was recorded, oldest first, up to a commit."""
    steps = [
        (one.commit.date, touch.blob)
        for one in advances(git.log(root, SETTINGS, tip))
        for touch in one.touches
        if touch.blob and touch.path == SETTINGS
    ]
    contents = git.blobs(root, (blob for _, blob in steps))
    told = zip(steps, contents, strict=True)
    return tuple((day, Settings.of(_read(content, SETTINGS)[0])) for (day, _), content in told)


def _governs(path: str) -> bool:
    return path == SETTINGS or (path.startswith(f"{SCHEMA}/") and path.endswith(_FORM))


def _files(root: Path, commit: git.Commit) -> Mapping[str, str]:
    found: Iterable[tuple[str, str]] = (
        pair for folder in (CATALOG, SCHEMA) for pair in git.files(root, commit.id, folder).items()
    )
    return {path: blob for path, blob in found if _governs(path)}


def _read(content: bytes, path: str) -> tuple[Mapping[str, Value], str]:
    """Return what a file says; with a fault, and nothing, where it cannot be read."""
    if path == SETTINGS:
        data, problems = yaml.read(content, path)
        return mapping(data), problems[0].message if problems else ""
    try:
        return mapping(json.loads(content)), ""
    except (ValueError, RecursionError):
        return {}, "不是 JSON"


def _change(
    commit: git.Commit, path: str, old: Mapping[str, Value], new: Mapping[str, Value], fault: str
) -> GoverningChange:
    kind: diff.ChangeKind = "变更" if old and new else "新增" if new else "消失"
    return GoverningChange(commit, path, kind, old, new, diff.compare(old, new), fault)


def lines(changes: Iterable[GoverningChange], wording: ChangeWording) -> Iterator[str]:
    """Yield the changes for a terminal: day, file, who recorded it, and below it what differs."""
    for one in changes:
        yield f"{one.commit.date} {one.kind} {one.path} {one.commit.id[:12]} {one.commit.author} {one.commit.subject}"
        yield from below(one, wording)


def below(one: GoverningChange, wording: ChangeWording) -> Iterator[str]:
    """Yield what differs in a change."""
    if one.fault:
        yield f"    读不出来：{one.fault}"
        return
    for each in one.differences(wording):
        yield from fields(each)
