"""What is on the site: every page and every file, each made when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from quanze.history import History
from quanze.history.figures import Figures
from quanze.register.catalog import LAWS, LISTS
from quanze.register.links import SiteLook
from quanze.register.published import published
from quanze.site import versions
from quanze.site.edit_pages import BASE, EditPages
from quanze.site.history_pages import Past
from quanze.site.page_keys import PageKeys
from quanze.site.pages import (
    annex,
    audit,
    calendar,
    family,
    home,
    lists,
    manual,
    reconciliation,
    record,
    tools,
    wording,
)
from quanze.site.pages.context import RenderContext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from quanze.base.model import Record
    from quanze.base.problem import Problem
    from quanze.io.store import Store
    from quanze.proof.audit import Audit
    from quanze.register.catalog import Catalog
    from quanze.site.pages.page import Page, Toc

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
        for part in wording.parts(context, one) if one.collection == LAWS else ():
            yield Job(url + part.url, (), partial(wording.page, context, one, part), key=made_of)

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

    @property
    def dated(self) -> str:
        """The day of the register's last change, from git; empty without."""
        return max(self.updated.values(), default="")[:_DAY]

    def changed(self) -> Mapping[str, str]:
        """Return the day of the last change of a page by its address, where git tells it."""
        told = {f"{one.collection}/{one.id}/": self.updated.get(one.path, "")[:_DAY] for one in self.shown}
        lists = self.shown.records.get(LISTS, {}).values()
        return {**told, **{f"{LISTS}/{list_.id}/": self._list_changed(list_) for list_ in lists}, "": self.dated}

    def dated_of(self, records: Iterable[Record]) -> str:
        """Return the day of the last change of some records; empty where git does not tell it."""
        return max((self.updated.get(one.path, "") for one in records), default="")[:_DAY]

    def _list_changed(self, one: Record) -> str:
        return self.dated_of(self.members(one))

    def members(self, one: Record) -> list[Record]:
        """Return a list and the records in it."""
        return [one, *(member for row in self.context.listing(one).rows for member in row.records)]


def _same(page: Page) -> Page:
    return page
