"""quanze log show."""

from __future__ import annotations

from pathlib import Path

import click

from quanze.cli import options
from quanze.cli.frame import SOUND, Command
from quanze.proof.log.publications import fetch
from quanze.proof.remote import published

_HELP = """打印一个网站公布过什么：每次的时间、提交和清单文件的 SHA-256。

日志自己前后一致才打印；是不是跟仓库一致，用 quanze verify。"""


@click.command("show", cls=Command, help=_HELP)
@click.argument("place", metavar="网址或文件夹", help="发布的网站，如 https://… 或者 site。")
def command(place: str) -> int:
    """Print the entries of a site's log."""
    fetched = fetch(published(place, Path.cwd()))
    if not fetched:
        options.close("网站没有公布日志")
        return SOUND
    options.say(f"{entry.time} {entry.commit} {entry.manifest}" for entry in fetched.entries)
    options.close(f"{fetched.origin}：{len(fetched.entries)} 次")
    return SOUND
