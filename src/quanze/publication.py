"""What was published last: the commit of each list's newest edition, what stood in it, and what git recorded since.

A list is published (公布) by an edition. A list without one is still being written: nothing in it has to be registered
or can vanish. Which commit an edition stands in is told by its tag or commit; where that cannot be found the audit
says so, and nothing is held against that list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze import git, rules, source
from quanze.adjustment import ADJUSTMENTS
from quanze.catalog import LISTS
from quanze.editions import Edition, editions
from quanze.history.walk import key_of
from quanze.listing import selects
from quanze.model import Record
from quanze.problem import Fault
from quanze.rules.adjustments import RECORDED, Recorded
from quanze.rules.life import lives
from quanze.tree import CATALOG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.catalog import Catalog
    from quanze.history import History
    from quanze.rules import Answer

    Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Base:
    """The newest edition of a list: what its changes are counted from."""

    list_id: str
    edition: Edition
    commit: git.Commit | None
    fault: str
    """Why its commit is not known."""


def bases(catalog: Catalog) -> Iterator[Base]:
    """Yield the newest edition of every list that has one."""
    for record in catalog.records.get(LISTS, {}).values():
        for edition in editions(record)[-1:]:
            if not edition.revision:
                yield Base(record.id, edition, None, "没有写标签，也没有写提交")
                continue
            try:
                yield Base(record.id, edition, git.resolve(catalog.root, edition.revision), "")
            except Fault as fault:
                yield Base(record.id, edition, None, str(fault))


def published(catalog: Catalog) -> list[Answer]:
    """Ask what git alone can tell at little cost: whether a published record has vanished."""
    return [rules.ask(rules.vanished, catalog, _missing(catalog))]


def registered(catalog: Catalog, history: History) -> list[Answer]:
    """Ask also whether every change is registered; not where the history is not all here."""
    answers = published(catalog)
    if history.line and not any(gap.state == "浅克隆" for gap in history.gaps):
        answers += (rules.ask(rule, catalog, recorded(catalog, history)) for rule in RECORDED)
    return answers


def _missing(catalog: Catalog) -> dict[Key, Record]:
    """Return the records of the newest editions that are gone, or drafts again; only their files are read."""
    found: dict[Key, Record] = {}
    drafts = {name: life.draft for name, life in lives(catalog).items()}
    for commit in {base.commit.id for base in bases(catalog) if base.commit}:
        files = {}
        for path, blob in git.files(catalog.root, commit, CATALOG).items():
            key = key_of(path)
            now = catalog.record(*key) if key else None
            if key and (now is None or drafts[key[0]](now.data)):
                files[path] = (key, blob)
        contents = git.blobs(catalog.root, (blob for _, blob in files.values()))
        for (path, (key, _)), content in zip(files.items(), contents, strict=True):
            data, _problems = source.read(content, path)
            if isinstance(data, dict):
                found.setdefault(key, Record(*key, path, data))
    return found


def recorded(catalog: Catalog, history: History) -> Recorded:
    """Return what git recorded of every record, and since the newest edition that holds it."""
    order = {commit.id: place for place, commit in enumerate(history.line)}
    start: dict[Key, int] = {}
    for base in bases(catalog):
        if base.commit and base.commit.id in order:
            for key in _held(catalog, base.list_id, base.commit.id):
                start[key] = min(start.get(key, len(order)), order[base.commit.id])
    whole = history.records()
    since = {
        key: tuple(one for one in whole.get(key, ()) if order[one.commit.id] < place) for key, place in start.items()
    }
    return Recorded(whole, since, history.line[-1].date if history.line else "")
