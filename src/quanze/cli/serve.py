"""quanze serve: what `make serve` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quanze.cli import options
from quanze.cli.frame import Command
from quanze.site.rendering import serve

if TYPE_CHECKING:
    from pathlib import Path

_HELP = """在自己的电脑上预览网站；改了文件，网页自动更新。

按 Ctrl+C 结束。记录有问题时，仍显示上一次成功生成的页面。"""


@click.command("serve", cls=Command, help=_HELP)
@click.option(
    "--address", type=options.Address(), metavar="地址:端口", help="在哪个地址上看；不写时是 127.0.0.1:8000。"
)
@click.option("--at", type=options.Day(), metavar="日期", help="按哪一天的法律；不写时，用最近一次提交的日期。")
@options.root
def command(root: Path, address: str | None, at: str | None) -> int:
    """Show a register's site as it would be."""
    return serve(root, at or "", address or "")
