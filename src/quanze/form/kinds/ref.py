"""A reference to another record (关联记录)."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from quanze.form.kinds.kind import Kind, at_marks, linked

if TYPE_CHECKING:
    from markupsafe import Markup

    from quanze.form.kinds.kind import Field, Look, Lookup


def _text(value: object, field: Field, look: Look) -> str:
    return look.title(field.collection, str(value)) if field.collection else str(value)


def _html(value: object, field: Field, look: Look) -> Markup:
    return linked(look.url(field.collection, str(value)) if field.collection else "", _text(value, field, look))


def _found(text: str, field: Field, names: Lookup) -> str:
    """Return the id of the record that a text names by id or title; empty where none or several have that name."""
    ids = names.ids(field.collection)
    if text in ids or not field.collection:
        return text
    named = [id_ for id_, title in ids.items() if title == text]
    return named[0] if len(named) == 1 else ""


def _read(text: str, field: Field, names: Lookup) -> str:
    line = text.replace("\n", "")
    id_ = _found(line, field, names)
    if id_:
        return id_
    ids = names.ids(field.collection)
    titles = dict(zip(ids.values(), ids, strict=True))
    near = difflib.get_close_matches(line, [*titles, *titles.values()], 1, 0.5)
    hint = f"；最接近的是「{near[0]}」" if near else "；请先建这条记录"
    raise ValueError(f"「{line}」在 catalog/{field.collection}/ 里没有对应的记录{hint}")


def _split(text: str, field: Field, names: Lookup) -> list[str]:
    """Cut at the marks, unless the whole is the name of one record."""
    return [text] if _found(text, field, names) else at_marks(text, field, names)


KIND = Kind("关联记录", _text, _html, _read, _split, shared=True)
