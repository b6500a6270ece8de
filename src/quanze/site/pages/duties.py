"""Duties by stage (责任事项): the procedure's and the item's own, with a flow chart drawn from the stages."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from quanze.form.kinds import as_html
from quanze.register.roles import PROCEDURES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quanze.base.model import Record
    from quanze.form import Field
    from quanze.site.pages.register import Register

_WIDTH = 340
_HEIGHT, _GAP, _CHARACTER = 36, 22, 15


def merged(procedure: Sequence[dict[str, Any]], own: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the procedure's stages with the item's own in the place of those of the same name, or at the end."""
    named = {stage["环节"]: stage for stage in own}
    known = {stage["环节"] for stage in procedure}
    return [named.get(stage["环节"], stage) for stage in procedure] + [s for s in own if s["环节"] not in known]


def procedure(register: Register, record: Record) -> Record | None:
    """Return the procedure that a record follows."""
    return register.catalog.record(PROCEDURES, record.data.get(register.roles[record.collection].procedure, ""))


def duties(register: Register, record: Record) -> Markup:
    """Return the stages of a record: its procedure's, with its own in their place; shared ones open at a click."""
    roles = register.roles[record.collection]
    shared = procedure(register, record)
    own: Any = record.data.get(roles.stages, ())
    if shared is None:
        return stages(register, roles.form.fields[roles.stages], own) if own else Markup()
    theirs = register.roles[PROCEDURES]
    field = theirs.form.fields[theirs.stages]
    values: Any = shared.data.get(theirs.stages, ())
    if own:
        told = stages(register, field, merged(values, own))
    else:
        told = register.once(("stages", shared.id), lambda: _folded(register, field, values))
    return as_html(f"<p>适用{register.link(shared)}。</p>{told}")


def stages(register: Register, field: Field, values: Sequence[dict[str, Any]]) -> Markup:
    """Return some stages as a chart and a list."""
    return as_html(f"{_chart(values)}{_list(register, field, values)}")


def _folded(register: Register, field: Field, values: Sequence[dict[str, Any]]) -> Markup:
    summary = "<summary>各环节的责任、时限和依据</summary>"
    return as_html(f'{_chart(values)}<details class="qz-more">{summary}{_list(register, field, values)}</details>')


def _chart(values: Sequence[dict[str, Any]]) -> Markup:
    return chart(tuple(value["环节"] for value in values))


def _list(register: Register, field: Field, values: Sequence[dict[str, Any]]) -> Markup:
    made = [register.once(("stage", repr(value)), partial(_stage, register, field, value)) for value in values]
    return as_html(f'<ol class="qz-stages">{"".join(made)}</ol>')


def _stage(register: Register, field: Field, value: dict[str, Any]) -> Markup:
    rows = "".join(
        f"<dt>{name}</dt><dd>{register.show(part, value[name])}</dd>"
        for name, part in field.fields.items()
        if name in value and name != "环节"
    )
    return as_html(f"<li><strong>{escape(value['环节'])}</strong><dl>{rows}</dl></li>")


@cache
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
