"""JSON Schema files → one form a collection, by a self-contained schema: every `$ref` is resolved in place."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from quanze.base.problem import Fault
from quanze.form import kinds
from quanze.form.declared import FORBIDDEN
from quanze.form.fields import form
from quanze.form.malformed import faults
from quanze.form.sentences import WRITING
from quanze.io.file import Unfit, content
from quanze.io.yaml import escape, marks, steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from quanze.base.model import Schema
    from quanze.form.fields import Form

SUFFIX = ".schema.json"
COMMON = "common"
_MOST = 1 << 20
_DEFINED = re.compile(r"/\$defs/[^/]+")
"""What a reference may name: one definition, not all of them and no part of one."""
_NODES, _TRAIL = 50_000, 32
"""So many objects a form may hold when its references are replaced, so many references may lead on."""
DECLARED = frozenset(
    {"section", "collection", "only", "back", "masked", "unit", "prefix", "family", "group", "rules", "codes", "adopt"}
)
"""Our own keywords: what a schema says to people and of other records, which no validator asks."""
_ANNOTATIONS = {"title", "description", "examples", *DECLARED, WRITING}
_NARROWER: Mapping[str, Callable[[float, float], float]] = {
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems"), min),
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems"), max),
}
"""Bounds that a field may draw narrower than its kind."""
_SINGLE = (kinds.TITLE, kinds.STATUS, kinds.POWERTYPE, kinds.START, kinds.END, kinds.CHECK, kinds.ADOPTION)
"""Kinds of which a record has one alone: code asks them what the record is, and whether it is in effect."""


def load_forms(folder: Path) -> dict[str, Form]:
    """Return the forms under `folder` by collection, with references inlined; `common` is not one.

    Files that are as they were are not worked out again: the same forms come, and their schemas are for reading.

    Raises:
        Fault: the forms of kinds are not there, or one is no form; in one sentence, at its line.

    """
    files = {f"{folder.name}/{path.name}": _read(path) for path in sorted(folder.glob(f"*{SUFFIX}"))}
    if f"{folder.name}/{COMMON}{SUFFIX}" not in files:
        raise Fault(f"没有找到 {folder.name}/{COMMON}{SUFFIX}；请在项目文件夹里运行")
    return forms(files)


def forms(files: Mapping[str, bytes]) -> dict[str, Form]:
    """Return the forms of files that are read already, by their file names, references replaced.

    Raises:
        Fault: a file is no form; in one sentence, at its line.

    """
    return {**_forms(tuple(files.items()))}


@lru_cache(maxsize=8)
def _forms(files: tuple[tuple[str, bytes], ...]) -> Mapping[str, Form]:
    names = {name.rpartition("/")[2].removesuffix(SUFFIX): (name, body) for name, body in files}
    raw = {name: _load(*named) for name, named in names.items()}
    try:
        made = {name: _Inliner(raw).inline(schema, name, "", ()) for name, schema in raw.items() if name != COMMON}
    except _Misplaced as fault:
        raise _placed(*names[fault.form], fault.pointer, fault.said) from None
    for name, schema in made.items():
        for pointer, message in _repeated(schema):
            raise _placed(*names[name], pointer, message)
    return {name: form(name, schema) for name, schema in made.items()}


def _placed(name: str, body: bytes, pointer: str, message: str) -> Fault:
    line, column = marks(body).value(pointer)
    return Fault(f"{name}:{line}:{column}: {message}")


def _repeated(schema: Schema) -> Iterator[tuple[str, str]]:
    """Yield the fields of a kind that a record has once where they are lists; a status that stands beside another."""
    for kind in _SINGLE:
        before = ""
        for name, part in schema.get("properties", {}).items():
            many = part.get("type") == "array"
            if (part.get("items", {}) if many else part).get("title") != kind.name:
                continue
            pointer = f"/properties/{escape(name)}"
            if many:
                yield pointer, f"「{name}」是{kind.name}，一条记录只能有一个，不能写成列表"
            if before and kind is kinds.STATUS:
                yield pointer, f"「{before}」和「{name}」都是{kind.name}，一条记录只能有一个"
            before = name


_HALF = re.compile("[\ud800-\udfff]")
"""Half of a pair that writes one character in JSON, alone."""


def _read(path: Path) -> bytes:
    try:
        return content(path, _MOST)
    except Unfit as why:
        raise Fault(f"{path.parent.name}/{path.name} {why}") from None


def _load(name: str, body: bytes) -> Schema:
    """Return what a file holds; a Fault that says in one sentence, at its line, why it is no form."""
    try:
        schema = json.loads(body.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise Fault(f"{name} 不是 UTF-8 编码；请另存为 UTF-8") from None
    except RecursionError:
        raise Fault(f"{name} 的括号套得太深，读不下去") from None
    except json.JSONDecodeError as error:
        raise Fault(f"{name}:{error.lineno}:{error.colno}: 不是有效的 JSON；请检查这里的逗号、引号和括号") from None
    except ValueError:
        raise Fault(f"{name} 里有位数太多的数字，读不下去") from None
    half = _HALF.search(json.dumps(schema, ensure_ascii=False))
    if half:
        raise Fault(f"{name} 里写了 \\u{ord(half[0]):04x}，这是半个字符；请写字符本身")
    if not isinstance(schema, dict):
        raise _placed(name, body, "", "最外层应当是一个 JSON 对象")
    for pointer, message in chain(_slips(schema), faults(schema), _refused(schema)):
        raise _placed(name, body, pointer, message)
    return schema


def _refused(schema: Schema) -> Iterator[tuple[str, str]]:
    """Yield where a schema is none of JSON Schema, should it use words that we say nothing of."""
    import jsonschema_rs  # noqa: PLC0415

    try:
        jsonschema_rs.meta.validate(schema)
    except jsonschema_rs.ValidationError as error:
        steps = [str(step) for step in error.instance_path]
        yield "".join(f"/{escape(step)}" for step in steps), f"{steps[-1] if steps else '表单'} 不是 JSON Schema 的写法"


class _Slip(str):
    """What stands in a form in the place of a value that it may not hold: what is said of it."""

    __slots__ = ()


def _once(read: list[tuple[str, object]]) -> Schema:
    """Mark a name that stands twice in an object: JSON would drop the first."""
    members: Schema = {}
    for name, value in read:
        members[name] = _Slip(f"「{name}」在同一个大括号里写了两次") if name in members else value
    return members


def _no_number(word: str) -> _Slip:
    return _Slip(f"写了 {word}，这不是数字")


def _slips(schema: Schema) -> Iterator[tuple[str, str]]:
    """Yield where slips stand, however deep."""
    left: list[tuple[str, object]] = [("", schema)]
    while left:
        pointer, node = left.pop()
        if isinstance(node, _Slip):
            yield pointer, node
        parts = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        left += [(f"{pointer}/{escape(str(step))}", part) for step, part in parts]


class _Misplaced(Exception):  # noqa: N818
    """A fault in a form, by its name and a pointer into its file."""

    def __init__(self, form: str, pointer: str, said: str) -> None:
        super().__init__(said)
        self.form, self.pointer, self.said = form, pointer, said


class _Inliner:
    """Puts in the place of each reference what it names, within bounds."""

    def __init__(self, raw: Mapping[str, Schema]) -> None:
        self._raw = raw
        self._left = _NODES

    def inline(self, node: Any, name: str, pointer: str, trail: tuple[str, ...]) -> Any:
        """Return `node`, which stands at `pointer` of the schema `name`, with references replaced.

        Raises:
            _Misplaced: references lead on without end, or to nothing.

        """
        if isinstance(node, list):
            return [self.inline(part, name, f"{pointer}/{place}", trail) for place, part in enumerate(node)]
        if not isinstance(node, dict):
            return node
        self._left -= 1
        if self._left < 0 or len(trail) > _TRAIL:
            raise _Misplaced(name, pointer, "这里的 $ref 一层套一层，展开以后太大；请少套几层")
        return self._merged(node, name, pointer, trail)

    def _merged(self, node: Schema, name: str, pointer: str, trail: tuple[str, ...]) -> Schema:
        reference = node.get("$ref")
        own = {
            key: self.inline(part, name, f"{pointer}/{escape(key)}", trail)
            for key, part in node.items()
            if key not in {"$ref", "$defs"}
        }
        if isinstance(own.get("properties"), dict):
            # `false` loses its place in jsonschema's errors; `not: {}` means the same and keeps it.
            own["properties"] = {key: FORBIDDEN if part is False else part for key, part in own["properties"].items()}
        if not isinstance(reference, str):
            return own
        file, _, below = reference.partition("#")
        target = file.removesuffix(SUFFIX) or name
        step = f"{target}#{below}"
        if step in trail:
            raise _Misplaced(name, f"{pointer}/$ref", f"$ref「{reference}」绕回了自己；表单不能无限嵌套")
        there = _at(self._raw.get(target), below) if _DEFINED.fullmatch(below) else None
        if there is None:
            raise _Misplaced(
                name,
                f"{pointer}/$ref",
                f"$ref「{reference}」没有指向任何定义；只能引用 $defs 里的，如 {COMMON}{SUFFIX}#/$defs/text",
            )
        return _narrowed(own, self.inline(there, target, below, (*trail, step)))


def _narrowed(own: Schema, target: Schema) -> Schema:
    """Return what a reference names, with what stands beside the reference; what both ask must both hold."""
    clash = (own.keys() & target.keys()) - _ANNOTATIONS
    if clash <= _NARROWER.keys():
        own |= {key: _NARROWER[key](own[key], target[key]) for key in clash}
    else:
        annotations = {key: part for key, part in {**target, **own}.items() if key in _ANNOTATIONS}
        return {**annotations, "allOf": [target, own]}
    if "description" in own and "description" in target:
        own[WRITING] = target.get(WRITING, target["description"])
    return {**target, **own}


def _at(node: object, pointer: str) -> Schema | None:
    for step in steps(pointer):
        node = node.get(step) if isinstance(node, dict) else None
    return node if isinstance(node, dict) else None
