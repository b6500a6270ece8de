"""Two editions of a list compared as what they say: their rows, in their official columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from quanze.form import kinds
from quanze.history import diff
from quanze.history.provenance import provenance
from quanze.history.wording import ChangeWording
from quanze.register.cells import cell
from quanze.register.definition import ID, NUMBER, ColumnDefinition
from quanze.register.life import Life
from quanze.register.table import Column, Row, column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.history.editions import ListSnapshot


class ChangedCell(NamedTuple):
    """What one cell said and says; empty where nothing is known."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowPair:
    """A row of the new edition and the row of the old one that it comes from; None where there is none."""

    old: Row | None
    new: Row | None
    title: str
    code: str
    """The row's official codes, or the ids of its records."""
    cells: tuple[ChangedCell, ...] = ()
    """What differs, the number aside."""
    status: str = ""
    """For a row that is gone: what became of its records."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the records of the row, as it stands newest."""
        row = self.new or self.old
        return tuple(record.id for record in row.records) if row else ()


@dataclass(frozen=True)
class Comparison:
    """What differs between two editions, every row of either counted once."""

    old: ListSnapshot
    new: ListSnapshot
    pairs: tuple[RowPair, ...]

    @cached_property
    def added(self) -> tuple[RowPair, ...]:
        """Rows that the old edition did not have."""
        return tuple(pair for pair in self.pairs if pair.old is None)

    @cached_property
    def ended(self) -> tuple[RowPair, ...]:
        """Rows that the new edition no longer has."""
        return tuple(pair for pair in self.pairs if pair.new is None)

    @cached_property
    def changed(self) -> tuple[RowPair, ...]:
        """Rows that say something else, renumbered or not."""
        return tuple(pair for pair in self.pairs if pair.cells)

    @cached_property
    def renumbered(self) -> tuple[RowPair, ...]:
        """Rows of which the number alone differs."""
        return tuple(pair for pair in self._kept if not pair.cells and _number(pair.old) != _number(pair.new))

    @cached_property
    def unchanged(self) -> int:
        """How many rows are the same, number included."""
        return len(self._kept) - len(self.changed) - len(self.renumbered)

    @cached_property
    def _kept(self) -> tuple[RowPair, ...]:
        return tuple(pair for pair in self.pairs if pair.old and pair.new)

    @cached_property
    def columns(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The heads of the columns that are new, and of those that are gone."""
        old, new = (
            {_same(column): column.head for column in snapshot.listing.columns} for snapshot in (self.old, self.new)
        )
        return tuple(new[key] for key in new if key not in old), tuple(old[key] for key in old if key not in new)


def compare(old: ListSnapshot, new: ListSnapshot) -> Comparison:
    """Compare a list as it stood with how it stood later; a row continues the one that it shares a record with."""
    places = {record.id: row for row in old.listing.entries for record in row.records}
    wording = ChangeWording(new.catalog.forms, new.look)
    shared = {*map(_same, old.listing.columns)}
    told = {column.path.partition(".")[0] for column in new.listing.columns if _same(column) in shared}
    told |= provenance(new.catalog, [old.commit.id]).get(new.listing.form.collection, frozenset())
    pairs, continued = [], set()
    for row in new.listing.entries:
        before = next((places[record.id] for record in row.records if record.id in places), None)
        continued.add(before.records[0].id if before else "")
        cells = (*_cells(old, before, new, row), *_beyond(wording, before, row, told)) if before else ()
        pairs.append(RowPair(before, row, _title(new, row), _code(new, row), cells))
    gone = (row for row in old.listing.entries if row.records[0].id not in continued)
    pairs += [RowPair(row, None, _title(old, row), _code(old, row), status=_became(new, row)) for row in gone]
    return Comparison(old, new, tuple(pairs))


def _cells(old: ListSnapshot, before: Row, new: ListSnapshot, after: Row) -> Iterator[ChangedCell]:
    """Yield what differs in the columns that both editions have."""
    known = {_same(theirs): theirs for theirs in old.listing.columns}
    for ours in new.listing.columns:
        if ours.path not in {NUMBER, ID} and _same(ours) in known:
            was, now = _text(old, known[_same(ours)], before), _text(new, ours, after)
            if was != now:
                yield ChangedCell(ours.head, was, now)


def _beyond(wording: ChangeWording, before: Row, after: Row, told: set[str]) -> Iterator[ChangedCell]:
    """Yield what differs in the records of a row beyond what is `told`: a fine that no column shows is a change."""
    known = {record.id: record for record in before.records}
    for now in after.records:
        was = known.get(now.id)
        changes = diff.compare(was.data, now.data) if was else ()
        for difference in wording.differences(now.collection, was.data, now.data, changes) if was and changes else ():
            if difference.field not in told:
                which = f"（{now.id}）" if len(after.records) > 1 else ""
                yield ChangedCell(f"事项{which}·{difference.label}", difference.old or "", difference.new or "")


def _text(snapshot: ListSnapshot, column: Column, row: Row) -> str:
    return "\n".join(cell(replace(column, inner=False), row, snapshot.catalog, snapshot.look))


def _same(column: Column) -> tuple[str, str, str]:
    """Return by what a column is known in another edition: its field, rank, and of a matrix the value on top."""
    return column.path, column.rank, str(column.only[1]) if column.only else ""


def _number(row: Row | None) -> int:
    return row.number if row else 0


def _title(snapshot: ListSnapshot, row: Row) -> str:
    name = snapshot.listing.form.title_field
    return (
        "；".join(cell(column(snapshot.listing.form, ColumnDefinition(name)), row, snapshot.catalog, snapshot.look))
        if name
        else ""
    )


def _code(snapshot: ListSnapshot, row: Row) -> str:
    name = snapshot.listing.form.role(kinds.CODE)
    codes = (
        cell(column(snapshot.listing.form, ColumnDefinition(name)), row, snapshot.catalog, snapshot.look)
        if name
        else ()
    )
    return "\n".join(codes or (record.id for record in row.records))


def _became(new: ListSnapshot, row: Row) -> str:
    """Say what the new edition's catalog has of the records of a row that is gone."""
    life = Life.of(new.listing.form)
    words = []
    for record in row.records:
        now = new.catalog.record(record.collection, record.id)
        if now is None:
            words.append("不再公布")
        else:
            end = life.ends(now.data)
            words.append(f"{life.says(now.data) or '不再列入'}{f'（{end} 起）' if end else ''}")
    return "；".join(dict.fromkeys(words))
