"""Changes as an Atom feed (RFC 4287): one entry a commit, its author the publishing body, never a person.

A feed and its entries keep their ids when the site moves: a UUID (RFC 9562, version 5) made of who publishes, where its
history begins and what the feed is of. A tag: URI would need the domain that may change.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from markupsafe import Markup, escape

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
    told = [(commit, [*found]) for commit, found in islice(groupby(news, lambda event: event.entry.commit), ENTRIES)]
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "zh-CN"})
    id_ = uuid5(_NAMESPACE, f"{site.body}\n{site.beginning}\n{path}")
    _add(root, "id", id_.urn)
    _add(root, "title", f"{mark(site)}{title}")
    if said:
        _add(root, "subtitle", said)
    _add(root, "updated", told[0][0].time if told else _NEVER)
    _add(root, "link", rel="self", type="application/atom+xml", href=url + path)
    _add(root, "link", rel="alternate", type="text/html", href=url + page)
    _add(_add(root, "author"), "name", site.host)
    for commit, found in told:
        entry = _add(root, "entry")
        _add(entry, "id", uuid5(id_, commit.id).urn)
        _add(entry, "title", _title(found))
        _add(entry, "updated", commit.time)
        _add(entry, "link", rel="alternate", type="text/html", href=_link(found, url, commit.date))
        _add(entry, "content", _content(found, url), type="html")
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, "unicode")}\n'.encode()


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    if text:
        element.text = text
    return element


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
