"""What a merge left out: of a record that the other side changed, the fields that stayed as this side had them.

Along first parents nothing is told of it: the branch says after such a merge what it said before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quanze.history import diff
from quanze.history.beginning import counted
from quanze.history.recorded import documents
from quanze.history.walk import advances, key_of
from quanze.io import git
from quanze.register.tree import CATALOG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from quanze.base.model import Document
    from quanze.history.entry import Key
    from quanze.history.walk import Advance


class Dropped(NamedTuple):
    """What a merge did not take of one record."""

    merge: git.Commit
    source: git.Commit
    """The newest commit of the other side that changed the record."""
    key: Key
    fields: tuple[str, ...]
    """The fields that differ from the other side, where both have the record."""
    theirs: Document
    """What the other side said; empty where it had removed the record."""
    before: Document
    """What the record said where both sides parted; empty where it was not there."""


def dropped(root: Path) -> Iterator[Dropped]:
    """Yield what merges left out, those of the branch and those within what they brought in, the branch's oldest first.

    None from before the register's own history.
    """
    counts = counted(root)
    for advance in advances(git.log(root, CATALOG)):
        doubtful = _doubtful(advance) if advance.merged and counts(advance.commit) else {}
        for merge in (advance.commit, *(commit for commit, _ in advance.merged)) if doubtful else ():
            for other in merge.parents[1:]:
                yield from _left_out(root, merge, other, doubtful)


def _doubtful(advance: Advance) -> Mapping[Key, git.Commit]:
    """Return the records that a merge does not have as the other side left them, with who changed them last there."""
    newest: dict[Key, tuple[git.Commit, str]] = {}
    for commit, touches in advance.merged:
        for touch in touches:
            key = key_of(touch.path or touch.old_path)
            if key:
                newest.setdefault(key, (commit, touch.blob))
    taken = {key_of(touch.path or touch.old_path): touch.blob for touch in advance.touches}
    return {key: commit for key, (commit, blob) in newest.items() if key not in taken or taken[key] != blob}


def _left_out(root: Path, merge: git.Commit, other: str, doubtful: Mapping[Key, git.Commit]) -> Iterator[Dropped]:
    base = git.common(root, merge.parents[0], other)
    sides = [_then(root, commit, doubtful) for commit in (base, merge.parents[0], other, merge.id)]
    for key, source in doubtful.items():
        before, ours, theirs, now = (side.get(key, {}) for side in sides)
        changed = {change.steps[0]: None for change in diff.compare(before, theirs)}
        if not changed or bool(now) != bool(ours):
            continue
        fields = [str(name) for name in changed if _same(now, ours, str(name)) and not _same(now, theirs, str(name))]
        if fields:
            yield Dropped(merge, source, key, tuple(fields), theirs, before)


def _same(one: Document, other: Document, name: str) -> bool:
    return not diff.compare(one.get(name), other.get(name))


def _then(root: Path, commit: str, keys: Iterable[Key]) -> Mapping[Key, Document]:
    """Return what some records said in a commit; none of those that were not there."""
    wanted = {*keys}
    held = git.files(root, commit, CATALOG) if commit else ()
    paths = {key: path for path in held if (key := key_of(path)) in wanted and key}
    return dict(zip(paths, documents(root, ((commit, path) for path in paths.values())), strict=True))
