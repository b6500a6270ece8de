"""What became of an edition of a list after it was registered: of its commit, its tag, its number and its days."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from quanze.history.rewind import states
from quanze.register.definition import Edition, ListDefinition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.base.model import Document
    from quanze.history.entry import Entry


def altered(document: Document, entries: Sequence[Entry]) -> Iterator[tuple[Edition, str]]:
    """Yield each edition that was altered or removed, as it was before, with what became of it the last time.

    `document` is the list's of today, `entries` are its own, newest first. An approval counts where one was told.
    """
    told: set[str] = set()
    for entry, (now, before) in zip(entries, pairwise(states(document, entries)), strict=True):
        standing = {edition.id: edition for edition in ListDefinition.of(now).editions}
        for old in ListDefinition.of(before).editions:
            became = _became(old, standing.get(old.id))
            if became and old.id not in told:
                told.add(old.id)
                yield old, f"{became}（{entry.date}，提交 {entry.commit.id[:12]}）"


def _became(old: Edition, new: Edition | None) -> str:
    """Say what became of an edition that was told once; empty where nothing did, or only more was told."""
    if new is None:
        return "登记以后被删去"
    changed = [f"「{name}」由 {was} 改为 {now or '没有'}" for name, was, now in old.altered(new)]
    return f"登记以后改过：{'，'.join(changed)}" if changed else ""
