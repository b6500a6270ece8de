"""A plain Chinese sentence for every JSON Schema keyword: which field, which value, what would be right."""

from __future__ import annotations

import difflib
import json
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from quanze.base.value import elements, mapping
from quanze.form.explaining import explainer
from quanze.io.yaml import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jsonschema.exceptions import ValidationError

    from quanze.base.model import Schema

    Keyword = Callable[[Any, object, "_Path", Schema], Iterator["Told"]]
    """Tells a fault of one keyword; the value that the schema gives it is of another type with each."""

FORBIDDEN, REQUIRED = "form-forbidden", "form-required"
RULES = {
    REQUIRED: "必填的栏目不能缺。",
    "form-unknown-field": "只能写表单里有的栏目；表单没有的内容写进「备注」。",
    FORBIDDEN: "有些栏目只适用于某些记录，如「处罚」只用于行政处罚，「终止日期」只用于已经终止的事项。",
    "form-type": "值的类型须与栏目相符：文字、数字、列表，还是一组栏目。",
    "form-enum": "有固定词表的栏目，只能用词表里的词。",
    "form-pattern": "日期、电话、编号、网址等须按规定的写法。",
    "form-length": "文字不能太短或者太长，列表不能空。",
    "form-range": "数字不能超出规定的范围。",
    "form-unique": "列表里不能有重复的值。",
    "form-choice": "几种写法里，须符合其中一种。",
    "form-other": "值须符合表单的其他要求。",
}

WRITING = "writing"
"""Where a field has help of its own, the help of its kind is kept under this name: how the value is written."""
PATTERN = "form-pattern"
"""Told of a reference, it is no id: who knows the records can say which is meant."""
_SHOWN, _FEW = 30, 3
Told = tuple[tuple[str | int, ...], str, str, bool]
"""(path below the error's, rule, sentence, whether the key is the place)"""
_Path = tuple[str | int, ...]


def sentence(error: ValidationError, path: _Path, because: str = "") -> Iterator[Told]:
    """Yield the sentences for one failure that jsonschema found at `path`.

    `because` says what decides that this is asked of the record: 「状态」是「取消」; empty where it is asked of all.
    """
    tell = KEYWORDS.get(str(error.validator)) or _other
    instance, schema = error.instance, error.schema if isinstance(error.schema, dict) else {}
    if str(error.validator) in {"pattern", "type", "enum", "anyOf"} and isinstance(instance, str):
        mended = _halfwidth(instance, schema)
        if mended is not None:
            yield (), "yaml-fullwidth", f"{place(path)}写了全角字符{quote(instance)}；请改成半角「{mended}」", False
            return
    for below, rule, told, at_key in tell(error.validator_value, instance, path, schema):
        yield below, rule, f"{told}{_why(rule, because)}", at_key


def _why(rule: str, because: str) -> str:
    """Return what is added to a sentence of what only some records must or cannot have."""
    if not because:
        return ""
    return {FORBIDDEN: f"，或者核对：{because}", REQUIRED: f"；{because}的要写"}.get(rule, "")


def place(path: Sequence[str | int]) -> str:
    """Return the words for a position: 「实施依据」第 2 条的「款」."""
    said = ""
    for step in path:
        said += f"第 {step + 1} 条" if isinstance(step, int) else f"{'的' if said else ''}「{step}」"
    return said or "这份文件"


def quote(value: object) -> str:
    """Return a value between corner brackets, cut where it is long."""
    text = _flat(value)
    return f"「{text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}」"


def _flat(value: object) -> str:
    """Return a value in one line, its parts by their names as a file has them, without the marks of a program."""
    if isinstance(value, Mapping) and value:
        return "，".join(f"{name}: {_flat(one)}" for name, one in value.items())
    if isinstance(value, list | tuple) and value:
        nested = any(isinstance(one, Mapping | list) for one in value)
        return ("；" if nested else "、").join(map(_flat, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _halfwidth(text: str, schema: Schema) -> str | None:
    """Return the text in half-width characters if that, read as YAML, would be right; quoted, if only that is."""
    normal = unicodedata.normalize("NFKC", text).replace("【", "[").replace("】", "]").strip('“”"')
    if normal == text:
        return None
    data, problems = read(f"a: {normal}\n".encode(), "")
    if problems or not isinstance(data, dict):
        return None
    fits = explainer()(schema).is_valid
    return normal if fits(data.get("a")) else f'"{normal}"' if fits(normal) else None


@lru_cache(maxsize=64)  # one wrong name is often written in every element of a list
def _near(word: str, words: tuple[str, ...]) -> str:
    letters = {*word}
    alike = [one for one in words if not letters.isdisjoint(one)]  # a file may have many thousands of unknown names
    near = difflib.get_close_matches(word, alike, 1, 0.4) or [w for w in words if w in word or word in w][:1]
    return near[0] if near else ""


def _required(missing: list[str], instance: object, path: _Path, schema: Schema) -> Iterator[Told]:
    for name in missing:
        if name not in mapping(instance):
            near = _mistaken(name, instance, schema)
            hint = f"；是不是把它写成了「{near}」" if near else ""
            yield (near,) if near else (), REQUIRED, f"{place(path)}缺少必填的「{name}」{hint}", True


def _mistaken(name: str, instance: object, schema: Schema) -> str:
    """Return the unknown field that was probably meant to be a required one; a condition does not know the fields."""
    known = schema.get("properties", {})
    return _near(name, tuple(key for key in mapping(instance) if key not in known)) if name in known else ""


def _additional(_: object, instance: object, path: _Path, schema: Schema) -> Iterator[Told]:
    known, written = schema.get("properties", {}), mapping(instance)
    mistaken = {_mistaken(name, instance, schema) for name in schema.get("required", ()) if name not in written}
    for name in written:
        if name not in known and name not in mistaken:
            holding = [one for one in known if name in one]
            near = holding if 0 < len(holding) <= _FEW else [*filter(None, [_near(name, (*known,))])]
            hint = f"；是不是{'或者'.join(map(quote, near))}" if near else f"；可以用的有：{'、'.join(known)}"
            where = f"{place(path)}里" if path else "表单"
            yield (name,), "form-unknown-field", f"{where}没有「{name}」这个栏目{hint}", True


def _type(wanted: str | list[str], instance: object, path: _Path, schema: Schema) -> Iterator[Told]:
    kinds = [wanted] if isinstance(wanted, str) else list(wanted)
    if instance is not None or "enum" not in schema:  # what has words to choose from is told with them
        yield (), "form-type", f"{place(path)}{_mistyped(kinds, instance, schema)}", False


def _mistyped(kinds: list[str], instance: object, schema: Schema) -> str:
    if instance is None:
        return "没有值；请填写，用不上的栏目整行删去"
    if "string" in kinds:
        if isinstance(instance, bool | int | float):
            return f'须是文字，而{quote(instance)}会被读成数字或真假；请加上引号："{json.dumps(instance)}"'
        return "须是一行文字，而这里写成了列表或者一组栏目"
    if "array" in kinds:
        return f"须是列表，而这里是{quote(instance)}；请每项另起一行，前面加「- 」"
    if "object" in kinds:
        known = list(schema.get("properties", {}))
        first = next((name for name in (*schema.get("required", ()), *known) if name in known), "栏目")
        hint = f"；写成「{{{first}: 值}}」的样子"
        if isinstance(instance, str) and "：" in instance:
            hint = "；冒号似乎写成了全角「：」"
        fields = f"（{'、'.join(known[:6])}）" if known else ""
        return f"须是一组栏目{fields}，而这里是{quote(instance)}{hint}"
    if "boolean" in kinds:
        return f"须写 true（是）或 false（否），而这里是{quote(instance)}"
    whole = "整数" if "integer" in kinds else "数字"
    return f"须是{whole}，而这里是{quote(instance)}；用阿拉伯数字，不加引号、单位和千分位"


def _enum(words: list[object], instance: object, path: _Path, _: Schema) -> Iterator[Told]:
    near = _near(str(instance), tuple(map(str, words)))
    hint = f"最接近的是「{near}」" if near else ""
    choices = f"只能是：{'、'.join(str(word) for word in words)}"
    told = "；".join(part for part in (hint, choices) if part)
    wrong = "没有值" if instance is None else f"不能是{quote(instance)}"
    yield (), "form-enum", f"{place(path)}{wrong}；{told}", False


def _const(word: object, instance: object, path: _Path, _: Schema) -> Iterator[Told]:
    yield (), "form-enum", f"{place(path)}不能是{quote(instance)}；须是{quote(word)}", False


def _right(schema: Schema) -> str:
    help_ = str(schema.get(WRITING) or schema.get("description") or "").rstrip("。")
    examples = schema.get("examples", ())
    example = f"，如 {examples[0]}" if examples else ""
    return f"{help_ or '请与同类记录对照'}{example}"


def untidy(text: str) -> str:
    """Return what is to be done about the blanks of a text for one line; empty where it has none to mend."""
    if text != text.strip():
        return "的前后有空格或者换行；请删去"
    return "须写在一行里，不能有换行和制表符" if "\n" in text or "\t" in text else ""


def _pattern(_: object, instance: object, path: _Path, schema: Schema) -> Iterator[Told]:
    collection = schema.get("collection")
    right = f"写 catalog/{collection}/ 里那条记录的编号，即它的文件名去掉 .yaml" if collection else _right(schema)
    wrong = untidy(str(instance)) or f"的值{quote(instance)}写法不对；{right}"
    yield (), PATTERN, f"{place(path)}{wrong}", False


def _length(told: Callable[[object], str]) -> Keyword:
    def tell(limit: object, _: object, path: _Path, _schema: Schema) -> Iterator[Told]:
        yield (), "form-length", f"{place(path)}{told(limit)}", False

    return tell


def _range(told: str) -> Keyword:
    def tell(limit: object, instance: object, path: _Path, _: Schema) -> Iterator[Told]:
        yield (), "form-range", f"{place(path)}{told}{limit}，而这里是{quote(instance)}", False

    return tell


def _multiple(step: object, instance: object, path: _Path, _: Schema) -> Iterator[Told]:
    yield (), "form-range", f"{place(path)}须是 {step} 的整倍数，而这里是{quote(instance)}", False


def _unique(_: object, instance: object, path: _Path, _schema: Schema) -> Iterator[Told]:
    firsts: dict[str, int] = {}
    for index, value in enumerate(elements(instance)):
        first = firsts.setdefault(json.dumps(_plain(value), sort_keys=True), index)
        if first != index:
            message = f"{place(path)}第 {index + 1} 条{quote(value)}与第 {first + 1} 条重复；请删去一条"
            yield (index,), "form-unique", message, False


def _plain(value: object) -> object:
    """Return the value with every whole number as such: to JSON Schema 1.0 is 1, and true is not."""
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [*map(_plain, value)]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _any(options: list[Schema], instance: object, path: _Path, schema: Schema) -> Iterator[Told]:
    names = [name for option in options for name in option.get("required", ())]
    if names and isinstance(instance, dict):
        yield (), "form-choice", f"{place(path)}至少要写「{'」「'.join(names)}」中的一个", True
    else:
        yield (), "form-choice", f"{place(path)}的值{quote(instance)}写法不对；{_right(schema)}", False


def _dependent(needs: dict[str, list[str]], instance: object, path: _Path, _: Schema) -> Iterator[Told]:
    written = mapping(instance)
    for name, others in needs.items():
        for other in others:
            if name in written and other not in written:
                yield (name,), REQUIRED, f"{place((*path, name))}写了，「{other}」就不能缺", True


def _forbidden(refused: Schema, instance: object, path: _Path, _schema: Schema) -> Iterator[Told]:
    if refused.keys() & {"enum", "const", "pattern"}:
        yield (), "form-other", f"{place(path)}不能是{quote(instance)}；请核对", False
        return
    message = f"这类记录不能有{place(path)}（现在是{quote(instance)}）；请删去"
    yield (), FORBIDDEN, message, True


def _other(value: object, instance: object, path: _Path, schema: Schema) -> Iterator[Told]:
    yield (), "form-other", f"{place(path)}的值{quote(instance)}不符合表单（{quote(value)}）；{_right(schema)}", False


KEYWORDS: dict[str, Keyword] = {
    "required": _required,
    "additionalProperties": _additional,
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "minLength": _length(lambda limit: f"太短，至少 {limit} 个字"),
    "maxLength": _length(lambda limit: f"太长，最多 {limit} 个字"),
    "minItems": _length(lambda limit: f"的列表至少要有 {limit} 条；没有内容的栏目请整个删去"),
    "maxItems": _length(lambda limit: f"的列表最多 {limit} 条"),
    "minProperties": _length(lambda limit: f"至少要写 {limit} 个栏目；没有内容的请整个删去"),
    "maxProperties": _length(lambda limit: f"最多写 {limit} 个栏目"),
    "minimum": _range("不能小于 "),
    "maximum": _range("不能大于 "),
    "exclusiveMinimum": _range("须大于 "),
    "exclusiveMaximum": _range("须小于 "),
    "multipleOf": _multiple,
    "uniqueItems": _unique,
    "anyOf": _any,
    "oneOf": _any,
    "dependentRequired": _dependent,
    "not": _forbidden,
}
