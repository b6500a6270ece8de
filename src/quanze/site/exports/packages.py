"""datapackage.json: the data as a Data Package (Frictionless), so that tables can be loaded by their description."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quanze.register.definition import NUMBER
from quanze.register.disclaimer import COLUMN, disclaimer
from quanze.register.table import ABSENT, EMPTY, NOT_APPLICABLE
from quanze.site.exports import bulk
from quanze.site.exports.lists import heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.register.catalog import Catalog
    from quanze.register.table import Listing

FILE = "datapackage.json"


def datapackage(shown: Catalog, listings: Mapping[str, Listing]) -> bytes:
    """Return the file: each list a table of texts, each collection a file of lines."""
    site, said = shown.settings, disclaimer(shown.settings)
    licence = {"title": site.licence.name, **({"path": site.licence.url} if site.licence.url else {})}
    whole = {
        "profile": "data-package",
        "name": "quanze",
        "title": site.title,
        "description": "\n\n".join(filter(None, (said, site.intro))),
        **({"homepage": site.url} if site.url else {}),
        **({"licenses": [licence]} if site.licence.name else {}),
        **({"demonstration": True} if said else {}),
        "resources": [*_tables(listings, said), *_lines(shown, said)],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def _tables(listings: Mapping[str, Listing], said: str) -> Iterator[dict[str, object]]:
    for id_, listing in listings.items():
        fields = [
            {"name": name, "type": "integer" if column.path == NUMBER else "string", "description": column.path}
            for name, column in zip(heading(listing.columns), listing.columns, strict=True)
        ]
        mark = [{"name": COLUMN, "type": "string", "description": "本文件是演示，不是清单内容"}] if said else []
        yield {
            "name": f"list-{id_}",
            "title": listing.definition.title,
            "description": said or listing.definition.intro or listing.definition.title,
            "profile": "tabular-data-resource",
            "path": f"data/v1/lists/{id_}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {"fields": [*fields, *mark], "missingValues": [ABSENT, NOT_APPLICABLE, EMPTY]},
        }


def _lines(shown: Catalog, said: str) -> Iterator[dict[str, object]]:
    for name in shown.records:
        title = shown.forms[name].title
        yield {
            "name": f"all-{name}",
            "title": f"{title}：全部记录，一行一条",
            "description": said or title,
            "profile": "data-resource",
            "type": "file",
            "path": bulk.address(name),
            "format": "ndjson",
            "mediatype": bulk.MEDIA,
            "encoding": "utf-8",
            "jsonSchema": f"schema/{name}.schema.json",
        }
