"""The service worker's list: what a browser keeps of the site from the first visit on, for when there is no network."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from quanze.io.writing import write_new

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FILE: Final = "sw.js"
"""At the root: a service worker reaches no further up than where it lies."""
_SCRIPT: Final = "assets/quanze/offline.js"
_FIRST: Final = ("", "search/", "notice/", "lists/")
_MOST: Final = 1 << 20
"""A page larger than this, in bytes, is kept when it was visited, not before."""
_LOADED: Final = (".css", ".js", ".svg")


def write(folder: Path, lists: Iterable[str], dated: str) -> None:
    """Write the service worker of a built site; `lists` are the addresses of the lists, `dated` the register's day.

    Its stamp is made of what is kept, so that it changes when and only when that does.
    """
    kept = [*_kept(folder, (*_FIRST, *lists))]
    digest = sha256()
    for path in kept:
        name = f"{path}index.html" if path.endswith("/") or not path else path
        digest.update(f"{path}\n".encode() + (folder / name).read_bytes())
    told = {"stamp": digest.hexdigest()[:16], "dated": dated, "kept": kept}
    text = f"self.quanzeOffline = {json.dumps(told, ensure_ascii=False)};\nimportScripts({json.dumps(_SCRIPT)});\n"
    write_new(folder / FILE, text.encode())


def _kept(folder: Path, pages: Iterable[str]) -> Iterator[str]:
    for page in dict.fromkeys(pages):
        path = folder / page / "index.html"
        if path.is_file() and path.stat().st_size < _MOST:
            yield page
    for below in ("assets", "search"):
        for path in sorted((folder / below).rglob("*")):
            if path.suffix in _LOADED:
                yield path.relative_to(folder).as_posix()
