"""Another register's published site, as far as a command reads it: records, the index, and a manifest over all."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_TOLD = {"tree": "b" * 40, "changes": [], "quanze": "0.2.0", "requirements_lock": "", "at": "", "previous": ""}


def publish(  # noqa: PLR0913
    site: Path,
    records: Mapping[str, Mapping[str, Mapping[str, object]]],
    dated: str = "2026-11-01",
    *,
    commit: str = "a" * 40,
    forged: str = "",
    demonstration: bool = True,
    changes: tuple[Mapping[str, object], ...] = (),
) -> str:
    """Write a site with records by collection and id; `forged` is the path of a file that the manifest contradicts."""
    mark = {"demonstration": True} if demonstration else {}
    files: dict[str, object] = {"data/v1/index.json": {**mark, "result": []}}
    files["data/v1/changes.json"] = {"result": changes}
    for collection, found in records.items():
        rows = [{"id": id_, **data} for id_, data in found.items()]
        files[f"data/v1/{collection}.json"] = {**mark, "result": rows}
        files |= {f"data/v1/{collection}/{row['id']}.json": {**mark, "result": row} for row in rows}
    hashes = {}
    for path, told in files.items():
        content = json.dumps({"schema_version": "1.0", "dated": dated, **told}, ensure_ascii=False).encode()
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)
        hashes[path] = hashlib.sha256(b"another" if path == forged else content).hexdigest()
    (site / "manifest.json").write_text(json.dumps({**_TOLD, "commit": commit, "files": hashes}), "utf-8")
    return str(site)
