"""Is the frame of a register the package's own? Then it reads docs/ and mkdocs.yml, and what it makes can be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yaml import YAMLError, load
from yaml.cyaml import CSafeLoader

from quanze.check.rules.programs import HOOKS, OURS
from quanze.io.file import held, strange
from quanze.io.yaml import MOST
from quanze.io.yaml.foreign import too_deep
from quanze.register.tree import FRAME

if TYPE_CHECKING:
    from pathlib import Path

DOCS = "docs"
_OVERRIDES = "overrides"
_SETTINGS = frozenset({"site_name", "theme", "plugins", "hooks", "nav", "exclude_docs"})
"""The settings of mkdocs.yml that say all that they mean."""


def plain(root: Path) -> bool:
    """Tell whether a register has no code, templates or settings of its own, of which nobody knows what they read."""
    try:
        body = held(root / FRAME, MOST)
        told = None if too_deep(body) else load(body, Loader=CSafeLoader)
    except (YAMLError, ValueError):
        return False
    return (
        isinstance(told, dict)
        and told.keys() <= _SETTINGS
        and told.get("theme") == {"name": "material"}
        and (told.get("plugins"), told.get("hooks")) == ([], [HOOKS])
        and held(root / HOOKS, MOST) == OURS.read_bytes()
        and not (root / _OVERRIDES).exists()
        and not any(strange(root / DOCS))
    )
