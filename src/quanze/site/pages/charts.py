"""Small bar charts as inline SVG: a name above each bar and its number behind it, legible on a phone and in print."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from quanze.base.markup import as_html, escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from quanze.site.reckoning import Figure

_WIDTH, _ROW, _BAR, _NUMBER = 340, 48, 10, 90
"""The width of a chart, the heights of a row and of a bar, the room for a number behind the longest bar."""


def chart(title: str, bars: Sequence[tuple[str, Figure, Decimal]]) -> Markup:
    """Return a chart; its text alternative is what it shows, in words.

    A line across a bar shows what was stated where that is another number.
    """
    top = max(abs(shown) for _, one, number in bars for shown in _shown(one, number)) or Decimal(1)
    said = "，".join(f"{name} {one.formatted(number)}" for name, one, number in bars)
    rows = "".join(_row(place, name, one, number, top) for place, (name, one, number) in enumerate(bars))
    height = len(bars) * _ROW
    return as_html(
        f'<figure class="qz-chart"><figcaption>{escape(title)}</figcaption>'
        f'<svg viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="img" '
        f'aria-label="{escape(f"{title}：{said}")}">{rows}</svg></figure>'
    )


def _shown(figure: Figure, number: Decimal) -> tuple[Decimal, ...]:
    return (
        (number, figure.stated)
        if figure.differs and figure.stated is not None and number == figure.value
        else (number,)
    )


def _row(place: int, name: str, figure: Figure, number: Decimal, top: Decimal) -> str:
    y = place * _ROW
    width = _length(number, top)
    marks = "".join(
        f'<path class="qz-chart__stated" d="M{_length(other, top)} {y + 24}v{_BAR + 8}"/>'
        for other in _shown(figure, number)[1:]
    )
    return (
        f'<text class="qz-chart__name" x="0" y="{y + 16}">{escape(name)}</text>'
        f'<rect class="qz-chart__bar" x="0" y="{y + 28}" width="{width}" height="{_BAR}"/>{marks}'
        f'<text class="qz-chart__number" x="{width + 6}" y="{y + 38}">{escape(figure.formatted(number))}</text>'
    )


def _length(number: Decimal, top: Decimal) -> int:
    return int(abs(number) / top * (_WIDTH - _NUMBER))
