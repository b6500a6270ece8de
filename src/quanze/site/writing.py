"""Files of a site on disk, piece by piece; a piece that the site before has too is taken from there.

A piece is taken when its key is the same and each of its files still has the content that was written then.
"""

from __future__ import annotations

import marshal
import os
import shutil
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.refusal import naming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from quanze.io.store import Store
    from quanze.site.publish import File

_SLOT = "written"
Written = tuple[bytes, dict[str, bytes]]
"""The key of a piece, and the SHA-256 of its files by path."""


class Piece(NamedTuple):
    """Files that are made together."""

    name: str
    key: bytes
    """Tells all that they are made of; empty where nobody knows."""
    files: Callable[[], Iterable[File]]
    """Makes them."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The site before: where it lies, and what was written of it."""

    site: Path | None
    pieces: Mapping[str, Written]

    @classmethod
    def of(cls, kept: Store, site: Path | None) -> Earlier:
        """Return what is known of a site; nothing of one that is not there."""
        body = kept.get(_SLOT, b"") if site and site.is_dir() else None
        return cls(site, marshal.loads(body) if body else {})  # noqa: S302 — sealed by this code

    def same(self, piece: Piece) -> Written | None:
        """Return what was written of a piece, if it would be the same and still is."""
        known = self.pieces.get(piece.name)
        if not known or not piece.key or known[0] != piece.key:
            return None
        return known if all(self._is(path, digest) for path, digest in known[1].items()) else None

    def _is(self, path: str, digest: bytes) -> bool:
        try:
            return content_digest(f"{self.site}/{path}") == digest
        except OSError:
            return False


def content_digest(path: str) -> bytes:
    """Return the SHA-256 of what a file holds; raises OSError where it cannot be read."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 — ten thousand times
        return sha256(file.read()).digest()


def taken(earlier: Earlier, written: Mapping[str, Written]) -> dict[str, bytes]:
    """Return the SHA-256 by path of what a site has of the one before."""
    return {
        path: digest
        for name, piece in written.items()
        if earlier.pieces.get(name) == piece
        for path, digest in piece[1].items()
    }


def keep(kept: Store, pieces: dict[str, Written]) -> None:
    """Keep what was written of a site."""
    kept.put(_SLOT, b"", marshal.dumps(pieces))


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes pieces below a folder."""

    folder: Path
    earlier: Earlier

    def __call__(self, make: Callable[[], Iterable[Piece]]) -> dict[str, Written]:
        """Write some pieces; return what was written of those with a key."""
        written: dict[str, Written] = {}
        folders: set[str] = set()
        for piece in make():
            same = self.earlier.same(piece)
            digests: dict[str, bytes] = {}
            if same:
                for path in same[1]:
                    self._link(path, self._place(path, folders))
            else:
                for path, content in piece.files():
                    self._write(self._place(path, folders), content)
                    if piece.key:
                        digests[path] = sha256(content).digest()
            if piece.key:
                written[piece.name] = same or (piece.key, digests)
        return written

    def _place(self, path: str, folders: set[str]) -> str:
        """Return where a file lies, in a folder that is there."""
        place = f"{self.folder}/{path}"  # twenty thousand times: a Path would take as long as the writing
        folder = place.rpartition("/")[0]
        if folder not in folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            folders.add(folder)
        return place

    def _link(self, path: str, place: str) -> None:
        old = f"{self.earlier.site}/{path}"
        with naming(place):
            try:
                os.link(old, place)
            except OSError:  # another disk, or one that knows no links
                shutil.copyfile(old, place)

    @staticmethod
    def _write(place: str, content: bytes) -> None:
        with naming(place), open(place, "wb") as file:  # noqa: PTH123
            file.write(content)
