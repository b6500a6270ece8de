"""What is on the site: every page and every file, each made when it is asked for."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from quanze.form import kinds
from quanze.form.kinds.attachment import Attachment
from quanze.history import History
from quanze.history.figures import Figures
from quanze.proof.log.tiles import CHECKPOINT
from quanze.register.catalog import LAWS, LISTS
from quanze.register.disclaimer import disclaimer
from quanze.register.links import FILES, SiteLook
from quanze.register.published import published
from quanze.register.vocabulary import Vocabulary
from quanze.site import exports, notices, robots, search, search_records, standings, versions
from quanze.site.dates import dates
from quanze.site.edit_pages import BASE, EditPages
from quanze.site.exports import bulk, contents, interface, packages, schemas, shapes
from quanze.site.exports.report import list_markdown, report_docx
from quanze.site.history_pages import Past
from quanze.site.ics import ics
from quanze.site.page_keys import PageKeys
from quanze.site.pages import annex, audit, calendar, family, home, lists, manual, reconciliation, record, tools
from quanze.site.pages.context import RenderContext
from quanze.site.pages.rows import rows as list_rows
from quanze.site.pages.transition import turned
from quanze.site.reckoning import chapters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from quanze.base.model import Record
    from quanze.base.problem import Problem
    from quanze.io.store import Pieces, Store
    from quanze.proof.audit import Audit
    from quanze.register.catalog import Catalog
    from quanze.site.pages.page import Page, Toc
    from quanze.site.search import SearchRecord

File = tuple[str, bytes]
"""(path from the site's root, content)."""
_DAY = len("2026-05-01")
_LATEST = 8
"""So many of the latest changes are on the home page."""


class Job(NamedTuple):
    """A page that is yet to be made; what its page template needs is known already."""

    url: str
    toc: Toc
    make: Callable[[], Page]
    beside: Callable[[], Iterable[File]] = tuple
    """Makes the files that lie beside the page and are made of the same."""
    key: Callable[[], bytes] | None = None
    """Tells all that the page and these files are made of; None, or empty, where nobody knows."""


class Task(NamedTuple):
    """Files that are no pages and are yet to be made."""

    make: Callable[[], Iterable[File]]
    below: str = ""
    """Where the pages lie that are made of the same; empty where there are none."""


@dataclass(frozen=True)
class Site:
    """A checked catalog as a site."""

    catalog: Catalog
    at: str
    """The day on which the law was looked at."""
    updated: Mapping[str, str] = field(default_factory=dict)
    """The moment of the last change by path, ISO 8601 in China's zone, from git; empty without."""
    history: History = field(default_factory=partial(History, (), ()))
    audit: Callable[[], Audit] | None = None
    """Works out the state of the register for the auditors' page; left out, there is no such page."""
    problems: tuple[Problem, ...] = ()
    """What the check says: for the forms in the browser, where there are any."""
    kept: Store | None = None
    """What was worked out before; without it, all is made anew."""

    @cached_property
    def look(self) -> SiteLook:
        """The look-ups for pages two steps below the root."""
        return SiteLook(self.catalog, at=self.at, figures=self.figures)

    @cached_property
    def figures(self) -> Figures:
        """What the register and its history come to; without a history nothing that hangs on it."""
        return Figures(self.shown, self.at, self.history.records if self.history.line else None)

    @cached_property
    def shown(self) -> Catalog:
        """The catalog without the records that are not published."""
        return published(self.catalog)

    @cached_property
    def context(self) -> RenderContext:
        """What the pages of records share."""
        return RenderContext(self.shown, self.look, self.at, self.figures, self.keys)

    @cached_property
    def past(self) -> Past:
        """What is told of the history."""
        return Past(self.catalog, self.shown, self.history, self.context)

    @cached_property
    def keys(self) -> PageKeys:
        """What tells whether a page is the same as before."""
        return PageKeys(self)

    @cached_property
    def edit(self) -> EditPages | None:
        """The forms in the browser; None unless the site is for those who record."""
        return EditPages(self.catalog, self.at, self.problems) if self.catalog.settings.editing else None

    def jobs(self) -> Iterator[Job]:
        """Yield every generated page."""
        yield Job("", (), self._home)
        yield Job(manual.COVERAGE, (), partial(manual.coverage_page, self.shown, self.at))
        yield Job(family.URL, (), partial(family.page, self.context, self._list_changed))
        for name, form in self.shown.forms.items():
            if self.shown.records.get(name) and name != LISTS:
                yield Job(f"{name}/", (), partial(home.index, self.shown, form, self.at))
        for page in self._fixed():
            yield Job(page.url, page.toc, partial(_same, page))
        if self.audit:
            yield Job(audit.URL, (), partial(self._audit, self.audit))
        for one in self.shown:
            yield from self._jobs(one)
        for url, make in self.past.pages():
            yield Job(url, (), make)
        if self.edit:
            yield from self._forms(self.edit)

    def _forms(self, edit: EditPages) -> Iterator[Job]:
        yield Job(BASE, (), edit.index)
        for form in edit.forms:
            yield Job(f"{BASE}{form.collection}/new/", (), partial(edit.begin, form))
        for one in self.catalog:
            if not one.adopted:
                yield Job(f"{BASE}{one.collection}/{one.id}/", (), partial(edit.change, one))

    def _jobs(self, one: Record) -> Iterator[Job]:
        url, updated, context = f"{one.collection}/{one.id}/", self.updated.get(one.path, ""), self.context
        if one.collection == "lists":
            key = partial(self.keys.of_list, one)
            yield Job(url, (), partial(lists.page, context, one, updated), key=key)
            yield Job(annex.url(one), (), partial(annex.page, context, one), key=key)
            for beside, other in reconciliation.others(context, one):
                yield Job(beside, (), partial(reconciliation.page, context, one, beside, other))
            return
        toc = record.toc(context, one, history=True)
        made_of = partial(self.keys.of if self.keys.covers(one) else self.keys.of_other, one)
        yield Job(url, toc, partial(self._record, one, updated), partial(self._beside, one), made_of)

    def _home(self) -> Page:
        return home.home(self.shown, self.at, self.past.headlines(_LATEST))

    def _record(self, one: Record, updated: str) -> Page:
        told = record.PageHistory(self.past.block(one), self.past.version(one), feed=self._has_feed(one))
        return record.page(self.context, one, updated, told)

    def _has_feed(self, one: Record) -> bool:
        """Tell whether a record has a feed of its own: those that citizens follow have."""
        followed = self.context.roles[one.collection].is_power or one.collection == LAWS
        return bool(self.context.address) and followed

    def _beside(self, one: Record) -> Iterator[File]:
        """Yield the versions of a record and the feed of its changes; of a law, of those that rest on it too."""
        yield f"{one.collection}/{one.id}/{versions.FILE}", versions.of_record(self.past.timeline, one)
        if self._has_feed(one):
            yield self.past.feed(one, self.context.register.resting(one.id) if one.collection == LAWS else ())

    def _audit(self, state: Callable[[], Audit]) -> Page:
        return audit.page(self.catalog, self.shown, state())

    def _fixed(self) -> Iterator[Page]:
        catalog = self.shown
        yield home.fields(catalog)
        yield manual.rule_page()
        yield calendar.page(catalog, self.at)
        yield from tools.pages(catalog)

    def tasks(self) -> list[Task]:
        """Return all files that are no pages, the long work first."""
        found = self.shown.records
        return [
            *(Task(partial(self._list_files, one), f"lists/{one.id}/") for one in found.get("lists", {}).values()),
            Task(self._search_files),
            *(Task(partial(self._collection_files, name)) for name in found),
            *map(Task, self.past.makers()),
            Task(self._attachments),
            *([Task(self.edit.files)] if self.edit else []),
            Task(self._calendar),
            Task(self._index_files),
        ]

    @property
    def dated(self) -> str:
        """The day of the register's last change, from git; empty without."""
        return max(self.updated.values(), default="")[:_DAY]

    def changed(self) -> Mapping[str, str]:
        """Return the day of the last change of a page by its address, where git tells it."""
        told = {f"{one.collection}/{one.id}/": self.updated.get(one.path, "")[:_DAY] for one in self.shown}
        lists = self.shown.records.get(LISTS, {}).values()
        return {**told, **{f"{LISTS}/{list_.id}/": self._list_changed(list_) for list_ in lists}, "": self.dated}

    @property
    def _demonstration(self) -> bool:
        return bool(disclaimer(self.catalog.settings))

    def _dated(self, records: Iterable[Record]) -> str:
        return max((self.updated.get(one.path, "") for one in records), default="")[:_DAY]

    def _envelope(self, result: bytes, records: Iterable[Record], total: int) -> bytes:
        return exports.enveloped(result, self._dated(records), demonstration=self._demonstration, total=total)

    def _list_changed(self, one: Record) -> str:
        return self._dated(self._members(one))

    def _members(self, one: Record) -> list[Record]:
        """Return a list and the records in it."""
        return [one, *(member for row in self.context.listing(one).rows for member in row.records)]

    def _list_files(self, one: Record) -> Iterator[File]:
        this, rows = self.context.listing(one), list_rows(self.context, one)
        cells = [row.cells for row in rows]
        said, base = disclaimer(self.catalog.settings), f"data/v1/lists/{one.id}"
        result = exports.list_json(one, [row.data for row in rows])
        yield f"{base}.json", self._envelope(result, self._members(one), this.total)
        yield f"{base}.csv", exports.list_csv(this, cells, said)
        title = this.definition.title
        yield f"{base}.xlsx", exports.list_xlsx(this, cells, said, title)
        reckoned = chapters(this, self.figures)
        if reckoned:
            yield f"{base}.md", list_markdown(this, cells, said, title, reckoned)
            yield f"{base}.docx", report_docx(this, cells, said, title, reckoned)

    def _collection_files(self, name: str) -> Iterator[File]:
        records = list(self.shown.records[name].values())
        data = [exports.as_json(exports.record_data(one)) for one in records]
        yield f"data/v1/{name}.json", self._envelope(b"[%b]" % b",".join(data), records, len(records))
        yield bulk.address(name), bulk.lines(data, demonstration=self._demonstration)
        if name != "lists":
            for one, result in zip(records, data, strict=True):
                yield f"data/v1/{name}/{one.id}.json", self._envelope(result, (one,), 1)

    def _attachments(self) -> Iterator[File]:
        """Copy the files that the published records name."""
        attached = {Attachment.of(occurrence.value).path for occurrence in self.shown.by_kind[kinds.ATTACHMENT]}
        for path in sorted(attached):
            yield f"{FILES}/{path}", (self.catalog.root / FILES / path).read_bytes()

    def _calendar(self) -> Iterator[File]:
        yield calendar.FILE, ics(dates(self.shown, self.at), self.catalog.settings)

    def _search_files(self) -> Iterator[File]:
        with self.keys.pieces("search") as kept:
            entries = [*search_records.entries(self.context.register, self.look, partial(self._search_record, kept))]
        orders = search_records.orders(self.shown)
        said = Vocabulary.of(self.shown.words)
        yield from search.index(entries, orders, said, search_records.TYPE, search_records.BY_LAW).items()
        yield "search/turned.js", search.script(exports.as_json(turned(self.context)))
        yield notices.FILE, search.script(exports.as_json(notices.notices(self.context)))
        yield standings.FILE, search.script(exports.as_json(standings.standings(self.shown)))

    def _search_record(self, kept: Pieces, one: Record, make: Callable[[], SearchRecord]) -> SearchRecord:
        """Return what the search knows of a record: of a power, it is made of no more than its page."""
        key = self.keys.of(one) if self.keys.covers(one) else b""
        if not key:
            return make()
        search_record: SearchRecord = pickle.loads(kept.take(one.path, key, lambda: pickle.dumps(make())))  # noqa: S301 — sealed
        return search_record

    def _index_files(self) -> Iterator[File]:
        listings = {id_: self.context.listing(one) for id_, one in self.shown.records.get(LISTS, {}).items()}
        families = contents.families(self.shown, listings, self.past.editions())
        index = contents.index(families, self.past.commit, self.dated, self.catalog.settings)
        yield f"{contents.BASE}index.json", index
        yield packages.FILE, packages.datapackage(self.shown, listings)
        yield interface.FILE, interface.openapi(self.shown, listings)
        yield robots.ROBOTS, robots.robots(self.shown)
        yield robots.LLMS, robots.llms(self.shown)
        yield CHECKPOINT, b""  # until the site is sealed: a log that says nothing
        for path in sorted((self.catalog.root / "schema").glob("*.schema.json")):
            url = self.catalog.settings.url
            yield f"schema/{path.name}", schemas.published(path.name, path.read_bytes(), url)
        yield from shapes.shapes(self.shown, listings, demonstration=self._demonstration)


def _same(page: Page) -> Page:
    return page
