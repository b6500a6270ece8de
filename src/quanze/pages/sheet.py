"""One A4 page to take along: the answers of a power's page, with its permanent address as a QR code."""

from __future__ import annotations

from itertools import accumulate, islice
from typing import TYPE_CHECKING

from markupsafe import Markup

from quanze.pages import qr
from quanze.pages.answer import answer
from quanze.pages.page import TEMPLATES, Page
from quanze.pages.remedies import remedies

if TYPE_CHECKING:
    from quanze.model import Record
    from quanze.pages.answer import Cost
    from quanze.pages.register import Register

_ROOM, _LINES = 900, 8
"""What fits on the page, characters of the table and citations; the rest is said to stand at the permanent address."""


def page(register: Register, record: Record, updated: str) -> Page:
    """Return the sheet of a power."""
    told = answer(register, record)
    name = register.catalog.title(record)
    path = f"{record.collection}/{record.id}/"
    address = register.address and register.address + path
    rows = _fitting(told.cost) if told.cost else ()
    body = TEMPLATES.get_template("sheet.html").render(
        record=record,
        site=register.catalog.site,
        title=name,
        answer=told,
        rows=rows,
        basis=told.basis[:_LINES],
        brief=remedies(register, told.type, record).brief,
        address=address,
        code=qr.svg(address) if address else "",
        cut=len(told.basis) > _LINES or bool(told.cost and len(rows) < len(told.cost.rows)),
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


def _fitting(cost: Cost) -> tuple[tuple[Markup, ...], ...]:
    """Return as many rows of the table as there is room for beside the sentence."""
    sizes = accumulate((sum(map(len, row)) for row in cost.rows), initial=len(cost.sentence))
    return tuple(row for row, size in zip(cost.rows, islice(sizes, 1, None), strict=True) if size <= _ROOM)


def _deeper(body: str, base: str) -> Markup:
    """Return the body with the addresses of a page one step higher; no text can look so, since its quotes are escaped."""
    return Markup(body.replace(f'href="{base}', f'href="../{base}'))
