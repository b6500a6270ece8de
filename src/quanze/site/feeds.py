"""Changes as an Atom feed (RFC 4287): one entry a commit, its author the publishing body, never a person.

A feed and its entries keep their ids when the site moves: a UUID (RFC 9562, version 5) made of who publishes, where its
history begins and what the feed is of. A tag: URI would need the domain that may change.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid5

from markupsafe import Markup

from quanze.base.markup import escape
from quanze.history.timeline import groups
from quanze.register.disclaimer import disclaimer, mark
from quanze.site.pages.difference import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quanze.history.timeline import Event
    from quanze.register.settings import Settings

ENTRIES = 50
"""The feed tells of so many commits, the newest ones."""
NAMED = 50
"""So many records are named in one entry."""
_NEVER = "2000-01-01T00:00:00Z"
"""When a feed without entries was updated: Atom wants a time."""


FILE = "feed.xml"
"""What a feed is called; it lies beside the page that it goes with."""
_NAMESPACE = UUID("30b8a348-b280-56bf-b45d-eb7c2fbb2bf2")
"""Of the ids of all feeds: uuid5(NAMESPACE_DNS, "quanze")."""


class FeedHead(NamedTuple):
    """What a feed says of itself; the site's own address and its publisher are in site.yaml."""

    path: str
    """The address of the feed from the root of the site."""
    page: str
    """The address of the page that the feed goes with, from the root of the site."""
    title: str


def feed(events: Iterable[Event], site: Settings, head: FeedHead) -> bytes:
    """Return a feed of events that come newest first."""
    path, page, title = head
    url, said = site.url, disclaimer(site)
    news = (event for event in events if event.entry.kind != "起点")
    entries = [
        (commit, [*changes]) for commit, changes in islice(groupby(news, lambda event: event.entry.commit), ENTRIES)
    ]
    id_ = uuid5(_NAMESPACE, f"{site.body}\n{site.beginning}\n{path}")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f" <id>{id_.urn}</id>",
        f" <title>{escape(mark(site) + title)}</title>",
        *([f" <subtitle>{escape(said)}</subtitle>"] if said else []),
        f" <updated>{entries[0][0].time if entries else _NEVER}</updated>",
        f' <link rel="self" type="application/atom+xml" href="{escape(url + path)}" />',
        f' <link rel="alternate" type="text/html" href="{escape(url + page)}" />',
        f" <author>\n  <name>{escape(site.host)}</name>\n </author>",
    ]
    for commit, changes in entries:
        lines += [
            " <entry>",
            f"  <id>{uuid5(id_, commit.id).urn}</id>",
            f"  <title>{escape(_title(changes))}</title>",
            f"  <updated>{commit.time}</updated>",
            f'  <link rel="alternate" type="text/html" href="{escape(_link(changes, url, commit.date))}" />',
            f'  <content type="html">{escape(str(_content(changes, url)))}</content>',
            " </entry>",
        ]
    return "\n".join([*lines, "</feed>\n"]).encode()


def _title(events: list[Event]) -> str:
    if len(events) == 1:
        return f"{events[0].entry.kind}：{events[0].title}"
    return "，".join(f"{kind} {count} 条" for kind, count in Counter(event.entry.kind for event in events).items())


def _link(events: list[Event], url: str, day: str) -> str:
    return url + (events[0].url if len(events) == 1 and events[0].url else f"changes/#d{day}")


def _name(event: Event, url: str) -> Markup:
    if not event.url:
        return escape(event.title)
    return Markup('<a href="{}">{}</a>').format(url + event.url, event.title)


def _moved(old: str | None, new: str | None) -> Markup:
    return Markup(" → ").join(filter(None, (old, new)))


def _content(events: list[Event], url: str) -> str:
    """Return the changes of a commit as HTML, those that say the same together."""
    parts = []
    for group in groups(events):
        names = [_name(event, url) for event in group.events[:NAMED]]
        if len(group.events) > NAMED:
            names.append(Markup("等 {} 条").format(len(group.events)))
        parts.append(Markup("<p>{}：{}</p>").format(group.kind, Markup("；").join(names)))
        if group.differences:
            rows = map(Markup("<li>{}</li>").format, sentences(group.differences, _moved))
            parts.append(Markup("<ul>{}</ul>").format(Markup().join(rows)))
    return str(Markup().join(parts))
