"""Files of a site on disk, piece by piece; a piece that the site before has too is taken from there.

A piece is taken when its key is the same and each of its files still has the content that was written then.
"""

from __future__ import annotations

import marshal
import os
import shutil
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from quanze.base.refusal import naming
from quanze.site import today

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from quanze.io.store import Store
    from quanze.proof.seal import Taken
    from quanze.site.publish import File

Made = TypeVar("Made")
_SLOT = "written"


class WrittenPiece(NamedTuple):
    """What was written of a piece."""

    key: bytes
    files: dict[str, bytes]
    """The SHA-256 of its files by path."""
    places: dict[str, today.Places] = {}  # noqa: RUF012 — never changed
    """Where the day stands in those that tell it."""


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
    pieces: Mapping[str, WrittenPiece]
    day: bytes = b""
    """The day that it tells."""

    @classmethod
    def of(cls, kept: Store, site: Path | None) -> Earlier:
        """Return what is known of a site; nothing of one that is not there."""
        body = kept.get(_SLOT, b"") if site and site.is_dir() else None
        pieces, day = marshal.loads(body) if body else ({}, b"")  # noqa: S302 — sealed by this code
        return cls(site, {name: WrittenPiece(*one) for name, one in pieces.items()}, day)

    def same(self, piece: Piece) -> WrittenPiece | None:
        """Return what was written of a piece, if it would be the same and still is."""
        known = self.pieces.get(piece.name)
        if not known or not piece.key or known.key != piece.key:
            return None
        return known if all(self._is(path, digest) for path, digest in known.files.items()) else None

    def _is(self, path: str, digest: bytes) -> bool:
        try:
            return content_digest(f"{self.site}/{path}") == digest
        except OSError:
            return False


def content_digest(path: str) -> bytes:
    """Return the SHA-256 of what a file holds; raises OSError where it cannot be read."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 — ten thousand times
        return sha256(file.read()).digest()


def taken(earlier: Earlier, written: Mapping[str, WrittenPiece]) -> Taken:
    """Return what a site has of the one before."""
    return {
        path: (digest, before.files[path])
        for name, piece in written.items()
        if (before := earlier.pieces.get(name)) and before.key == piece.key
        for path, digest in piece.files.items()
        if path in before.files
    }


def keep(kept: Store, pieces: Mapping[str, WrittenPiece], day: bytes) -> None:
    """Keep what was written of a site that tells a day."""
    kept.put(_SLOT, b"", marshal.dumps(({name: tuple(one) for name, one in pieces.items()}, day)))


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes pieces below a folder."""

    folder: Path
    earlier: Earlier
    day: bytes = b""
    """The day that the site tells."""

    def __call__(self, make: Callable[[], Iterable[Piece]]) -> dict[str, WrittenPiece]:
        """Write some pieces; return what was written of those with a key."""
        written: dict[str, WrittenPiece] = {}
        folders: set[str] = set()
        for piece in make():
            same = self.earlier.same(piece)
            done = self._again(same, folders) if same else self._made(piece, folders)
            if piece.key:
                written[piece.name] = done
        return written

    def _made(self, piece: Piece, folders: set[str]) -> WrittenPiece:
        done = WrittenPiece(piece.key, {}, {})
        for path, slotted in piece.files():
            content, places = today.put_in(slotted, self.day)
            self._write(self._place(path, folders), content)
            if piece.key:
                done.files[path] = sha256(content).digest()
            if places:
                done.places[path] = places
        return done

    def _again(self, same: WrittenPiece, folders: set[str]) -> WrittenPiece:
        """Take the files of a piece from the site before; those that tell a day tell that of this site."""
        files = dict(same.files)
        for path in files:
            place = self._place(path, folders)
            if self.day == self.earlier.day or path not in same.places:
                self._link(path, place)
                continue
            with open(f"{self.earlier.site}/{path}", "rb", buffering=0) as file:  # noqa: PTH123
                content = today.moved(file.read(), same.places[path], self.day)
            self._write(place, content)
            files[path] = sha256(content).digest()
        return same._replace(files=files)

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
                _anew(place, lambda: os.link(old, place))
            except OSError:  # another disk, or one that knows no links
                shutil.copyfile(old, place)

    @staticmethod
    def _write(place: str, content: bytes) -> None:
        with naming(place), _anew(place, lambda: open(place, "xb")) as file:  # noqa: PTH123
            file.write(content)


def _anew(place: str, make: Callable[[], Made]) -> Made:
    """Make a file anew: what is there already may be one file with that of the site before, which stays."""
    try:
        return make()
    except FileExistsError:
        os.unlink(place)  # noqa: PTH108
        return make()
