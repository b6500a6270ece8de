"""A commit's site built again: by that commit's own code, with the dependencies that it locks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.io import pip
from quanze.io.file import held
from quanze.proof import manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_PIN = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[^\s;\\]+)(?P<only> *;)?", re.MULTILINE)
_PINNED = re.compile(r"^quanze==", re.MULTILINE)
"""How the lock of a register names the program itself; the lock of the program's own repository does not."""
_OURS = "src/quanze"
_OTHERS = ("PYTHON", "QUANZE", "SOURCE_DATE_EPOCH")
"""What of the surroundings would make another site of the same commit, or none."""


def rebuild(
    tree: Path, outside: Path, claimed: manifest.Manifest, progress: Callable[[str], None], wheels: str = ""
) -> Path:
    """Build the site of a work tree into a folder `outside` of it, as `make site` does; return its folder.

    `claimed` gives what a build takes besides the commit: the day and the publication before; `wheels` is where the
    packages lie for a machine without an index. Raises Fault where the commit names no program, or its dependencies
    or its site cannot be had.
    """
    lock = tree / manifest.LOCK
    if not lock.is_file():
        raise Fault(f"这个提交没有 {manifest.LOCK}，不知道当时用的是什么依赖，无从核对")
    text = held(lock).decode("utf-8", "replace")
    if not _PINNED.search(text) and not (tree / _OURS).is_dir():
        raise Fault(f"这个提交的 {manifest.LOCK} 没有锁定 quanze，也没有 {_OURS}/，不知道当时用的是什么程序，无从核对")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_OTHERS)}
    environment |= {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    built, site = str(outside / "site.new"), str(outside / "site")
    commands: tuple[tuple[str, ...], ...] = (again(site, claimed),)
    if _PINNED.search(text):
        progress("照这个提交锁定的版本装 quanze……")
        python = _installed_from(lock, outside, wheels)
    else:
        python = _python(lock, text, outside, progress, wheels)
        environment |= {"PYTHONPATH": str(tree / "src"), "QUANZE_AT": claimed.at}
        rendering = ("mkdocs", "build", "--strict", "--site-dir", built)
        commands = (rendering, ("quanze", "seal", built, site, *_given(claimed)))
    for words in commands:
        _run([python, "-P", "-m", *words], "这个提交生成不出网站，无从核对", tree, environment)
    return outside / "site"


def again(site: str, claimed: manifest.Manifest) -> tuple[str, ...]:
    """Return the words that make in the folder `site` what was published, by the program that a register pins.

    The log is no part of what is compared: it begins anew, since the one online has gone on to this publication.
    """
    return ("quanze", "build", "--site", site, "--new-log", *_given(claimed))


def _given(claimed: manifest.Manifest) -> tuple[str, ...]:
    return ("--previous", claimed.previous, *(("--at", claimed.at) if claimed.at else ()))


def _python(lock: Path, text: str, outside: Path, progress: Callable[[str], None], wheels: str) -> str:
    """Return a Python that has the packages of a lock: this one, or a new one made from it."""
    if fits(text):
        return sys.executable
    progress("这个提交锁定的依赖和这里装的不同，另建环境……")
    return _installed_from(lock, outside, wheels)


def _installed_from(lock: Path, outside: Path, wheels: str) -> str:
    """Return the Python of a new environment that holds what a lock pins, by its hashes."""
    complaint = "装不上这个提交锁定的依赖，无从核对"
    folder = outside / "venv"
    python = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
    _run([sys.executable, "-m", "venv", str(folder)], complaint)
    source = ("--no-index", "--find-links", wheels) if wheels else ()
    why = pip.refusal(python, "install", "--require-hashes", *source, "-r", str(lock))
    if why:
        raise Fault(f"{complaint}：{why}")
    return python


def fits(lock: str) -> bool:
    """Tell whether the packages installed here are those of a lock file.

    One that is locked for some systems alone need not be here.
    """
    wanted: dict[str, set[str]] = {}
    optional = set()
    for pin in _PIN.finditer(lock):
        wanted.setdefault(pin["name"], set()).add(pin["version"])
        if pin["only"]:
            optional.add(pin["name"])
    have = {name: _installed(name) for name in wanted}
    return all(have[name] in wanted[name] or (name in optional and not have[name]) for name in wanted)


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _run(
    words: Sequence[str], complaint: str, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> None:
    done = subprocess.run(  # noqa: S603
        words, cwd=folder, env=environment, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise Fault(f"{complaint}：{''.join(last)}")
