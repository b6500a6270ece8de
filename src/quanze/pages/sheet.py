"""One A4 page to take along: the answers of a power's page, with its permanent address as a QR code."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from quanze.kinds import as_html
from quanze.pages import qr
from quanze.pages.answer import answer
from quanze.pages.page import Page, render
from quanze.pages.remedies import remedies

if TYPE_CHECKING:
    from markupsafe import Markup

    from quanze.model import Record
    from quanze.pages.answer import Answer, Cost
    from quanze.pages.register import Register

_ROOM = 23
"""The lines of an A4 page that the head, the headings, the remedies and the foot leave to the rest."""
_WIDTH, _CELL = 48, 11
"""The characters on a line, and on a line of a table's cell."""
_CITATIONS = 8


def page(register: Register, record: Record, updated: str) -> Page:
    """Return the sheet of a power."""
    told = answer(register, record)
    name = register.catalog.title(record)
    path = f"{record.collection}/{record.id}/"
    address = register.address and register.address + path
    rows = _fitting(told, told.cost) if told.cost else ()
    body = render(
        "sheet.html",
        record=record,
        site=register.catalog.site,
        title=name,
        answer=told,
        rows=rows,
        basis=told.basis[:_CITATIONS],
        brief=remedies(register, told.type, record).brief,
        address=address,
        code=qr.svg(address) if address else "",
        cut=len(told.basis) > _CITATIONS or len(rows) < (len(told.cost.rows) if told.cost else 0),
    )
    form = register.catalog.forms[record.collection]
    return Page(
        url=f"{path}sheet/",
        title=f"{name}（一页纸）",
        body=_deeper(body, register.look.base),
        crumbs=((form.title, f"{record.collection}/"), (record.id, path)),
        updated=updated,
        description=f"{form.title}：{name}，打印用的一页纸",
    )


def _fitting(told: Answer, cost: Cost) -> tuple[tuple[Markup, ...], ...]:
    """Return the table where there is room for it; beside a sentence the whole or nothing, else as many rows as fit."""
    used = sum(max(1, value.count("qz-line")) for _, value in told.who)
    used += len(told.basis) // 2 + len(told.laws) + len(cost.sentence) // _WIDTH
    heights = accumulate(max(len(cell) for cell in row if "<a " not in cell) / _CELL + 1 for row in cost.rows)
    fitting = tuple(row for row, height in zip(cost.rows, heights, strict=True) if used + height <= _ROOM)
    return () if cost.sentence and len(fitting) < len(cost.rows) else fitting


def _deeper(body: Markup, base: str) -> Markup:
    """Return the body with the addresses of a page one step higher; a record's text has no quotes, they are escaped."""
    return as_html(str(body).replace(f'href="{base}', f'href="../{base}'))
