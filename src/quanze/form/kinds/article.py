"""Numbers of 条, 款, 项 or 目 (条款序号)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from quanze.form.kinds.kind import Kind, escaped
from quanze.law import numerals
from quanze.law.citation import Citation

if TYPE_CHECKING:
    from quanze.form.kinds.kind import Field, Look, Lookup

_WORDS = re.compile(r"第?\(?([0-9零〇一二三四五六七八九十百]+)\)?[条款项目]?\Z")


def _text(value: object, field: Field, _look: Look) -> str:
    return Citation.of({field.name: value}).place or str(value)


def _read(text: str, _field: Field, _names: Lookup) -> int | str:
    """Return the number that one place has in words (第八十八条, （三）); any other text as it is."""
    words = _WORDS.match(unicodedata.normalize("NFKC", text))
    number = numerals.number(words[1]) if words else None
    return text if number is None else number


KIND = Kind("条款序号", _text, escaped(_text), _read)
