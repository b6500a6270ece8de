"""A small register with a history: the base catalog in a repository, and what the site says of its past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import golden
from tests.repository import Repository

from quanze import history
from quanze.register.catalog import Catalog
from quanze.register.tree import load
from quanze.site.publish import Site

if TYPE_CHECKING:
    from pathlib import Path

    from quanze.site.history_pages import Past

PENALTY, INSPECTION = "catalog/items/xzcf-001.yaml", "catalog/items/xzjc-001.yaml"
LIST = "catalog/lists/quan-ze-qing-dan.yaml"
LIST_ID = "quan-ze-qing-dan"


class Register(Repository):
    """The base catalog, committed as 张三 on 2024-01-10."""

    def __init__(self, root: Path) -> None:
        """Make it."""
        golden.project(root)
        super().__init__(root)
        self.write(".gitignore", "/.cache/\n")
        self.commit("2024-01-10", "初次收录", "张三")

    def edit(self, path: str, *pairs: tuple[str, str]) -> None:
        """Replace texts in a file, each of which has to be there."""
        text = (self.root / path).read_text("utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        self.write(path, text)

    def catalog(self) -> Catalog:
        """Read the catalog."""
        loaded = load(self.root)
        return Catalog.of(self.root, loaded)

    def site(self) -> Site:
        """Return the site of the catalog and its history."""
        return Site(self.catalog(), "2026-11-23", {}, history.read(self.root))

    def past(self) -> Past:
        """Return what the site tells of the past."""
        return self.site().past
