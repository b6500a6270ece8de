"""What a change does to the lists: their rows compared as they stood and as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.history.comparison import compare
from quanze.history.editions import Archive
from quanze.io import git
from quanze.proof.proposal.shapes import Touched
from quanze.register.catalog import LISTS
from quanze.register.definition import ListDefinition
from quanze.register.links import SiteLook
from quanze.register.tree import CATALOG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from quanze.history.editions import ListSnapshot
    from quanze.register.catalog import Catalog

    Key = tuple[str, str]


def touched(catalog: Catalog, start: str, keys: AbstractSet[Key]) -> Iterator[Touched]:
    """Yield every list as it stood in a commit and as it stands in HEAD."""
    archive = Archive(catalog, frozenset(git.dirty(catalog.root, CATALOG)), SiteLook)
    then, now = (archive.state(one)[1].records.get(LISTS, {}) for one in (start, "HEAD"))
    for id_ in sorted({*then, *now}):
        old, new = (_snapshot(archive, id_, one) for one in (start, "HEAD"))
        record = now.get(id_) or then[id_]
        earlier = ListDefinition.of(then[id_].data).editions if id_ in then else ()
        editions = ListDefinition.of(now[id_].data).editions if id_ in now else ()
        ids = {one.id for one in earlier}
        yield Touched(
            id=id_,
            title=ListDefinition.of(record.data).title or id_,
            old=old if not isinstance(old, str) else None,
            new=new if not isinstance(new, str) else None,
            comparison=None if isinstance(old, str) or isinstance(new, str) else compare(old, new),
            note=next((one for one in (old, new) if isinstance(one, str)), ""),
            named=(LISTS, id_) in keys,
            newest=next(iter(earlier[-1:]), None),
            editions=tuple(one for one in editions if one.id not in ids),
        )


def _snapshot(archive: Archive, id_: str, revision: str) -> ListSnapshot | str:
    """Return a list as it stood, or why it cannot be told."""
    try:
        return archive.snapshot(id_, revision)
    except Fault as fault:
        return str(fault)


def published(lists: Iterable[Touched]) -> frozenset[Key]:
    """Return what stands, or stood, in a list that has an edition: a change of it needs an approval."""
    found: set[Key] = set()
    for one in lists:
        if one.newest or one.editions:
            found.add((LISTS, one.id))
            snapshots = (snapshot for snapshot in (one.old, one.new) if snapshot)
            found.update(
                (record.collection, record.id)
                for snapshot in snapshots
                for row in snapshot.listing.rows
                for record in row.records
            )
    return frozenset(found)
