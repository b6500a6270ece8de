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

    from quanze.portal.holding import Holding
    from quanze.portal.reading import ChangeFact
    from quanze.portal.whole import Portal

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
    yield (
        f"{BULK}changes.ndjson",
        changes(((holding.source, holding.state), change) for holding, change in portal.changes),
    )
    if portal.settings.address:
        yield "feed.xml", feed(portal)


def _source(portal: Portal, holding: Holding) -> dict[str, object]:
    trouble = holding.state.trouble
    return {
        "id": holding.id,
        "body": holding.body,
        "region": holding.source.region,
        "region_name": portal.region(holding).name,
        "field": holding.source.field or None,
        "url": holding.source.address,
        "standing": holding.standing,
        "dated": holding.state.dated or None,
        "commit": holding.state.commit or None,
        "manifest": holding.state.manifest or None,
        "publications": holding.state.publications,
        "signed": holding.state.signed,
        "demonstration": holding.state.demonstration,
        "trouble": {"kind": trouble.kind, "said": trouble.said, "at": trouble.at or None} if trouble else None,
        "lists": [
            {**fact._asdict(), "path": holding.url(fact.path)}
            for fact in (holding.facts.lists if holding.facts else ())
        ],
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
    entries = ((day, id_, rows) for day, pairs in days if day for id_, rows in _by_bureau(pairs).items())
    for number, (day, id_, rows) in enumerate(entries):
        if number == _ENTRIES:
            break
        holding = rows[0][0]
        kinds = [change.kind for _, change in rows]
        counted = "，".join(f"{kind} {kinds.count(kind)} 条" for kind in dict.fromkeys(kinds))
        entry = _add(root, "entry")
        _add(entry, "id", f"{url}changes/#{id_}-{day}")
        _add(entry, "title", f"{holding.body}：{counted}")
        _add(entry, "updated", f"{day}T00:00:00+08:00")
        _add(entry, "link", rel="alternate", type="text/html", href=holding.url("changes/"))
        _add(entry, "summary", "；".join(f"{change.kind} {change.title}" for _, change in rows[:20]))
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, "unicode")}\n'.encode()


def _by_bureau(pairs: Iterable[tuple[Holding, ChangeFact]]) -> dict[str, list[tuple[Holding, ChangeFact]]]:
    bureaus: dict[str, list[tuple[Holding, ChangeFact]]] = {}
    for pair in pairs:
        bureaus.setdefault(pair[0].id, []).append(pair)
    return bureaus


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    if text:
        element.text = text
    return element
