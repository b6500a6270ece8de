"""Write a project folder with N items, as large and as full as real ones, for the benchmarks.

    python -m benchmarks.generate 1000 FOLDER

The folder is a project like this one (frame, schemas, hooks), with a made-up catalog instead of the real one.
The same N gives the same bytes.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import items, register
from quanze.io.yaml import read
from quanze.io.yaml.scalars import reads_as_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Value

ROOT = Path(__file__).parents[1]
_ELSEWHERE = (".git", ".[!g]*", ".github", "__pycache__", "benchmarks", "catalog", "site", "site.*", "tests")
_FEWEST_BYTES = 5_120  # of a full record


def records(count: int) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """Yield the path in the project and the data of every record, `count` of them items."""
    for collection in ("laws", "bodies", "procedures", "lists"):
        for id_, data in getattr(register, collection)():
            yield f"catalog/{collection}/{id_}.yaml", data
    for number in range(count):
        id_ = items.item_id(number)
        yield f"catalog/items/{id_.partition('-')[0]}/{id_}.yaml", items.item(number)


def lines(value: Value, indent: str = "") -> Iterator[str]:
    """Yield the lines of a value as a clerk would write it (quanze.io.yaml.write takes 20 times as long)."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _entry(f"{indent}{key}:", inner, f"{indent}  ")
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, dict):
                first, *rest = lines(inner, f"{indent}  ")
                yield f"{indent}- {first.lstrip()}"
                yield from rest
            else:
                yield from _entry(f"{indent}-", inner, f"{indent}  ")


def _entry(head: str, value: Value, indent: str) -> Iterator[str]:
    """Yield a key or dash with its value, on one line where it fits."""
    if isinstance(value, dict | list):
        yield head
        yield from lines(value, indent)
    elif isinstance(value, str) and value.endswith("\n"):
        yield f"{head} |"
        yield from (f"{indent}{line}" for line in value.splitlines())
    elif isinstance(value, str):
        yield f"{head} {value}" if reads_as_text(value) and not value.isdecimal() else f'{head} "{value}"'
    else:
        yield f"{head} {str(value).lower()}"


def site() -> Mapping[str, Value]:
    """Return this project's settings, for the made-up bureau and without its waivers."""
    path = ROOT / "catalog/site.yaml"
    found, _ = read(path.read_bytes(), str(path))
    if not isinstance(found, dict):
        raise SystemExit(f"{path} cannot be read")
    settings = {key: value for key, value in found.items() if key != "豁免"}
    shown = {**settings["演示"], "示例机关": "示例市应急管理局", "官方渠道": "没有（这是基准测试数据）"}
    return settings | {"名称": "权责清单公开（基准测试）", "本机关": register.BUREAU, "演示": shown}


def write(count: int, folder: Path) -> None:
    """Make `folder` a project with `count` items."""
    shutil.copytree(ROOT, folder, ignore=lambda at, names: _left(Path(at), names))
    (folder / "catalog").mkdir()
    _file(folder / "catalog/site.yaml", "../schema/site.schema.json", site())
    for path, data in records(count):
        collection = path.split("/")[1]
        size = _file(folder / path, f"{'../' * path.count('/')}schema/{collection}.schema.json", data)
        if collection == "items" and size < _FEWEST_BYTES:
            raise SystemExit(f"{path}: {size} bytes are too few for a full record")


def _left(at: Path, names: list[str]) -> set[str]:
    """Return what is not copied: at the top what is no part of the frame, below only compiled Python."""
    return set(shutil.ignore_patterns(*(_ELSEWHERE if at == ROOT else ("__pycache__",)))(str(at), names))


def _file(file: Path, schema: str, data: Mapping[str, Value]) -> int:
    """Write one record and return how many bytes it has."""
    file.parent.mkdir(parents=True, exist_ok=True)
    head = f"# yaml-language-server: $schema={schema}"
    return file.write_bytes(("\n".join((head, *lines(data))) + "\n").encode())


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
