"""A list as one piece of HTML that needs nothing else: for bureaus that paste into a content management system."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from quanze.base.markup import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.register.table import Column, Listing

_LINE = "border:1px solid #999;padding:6px 8px;text-align:left;vertical-align:top"
_HEAD = f"{_LINE};background:#ededed;font-weight:bold"
_TABLE = "border-collapse:collapse;width:100%;font-size:14px;line-height:1.6"
_NOTICE = "border:2px solid #9c0006;padding:8px 12px;color:#9c0006;font-weight:bold"


def list_html(listing: Listing, cells: Sequence[Sequence[str]], disclaimer: str, title: str) -> bytes:
    """Return a list as an HTML fragment: the disclaimer, the scope, one table; inline styles, no script, no link.

    It says its encoding, for who opens the file to copy from it.
    """
    told = Markup('<p role="note" style="{}">{}</p>\n').format(_NOTICE, disclaimer) if disclaimer else Markup()
    if scope := listing.definition.scope:
        told += Markup("<p>适用范围：{}</p>\n").format(scope)
    rows = Markup("\n").join(_rows(listing, cells))
    whole = Markup(
        '<meta charset="utf-8">\n<div lang="zh-CN" style="overflow-x:auto">\n{}<table style="{}">\n'
        '<caption style="{}">{}（共 {} 项）</caption>\n'
        "<thead>\n{}\n</thead>\n<tbody>\n{}\n</tbody>\n</table>\n</div>\n"
    ).format(
        told,
        _TABLE,
        "font-size:20px;font-weight:bold;padding:12px",
        title,
        listing.total,
        Markup("\n").join(_heads(listing.columns)),
        rows,
    )
    return whole.encode()


def _rows(listing: Listing, cells: Sequence[Sequence[str]]) -> Iterator[Markup]:
    """Yield the rows, under their headings; the cells of an entry reach over its rows."""
    for row, heading, texts in zip(listing.rows, listing.headings(), cells, strict=True):
        if heading:
            yield _tr([_th(heading, f' colspan="{len(listing.columns)}" scope="rowgroup"')])
        told = zip(listing.spans(row, listing.columns), texts, strict=True)
        yield _tr([_td(text, span) for span, text in told if span])


def _td(text: str, span: int) -> Markup:
    lines = Markup("<br>").join(map(escape, text.split("\n")))
    over = Markup(f' rowspan="{span}"') if span > 1 else ""  # noqa: S704 — a number
    return Markup('<td{} style="{}">{}</td>').format(over, _LINE, lines)


def _heads(columns: Sequence[Column]) -> Iterator[Markup]:
    """Yield the heads: two rows where a column has a group."""
    two = any(column.group for column in columns)
    upper, lower = [], []
    for group, members in groupby(columns, key=lambda column: column.group):
        names = [column.title for column in members]
        if group:
            upper.append(_th(group, f' colspan="{len(names)}" scope="colgroup"'))
            lower += [_th(name, ' scope="col"') for name in names]
        else:
            upper += [_th(name, (' rowspan="2"' if two else "") + ' scope="col"') for name in names]
    yield _tr(upper)
    if lower:
        yield _tr(lower)


def _th(name: str, attributes: str) -> Markup:
    return Markup('<th{} style="{}">{}</th>').format(Markup(attributes), _HEAD, name)  # noqa: S704 — ours


def _tr(cells: Iterator[Markup] | list[Markup]) -> Markup:
    return Markup("<tr>{}</tr>").format(Markup().join(cells))
