"""What the site says of the past: pages of changes and editions, feeds and data, each made when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from quanze.history.editions import Archive
from quanze.history.timeline import Timeline, data
from quanze.register.catalog import LISTS
from quanze.register.disclaimer import disclaimer
from quanze.register.links import SiteLook
from quanze.site import exports, feeds, versions
from quanze.site.pages import changes, edition
from quanze.site.pages.rows import cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from markupsafe import Markup

    from quanze.base.model import Record
    from quanze.history import History
    from quanze.register.catalog import Catalog
    from quanze.site.pages.context import RenderContext
    from quanze.site.pages.page import Page

_DEEP = "../../../"


@dataclass(frozen=True)
class Past:
    """A catalog with its history."""

    catalog: Catalog
    """Every record, drafts included."""
    shown: Catalog
    """The records that are published."""
    history: History
    context: RenderContext
    """What the lists as they stand are told with."""

    @cached_property
    def timeline(self) -> Timeline:
        """The history in words."""
        return Timeline(self.catalog, self.shown, self.history, SiteLook(self.shown))

    @cached_property
    def archive(self) -> Archive:
        """The catalog as it stood."""
        dirty = frozenset(path for gap in self.history.gaps for path in gap.paths)
        return Archive(self.catalog, dirty, partial(SiteLook, base=_DEEP))

    @property
    def commit(self) -> str:
        """The commit that the catalog is at; empty without a repository and with changes that are not recorded."""
        recorded = bool(self.history.line) and not any(gap.paths for gap in self.history.gaps)
        return self.history.line[0].id if recorded else ""

    def block(self, record: Record) -> Markup:
        """Return the history of a record for its page."""
        return changes.block(self.timeline, record)

    def version(self, record: Record) -> str:
        """Return the commit of the text of a record's page; empty where that is not recorded yet."""
        found = self.timeline.versions((record.collection, record.id))
        waits = any(record.path in gap.paths for gap in self.history.gaps)
        return "" if waits or not found else found[0].event.entry.commit.id[: versions.COMMIT]

    def feed(self, record: Record, others: Iterable[tuple[str, str]]) -> tuple[str, bytes]:
        """Return the feed of the changes of a record, and of others that go with it, by name alone."""
        url, timeline = f"{record.collection}/{record.id}/", self.timeline
        events = [version.event for version in timeline.versions((record.collection, record.id))]
        events += [replace(version.event, differences=()) for key in others for version in timeline.versions(key)]
        places = {commit.id: place for place, commit in enumerate(self.history.line)}
        events.sort(key=lambda event: places.get(event.entry.commit.id, len(places)))
        title = f"{self.shown.title(record)}：变化"
        head = feeds.FeedHead(url + feeds.FILE, url, title)
        return head.path, feeds.feed(events, self.shown.settings, head)

    def headlines(self, count: int) -> list[changes.Headline]:
        """Return the newest changes for the home page."""
        return changes.headlines(self.timeline, count)

    def pages(self) -> Iterator[tuple[str, Callable[[], Page]]]:
        """Yield the address and the maker of every page; none has a table of contents."""
        yield changes.URL, partial(changes.recent, self.timeline)
        for year in changes.years(self.timeline):
            yield f"{changes.URL}{year}/", partial(changes.year, self.timeline, year)
        for list_ in self._lists:
            became = self.timeline.altered(list_)
            for step in edition.turns(list_):
                yield step.url, partial(edition.page, self.shown, self.archive, step, became)
                yield step.changes_url, partial(edition.changes, self.shown, self.archive, step, became)

    def makers(self) -> list[Callable[[], Iterable[tuple[str, bytes]]]]:
        """Return the makers of all files that are no pages."""
        return [*(partial(self._list_files, list_) for list_ in self._lists), self._change_files]

    def editions(self) -> Iterator[tuple[str, str]]:
        """Yield the (list, edition) that can be made out again."""
        for list_ in self._lists:
            for step in edition.turns(list_):
                if edition.snapshot(self.archive, list_, step.edition)[0]:
                    yield list_.id, step.edition.id

    @property
    def _lists(self) -> Iterable[Record]:
        return self.shown.records.get(LISTS, {}).values()

    def _change_files(self) -> Iterator[tuple[str, bytes]]:
        site, said = self.shown.settings, disclaimer(self.shown.settings)
        events = self.timeline.events
        dated = events[0].entry.date if events else ""
        result = [data(event) for event in events]
        yield "data/v1/changes.json", exports.envelope(result, dated, demonstration=bool(said), total=len(result))
        if not site.url:
            return
        yield feeds.FILE, feeds.feed(events, site, feeds.FeedHead(feeds.FILE, changes.URL, f"{site.title}：变化"))
        for list_ in self._lists:
            head = feeds.FeedHead(
                f"lists/{list_.id}/{feeds.FILE}", f"lists/{list_.id}/", f"{self.shown.title(list_)}：变化"
            )
            yield head.path, feeds.feed(self.timeline.of_list(list_), site, head)

    def _list_files(self, record: Record) -> Iterator[tuple[str, bytes]]:
        """Yield each edition that can be made out again as JSON, CSV and XLSX, and all of them together."""
        states = []
        for step in edition.turns(record):
            snapshot, _ = edition.snapshot(self.archive, record, step.edition)
            if snapshot:
                texts = exports.rows(snapshot.listing, snapshot.catalog, snapshot.look)
                commit = snapshot.commit
                state = (step.edition.name, commit.id, commit.date, snapshot.catalog, snapshot.listing, texts)
                states.append(versions.ListState(*state))
                yield from self._edition_files(step, states[-1])
        if states:
            now = self.context.listing(record)
            standing = versions.ListState("现行", "", "", self.shown, now, cells(self.context, record))
            yield f"{LISTS}/{record.id}/{versions.FILE}", versions.of_list(standing, reversed(states))

    def _edition_files(self, step: edition.EditionStep, state: versions.ListState) -> Iterator[tuple[str, bytes]]:
        said, base = disclaimer(self.shown.settings), f"data/v1/lists/{step.record.id}/{step.edition.id}"
        title = f"{state.listing.definition.title}（{step.edition.name}）"
        result = exports.list_data(state.listing, state.cells, state.catalog)
        yield f"{base}.json", exports.envelope(result, state.date, demonstration=bool(said), total=len(state.cells))
        yield f"{base}.csv", exports.list_csv(state.listing, state.cells, said)
        yield f"{base}.xlsx", exports.list_xlsx(state.listing, state.cells, said, title)
