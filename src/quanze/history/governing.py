"""What goes with the records has a history as they do: settings, forms, attachments, own pages, what makes pages.

A text is told by its lines. An attachment, a picture, the text of a law are told by their size and their SHA-256: who
holds a copy can see which one it is.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from quanze.base.value import mapping, texts
from quanze.history import diff
from quanze.history.beginning import counted
from quanze.history.walk import Advance, advances, writers
from quanze.history.wording import Difference, fields, plain
from quanze.io import git, yaml
from quanze.register.adopting import LOCK
from quanze.register.links import FILES, TEXTS
from quanze.register.settings import Settings
from quanze.register.tree import CATALOG, FRAME, SCHEMA, SITE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from quanze.base.model import Value
    from quanze.history.wording import ChangeWording

SETTINGS = f"{CATALOG}/{SITE}.yaml"
BESIDE = (FILES, TEXTS)
"""The folders of attachments and of texts of laws."""
_LINES = "文字"
NAMES = ".mailmap"
"""Who is meant by the names in commits: as git applies it, it changes who wrote what."""
_MAKING = (FRAME, "requirements.lock", LOCK, "hooks", "overrides")
"""What every page is made with: a program, a template or a version of one's own may change what any of them says.

What was taken over from superiors is pinned too: an older state that is pinned changes no page.
"""
_OWN = "docs"
"""What a register publishes beside its records: its own pages may say anything of deadlines and powers."""
FOLDERS = (CATALOG, SCHEMA, *BESIDE, NAMES, *_MAKING, _OWN)
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
    merged: tuple[git.Commit, ...] = ()
    """The commits touching this file that a merge brought in."""

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wrote it, each name once: for the commands, never for the site."""
        return tuple(dict.fromkeys(commit.author for commit in self.merged or (self.commit,)))

    def differences(self, wording: ChangeWording) -> tuple[Difference, ...]:
        """Return what differs: settings in the words of today's form, forms by their keys, texts by their lines."""
        if self.path != SETTINGS and not self.path.startswith(f"{SCHEMA}/"):
            return tuple(_line(change) for change in self.changes)
        collection = SITE if self.path == SETTINGS else ""
        return wording.differences(collection, self.old, self.new, self.changes)


def governing(root: Path) -> tuple[GoverningChange, ...]:
    """Return every change of these files along the branch, newest first; none without a repository.

    What stands at the beginning of the register's own history is no change of it.
    """
    try:
        git.head(root)
    except git.NoRepository:
        return ()
    counts = counted(root)
    steps: list[tuple[Advance, git.Touch]] = []
    order: dict[str, int] = {}
    for number, advance in enumerate(advances(git.log(root, *FOLDERS))):
        order[advance.commit.id] = number
        steps += [(advance, touch) for touch in advance.touches if governs(touch.path or touch.old_path)]
    contents = iter(git.blobs(root, (touch.blob for _, touch in steps if touch.blob)))
    first = min((order[step.commit.id] for step, _ in steps if counts(step.commit)), default=0)
    standing: dict[str, Mapping[str, Value]] = {}
    changes = []
    for step, (old_path, path, blob) in steps:
        commit = step.commit
        old = standing.pop(old_path or path, {})
        new, fault = _read(next(contents), path) if blob else ({}, "")
        if blob:
            standing[path] = old if fault else new
        begins = order[commit.id] == first and not old
        if counts(commit) and not begins:
            wrote = writers(step, {*filter(None, (old_path, path))}.__contains__, blob)
            changes.append(replace(_change(commit, path or old_path, old, new, fault), merged=wrote))
    changed = (change for change in changes if change.fault or change.changes)
    return tuple(sorted(changed, key=lambda change: (-order[change.commit.id], change.path)))


def governing_between(root: Path, old: git.Commit, new: git.Commit) -> tuple[GoverningChange, ...]:
    """Return what differs in these files between two commits, by path."""
    before, after = _files(root, old), _files(root, new)
    paths = [path for path in sorted({**before, **after}) if before.get(path) != after.get(path)]
    blobs = [blob for path in paths for blob in (before.get(path), after.get(path)) if blob]
    contents = iter(git.blobs(root, blobs))
    changes = []
    for path in paths:
        first, _ = _read(next(contents), path) if path in before else ({}, "")
        last, fault = _read(next(contents), path) if path in after else ({}, "")
        changes.append(_change(new, path, first, last, fault))
    return tuple(change for change in changes if change.fault or change.changes)


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
    recorded = [(commit.date, settings) for commit, settings in _recorded(root, head.id)]
    if recorded and recorded[-1][1] != now:
        recorded.append((head.date, now))
    return SettingsThen(tuple(day for day, _ in recorded), tuple(settings for _, settings in recorded), now)


def beginning_changed(root: Path) -> git.Commit | None:
    """Return the newest commit that changed from where a bureau's own history counts; None where none did.

    Who takes over another's repository makes another bureau's of it, and begins there.
    """
    recorded = _recorded(root, git.head(root).id)
    changed = (
        new for old, new in pairwise(recorded) if old[1].beginning != new[1].beginning and old[1].body == new[1].body
    )
    return next((commit for commit, _ in reversed([*changed])), None)


@lru_cache(maxsize=4)
def _recorded(root: Path, tip: str) -> tuple[tuple[git.Commit, Settings], ...]:
    """Return the settings with the commit in which each was recorded, oldest first, up to a commit."""
    steps = [
        (advance.commit, touch.blob)
        for advance in advances(git.log(root, SETTINGS, tip=tip))
        for touch in advance.touches
        if touch.blob and touch.path == SETTINGS
    ]
    contents = git.blobs(root, (blob for _, blob in steps))
    read = zip(steps, contents, strict=True)
    return tuple((commit, Settings.of(_read(content, SETTINGS)[0])) for (commit, _), content in read)


def governs(path: str) -> bool:
    """Tell whether a file is one of these."""
    folder, _, name = path.partition("/")
    if folder == SCHEMA:
        return path.endswith(_FORM)
    if folder == CATALOG:
        return "/" not in name and name.endswith(".yaml")
    return path == NAMES or folder in {*BESIDE, *_MAKING, _OWN}


def files(root: Path, commit: git.Commit) -> Mapping[str, str]:
    """Return the blobs of the records, and of what goes with them, in a commit, by path."""
    return {path: blob for folder in FOLDERS for path, blob in git.files(root, commit.id, folder).items()}


def _files(root: Path, commit: git.Commit) -> Mapping[str, str]:
    return {path: blob for path, blob in files(root, commit).items() if governs(path)}


def _read(content: bytes, path: str) -> tuple[Mapping[str, Value], str]:
    """Return what a file says; with a fault, and nothing, where it cannot be read."""
    if path == SETTINGS:
        data, problems = yaml.read(content, path)
        return mapping(data), problems[0].message if problems else ""
    folder = path.partition("/")[0]
    if folder == SCHEMA:
        try:
            return mapping(json.loads(content)), ""
        except (ValueError, RecursionError):
            return {}, "不是 JSON"
    told = {"大小": f"{len(content):,} 字节", "SHA-256": hashlib.sha256(content).hexdigest()}
    if folder in BESIDE or b"\0" in content:
        return told, ""
    try:
        return {_LINES: content.decode().splitlines()}, ""
    except UnicodeDecodeError:
        return told, ""


def _line(change: diff.Change) -> Difference:
    """Tell what differs in a text: the line where it stands now, or stood where it is gone."""
    where, number = change.steps[0], change.steps[1:]
    label = "".join(f"{'原' if change.new is None else ''}第 {each} 行" for each in number) or str(where)
    sides = (None if side is None else "\n".join(texts(side)) or plain(side) for side in (change.old, change.new))
    return Difference(f"{label}（顺序）" if change.moved else label, *sides)


def _change(
    commit: git.Commit, path: str, old: Mapping[str, Value], new: Mapping[str, Value], fault: str
) -> GoverningChange:
    kind: diff.ChangeKind = "变更" if old and new else "新增" if new else "消失"
    return GoverningChange(commit, path, kind, old, new, diff.compare(old, new), fault)


def lines(changes: Iterable[GoverningChange], wording: ChangeWording) -> Iterator[str]:
    """Yield the changes for a terminal: day, file, who recorded it, and below it what differs."""
    for change in changes:
        made = f"{change.commit.id[:12]} {'、'.join(change.authors)} {change.commit.subject}"
        yield f"{change.commit.date} {change.kind} {change.path} {made}"
        yield from below(change, wording)


def below(change: GoverningChange, wording: ChangeWording) -> Iterator[str]:
    """Yield what differs in a change."""
    if change.fault:
        yield f"    读不出来：{change.fault}"
        return
    for difference in change.differences(wording):
        yield from fields(difference)
