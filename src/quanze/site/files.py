"""The files of a site that are no pages: its data, lists as workbooks, what the search loads, attachments, indexes."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from quanze.base.compact import compact
from quanze.form import kinds
from quanze.form.kinds.attachment import Attachment
from quanze.proof.manifest import CHECKPOINT
from quanze.register.catalog import LISTS
from quanze.register.disclaimer import disclaimer
from quanze.register.links import FILES
from quanze.register.reconciliation import of_listing, reconcile
from quanze.register.vocabulary import Vocabulary
from quanze.site import exports, notices, robots, search, search_records, standings
from quanze.site.dates import dates
from quanze.site.edit_pages import BASE as EDIT
from quanze.site.edit_pages import reconciled, workbook
from quanze.site.exports import bulk, contents, interface, packages, reconciliation, schemas, shapes
from quanze.site.exports.report import list_markdown, report_docx
from quanze.site.ics import ics
from quanze.site.pages import calendar
from quanze.site.pages.rows import rows as list_rows
from quanze.site.pages.transition import turned
from quanze.site.reckoning import chapters
from quanze.site.search import SearchCitation, SearchRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from quanze.base.model import Record
    from quanze.io.store import Pieces
    from quanze.site.publish import File, Site


class Task(NamedTuple):
    """Files that are no pages and are yet to be made."""

    make: Callable[[], Iterable[File]]
    below: str = ""
    """Where the pages lie that are made of the same; empty where there are none."""


@dataclass(frozen=True)
class SiteFiles:
    """Makes the files of one site."""

    site: Site

    def tasks(self) -> list[Task]:
        """Return all of them, the long work first."""
        found = self.site.shown.records
        return [
            *(Task(partial(self._list_files, one), f"lists/{one.id}/") for one in found.get("lists", {}).values()),
            Task(self._search_files),
            *(Task(partial(self._collection_files, name)) for name in found),
            *map(Task, self.site.past.makers()),
            Task(self._attachments),
            *([Task(self.site.edit.files), Task(self._reconciled)] if self.site.edit else []),
            Task(self._calendar),
            Task(self.index_files),
        ]

    @property
    def _demonstration(self) -> bool:
        return bool(disclaimer(self.site.catalog.settings))

    def _envelope(self, result: bytes, records: Iterable[Record], total: int) -> bytes:
        return exports.enveloped(result, self.site.dated_of(records), demonstration=self._demonstration, total=total)

    def _list_files(self, one: Record) -> Iterator[File]:
        this, rows = self.site.context.listing(one), list_rows(self.site.context, one)
        cells = [row.cells for row in rows]
        said, base = disclaimer(self.site.catalog.settings), f"data/v1/lists/{one.id}"
        result = exports.list_json(one, [row.data for row in rows])
        yield f"{base}.json", self._envelope(result, self.site.members(one), this.total)
        yield f"{base}.csv", exports.list_csv(this, cells, said)
        title = this.definition.title
        yield f"{base}.xlsx", exports.list_xlsx(this, cells, said, title)
        if self.site.edit:
            yield f"{EDIT}{workbook(one)}", exports.list_xlsx(this, cells, said, title, working=True)
        reckoned = chapters(this, self.site.figures)
        if reckoned:
            yield f"{base}.md", list_markdown(this, cells, said, title, reckoned)
            yield f"{base}.docx", report_docx(this, cells, said, title, reckoned)

    def _reconciled(self) -> Iterator[File]:
        """Yield the workbooks in which differences from a superior's list are decided."""
        catalog, context = self.site.shown, self.site.context
        for path, *pair in reconciled(catalog):
            ours, theirs = (of_listing(context.listing(one), catalog) for one in pair)
            differences = reconcile(ours, theirs, catalog.lists[pair[0].id].decided(pair[1].id))
            title = "，与".join(map(catalog.title, pair))
            lists = [(one.id, catalog.title(one)) for one in pair]
            said = disclaimer(catalog.settings)
            yield f"{EDIT}{path}", reconciliation.xlsx(title, differences, (), said, lists)

    def _collection_files(self, name: str) -> Iterator[File]:
        records = list(self.site.shown.records[name].values())
        data = [compact(exports.record_data(one)) for one in records]
        yield f"data/v1/{name}.json", self._envelope(b"[%b]" % b",".join(data), records, len(records))
        yield bulk.address(name), bulk.lines(data, demonstration=self._demonstration)
        if name != "lists":
            for one, result in zip(records, data, strict=True):
                yield f"data/v1/{name}/{one.id}.json", self._envelope(result, (one,), 1)

    def _attachments(self) -> Iterator[File]:
        """Copy the files that the published records name."""
        attached = {Attachment.of(occurrence.value).path for occurrence in self.site.shown.by_kind[kinds.ATTACHMENT]}
        for path in sorted(attached):
            yield f"{FILES}/{path}", (self.site.catalog.root / FILES / path).read_bytes()

    def _calendar(self) -> Iterator[File]:
        yield calendar.FILE, ics(dates(self.site.shown, self.site.at), self.site.catalog.settings)

    def _search_files(self) -> Iterator[File]:
        register, look = self.site.context.register, self.site.look
        with self.site.keys.pieces("search") as kept:
            entries = [*search_records.entries(register, look, partial(self._search_record, kept))]
        orders = search_records.orders(self.site.shown)
        said = Vocabulary.of(self.site.shown.words)
        yield from search.index(entries, orders, said, search_records.TYPE, search_records.BY_LAW).items()
        yield "search/turned.js", search.script(compact(turned(self.site.context)))
        yield notices.FILE, search.script(compact(notices.notices(self.site.context)))
        yield standings.FILE, search.script(compact(standings.standings(self.site.shown)))

    def _search_record(self, kept: Pieces, one: Record, make: Callable[[], SearchRecord]) -> SearchRecord:
        """Return what the search knows of a record: of a power, it is made of no more than its page."""
        key = self.site.keys.of(one) if self.site.keys.covers(one) else b""
        if not key:
            return make()
        told = kept.take(one.path, key, lambda: _stored(make()))
        cited = tuple(map(SearchCitation._make, told[_CITATIONS]))
        return SearchRecord._make((*told[:_CITATIONS], cited, *told[_CITATIONS + 1 :]))

    def index_files(self) -> Iterator[File]:
        """Yield what tells programs which files there are, and of what shape."""
        listings = {id_: self.site.context.listing(one) for id_, one in self.site.shown.records.get(LISTS, {}).items()}
        families = contents.families(self.site.shown, listings, self.site.past.editions())
        index = contents.index(families, self.site.past.commit, self.site.dated, self.site.catalog.settings)
        yield f"{contents.BASE}index.json", index
        yield packages.FILE, packages.datapackage(self.site.shown, listings)
        yield interface.FILE, interface.openapi(self.site.shown, listings)
        yield robots.ROBOTS, robots.robots(self.site.shown)
        yield robots.LLMS, robots.llms(self.site.shown)
        yield CHECKPOINT, b""  # until the site is sealed: a log that says nothing
        for path in sorted((self.site.catalog.root / "schema").glob("*.schema.json")):
            url = self.site.catalog.settings.url
            yield f"schema/{path.name}", schemas.published(path.name, path.read_bytes(), url)
        yield from shapes.shapes(self.site.shown, listings, demonstration=self._demonstration)


_CITATIONS = SearchRecord._fields.index("citations")


def _stored(one: SearchRecord) -> tuple[Any, ...]:
    """Return what the search knows of a record as plain values, of which equal texts are one."""
    plain: dict[str, object] = {
        "citations": tuple([(law, names, sys.intern(text)) for law, names, text in one.citations]),
        "values": tuple(map(sys.intern, map(str, one.values))),
        "facets": dict(one.facets),
    }
    return tuple([plain.get(name, value) for name, value in zip(one._fields, one, strict=True)])
