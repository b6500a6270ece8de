"""The kind of a version's structure: told as how many 条, 款 and 项 there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from quanze.form.kinds.kind import Kind, Look
from quanze.law.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.form import Field


def _text(value: Any, _field: Field, _look: Look) -> str:
    try:
        articles = Outline.of(str(value)).articles.values()
    except ValueError:
        return str(value)
    paragraphs = [paragraph for article in articles for paragraph in article]
    items = sum(paragraph.items for paragraph in paragraphs)
    return f"{len(articles)} 条、{len(paragraphs)} 款、{items} 项"


def _html(value: Any, field: Field, look: Look) -> Markup:
    return escape(_text(value, field, look))


def _texts(_value: Any, _field: Field, _look: Look) -> Iterator[str]:
    """Yield nothing: nobody looks for a structure by its numbers."""
    return iter(())


OUTLINE = (Kind("条文结构", _text, _html, texts=_texts),)
