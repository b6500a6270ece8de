"""The one thing to know of a power before its page is opened: the heaviest fine, or within what time it is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.value import elements, mapping, text
from quanze.law.fine import AMOUNT, FINE
from quanze.law.penalty import BASE
from quanze.law.sentence import SILENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quanze.base.model import Record
    from quanze.law.fine import Fine
    from quanze.law.sanction import Sanction
    from quanze.register.catalog import Catalog
    from quanze.register.roles import Roles

SHARE = "按比例或者倍数"
"""What a fine is that is no amount but a share or a multiple of something."""
_LIMIT = "时限"
"""How the name of a time limit ends."""
_MYRIAD = 10_000


def ranges(rows: Iterable[Sanction]) -> Iterator[tuple[int, int, str]]:
    """Yield the fines of sanctions that are amounts: least (0 where the law names none), most, when and for whom."""
    for fine, when in fines(rows):
        if fine.amount.high is not None:
            yield int(fine.amount.low or 0), int(fine.amount.high), when


def shared(rows: Iterable[Sanction]) -> bool:
    """Tell whether one of the fines is no amount, but a share, a multiple, or so much a day."""
    return any(fine.daily or fine.bounds.keys() - {AMOUNT} for fine, _ in fines(rows))


def gist(catalog: Catalog, roles: Roles, record: Record) -> str:
    """Return it in a few words; empty where there is nothing of the kind."""
    rows = [*map(catalog.sanction, elements(record.data.get(roles.sanctions)))]
    amounts = [most for _, most, _ in ranges(rows)]
    if amounts:
        return f"{FINE}最高 {_money(max(amounts))}"
    return f"{FINE}{SHARE}" if shared(rows) else next(_limits(roles, record), "")


def fines(rows: Iterable[Sanction]) -> Iterator[tuple[Fine, str]]:
    """Yield the fines of sanctions, each with when and for whom it is; 基本情形 is not told."""
    for row in rows:
        if row.fine:
            when = (one for one in (row.circumstance, row.addressee) if one not in {"", BASE, SILENT})
            yield row.fine, "，".join(when)


def _limits(roles: Roles, record: Record) -> Iterator[str]:
    for field in roles.handling:
        told = mapping(record.data.get(field.name))
        yield from (f"{name}：{text(value)}" for name, value in told.items() if name.endswith(_LIMIT))


def _money(yuan: int) -> str:
    return f"{yuan / _MYRIAD:g} 万元" if yuan >= _MYRIAD else f"{yuan} 元"
