"""What something was worked out from, as a digest: the same digest, the same outcome."""

from __future__ import annotations

import marshal
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quanze.base.model import Record


def digest(*parts: object) -> bytes:
    """Return a digest of plain values, and of what tells all of itself."""
    return sha256(repr(parts).encode()).digest()


def of_record(record: Record) -> bytes:
    """Return the digest of a record and of what it takes over, in marshal's first version, which shares no texts."""
    over = record.adopted
    told = (record.data, *((over.own, over.base, over.copy, over.newest or {}) if over else ()))
    data = [[*one.items()] for one in told]
    return sha256(b"%b\0%b" % (record.path.encode(), marshal.dumps(data, 0))).digest()
