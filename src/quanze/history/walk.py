"""From a log to the steps of each record: which file stood for it, commit by commit. Nothing is read here."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from quanze.io import git
from quanze.register.adopted import apart, both, copy_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from quanze.history.entry import Key
    from quanze.io.git import Commit, Touch

_RECORD = re.compile(r"[^/\n\ufffd]+/([^/\n\ufffd]+)/(?:[^\n\ufffd]+/)?([^/\n\ufffd]+)\.yaml")
"""A name with a line break, or one that is no UTF-8, is no record's: git is asked for names line by line."""


class Advance(NamedTuple):
    """A commit of the branch: the files it touched, and those that the commits it merged in touched."""

    commit: Commit
    touches: tuple[Touch, ...]
    merged: tuple[tuple[Commit, tuple[Touch, ...]], ...] = ()


class FileStep(NamedTuple):
    """A record's file in a commit that put another file, or none, in its place; `blob` is empty for none."""

    commit: Commit
    key: Key
    path: str
    blob: str
    old_path: str
    old_key: Key | None
    merged: tuple[Commit, ...]


def key_of(path: str) -> Key | None:
    """Return the collection and id of a record's file, None for any other file."""
    match = _RECORD.fullmatch(path)
    return (match[1], match[2]) if match else None


def file_of(places: Mapping[str, str]) -> tuple[str, str]:
    """Return the path and blob that stand for a record: the first by path, should several files claim one id.

    Where it takes over a superior's record, the blob of the copy is part of the name.
    """
    path, blob = min((place for place in places.items() if not copy_of(place[0])), default=("", ""))
    return path, both(blob, next((copy for place, copy in places.items() if copy_of(place)), ""))


def _touched(path: str) -> Key | None:
    """Return the record that a file belongs to: its own file, or the copy of what it takes over."""
    return key_of(path) or copy_of(path)


def advances(log: Iterable[tuple[Commit, tuple[Touch, ...]]]) -> list[Advance]:
    """Return the branch by first parents, oldest first, from the whole log, whose first commit is the newest."""
    commits = {commit.id: (commit, touches) for commit, touches in log}
    line: list[str] = []
    following = next(iter(commits), "")
    while following in commits:
        line.append(following)
        following = next(iter(commits[following][0].parents), "")
    dated = {commit.id: commit for commit in git.forward([commits[id_][0] for id_ in line])}
    known = {*line}
    steps = []
    for id_ in reversed(line):
        merged = []
        waiting = [*commits[id_][0].parents[1:]]
        while waiting:
            other = waiting.pop()
            if other in commits and other not in known:
                known.add(other)
                merged.append(commits[other])
                waiting += commits[other][0].parents
        steps.append(Advance(dated[id_], commits[id_][1], tuple(merged)))
    return steps


def chains(line: Iterable[Advance]) -> list[list[FileStep]]:
    """Return the steps of each record, oldest first; a renamed record goes on in the same chain."""
    places: defaultdict[Key, dict[str, str]] = defaultdict(dict)
    current: dict[Key, list[FileStep]] = {}
    made = []
    for advance in line:
        for step in _steps(advance, places):
            chain = current.pop(step.old_key) if step.old_key else current.get(step.key)
            if chain is None:
                chain = []
                made.append(chain)
            chain.append(step)
            current[step.key] = chain
    return made


def _steps(advance: Advance, places: defaultdict[Key, dict[str, str]]) -> Iterator[FileStep]:
    """Bring `places` (record → path → blob) up to a commit; yield what that changes."""
    before: dict[Key, tuple[str, str]] = {}
    origins: dict[Key, Key] = {}
    for old, new, _ in advance.touches:
        old_key, key = _touched(old), _touched(new)
        before |= {touched: file_of(places[touched]) for touched in (old_key, key) if touched}
        if old_key and key and old_key != key:
            origins[key] = old_key
    for old, _, _ in advance.touches:
        if old_key := _touched(old):
            places[old_key].pop(old, None)
    for _, new, blob in advance.touches:
        if key := _touched(new):
            places[key][new] = blob
    renamed = {key: old for key, old in origins.items() if before[key] == ("", "") and not places[old]}
    for key in sorted({*before} - {*renamed.values()}):
        old_key = renamed.get(key)
        old_path, old_blob = before[old_key or key]
        path, blob = file_of(places[key])
        if (path, blob) != (old_path, old_blob):
            yield FileStep(advance.commit, key, path, blob, old_path, old_key, _who(advance, {key, old_key}, blob))


def _who(advance: Advance, keys: set[Key | None], blob: str) -> tuple[Commit, ...]:
    return writers(advance, lambda path: _touched(path) in keys - {None}, blob)


def writers(advance: Advance, of: Callable[[str], bool], blob: str) -> tuple[Commit, ...]:
    """Return the merged commits that touched a file, and the merge itself where it holds what none of them wrote."""
    wrote: list[Commit] = []
    theirs = False
    for commit, touches in advance.merged:
        own = [touch for touch in touches if any(map(of, touch[:2]))]
        wrote += [commit] if own else []
        theirs |= any(touch.blob in apart(blob) for touch in own)
    return (*wrote, *([advance.commit] if wrote and not theirs else ()))
