"""quanze build: what `make site` does."""

from __future__ import annotations

from pathlib import Path

import click

from quanze.cli import options
from quanze.cli.frame import PROBLEMS, Command
from quanze.cli.seal import told, whole
from quanze.site.rendering import build

_HELP = """生成网站：检查、生成、封版，都好了才换掉原来的。

先生成在旁边的文件夹里；有一个问题、少一页、有一个链接不通，都不换，原来的网站不动。"""


@click.command("build", cls=Command, help=_HELP)
@click.option("--site", metavar="文件夹", help="网站放在哪里；不写时，是项目文件夹里的 site。")
@click.option("--previous", metavar="提交", default="", help="上一次公布的提交，写进清单文件；第一次公布时不写。")
@click.option("--at", type=options.Day(), metavar="日期", help="按哪一天的法律；不写时，用最近一次提交的日期。")
@options.root
def command(root: Path, site: str | None, previous: str, at: str | None) -> int:
    """Build a register's site beside the one that is there, and put it in its place."""
    whole(previous)
    place = Path(site) if site else Path(root, "site")
    place = place.resolve() if place.is_symlink() else place
    sealed = build(root, place, at=at or "", previous=previous, say=options.close)
    if not sealed:
        options.close(f"没有生成网站，{place}/ 没有动" if place.exists() else "没有生成网站")
        return PROBLEMS
    return told(root, place, sealed, previous)
