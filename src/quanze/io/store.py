"""What was worked out before, kept on disk for the next time: it spares time and changes nothing.

A slot holds one body under one key. The key names everything that the body was made of; the code that made it, the
libraries and the Python are part of every key, and so is a secret of this machine: nobody else's cache, put into a
commit or an archive, is ever taken for its own. What is damaged, cut off or was kept under another key is not there.
"""

from __future__ import annotations

import marshal
import os
import secrets
import sys
import zlib
from collections import defaultdict
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from quanze.base.package import FOLDER
from quanze.io.file import Unfit, content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Made = TypeVar("Made")

CACHE = ".cache"
"""Where a project keeps it."""
_SEAL = sha256().digest_size
_MOST = 1 << 30
"""So many bytes a slot may have."""
_SHARES = 32
"""In so many shares lie the pieces of a slot."""
_Share = dict[str, tuple[bytes, object]]


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of what was kept."""

    folder: Path

    @classmethod
    def of(cls, root: Path) -> Store:
        """Return the store of a project."""
        return cls(root / CACHE)

    def get(self, slot: str, key: bytes) -> bytes | None:
        """Return what was kept in a slot under a key; None where there is none, or none that can be trusted."""
        try:
            whole = content(self.folder / slot, _MOST)
        except (OSError, Unfit):
            return None
        seal, body = whole[:_SEAL], whole[_SEAL:]
        return body if seal == _seal(slot, key, body) else None

    def put(self, slot: str, key: bytes, body: bytes) -> None:
        """Keep a body in place of what the slot held, wholly or not at all; a full disk is no fault.

        Nothing is written where a link leads: a commit may hold one.
        """
        place = self.folder / slot
        if any(path.is_symlink() for path in place.parents[: slot.count("/") + 1]):
            return
        aside = place.with_name(f"{place.name}.new")
        with suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            aside.unlink(missing_ok=True)  # of a run that was killed; where another is at it, neither may be kept
            with aside.open("xb") as new:
                new.write(_seal(slot, key, body) + body)
            aside.replace(place)

    @contextmanager
    def pieces(self, slot: str) -> Iterator[Pieces]:
        """Give what a slot holds piece by piece, and keep in the end what was taken of it or made anew."""
        found = Pieces(lambda share: self.get(f"{slot}.{share}", b""))
        yield found
        for share, body in found.changed():
            self.put(f"{slot}.{share}", b"", body)


class Pieces:
    """What a slot holds piece by piece, each under a key of its own; all must be what marshal writes.

    They lie in shares, by their names alone: where one is another, its share is written again and no other.
    """

    def __init__(self, body: Callable[[int], bytes | None] = lambda _share: None) -> None:
        self._body = body
        self._before: dict[int, _Share] = {}
        self._now: defaultdict[int, _Share] = defaultdict(dict)

    def take(self, name: str, key: bytes, make: Callable[[], Made]) -> Made:
        """Return a piece as it was kept under the same key, or made anew; one without a key is not kept."""
        share = zlib.crc32(name.encode()) % _SHARES
        if share not in self._before:
            body = self._body(share)
            self._before[share] = marshal.loads(body) if body else {}  # noqa: S302 — sealed
        kept = self._before[share].get(name)
        made = kept if kept and kept[0] == key != b"" else (key, make())
        if key:
            self._now[share][name] = made
        return cast("Made", made[1])  # what was kept under the key is what would be made

    def changed(self) -> Iterator[tuple[int, bytes]]:
        """Yield the shares of which a piece is another, with what is to be kept in place of what was."""
        for share, before in self._before.items():
            now = self._now[share]
            if dict(map(_keyed, now.items())) != dict(map(_keyed, before.items())):
                yield share, marshal.dumps(now)


def _keyed(piece: tuple[str, tuple[bytes, object]]) -> tuple[str, bytes]:
    return piece[0], piece[1][0]


def _seal(slot: str, key: bytes, body: bytes) -> bytes:
    return sha256(b"\0".join((_code(), slot.encode(), sha256(key).digest(), body))).digest()


@cache
def _code() -> bytes:
    """Return a digest of all that works something out: this package, the libraries beside it, and Python."""
    files = sorted(path for path in FOLDER.rglob("*") if path.is_file() and path.suffix != ".pyc")
    digest = sha256(_secret() + sys.version.encode())
    for path in files:
        digest.update(b"%b\0%b\0" % (path.relative_to(FOLDER).as_posix().encode(), sha256(path.read_bytes()).digest()))
    for place in map(Path, sys.path):
        names = sorted(path.name for path in place.glob("*.dist-info")) if place.is_dir() else []
        digest.update("\0".join(names).encode())
    return digest.digest()


def _secret() -> bytes:
    """Return what this user's machine alone knows; another each time where nothing can be kept."""
    fresh = secrets.token_bytes(_SEAL)
    with suppress(OSError, RuntimeError, Unfit):
        file = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state", "quanze", "cache.key")
        file.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError), file.open("xb") as new:
            new.write(fresh)
            file.chmod(0o600)
        kept = content(file, _SEAL)
        return kept if len(kept) == _SEAL else fresh
    return fresh
