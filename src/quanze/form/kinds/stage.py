"""A stage of a procedure and the duties in it (责任环节); several are a flow chart and a list."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from quanze.base.markup import as_html, escape
from quanze.base.value import mapping, text
from quanze.form.kinds import group
from quanze.form.kinds.kind import Kind, parts, show

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quanze.form.kinds.kind import Field, Look

NAME, DUTY = "环节", "内容"
"""The part that names a stage, and the one that says what is done in it."""

_WIDTH = 340
_HEIGHT, _GAP, _CHARACTER = 36, 22, 15


def _html(value: object, field: Field, look: Look) -> Markup:
    rows = "".join(
        f"<dt>{part.name}</dt><dd>{show(part, inner, look)}</dd>"
        for part, inner in parts(value, field)
        if part.name != NAME
    )
    return as_html(f"<strong>{escape(mapping(value)[NAME])}</strong><dl>{rows}</dl>")


def _block(values: Sequence[object], field: Field, look: Look) -> Markup:
    return as_html(f"{chart_of(values)}{listed(_html(value, field, look) for value in values)}")


def listed(stages: Iterable[Markup]) -> Markup:
    """Return stages, each as HTML, in their order."""
    return as_html(f'<ol class="qz-stages">{"".join([f"<li>{stage}</li>" for stage in stages])}</ol>')


def chart_of(values: Sequence[object]) -> Markup:
    """Return the names of some stages as a flow chart; nothing for a single one."""
    return _chart(tuple(text(mapping(value)[NAME]) for value in values))


@cache
def _chart(names: tuple[str, ...]) -> Markup:
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


KIND = Kind("责任环节", group.text, _html, group.read, group.split, block=_block, texts=group.texts, shared=True)
