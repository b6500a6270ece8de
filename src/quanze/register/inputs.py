"""What a whole register says on a day, as a digest: the same digest, the same pages."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from quanze.io.file import held, walk
from quanze.register.digest import digest
from quanze.register.links import FILES, TEXTS
from quanze.register.wording import MOST

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

    from quanze.register.catalog import Catalog


def shared(catalog: Catalog, at: str, apart: Container[str]) -> bytes:
    """Return the digest of a whole register on a day, but for the records of some collections, which count apart."""
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
