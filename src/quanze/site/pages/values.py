"""A value as a page tells it: several groups as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.markup import as_html
from quanze.base.value import rows as groups
from quanze.form import kinds
from quanze.law.citation import Citation
from quanze.law.places import ARTICLE
from quanze.site.pages.context import ABSENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from markupsafe import Markup

    from quanze.base.model import Value
    from quanze.form import Field
    from quanze.site.pages.context import RenderContext

_PLACE = "条款"


def shown(context: RenderContext, field: Field, value: object, absent: str = ABSENT, filled: float = 0) -> Markup:
    """Return a value; several groups as a table, in which `absent` stands for what one of them does not say.

    Where less than the part `filled` of its cells would say something they are a list.
    """
    if field.kind is kinds.GROUP and field.many:
        rows = groups(value)
        if sum(map(len, rows)) >= filled * len(rows) * len({name for row in rows for name in row}):
            return _table(context, field, rows, absent)
    return context.show(field, value)


def _table(context: RenderContext, field: Field, rows: Sequence[Mapping[str, Value]], absent: str) -> Markup:
    """Return several groups as a table: a column for each part that any of them has, one for 条, 款 and 项 together."""
    parts = [part for name, part in field.fields.items() if any(name in row for row in rows)]
    parts = [part for part in parts if part.kind is not kinds.ARTICLE or part.name == ARTICLE]
    heads = "".join(f'<th scope="col">{_PLACE if part.kind is kinds.ARTICLE else part.name}</th>' for part in parts)
    lines = "".join(f"<tr>{''.join(_cells(context, parts, row, absent))}</tr>" for row in rows)
    return as_html(f'<table class="qz-group__table"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>')


def _cells(context: RenderContext, parts: Iterable[Field], row: Mapping[str, Value], absent: str) -> Iterator[str]:
    for part in parts:
        place = part.kind is kinds.ARTICLE
        value = Citation.of(row).place if place else context.show(part, row[part.name]) if part.name in row else absent
        yield f'<td data-label="{_PLACE if place else part.name}">{value}</td>'
