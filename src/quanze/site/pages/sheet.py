"""One A4 page to take along: what of a power's page has room on it, and its permanent address as a QR code."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from quanze.site.pages import qr

if TYPE_CHECKING:
    from quanze.site.pages.answer import Answer, Cost

_ROOM = 29
"""The lines of an A4 page that the head, the headings, the remedies and the foot leave to the rest."""
_WIDTH, _CELL = 48, 11
"""The characters on a line, and on a line of a table's cell."""
_CITATIONS = 8


class PrintSheet(NamedTuple):
    """What of a power's page is printed where only its main points are asked for."""

    rows: int
    """How many rows of the table of sanctions."""
    citations: int
    """How many of the basis."""
    cut: bool
    """Whether that leaves something out."""
    code: Markup
    """The QR code of the address; empty where there is none."""


def sheet(told: Answer, address: str) -> PrintSheet:
    """Return what has room on the sheet."""
    rows = _fitting(told, told.cost) if told.cost else 0
    cut = len(told.basis) > _CITATIONS or rows < (len(told.cost.table.rows) if told.cost else 0)
    return PrintSheet(rows, _CITATIONS, cut, qr.svg(address) if address else Markup())


def _fitting(told: Answer, cost: Cost) -> int:
    """Return how many rows there is room for; beside a sentence all or none."""
    used = sum(max(1, value.count("qz-line")) for _, value in told.who)
    used += len(told.basis) // 2 + len(told.laws) + len(cost.sentence) // _WIDTH
    heights = accumulate(max(len(cell) for cell in row if "<a " not in cell) / _CELL + 1 for row in cost.table.rows)
    fitting = sum(used + height <= _ROOM for height in heights)
    return 0 if cost.sentence and fitting < len(cost.table.rows) else fitting
