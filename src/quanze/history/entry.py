"""The shapes of a history."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from quanze.base.problem import Fault
from quanze.history import diff

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.base.model import Value
    from quanze.io.git import Commit

Key = tuple[str, str]
"""Collection and id."""

EntryKind = diff.ChangeKind | Literal["改名", "移动", "不可读", "修复", "起点"]
"""What happened to a record. 改名: its id changed, and not whether it is in force; 移动: its folder alone did;
不可读: this version cannot be read; 修复: it can be read again and says what it said before; 起点: a shallow clone
begins here, nobody knows since when."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One step in the history of one record."""

    commit: Commit
    key: Key
    kind: EntryKind
    path: str
    """Where the file lies, or lay before it was removed."""
    changes: tuple[diff.Change, ...] = ()
    """What differs from the newest older version that can be read; nothing for a new or removed record."""
    fault: str = ""
    """Why this version cannot be read; empty when it can."""
    old_path: str = ""
    """Where it lay before, if elsewhere."""
    old_key: Key | None = None
    """What it was called before, if otherwise."""
    merged: tuple[Commit, ...] = ()
    """The commits touching this record that a merge brought in."""
    removed: bool = False
    """Whether the file is gone: a published record has vanished then (消失), a draft was dropped (拟)."""

    @property
    def date(self) -> str:
        """The day in China on which the branch recorded it, YYYY-MM-DD."""
        return self.commit.date

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wrote it, each name once: for the commands, never for the site."""
        return tuple(dict.fromkeys(commit.author for commit in self.merged or (self.commit,)))


@dataclass(frozen=True, slots=True)
class HistoryGap:
    """Why a history does not tell everything."""

    state: Literal["无版本库", "浅克隆", "另有起点", "有未提交的改动"]
    message: str
    paths: tuple[str, ...] = ()
    """The files that differ from what is recorded."""


@dataclass(frozen=True, slots=True)
class History:
    """Every step of every record, newest first and by key within a commit, and what it does not tell."""

    line: tuple[Commit, ...]
    """The commits of the branch by first parents, newest first; none without a repository."""
    entries: tuple[Entry, ...]
    gaps: tuple[HistoryGap, ...] = ()

    def records(self) -> Mapping[Key, tuple[Entry, ...]]:
        """Return for each record its entries, newest first, with those under its former ids.

        A former id keeps what it had, up to the change of id, until another record takes it: that begins anew.
        """
        numbers: defaultdict[Key, set[int]] = defaultdict(set)
        left: set[Key] = set()
        for _, step in groupby(reversed([*enumerate(self.entries)]), key=lambda place_entry: place_entry[1].commit.id):
            entries = [*step]
            had = {entry.old_key: {*numbers[entry.old_key]} for _, entry in entries if entry.old_key}
            left |= had.keys()
            for place, entry in entries:
                if entry.key in left:
                    left.discard(entry.key)
                    numbers[entry.key] = set()
                numbers[entry.key] |= {place} | (had[entry.old_key] if entry.old_key else set())
            for place, entry in entries:
                if entry.old_key in left:
                    numbers[entry.old_key].add(place)
        return {key: tuple(self.entries[place] for place in sorted(places)) for key, places in numbers.items()}

    def between(self, old: str, new: str) -> tuple[Entry, ...]:
        """Return the entries after commit `old` up to commit `new`; a Fault when the branch does not hold them so."""
        order = [commit.id for commit in self.line]
        for id_ in (old, new):
            if id_ not in order:
                raise Fault(f"提交 {id_[:12]} 不在当前分支的主线上，说不出其间的逐次变更")
        chosen = {*order[order.index(new) : order.index(old)]}
        return tuple(entry for entry in self.entries if entry.commit.id in chosen)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All records as they stood in one commit."""

    commit: Commit
    paths: Mapping[Key, str]
    documents: Mapping[Key, Mapping[str, Value]]
    faults: Mapping[Key, str]
    """Why a record cannot be read, for those that cannot."""
