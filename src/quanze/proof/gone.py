"""Lists whose files are gone: their editions were published, and what changes is still counted from them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quanze.base.model import Record
from quanze.history.recorded import documents
from quanze.register.catalog import LISTS
from quanze.register.definition import ListDefinition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.history import Entry
    from quanze.history.entry import Key
    from quanze.register.catalog import Catalog


def with_gone_lists(catalog: Catalog, whole: Mapping[Key, tuple[Entry, ...]]) -> Catalog:
    """Return a catalog that still holds them, as the last version that can be read has them."""
    gone = {record.id: record for key, entries in whole.items() for record in _gone(catalog, key, entries)}
    lists = {**catalog.records.get(LISTS, {}), **gone}
    return replace(catalog, records={**catalog.records, LISTS: lists}) if gone else catalog


def _gone(catalog: Catalog, key: Key, entries: tuple[Entry, ...]) -> Iterator[Record]:
    """Yield the list of an id under which there is none, and that goes on under no other."""
    if key[0] != LISTS or catalog.record(*key) or key in catalog.broken or entries[0].key != key:
        return
    held = [entry for entry in entries if entry.key == key and not entry.removed and not entry.fault]
    said = documents(catalog.root, ((entry.commit.id, entry.path) for entry in held[:1]))
    for entry, document in zip(held, said, strict=False):
        if ListDefinition.of(document).editions:
            yield Record(*key, entry.path, document)
