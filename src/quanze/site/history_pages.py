"""What the site says of the past: pages of changes and editions, feeds and data, each made when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from quanze.history.editions import Archive
from quanze.history.timeline import Timeline, data
from quanze.register.catalog import LISTS
from quanze.register.disclaimer import disclaimer
from quanze.register.links import SiteLook
from quanze.site import exports, feeds
from quanze.site.pages import changes, edition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from markupsafe import Markup

    from quanze.base.model import Record
    from quanze.history import History
    from quanze.register.catalog import Catalog
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

    def headlines(self, count: int) -> list[changes.Headline]:
        """Return the newest changes for the home page."""
        return changes.headlines(self.timeline, count)

    def pages(self) -> Iterator[tuple[str, Callable[[], Page]]]:
        """Yield the address and the maker of every page; none has a table of contents."""
        yield changes.URL, partial(changes.recent, self.timeline)
        for year in changes.years(self.timeline):
            yield f"{changes.URL}{year}/", partial(changes.year, self.timeline, year)
        for one in self._lists:
            for step in edition.turns(one):
                yield step.url, partial(edition.page, self.shown, self.archive, step)
                yield step.changes_url, partial(edition.changes, self.shown, self.archive, step)

    def makers(self) -> list[Callable[[], Iterable[tuple[str, bytes]]]]:
        """Return the makers of all files that are no pages."""
        editions = [partial(self._edition_files, step) for one in self._lists for step in edition.turns(one)]
        return [*editions, self._change_files]

    def editions(self) -> Iterator[tuple[str, str]]:
        """Yield the (list, edition) that can be made out again."""
        for one in self._lists:
            for step in edition.turns(one):
                if edition.snapshot(self.archive, one, step.edition)[0]:
                    yield one.id, step.edition.id

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
        yield "feed.xml", feeds.feed(events, site, feeds.FeedHead("feed.xml", changes.URL, f"{site.title}：变化"))
        for one in self._lists:
            head = feeds.FeedHead(f"lists/{one.id}/feed.xml", f"lists/{one.id}/", f"{self.shown.title(one)}：变化")
            yield head.path, feeds.feed(self.timeline.of_list(one), site, head)

    def _edition_files(self, step: edition.EditionStep) -> Iterator[tuple[str, bytes]]:
        """Yield an edition as JSON, CSV and XLSX; nothing where it cannot be made out again."""
        snapshot, _ = edition.snapshot(self.archive, step.record, step.edition)
        if snapshot is None:
            return
        cells = exports.rows(snapshot.listing, snapshot.catalog, snapshot.look)
        said, base = disclaimer(self.shown.settings), f"data/v1/lists/{step.record.id}/{step.edition.id}"
        title = f"{snapshot.listing.definition.title}（{step.edition.name}）"
        result = exports.list_data(snapshot.listing, cells, snapshot.catalog)
        date = snapshot.commit.date
        yield f"{base}.json", exports.envelope(result, date, demonstration=bool(said), total=len(cells))
        yield f"{base}.csv", exports.list_csv(snapshot.listing, cells, said)
        yield f"{base}.xlsx", exports.list_xlsx(snapshot.listing, cells, said, title)
