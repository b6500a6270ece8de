"""Outcomes kept on disk between builds, keyed by blobs: what cannot be trusted is not there."""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from quanze.base.compact import compact
from quanze.history import diff
from quanze.history.outcome import BlobPair, Outcome
from quanze.io import yaml
from quanze.register import life

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME = "history.json"


def load(folder: Path) -> dict[BlobPair, Outcome]:
    """Return what was kept; nothing when there is none, or when it is damaged or of other code than this."""
    try:
        seal, _, body = (folder / _NAME).read_bytes().partition(b"\n")
    except OSError:
        return {}
    if seal != _seal(body):
        return {}
    return {
        BlobPair(base, blob, field): Outcome(
            fault, status, tuple(diff.Change(tuple(steps), *rest) for steps, *rest in changes)
        )
        for base, blob, field, fault, status, changes in json.loads(body)
    }


def save(folder: Path, outcomes: Mapping[BlobPair, Outcome]) -> None:
    """Keep the outcomes in place of what was kept before, wholly or not at all; a full disk is no fault."""
    rows = [
        (*pair, fault, status, [(change.steps, change.old, change.new, change.moved) for change in changes])
        for pair, (fault, status, changes) in outcomes.items()
    ]
    body = compact(rows)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as aside:
            file = Path(aside, _NAME)
            file.write_bytes(_seal(body) + b"\n" + body)
            file.replace(folder / _NAME)


def _seal(body: bytes) -> bytes:
    return sha256(_code() + body).hexdigest().encode()


@cache
def _code() -> bytes:
    """Return a digest of the code that outcomes depend on: other code might read or compare otherwise."""
    modules = [
        Path(life.__file__),
        *sorted(Path(yaml.__file__).parent.glob("*.py")),
        *sorted(Path(__file__).parent.glob("*.py")),
    ]
    return sha256(b"".join(module.read_bytes() for module in modules)).digest()
