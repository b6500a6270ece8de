"""Is a register built by the generator alone? What makes and publishes its site is held against what `init` writes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.package import __version__
from quanze.base.problem import Fault
from quanze.check.rules.programs import PROGRAMS
from quanze.edit.starter.answers import NewRegister
from quanze.edit.starter.files import LOCK, Pin, lock, shared
from quanze.edit.starter.written import PLACE, Written
from quanze.io.file import held, walk
from quanze.io.yaml import MOST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PIPELINES = (".github/workflows", ".github/actions", ".gitlab", ".ci", ".workflow", ".gitee")
_FIRST = ("GNUmakefile", "makefile")
"""What make reads in the place of a Makefile."""
_MAKING = ("Makefile", ".gitlab-ci.yml", ".pre-commit-config.yaml")
_RUNS = (".yml", ".yaml", ".py", ".sh", ".js", ".mk", ".rb", ".pl")
_PINNED = re.compile(r"^quanze==(?P<version>\S+) \\\s+--hash=sha256:(?P<digest>[0-9a-f]{64})$", re.MULTILINE)


class Building(NamedTuple):
    """What of a register's building is not the generator's own."""

    altered: dict[str, str]
    """Of each file, why it is not as it should be."""
    others: tuple[str, ...]
    """The files that would run beside those that it should have."""


def building(root: Path) -> Building | None:
    """Return what is not the generator's own; None for what is no register that is built with a pinned quanze."""
    text = held(root / LOCK, MOST).decode("utf-8", "replace").replace("\r\n", "\n")
    pinned = _PINNED.search(text)
    if not pinned and not (root / PLACE).exists():
        return None
    if not pinned or pinned["version"] != __version__:
        pins = f"quanze {pinned['version']}" if pinned else "没有锁定 quanze"
        return Building({LOCK: f"锁定的不是这里的 quanze {__version__}（{pins}），{_UNKNOWN}"}, ())
    try:
        expected = dict(shared(NewRegister.of(Written.load(root).answers).completed()))
    except (Fault, TypeError, AttributeError):
        return Building({PLACE: f"没有，或者读不懂：quanze init 问过什么不知道，{_UNKNOWN}"}, ())
    own = {path: text for path, text in expected.items() if path in _MAKING or _pipeline(path)}
    own[LOCK] = lock(Pin(__version__, pinned["digest"]))[1]
    altered = [path for path, text in own.items() if _differs(root / path, text)]
    return Building(
        dict.fromkeys(altered, f"不是 quanze {__version__} 写的那样，公布的不一定是它生成的"),
        tuple(path for path in _running(root) if path not in own),
    )


_UNKNOWN = "Makefile、流水线和锁定的安装包是不是它写的没有查"


def _pipeline(path: str) -> bool:
    return path.startswith(_PIPELINES) and path.endswith(_RUNS)


def _differs(file: Path, text: str) -> bool:
    return file.exists() and held(file, MOST).split() != text.encode().split()


def _running(root: Path) -> Iterator[str]:
    yield from (name for name in _FIRST if any(one.name == name for one in root.iterdir()))
    yield from sorted(one.name for one in root.iterdir() if one.name.endswith(PROGRAMS))
    for folder in _PIPELINES:
        yield from (f"{folder}/{path}" for path in walk(root / folder) if _pipeline(f"{folder}/{path}"))
