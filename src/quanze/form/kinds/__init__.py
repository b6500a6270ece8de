"""The kinds by name: only kinds are code, everything else about a collection is its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import escape

from quanze.form import GROUP
from quanze.form.kinds.composite import COMPOSITE
from quanze.form.kinds.kind import Kind, Look, as_html, parts
from quanze.form.kinds.outline import OUTLINE
from quanze.form.kinds.plain import PLAIN
from quanze.form.kinds.sanction import SANCTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from quanze.form import Field

__all__ = ["KINDS", "Kind", "Look", "as_html", "kind", "show", "tell", "texts"]


def _group_text(value: Any, field: Field, look: Look) -> str:
    return "；".join(f"{part.name}：{tell(part, inner, look)}" for part, inner in parts(value, field))


def _group_html(value: Any, field: Field, look: Look) -> Markup:
    rows = (f"<dt>{escape(part.name)}</dt><dd>{show(part, inner, look)}</dd>" for part, inner in parts(value, field))
    return as_html(f'<dl class="qz-group">{"".join(rows)}</dl>')


def _group_texts(value: Any, field: Field, look: Look) -> Iterator[str]:
    for part, inner in parts(value, field):
        yield from texts(part, inner, look)


_GROUP = Kind(GROUP, _group_text, _group_html, texts=_group_texts)
KINDS = {one.name: one for one in (*PLAIN, *COMPOSITE, *SANCTION, *OUTLINE, _GROUP)}


def kind(field: Field) -> Kind:
    """Return the kind of a field; an object of a kind that code does not know is a group, a value is text."""
    return KINDS.get(field.kind) or (_GROUP if field.fields else KINDS["文本"])


def tell(field: Field, value: Any, look: Look) -> str:
    """Return the value of a field in words; the elements of a list are joined by 、 or, where long, by line."""
    say = kind(field).text
    if not field.many:
        return say(value, field, look)
    words = [say(one, field, look) for one in value]
    return ("\n" if field.fields else "、").join(words)


def show(field: Field, value: Any, look: Look) -> Markup:
    """Return the value of a field as HTML."""
    this = kind(field)
    if not field.many:
        return this.html(value, field, look)
    if this.block:
        return this.block(value, field, look)
    if len(value) == 1:
        return this.html(value[0], field, look)
    items = "".join([f"<li>{this.html(one, field, look)}</li>" for one in value])
    return as_html(f'<ul class="{"qz-values" if field.fields else "qz-inline"}">{items}</ul>')


def texts(field: Field, value: Any, look: Look) -> Iterator[str]:
    """Yield every text that a reader sees of a field's value, each a value of its own for the search."""
    this = kind(field)
    for one in value if field.many else (value,):
        if this.texts:
            yield from this.texts(one, field, look)
        else:
            yield this.text(one, field, look)
