"""The history of a catalog in words: what happened to which record, when, justified by what.

The public is not told of drafts (拟), neither what one said nor that there was one, nor of files that only moved.
The commands are told everything.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from quanze.form.conditions import conditions, meets
from quanze.history.adjustment import OpenAdjustment, adjustments, justifying
from quanze.history.alterations import altered
from quanze.history.recorded import documents
from quanze.history.rewind import revert
from quanze.history.wording import ChangeWording, Difference
from quanze.register.adopted import files_of
from quanze.register.definition import ListDefinition
from quanze.register.life import Life
from quanze.register.roles import UNIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quanze.base.model import Record, Value
    from quanze.form.kinds import Look
    from quanze.history import Entry, History
    from quanze.register.catalog import Catalog

    Key = tuple[str, str]
    Document = Mapping[str, Value]

_SILENT = frozenset({"拟", "移动"})
_WORDLESS = frozenset({"新增", "撤回", "消失", "不可读", "起点"})
"""Kinds whose one side was never public, is not there or cannot be read: the kind says all there is to say."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to one record in one commit, in words."""

    entry: Entry
    title: str
    url: str
    """The address of the record's page from the root; empty where it has none (any more)."""
    office: str
    """Who answers for the record: an office or a body, never a person."""
    differences: tuple[Difference, ...]
    adjustment: OpenAdjustment | None


class RecordVersion(NamedTuple):
    """A state of a record: what it said from one event to the next."""

    event: Event
    status: str
    start: str
    """From when it holds: its own day where it set one, else the day it was recorded, if that is later.

    An end that it sets is such a day too, where it had come before it was recorded.
    """
    end: str
    """From when the record is no longer in force, as this version says; empty where it does not."""
    before: Document
    document: Document


@dataclass(frozen=True)
class EventGroup:
    """Events of one day that say the same of several records."""

    kind: str
    collection: str
    events: tuple[Event, ...]

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What changed, in all of them."""
        return self.events[0].differences


@dataclass(frozen=True)
class Timeline:
    """A history read with the eyes of today's catalog."""

    catalog: Catalog
    """Every record, drafts included."""
    shown: Catalog
    """The records that are published."""
    history: History
    look: Look
    whole: bool = False
    """Whether drafts and moves are told too: for the commands, never for the site."""
    _versions: dict[Key, tuple[RecordVersion, ...]] = field(default_factory=dict)

    @cached_property
    def wording(self) -> ChangeWording:
        """The words of today's forms."""
        return ChangeWording(self.catalog.forms, self.look)

    @cached_property
    def _entries(self) -> Mapping[Key, tuple[Entry, ...]]:
        return self.history.records()

    @cached_property
    def _adjustments(self) -> Mapping[Key, tuple[OpenAdjustment, ...]]:
        return adjustments(self.shown, self._entries)

    def versions(self, key: Key) -> tuple[RecordVersion, ...]:
        """Return the states of a record, newest first, those under its former ids included; none without history."""
        if key not in self._versions:
            self._versions[key] = tuple(self._tell(key))
        return self._versions[key]

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Every event, newest first, by key within a commit."""
        shown = {
            (version.event.entry.commit.id, version.event.entry.key): version.event
            for key, entries in self._entries.items()
            if entries[0].key == key
            for version in self.versions(key)
        }
        return tuple(
            shown[entry.commit.id, entry.key] for entry in self.history.entries if (entry.commit.id, entry.key) in shown
        )

    def days(self) -> Iterator[tuple[str, tuple[EventGroup, ...]]]:
        """Yield (day, what happened on it), newest first."""
        for day, events in groupby(self.events, lambda event: event.entry.date):
            yield day, groups(events)

    def of_list(self, record: Record) -> tuple[Event, ...]:
        """Return the events of a list itself, and of the records that stood in it before them or after them."""
        list_ = ListDefinition.of(record.data)
        wanted = conditions(list_.condition)
        listed = {
            (version.event.entry.commit.id, version.event.entry.key)
            for key in self._entries
            if key[0] == list_.collection or key == (record.collection, record.id)
            for version in self.versions(key)
            if key[0] == record.collection or meets(version.before, wanted) or meets(version.document, wanted)
        }
        return tuple(event for event in self.events if (event.entry.commit.id, event.entry.key) in listed)

    def altered(self, record: Record) -> Mapping[str, str]:
        """Say what became of the editions of a list since they were registered, by their ids."""
        entries = self._entries.get((record.collection, record.id), ())
        return {edition.id: became for edition, became in altered(record.data, entries)}

    def _tell(self, key: Key) -> Iterator[RecordVersion]:
        """Tell a record's entries, newest first: each document is worked out from the one after it."""
        document = self._committed(key) if key in self._entries else {}
        titled = self.shown.record(*key)
        life = Life.of(self.catalog.forms.get(key[0]))
        for entry in self._entries.get(key, ()):
            before = revert(document, entry.changes)
            if self.whole or entry.kind not in _SILENT:
                wordless = not self.whole and entry.kind in _WORDLESS
                event = Event(
                    entry,
                    self.shown.title(titled) if titled else key[1],
                    f"{key[0]}/{key[1]}/" if titled else "",
                    self._office(titled),
                    () if wordless else self.wording.differences(key[0], before, document, entry.changes),
                    justifying(self._adjustments.get(entry.key, ()), entry),
                )
                given, end = life.begins(document), life.ends(document)
                fresh = entry.kind in {"新增", "起点"} or given != life.begins(before)
                start = given if given and fresh else max(given, entry.date)
                yield RecordVersion(
                    event=event,
                    status=life.says(document),
                    start=min(start, end) if end and end != life.ends(before) else start,
                    end=end,
                    before=before,
                    document=document,
                )
            document = before

    def _committed(self, key: Key) -> Document:
        """Return the newest version that git has of a record; nothing where that cannot be read."""
        record = self.catalog.record(*key)
        if record and self._dirty.isdisjoint(files_of(record)):
            return record.data
        newest = self._entries[key][0]
        if newest.kind == "不可读" or newest.key != key:
            return {}
        last = f"{newest.commit.id}{'^' if newest.removed else ''}"
        return next(documents(self.catalog.root, ((last, newest.path),)))

    @cached_property
    def _dirty(self) -> frozenset[str]:
        return frozenset(path for gap in self.history.gaps for path in gap.paths)

    def _office(self, record: Record | None) -> str:
        """Return who answers for a record: its office where that is known, else who makes the site.

        Never the publishing body of today: it may be another's work that became a register of its own.
        """
        named = str(record.data.get(UNIT, "")) if record else ""
        if named and named != "待核":
            return named
        return self.catalog.settings.host


def groups(events: Iterable[Event]) -> tuple[EventGroup, ...]:
    """Put together the events that say the same of several records, in the order of the first of each."""
    together: defaultdict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in events:
        entry = event.entry
        same = (entry.kind, entry.key[0], event.differences, event.adjustment, entry.key if entry.fault else None)
        together[same].append(event)
    return tuple(EventGroup(same[0], same[1], tuple(together[same])) for same in together)  # type: ignore[arg-type]


def data(event: Event) -> dict[str, object]:
    """Return an event as it stands in the JSON data; its values are as they were written."""
    entry = event.entry
    shown: dict[str, object] = {
        "date": entry.date,
        "commit": entry.commit.id,
        "collection": entry.key[0],
        "id": entry.key[1],
        "title": event.title,
        "kind": entry.kind,
    }
    if entry.old_key:
        shown["former_id"] = entry.old_key[1]
    if event.differences:
        shown["changes"] = [
            {"field": change.path, "old": change.old, "new": change.new, **({"moved": True} if change.moved else {})}
            for change in entry.changes
        ]
    if event.adjustment:
        shown["adjustment"] = event.adjustment.id
    return shown
