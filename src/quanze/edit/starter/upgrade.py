"""An upgrade: what this version brings, merged into a register that an earlier one wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quanze.base.package import __version__
from quanze.base.problem import Fault
from quanze.edit.starter.answers import NewRegister
from quanze.edit.starter.beginning import write
from quanze.edit.starter.files import lock, shared
from quanze.edit.starter.merge import merged
from quanze.edit.starter.written import PLACE, Written
from quanze.io.file import Unfit, content

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quanze.edit.starter.files import Pin


class Merged(NamedTuple):
    """What became of one file."""

    path: str
    what: str
    """更新, 新增, 去掉; empty where nothing changed."""
    conflicts: tuple[str, ...] = ()
    """The places where the bureau's words were kept, and what is new has to be put in by hand."""


def upgrade(root: Path, pin: Pin) -> list[Merged]:
    """Bring a register up to this version; what both sides changed otherwise stays the bureau's, and is told."""
    before = Written.load(root)
    answers = NewRegister.of(before.answers).completed()
    now = dict(shared(answers))
    found = [*_merge(root, before, now)]
    path, text = lock(pin)
    if _own(root, path) != text:
        write(root, path, text)
        found.append(Merged(path, "更新"))
    if Written(__version__, answers.data(), now).save(root):
        found.append(Merged(PLACE, "更新"))
    return found


def _merge(root: Path, before: Written, now: dict[str, str]) -> Iterator[Merged]:
    for path in sorted({*before.files, *now}):
        file = root / path
        base, new = before.files.get(path), now.get(path)
        own = _own(root, path)
        if new is None:
            if own is not None and own == base:
                file.unlink()
                yield Merged(path, "去掉")
        elif own is None:
            # A file that the bureau removed stays away; one that is new comes.
            if base is None:
                write(root, path, new)
                yield Merged(path, "新增")
        else:
            result = merged(path, base or "", own, new)
            if result.text != own:
                write(root, path, result.text)
            if result.text != own or result.conflicts:
                yield Merged(path, "更新" if result.text != own else "", result.conflicts)


def _own(root: Path, path: str) -> str | None:
    """Return the text of a file of the register; None where there is none."""
    try:
        return content(root / path).decode()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except Unfit as why:
        raise Fault(f"{path} {why}") from None
    except UnicodeDecodeError:
        raise Fault(f"{path} 不是 UTF-8 编码；请另存为 UTF-8，再升级") from None
