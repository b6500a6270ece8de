"""One process with all its children, measured from outside: time, memory, output."""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
import time
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PROC = Path("/proc")
_PAUSE = 0.1
_SHARE = 100
"""Looking at memory stops a process for a moment: so long as that, times this, it is then left alone."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command took: seconds, and bytes of memory at the worst moment."""

    wall: float
    cpu: float
    largest: int
    """Peak resident memory of the largest single process, as the kernel counted it."""
    together: int
    """Peak of all processes together, shared pages counted once (PSS), sampled up to ten times a second."""
    code: int


@dataclass(frozen=True, slots=True)
class Output:
    """What a command left behind."""

    pages: int
    files: int
    size: int


def median(found: Sequence[Usage]) -> Usage:
    """Return the median of each figure."""
    walls, cpus, largest, together, codes = zip(*map(astuple, found), strict=True)
    return Usage(
        statistics.median(walls),
        statistics.median(cpus),
        int(statistics.median(largest)),
        int(statistics.median(together)),
        max(codes),
    )


def run(command: Sequence[str], folder: Path, log: Path, environment: Mapping[str, str] | None = None) -> Usage:
    """Run a command to its end and return what it took; what it says goes to `log`.

    Python may keep what it compiles, as it does for whoever has not forbidden it: else each start compiles it again.
    """
    with log.open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdout=out, stderr=subprocess.STDOUT, env=_environment() | (environment or {})
        )
        peak = [0]
        done = threading.Event()
        sampler = threading.Thread(target=_sample, args=(process.pid, peak, done))
        sampler.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        done.set()
        sampler.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    largest = used.ru_maxrss * 1024
    return Usage(wall, used.ru_utime + used.ru_stime, largest, max(peak[0], largest), process.returncode)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _sample(root: int, peak: list[int], done: threading.Event) -> None:
    """Keep the highest sum of memory over a process and its descendants."""
    pause = _PAUSE
    while not done.wait(pause):
        start = time.perf_counter()
        peak[0] = max(peak[0], sum(_proportional(pid) for pid in _family(root)))
        pause = max(_PAUSE, _SHARE * (time.perf_counter() - start))


def _family(root: int) -> Iterator[int]:
    """Yield a process and its descendants."""
    yield root
    try:
        children = (_PROC / f"{root}/task").glob("*/children")
        for child in " ".join(file.read_text() for file in children).split():
            yield from _family(int(child))
    except OSError:  # it has ended
        return


def _proportional(pid: int) -> int:
    """Return the memory of a process, pages shared by n processes counted 1/n each."""
    try:
        lines = (_PROC / f"{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def output(folder: Path) -> Output:
    """Count what lies in a folder."""
    sizes = [(path.suffix, path.stat().st_size) for path in folder.rglob("*") if path.is_file()]
    return Output(sum(suffix == ".html" for suffix, _ in sizes), len(sizes), sum(size for _, size in sizes))
