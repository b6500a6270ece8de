"""What became of every cell of a workbook."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from openpyxl.utils import get_column_letter

from quanze.edit.importer.draft import Went

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quanze.edit.importer.draft import Draft
    from quanze.edit.importer.sheet import Place
    from quanze.edit.importer.taking import Taken

_ORDER = ("field", "source", "heading", "note", "report")


class Told(NamedTuple):
    """One cell that has a text."""

    sheet: str
    cell: str
    value: str
    went: str
    record: str = ""
    field: str = ""
    reason: str = ""


def cells(taken: Iterable[Taken], ids: Mapping[Draft, str]) -> Iterator[Told]:
    """Yield every cell that is not empty, once, with what became of it and whose record it is in."""
    for one in taken:
        known = _known(one, ids)
        for row, column, cell in one.sheet.filled():
            went, record = known.get((row, column)) or (_left(one, row, column), "")
            real = one.sheet.real((row, column))
            place = f"{get_column_letter(real[1])}{real[0]}"
            yield Told(one.sheet.name, place, cell.text, went.where, record, went.field, went.reason)


def counts(taken: Iterable[Taken], ids: Mapping[Draft, str]) -> Counter[str]:
    """Return of how many cells that are not empty became what."""
    found: Counter[str] = Counter()
    for one in taken:
        known = _known(one, ids)
        places = ((row, column) for row, column, _ in one.sheet.filled())
        found.update(known[place][0].where if place in known else _left(one, *place).where for place in places)
    return found


def _known(one: Taken, ids: Mapping[Draft, str]) -> Mapping[Place, tuple[Went, str]]:
    """Return what became of the cells of items; a cell that several share counts where it came furthest."""
    found: dict[Place, tuple[Went, str]] = {place: (Went(where), "") for place, where in one.laid.went.items()}
    for draft in one.drafts:
        id_ = ids.get(draft, "")
        for place, went in draft.went.items():
            real = went if id_ else Went("report", went.field, went.reason or draft.refused or "这一行没有导入")
            have = found.get(place)
            if have is None or _ORDER.index(real.where) < _ORDER.index(have[0].where):
                found[place] = real, id_
    return found


def _left(one: Taken, row: int, column: int) -> Went:
    if one.left:
        return Went("report" if "没有要" in one.left or "隐藏" in one.left else "note", "", one.left)
    if row in one.sheet.hidden_rows:
        return Went("report", "", "在隐藏的行里")
    if column in one.sheet.hidden_columns:
        return Went("report", "", "在隐藏的列里")
    return Went("report", "", "不在任何一栏的表头下面")
