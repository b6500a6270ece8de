"""quanze upgrade."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quanze.base.package import __version__
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.edit.starter import locked, pinned, upgrade

if TYPE_CHECKING:
    from pathlib import Path

_HELP = """把清单的表单、流水线、锁定的版本换成装着的这一版 quanze 的。

自己改过的保留；两边都改了同一处的，保留自己的，逐个说明。内容（catalog/）和自己的网页不动。"""


@click.command("upgrade", cls=Command, help=_HELP)
@options.wheel
@options.root
def command(root: Path, wheel: Path | None) -> int:
    """Bring a register up to the version that is installed."""
    merged = upgrade(root, pinned(wheel, locked(root)))
    for file in merged:
        if file.what:
            click.echo(f"{file.what} {file.path}")
        for place in file.conflicts:
            click.echo(f"合不上 {file.path}：{place}，两边都改了，保留了自己的；请对照新版手工改")
    stuck = sum(bool(file.conflicts) for file in merged)
    changed = sum(bool(file.what) for file in merged)
    conclusion = f"{stuck} 个文件有合不上的地方" if stuck else "没有合不上的"
    told = f"{changed} 个文件有变化，{conclusion}；看过以后提交" if merged else "没有文件要改，都没有动"
    options.close(f"升级到 quanze {__version__}：{told}")
    return PROBLEMS if stuck else SOUND
