"""The layouts of lists (版式) read back: a matrix, entries with a row an element, and rows under headings.

What a layout says by a place is given a column beyond the sheet's own, so that it is read, compared and accounted for
like any other cell.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quanze.edit.importer.laid import Context, Laid, LayoutItem
from quanze.edit.importer.target import Head, Target
from quanze.edit.importer.words import fold, says_nothing
from quanze.form import kinds
from quanze.register.definition import ID, ColumnDefinition
from quanze.register.disclaimer import COLUMN
from quanze.register.matrix import crossed
from quanze.register.table import column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quanze.edit.importer.sheet import Place, Sheet
    from quanze.register.table import Listing

_SEARCHED = 40
"""Rows in which the heads of a matrix are looked for."""


_NO_VALUE = frozenset(map(fold, (ID, COLUMN)))
"""Heads beside those of the matrix: of the ids that a workbook keeps, and of the sentence in our own text files."""


def matrix(sheet: Sheet, listings: Iterable[Listing]) -> tuple[Sheet, Laid] | None:
    """Return a sheet that is one list's matrix, taken apart: an item a cell; None for any other sheet.

    In the sheet that is returned the heads say the value alone, where a flat table has 领域·消防.
    """
    for this in listings:
        if this.definition.layout.matrix:
            for row in range(1, min(len(sheet.rows), _SEARCHED) + 1):
                heads = _tops(sheet, row, this)
                if heads:
                    plain = _plain(sheet, heads, this)
                    return plain, _cells(plain, row, heads, this)
    return None


def _tops(sheet: Sheet, row: int, this: Listing) -> dict[int, Place]:
    """Return by column the cell that is its head, where a row holds the heads of a list's matrix."""
    side, top, _ = (one.title for one in crossed(this.form, this.definition))
    if fold(sheet.cell(row, 1).text) != fold(side):
        return {}
    known = {fold(one.title) for one in this.columns[1:]}
    bottom = max(sheet.merged(row, 1).bottom, row)
    lower = bottom if bottom > row else row + 1
    upper = [sheet.shown(row, n).text for n in range(2, sheet.width + 1)]
    grouped = any(fold(text) == fold(top) for text in upper) and fold(side) != fold(top)
    found: dict[int, Place] = {}
    for index in range(2, sheet.width + 1):
        place = (lower if grouped else row, index)
        text = sheet.cell(*place).text
        if text and fold(text) not in _NO_VALUE:
            found[index] = place
    told = {fold(_bare(sheet.cell(*place).text, top)) for place in found.values()}
    flat = all(sheet.cell(*place).text.startswith(f"{top}·") for place in found.values())
    return found if found and (grouped or flat or told & known) else {}


def _plain(sheet: Sheet, heads: dict[int, Place], this: Listing) -> Sheet:
    _, top, _ = (one.title for one in crossed(this.form, this.definition))
    rows = [[*row] for row in sheet.rows]
    for row, index in heads.values():
        cell = rows[row - 1][index - 1]
        rows[row - 1][index - 1] = cell._replace(text=_bare(cell.text, top))
    return replace(sheet, rows=rows)


def _bare(text: str, top: str) -> str:
    return text.removeprefix(f"{top}·")


def _cells(sheet: Sheet, top_row: int, heads: dict[int, Place], this: Listing) -> Laid:
    """Return an item for each cell that says something: its side, its head and itself."""
    side, top, told = crossed(this.form, this.definition)
    bottom = max(row for row, _ in heads.values())
    titles = [one.text for n in range(1, top_row) for one in sheet.rows[n - 1] if one.text]
    laid = Laid(titles=[*[line for line in sheet.lead.split("\n") if line], *titles])
    laid.went |= {(row, n): "heading" for row, n, _ in sheet.filled() if row <= bottom}
    said = [n for n in range(2, sheet.width + 1) if fold(sheet.cell(top_row, n).text) == fold(COLUMN)]
    laid.went |= {(row, n): "note" for row, n, _ in sheet.filled() if row > bottom and n in said}
    above = sheet.width + 1
    for index in heads:
        targets = (
            Target(1, side.title, side),
            Target(index, told.title, told),
            Target(above, top.title, top),
        )
        laid.heads.append(Head(top_row, bottom, targets, this))
    for row in range(bottom + 1, len(sheet.rows) + 1):
        merge = sheet.merged(row, 1)
        name = (merge.top, merge.left)
        if not sheet.cell(*name).text or not any(sheet.cell(row, index).text for index in heads):
            laid.went |= {(row, n): "note" for n, one in enumerate(sheet.rows[row - 1], 1) if one.text}
            continue
        for head, (index, place) in zip(laid.heads, heads.items(), strict=True):
            if says_nothing(sheet.cell(row, index).text):
                laid.went |= {(row, index): "note"} if sheet.cell(row, index).text else {}
            else:
                cells = {1: (name,), index: ((row, index),), above: (place,)}
                laid.items.append(LayoutItem((row,), cells, Context((), (*laid.titles,)), head))
    return laid


def settled(laid: Laid, sheet: Sheet, title: str) -> Laid:
    """Return what a sheet was taken apart into, with what the layouts of lists say by their places.

    `title` is the field of the name.
    """
    laid.items = [_headed(laid, sheet, one) for one in _joined(laid, sheet, title)]
    going_on = {row for one in laid.items for row in one.rows[1:]}
    laid.jumps = [row for row in laid.jumps if row not in going_on]
    return laid


def _headed(laid: Laid, sheet: Sheet, item: LayoutItem) -> LayoutItem:
    """Give an item the cell of the heading under which it stands, where its list groups by a field."""
    path = item.head.listing.definition.layout.grouped if item.head.listing else ""
    rows = [row for row, _ in laid.headings if row < item.row]
    if not path or item.head.of(path) or not rows or item.head.listing is None:
        return item
    place = next((rows[-1], n) for n, one in enumerate(sheet.rows[rows[-1] - 1], 1) if one.text)
    extra = Target(sheet.width + 1, path, column(item.head.listing.form, ColumnDefinition(path)))
    head = replace(item.head, targets=(*item.head.targets, extra))
    return replace(item, head=head, cells={**item.cells, extra.index: (place,)})


def _joined(laid: Laid, sheet: Sheet, title: str) -> Iterator[LayoutItem]:
    """Yield the items; rows that repeat an entry of which each element is a row, as a CSV has them, are one."""
    before: LayoutItem | None = None
    for item in laid.items:
        if before is not None and _goes_on(before, item, sheet, title):
            repeated = (place for index, places in item.cells.items() if _outer(item, index) for place in places)
            laid.went |= dict.fromkeys(repeated, "note")
            cells = {
                index: before.cells.get(index, ()) + (() if _outer(item, index) else item.cells.get(index, ()))
                for index in {**before.cells, **item.cells}
            }
            before = replace(before, rows=(*before.rows, *item.rows), cells=cells)
            continue
        if before is not None:
            yield before
        before = item
    if before is not None:
        yield before


def _goes_on(before: LayoutItem, item: LayoutItem, sheet: Sheet, title: str) -> bool:
    """Tell whether a row differs from the one before in an element alone: in another basis of the same item, too."""
    head, named = item.head, item.head.of(title)
    if head is not before.head:
        return False
    if named and not _inner(named) and _differs(sheet, before, item, named):  # as nearly every row does
        return False
    differ = [one for one in head.targets if not _inner(one) and _differs(sheet, before, item, one)]
    if named and _text(sheet, item, named.index) and any(_another(sheet, before, item, one) for one in head.targets):
        return all(_counts(sheet, item, one) for one in differ)
    return not differ and any(one.column and one.column.inner for one in head.targets)


def _differs(sheet: Sheet, before: LayoutItem, item: LayoutItem, target: Target) -> bool:
    return _text(sheet, before, target.index) != _text(sheet, item, target.index)


def _another(sheet: Sheet, before: LayoutItem, item: LayoutItem, target: Target) -> bool:
    """Tell whether a row says another basis than the one above it, the last of those that are already joined."""
    said = _text(sheet, item, target.index)
    above = before.cells.get(target.index, ())[-len(said) :] if said else ()
    return target.kind is kinds.CITATION and said != [sheet.cell(*place).text for place in above]


def _counts(sheet: Sheet, item: LayoutItem, target: Target) -> bool:
    """Tell whether a column that is no field numbers the elements of an entry: 依据序号."""
    return not target.column and all(text.isdecimal() for text in _text(sheet, item, target.index))


def _text(sheet: Sheet, item: LayoutItem, index: int) -> list[str]:
    return [sheet.cell(*place).text for place in item.cells.get(index, ())]


def _outer(item: LayoutItem, index: int) -> bool:
    return not any(_inner(one) for one in item.head.targets if one.index == index)


def _inner(target: Target) -> bool:
    return target.kind is kinds.CITATION or (target.column is not None and target.column.inner)
