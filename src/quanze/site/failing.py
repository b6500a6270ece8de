"""A traceback of MkDocs → a sentence, where what failed is a register's own; one of this program stays as it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from quanze.base.package import FOLDER
from quanze.base.printable import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

FAILING = "Traceback "
"""How a Python begins what it says of a fault."""
_PLACE = re.compile(r'  File "(?P<path>.+)", line (?P<line>\d+)')
_INSTALLED = "site-packages"


def told(lines: Sequence[str], root: Path) -> Sequence[str]:
    """Return what to say of a fault: the place in a register's own file, or that it is in none of this program's.

    A template of ours that the theme's failed in is not at fault: it was given what the register's settings say.
    """
    places = [found for line in lines if (found := _PLACE.match(line))]
    own = [_whose(found["path"], root.resolve()) for found in places]
    known = [
        (whose, found)
        for whose, found in zip(own, places, strict=True)
        if whose or (whose == "" and (found["path"].endswith(".py") or found is places[-1]))
    ]
    why = printable(next((line for line in reversed(lines) if line.strip()), ""))
    if not known:
        return (f"MkDocs 做不下去：「{why}」；请核对 mkdocs.yml，还有 hooks/ 里的程序",)
    path, found = known[-1]
    if not path:
        return lines
    return (f"{printable(path)}:{found['line']}:1: 这个程序出错，没有做完：「{why}」；请改正，或者从版本库里恢复",)


def _whose(name: str, root: Path) -> str | None:
    """Return the path of a register's own file from its root, an empty one for this program's, None for a library's."""
    path = Path(name)
    if FOLDER in path.parents:
        return ""
    if _INSTALLED in path.parts or root not in path.parents:
        return None
    return path.relative_to(root).as_posix()
