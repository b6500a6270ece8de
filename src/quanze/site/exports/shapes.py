"""The schemas of the published files as a whole: the envelope, and what stands in it (schema/v1/)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quanze.base.value import elements, mapping
from quanze.form.schema import SUFFIX
from quanze.register.catalog import LISTS
from quanze.register.definition import ID, ITEMS, NUMBER
from quanze.register.links import FILES
from quanze.site.exports.lists import VALUES, keys
from quanze.site.exports.schemas import ID as RECORD
from quanze.site.exports.schemas import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.form import Form
    from quanze.register.catalog import Catalog
    from quanze.register.table import Column, Listing

BASE, DIALECT = "schema/v1/", "https://json-schema.org/draft/2020-12/schema"
_TEXT, _DAY = {"type": "string"}, {"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"}
_COMMIT = {"description": "git 的提交；不是某个提交的内容时为空。", "type": "string", "pattern": "^([0-9a-f]{40,64})?$"}
_DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_COUNT = {"type": "integer", "minimum": 0}
_VERSION = {"description": "主版本不变，就只会增加栏目。", "type": "string", "pattern": "^1[.][0-9]+$"}


def _array(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


def _object(properties: Mapping[str, object], optional: Mapping[str, object] | None = None) -> dict[str, object]:
    """Return the schema of an object; names that it does not tell may be added to it in time."""
    return {"type": "object", "required": [*properties], "properties": {**properties, **(optional or {})}}


_LICENCE = _object({"name": _TEXT}, {"url": _TEXT})
_CHANGE = _object(
    {
        "date": _DAY,
        "commit": _COMMIT,
        "collection": _TEXT,
        "id": _TEXT,
        "title": _TEXT,
        "kind": {"description": "新增、变更、取消、下放、划转、合并、改名、移动等。", **_TEXT},
    },
    {
        "former_id": _TEXT,
        "changes": _array(
            _object(
                {
                    "field": _TEXT,
                    "old": {"description": "原来的值；原来没有时为 null。"},
                    "new": {"description": "现在的值；现在没有时为 null。"},
                },
                {"moved": {"description": "只是次序变了。", "const": True}},
            )
        ),
        "adjustment": {"description": "依据的调整事项的编号。", **_TEXT},
    },
)
_FAMILY = _object(
    {
        "title": _TEXT,
        "schema": {"description": "里面每条记录的结构；没有时为空。", **_TEXT},
        "file_schema": {"description": "其中 JSON 文件整个的结构；没有时为空。", **_TEXT},
        "files": _array(_TEXT),
    }
)
_MANIFEST = {
    "schema_version": _VERSION,
    "commit": _COMMIT,
    "tree": _COMMIT,
    "at": _DAY,
    "previous": _COMMIT,
    "changes": _array(_TEXT),
    "quanze": _TEXT,
    "requirements_lock": {"anyOf": [_DIGEST, {"const": ""}]},
    FILES: {"type": "object", "additionalProperties": _DIGEST},
}
"""manifest.json, which quanze.proof writes."""


def address(name: str) -> str:
    """Return where the schema of some files stands, from the root of the site."""
    return f"{BASE}{name}{SUFFIX}"


def shapes(catalog: Catalog, listings: Mapping[str, Listing], *, demonstration: bool) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of the schema of every kind of file: of a collection's files, of each list's, of the rest.

    The files of a demonstration all say that they are of one: its schemas ask for it.
    """
    writer = _Shapes(catalog.settings.url, demonstration=demonstration)
    index = {"commit": _COMMIT}, {"licence": _LICENCE}
    yield writer.file("index", "开放数据的目录", writer.envelope(_array(_FAMILY), *index))
    yield writer.file("changes", "全部变化", writer.envelope(_array(_CHANGE)))
    yield writer.file("manifest", "每个文件的校验值", writer.marked(_object(_MANIFEST)))
    rows = _object({"id": RECORD, "rows": _array(_any_row())})
    yield writer.file("edition", "清单以前的一个版次", writer.envelope(rows))
    for name in catalog.records:
        record = {"$ref": f"../{name}{SUFFIX}"}
        either = {"anyOf": [_array(record), record]}
        yield writer.file(name, f"{catalog.forms[name].title}：全部记录，或者一条", writer.envelope(either))
    for id_, listing in listings.items():
        rows = {"$ref": f"../../{LISTS}{SUFFIX}", **_object({"rows": _array(_row(catalog.forms, listing))})}
        yield writer.file(f"{LISTS}/{id_}", listing.definition.title, writer.envelope(rows))


class _Shapes:
    """The schemas of the files of one site."""

    def __init__(self, url: str, *, demonstration: bool) -> None:
        self._url, self._demonstration = url, demonstration

    def file(self, name: str, title: str, schema: Mapping[str, object]) -> tuple[str, bytes]:
        """Return a schema as a file."""
        path = address(name)
        head = {"$schema": DIALECT, "title": title}
        whole = {**({"$id": f"{self._url}{path}"} if self._url else {}), **head, **schema}
        return path, json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"

    def envelope(
        self,
        result: object,
        more: Mapping[str, object] | None = None,
        optional: Mapping[str, object] | None = None,
    ) -> dict[str, object]:
        """Return the schema of a file with an envelope around what `result` describes."""
        dated = {"description": "里面的内容最近一次改动的日期；没有版本库时为空。", **_DAY}
        told = {"schema_version": _VERSION, "dated": dated, "total": _COUNT, **(more or {}), "result": result}
        return self.marked(_object(told, optional))

    def marked(self, schema: dict[str, object]) -> dict[str, object]:
        """Return a schema of an object that says whether it is of a demonstration."""
        mark = {"demonstration": {"description": "只在演示网站有：不是任何机关的正式内容。", "const": True}}
        asked = mark if self._demonstration else {}
        required = [*map(str, elements(schema["required"])), *asked]
        return {**schema, "required": required, "properties": {**mapping(schema["properties"]), **mark}}


def _any_row() -> dict[str, object]:
    """Return the schema of a row of whatever list: the form of its day may not be today's."""
    values = {"type": "object", "additionalProperties": {"type": "array"}}
    return {**_object({ITEMS: _array(RECORD), VALUES: values}), "additionalProperties": _TEXT}


def _row(forms: Mapping[str, Form], listing: Listing) -> dict[str, object]:
    """Return the schema of a row of a list: the texts of its columns, and the values that the records hold there."""
    names = keys(listing.columns)
    values = {
        name: {"title": column.path, "type": "array", "minItems": 1, "items": _held(forms, listing.form, column)}
        for name, column in zip(names, listing.columns, strict=True)
    }
    texts = dict.fromkeys(names, _TEXT)
    told = {"type": "object", "additionalProperties": False, "properties": values}
    return {**_object({ITEMS: _array(RECORD), **texts, VALUES: told}), "additionalProperties": False}


def _held(forms: Mapping[str, Form], form: Form, column: Column) -> object:
    """Return the schema of one value of a column, in the record's form or in that of the record that it refers to."""
    if column.path in {NUMBER, ID}:
        return _COUNT if column.path == NUMBER else RECORD
    schema: Mapping[str, object] = form.schema
    fields = form.fields
    for name in column.path.split("."):
        schema = _element(_named(schema, name))
        field = fields[name]
        fields = field.fields
        if not fields and field.collection in forms and name != column.path.rpartition(".")[2]:
            schema, fields = forms[field.collection].schema, forms[field.collection].fields
    return plain(schema)


def _named(schema: Mapping[str, object], name: str) -> Mapping[str, object]:
    """Return the schema of a field of an object, which may be told in several parts."""
    for part in (schema, *map(mapping, elements(schema.get("allOf")))):
        found = mapping(part.get("properties")).get(name)
        if found is not None:
            return mapping(found)
    return {}


def _element(schema: Mapping[str, object]) -> Mapping[str, object]:
    """Return the schema of the elements of a list; of any other value its own."""
    parts = (schema, *map(mapping, elements(schema.get("allOf"))))
    return next((mapping(part["items"]) for part in parts if "items" in part), schema)
