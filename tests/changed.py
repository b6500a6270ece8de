"""Catalogs for tests of pages: as they stand on disk, and with a record changed in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.project import DAY

from quanze.register.catalog import Catalog
from quanze.register.links import SiteLook
from quanze.site.pages.context import RenderContext

if TYPE_CHECKING:
    from pathlib import Path

    from quanze.base.model import Record


def catalog(folder: Path) -> Catalog:
    """Return the catalog of a project, unchecked."""
    return Catalog.load(folder)


def register(whole: Catalog, at: str = DAY) -> RenderContext:
    """Return a catalog as its pages ask it."""
    return RenderContext(whole, SiteLook(whole), at)


def changed(whole: Catalog, collection: str, id_: str, at: str = DAY, **values: Any) -> tuple[RenderContext, Record]:
    """Return the register and a record with some fields replaced; None leaves a field out."""
    old = whole.records[collection][id_]
    data = {name: value for name, value in {**old.data, **values}.items() if value is not None}
    new = replace(old, data=data)
    records = {**whole.records, collection: {**whole.records[collection], id_: new}}
    return register(replace(whole, records=records), at), new
