"""The wording of the laws that a project keeps under texts/: read once, asked by version."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from quanze.io.file import Unfit, content
from quanze.law.text import Statute, lines, read

if TYPE_CHECKING:
    from pathlib import Path

    from quanze.law.instrument import Instrument
    from quanze.law.version import Version
    from quanze.register.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Wording:
    """What a text file of a law holds."""

    path: str
    """From the project's folder."""
    statute: Statute | None
    fault: str = ""
    """What is wrong with the file, in words."""


def wording(catalog: Catalog, instrument: Instrument, version: Version) -> Wording | None:
    """Return the wording of a version; None where the register keeps none."""
    path = instrument.wording(version)
    return file(catalog.root, path) if path else None


def statute(catalog: Catalog, instrument: Instrument, version: Version) -> Statute | None:
    """Return the sound wording of a version, or None."""
    statute = wording(catalog, instrument, version)
    return statute.statute if statute else None


def file(root: Path, path: str) -> Wording:
    """Return what a text file holds; it is not read again unless it has changed."""
    try:
        stat = (root / path).stat()
    except OSError:
        return Wording(path, None, f"全文文件 {path} 不存在")
    return _read(root / path, path, (stat.st_mtime_ns, stat.st_size))


MOST = 16 << 20


@lru_cache(maxsize=512)
def _read(file: Path, path: str, _stamp: tuple[int, int]) -> Wording:
    try:
        return Wording(path, read(lines(content(file, MOST))))
    except (OSError, ValueError, Unfit) as error:
        why = "文件打不开" if isinstance(error, OSError) else str(error)
        return Wording(path, None, f"{path} 不能用：{why}")
