"""Several parts of an item in one cell (1.经营许可 2.生产许可): an item each, with the other cells of the row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quanze.edit.importer.duties import numbered
from quanze.edit.importer.sheet import BLANK, Cell
from quanze.register.catalog import SUBITEM

if TYPE_CHECKING:
    from quanze.edit.importer.laid import Laid, LayoutItem
    from quanze.edit.importer.sheet import Place, Sheet

_LONGEST = 60
"""Signs of the name of a part."""


def apart(sheet: Sheet, laid: Laid) -> Sheet:
    """Return the sheet with each part at a place of its own, and give each an item of what was laid out."""
    rows = [*sheet.rows]
    parts: dict[Place, Place] = dict(sheet.parts)
    struck = dict(sheet.struck)
    items: list[LayoutItem] = []
    for item in laid.items:
        target = item.head.of(SUBITEM)
        places = item.cells.get(target.index, ()) if target else ()
        names = _names(sheet, places[0]) if len(places) == 1 else []
        if not target or not names:
            items.append(item)
            continue
        row, column = places[0]
        line, wide = [*rows[row - 1]], sheet.width
        line.extend([BLANK] * (wide - len(line)))
        crossed = struck.pop((row, column), None)
        unseen, line[column - 1] = line[column - 1].unseen, BLANK
        for n, name in enumerate(names, 1):
            line.append(Cell(name, unseen=unseen))
            parts[row, wide + n] = row, column
            if crossed and (own := crossed.within(name)):
                struck[row, wide + n] = own
            items.append(replace(item, cells={**item.cells, target.index: ((row, wide + n),)}))
        rows[row - 1] = line
    if len(items) == len(laid.items):
        return sheet
    laid.items = items
    return replace(sheet, rows=rows, parts=parts, struck=struck)


def _names(sheet: Sheet, place: Place) -> list[str]:
    """Return the names of several parts in a cell; nothing for one, or for other words."""
    found = numbered(sheet.cell(*place).text)
    several = len(found) > 1 and all(0 < len(one) <= _LONGEST and "\n" not in one for one in found)
    return [one.rstrip("；;。、，, ") for one in found] if several else []
