"""Whether a form's fields can be read and shown: code reads a kind, a word, a group, and a list of one of these."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.base.value import elements, mapping
from quanze.form import kinds
from quanze.form.sentences import quote
from quanze.io.yaml import escape
from quanze.register.definition import ID, NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_Fault = tuple[str, str]
"""(JSON pointer, what is wrong there)."""
_SCALARS = frozenset({"string", "integer", "number", "boolean"})
_SAYING = frozenset({"type", "enum", "const"})
_COMBINING = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else")
_BOUNDS = (
    ("minimum", "maximum"),
    ("exclusiveMinimum", "exclusiveMaximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
)
_NAME = re.compile(r"[^\W_](?:[\w、（）()/·-]*[\w）)])?")
"""What a field may be called: dots part the steps of a path, and programs have names that begin with _."""


def unreadable(schema: Mapping[str, object], pointer: str = "") -> Iterator[_Fault]:
    """Yield the fields of a form, or of a group, that a rule would not check or a page not show."""
    yield from _hidden(schema, pointer)
    for name, part in mapping(schema.get("properties")).items():
        at = f"{pointer}/properties/{escape(name)}"
        if not _NAME.fullmatch(name):
            yield at, f"栏目名{quote(name)}写法不对；用文字、数字，不用点、空格和尖括号，不以下划线开头"
        elif name in {NUMBER, ID, "id"} and not pointer:
            yield at, f"栏目不能叫「{name}」：清单和数据里已经有这一列；请换一个名称"
        else:
            yield from _field(name, mapping(part), at)


def _field(name: str, part: Mapping[str, object], at: str) -> Iterator[_Fault]:
    yield from _bounds(name, part, at)
    if part.get("type") == "array":
        yield from _hidden(part, at)
        pointing = {name: part[name] for name in ("collection",) if name in part}
        at, part = f"{at}/items", {**pointing, **mapping(part.get("items"))}
        yield from _bounds(name, part, at)
        if part.keys() <= pointing.keys():
            yield at.removesuffix("/items"), f"「{name}」是列表，要写 items，说明每一项是什么"
            return
        if part.get("type") == "array":
            yield at, f"「{name}」是列表的列表，网页显示不了；请把里面的列表写成一组栏目里的一个栏目"
            return
    known = kinds.KINDS.get(str(part.get("title")))
    if known is kinds.REF and not part.get("collection"):
        yield at, f"「{name}」引用了 $defs/ref，要写指向哪个集合（collection）"
    if known is None:
        yield from _plain(name, part, at)


def _plain(name: str, part: Mapping[str, object], at: str) -> Iterator[_Fault]:
    """Yield what is wrong with a field that is no kind: it is a group, or words or a number."""
    if part.get("type") == "object" and mapping(part.get("properties")):
        yield from unreadable(part, at)
        return
    hidden = [*_hidden(part, at)]
    yield from hidden
    types = part.get("type")
    if hidden:
        return
    if types == "object":
        yield at, f"「{name}」是一组栏目，要在 properties 里写明是哪些"
    elif not ({types} if isinstance(types, str) else {*elements(types)}) <= _SCALARS or not (part.keys() & _SAYING):
        yield at, f"「{name}」没有写明填什么；请引用 $defs 里的一种类型，或者写 type（一种）、enum"


def _hidden(part: Mapping[str, object], at: str) -> Iterator[_Fault]:
    """Yield where a kind stands in what only allows or forbids, so that nobody reads it as a field."""
    for word in _COMBINING:
        kind = _kind_in(part.get(word))
        if kind:
            yield f"{at}/{word}", f"{word} 里引用了类型「{kind}」，那里的值不会检查；请在栏目上直接写 $ref"
    if part.get("additionalProperties", False) is not False:
        said = "additionalProperties 里写的栏目不会检查，也不会显示；请在 properties 里写明每个栏目，这里写 false"
        yield f"{at}/additionalProperties", said


def _kind_in(tests: object) -> str:
    """Return the name of the first kind in some tests, however deep; empty where there is none."""
    left = [tests]
    while left:
        node = left.pop()
        if isinstance(node, dict):
            if node.get("title") in kinds.KINDS:
                return str(node["title"])
            left += node.values()
        elif isinstance(node, list):
            left += node
    return ""


def _bounds(name: str, part: Mapping[str, object], at: str) -> Iterator[_Fault]:
    for low, high in _BOUNDS:
        least, most = part.get(low), part.get(high)
        if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
            yield f"{at}/{low}", f"「{name}」的 {low} 大于 {high}，没有值能符合；请核对"


def unbounded(schema: Mapping[str, object], pointer: str = "") -> Iterator[_Fault]:
    """Yield the form and its groups that do not say that a record has no other fields: what is misspelt is not told."""
    if "additionalProperties" not in schema and "properties" in schema:
        yield pointer, '没有写 "additionalProperties": false：写错的栏目名查不出来，内容也不会显示；请写上'
    for name, part in mapping(schema.get("properties")).items():
        at = f"{pointer}/properties/{escape(name)}"
        inner = mapping(part)
        if inner.get("type") == "array":
            inner, at = mapping(inner.get("items")), f"{at}/items"
        if inner.get("title") not in kinds.KINDS:
            yield from unbounded(inner, at)
