"""quanze previous: what `make site PREVIOUS=` takes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quanze.base.problem import Fault
from quanze.cli import options
from quanze.cli.frame import SOUND, Command
from quanze.proof.manifest import CHECKPOINT
from quanze.proof.remote import published
from quanze.proof.response import Unreadable
from quanze.proof.verify import previous
from quanze.register.settings import URL, Settings
from quanze.register.tree import CATALOG, SITE

if TYPE_CHECKING:
    from quanze.proof.remote import Published

_HELP = """打印网上现在那一版的提交，供 make site PREVIOUS= 写进新的清单文件。

还没有公布过的，什么都不打印。网站不答复、清单文件读不懂、网上是草稿时退出状态是 2：不能当作没有公布过。"""
_BY_HAND = "不能当作没有公布过，那样公布日志会从头写起；从前公布过的，写明那一次的提交：make site PREVIOUS=提交"


@click.command("previous", cls=Command, help=_HELP)
@click.argument("place", metavar="[网址或文件夹]", required=False, help="发布的网站；不写时，看 site.yaml 的「网址」。")
@options.root
def command(root: Path, place: str | None) -> int:
    """Print the commit of the site that is published now."""
    site = published(place or address(root), Path.cwd())
    manifest = previous(site)
    if manifest is None and _logged(site):
        raise Fault(f"网上有公布日志，却没有清单文件：{_BY_HAND}")
    if manifest is None:
        options.close("网上还没有公布过的网站")
    elif not manifest.origin.commit:
        raise Fault(f"网上现在那一版是草稿，没有写明提交：{_BY_HAND}；没有公布过的，先撤下草稿")
    else:
        click.echo(manifest.origin.commit)
    return SOUND


def _logged(site: Published) -> bool:
    try:
        return site.read(CHECKPOINT) is not None
    except Unreadable as why:
        raise Fault(f"读不到 {CHECKPOINT}：{why}") from None


def address(root: Path) -> str:
    """Return where site.yaml says that the site is online; raises Fault where it does not."""
    url = Settings.load(root).url
    if not url:
        raise Fault(f"{CATALOG}/{SITE}.yaml 没有写「{URL}」，或者文件有问题；先运行 quanze check，或者写明网址")
    return url
