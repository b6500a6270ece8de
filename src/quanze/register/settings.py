"""The site's settings as a record, so that rules can find fault with them at their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.model import Record
from quanze.register.catalog import Occurrence
from quanze.register.tree import CATALOG, SITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.form.kinds import Kind
    from quanze.register.catalog import Catalog


def site(catalog: Catalog) -> Record:
    """Return the settings as a record; one without data where the file is at fault."""
    return Record(SITE, SITE, f"{CATALOG}/{SITE}.yaml", catalog.site)


def site_occurrences(catalog: Catalog, kind: Kind) -> Iterator[Occurrence]:
    """Yield the settings of one kind that stand at the top of the file."""
    form = catalog.forms.get(SITE)
    for name, field in form.fields.items() if form else ():
        if field.kind is kind and not field.many and name in catalog.site:
            yield Occurrence(site(catalog), f"/{name}", field, catalog.site[name])
