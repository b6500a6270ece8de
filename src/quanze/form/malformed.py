"""What a form's file may hold, keyword by keyword: what is none of it is told in one sentence, at its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.form.pattern import pattern
from quanze.form.words import near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quanze.base.model import Schema

_DEPTH = 32
_MOST, _LARGEST = 1_000_000, 10**15
"""No text or list of a record is longer, and no number larger."""
_TYPES = frozenset({"string", "integer", "number", "boolean", "array", "object", "null"})
_Fault = tuple[str, str]
"""(JSON pointer, what is wrong there)."""


def _text(value: object) -> bool:
    return isinstance(value, str)


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _LARGEST


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST


def _truth(value: object) -> bool:
    return isinstance(value, bool)


def _list(value: object) -> bool:
    return isinstance(value, list)


def _names(value: object) -> bool:
    return isinstance(value, list) and all(map(_text, value)) and len({*value}) == len(value)


def _word(value: object) -> bool:
    return isinstance(value, str) and bool(value) and value.strip() == value and value.isprintable()


def _words(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_word, value)) and len({*value}) == len(value)


def _one(value: object) -> bool:
    return isinstance(value, str | int | float | bool)


def _some(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_one, value))


def _type(value: object) -> bool:
    many = value if isinstance(value, list) else [value]
    return bool(many) and all(isinstance(one, str) and one in _TYPES for one in many)


def _object(value: object) -> bool:
    return isinstance(value, dict)


def _needs(value: object) -> bool:
    return isinstance(value, dict) and all(map(_names, value.values()))


def _digits(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) and one.isdecimal() for one in value.values())


def _parted(value: object) -> bool:
    return isinstance(value, dict) and value.keys() <= {"own", "free", "kept"} and all(map(_names, value.values()))


def _back(value: object) -> bool:
    return (
        isinstance(value, dict)
        and all(isinstance(one, str) or _names(one) for one in value.values())
        and all(isinstance(value.get(name, []), list) for name in ("show", "order"))
    )


def _either(value: object) -> bool:
    return isinstance(value, dict | bool)


def _schemas(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_object, value))


def _regular(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        re.compile(value)
    except (re.error, RecursionError, OverflowError):
        return False
    return pattern(value) is not None or "(?" in value  # look-ahead is for the engine of forms alone


def _dialect(value: object) -> bool:
    return value == DIALECT


def _never(_value: object) -> bool:
    return False


DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXTS = ("title", "description", "section", "collection", "$ref", "prefix", "group", "unit")
_WANTED: dict[str, tuple[Callable[[object], bool], str]] = {
    "type": (_type, f"只能是 {'、'.join(sorted(_TYPES))}"),
    **dict.fromkeys(_TEXTS, (_text, "须是文字，加引号")),
    "$schema": (_dialect, f"只能是 {DIALECT}"),
    **dict.fromkeys(("$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$vocabulary"), (_never, "不用；引用写 $ref")),
    **dict.fromkeys(
        (
            *("patternProperties", "propertyNames", "unevaluatedProperties"),
            *("dependentSchemas", "dependencies", "definitions"),
        ),
        (_never, "不用；栏目写在 properties 里，别的栏目不能有的写 additionalProperties: false"),
    ),
    **dict.fromkeys(
        ("contains", "minContains", "maxContains", "prefixItems", "unevaluatedItems", "additionalItems"),
        (_never, "不用；列表里每一项的写法写在 items 里"),
    ),
    **dict.fromkeys(
        ("format", "contentEncoding", "contentMediaType", "contentSchema"),
        (_never, "写了也不检查；请引用 common.schema.json 里的类型，或者写 pattern"),
    ),
    "pattern": (_regular, "须是正则表达式"),
    "required": (_names, "须是栏目名的列表，一个名称写一次"),
    "enum": (_words, "须是词的列表，至少一个，一个词写一次；数字也加引号，是或否引用 $defs/yesno"),
    "const": (_word, "须是一个词，数字也加引号；是或否引用 $defs/yesno"),
    "examples": (_list, "须是列表"),
    "rules": (_list, "须是列表"),
    "family": (_number, "须是数字"),
    **dict.fromkeys(
        ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), (_number, f"须是数字，不超过 {_LARGEST}")
    ),
    **dict.fromkeys(
        ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
        (_count, f"须是整数，不超过 {_MOST}"),
    ),
    **dict.fromkeys(("uniqueItems", "masked"), (_truth, "只能是 true 或 false")),
    "codes": (_digits, '须是一组「词: "数字"」，词是 enum 里的，数字加引号'),
    "only": (_object, "须是一组「名称: 值」"),
    "dependentRequired": (_needs, "须是一组「栏目名: [栏目名, 栏目名]」"),
    "adopt": (_parted, "须是一组「own、free、kept: [栏目名]」"),
    "back": (_back, "须是一组「名称: 文字」，show 和 order 是列表"),
    **dict.fromkeys(("properties", "$defs"), (_object, "须是一组「栏目名: 写法」")),
    "items": (_object, "须是一个写法（大括号），说明列表里的每一项"),
    "additionalProperties": (_either, "只能是 false"),
    **dict.fromkeys(("not", "if", "then", "else"), (_object, "须是一个写法（大括号）")),
    **dict.fromkeys(("allOf", "anyOf", "oneOf"), (_schemas, "须是写法（大括号）的列表，至少一个")),
}  # fmt: skip
_ASKED = {**_WANTED, "enum": (_some, "须是词的列表，至少一个"), "const": (_one, "须是一个词、数字或者 true、false")}
"""The same of a test: what it asks of a field may be a number or a yes."""
_INNER = ("items", "additionalProperties", "not", "if", "then", "else")
_COMBINING = frozenset({"$ref", "allOf", "anyOf", "oneOf"})
_TESTS = frozenset({"not", "if", "then", "else"})


def faults(schema: Schema, pointer: str = "", *, depth: int = 0, test: bool = False) -> Iterator[_Fault]:
    """Yield what is wrong with a schema and all that is in it; a `test` allows or forbids, it describes no field."""
    if depth > _DEPTH:
        yield pointer, f"套了 {_DEPTH} 层以上；表单不能套这么深"
        return
    for name, value in schema.items():
        fits, wanted = (_ASKED if test else _WANTED).get(name, (None, ""))
        if fits and not fits(value):
            yield f"{pointer}/{name}", f"{name} {wanted}"
            return
    if not test:
        yield from _undescribed(schema, pointer)
    for below, inner, tests in within(schema):
        if isinstance(inner, dict):
            yield from faults(inner, f"{pointer}/{below}", depth=depth + 1, test=test or tests)
        elif below.startswith("properties/") and not (isinstance(inner, bool) and (test or tests)):
            yield f"{pointer}/{below}", f"栏目「{below.partition('/')[2]}」的写法须是一个大括号，写明 type 或者 $ref"


def _undescribed(schema: Schema, pointer: str) -> Iterator[_Fault]:
    """Yield what a schema says of its fields that cannot be so.

    Words with digits that no record can have; a kind under a title of its own, by which code does not know it; fields
    that every record must have and none can, but what combines schemas may describe them elsewhere.
    """
    for word in schema.get("codes", ()):
        if word not in schema.get("enum", ()):
            yield f"{pointer}/codes", f"codes 里的「{word}」不在 enum 里；请先在 enum 里写上这个词"
    if "$ref" in schema and "title" in schema:
        yield f"{pointer}/title", "引用了类型的，不另写 title：栏目名就是标题；写了，就不再按那种类型检查"
    described = schema.get("properties", {})
    closed = schema.get("additionalProperties") is False
    if "properties" in schema and (closed or not (pointer or schema.keys() & _COMBINING)):
        for place, name in enumerate(schema.get("required", ())):
            if name not in described:
                said = f"required 写的「{name}」不在 properties 里{near(name, described)}"
                yield f"{pointer}/required/{place}", said


def within(schema: Schema) -> Iterator[tuple[str, object, bool]]:
    """Yield (step, schema, whether it is a test) of the schemas that a schema holds."""
    for name in ("properties", "$defs"):
        yield from ((f"{name}/{key}", value, False) for key, value in schema.get(name, {}).items())
    yield from ((name, schema[name], name in _TESTS) for name in _INNER if name in schema)
    for name in ("allOf", "anyOf", "oneOf"):
        yield from ((f"{name}/{place}", value, True) for place, value in enumerate(schema.get(name, ())))
