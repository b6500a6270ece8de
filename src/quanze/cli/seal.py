"""quanze seal: the last step of `quanze build`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quanze.base.problem import Fault
from quanze.cli import options
from quanze.cli.frame import SOUND, Command
from quanze.io import git
from quanze.proof.manifest import COMMIT
from quanze.proof.seal import seal
from quanze.register.tree import BUILT_FROM

if TYPE_CHECKING:
    from quanze.proof.seal import Sealed

_SHOWN = 5

_HELP = """给生成的网站封版：核对页数和站内链接，写清单文件，换到正式的位置。

由 quanze build 调用；有一条记录没有页面，或者有一个链接不通，就不发布，原来的网站不动。"""


@click.command("seal", cls=Command, help=_HELP)
@click.argument("built", metavar="新生成的", help="刚生成的文件夹。")
@click.argument("site", metavar="正式的", help="发布的文件夹，会被换掉。")
@click.option("--previous", metavar="提交", default="", help="上一次公布的提交，写进清单文件；第一次公布时不写。")
@click.option("--at", type=options.Day(), metavar="日期", help="生成时指定了哪一天的法律，写进清单文件。")
@options.root
def command(root: Path, built: str, site: str, previous: str, at: str | None) -> int:
    """Check a built site and put it in its place."""
    sealed = seal(root, Path(built), Path(site), previous=whole(previous), at=at or "")
    return report_sealed(root, Path(site), sealed, previous)


def whole(previous: str) -> str:
    """Return the commit of the publication before; a Fault where it is not named in full."""
    if previous and not COMMIT.fullmatch(previous):
        raise Fault(f"「{previous}」不是提交的完整编号（40 位十六进制）；第一次公布时不写 --previous")
    return previous


def report_sealed(root: Path, site: Path, sealed: Sealed, previous: str) -> int:
    """Say what came of a build; return the exit code."""
    options.close(f"网站在 {site}/：{sealed.pages} 页、{sealed.files} 个文件")
    if not sealed.origin.commit:
        options.close(f"这是草稿，别人无从核对：{_why(root, sealed.origin.changes)}")
    elif previous and not git.is_ancestor(root, previous, sealed.origin.commit):
        options.close(f"上一次公布的提交 {previous[:12]} 不在这一次的历史里：历史被改写过，核对时会指出")
    click.echo(f"清单文件的 SHA-256：{sealed.digest}")
    return SOUND


def _why(root: Path, changes: tuple[str, ...]) -> str:
    if not changes:
        return "这是浅克隆，更早的历史不在这里，用 git fetch --unshallow 取回" if _shallow(root) else "不在版本库里"
    unheld = {} if set(changes) <= set(git.dirty(root)) else git.unheld(root, *BUILT_FROM)
    by_reason: dict[str, list[str]] = {}
    for path in changes:
        by_reason.setdefault(unheld.get(path, "没有提交"), []).append(path)
    return "；".join(f"有 {len(paths)} 个文件（{_some(paths)}）{why}" for why, paths in by_reason.items())


def _shallow(root: Path) -> bool:
    with suppress(git.NoRepository):
        return bool(git.boundary(root))
    return False


def _some(paths: list[str]) -> str:
    return "、".join(paths[:_SHOWN]) + ("……" if len(paths) > _SHOWN else "")
