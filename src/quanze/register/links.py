"""Where things are on the site, asked by kinds: names and addresses relative to a page at some depth."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from quanze.form.kinds.statistic import Statistic
from quanze.register.displaced import in_part, of_citation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quanze.law.citation import Citation
    from quanze.law.instrument import Instrument
    from quanze.law.reader import KnownTitles
    from quanze.law.sanction import Sanction
    from quanze.register.catalog import Catalog


FILES = "files"
"""The folder of the files that are published with records, in the project and on the site."""
TEXTS = "texts"
"""The folder of the texts of laws, in the project alone."""


def _unknown(_statistic: Statistic) -> str:
    return ""


class SiteLook:
    """The look-ups of a site for pages that are `base` away from its root; without a day no law has lapsed."""

    def __init__(
        self,
        catalog: Catalog,
        base: str = "../../",
        at: str = "",
        figures: Callable[[Statistic], str] = _unknown,
    ) -> None:
        self.catalog = catalog
        self._figures = figures
        self.base = base
        self.at = at
        self.law = lru_cache(maxsize=None)(self._law)

    def citation(self, value: object) -> Citation:
        """Return the citation that a value tells, however often it is asked for."""
        return self.catalog.citation(value)

    def sanction(self, value: object) -> Sanction:
        """Return the sanction that a value tells, however often it is asked for."""
        return self.catalog.sanction(value)

    def cited(self, value: object) -> str:
        """Return the citation that a value tells, in words."""
        return self.catalog.cited(value)

    def title(self, collection: str, id_: str) -> str:
        """Return the name of a record; its id where it is unknown."""
        record = self.catalog.record(collection, id_)
        return self.catalog.title(record) if record else id_

    def url(self, collection: str, id_: str) -> str:
        """Return the address of a record's page; empty where it has none."""
        return f"{self.base}{collection}/{id_}/" if self.catalog.record(collection, id_) else ""

    def lapsed(self, name: object) -> bool:
        """Tell whether an instrument is known to have ended by the day of the build."""
        named = self.catalog.named(name) if self.at else ()
        return len(named) == 1 and named[0].ended(self.at)

    def prevails(self, citation: Citation) -> str:
        """Return what displaces what a citation names, or part of it, though it does not say so; else empty."""
        named = () if citation.state else self.catalog.named(citation.law)
        if len(named) != 1:
            return ""
        displaced = of_citation(self.catalog, named[0].id, citation)
        return str(displaced) if displaced else in_part(self.catalog, named[0].id, citation)

    def attachment(self, path: str) -> tuple[str, int]:
        """Return the address of a file under files/ and its size in bytes; an empty address where it is not there."""
        file = self.catalog.root / FILES / path
        return (f"{self.base}{FILES}/{path}", file.stat().st_size) if file.is_file() else ("", 0)

    def figure(self, value: object) -> str:
        """Return the figure that a value asks for, worked out from the register; empty where it cannot be."""
        return self._figures(Statistic.of(value))

    def _law(self, name: str, article: int) -> str:
        named = self.catalog.named(name)
        if len(named) != 1:
            return ""
        return f"{self.base}laws/{named[0].id}/" + (f"#t{article}" if article else "")


class CatalogNames:
    """The names by which a cell speaks of the records of a catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def ids(self, collection: str) -> Mapping[str, str]:
        """Return the titles of a collection's records by id."""
        return {id_: self._catalog.title(one) for id_, one in self._catalog.records.get(collection, {}).items()}

    def instruments(self) -> Mapping[str, Instrument]:
        """Return the instruments by id."""
        return self._catalog.instruments

    def titles(self) -> KnownTitles:
        """Return their titles, as the reader of citations takes them."""
        return self._catalog.titles
