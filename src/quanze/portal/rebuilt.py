"""A register's catalog, made again from what it published, so that all that reads catalogs reads it too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from quanze.base.model import Record
from quanze.base.value import elements, mapping, text
from quanze.edit.starter import package
from quanze.form import COMMON, DECLARED, SUFFIX, forms
from quanze.portal import reading
from quanze.register.catalog import Catalog
from quanze.site.exports.schemas import added

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.base.model import Document

_REF = "/$defs/ref"
_NOWHERE = Path("/nonexistent")
"""Where the catalog lies: no file of it is at hand."""

_Records = dict[str, "Mapping[str, Document]"]


def catalog(files: Mapping[str, bytes]) -> Catalog:
    """Return the catalog that a register's published files tell.

    Raises:
        Fault: its forms are none.
        ValueError: its data is none.

    """
    documents: _Records = dict(reading.collections(files))
    published = reading.schemas(files)
    restored = {f"schema/{name}": _restored(name, content, documents) for name, content in sorted(published.items())}
    known = {name: form for name, form in forms(restored).items() if name in documents}
    records = {
        name: {
            id_: Record(name, id_, f"catalog/{name}/{id_}.yaml", data) for id_, data in sorted(documents[name].items())
        }
        for name in sorted(known)
    }
    return Catalog(_NOWHERE, {}, known, records)


def _restored(name: str, content: bytes, documents: _Records) -> bytes:
    """Return a form with what was left out when it was published: what our own keywords say of the common fields.

    What a reference of a bureau's own field points into is seen from its values. The address is left out, so that
    equal forms of different bureaus are equal.
    """
    schema = json.loads(content)
    if not isinstance(schema, dict):
        raise ValueError(name)  # noqa: TRY004 — what a stranger wrote is of the wrong value, not our type
    schema.pop("$id", None)
    mapping_ = schema.get("properties")
    if isinstance(mapping_, dict) and name != COMMON + SUFFIX:
        for field in added(name):
            mapping_.pop(field, None)
        if isinstance(schema.get("required"), list):
            schema["required"] = [key for key in schema["required"] if key != "id"]
    _graft(schema, package.forms().get(name, {}))
    collection = name.removesuffix(SUFFIX)
    for field, part in mapping(schema.get("properties")).items():
        inner = part.get("items", part) if isinstance(part, dict) else {}
        if isinstance(inner, dict) and text(inner.get("$ref")).endswith(_REF) and "collection" not in inner:
            inner["collection"] = _pointed(collection, field, documents)
    return json.dumps(schema, ensure_ascii=False, sort_keys=False).encode()


def _graft(theirs: dict[str, object], ours: object) -> None:
    """Give a schema the keywords of our own that the package's has at the same place."""
    if not isinstance(ours, dict):
        return
    for word in DECLARED & ours.keys():
        theirs.setdefault(word, ours[word])
    for word in ("properties", "$defs"):
        mine, other = ours.get(word), theirs.get(word)
        if isinstance(mine, dict) and isinstance(other, dict):
            for name in mine.keys() & other.keys():
                if isinstance(other[name], dict):
                    _graft(other[name], mine[name])
    if isinstance(theirs.get("items"), dict):
        _graft(theirs["items"], ours.get("items"))  # type: ignore[arg-type]


def _pointed(collection: str, field: str, documents: _Records) -> str:
    """Return the collection that holds every record to which a field points; empty where none does."""
    ids = {
        text(id_)
        for data in documents.get(collection, {}).values()
        for id_ in (elements(data[field]) if isinstance(data.get(field), list) else [data.get(field)])
        if field in data
    }
    return next((name for name, records in sorted(documents.items()) if ids and ids <= records.keys()), "")
