"""How long the whole history of a large register takes: cold, and with what an earlier run kept.

    python -m benchmarks.history

The repository is made up: 2,000 full records, then 500 commits of 5 records each and, among them, one that
touches 1,000; the same bytes every time. Each figure is the median of three runs, start of Python included.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import items
from benchmarks.generate import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORDS, COMMITS, EACH, LARGE = 2_000, 500, 5, 1_000
_STRIDE = 7  # prime to RECORDS: every record has its turn
_START, _DAY = 1_700_000_000, 86_400
_RUNS = 3
_SMALLEST = 5_000
_READ = """
import resource, sys
from pathlib import Path
from quanze import history
found = history.read(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2:] else None)
peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(len(found.line), len(found.entries), peak // 1024)
"""


def main() -> None:
    """Make the repository, measure and print the table."""
    with tempfile.TemporaryDirectory() as place:
        repository, cache = Path(place, "repository"), Path(place, "cache")
        make(repository)
        cold = [_run(repository) for _ in range(_RUNS)]
        _run(repository, cache)
        warm = [_run(repository, cache) for _ in range(_RUNS)]
        kept = sum(file.stat().st_size for file in cache.iterdir())
    commits, entries, _ = cold[0][1]
    print(f"{commits:,} commits, {entries:,} entries; {kept / 1e6:.1f} MB kept\n")
    print("| history of the whole catalog | seconds | aim | peak MB of a process |\n| --- | ---: | ---: | ---: |")
    for name, runs, aim in (("cold", cold, 6), ("with the cache", warm, 1)):
        seconds, peak = median(run[0] for run in runs), max(run[1][2] for run in runs)
        print(f"| {name} | {seconds:.2f} | {aim} | {peak} |")


def make(folder: Path) -> None:
    """Make the repository in a new folder."""
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", folder], check=True)
    subprocess.run(["git", "-C", folder, "fast-import", "--quiet"], input=b"".join(_stream()), check=True)
    subprocess.run(["git", "-C", folder, "checkout", "--quiet", "main"], check=True)


def _stream() -> Iterator[bytes]:
    """Yield the repository as `git fast-import` reads it."""
    edits = dict.fromkeys(range(RECORDS), 0)
    for commit, numbers in enumerate(_commits()):
        message = f"第 {commit} 次提交".encode()
        yield f"commit refs/heads/main\ncommitter 示例 <test@example.org> {_START + commit * _DAY} +0800\n".encode()
        yield b"data %d\n%b\n" % (len(message), message)
        for number in numbers:
            content = _file(number, edits[number])
            edits[number] += 1
            yield f"M 644 inline catalog/items/{items.item_id(number)}.yaml\n".encode()
            yield b"data %d\n%b\n" % (len(content), content)


def _commits() -> Iterator[range | list[int]]:
    """Yield the numbers of the records that each commit touches."""
    yield range(RECORDS)
    for commit in range(COMMITS):
        if commit == COMMITS // 2:
            yield range(0, RECORDS, RECORDS // LARGE)
        yield [(commit * EACH + place) * _STRIDE % RECORDS for place in range(EACH)]


def _file(number: int, edits: int) -> bytes:
    """Return a record's file after so many edits of two of its fields."""
    data = {**items.item(number)}
    if edits:
        data |= {"备注": f"第 {edits} 次修改时补充的说明。\n", "核对": {"日期": f"2025-01-{edits:02}", "来源": "示例"}}
    content = ("\n".join(lines(data)) + "\n").encode()
    if len(content) < _SMALLEST:
        sys.exit(f"record {number} is too small for a full one: {len(content)} bytes")
    return content


def _run(*arguments: Path) -> tuple[float, list[int]]:
    """Read the history in a process of its own; return seconds, then commits, entries and peak memory in MB."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", _READ, *arguments], stdout=subprocess.PIPE, check=True)
    return time.perf_counter() - start, [int(word) for word in done.stdout.split()]


if __name__ == "__main__":
    main()
