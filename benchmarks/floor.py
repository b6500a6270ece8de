"""What no build can go below: reading the records alone, writing the site's files alone."""

from __future__ import annotations

import time
from multiprocessing import Pool
from typing import TYPE_CHECKING

from quanze.io.yaml import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_CORES = 2
_PARTS = 8


def parsing(made: Path) -> dict[str, float]:
    """Return the seconds to read every item into data, with one process and with two."""
    paths = sorted(made.glob("catalog/items/**/*.yaml"))
    parts = [paths[part::_PARTS] for part in range(_PARTS)]
    with Pool(_CORES) as pool:
        return {
            "files into memory": _seconds(lambda: [path.read_bytes() for path in paths]),
            "YAML → data, 1 process": _seconds(lambda: _read(paths)),
            "YAML → data, 2 processes": _seconds(lambda: pool.map(_read, parts, 1)),
        }


def writing(site: Path, elsewhere: Path) -> dict[str, float]:
    """Return the seconds to write the files of a finished site once more, with one process."""
    files = [(elsewhere / path.relative_to(site), path.read_bytes()) for path in site.rglob("*") if path.is_file()]
    return {f"writing {len(files):,} files, 1 process": _seconds(lambda: _write(files))}


def _read(paths: Sequence[Path]) -> None:
    for path in paths:
        data, problems = read(path.read_bytes(), str(path))
        if data is None or problems:
            raise SystemExit(f"{path} cannot be read")


def _write(files: Sequence[tuple[Path, bytes]]) -> None:
    for path, data in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
