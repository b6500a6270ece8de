"""Every version of a record, and every edition of a list, as a script beside its page: what a browser compares.

The file is {title, label, texts, now, versions}: `texts` are the distinct [field, value in words] (of a list: [entry,
its cells, ids]), `now` and each version's `rows` are numbers of them. A version whose text was never public, is gone or
cannot be read has no rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quanze.base.compact import compact
from quanze.register.catalog import LISTS
from quanze.register.life import Life
from quanze.site.exports import heading
from quanze.site.search import script

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quanze.base.model import Record, Value
    from quanze.history.timeline import RecordVersion, Timeline
    from quanze.register.catalog import Catalog
    from quanze.register.table import Listing

FILE = "history.js"
"""What the file beside a page is called."""
COMMIT = 12
"""So many letters of a commit name a version."""

Text = tuple[str, ...]


class _Pool:
    """Texts that several versions share, each kept once."""

    def __init__(self) -> None:
        self.numbers: dict[Text, int] = {}

    def __call__(self, texts: Iterable[Text]) -> list[int]:
        return [self.numbers.setdefault(text, len(self.numbers)) for text in texts]


def of_record(timeline: Timeline, record: Record) -> bytes:
    """Return the versions of a record, newest first, as the forms of today tell them."""
    pool, collection = _Pool(), record.collection
    life = Life.of(timeline.catalog.forms.get(collection))

    def texts(document: Mapping[str, Value]) -> list[int]:
        return pool(_told(timeline, collection, document, sound=document == record.data))

    def rows(version: RecordVersion) -> list[int]:
        entry = version.event.entry
        hidden = entry.fault or entry.removed or life.draft(version.document)
        return [] if hidden else texts(version.document)

    told = [(version, rows(version)) for version in timeline.versions((collection, record.id))]
    versions: list[dict[str, object]] = [
        {
            "commit": one.event.entry.commit.id[:COMMIT],
            "date": one.event.entry.date,
            "kind": one.event.entry.kind,
            "start": one.start,
            "end": one.end,
            "status": one.status,
            "rows": found,
        }
        for one, found in told
    ]
    # Nearly always the newest version is what stands: then it is not told again.
    now = next((found for one, found in told[:1] if found and one.document == record.data), None)
    title, label = timeline.shown.title(record), timeline.shown.forms[collection].title
    return _script(title, label, pool, texts(record.data) if now is None else now, versions)


class ListState(NamedTuple):
    """A list on one day: as it stands, or in an edition."""

    name: str
    """What the edition is called; 现行 for the list as it stands."""
    commit: str
    date: str
    catalog: Catalog
    listing: Listing
    cells: Sequence[Sequence[str]]


def of_list(now: ListState, editions: Iterable[ListState]) -> bytes:
    """Return the editions of a list, newest first, beside the list as it stands: its entries with all columns."""
    pool = _Pool()
    versions: list[dict[str, object]] = [
        {"commit": edition.commit[:COMMIT], "date": edition.date, "kind": edition.name, "rows": pool(_entries(edition))}
        for edition in editions
    ]
    return _script(now.listing.definition.title, now.catalog.forms[LISTS].title, pool, pool(_entries(now)), versions)


def _script(title: str, label: str, pool: _Pool, now: list[int], versions: list[dict[str, object]]) -> bytes:
    told = {"title": title, "label": label, "texts": [*pool.numbers], "now": now, "versions": versions}
    return script(compact(told))


def _told(timeline: Timeline, collection: str, document: Mapping[str, Value], *, sound: bool) -> Iterable[Text]:
    """Yield the fields of a document in words, in the order of the form; what it does not know comes last."""
    form = timeline.shown.forms[collection]
    for name in (*form.fields, *(name for name in document if name not in form.fields)):
        if name in document:
            yield name, timeline.wording.in_words(collection, name, document[name], sound=sound)


def _entries(state: ListState) -> Iterable[Text]:
    """Yield the entries of a list: name, cells with their heads, and the ids by which they are compared."""
    heads = heading(state.listing.columns)
    for row, texts in zip(state.listing.rows, state.cells, strict=True):
        part = f"（{row.part + 1}）" if row.parts > 1 else ""
        ids = "、".join(record.id for record in row.records) + part
        name = "、".join(map(state.catalog.title, row.records)) + part
        words = "\n".join(f"{head}：{text}" for head, text in zip(heads, texts, strict=True) if text)
        yield name, words, ids
