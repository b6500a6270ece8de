"""One A4 page to take along: what of a power's page has room on it, and its permanent address as a QR code."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from quanze.site.pages import qr

if TYPE_CHECKING:
    from quanze.site.pages.answer import Answer, Cost

_ROOM = 25
"""The lines of an A4 page that the head, the headings, the remedies and the foot leave to the rest."""
_WIDTH, _CELL = 48, 11
"""The characters on a line, and on a line of a table's cell."""
_VALUE = 34
"""The characters on a line beside the name of a field."""
_ENDED = 3
"""The lines of the note on a power that is not in force."""
_CITATIONS = 8
_STAGES = re.compile(r'<(svg|ol) class="(?:qz-flow|qz-stages)".*?</\1>', re.DOTALL)
"""The way through an office: not on the sheet."""
_GUIDES = 25
"""The lines that the guides of a power for which one applies may take."""


class PrintSheet(NamedTuple):
    """What of a power's page is printed where only its main points are asked for."""

    rows: int
    """How many rows of the table of sanctions."""
    citations: int
    """How many of the basis."""
    guides: bool
    """Whether the guides to applying have room."""
    cut: bool
    """Whether that leaves something out."""
    code: Markup
    """The QR code of the address; empty where there is none."""


def sheet(told: Answer, guides: Markup, address: str) -> PrintSheet:
    """Return what has room on the sheet; a table whose sentence says the same is not missed."""
    whole = not told.cost or told.cost.sentence != ""
    rows = 0 if whole else _fitting(told, told.cost)
    cut = len(told.basis) > _CITATIONS or (told.cost is not None and not whole and rows < len(told.cost.table.rows))
    room = _told(guides) <= _GUIDES
    return PrintSheet(rows, _CITATIONS, room, cut or not room, qr.svg(address) if address else Markup())


def _told(guides: Markup) -> int:
    """Return how many lines the guides take."""
    told = Markup(_STAGES.sub("", guides))  # noqa: S704 — cut out of what is markup
    return told.count("<dt>") // 2 + told.count("<tr") + told.count("<li><a ") + len(told.striptags()) // (2 * _WIDTH)


def _fitting(told: Answer, cost: Cost | None) -> int:
    """Return how many rows of the table there is room for."""
    used = sum(_lines(value) for _, value in told.who) + (_ENDED if told.force.note else 0)
    used += len(told.basis) // 2 + len(told.laws)
    rows = cost.table.rows if cost else ()
    heights = accumulate(max(len(cell) for cell in row if "<a " not in cell) / _CELL + 1 for row in rows)
    return sum(used + height <= _ROOM for height in heights)


def _lines(value: Markup) -> int:
    """Return how many lines a value takes: one or more for each level or phone that is told on its own."""
    parts = [Markup(part).striptags() for part in value.split("qz-line")]  # noqa: S704 — cut out of what is markup
    return sum(1 + len(part) // _VALUE for part in (parts[1:] or parts))
