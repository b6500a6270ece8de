"""quanze seal: the last step of `make site`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import click

from quanze.cli import options
from quanze.cli.frame import SOUND, Command
from quanze.notice import notice
from quanze.seal import seal
from quanze.tree import load

_HELP = """给生成的网站封版：核对页数和站内链接，写清单文件，换到正式的位置。

由 make site 调用；有一条记录没有页面，或者有一个链接不通，就不发布，原来的网站不动。"""


@click.command("seal", cls=Command, help=_HELP)
@click.argument("built", metavar="新生成的", help="刚生成的文件夹。")
@click.argument("site", metavar="正式的", help="发布的文件夹，会被换掉。")
@click.option("--previous", metavar="提交", default="", help="上一次发布的提交，写进清单文件。")
@options.root
def command(root: Path, built: str, site: str, previous: str) -> int:
    """Check a built site and put it in its place."""
    told = load(root).site
    base = urlsplit(str(told.get("网址", ""))).path or "/"
    sealed = seal(root, Path(built), Path(site), base=base, demonstration=bool(notice(told)), previous=previous)
    options.close(f"网站在 {site}/：{sealed.pages} 页、{sealed.files} 个文件")
    if not sealed.origin.commit or sealed.origin.changes:
        options.close("这是草稿：内容还没有全部提交，别人无从核对")
    click.echo(f"清单文件的 SHA-256：{sealed.digest}")
    return SOUND
