"""What was changed after it was published: editions, files that records publish, the day from which history counts."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.base.value import mapping
from quanze.check.rules.adjustments import SOON
from quanze.history.alterations import altered
from quanze.history.rewind import states
from quanze.io import git
from quanze.register.catalog import LISTS
from quanze.register.definition import EDITIONS, ListDefinition
from quanze.register.life import real
from quanze.register.named_files import NamedFiles, texts_with_places
from quanze.register.settings import BEGINNING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from quanze.base.model import Document, Record, Value
    from quanze.check.rules.adjustments import Recorded
    from quanze.register.catalog import Catalog


def edition_altered(catalog: Catalog, recorded: Recorded) -> Iterator[Finding]:
    """登记了的版次不能再改名称、提交、标签、文号、日期，也不能删去；改过的列为待复核：它是查改动登记的起点。"""
    any_counts = catalog.settings.demonstration.on
    for id_, record in catalog.records.get(LISTS, {}).items():
        for old, became in altered(record.data, recorded.whole.get((LISTS, id_), ())):
            if any_counts or old.approved:
                message = f"版次「{old.name}」{became}；请核对"
                yield Finding(record, f"/{EDITIONS}" if EDITIONS in record.data else "", message, "review")


def edition_recorded(catalog: Catalog, recorded: Recorded) -> Iterator[Finding]:
    """版次公布以后三十日内要登记，连同批准的文号；晚于三十日才登记的，列为待复核：那可能是补的，它以前的改动就不查了。"""
    for id_, record in catalog.records.get(LISTS, {}).items():
        entries = recorded.whole.get((LISTS, id_), ())
        first_told: dict[tuple[str, bool], str] = {}
        for entry, document in zip(entries, states(record.data, entries), strict=False):  # the last was before them all
            told = ListDefinition.of(document).editions
            first_told |= dict.fromkeys(((edition.id, edition.approved) for edition in told), entry.date)
        for index, edition in enumerate(catalog.lists[id_].editions):
            published, first = real(edition.published), real(first_told.get((edition.id, edition.approved), ""))
            if published and first and recorded.begins <= edition.published and (first - published).days > SOON:
                message = f"版次「{edition.name}」写的公布日期是 {published}，{first} 才登记；请核对是不是补登记"
                yield Finding(record, f"/{EDITIONS}/{index}", message, "review")


def attachment_replaced(catalog: Catalog, recorded: Recorded) -> Iterator[Finding]:
    """记录写明的文件（附件、批准文件、文字里写的文件名）换了内容、被删去，须写明（改校验值，或者换文件名）；没有写明的列为待复核。"""
    known = NamedFiles(path for path, versions in recorded.files.items() if len(versions) > 1)
    naming = frozenset(text for text in catalog.texts if known.of(text))
    for record in catalog if naming else ():
        told = [*_texts(recorded, record.collection, record.data)]
        named = [(path, place, holder) for place, holder, each in told if each in naming for path in known.of(each)]
        for path in dict.fromkeys(path for path, _, _ in named):
            versions = recorded.files[path]
            original, now = _when_named(recorded, record, known, path), versions[0][1]
            places = {place: holder for each, place, holder in named if each == path}
            if original not in {"", now} and not (now and _digest_told(catalog.root, now, places.values())):
                commit = next(one for (one, new), (_, old) in pairwise(versions) if new != old)
                became = "换了内容" if now else "被删去"
                ask = "请核对是不是原来那一份，写上它的 SHA-256（校验值）" if now else "请核对，放回原来那一份"
                message = f"{path} 在 {commit.date}（提交 {commit.id[:12]}）{became}，这条记录没有写明；{ask}"
                yield Finding(record, next(iter(places)), message, "review")


def _texts(recorded: Recorded, collection: str, document: Document) -> Iterator[tuple[str, Value, str]]:
    """Yield the texts of a record that say what was published, each with its place and what it is a part of."""
    aside = recorded.aside.get(collection, frozenset())
    return texts_with_places({name: value for name, value in document.items() if name not in aside})


def _when_named(recorded: Recorded, record: Record, known: NamedFiles, path: str) -> str:
    """Return the content (blob) of a file when a record began to name it, as it has done since; empty if unrecorded."""
    first = ""
    entries = recorded.whole.get((record.collection, record.id), ())
    for entry, document in zip(entries, states(record.data, entries), strict=False):  # the last was before them all
        if not any(path in known.of(text) for _, _, text in _texts(recorded, record.collection, document)):
            break
        first = entry.commit.id
    contents = [(recorded.order.get(commit.id, len(recorded.order)), blob) for commit, blob in recorded.files[path]]
    there = (blob for place, blob in contents if first and place >= recorded.order[first])
    return next(there, contents[-1][1] if first else "")


def _digest_told(root: Path, blob: str, holders: Iterable[Value]) -> bool:
    """Tell whether a record writes beside the name of a file which content it means, and means this one."""
    digest = hashlib.sha256(next(git.blobs(root, (blob,)))).hexdigest()
    return any(digest in str(value) for holder in holders for value in mapping(holder).values())


def beginning_moved(catalog: Catalog, recorded: Recorded) -> Iterator[Finding]:
    """「历史起点」只在换成自己的「本机关」时写；后来才写、才改的，以前的改动就不查了，列为待复核。"""
    moved = recorded.beginning
    if moved:
        began = catalog.settings.beginning
        message = f"{moved.date}（提交 {moved.id[:12]}）才写成「{began[:12]}」：那以前的改动没有查；请核对"
        yield Finding(catalog.site_record, f"/{BEGINNING}" if began else "", message, "review")


RECORDED = (edition_altered, edition_recorded, attachment_replaced, beginning_moved)
"""They take a catalog and a `Recorded`."""
