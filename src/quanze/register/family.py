"""The family of lists: which stand together, and how they hang together by the references of their forms."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from quanze.form import kinds
from quanze.form.kinds.select import Selection
from quanze.register.catalog import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Record
    from quanze.form import Form
    from quanze.register.catalog import Catalog

OTHERS = "其他清单"
"""Where the lists stand whose form names no group."""


class ListGroup(NamedTuple):
    """Some lists that stand together in the navigation."""

    title: str
    place: int
    """From 1: the group's place on the page of the family."""
    lists: tuple[Record, ...]

    @property
    def anchor(self) -> str:
        """Where it stands on that page."""
        return f"group-{self.place}"


class Tie(NamedTuple):
    """One field by which the records of a form name those of another."""

    source: Form
    field: str
    target: Form
    number: int
    """How many references there are."""


def listed(catalog: Catalog, record: Record) -> Form | None:
    """Return the form whose records a list shows; None for a collection that is not there."""
    return catalog.forms.get(catalog.lists[record.id].collection)


def groups(catalog: Catalog) -> tuple[ListGroup, ...]:
    """Return the lists in their order, in groups; those of no group come last."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in catalog.lists_in_order:
        form = listed(catalog, record)
        groups[(form.group if form else "") or OTHERS].append(record)
    ordered = sorted(groups.items(), key=lambda one: one[0] == OTHERS)
    return tuple(ListGroup(title, place, tuple(lists)) for place, (title, lists) in enumerate(ordered, 1))


def ties(catalog: Catalog) -> tuple[Tie, ...]:
    """Return by which fields the records of the lists' forms name others, in the order of the family.

    Whom two of the forms name belongs to the picture even where it has no list of its own: the body, for instance.
    """
    own = {form.collection: form for one in catalog.records.get(LISTS, {}).values() if (form := listed(catalog, one))}
    found = Counter(_named(catalog, own))
    naming = {(source, target) for source, _, target in found}
    shared = {target for _, target in naming if sum(target == other for _, other in naming) > 1}
    told = (
        Tie(own[source], field, catalog.forms[target], count)
        for (source, field, target), count in found.items()
        if target in own or target in shared
    )
    return tuple(sorted(told, key=lambda one: (*_family(one.source), *_family(one.target), one.field)))


def _family(form: Form) -> tuple[float, str]:
    return form.family, form.collection


def _named(catalog: Catalog, own: Mapping[str, Form]) -> Iterator[tuple[str, str, str]]:
    """Yield (source, field, target) of every reference, by id or by condition."""
    for occurrence in (*catalog.by_kind[kinds.REF], *catalog.by_kind[kinds.SELECT]):
        chosen = occurrence.field.kind is kinds.SELECT
        target = Selection.of(occurrence.value).collection if chosen else occurrence.field.collection
        if occurrence.record.collection in own and target in catalog.records:
            yield occurrence.record.collection, occurrence.field.name, target
