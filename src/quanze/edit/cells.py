"""What a cell says: text → the value of a field of a catalog, by its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.form.kinds import reading
from quanze.form.kinds.code import SCHEMES
from quanze.form.kinds.reading import tidy
from quanze.register.links import CatalogNames

if TYPE_CHECKING:
    from quanze.base.model import Value
    from quanze.form import Field
    from quanze.register.catalog import Catalog

__all__ = ["SCHEMES", "read", "tidy"]


def read(text: str, field: Field, catalog: Catalog) -> Value:
    """Return the value that a text gives to a field; None for a text that says nothing.

    Raises:
        ValueError: the text is no value of that kind; the sentence says what would be one.

    """
    return reading.read(text, field, CatalogNames(catalog))
