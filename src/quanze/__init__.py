"""quanze: a bureau's powers, published from checked YAML.

What other programs may use is in `__all__`, and described in the guide (命令说明 · 给别的程序用).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from quanze.base.package import __version__ as __version__

if TYPE_CHECKING:
    from quanze.api import Catalog, Problem, build, check, cite, verify

__all__ = ["Catalog", "Problem", "build", "check", "cite", "verify"]


def __getattr__(name: str) -> object:
    """Load what other programs may use when it is asked for: a command starts without what it does not need."""
    if name not in __all__:
        raise AttributeError(f"module 'quanze' has no attribute {name!r}")
    return getattr(import_module("quanze.api"), name)
