"""What a kind of value is to the code: how it is told as text, shown as HTML and read from a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from quanze.form import Field


class Look(Protocol):
    """What a kind may ask about the rest of the site; addresses are relative to the page being made."""

    def title(self, collection: str, id_: str) -> str:
        """Return the name of a record; its id where it is unknown."""

    def url(self, collection: str, id_: str) -> str:
        """Return the address of a record's page; empty where it has none."""

    def law(self, name: str, article: int) -> str:
        """Return the address of an article on its law's page; empty where the law has none."""


def as_text(value: Any, _field: Field, _look: Look) -> str:
    """Return the value as it is written."""
    return str(value)


def as_escaped(value: Any, _field: Field, _look: Look) -> Markup:
    """Return the value as it is written, escaped."""
    return escape(value)


def as_html(text: str) -> Markup:
    """Take a text for HTML in which all that comes from a record is escaped already, without asking what it is."""
    return str.__new__(Markup, text)


def as_read(text: str, _field: Field) -> Any:
    """Return the text of a cell without white space around it."""
    return text.strip()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value."""

    name: str
    text: Callable[[Any, Field, Look], str] = as_text
    """The value in words, on one line unless it has several: for cells, differences and search."""
    html: Callable[[Any, Field, Look], Markup] = as_escaped
    """The value on a page."""
    read: Callable[[str, Field], Any] = as_read
    """The value from the text of a cell; raises ValueError with a Chinese sentence."""
    block: Callable[[list[Any], Field, Look], Markup] | None = None
    """A list of such values on a page, where that is more than one after the other."""
    texts: Callable[[Any, Field, Look], Iterator[str]] | None = None
    """The several texts that a reader sees of one value, where `text` is not one of them."""


def parts(value: Mapping[str, Any], field: Field) -> Iterator[tuple[Field, Any]]:
    """Yield the fields of an object that have a value, in the form's order."""
    for name, part in field.fields.items():
        if name in value:
            yield part, value[name]
