"""From the text of a cell to the value of a field: the inverse of what a list prints.

Nothing is guessed: a text that cannot be read raises ValueError with a sentence that says what would be right.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quanze.base.model import Value
    from quanze.form.kinds.kind import Field, Lookup


def tidy(text: str) -> str:
    """Return the text of a cell without what a spreadsheet leaves in it and nobody sees."""
    clean = (
        text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").replace("\ufeff", "")
    )
    return "\n".join(line.strip(" \t　") for line in clean.split("\n")).strip()


def read(text: str, field: Field, names: Lookup) -> Value:
    """Return the value that a text gives to a field; None for a text that says nothing.

    Raises:
        ValueError: the text is no value of that kind; the sentence says what would be one.

    """
    clean = tidy(text)
    if not clean:
        return None
    if not field.many:
        return _one(clean, field, names)
    if field.kind.read_all:
        return field.kind.read_all(clean, field, names)
    found: list[Value] = []
    for part in field.kind.split(clean, field, names):
        value = _one(part.strip(), field, names) if part.strip() else None
        if value is not None and value not in found:
            found.append(value)
    return found


def _one(text: str, field: Field, names: Lookup) -> Value:
    if field.choices:
        return _choice(text, field)
    return field.kind.read(text, field, names)


def _choice(text: str, field: Field) -> str:
    word = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    for choice in field.choices:
        if word in (choice, unicodedata.normalize("NFKC", choice)):
            return choice
    near = difflib.get_close_matches(word, field.choices, 1, 0.4)
    hint = f"最接近的是「{near[0]}」；" if near else ""
    raise ValueError(f"「{text}」不在词表里；{hint}只能是：{'、'.join(field.choices)}")
