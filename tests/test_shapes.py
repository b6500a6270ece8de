"""Whoever reads data/v1 today can read it tomorrow: the published shapes against those that were recorded.

`tests/shapes.txt` holds a line for each place in the data: where it is, of which types, `!` where it always is. New
places break nobody; they are recorded with a release: `pytest tests/test_shapes.py --update-golden`.
"""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest
from tests import project
from tests.small_register import Register

from quanze.site.files import SiteFiles

RECORDED = project.ROOT / "tests/shapes.txt"
APART = ("schema/v1/lists/", "schema/site.", "schema/words.")
"""A list's columns are its bureau's, and of the settings nothing is published as data."""
NAMES = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array", dict: "object"}


class Place(NamedTuple):
    """What stands at one place of the data."""

    types: frozenset[str]
    always: bool

    def __str__(self):
        return "|".join(sorted(self.types)) + ("!" if self.always else "")


def types(node):
    """Yield of which types a value is; what a common definition says is told there."""
    if "$ref" in node:
        yield f"→{node['$ref'].removeprefix('../')}"
    yield from [node["type"]] if isinstance(node.get("type"), str) else node.get("type", ())
    yield from (NAMES[type(one)] for one in (*node.get("enum", ()), *([node["const"]] if "const" in node else ())))
    for part in (*node.get("anyOf", ()), *node.get("oneOf", ()), *node.get("allOf", ())):
        yield from types(part)


def places(node, path, *, always=True):
    """Yield (place, what stands there) of a schema and of everything below."""
    if not isinstance(node, dict):
        return
    yield path, Place(frozenset(types(node)), always)
    for name, part in node.get("properties", {}).items():
        if part not in (False, {"not": {}}):
            yield from places(part, f"{path}.{name}", always=name in node.get("required", ()))
    yield from places(node.get("items"), f"{path}[]")
    yield from places(node.get("additionalProperties"), f"{path}.*", always=False)
    for kind in ("anyOf", "oneOf", "allOf"):
        for number, part in enumerate(node.get(kind, ())):
            yield from (one for one in places(part, f"{path}~{number}") if one[0] != f"{path}~{number}")
    for name, part in node.get("$defs", {}).items():
        yield from places(part, f"{path}#/$defs/{name}")


def shapes(files):
    """Return what stands where in the data that some schemas describe."""
    found = {}
    for name, content in sorted(files.items()):
        if name.startswith("schema/") and not name.startswith(APART):
            found.update(places(json.loads(content), name.removesuffix(".schema.json").removeprefix("schema/")))
    return {path: Place(frozenset(plain(found, place.types)), place.always) for path, place in found.items()}


def plain(found, types_):
    """Yield the types of a value: of a common definition that is one word or number its type, else where it stands."""
    for one in types_:
        target = found.get(one.removeprefix("→").replace(".schema.json", ""))
        scalar = target and not target.types & {"array", "object"} and not any("→" in type_ for type_ in target.types)
        yield from target.types if scalar else (one,)


def recorded(text):
    lines = (line.split(" ") for line in text.splitlines())
    return {
        path: Place(frozenset(told.removesuffix("!").split("|")) - {""}, told.endswith("!")) for path, told in lines
    }


def written(found):
    return "".join(f"{path} {place}\n" for path, place in sorted(found.items()))


def breaking(before, now):
    """Yield in one sentence each what would break a reader."""
    for path, was in before.items():
        if path not in now:
            yield f"「{path}」没有了"
        elif not now[path].types <= was.types and was.types:
            yield f"「{path}」的类型从 {was} 变成 {now[path]}"
        elif was.always and not now[path].always:
            yield f"「{path}」从前一定有，现在可能没有"


@pytest.fixture(name="now", scope="module")
def _now(tmp_path_factory):
    return shapes(dict(SiteFiles(Register(tmp_path_factory.mktemp("shapes") / "p").site()).index_files()))


def test_no_reader_of_the_data_breaks(now, request):
    if request.config.getoption("--update-golden"):
        RECORDED.write_text(written(now), "utf-8")
    found = [*breaking(recorded(RECORDED.read_text("utf-8")), now)]
    assert found == [], "读 data/v1 的程序会坏：请改回去，或者把 v1 升到 v2，并在 guide/data.md 的版本表里写明"


def test_the_record_knows_the_kinds_of_files_and_what_is_in_them(now):
    assert recorded(written(now)) == now
    assert now["v1/index.result[].files[]"] == Place(frozenset({"string"}), always=True)
    assert now["items.处罚"].types == {"array"}
    assert not now["items.处罚"].always
    assert now["items.id"] == Place(frozenset({"string"}), always=True)
    assert now["v1/items.demonstration"].always
    assert now["v1/items.result"].types == {"array", "→items.schema.json"}
    assert len(now) > 500


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda now: now.pop("items.处罚"), "「items.处罚」没有了"),
        (lambda now: now.update({"items.处罚": Place(frozenset({"object"}), always=False)}), "从 array 变成 object"),
        (lambda now: now.update({"items.id": Place(frozenset({"string"}), always=False)}), "从前一定有，现在可能没有"),
    ],
)
def test_what_breaks_a_reader_is_told(now, change, told):
    changed = dict(now)
    change(changed)
    (sentence,) = breaking(now, changed)
    assert told in sentence


def test_a_new_place_breaks_nobody(now):
    fresh = {**now, "items.新栏目": Place(frozenset({"string"}), always=False)}
    assert [*breaking(now, fresh)] == []
