"""What something was worked out from, as a digest: the same digest, the same outcome."""

from __future__ import annotations

import marshal
from hashlib import sha256
from typing import TYPE_CHECKING

from quanze.io.file import held, walk
from quanze.register.links import FILES
from quanze.register.wording import MOST

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

    from quanze.base.model import Record
    from quanze.register.catalog import Catalog

TEXTS = "texts"


def digest(*parts: object) -> bytes:
    """Return a digest of plain values, and of what tells all of itself."""
    return sha256(repr(parts).encode()).digest()


def of_record(record: Record) -> bytes:
    """Return that of a record and of what it takes over, as marshal's first version writes it: it shares no texts."""
    over = record.adopted
    told = (record.data, *((over.own, over.base, over.copy, over.newest or {}) if over else ()))
    data = [[*one.items()] for one in told]
    return sha256(b"%b\0%b" % (record.path.encode(), marshal.dumps(data, 0))).digest()


def shared(catalog: Catalog, at: str, apart: Container[str]) -> bytes:
    """Return that of a whole register on a day, but for the records of some collections, which count apart."""
    return digest(
        at,
        catalog.site,
        catalog.words,
        sorted(catalog.broken),
        [(name, form.schema) for name, form in catalog.forms.items()],
        [catalog.digests[one.path] for one in catalog if one.collection not in apart],
        [*_beside(catalog.root)],
    )


def _beside(root: Path) -> Iterator[tuple[str, object]]:
    """Yield the statutes' texts with what they hold, the attached files with their sizes."""
    for path in walk(root / TEXTS):
        yield path, sha256(held(root / TEXTS / path, MOST)).digest()
    for path in walk(root / FILES):
        yield path, (root / FILES / path).lstat().st_size
