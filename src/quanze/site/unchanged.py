"""A build of which nothing has changed since the last: the site before is what would be made, and is taken whole.

Nothing is taken where a register has code or templates of its own, or where a file of the site is not what was made.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from stat import S_ISREG
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.io import git
from quanze.io.file import walk
from quanze.io.store import Store
from quanze.io.writing import write_new
from quanze.proof import manifest
from quanze.proof.manifest import CHECKPOINT
from quanze.register.digest import digest
from quanze.register.tree import BUILT_FROM
from quanze.site import plain
from quanze.site.writing import Earlier, Piece, Writer, WrittenPiece, content_digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_SLOT = "site"
_COMPILED = "__pycache__/"
"""What Python leaves beside the hooks when they run."""
_Stamp = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a build reads."""

    root: Path
    key: bytes
    """What tells it; empty where nobody knows."""
    stamps: tuple[_Stamp, ...]
    """The files, as they were when the key was made: a build that reads something else must not be kept under it."""

    @classmethod
    def of(cls, root: Path, at: str) -> Inputs:
        """Look at a register on a day, which is empty for that of the newest commit."""
        if not plain.plain(root):
            return cls(root, b"", ())
        stamps = tuple(_stamps(root))
        if not all(S_ISREG(mode) for _, mode, *_ in stamps):  # a pipe is no file to read; the check tells of it
            return cls(root, b"", ())
        try:
            files = [(path, content_digest(f"{root}/{path}")) for path, *_ in stamps]
            return cls(root, digest(at, files, _recorded(root)), stamps)
        except OSError:
            return cls(root, b"", ())

    def site(self, site: Path, built: Path) -> Mapping[str, str] | None:
        """Put the site before into a folder, if it is what would be made; return the SHA-256 of its files by path."""
        told = Store.of(self.root).get(_SLOT, self.key) if self.key else None
        if told is None:
            return None
        try:
            files = manifest.parse((site / manifest.NAME).read_bytes()).files
        except (OSError, ValueError):
            return None
        names = {name for name in walk(site) if not manifest.unlisted(name)}
        if names != files.keys() or _all(files) != told:
            return None
        digests = {path: bytes.fromhex(one) for path, one in files.items()}
        piece, earlier = Piece(_SLOT, self.key, tuple), Earlier(site, {_SLOT: WrittenPiece(self.key, digests)})
        if Writer(built, earlier)(lambda: [piece])[_SLOT].files != digests:
            return None
        write_new(built / CHECKPOINT, b"")  # until the site is sealed
        return files

    def keep(self, files: Mapping[str, str]) -> None:
        """Remember what was made of this, unless something has changed meanwhile."""
        if self.key and tuple(_stamps(self.root)) == self.stamps:
            Store.of(self.root).put(_SLOT, self.key, _all(files))


def _all(files: Mapping[str, str]) -> bytes:
    return digest(sorted(files.items()))


def _recorded(root: Path) -> object:
    """Return what git knows; nothing without it."""
    try:
        told = *git.dirty(root, *BUILT_FROM), *git.unheld(root, *BUILT_FROM)
        waiting = [path for path in told if _COMPILED not in path]
        return git.head(root).id, git.refs(root), sorted(git.boundary(root)), waiting
    except git.NoRepository:
        return None
    except Fault as fault:
        raise OSError(str(fault)) from None


def _stamps(root: Path) -> Iterator[_Stamp]:
    for name in (*BUILT_FROM, manifest.LOCK):
        place = root / name
        for path in walk(place) if place.is_dir() else [""] if place.is_file() else []:
            told = f"{name}/{path}" if path else name
            if _COMPILED in told:
                continue
            stat = os.lstat(f"{root}/{told}")
            yield told, stat.st_mode, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns
