"""Lock files: what a register took from others, by hash; written by commands, read by them and by the check."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.base.value import mapping
from quanze.io.file import Unfit, content

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from quanze.base.model import Value


def load(root: Path, name: str, writer: str) -> Mapping[str, Value]:
    """Return what a lock file of a register says; nothing where there is none.

    Raises:
        Fault: it is no such file; `writer` is the command that writes it.

    """
    file = root / name
    if not os.path.lexists(file):
        return {}
    try:
        return mapping(json.loads(content(file)))
    except (OSError, Unfit, ValueError, RecursionError):
        raise Fault(f"{name} 读不懂；它由 {writer} 写，不手改：请从版本库恢复") from None


def text(whole: Mapping[str, object]) -> str:
    """Return the file."""
    return json.dumps({"schema_version": "1.0", **whole}, ensure_ascii=False, indent=1) + "\n"
