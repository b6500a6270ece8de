"""The manifest of a published site: which commit it was built from, by what, and the SHA-256 of its every file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from quanze import git

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME, SUM = "manifest.json", "manifest.json.sha256"
UNLISTED = frozenset({NAME, SUM})
LOCK = "requirements.lock"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a site was built from; commit and tree are empty without git, or with changes not committed."""

    commit: str
    tree: str
    changes: tuple[str, ...]
    """The files that differed from the commit: a site with any is a draft."""
    version: str
    lock: str
    """The SHA-256 of the lock file of the dependencies."""


def origin(root: Path) -> Origin:
    """Return what a site built here would be built from."""
    try:
        head = git.head(root)
        commit, tree, changes = head.id, head.tree, git.dirty(root, ".")
    except git.NoRepository:
        commit, tree, changes = "", "", ()
    lock = root / LOCK
    return Origin(commit, tree, changes, version("quanze"), digest(lock.read_bytes()) if lock.is_file() else "")


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def manifest(made: Origin, files: Mapping[str, str], *, previous: str, demonstration: bool) -> bytes:
    """Return manifest.json; `files` is SHA-256 by path, `previous` the commit of the publication before or empty."""
    whole = {
        "schema_version": "1.0",
        **({"demonstration": True} if demonstration else {}),
        "commit": made.commit,
        "tree": made.tree,
        "previous": previous,
        "changes": list(made.changes),
        "quanze": made.version,
        "requirements_lock": made.lock,
        "files": dict(sorted(files.items())),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"
