"""What differs in sum between two states of a repository: for the terminal, for a report, for a program."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze import history
from quanze.history.governing import FOLDERS, GoverningChange, below, files, governing_between, governs
from quanze.history.recorded import documents
from quanze.history.rewind import revert
from quanze.history.walk import key_of
from quanze.history.wording import ChangeWording, Difference, fields
from quanze.io import git
from quanze.register.catalog import titled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from quanze.base.model import Value
    from quanze.form.kinds import Look
    from quanze.history import Entry
    from quanze.register.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of one record."""

    entry: Entry
    title: str
    differences: tuple[Difference, ...]

    @property
    def name(self) -> str:
        """Collection and id."""
        return "/".join(self.entry.key)


@dataclass(frozen=True, slots=True)
class Delta:
    """What differs between two commits; what was altered and altered back does not appear."""

    old: git.Commit
    new: git.Commit
    records: tuple[Changed, ...]
    governing: tuple[GoverningChange, ...]
    """What differs in the settings and the forms."""
    wording: ChangeWording

    @property
    def counts(self) -> Mapping[str, int]:
        """How many records were added, changed or ended, by kind."""
        return Counter(record.entry.kind for record in self.records)


def delta(catalog: Catalog, look: Look, old: str, new: str) -> Delta:
    """Compare two revisions, tags or days (the end of that day), in the words of today's forms."""
    root = catalog.root
    first, last = git.resolve(root, old), git.resolve(root, new)
    entries = history.between(root, first.id, last.id)
    places = (((first if entry.removed else last).id, entry.path) for entry in entries)
    wording = ChangeWording(catalog.forms, look)
    records = (
        _changed(catalog, wording, entry, document)
        for entry, document in zip(entries, documents(root, places), strict=True)
    )
    return Delta(first, last, tuple(records), governing_between(root, first, last), wording)


def returned(changed: Delta, root: Path) -> tuple[str, ...]:
    """Return the files of records, and of what goes with them, that changed between two commits and changed back."""
    order = [commit.id for commit in git.line(root)]
    if {changed.old.id, changed.new.id} - {*order}:
        return ()
    first, last = sorted(map(order.index, (changed.old.id, changed.new.id)))
    between = {*order[first:last]}
    touched = [
        path
        for path, versions in git.contents(root, *FOLDERS).items()
        if (key_of(path) or governs(path)) and any(commit.id in between for commit, _ in versions)
    ]
    old, new = (files(root, commit) if touched else {} for commit in (changed.old, changed.new))
    return tuple(sorted(path for path in touched if old.get(path) == new.get(path)))


def _changed(catalog: Catalog, wording: ChangeWording, entry: Entry, document: Mapping[str, Value]) -> Changed:
    form = catalog.forms.get(entry.key[0])
    title = titled(form, document) if form else ""
    differences = wording.differences(entry.key[0], revert(document, entry.changes), document, entry.changes)
    return Changed(entry, title or entry.key[1], differences)


def text(changed: Delta) -> Iterator[str]:
    """Yield the records and, below each, its fields."""
    for record in changed.records:
        yield f"{record.entry.kind} {record.name} {record.title}"
        yield from remarks(record.entry)
        for difference in record.differences:
            yield from fields(difference)
    for governing in changed.governing:
        yield f"{governing.kind} {governing.path}"
        yield from below(governing, changed.wording)


def remarks(entry: Entry) -> Iterator[str]:
    """Yield what there is to say of an entry beside its fields."""
    if entry.old_key:
        yield f"    编号原为 {'/'.join(entry.old_key)}"
    elif entry.old_path:
        yield f"    文件原在 {entry.old_path}"
    if entry.fault:
        yield f"    读不出来：{entry.fault}"


def markdown(changed: Delta) -> Iterator[str]:
    """Yield a report: a table of counts, then a table of differences for each record."""
    yield f"# 变化：{changed.old.date} → {changed.new.date}"
    yield ""
    yield f"从提交 `{changed.old.id}` 到 `{changed.new.id}`，首尾相比。"
    yield from ("", "| 种类 | 记录 |", "| --- | ---: |")
    yield from (f"| {kind} | {count} |" for kind, count in changed.counts.items())
    for record in changed.records:
        yield from ("", f"## {record.entry.kind}：{cell(record.title)}（{record.name}）")
        notes = [line.strip() for line in remarks(record.entry)]
        yield from (("", *notes) if notes else ())
        if record.differences:
            yield from ("", "| 栏目 | 原 | 现 |", "| --- | --- | --- |")
            yield from _rows(record.differences)
    for governing in changed.governing:
        yield from ("", f"## {governing.kind}：{cell(governing.path)}", "", "| 栏目 | 原 | 现 |", "| --- | --- | --- |")
        yield from _rows(governing.differences(changed.wording))


def _rows(differences: Iterable[Difference]) -> Iterator[str]:
    return (
        f"| {cell(difference.label)} | {cell(difference.old or '')} | {cell(difference.new or '')} |"
        for difference in differences
    )


def cell(value: str) -> str:
    """Return a text that is not read as Markdown or HTML, on one line."""
    for mark in "\\`*_[]<>|#":
        value = value.replace(mark, f"\\{mark}")
    return value.replace("\n", "<br>")


def as_json(changed: Delta) -> Iterator[str]:
    """Yield one JSON object; values as they were written, and in words."""
    yield json.dumps(
        {
            "old": commit(changed.old),
            "new": commit(changed.new),
            "counts": dict(changed.counts),
            "records": [_record(record) for record in changed.records],
            "governing": [
                {
                    "path": change.path,
                    "kind": change.kind,
                    **({"fault": change.fault} if change.fault else {}),
                    "words": words(change.differences(changed.wording)),
                }
                for change in changed.governing
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def _record(record: Changed) -> dict[str, object]:
    collection, id_ = record.entry.key
    return {"collection": collection, "id": id_, "title": record.title, **details(record.entry, record.differences)}


def commit(of: git.Commit) -> dict[str, str]:
    """Return a commit as JSON data."""
    return {"commit": of.id, "tree": of.tree, "date": of.date, "time": of.time}


def details(entry: Entry, differences: Iterable[Difference]) -> dict[str, object]:
    """Return what happened to a record as JSON data."""
    shown: dict[str, object] = {"kind": entry.kind, "path": entry.path}
    if entry.old_key:
        shown["former_id"] = entry.old_key[1]
    if entry.old_path:
        shown["former_path"] = entry.old_path
    if entry.fault:
        shown["fault"] = entry.fault
    shown["changes"] = [{"field": change.path, "old": change.old, "new": change.new} for change in entry.changes]
    shown["words"] = words(differences)
    return shown


def words(differences: Iterable[Difference]) -> list[dict[str, str | None]]:
    """Return differences in words as JSON data."""
    return [{"field": difference.label, "old": difference.old, "new": difference.new} for difference in differences]


FORMATS: Mapping[str, Callable[[Delta], Iterator[str]]] = {"text": text, "markdown": markdown, "json": as_json}
