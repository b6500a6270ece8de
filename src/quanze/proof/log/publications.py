"""What stands in the log: each publication of a site, by the SHA-256 of its manifest, its commit and its time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.proof.log import merkle, note, tiles
from quanze.proof.manifest import CHECKPOINT, LOG
from quanze.proof.response import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.proof.remote import Published

_HEAD = "quanze publication v1"
_ENTRY = re.compile(
    rf"{_HEAD}\nmanifest (?P<manifest>[0-9a-f]{{64}})\ncommit (?P<commit>[0-9a-f]{{40}}|[0-9a-f]{{64}})\n"
    r"time (?P<time>[0-9T:+-]{25})\n"
)
_CHECKPOINT = re.compile(
    r"(?P<origin>[^\n]+)\n(?P<size>0|[1-9][0-9]{0,8})\n(?P<root>[A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*"
)


@dataclass(frozen=True, slots=True)
class Publication:
    """One entry."""

    manifest: str
    """The SHA-256 of manifest.json."""
    commit: str
    time: str
    """The commit's, ISO 8601 with its zone: a build knows no other."""

    @property
    def moment(self) -> datetime:
        """The same to reckon with."""
        return datetime.fromisoformat(self.time)

    def content(self) -> bytes:
        """Return the entry as the log hashes it."""
        return f"{_HEAD}\nmanifest {self.manifest}\ncommit {self.commit}\ntime {self.time}\n".encode()

    @classmethod
    def of(cls, content: bytes) -> Publication:
        """Return what an entry says; raises ValueError for what `content` never writes."""
        found = _ENTRY.fullmatch(content.decode())
        if not found:
            raise ValueError(content[:80])
        told = cls(**found.groupdict())
        if told.moment.tzinfo is None:
            raise ValueError(told.time)
        return told


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: who it is, how many entries it has, and the root of their tree."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return what is signed."""
        return f"{self.origin}\n{self.size}\n{note.encoded(self.root)}\n"

    @classmethod
    def of(cls, text: str) -> Checkpoint:
        """Return what the text of a note says; raises ValueError where it is no checkpoint."""
        found = _CHECKPOINT.fullmatch(text)
        if not found:
            raise ValueError(text[:80])
        return cls(found["origin"], int(found["size"]), note.decoded(found["root"]))


@dataclass(frozen=True, slots=True)
class PublicationLog:
    """A log whose entries and head belong together."""

    origin: str
    entries: tuple[Publication, ...]
    signed: note.Note | None = None
    """The checkpoint as it was read, with its signatures; None for one that is being written."""

    @property
    def leaves(self) -> list[bytes]:
        """Return the hash of each entry."""
        return [merkle.leaf(entry.content()) for entry in self.entries]

    @property
    def checkpoint(self) -> Checkpoint:
        """Return the head."""
        return Checkpoint(self.origin, len(self.entries), merkle.root(self.leaves))

    def after(self, one: Publication) -> PublicationLog:
        """Return the log with one more publication; the same again is none."""
        return self if one in self.entries[-1:] else PublicationLog(self.origin, (*self.entries, one))

    def begins_with(self, old: Checkpoint) -> bool:
        """Tell whether this log only goes on from an earlier head."""
        same = old.origin == self.origin and old.size <= len(self.entries)
        return same and merkle.root(self.leaves[: old.size]) == old.root

    def files(self, keys: Sequence[note.SecretKey] = ()) -> Iterator[tuple[str, bytes]]:
        """Yield (path, content) of all that a server hands out, from the site's root."""
        yield CHECKPOINT, str(self.signed or note.signed(self.checkpoint.text(), keys)).encode()
        yield from tiles.files([entry.content() for entry in self.entries])


def fetch(site: Published) -> PublicationLog | None:
    """Return the log of a published site, whole: its entries give the root that its head names. None without one.

    Raises Fault where the site does not answer (its cause is then Unreadable), or its log is broken: nobody knows then
    what was published.
    """
    try:
        head = site.read(CHECKPOINT, 1 << 20)
        if not head:
            return None
        signed = note.parse(head)
        told = Checkpoint.of(signed.text)
        entries = tuple(map(Publication.of, tiles.read(told.size, site.read)))
    except Unreadable as why:
        raise Fault(f"读不到公布日志：{why}") from why
    except ValueError:
        raise Fault(f"公布日志读不懂或者不全（{LOG}/）：不是 quanze 写的，或者被改动过") from None
    found = PublicationLog(told.origin, entries, signed)
    if found.checkpoint != told:
        raise Fault(f"公布日志的条目与检查点不符（{CHECKPOINT}）：有条目被改动、增加或者删去")
    return found
