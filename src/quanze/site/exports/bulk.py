"""All the data at once: a collection's records a line each, and one archive of what a machine takes home."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MEDIA = "application/x-ndjson"
BASE = "data/v1/bulk/"
ARCHIVE = f"{BASE}all.zip"
PACKED = ("datapackage.json", "openapi.json", f"{BASE}*.ndjson", "data/v1/lists/*.csv", "schema/**/*.json")
"""What stands in the archive, under the paths of the site, so that the data package can be read from it."""
_MARK = b'{"demonstration":true,'


def address(name: str) -> str:
    """Return where the lines of a collection stand, from the root of the site."""
    return f"{BASE}{name}.ndjson"


def lines(records: Iterable[bytes], *, demonstration: bool) -> bytes:
    """Return records that are JSON already, each on a line of its own, as the engines load it (NDJSON)."""
    marked = (_MARK + record[1:] for record in records) if demonstration else records
    return b"".join(b"%b\n" % one for one in marked)


def pack(folder: Path) -> None:
    """Write the archive of a built site: in one order, undated, stored, since deflate differs between zlib builds."""
    found = (path.relative_to(folder).as_posix() for pattern in PACKED for path in folder.glob(pattern))
    (folder / ARCHIVE).parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / ARCHIVE, "w") as archive:
        for path in sorted(found):
            one = zipfile.ZipInfo(path)
            one.create_system, one.external_attr = 3, 0o644 << 16
            archive.writestr(one, (folder / path).read_bytes())
