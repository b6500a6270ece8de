"""openapi.json: the addresses of the data as an OpenAPI description, whose schemas are the published ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quanze.register.catalog import LISTS
from quanze.register.disclaimer import disclaimer
from quanze.site.exports import bulk
from quanze.site.exports.lists import VERSION
from quanze.site.exports.shapes import DIALECT, address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.register.catalog import Catalog
    from quanze.register.table import Listing

FILE = "openapi.json"
_JSON, _CSV, _XLSX, _ZIP = (
    "application/json",
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/zip",
)
_BINARY = {"type": "string", "contentMediaType": "application/octet-stream"}


def openapi(shown: Catalog, listings: Mapping[str, Listing]) -> bytes:
    """Return the file: OpenAPI 3.1, every path a static file that is fetched with GET."""
    site, said = shown.settings, disclaimer(shown.settings)
    licence = {"name": site.licence.name, **({"url": site.licence.url} if site.licence.url else {})}
    whole = {
        "openapi": "3.1.0",
        "info": {
            "title": site.title,
            "description": "\n\n".join(filter(None, (said, site.intro, "文件是静态的，不用登录，只读。"))),
            "version": VERSION,
            **({"license": licence} if site.licence.name else {}),
            **({"x-demonstration": True} if said else {}),
        },
        "jsonSchemaDialect": DIALECT,
        "servers": [{"url": site.url.rstrip("/") or "."}],
        "security": [],
        "paths": dict(_paths(shown, listings)),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def _paths(shown: Catalog, listings: Mapping[str, Listing]) -> Iterator[tuple[str, object]]:
    yield "/data/v1/index.json", _get("全部文件的目录，每个文件的结构", address("index"))
    yield "/data/v1/changes.json", _get("全部变化，新的在前", address("changes"))
    yield "/manifest.json", _get("每个文件的 SHA-256", address("manifest"))
    for name in shown.records:
        title = shown.forms[name].title
        yield f"/data/v1/{name}.json", _get(f"{title}：全部记录", address(name))
        yield f"/{bulk.address(name)}", _get(f"{title}：全部记录，一行一条", f"schema/{name}.schema.json", bulk.MEDIA)
        if name != LISTS:
            yield f"/data/v1/{name}/{{id}}.json", _get(f"{title}：一条记录", address(name), id=f"{title}的编号")
    for id_, listing in listings.items():
        title = listing.definition.title
        yield f"/data/v1/{LISTS}/{id_}.json", _get(title, address(f"{LISTS}/{id_}"))
        yield f"/data/v1/{LISTS}/{id_}.csv", _get(f"{title}（CSV）", "", _CSV)
        yield f"/data/v1/{LISTS}/{id_}.xlsx", _get(f"{title}（Excel）", "", _XLSX)
    words = {"id": "清单的编号", "edition": "版次的编号"}
    yield f"/data/v1/{LISTS}/{{id}}/{{edition}}.json", _get("一张清单以前的版次", address("edition"), **words)
    yield f"/{bulk.ARCHIVE}", _get("逐行的数据、各清单的 CSV 和结构，一个压缩包", "", _ZIP)


def _get(summary: str, schema: str, media: str = _JSON, **parameters: str) -> dict[str, object]:
    """Return the path of files that are fetched; `parameters` are what stands in braces, with its meaning."""
    content = {"schema": {"$ref": schema}} if schema else {} if media == _CSV else {"schema": _BINARY}
    found = {"description": summary, "content": {media: content}}
    told = [
        {"name": name, "in": "path", "required": True, "description": words, "schema": {"type": "string"}}
        for name, words in parameters.items()
    ]
    responses = {"200": found, "404": {"description": "没有这个文件"}}
    return {"get": {"summary": summary, **({"parameters": told} if told else {}), "responses": responses}}
