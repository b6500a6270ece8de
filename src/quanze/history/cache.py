"""Outcomes kept on disk between builds, keyed by blobs: what cannot be trusted is not there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quanze.base.compact import compact
from quanze.history import diff
from quanze.history.outcome import BlobPair, Outcome
from quanze.io.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SLOT = "history.json"


def load(folder: Path) -> dict[BlobPair, Outcome]:
    """Return what this machine kept; nothing when there is none, or when it is damaged, of other code or another's."""
    body = Store(folder).get(_SLOT, b"")
    return {
        BlobPair(base, blob, field): Outcome(
            fault, status, tuple(diff.Change(tuple(steps), *rest) for steps, *rest in changes)
        )
        for base, blob, field, fault, status, changes in (json.loads(body) if body else ())
    }


def save(folder: Path, outcomes: Mapping[BlobPair, Outcome]) -> None:
    """Keep the outcomes in place of what was kept before, wholly or not at all; a full disk is no fault."""
    rows = [
        (*pair, fault, status, [(change.steps, change.old, change.new, change.moved) for change in changes])
        for pair, (fault, status, changes) in outcomes.items()
    ]
    Store(folder).put(_SLOT, b"", compact(rows))
