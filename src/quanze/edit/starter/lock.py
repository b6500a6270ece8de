"""Which package of quanze this is: its version, and the hash that a lock pins it by."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from quanze.base.package import __version__
from quanze.base.problem import Fault
from quanze.base.value import mapping, text
from quanze.edit.starter.files import LOCK, Pin
from quanze.io import pip
from quanze.io.file import held

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.base.model import Value

_NAME = re.compile(r"quanze-(?P<version>[^-]+)-py3-none-any[.]whl")
_LOCKED = re.compile(rb"^quanze==(?P<version>\S+)[\s\\]+--hash=sha256:(?P<digest>[0-9a-f]{64})\s*$", re.MULTILINE)
"""The one wheel of quanze in a lock; where several are allowed, which one is installed is not known."""


def pinned(wheel: Path | None = None, locked: Pin | None = None) -> Pin:
    """Return the package that was installed here, or the wheel that was named.

    Where pip was given a file it has kept the hash of it; else what a register has locked is this package if it is of
    this version, and the same is asked of wherever pip takes its packages from. A Fault where there is none: an
    editable installation is no package.
    """
    if wheel:
        name = _NAME.fullmatch(wheel.name)
        if not name or not wheel.is_file():
            raise Fault(f"「{wheel}」不是 quanze 的安装包；文件名像 quanze-{__version__}-py3-none-any.whl")
        if name["version"] != __version__:
            raise Fault(f"{wheel.name} 不是正在运行的版本 {__version__}；请装上它，再运行一次")
        return Pin(__version__, sha256(wheel.read_bytes()).hexdigest())
    source = _source()
    if mapping(source.get("dir_info")).get("editable"):
        raise Fault(
            "这里的 quanze 是开发用的，不是安装包，锁定不了；在它的文件夹里 make wheel，"
            f"再加上 --wheel wheelhouse/quanze-{__version__}-py3-none-any.whl 运行"
        )
    digest = text(mapping(mapping(source.get("archive_info")).get("hashes")).get("sha256"))
    if not digest and locked and locked.version == __version__:
        return locked
    return Pin(__version__, digest or _fetched())


def locked(root: Path) -> Pin | None:
    """Return the package that a register has locked; None where its lock names none, or there is no lock."""
    found = _LOCKED.search(held(root / LOCK))
    return Pin(found["version"].decode(), found["digest"].decode()) if found else None


def _source() -> Mapping[str, Value]:
    """Return where pip took this installation from, in its own words (PEP 610); empty for an index."""
    try:
        return dict(json.loads(distribution("quanze").read_text("direct_url.json") or "{}"))
    except PackageNotFoundError:
        return {}


def _fetched() -> str:
    with tempfile.TemporaryDirectory(prefix="quanze-") as folder:
        options = ("--no-deps", "--only-binary=:all:", "--dest", folder, f"quanze=={__version__}")
        why = pip.refusal(sys.executable, "download", *options)
        found = [*Path(folder).glob("*.whl")]
        if why or len(found) != 1:
            raise Fault(f"锁定不了 quanze：{why or '取到的不是一个安装包'}；请用 --wheel 指明安装包")
        return sha256(found[0].read_bytes()).hexdigest()
