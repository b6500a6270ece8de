"""The schemas as published: what a re-user's validator takes, and the records fit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quanze.base.value import mapping, texts
from quanze.form.schema import COMMON, DECLARED, SUFFIX
from quanze.form.sentences import WRITING
from quanze.register.catalog import LISTS
from quanze.register.tree import SITE, WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMED = frozenset({"properties", "$defs"})
"""Keywords whose keys are names, not keywords."""
ID = {"description": "记录的编号，永不改变。", "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}

_MARK = {"description": "只在演示网站逐行的数据里有：不是任何机关的正式内容。", "const": True}
_ROWS = {"description": "清单的各行；只在一张清单自己的文件里有。", "type": "array"}


def published(name: str, content: bytes, url: str) -> bytes:
    """Return a form as the schema of the published records: with their `id`, and an absolute `$id` under an address."""
    schema: Mapping[str, object] = mapping(plain(json.loads(content)))
    more = added(name)
    if more:
        properties = {"id": ID, **mapping(schema["properties"]), **more}
        schema = {**schema, "required": ["id", *texts(schema.get("required"))], "properties": properties}
    whole = {"$id": f"{url}schema/{name}", **schema} if url else schema
    return json.dumps(whole, ensure_ascii=False, indent=2).encode() + b"\n"


def added(name: str) -> Mapping[str, object]:
    """Return the fields that a published record has beyond those of its form's file; none for what is no record's."""
    collection = name.removesuffix(SUFFIX)
    if collection in {COMMON, SITE, WORDS}:
        return {}
    return {"id": ID, **({"rows": _ROWS} if collection == LISTS else {}), "demonstration": _MARK}


def plain(schema: object) -> object:
    """Return a schema without the keywords that are ours alone: Ajv refuses a schema with one that it does not know."""
    if isinstance(schema, list):
        return [plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {name: _parts(name, value) for name, value in schema.items() if name not in {*DECLARED, WRITING}}


def _parts(name: str, value: object) -> object:
    if name in _NAMED:
        return {key: plain(part) for key, part in mapping(value).items()}
    return value if name in {"enum", "const", "examples", "required", "dependentRequired"} else plain(value)
