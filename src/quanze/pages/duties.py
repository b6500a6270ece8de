"""Duties by stage (责任事项): the procedure's and the item's own, with a flow chart drawn from the stages."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from quanze.kinds import show

if TYPE_CHECKING:
    from quanze.catalog import Catalog
    from quanze.form import Field
    from quanze.pages.look import SiteLook

_WIDTH = 340
_HEIGHT, _GAP, _CHARACTER = 36, 22, 15


def merged(procedure: list[dict[str, Any]], own: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the procedure's stages with the item's own in the place of those of the same name, or at the end."""
    named = {stage["环节"]: stage for stage in own}
    known = {stage["环节"] for stage in procedure}
    return [named.get(stage["环节"], stage) for stage in procedure] + [s for s in own if s["环节"] not in known]


def stages(catalog: Catalog, look: SiteLook, field: Field, value: Any) -> Markup:  # noqa: ANN401
    """Return the stages of a field: its own, or those of the procedure that it names, after the chart."""
    if field.many:
        return _table(look, field, value, "") + Markup("")
    record = catalog.record(field.collection, value)
    link = show(field, value, look)
    if record is None:
        return link
    stage = catalog.forms[field.collection].fields["环节"]
    return Markup('<p>{}</p>').format(link) + _cached(look, stage, field.collection, str(value))


_CACHE: dict[tuple[int, str], Markup] = {}


def _cached(look: SiteLook, stage: Field, collection: str, id_: str) -> Markup:
    """Return the stages of a procedure, drawn once for all items that share it."""
    key = (id(look), id_)
    if key not in _CACHE:
        record = look.catalog.record(collection, id_)
        _CACHE[key] = _table(look, stage, record.data["环节"] if record else [], "")
    return _CACHE[key]


def _table(look: SiteLook, field: Field, values: Any, _: str) -> Markup:  # noqa: ANN401
    rows = Markup().join(
        Markup("<li><strong>{}</strong>{}</li>").format(value["环节"], _details(look, field, value)) for value in values
    )
    return chart(tuple(value["环节"] for value in values)) + Markup('<ol class="qz-stages">{}</ol>').format(rows)


def _details(look: SiteLook, field: Field, value: dict[str, Any]) -> Markup:
    rows = (
        Markup("<dt>{}</dt><dd>{}</dd>").format(part.name, show(part, value[name], look))
        for name, part in field.fields.items()
        if name in value and name != "环节"
    )
    return Markup("<dl>{}</dl>").format(Markup().join(rows))


@lru_cache(maxsize=None)
def chart(names: tuple[str, ...]) -> Markup:
    """Return the stages as an inline SVG: boxes with arrows, as many in a row as a telephone has room for."""
    if len(names) < 2:  # noqa: PLR2004
        return Markup("")
    width = max(len(name) for name in names) * _CHARACTER + 14
    per_row = max(1, (_WIDTH + _GAP) // (width + _GAP))
    boxes, arrows = [], []
    for index, name in enumerate(names):
        row, place = divmod(index, per_row)
        x, y = place * (width + _GAP), row * (_HEIGHT + _GAP)
        boxes.append(
            Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="4"/><text x="{}" y="{}">{}</text>').format(
                x + 1, y + 1, width, _HEIGHT, x + 1 + width // 2, y + 1 + _HEIGHT // 2, name
            )
        )
        if index + 1 < len(names):
            arrows.append(_arrow(x + 1, y + 1, width, wraps=place + 1 == per_row, first=1 + width // 2))
    rows = -(-len(names) // per_row)
    columns = min(per_row, len(names))
    size = columns * (width + _GAP) - _GAP + 2, rows * (_HEIGHT + _GAP) - _GAP + 2
    label = escape("流程图：" + " → ".join(names))
    return Markup(
        '<svg class="qz-flow" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" aria-label="{2}">{3}{4}</svg>'
    ).format(*size, label, Markup().join(arrows), Markup().join(boxes))


def _arrow(x: int, y: int, width: int, *, wraps: bool, first: int) -> Markup:
    """Draw the way to the next box: to the right, or down and back to the first of the next row."""
    if not wraps:
        start, end, middle = x + width, x + width + _GAP, y + _HEIGHT // 2
        return Markup('<path d="M{} {}H{}m-5 -4l5 4l-5 4"/>').format(start, middle, end - 1)
    bottom, centre = y + _HEIGHT, x + width // 2
    if centre == first:
        return Markup('<path d="M{} {}v{}m-4 -5l4 5l4 -5"/>').format(centre, bottom, _GAP - 1)
    half = _GAP // 2
    return Markup('<path d="M{} {}v{}H{}v{}m-4 -5l4 5l4 -5"/>').format(centre, bottom, half, first, _GAP - half - 1)
