"""An object that has fields of its own and no name among the kinds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.base.markup import as_html, escape
from quanze.form.kinds import reading
from quanze.form.kinds.kind import Kind, at_marks, in_lines, in_words, parts, show
from quanze.form.kinds.kind import texts as texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from quanze.base.model import Value
    from quanze.form.kinds.kind import Field, Look, Lookup


def text(value: object, field: Field, look: Look) -> str:
    """Return the parts with their names, 层级：市级；权限：全部; the only needed one alone without: 市级."""
    filled = [*parts(value, field)]
    if len(filled) == 1 and filled[0][0] is _only(field):
        return in_words(*filled[0], look)
    return "；".join(f"{part.name}：{in_words(part, inner, look)}" for part, inner in filled)


def html(value: object, field: Field, look: Look) -> Markup:
    """Return the parts as a list of names and values."""
    rows = (f"<dt>{escape(part.name)}</dt><dd>{show(part, inner, look)}</dd>" for part, inner in parts(value, field))
    return as_html(f'<dl class="qz-group">{"".join(rows)}</dl>')


def texts(value: object, field: Field, look: Look) -> Iterator[str]:
    """Yield the texts of the parts."""
    for part, inner in parts(value, field):
        yield from texts_of(part, inner, look)


def read(text: str, field: Field, names: Lookup) -> Value:
    """Return the parts that a cell names, or its only needed one.

    Raises:
        ValueError: the text names no part, and more than one is needed.

    """
    named = _named(text, field)
    if named:
        return {name: reading.read(part, field.fields[name], names) for name, part in named}
    only = _only(field)
    if only:
        return {only.name: reading.read(text, only, names)}
    raise ValueError(f"「{text[:20]}」要分开写：{'；'.join(f'{name}：…' for name in list(field.fields)[:4])}")


def split(text: str, field: Field, names: Lookup) -> list[str]:
    """Cut at lines; at the marks where each element is one word."""
    only = _only(field)
    words = only and only.choices and not _named(text, field)
    return at_marks(text, field, names) if words else in_lines(text, field, names)


def _only(field: Field) -> Field | None:
    """Return the part that a text without part names goes to: the one that is required, if it is the only one."""
    required = [part for part in field.fields.values() if part.required]
    return required[0] if len(required) == 1 else None


def _named(text: str, field: Field) -> list[tuple[str, str]]:
    """Cut 层级：市级；权限：全部 at the names of the parts; nothing where the text does not begin with one."""
    names = "|".join(map(re.escape, field.fields))
    heads = list(re.finditer(rf"(?:\A|；)({names})：", text))
    if not heads or heads[0].start():
        return []
    ends = [*(match.start() for match in heads[1:]), len(text)]
    return [(match[1], text[match.end() : end]) for match, end in zip(heads, ends, strict=True)]


KIND = Kind("组", text, html, read, split, texts=texts)
