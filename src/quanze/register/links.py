"""Where things are on the site, asked by kinds: names and addresses relative to a page at some depth."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quanze.register.catalog import Catalog


class SiteLook:
    """The look-ups of a site for pages that are `base` away from its root."""

    def __init__(self, catalog: Catalog, base: str = "../../") -> None:
        self.catalog = catalog
        self.base = base
        self.law = lru_cache(maxsize=None)(self._law)

    def title(self, collection: str, id_: str) -> str:
        """Return the name of a record; its id where it is unknown."""
        record = self.catalog.record(collection, id_)
        return self.catalog.title(record) if record else id_

    def url(self, collection: str, id_: str) -> str:
        """Return the address of a record's page; empty where it has none."""
        return f"{self.base}{collection}/{id_}/" if self.catalog.record(collection, id_) else ""

    def _law(self, name: str, article: int) -> str:
        named = self.catalog.named(name)
        if len(named) != 1:
            return ""
        return f"{self.base}laws/{named[0].id}/" + (f"#t{article}" if article else "")
