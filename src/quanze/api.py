"""What other programs may use; the same names stand in `quanze` itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quanze.base.problem import Fault, Problem
from quanze.check.checking import check
from quanze.edit import cite
from quanze.proof.remote import published
from quanze.proof.verify import verify as _verify
from quanze.register.catalog import Catalog
from quanze.site.rendering import build as _build

if TYPE_CHECKING:
    from quanze.proof.seal import Sealed
    from quanze.proof.verify import Verified

__all__ = ["Catalog", "Problem", "build", "check", "cite", "verify"]


def build(root: Path, site: Path, *, at: str = "", previous: str = "") -> Sealed:
    """Build a register's site into a folder, as `quanze build` does; return what it holds.

    `at` is the day on which the law is looked at, left out that of the newest commit; `previous` the commit of the
    publication before. Raises Fault, whose text names every problem, with the folder as it was.
    """
    said: list[str] = []
    sealed = _build(root, site, at=at, previous=previous, say=said.append)
    if not sealed:
        raise Fault("\n".join(said))
    return sealed


def verify(root: Path, place: str, *, commit: str = "", wheels: str = "") -> Verified:
    """Compare a published site, at an address or in a folder, with what the repository gives, as `quanze verify` does.

    `commit` is what to compare with, left out the one that the site names; `wheels` is where packages lie for a
    machine without an index. Raises Fault where nothing can be compared.
    """
    return _verify(root, published(place, Path.cwd()), commit, lambda _: None, wheels)
