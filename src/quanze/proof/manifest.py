"""The manifest of a published site: which commit it was built from, by what, and the SHA-256 of its every file."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.package import __version__
from quanze.io import git
from quanze.register.tree import BUILT_FROM, CATALOG, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

NAME, SUM = "manifest.json", "manifest.json.sha256"
LOG = "log"
CHECKPOINT, TILE = f"{LOG}/checkpoint", f"{LOG}/tile"
"""Where the log of publications has its head and its entries, beside what a manifest lists."""
LOCK = "requirements.lock"
_READ = (".yaml", ".json")

COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Origin:
    """What a site was built from."""

    commit: str
    """Empty without git, in a shallow clone, and where files differ from the commit: such a site nobody can check."""
    tree: str
    changes: tuple[str, ...]
    """The files that differ from the newest commit."""
    version: str
    """That of quanze."""
    lock: str
    """The SHA-256 of the lock file of the dependencies."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What manifest.json says; in one that was fetched, whatever its publisher chose to say."""

    origin: Origin
    at: str
    """The day on which the law was looked at, where it is not that of the commit."""
    previous: str
    """The commit of the publication before; empty for the first, and where nobody told."""
    demonstration: bool
    files: Mapping[str, str]
    """SHA-256 by path."""

    def content(self) -> bytes:
        """Return the file."""
        whole = {
            "schema_version": "1.0",
            **({"demonstration": True} if self.demonstration else {}),
            "commit": self.origin.commit,
            "tree": self.origin.tree,
            "at": self.at,
            "previous": self.previous,
            "changes": list(self.origin.changes),
            "quanze": self.origin.version,
            "requirements_lock": self.origin.lock,
            "files": dict(sorted(self.files.items())),
        }
        return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def parse(content: bytes) -> Manifest:
    """Return what a manifest says; raises ValueError for what `Manifest.content` never writes."""
    try:
        whole = json.loads(content)
        told = Manifest(
            Origin(
                _text(whole["commit"], COMMIT, absent=""),
                _text(whole["tree"], COMMIT, absent=""),
                tuple(map(_line, whole["changes"])),
                _line(whole["quanze"]),
                _line(whole["requirements_lock"]),
            ),
            _text(whole["at"], _DAY, absent=""),
            _text(whole["previous"], COMMIT, absent=""),
            whole.get("demonstration") is True,
            {_line(path): _text(digest, _DIGEST) for path, digest in whole["files"].items()},
        )
    except (AttributeError, KeyError, RecursionError, TypeError) as error:
        raise ValueError(error) from None
    return told


def _text(value: str, pattern: re.Pattern[str], absent: str | None = None) -> str:
    if value != absent and not pattern.fullmatch(value):
        raise ValueError(value)
    return value


def _line(value: str) -> str:
    """Return a text that can be printed: what a stranger wrote must not steer the reader's terminal."""
    if not value.isprintable():
        raise ValueError(value)
    return value


def origin(root: Path, made: Iterable[Path] = ()) -> Origin:
    """Return what a site built here would be built from; what lies in the folders `made` for sites is none of it."""
    commit = tree = ""
    changes: tuple[str, ...] = ()
    try:
        here = root.resolve()
        own = [path.resolve() for path in made if here in path.resolve().parents]
        sites = tuple(f"{path.relative_to(here).as_posix()}/" for path in own)
        dirty = (path for path in git.dirty(root) if not path.startswith(sites))
        head, changes = git.head(root), (*dirty, *filter(_published, git.unheld(root, *BUILT_FROM)))
        if not changes and not git.boundary(root):
            commit, tree = head.id, head.tree
    except git.NoRepository:
        pass
    lock = root / LOCK
    return Origin(commit, tree, changes, __version__, digest(lock.read_bytes()) if lock.is_file() else "")


def _published(path: str) -> bool:
    """Tell whether a file that git does not hold would be on the site."""
    folder, *inner = path.split("/")
    if any(part.startswith((".", "__")) for part in inner):
        return False
    return folder not in {CATALOG, SCHEMA} or path.endswith((*_READ, "/"))  # a folder of which git knows nothing


def unlisted(path: str) -> bool:
    """Tell whether a file of a site stands in no manifest: the manifest itself, and the log of publications."""
    return path in {NAME, SUM} or of_the_log(path)


def of_the_log(path: str) -> bool:
    """Tell whether a file of a site belongs to the log of its publications: it tells of manifests, and none of it."""
    return path == CHECKPOINT or path.startswith(f"{TILE}/")


def total(whole: str) -> bytes:
    """Return the content of the file that tells the SHA-256 of the manifest, as sha256sum reads it."""
    return f"{whole}  {NAME}\n".encode()


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
