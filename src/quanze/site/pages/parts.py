"""The filters of the templates: parts of pages, joined here, since ten thousand pages have a hundred of them each."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from quanze.base.markup import as_html, escape
from quanze.site.today import SLOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_name = cache(escape)
_OFF = ' class="qz-offsheet"'
"""Marks what the printed sheet has no room for."""
_DATE = re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}|{SLOT}", re.ASCII)


def fields(rows: Iterable[tuple[str, Markup]]) -> Markup:
    """Return names and values as a list."""
    told = "".join([f"<div><dt>{_name(name)}</dt><dd>{value}</dd></div>" for name, value in rows])
    return as_html(f'<dl class="qz-fields">{told}</dl>')


def answers(rows: Iterable[tuple[str, Markup]]) -> Markup:
    """Return what stands under a title: question and answer beside each other."""
    told = "".join([f"<div><dt>{_name(name)}</dt><dd>{value}</dd></div>" for name, value in rows])
    return as_html(f'<dl class="qz-first">{told}</dl>')


def lines(values: Iterable[Markup], name: str, room: int | None = None) -> Markup:
    """Return values as a list of a class; those beyond `room` are not for the sheet."""
    items = [
        f"<li{_OFF if room is not None and place >= room else ''}>{value}</li>" for place, value in enumerate(values)
    ]
    return as_html(f'<ul class="{name}">{"".join(items)}</ul>')


def table(rows: Sequence[Iterable[Markup]], name: str, heads: Sequence[str], room: int) -> Markup:
    """Return rows as a table of a class; those beyond `room` are not for the sheet, nor is a table of no others."""
    names = [*map(_name, heads)]
    top = "".join([f'<th scope="col">{head}</th>' for head in names])
    told = "".join(
        [f"<tr{'' if place < room else _OFF}>{''.join(map(_cell, names, row))}</tr>" for place, row in enumerate(rows)]
    )
    off = "" if room else " qz-offsheet"
    return as_html(f'<table class="{name}{off}"><thead><tr>{top}</tr></thead><tbody>{told}</tbody></table>')


def lacking(absent: Sequence[str], forbidden: Sequence[str]) -> Markup:
    """Return the fields that a record does not have, and those that it cannot have; nothing where there are none."""
    told = (("未载明", absent), ("不适用", forbidden))
    rows = [f"<p><span>{head}</span>{'、'.join(map(_name, those))}</p>" for head, those in told if those]
    return as_html(f'<footer class="qz-absent">{"".join(rows)}</footer>') if rows else Markup()


@lru_cache(maxsize=1 << 10)
def dates(text: str) -> Markup:
    """Return a sentence with its dates as such: a line is broken before one, never in it."""
    return as_html(_DATE.sub(r"<time>\g<0></time>", str(escape(text))))


def _cell(head: Markup, value: Markup) -> str:
    return f'<td data-label="{head}">{value}</td>'
