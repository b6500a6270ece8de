"""A log as files that any server can hand out (c2sp.org/tlog-tiles): tiles of hashes, bundles of entries.

A static site is put in its place whole, so every publication writes all of them: those of the newest checkpoint, and
the partial ones that the checkpoints before it needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.proof.log import merkle
from quanze.proof.manifest import TILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

WIDTH = 256
"""So many hashes, or entries, are in a full tile."""
_LENGTH_BYTES = 2
_ENTRIES = "entries"


def files(entries: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of every tile and bundle of a log."""
    for number, start in enumerate(range(0, len(entries), WIDTH)):
        part = entries[start : start + WIDTH]
        for width in _widths(len(part)):
            yield _path(_ENTRIES, number, width), bundle(part[:width])
    level, hashes = 0, [merkle.leaf(entry) for entry in entries]
    while hashes:
        for number, start in enumerate(range(0, len(hashes), WIDTH)):
            tile = hashes[start : start + WIDTH]
            for width in _widths(len(tile)):
                yield _path(str(level), number, width), b"".join(tile[:width])
        full = len(hashes) - len(hashes) % WIDTH
        hashes = [merkle.root(hashes[start : start + WIDTH]) for start in range(0, full, WIDTH)]
        level += 1


def read(size: int, content: Callable[[str], bytes | None]) -> list[bytes]:
    """Return the entries of a log of some size; `content` gives that of a path, None where there is none.

    Raises:
        ValueError: a bundle is not there, or not as long as it should be; the text is its path.

    """
    found: list[bytes] = []
    for number, start in enumerate(range(0, size, WIDTH)):
        width = min(WIDTH, size - start)
        path = _path(_ENTRIES, number, width)
        # A bundle that has been filled since takes the place of the partial ones.
        told = content(path) or content(_path(_ENTRIES, number, WIDTH)) or b""
        entries = list(_unbundled(told, path))[:width]
        if len(entries) != width:
            raise ValueError(path)
        found += entries
    return found


def bundle(entries: Sequence[bytes]) -> bytes:
    """Return entries, each with its length before it."""
    return b"".join(len(entry).to_bytes(_LENGTH_BYTES, "big") + entry for entry in entries)


def _unbundled(content: bytes, path: str) -> Iterator[bytes]:
    place = 0
    while place < len(content):
        start = place + _LENGTH_BYTES
        place = start + int.from_bytes(content[place:start], "big")
        if place > len(content):
            raise ValueError(path)
        yield content[start:place]


def _widths(width: int) -> Sequence[int]:
    """Return how wide a tile is, and once was."""
    return (width,) if width == WIDTH else range(1, width + 1)


def _path(level: str, number: int, width: int) -> str:
    """Return where a tile lies: x001/x234/067 for the number 1234067."""
    parts = [f"{number % 1000:03}"]
    while number := number // 1000:
        parts.insert(0, f"x{number % 1000:03}")
    return "/".join((TILE, level, *parts)) + ("" if width == WIDTH else f".p/{width}")
