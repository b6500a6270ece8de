"""What an auditor's machine saw of a site: a rewrite shows even where the publisher has lost what was before."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from quanze.io import writing
from quanze.proof import manifest


def place(address: str) -> Path:
    """Return where this machine remembers the site at an address."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state"
    return Path(state, "quanze", "verify", f"{manifest.digest(address.rstrip('/').encode())[:32]}.json")


def recall(file: Path) -> manifest.Manifest | None:
    """Return the manifest that was seen last; None where none was, or it cannot be read any more."""
    with suppress(OSError, ValueError):
        return manifest.parse(file.read_bytes())
    return None


def keep(file: Path, seen: manifest.Manifest) -> None:
    """Remember a manifest; a machine that cannot is no fault."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        writing.write(file, seen.content())
