"""The schemas of the portal's own files: one of its list of sources, and one of a line of each file of lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quanze.portal.holding import EMPTY, HELD, SOUND

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
BASE = "schema/v1/"
_Schema = dict[str, object]
_TEXT: _Schema = {"type": "string"}
_YES: _Schema = {"type": "boolean"}
_COUNT: _Schema = {"type": "integer", "minimum": 0}
_DAY: _Schema = {"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"}
_HASH: _Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def _maybe(schema: _Schema) -> _Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _many(schema: _Schema) -> _Schema:
    return {"type": "array", "items": schema}


def _object(properties: dict[str, _Schema], absent: dict[str, _Schema] | None = None, description: str = "") -> _Schema:
    """Return the schema of an object; what is `absent` may be lacking, a later version may tell more."""
    whole: _Schema = {"type": "object", "required": [*properties], "properties": {**properties, **(absent or {})}}
    return {"description": description, **whole} if description else whole


_WHOSE: dict[str, _Schema] = {"bureau": _TEXT, "body": _TEXT, "region": _TEXT}
_MARK: dict[str, _Schema] = {"demonstration": {"const": True}}
_LISTED: dict[str, _Schema] = {
    **dict.fromkeys(("path", "title", "kind", "kind_title", "nature", "publisher"), _TEXT),
    "rows": _COUNT,
}
_SOURCE: dict[str, _Schema] = {
    **dict.fromkeys(("id", "body", "region", "region_name", "url"), _TEXT),
    "field": _maybe(_TEXT),
    "standing": {"enum": [SOUND, HELD, EMPTY]},
    "dated": _maybe(_DAY),
    "commit": _maybe(_TEXT),
    "manifest": _maybe(_HASH),
    "publications": _COUNT,
    "signed": _YES,
    "demonstration": _YES,
    "trouble": _maybe(_object({"kind": _TEXT, "said": _TEXT, "at": _maybe(_DAY)})),
    "lists": _many(_object(_LISTED)),
}
_PORTAL = _object(
    {"schema_version": _TEXT, "dated": _DAY, "total": _COUNT, "file_schema": _TEXT, "result": _many(_object(_SOURCE))},
    _MARK,
    "各机关和它们的状态。",
)
_SIDES = _many(_object({"title": _TEXT, "lines": _many(_TEXT)}))
_BASIS: dict[str, _Schema] = {
    **dict.fromkeys(("law", "version", "article", "role", "told", "state"), _TEXT),
    "paragraph": _COUNT,
    "item": _COUNT,
}
_ADOPTED: dict[str, _Schema] = {
    "body": _TEXT,
    "id": _TEXT,
    "dated": _maybe(_DAY),
    "sha256": _maybe(_TEXT),
    "own": _many(_TEXT),
}
_POWER = _object(
    {
        **_WHOSE,
        **dict.fromkeys(("id", "url", "title", "type", "status"), _TEXT),
        "ended": _YES,
        "bodies": _many(_TEXT),
        "adopted": _maybe(_object(_ADOPTED)),
        "bases": _many(_object(_BASIS)),
        "sanctions": _many(_object({"when": _TEXT, "what": _TEXT, "fine": _TEXT})),
        "tiers": _SIDES,
        "exemptions": _SIDES,
    },
    _MARK,
    "一个机关的一个事项。",
)
_VERSION: dict[str, _Schema] = {
    **dict.fromkeys(("name", "promulgated", "in_force", "document", "structure"), _TEXT),
    "articles": _COUNT,
    "map": _many(_TEXT),
}
_LAW = _object(
    {
        **_WHOSE,
        **dict.fromkeys(("id", "title", "rank", "repealed", "numbers"), _TEXT),
        "versions": _many(_object(_VERSION)),
    },
    _MARK,
    "一个机关收录的一部法律。",
)
_CHANGE = _object(
    {**_WHOSE, **dict.fromkeys(("date", "commit", "collection", "id", "title", "kind"), _TEXT)},
    _MARK,
    "一个机关的一处变化。",
)
FILES: dict[str, _Schema] = {
    f"{BASE}portal.schema.json": _PORTAL,
    f"{BASE}powers.schema.json": _POWER,
    f"{BASE}laws.schema.json": _LAW,
    f"{BASE}changes.schema.json": _CHANGE,
}
"""The schemas by their addresses; those of lines are named like their file."""


def schemas(address: str) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of each; with an absolute `$id` where the portal has an address."""
    for path, schema in FILES.items():
        own = {"$id": f"{address}{path}"} if address else {}
        whole = {"$schema": _DIALECT, **own, **schema}
        yield path, json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"
