"""A checked catalog and where its branch began → what is put forward."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.check import rules
from quanze.check.checking import check
from quanze.history.delta import delta
from quanze.history.recorded import documents
from quanze.history.walk import key_of
from quanze.history.wording import ChangeWording, Difference, plain
from quanze.io import git
from quanze.proof.proposal.approvals import Approvals, unapproved
from quanze.proof.proposal.bases import bases
from quanze.proof.proposal.lists import published, touched
from quanze.proof.proposal.shapes import Proposal, Submitted, Touched
from quanze.proof.proposal.suggestions import placed, suggestions
from quanze.register.catalog import BODIES, LAWS, LISTS
from quanze.register.disclaimer import disclaimer
from quanze.register.life import lives
from quanze.register.links import SiteLook
from quanze.register.tree import CATALOG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from quanze.base.model import Document
    from quanze.base.problem import Problem
    from quanze.check.checking import Checked
    from quanze.history import History
    from quanze.history.delta import Changed
    from quanze.register.catalog import Catalog
    from quanze.register.occurrences import Occurrence

    Key = tuple[str, str]

_VANISHED = rules.name(rules.vanished)
_WHOLE = frozenset({"新增", "恢复", "起点"})
"""Kinds of change after which all that a record says is new."""


def propose(checked: Checked, base: str, history: History, tip: str = "") -> Proposal:
    """Compare HEAD with the commit at which it left `base`, and gather what that touches; a Fault without git.

    `tip` is the commit to whose lines suggestions belong, where HEAD is its merge with the trunk.
    """
    catalog = checked.catalog
    start = git.fork(catalog.root, base)
    changed = delta(catalog, SiteLook(catalog), start.id, "HEAD")
    lists = tuple(touched(catalog, start.id, {record.entry.key for record in changed.records}))
    asked = _Asked(checked, start, Approvals(catalog, history.records()), published(lists))
    records = tuple(asked.submitted(record) for record in changed.records)
    if tip:
        records = tuple(_placed(catalog.root, git.resolve(catalog.root, tip).id, records))
    paths = git.since(catalog.root, start.id)
    before, now = _before(checked, start), _known(checked.problems)
    elsewhere = [problem for problem in checked.problems if problem.path not in paths]
    return Proposal(
        at=checked.at,
        title=catalog.settings.title,
        body=asked.look.title(BODIES, catalog.settings.body),
        disclaimer=disclaimer(catalog.settings),
        old=changed.old,
        new=changed.new,
        counts=dict(changed.counts),
        records=records,
        lists=tuple(one for one in lists if one.differs),
        pages=tuple(dict.fromkeys(_pages(catalog, records, lists))),
        errors=tuple(one for one in elsewhere if one.level == "error"),
        fresh=tuple(one for one in elsewhere if one.level == "review" and _same(one) not in before),
        others=sum(one.level == "review" and _same(one) in before for one in elsewhere),
        settled=len(before - now),
        files=tuple(sorted(path for path in paths if not (path.startswith(f"{CATALOG}/") and key_of(path)))),
        uncommitted=git.dirty(catalog.root),
    )


def _placed(root: Path, tip: str, records: Iterable[Submitted]) -> Iterator[Submitted]:
    """Yield records with their suggestions at the lines that a commit has."""
    held = git.files(root, tip, CATALOG)
    for record in records:
        paths = [one for one in dict.fromkeys(each.path for each in record.suggestions) if one in held]
        here = {path: (root / path).read_text("utf-8") for path in paths}
        there = (content.decode("utf-8", "replace") for content in git.blobs(root, [held[path] for path in paths]))
        found = placed(record.suggestions, here, dict(zip(paths, there, strict=True))) if paths else ()
        yield replace(record, suggestions=tuple(found))


def _before(checked: Checked, start: git.Commit) -> frozenset[tuple[str, ...]]:
    """Return what the check says of the catalog as it was at the start; nothing where there was none to check."""
    with git.worktree(checked.catalog.root, start.id) as place:
        try:
            return _known(check(place, checked.at).problems)
        except (Fault, OSError):
            return frozenset()


def _known(problems: Iterable[Problem]) -> frozenset[tuple[str, ...]]:
    return frozenset(map(_same, problems))


def _same(one: Problem) -> tuple[str, ...]:
    """Return what makes a problem the same in two states of its file: not its line."""
    return one.path, one.rule, one.pointer, one.message


@dataclass(frozen=True)
class _Asked:
    """What is asked for every record."""

    checked: Checked
    start: git.Commit
    approvals: Approvals
    published: frozenset[Key]

    @cached_property
    def look(self) -> SiteLook:
        return SiteLook(self.checked.catalog)

    @cached_property
    def _wording(self) -> ChangeWording:
        return ChangeWording(self.checked.catalog.forms, self.look)

    @cached_property
    def _problems(self) -> Mapping[str, tuple[Problem, ...]]:
        found: dict[str, list[Problem]] = {}
        for problem in self.checked.problems:
            found.setdefault(problem.path, []).append(problem)
        return {path: tuple(told) for path, told in found.items()}

    def submitted(self, one: Changed) -> Submitted:
        """Return one record with everything that its change touches."""
        catalog, entry = self.checked.catalog, one.entry
        record = catalog.record(*entry.key)
        draft = record is not None and lives(catalog)[record.collection].draft(record.data)
        problems = self._problems.get(entry.path, ())
        found = self.approvals.open(entry)
        whole = entry.kind in _WHOLE or (entry.kind == "拟" and not entry.changes)
        fields = one.differences
        if whole and record:
            fields = tuple(self._said(record.collection, record.data, gone=False))
        elif entry.removed:
            fields = tuple(self._said(entry.key[0], self._last(entry.path), gone=True))
        changes = None if whole else entry.changes
        missing = [*self.approvals.missing(found)] if entry.key in self.published else []
        if record and record.collection == LISTS:
            missing += unapproved(record, changes)
        return Submitted(
            changed=one,
            url=f"{record.collection}/{record.id}/" if record and not draft else "",
            fields=fields,
            bases=bases(catalog, record, changes, problems, self.checked.at) if record else (),
            problems=problems,
            adjustments=found,
            governed=entry.key in self.published,
            missing=tuple(missing),
            suggestions=tuple(suggestions(catalog, problems)),
        )

    def _said(self, collection: str, data: Document, *, gone: bool) -> Iterator[Difference]:
        """Yield all that a record says, as new or as gone."""
        form = self.checked.catalog.forms.get(collection)
        names = [name for name in (form.fields if form else data) if name in data]
        for name in names:
            words = self._wording.in_words(collection, name, data[name]) if form else plain(data[name])
            yield Difference(name, words, None) if gone else Difference(name, None, words)

    def _last(self, path: str) -> Document:
        return next(documents(self.checked.catalog.root, ((self.start.id, path),)))


def _pages(catalog: Catalog, records: Iterable[Submitted], lists: Iterable[Touched]) -> Iterator[str]:
    """Yield the addresses of the pages that say something else: of the records, of what names them, of the lists."""
    known = lives(catalog)
    for record in records:
        key = record.changed.entry.key
        gone = any(problem.rule == _VANISHED for problem in record.problems)
        if record.url or gone or key in catalog.broken:
            yield record.url or f"{key[0]}/{key[1]}/"
        occurrences: list[Occurrence[object]] = [*catalog.references.get(key, ())]
        if key[0] == LAWS:
            occurrences += catalog.citations.get(key[1], ())
        for occurrence in occurrences:
            if not known[occurrence.record.collection].draft(occurrence.record.data):
                yield f"{occurrence.record.collection}/{occurrence.record.id}/"
        if record.url:
            yield from (f"{LAWS}/{id_}/" for basis in record.bases for id_ in basis.laws)
    for each in lists:
        if each.differs:
            yield from (f"{LISTS}/{each.id}/", f"{LISTS}/{each.id}/print/")
            yield from (f"{LISTS}/{each.id}/{edition.id}/" for edition in each.editions)
    yield "changes/"
