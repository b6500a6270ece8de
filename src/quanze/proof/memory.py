"""What an auditor's machine saw of a site: a rewrite shows even where the publisher has lost what was before."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from quanze.base.problem import Fault
from quanze.io import writing
from quanze.io.file import given
from quanze.proof import manifest
from quanze.proof.log.publications import Checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable

Seen = TypeVar("Seen")
_SPOILT = "{} 读不懂：上次看到的记在这里，坏了或者被改过，跟上次比不了；请查明原因，再删去这个文件"


def place(address: str) -> Path:
    """Return where this machine remembers the site at an address."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state"
    return Path(state, "quanze", "verify", f"{manifest.digest(address.rstrip('/').encode())[:32]}.json")


def recall(file: Path) -> manifest.Manifest | None:
    """Return the manifest that was seen last; None where none was.

    Raises:
        Fault: what is kept there is none.

    """
    return _kept(file, manifest.parse)


def recall_head(file: Path) -> Checkpoint | None:
    """Return the head of the publication log that was seen last, which lies beside the manifest; None likewise."""
    return head_at(_head(file))


def head_at(file: Path) -> Checkpoint | None:
    """Return the head of a log that a file holds; None where there is no file.

    Raises:
        Fault: it holds none.

    """
    return _kept(file, lambda content: Checkpoint.of(content.decode()))


def _kept(file: Path, read: Callable[[bytes], Seen]) -> Seen | None:
    try:
        return read(given(file))
    except OSError:
        return None
    except ValueError:
        raise Fault(_SPOILT.format(file)) from None


def keep_head(file: Path, head: Checkpoint) -> None:
    """Write the head of a log; raises OSError where that cannot be."""
    file.parent.mkdir(parents=True, exist_ok=True)
    writing.write(file, head.text().encode())


def keep(file: Path, seen: manifest.Manifest, head: Checkpoint | None) -> None:
    """Remember a manifest, and the head of the log where there is one; a machine that cannot is no fault."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        writing.write(file, seen.content())
        if head:
            keep_head(_head(file), head)


def _head(file: Path) -> Path:
    return file.with_name(f"{file.name}.checkpoint")
