"""A history read from a repository, a catalog as it stood, and what differs between two of its states."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from quanze.form import COMMON, SUFFIX, load_forms
from quanze.history import cache as kept
from quanze.history.beginning import counted
from quanze.history.classify import entries
from quanze.history.entry import Entry, History, HistoryGap, Snapshot
from quanze.history.outcome import added, compare, parse
from quanze.history.walk import Advance, advances, chains, file_of, key_of
from quanze.io import git
from quanze.register.adopted import apart, copy_of
from quanze.register.life import Life
from quanze.register.tree import CATALOG, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from quanze.base.model import Value
    from quanze.history.entry import Key
    from quanze.history.outcome import Fields

EMPTY: Mapping[str, Mapping[str, Value]] = MappingProxyType({})


def read(root: Path, cache: Path | None = None, current: Mapping[str, Mapping[str, Value]] = EMPTY) -> History:
    """Return the whole history of the project in a folder; empty, with the gap told, where there is no repository.

    `cache` is a folder that may keep what was read between builds, `current` the documents by path of files that are
    as the newest commit has them: both change nothing but the time.
    """
    try:
        git.head(root)
    except git.NoRepository as fault:
        return History((), (), (HistoryGap("无版本库", str(fault)),))
    line = advances(git.log(root, CATALOG))
    steps = chains(line)
    known = kept.load(cache) if cache else {}
    fields = _fields(root)
    outcomes = compare(root, steps, fields, added(steps, fields, current) | known)
    if cache and outcomes.keys() != known.keys():
        kept.save(cache, outcomes)
    edge = git.boundary(root)
    counts = counted(root)
    order = {advance.commit.id: -number for number, advance in enumerate(line)}
    changes = sorted(
        (entry for chain in steps for entry in entries(chain, fields, outcomes, edge) if counts(entry.commit)),
        key=lambda entry: (order[entry.commit.id], entry.key),
    )
    own = tuple(advance.commit for advance in reversed(line) if counts(advance.commit))
    return History(own, tuple(changes), tuple(_gaps(root, edge, line[0].commit.id)))


def at(root: Path, when: str) -> Snapshot:
    """Return all records as recorded in a revision or tag, or by the end of a day (YYYY-MM-DD)."""
    commit = git.resolve(root, when)
    places: dict[Key, dict[str, str]] = {}
    for path, blob in git.files(root, commit.id, CATALOG).items():
        if key := key_of(path) or copy_of(path):
            places.setdefault(key, {})[path] = blob
    chosen = {key: file for key in sorted(places) if (file := file_of(places[key]))[0]}
    contents = git.blobs(root, (part for _, blob in chosen.values() for part in apart(blob)))
    parsed = {}
    for key, (path, blob) in chosen.items():
        first, *copy = [next(contents) for _ in apart(blob)]
        parsed[key] = parse(first, path, *copy)
    return Snapshot(
        commit,
        {key: path for key, (path, _) in chosen.items()},
        {key: document for key, (document, fault) in parsed.items() if not fault},
        {key: fault for key, (_, fault) in parsed.items() if fault},
    )


def between(root: Path, old: str, new: str) -> tuple[Entry, ...]:
    """Return what differs in sum between two revisions, tags or days: one entry a record, by key.

    Their commit is the newer state; what was altered and altered back does not appear.
    """
    first, last = git.resolve(root, old), git.resolve(root, new)
    if first.id == last.id:
        return ()
    start = tuple(git.Touch("", path, blob) for path, blob in git.files(root, first.id, CATALOG).items())
    line = [Advance(first, start), Advance(last, git.changed(root, first.id, last.id, CATALOG))]
    steps = [chain for chain in chains(line) if chain[-1].commit is last]
    fields = _fields(root)
    outcomes = compare(root, steps, fields, {})
    changes = (entry for chain in steps for entry in entries(chain, fields, outcomes))
    return tuple(sorted((entry for entry in changes if entry.commit is last), key=lambda entry: entry.key))


def _fields(root: Path) -> Fields:
    """Return which field tells the status in each collection, as today's forms say; drafts are never to be shown."""
    forms = load_forms(root / SCHEMA) if (root / SCHEMA / f"{COMMON}{SUFFIX}").is_file() else {}
    return {name: Life.of(form).status for name, form in forms.items()}


def _gaps(root: Path, edge: frozenset[str], begun: str) -> Iterator[HistoryGap]:
    if edge:
        yield HistoryGap("浅克隆", "这是浅克隆：更早的历史不在这里，用 git fetch --unshallow 取回")
    others = [] if edge else [name for name in git.beginnings(root) if name != begun]
    if others:
        first = git.commit(root, others[0])
        where = f"从提交 {first.id[:12]}（{first.date}，{first.author}）{'等' if others[1:] else ''}起"
        told = f"主线以外另有 {len(others)} 段历史，{where}，由合并带进来：那里的改动这里没有，要看用 git log --graph"
        yield HistoryGap("另有起点", told)
    paths = git.dirty(root, CATALOG)
    if paths:
        yield HistoryGap("有未提交的改动", f"有 {len(paths)} 个文件改了还没有提交：历史里没有这些改动", paths)
