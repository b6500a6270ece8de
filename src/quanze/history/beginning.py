"""Where a register's own history begins (历史起点): what was recorded before is another's, and is not counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.io import git
from quanze.register.settings import BEGINNING, Settings
from quanze.register.tree import CATALOG, SITE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from quanze.io.git import Commit

_DAY = len("2026-05-01")


def counted(root: Path) -> Callable[[Commit], bool]:
    """Return whether a commit counts: since the day that site.yaml names, or after the commit; all without either.

    Raises:
        Fault: the commit that site.yaml names is not there.

    """
    start = Settings.load(root).beginning
    if not start:
        return lambda _: True
    if len(start) == _DAY:
        return lambda commit: commit.date >= start
    try:
        ids = git.after(root, start)
    except Fault:
        raise Fault(
            f"{CATALOG}/{SITE}.yaml 的「{BEGINNING}」写的提交 {start[:12]} 不在版本库里；请核对，或者改写成日期"
        ) from None
    return lambda commit: commit.id in ids
