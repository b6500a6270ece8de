"""A portal as data: its sources and their state, the changes of all; and its feed."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from quanze.portal.lines import changes
from quanze.portal.schemas import BASE, schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quanze.portal.reading import ChangeFact
    from quanze.portal.whole import Holding, Portal

PORTAL, BULK = "data/v1/portal.json", "data/v1/bulk/"
_VERSION = "1.0"
_ENTRIES = 60
_NEVER = "2000-01-01"


def files(portal: Portal) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of the data files that tell of all, and of the feed where the portal has an address."""
    whole = {
        "schema_version": _VERSION,
        "dated": portal.dated,
        "total": len(portal.holdings),
        "file_schema": f"{BASE}portal.schema.json",
        **({"demonstration": True} if portal.demonstration else {}),
        "result": [_source(portal, holding) for holding in portal.holdings],
    }
    yield from schemas(portal.settings.address)
    yield PORTAL, json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"
    yield f"{BULK}changes.ndjson", changes(((one.source, one.state), change) for one, change in portal.changes)
    if portal.settings.address:
        yield "feed.xml", feed(portal)


def _source(portal: Portal, one: Holding) -> dict[str, object]:
    trouble = one.state.trouble
    return {
        "id": one.id,
        "body": one.body,
        "region": one.source.region,
        "region_name": portal.region(one).name,
        "field": one.source.field or None,
        "url": one.source.address,
        "standing": one.standing,
        "dated": one.state.dated or None,
        "commit": one.state.commit or None,
        "manifest": one.state.manifest or None,
        "publications": one.state.publications,
        "signed": one.state.signed,
        "demonstration": one.state.demonstration,
        "trouble": {"kind": trouble.kind, "said": trouble.said, "at": trouble.at or None} if trouble else None,
        "lists": [{**told._asdict(), "path": one.url(told.path)} for told in (one.facts.lists if one.facts else ())],
    }


def feed(portal: Portal) -> bytes:
    """Return the changes as an Atom feed (RFC 4287): an entry for each bureau's day, its author that bureau's site."""
    url = portal.settings.address
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "zh-CN"})
    _add(root, "id", f"{url}feed.xml")
    _add(root, "title", f"{'【演示】' if portal.demonstration else ''}{portal.settings.title}：变化")
    _add(root, "updated", f"{portal.dated or _NEVER}T00:00:00+08:00")
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{url}feed.xml")
    _add(root, "link", rel="alternate", type="text/html", href=f"{url}changes/")
    _add(_add(root, "author"), "name", portal.settings.host or portal.settings.title)
    days = groupby(portal.changes, key=lambda pair: pair[1].date)
    entries = ((day, id_, rows) for day, some in days if day for id_, rows in _by_bureau(some).items())
    for number, (day, id_, rows) in enumerate(entries):
        if number == _ENTRIES:
            break
        one = rows[0][0]
        kinds = [change.kind for _, change in rows]
        told = "，".join(f"{kind} {kinds.count(kind)} 条" for kind in dict.fromkeys(kinds))
        entry = _add(root, "entry")
        _add(entry, "id", f"{url}changes/#{id_}-{day}")
        _add(entry, "title", f"{one.body}：{told}")
        _add(entry, "updated", f"{day}T00:00:00+08:00")
        _add(entry, "link", rel="alternate", type="text/html", href=one.url("changes/"))
        _add(entry, "summary", "；".join(f"{change.kind} {change.title}" for _, change in rows[:20]))
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, "unicode")}\n'.encode()


def _by_bureau(some: Iterable[tuple[Holding, ChangeFact]]) -> dict[str, list[tuple[Holding, ChangeFact]]]:
    found: dict[str, list[tuple[Holding, ChangeFact]]] = {}
    for pair in some:
        found.setdefault(pair[0].id, []).append(pair)
    return found


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    if text:
        element.text = text
    return element
