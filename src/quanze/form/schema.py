"""JSON Schema files → one self-contained schema a collection, every `$ref` resolved in place."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from quanze.base.problem import Fault
from quanze.form.malformed import faults
from quanze.io.file import Unfit, content
from quanze.io.yaml import escape, marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
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
_NODES, _TRAIL = 50_000, 32
"""So many objects a form may hold when its references are replaced, so many references may lead on."""
DECLARED = frozenset(
    {"section", "collection", "only", "back", "masked", "unit", "prefix", "family", "group", "rules", "codes"}
)
"""Our own keywords: what a schema says to people and of other records, which no validator asks."""
_ANNOTATIONS = {"title", "description", "examples", *DECLARED, WRITING}
_NARROWER: Mapping[str, Callable[[float, float], float]] = {
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems"), min),
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems"), max),
}
"""Bounds that a field may draw narrower than its kind."""


def load_schemas(folder: Path) -> dict[str, Schema]:
    """Return the schemas under `folder` by collection, with references inlined; `common` is not one.

    Files that are as they were are not worked out again: the schemas are for reading.

    Raises:
        Fault: the forms of kinds are not there, or one is no form; in one sentence, at its line.

    """
    files = {f"{folder.name}/{path.name}": _read(path) for path in sorted(folder.glob(f"*{SUFFIX}"))}
    if f"{folder.name}/{COMMON}{SUFFIX}" not in files:
        raise Fault(f"没有找到 {folder.name}/{COMMON}{SUFFIX}；请在项目文件夹里运行")
    return {**_inlined(tuple(files.items()))}


def inlined(files: Mapping[str, bytes]) -> dict[str, Schema]:
    """Return the same of forms that are at hand, by their file names; raises Fault as `load_schemas` does."""
    return {**_inlined(tuple(files.items()))}


@lru_cache(maxsize=8)
def _inlined(files: tuple[tuple[str, bytes], ...]) -> Mapping[str, Schema]:
    raw = {name.rpartition("/")[2].removesuffix(SUFFIX): _load(name, body) for name, body in files}
    return {name: _Inliner(raw).inline(schema, name, ()) for name, schema in raw.items() if name != COMMON}


def _read(path: Path) -> bytes:
    try:
        return content(path, _MOST)
    except Unfit as why:
        raise Fault(f"{path.parent.name}/{path.name} {why}") from None


def _load(name: str, body: bytes) -> Schema:
    """Return what a file holds; a Fault that says in one sentence, at its line, why it is no form."""
    try:
        text = body.decode("utf-8-sig")
        schema = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise Fault(f"{name} 不是 UTF-8 编码；请另存为 UTF-8") from None
    except RecursionError:
        raise Fault(f"{name} 的括号套得太深，读不下去") from None
    except json.JSONDecodeError as error:
        raise Fault(f"{name}:{error.lineno}:{error.colno}: 不是有效的 JSON；请检查这里的逗号、引号和括号") from None
    except ValueError as error:
        raise Fault(f"{name} 里{error}") from None
    if not isinstance(schema, dict):
        raise Fault(f"{name} 的最外层应当是一个 JSON 对象")
    for pointer, said in chain(faults(schema), _refused(schema)):
        line, column = marks(text.encode()).value(pointer)
        raise Fault(f"{name}:{line}:{column}: {said}")
    return schema


def _refused(schema: Schema) -> Iterator[tuple[str, str]]:
    """Yield where a schema is none of JSON Schema, should it use words that we say nothing of."""
    import jsonschema_rs  # noqa: PLC0415

    try:
        jsonschema_rs.meta.validate(schema)
    except jsonschema_rs.ValidationError as error:
        steps = [str(step) for step in error.instance_path]
        yield "".join(f"/{escape(step)}" for step in steps), f"{steps[-1] if steps else '表单'} 不是 JSON Schema 的写法"


def _once(read: list[tuple[str, object]]) -> Schema:
    """Refuse a name that stands twice in an object: JSON would drop the first."""
    found: Schema = {}
    for name, value in read:
        if name in found:
            raise ValueError(f"「{name}」在同一个大括号里写了两次")
        found[name] = value
    return found


def _no_number(word: str) -> None:
    raise ValueError(f"写了 {word}，这不是数字")


class _Inliner:
    """Puts in the place of each reference what it names, within bounds."""

    def __init__(self, raw: Mapping[str, Schema]) -> None:
        self._raw = raw
        self._left = _NODES

    def inline(self, node: Any, name: str, trail: tuple[str, ...]) -> Any:
        """Return `node` of the schema `name` with references replaced.

        Raises:
            Fault: references lead on without end, or to nothing.

        """
        if isinstance(node, list):
            return [self.inline(part, name, trail) for part in node]
        if not isinstance(node, dict):
            return node
        self._left -= 1
        if self._left < 0 or len(trail) > _TRAIL:
            raise Fault(f"schema/{name}{SUFFIX} 里的 $ref 一层套一层，展开以后太大；请少套几层")
        return _merged(self, node, name, self._raw, trail)


def _merged(inliner: _Inliner, node: Schema, name: str, raw: Mapping[str, Schema], trail: tuple[str, ...]) -> Schema:
    reference = node.get("$ref")
    own = {key: inliner.inline(part, name, trail) for key, part in node.items() if key not in {"$ref", "$defs"}}
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
    found = inliner.inline(_at(raw.get(target), pointer, f"schema/{name}{SUFFIX}", reference), target, (*trail, step))
    clash = (own.keys() & found.keys()) - _ANNOTATIONS
    if clash <= _NARROWER.keys():
        own |= {key: _NARROWER[key](own[key], found[key]) for key in clash}
    else:
        told = {key: part for key, part in {**found, **own}.items() if key in _ANNOTATIONS}
        return {**told, "allOf": [found, own]}
    if "description" in own and "description" in found:
        own[WRITING] = found.get(WRITING, found["description"])
    return {**found, **own}


def _at(node: object, pointer: str, where: str, reference: str) -> Schema:
    for step in pointer.split("/")[1:]:
        node = node.get(step.replace("~1", "/").replace("~0", "~")) if isinstance(node, dict) else None
    if not isinstance(node, dict):
        raise Fault(f"{where} 里的 $ref「{reference}」没有指向任何定义")
    return node
