"""Tables that stand side by side on one sheet: each taken as a sheet of its own, with its cells where they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from quanze.edit.importer.sheet import BLANK
from quanze.edit.importer.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quanze.edit.importer.head import Heads
    from quanze.edit.importer.sheet import Place, Sheet

Told = TypeVar("Told")
_SEARCHED = 40
_FEWEST = 2
"""Tables that stand side by side, and heads that each has, at least."""


def panes(sheet: Sheet, heads: Heads) -> tuple[Sheet, ...]:
    """Return the tables that stand side by side, from the left; the sheet itself where there is but one."""
    for row in range(1, min(len(sheet.rows), _SEARCHED) + 1):
        starts = _starts([fold(sheet.cell(row, n).text) for n in range(1, sheet.width + 1)])
        if len(starts) > 1 and not _lower(sheet, heads, row):
            edges = [*starts[1:], sheet.width + 1]
            first, *others = (_part(sheet, range(a, b)) for a, b in zip([1, *starts[1:]], edges, strict=True))
            if heads.at(first, row):
                lead = "\n".join([sheet.lead, *_above(sheet, row)]).strip()
                return (first, *(replace(one, lead=lead) for one in others))
    return (sheet,)


def _lower(sheet: Sheet, heads: Heads, row: int) -> bool:
    """Tell whether a row holds lower heads, those of two pairs of columns in one table: 名称, 条款, 名称, 条款."""
    above = heads.at(sheet, row - 1) if row > 1 else None
    return above is not None and above.bottom >= row


def _starts(words: Sequence[str]) -> list[int]:
    """Return the columns at which a row of heads begins, where it begins several times; else nothing."""
    first = next(filter(None, words), "")
    begins = [n for n, word in enumerate(words) if word and word == first]
    if len(begins) < _FEWEST:
        return []
    parts = [[word for word in words[a:b] if word] for a, b in zip(begins, [*begins[1:], len(words)], strict=True)]
    alike = all(part == parts[0] for part in parts) and len(parts[0]) >= _FEWEST
    return [n + 1 for n in begins] if alike and len({*parts[0]}) == len(parts[0]) else []


def _above(sheet: Sheet, row: int) -> Iterable[str]:
    return (one.text for n in range(row - 1) for one in sheet.rows[n] if one.text)


def _part(sheet: Sheet, columns: range) -> Sheet:
    """Return a sheet that has the cells of some columns alone."""
    rows = [[one if n in columns else BLANK for n, one in enumerate(row, 1)] for row in sheet.rows]
    return replace(
        sheet,
        rows=[row[: columns.stop - 1] for row in rows],
        struck=_within(sheet.struck, columns),
        comments=_within(sheet.comments, columns),
        colours=_within(sheet.colours, columns),
        hidden_columns=sheet.hidden_columns & {*columns},
    )


def _within(told: Mapping[Place, Told], columns: range) -> Mapping[Place, Told]:
    return {place: text for place, text in told.items() if place[1] in columns}
