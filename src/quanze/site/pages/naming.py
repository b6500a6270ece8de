"""What names a record: the links back to it, by the field that they stand in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from quanze.register.catalog import LISTS

if TYPE_CHECKING:
    from markupsafe import Markup

    from quanze.base.model import Record
    from quanze.site.pages.context import RenderContext

_VISIBLE = 12
_MOST = 300


class Naming(NamedTuple):
    """The records of one collection that name this one in one field."""

    title: str
    total: int
    types: str
    """How many of each power type, where they are powers."""
    shown: list[Markup]
    more: list[Markup]
    """What opens at a click; cut at 300."""


def naming(context: RenderContext, record: Record) -> list[Naming]:
    """Return the records that name this one; lists, which name what they publish by its condition, are no such."""
    found: dict[tuple[str, str], dict[str, Record]] = {}
    for occurrence in context.catalog.references.get((record.collection, record.id), ()):
        if occurrence.record.collection != LISTS and occurrence.field.back is None:
            field = occurrence.pointer.split("/")[1]
            found.setdefault((occurrence.record.collection, field), {})[occurrence.record.id] = occurrence.record
    groups = []
    for (collection, field), records in found.items():
        links = [context.link(one) for one in [*records.values()][:_MOST]]
        title = f"{context.catalog.forms[collection].title} · {field}"
        types = Counter(str(one.data.get(context.roles[collection].power, "")) for one in records.values())
        told = "、".join(f"{name} {count}" for name, count in types.most_common() if name)
        groups.append(Naming(title, len(records), told, links[:_VISIBLE], links[_VISIBLE:]))
    return groups
