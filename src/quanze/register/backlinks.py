"""Who refers to a record, and where on its page that belongs: by the `back` of the form that refers.

A reference names records by id, or by condition (select): then every record that meets it is meant, those that come
later too. Drafts and records that have ended or run out refer to nobody.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from quanze.form import kinds
from quanze.form.conditions import conditions, meets
from quanze.form.kinds.select import Selection
from quanze.law.sanction import sanctions
from quanze.law.threshold import Threshold
from quanze.register.life import lives

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Record
    from quanze.form import Field
    from quanze.register.catalog import Catalog
    from quanze.register.occurrences import Occurrence

_Key = tuple[str, str]
"""(collection, id)."""


class Backlink(NamedTuple):
    """One record that refers to another, by a field whose form says how that is told."""

    record: Record
    field: Field
    said: tuple[str, ...] = ()
    """By what the target reaches the record's threshold, where the record tells one."""


def backlinks(catalog: Catalog, at: str) -> Mapping[_Key, tuple[Backlink, ...]]:
    """Return who refers to each record, in the order of the families of their forms; each record once a field."""
    known = lives(catalog)
    found: dict[_Key, dict[tuple[str, str, str], Backlink]] = defaultdict(dict)
    for occurrence, targets in (*_by_id(catalog), *_by_condition(catalog, at)):
        source, life = occurrence.record, known[occurrence.record.collection]
        if occurrence.field.back is None or life.draft(source.data) or life.ended(source.data, at):
            continue
        for target in targets:
            said = _reaches(catalog, source, target)
            if said is not None:
                key = source.collection, source.id, occurrence.field.name
                found[target].setdefault(key, Backlink(source, occurrence.field, said))
    return {
        target: tuple(sorted(links.values(), key=lambda one: _place(catalog, one))) for target, links in found.items()
    }


def _reaches(catalog: Catalog, source: Record, target: _Key) -> tuple[str, ...] | None:
    """Say by what a power reaches the threshold that a record tells; None where it cannot, so that it is not meant."""
    name = catalog.forms[source.collection].role(kinds.THRESHOLD)
    field = catalog.forms[target[0]].role(kinds.SANCTION)
    power = catalog.record(*target)
    if not name or name not in source.data or not field or power is None:
        return ()
    return Threshold.of(source.data[name]).met(sanctions(power.data.get(field))) or None


def _by_id(catalog: Catalog) -> Iterator[tuple[Occurrence[object], tuple[_Key, ...]]]:
    for target, occurrences in catalog.references.items():
        for occurrence in occurrences:
            yield occurrence, (target,)


def _by_condition(catalog: Catalog, at: str) -> Iterator[tuple[Occurrence[object], tuple[_Key, ...]]]:
    for occurrence in catalog.by_kind[kinds.SELECT]:
        meant = Selection.of(occurrence.value)
        wanted = conditions(meant.condition)
        records = catalog.records.get(meant.collection, {}).values()
        yield occurrence, tuple((meant.collection, record.id) for record in records if meets(record.data, wanted, at))


def _place(catalog: Catalog, link: Backlink) -> tuple[float, str, str]:
    return catalog.forms[link.record.collection].family, link.record.collection, link.record.id
