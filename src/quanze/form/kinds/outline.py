"""The structure of a version (条文结构): told as how many 条, 款 and 项 there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.form.kinds.kind import Kind, escaped
from quanze.law.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.form.kinds.kind import Field, Look


def _text(value: object, _field: Field, _look: Look) -> str:
    try:
        articles = Outline.of(str(value)).articles.values()
    except ValueError:
        return str(value)
    paragraphs = [paragraph for article in articles for paragraph in article]
    items = sum(paragraph.items for paragraph in paragraphs)
    return f"{len(articles)} 条、{len(paragraphs)} 款、{items} 项"


def _texts(_value: object, _field: Field, _look: Look) -> Iterator[str]:
    """Yield nothing: nobody looks for a structure by its numbers."""
    return iter(())


KIND = Kind("条文结构", _text, escaped(_text), texts=_texts)
