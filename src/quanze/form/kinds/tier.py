"""A tier of discretion (阶次): when, and from how much to how much; several are drawn as a scale above a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from quanze.base.markup import as_html, escape
from quanze.base.value import mapping, text
from quanze.base.value import rows as groups
from quanze.form.kinds import fine, group
from quanze.form.kinds.kind import WIDE, Kind, in_lines
from quanze.law.tier import HOLDS_LOWER, MEASURES, NAME, WHEN, tiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Value
    from quanze.form.kinds.kind import Field, Look
    from quanze.law.tier import Tier

OTHER, STANDARD = "其他处罚", "标准"
"""What a tier comes to beside its fine."""
_WIDTH, _BAR = 320, 22


def _amount(value: Mapping[str, Value], field: Field, look: Look) -> str:
    """Return how much a tier comes to: its fine, and what else."""
    low = "（不含本数）" if value.get(HOLDS_LOWER) is False else ""
    return "，".join(filter(None, (fine.text(value, field, look) + low, str(value.get(OTHER, "")))))


def _text(value: object, field: Field, look: Look) -> str:
    told = mapping(value)
    amount = _amount(told, field, look)
    return f"{told[NAME]}：{told[WHEN]}" + (f"，{amount}" if amount else "")


def _html(value: object, field: Field, look: Look) -> Markup:
    return escape(_text(value, field, look))


def _texts(value: object, field: Field, look: Look) -> Iterator[str]:
    """Yield what the row of a tier says."""
    told = mapping(value)
    yield from filter(None, (text(told[NAME]), text(told[WHEN]), _amount(told, field, look)))


def _block(values: Sequence[object], field: Field, look: Look) -> Markup:
    rows = "".join(
        f'<tr><th scope="row" data-label="{NAME}">{escape(one[NAME])}</th>'
        f'<td data-label="{WHEN}">{escape(one[WHEN])}</td>'
        f'<td data-label="{STANDARD}">{escape(_amount(one, field, look)) or "不罚款"}</td></tr>'
        for one in groups(values)
    )
    heads = "".join(f'<th scope="col">{name}</th>' for name in (NAME, WHEN, STANDARD))
    table = f'<table class="qz-group__table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    return as_html(f"{Markup().join(_scales(values))}{table}")


def _scales(values: Sequence[object]) -> Iterator[Markup]:
    """Yield a scale for each measure in which all tiers but the highest have an upper bound."""
    for measure, unit in MEASURES.items():
        found = tiers(groups(values), measure)
        ends = [tier.high for tier in found]
        if len(found) > 1 and all(end is not None for end in ends[:-1]):
            yield _scale(found, unit)


def _scale(scale: Sequence[Tier], unit: str) -> Markup:
    """Draw tiers as stretches of one bar, each as long as its range; the words stand in the table below."""
    start = scale[0].low or 0
    top = scale[-1].high or (scale[-1].low or 0) * 1.25
    span = (top - start) or 1
    stretches, marks = [], []
    for number, tier in enumerate(scale):
        x = round(_WIDTH * ((tier.low or start) - start) / span)
        width = max(2, round(_WIDTH * ((tier.high or top) - (tier.low or start)) / span))
        stretches.append(
            Markup('<rect class="qz-scale__{}" x="{}" y="0" width="{}" height="{}"/>').format(
                number % 3, x, width, _BAR
            )
        )
        label = tier.name if width >= len(tier.name) * 13 else ""
        stretches.append(Markup('<text x="{}" y="{}">{}</text>').format(x + width // 2, _BAR - 7, label))
        if tier.high is not None:
            marks.append((x + width, tier.high))
    marks = [(0, start), *marks]
    told = Markup().join(
        Markup('<text class="qz-scale__mark" x="{}" y="{}" text-anchor="{}">{}</text>').format(
            x, _BAR + 15, "start" if not x else "end" if x >= _WIDTH else "middle", _short(value, unit)
        )
        for x, value in marks
    )
    words = "；".join(f"{tier.name} {_span(tier, unit)}" for tier in scale)
    return Markup(
        '<svg class="qz-scale" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" aria-label="{2}">{3}{4}</svg>'
    ).format(_WIDTH, _BAR + 20, f"裁量阶次：{words}", Markup().join(stretches), told)


def _span(tier: Tier, unit: str) -> str:
    low = f"{_short(tier.low, unit)}以上" if tier.low is not None else ""
    high = f"{_short(tier.high, unit)}以下" if tier.high is not None else ""
    return low + high


def _short(value: float, unit: str) -> str:
    """Return an amount as briefly as a scale has room for: 3 万元."""
    myriad = 10_000
    if unit == MEASURES[""] and value >= myriad:
        return f"{value / myriad:g} 万{unit}"
    return f"{value:g} {unit}"


KIND = Kind("阶次", _text, _html, group.read, in_lines, block=_block, texts=_texts, width=WIDE)
