"""How long a portal takes: whole, with nothing new, and after one bureau changed; its memory and its search.

    python -m benchmarks.portal 30 400

Makes one register of so many items, and of what it publishes as many bureaus as told: each with its own name, credit
code and every tenth item called otherwise. They are taken from folders, so no network is measured.
"""

from __future__ import annotations

import gzip
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import generate, register
from quanze.portal import reading, settings
from quanze.portal.publish import portal, publish
from quanze.portal.refreshing import Refresh
from quanze.portal.state import StateFolder
from quanze.proof import manifest
from quanze.site.build import prepare
from quanze.site.files import SiteFiles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DAY = "2026-11-26"
_NAME = "示例市应急管理局"
_CODE = register.uscc(2)
"""That of the bureau whose register is taken."""


def published(items: int, folder: Path) -> dict[str, bytes]:
    """Return the data files of a register of so many items."""
    generate.write(items, folder)
    built = prepare(folder, DAY)
    if built.checked.errors:
        raise SystemExit(str(built.checked.errors[:3]))
    made = (file for task in SiteFiles(built.site).tasks() for file in task.make())
    found = dict(made)
    return {path: found[path] for path in reading.wanted(found)}


def bureau(files: Mapping[str, bytes], number: int, *, changed: bool = False) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one bureau, and its manifest."""
    own = f"示例{number}号应急管理局"
    every_tenth = f'{number % 10}","事项名称":"'
    swaps = [(_NAME, own), (_CODE, register.uscc(10_000 + number)), (every_tenth, every_tenth + own)]
    if changed:
        swaps.append(("的处罚", "的行政处罚"))
    found = {}
    for path, content in files.items():
        if path.endswith(".json") and path.startswith("data/"):
            text = content.decode()
            for old, new in swaps:
                text = text.replace(old, new, 1 if old == "的处罚" else -1)
            found[path] = text.encode()
        elif path.startswith("schema/"):
            found[path] = content
    digests = {path: manifest.digest(content) for path, content in found.items()}
    origin = manifest.Origin("", "", ("x",), "0", "")
    yield from found.items()
    yield manifest.NAME, manifest.Manifest(origin, DAY, "", demonstration=True, files=digests).content()


def write(files: Iterator[tuple[str, bytes]], folder: Path) -> None:
    for path, content in files:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def told(count: int) -> str:
    lines = ["名称: 基准测试门户", "区划:", '  - {代码: "990100", 名称: 示例市}', "来源:"]
    for number in range(count):
        lines += [f"  - 编号: b{number}", f"    机关: 示例{number}号应急管理局", '    区划代码: "990100"']
        lines += [f"    网址: https://b{number}.example/", f"    文件夹: b{number}"]
    return "".join(f"{line}\n" for line in lines)


def run(folder: Path, what: str) -> None:
    start, cpu = time.perf_counter(), time.process_time()
    wanted, problems = settings.load(folder)
    if wanted is None:
        raise SystemExit(str(problems[:3]))
    state = StateFolder(folder / "state")
    news = Refresh(wanted, folder, state, DAY).run(lambda _: None)
    taken = time.perf_counter()
    whole = portal(wanted, news, state)
    made = publish(whole, state, folder / "site")
    end = time.perf_counter()
    troubled = [one.state.trouble for one in news if one.state.trouble]
    if troubled:
        raise SystemExit(str(troubled[0]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(
        f"{what}: {end - start:.1f} s ({time.process_time() - cpu:.1f} s CPU), of which taking {taken - start:.1f} s; "
        f"{made.pages} pages, {made.files} files, {made.written} written; peak {peak} MB"
    )


def searching(folder: Path) -> None:
    shards = (folder / "site/search/shards.js").read_bytes()
    first = json.loads(shards[len("quanzePart(") : -3])["shards"][0]["id"]
    sizes = {}
    for name in ("names", "citations", "texts"):
        parts = (folder / "site/search").glob(f"*/{name}.js")
        sizes[name] = sum(len(gzip.compress(file.read_bytes())) for file in parts) >> 10
    answer = len(gzip.compress(shards)) + len(gzip.compress((folder / f"site/search/{first}/names.js").read_bytes()))
    in_all = ", ".join(f"{name} {size} KB" for name, size in sizes.items())
    print(f"search: first answer after {answer >> 10} KB compressed; in all {in_all}")


def main(bureaus: int, items: int) -> None:
    with tempfile.TemporaryDirectory() as there:
        folder = Path(there)
        files = published(items, folder / "register")
        for number in range(bureaus):
            write(bureau(files, number), folder / f"b{number}")
        (folder / settings.FILE).write_text(told(bureaus), "utf-8")
        run(folder, "whole")
        run(folder, "nothing new")
        write(bureau(files, 0, changed=True), folder / "b0")
        run(folder, "one changed")
        searching(folder)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
