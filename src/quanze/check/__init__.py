"""Is a catalog sound? The rules, the waivers, and what is told of it.

`quanze.check` is this package and, for other programs, the function that checks a register: calling one is calling
the other.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from quanze.check.checking import Checked


class _Callable(ModuleType):
    def __call__(self, root: Path, at: str) -> Checked:
        """Read and check a whole register as of a day."""
        from quanze.check.checking import check  # noqa: PLC0415 — the package is there before its modules

        return check(root, at)


sys.modules[__name__].__class__ = _Callable
