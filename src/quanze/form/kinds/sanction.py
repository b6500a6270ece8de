"""A sanction (罚则): rendered here and nowhere else; several are one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from quanze.base.markup import as_html, escape
from quanze.base.value import elements, texts
from quanze.base.value import rows as groups
from quanze.form.kinds import citation, fine, group
from quanze.form.kinds.kind import WIDE, Kind, in_words, parts
from quanze.law.citation import BASIS
from quanze.law.fine import FINE
from quanze.law.sanction import ADDRESSEE, CIRCUMSTANCE, DECIDER, EITHER, FORCE, KINDS, ORDERS, Sanction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Value
    from quanze.form.kinds.kind import Field, Look

_JOINED = {EITHER: "或者"}
_COLUMNS = (CIRCUMSTANCE, ADDRESSEE, ORDERS, KINDS, FINE, FORCE, DECIDER, BASIS)
_SAME = frozenset({DECIDER, BASIS})
"""What is told once where it is the same in all rows."""
_NEEDED = frozenset({CIRCUMSTANCE, ADDRESSEE, FORCE, DECIDER, BASIS})
_UNKNOWN, _NONE = Markup("待核"), Markup('<span class="qz-muted">未规定</span>')


class Table(NamedTuple):
    """Some sanctions as a table."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Markup, ...], ...]
    notes: tuple[tuple[str, Markup], ...]
    """What is the same in all rows."""


def table(values: Sequence[Mapping[str, Value]], field: Field, look: Look) -> Table:
    """Return the columns that differ between rows, the rows, and the columns that do not."""
    known = _NEEDED.union(*values)
    read = [(value, look.sanction(value)) for value in values]
    cells = {name: [_cell(row, one, name, field, look) for row, one in read] for name in _COLUMNS if name in known}
    same = {name for name in _SAME if name in cells and len(set(cells[name])) == 1}
    heads = tuple(name for name in cells if name not in same)
    rows = zip(*(cells[name] for name in heads), strict=True)
    return Table(heads, tuple(rows), tuple((name, cells[name][0]) for name in cells if name in same))


def _cell(row: Mapping[str, Value], sanction: Sanction, name: str, field: Field, look: Look) -> Markup:
    value = row.get(name)
    if value is None:
        return _UNKNOWN if name in _NEEDED else _NONE
    if name == BASIS:
        return as_html("、".join([citation.link(cited, look) for cited in sanction.bases]))
    cell = escape(in_words(field.fields[name], value, look))
    notes = _notes(sanction, name)
    if not notes:
        return cell
    spans = "".join([f'<span class="qz-note">{escape(note)}</span>' for note in notes])
    return as_html(f"{cell}{spans}")


def _notes(row: Sanction, name: str) -> list[str]:
    """Return what has to be said beside the orders or the kinds of a row: which exclude each other, and the remark."""
    notes = []
    if row.either and name == (ORDERS if {*row.either} & {*row.orders} else KINDS):
        notes.append(f"{EITHER}：{'或者'.join(row.either)}")
    if name == KINDS:
        notes += [f"条文写作：{row.words}"] if row.words else []
        notes += [row.remark] if row.remark else []
    return notes


def _block(values: Sequence[object], field: Field, look: Look) -> Markup:
    heads, rows, notes = table(groups(values), field, look)
    top = "".join([f'<th scope="col">{name}</th>' for name in heads])
    cells = ("".join(f'<td data-label="{n}">{cell}</td>' for n, cell in zip(heads, row, strict=True)) for row in rows)
    body = "".join([f"<tr>{row}</tr>" for row in cells])
    same = "".join([f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in notes])
    return as_html(
        f'<div class="qz-scroll" tabindex="0" role="group" aria-label="{escape(field.name)}">'
        f'<table class="qz-sanctions"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'
        + (f'<dl class="qz-same">{same}</dl>' if same else "")
    )


def _told(value: object, field: Field, look: Look) -> Iterator[tuple[str, str]]:
    for part, inner in parts(value, field):
        if part.name == FINE:
            yield part.name, fine.words(look.sanction(value).bounds)
        elif part.name == BASIS:
            yield part.name, "、".join(map(look.cited, elements(inner)))
        else:
            yield part.name, _JOINED.get(part.name, "、").join(texts(inner)) if part.many else str(inner)


def _text(value: object, field: Field, look: Look) -> str:
    return "；".join(f"{name}：{cell}" for name, cell in _told(value, field, look))


def _html(value: object, field: Field, look: Look) -> Markup:
    return _block([value], field, look)


def _texts(value: object, field: Field, look: Look) -> Iterator[str]:
    for _, cell in _told(value, field, look):
        yield cell


KIND = Kind("罚则", _text, _html, group.read, group.split, block=_block, texts=_texts, width=WIDE)
