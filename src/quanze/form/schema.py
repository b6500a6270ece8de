"""JSON Schema files → one self-contained schema a collection, every `$ref` resolved in place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from quanze.base.problem import Fault
from quanze.io.file import Unfit, content

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

Schema = dict[str, Any]
"""A JSON Schema object (2020-12)."""

SUFFIX = ".schema.json"
COMMON = "common"
FORBIDDEN: Schema = {"not": {}}
"""The schema of a field that a record must not have."""
WRITING = "writing"
"""Where a field has help of its own, the help of its kind is kept under this name: how the value is written."""
_MOST = 1 << 20
DECLARED = frozenset({"section", "collection", "only", "back", "masked", "prefix", "family", "rules"})
"""Our own keywords: what a schema says to people and of other records, which no validator asks."""
_ANNOTATIONS = {"title", "description", "examples", *DECLARED, WRITING}
_NARROWER: Mapping[str, Callable[[Any, Any], Any]] = {
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems"), min),
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems"), max),
}
"""Bounds that a field may draw narrower than its kind."""


def load_schemas(folder: Path) -> dict[str, Schema]:
    """Return the schemas under `folder` by collection, with references inlined; `common` is not one."""
    raw = {path.name.removesuffix(SUFFIX): _load(path) for path in sorted(folder.glob(f"*{SUFFIX}"))}
    if COMMON not in raw:
        raise Fault(f"没有找到 {folder.name}/{COMMON}{SUFFIX}；请在项目文件夹里运行")
    return {name: _inline(schema, name, raw, ()) for name, schema in raw.items() if name != COMMON}


def _load(path: Path) -> Schema:
    try:
        schema = json.loads(content(path, _MOST))
    except Unfit as why:
        raise Fault(f"{path.parent.name}/{path.name} {why}") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Fault(f"{path.parent.name}/{path.name} 不是有效的 JSON：{error}") from None
    if not isinstance(schema, dict):
        raise Fault(f"{path.parent.name}/{path.name} 的最外层应当是一个 JSON 对象")
    return schema


def _inline(node: Any, name: str, raw: Mapping[str, Schema], trail: tuple[str, ...]) -> Any:
    """Return `node` of the schema `name` with references replaced by what they name."""
    if isinstance(node, list):
        return [_inline(part, name, raw, trail) for part in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref")
    own = {key: _inline(part, name, raw, trail) for key, part in node.items() if key not in {"$ref", "$defs"}}
    if isinstance(own.get("properties"), dict):
        # `false` loses its place in jsonschema's errors; `not: {}` means the same and keeps it.
        own["properties"] = {key: FORBIDDEN if part is False else part for key, part in own["properties"].items()}
    if not isinstance(reference, str):
        return own
    file, _, pointer = reference.partition("#")
    target = file.removesuffix(SUFFIX) or name
    step = f"{target}#{pointer}"
    if step in trail:
        raise Fault(f"schema/{name}{SUFFIX} 里的 $ref「{reference}」绕回了自己；表单不能无限嵌套")
    found = _inline(_at(raw.get(target), pointer, f"schema/{name}{SUFFIX}", reference), target, raw, (*trail, step))
    clash = (own.keys() & found.keys()) - _ANNOTATIONS
    if clash <= _NARROWER.keys():
        own |= {key: _NARROWER[key](own[key], found[key]) for key in clash}
    else:
        told = {key: part for key, part in {**found, **own}.items() if key in _ANNOTATIONS}
        return {**told, "allOf": [found, own]}
    if "description" in own and "description" in found:
        own[WRITING] = found.get(WRITING, found["description"])
    return {**found, **own}


def _at(node: Any, pointer: str, where: str, reference: str) -> Any:
    for step in pointer.split("/")[1:]:
        node = node.get(step.replace("~1", "/").replace("~0", "~")) if isinstance(node, dict) else None
    if not isinstance(node, dict):
        raise Fault(f"{where} 里的 $ref「{reference}」没有指向任何定义")
    return node
