"""Measure builds of the same records: quanze beside Material for MkDocs, Zensical and Hugo.

    python -m benchmarks.run --competitors VENV [--sizes 300 3000 10000] [--only quanze hugo] [--rounds 3]
    python -m benchmarks.run --rebuild [--sizes 1000 10000]
    python -m benchmarks.run --again --competitors VENV [--sizes 10000]
    python -m benchmarks.run --floor [--sizes 10000]

Prints a Markdown table. Each build is a fresh process on a fresh project: no output and no cache of any tool is
there before it starts; what it reads has just been written.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import again, builds, floor, measure, rebuild

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benchmarks.measure import Output, Usage

MEMORY = Path("/dev/shm")
_MEGA = 1_000_000
_COLUMNS = "Records | Tool | Wall s | × quanze | CPU s | Largest MB | Together MB | Pages | Files | Output MB"


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--competitors", type=Path, help="virtual environment made from requirements.txt")
    parser.add_argument("--sizes", type=int, nargs="+")
    parser.add_argument("--only", nargs="+", metavar="TOOL")
    parser.add_argument("--rounds", type=int, default=1, help="builds of each tool, in turn; medians are printed")
    parser.add_argument("--quanze", default=builds.QUANZE, help="what builds the site (%(default)s)")
    parser.add_argument("--serve", default=rebuild.SERVE, help="what serves the site (%(default)s)")
    parser.add_argument("--folder", type=Path, default=MEMORY if MEMORY.is_dir() else None, help="where to work")
    parser.add_argument("--rebuild", action="store_true")
    parser.add_argument("--again", action="store_true", help="a second check and build, beside Hugo")
    parser.add_argument("--floor", action="store_true")
    asked = parser.parse_args()
    known = builds.tools(asked.competitors or Path(), asked.quanze)
    with tempfile.TemporaryDirectory(prefix="quanze-", dir=asked.folder) as name:
        if asked.rebuild:
            print_rows("Records | Rebuilds, s | Median s", rebuild_rows(known["quanze"], asked, Path(name)))
        elif asked.again:
            print_rows("Records | What | Wall s | × Hugo | CPU s | × Hugo", again_rows(known, asked, Path(name)))
        elif asked.floor:
            print_rows("Records | What | s", floor_rows(known["quanze"], asked, Path(name)))
        else:
            chosen = [known[tool] for tool in asked.only or known]
            print_rows(_COLUMNS, build_rows(chosen, asked.sizes or (300, 3_000, 10_000), asked.rounds, Path(name)))


def build_rows(
    tools: Sequence[builds.Tool], sizes: Sequence[int], rounds: int, folder: Path
) -> Iterable[Sequence[object]]:
    """Yield a row for each size and tool, quanze first, as it is the measure of the others.

    The tools take turns, so that a machine that grows slower meanwhile does so for all.
    """
    for count in sizes:
        turns = [[builds.once(tool, count, folder) for tool in tools] for _ in range(rounds)]
        ours = 0.0
        for tool, found in zip(tools, zip(*turns, strict=True), strict=True):
            usage, left = measure.median([usage for usage, _ in found]), found[0][1]
            ours = usage.wall if tool.name == "quanze" else ours
            yield (f"{count:,}", tool.title, *figures(usage, left, ours))


def figures(usage: Usage, left: Output, ours: float) -> Iterable[str]:
    """Yield the cells of one build; without a build of quanze there is no ratio."""
    yield f"{usage.wall:.1f}"
    yield f"{usage.wall / ours:.2f}" if ours else "—"
    yield f"{usage.cpu:.1f}"
    yield from (f"{size / _MEGA:.0f}" for size in (usage.largest, usage.together))
    yield from (f"{left.pages:,}", f"{left.files:,}", f"{left.size / _MEGA:.0f}")


def rebuild_rows(tool: builds.Tool, asked: argparse.Namespace, folder: Path) -> Iterable[Sequence[object]]:
    """Yield a row for each size: every rebuild, and their median."""
    for count in asked.sizes or (1_000, 10_000):
        seconds = rebuild.rebuilds(builds.project(tool, count, folder), asked.serve)
        yield f"{count:,}", ", ".join(f"{one:.2f}" for one in seconds), f"{statistics.median(seconds):.2f}"


def again_rows(tools: Mapping[str, builds.Tool], asked: argparse.Namespace, folder: Path) -> Iterable[Sequence[object]]:
    """Yield a row for each check and build of quanze, after one for Hugo's whole build."""
    for count in asked.sizes or (10_000,):
        hugo, _ = builds.once(tools["hugo"], count, folder)
        made = builds.project(tools["quanze"], count, folder)
        for what, usage in (("Hugo", hugo), *again.rounds(tools["quanze"], made, count)):
            walls, cpus = (f"{one:.1f}" for one in (usage.wall, usage.cpu))
            yield f"{count:,}", what, walls, f"{usage.wall / hugo.wall:.2f}", cpus, f"{usage.cpu / hugo.cpu:.2f}"
        shutil.rmtree(made)


def floor_rows(tool: builds.Tool, asked: argparse.Namespace, folder: Path) -> Iterable[Sequence[object]]:
    """Yield a row for each part of the floor and, to compare, the whole build."""
    for count in asked.sizes or (10_000,):
        made = builds.project(tool, count, folder)
        usage, _ = builds.build(tool, made, count)
        parts = floor.parsing(made) | floor.writing(made / tool.site, folder / f"again-{count}")
        for what, seconds in (parts | {"whole build": usage.wall}).items():
            yield f"{count:,}", what, f"{seconds:.2f}"


def print_rows(head: str, rows: Iterable[Sequence[object]]) -> None:
    """Print a Markdown table, a row as soon as it is known."""
    print(f"{os.cpu_count()} cores, Linux {os.uname().release}\n\n| {head} |\n|{' --- |' * (head.count('|') + 1)}")
    for row in rows:
        print(f"| {' | '.join(map(str, row))} |", flush=True)


if __name__ == "__main__":
    main()
