"""quanze build: what `make site` does."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from quanze.base.parallel import lasting
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, Command
from quanze.cli.seal import report_sealed, whole
from quanze.io import git
from quanze.proof.log.continuing import Continuation, begin, go_on
from quanze.register.settings import Settings
from quanze.site.rendering import build, target

_HELP = """生成网站：检查、生成、封版，都好了才换掉原来的。

先生成在旁边的文件夹里；有一个问题、少一页、有一个链接不通，都不换，原来的网站不动。"""


@click.command("build", cls=Command, help=_HELP)
@click.option("--site", metavar="文件夹", help="网站放在哪里；不写时，是项目文件夹里的 site。")
@click.option("--previous", metavar="提交", default="", help="上一次公布的提交，写进清单文件；第一次公布时不写。")
@click.option(
    "--published",
    "online",
    metavar="网址或文件夹",
    help="上一次公布的网站在哪里，公布日志从那里接着写；不写时，看 site.yaml 的「网址」。",
)
@click.option("--new-log", is_flag=True, help="上一次公布的网站没有公布日志，从这一次开始写。")
@click.option("--at", type=options.Day(), metavar="日期", help="按哪一天的法律；不写时，用最近一次提交的日期。")
@options.root
def command(  # noqa: PLR0913 — one for each option
    *, root: Path, site: str | None, previous: str, online: str | None, new_log: bool, at: str | None
) -> int:
    """Build a register's site beside the one that is there, and put it in its place."""
    whole(previous)
    with suppress(git.NoRepository):
        options.tell_ahead("" if at else git.head(root).date)
    place = target(Path(site) if site else Path(root, "site"))
    log = _log(root, previous, online, new=new_log)
    with lasting():
        sealed = build(root, place, at=at or "", previous=previous, log=log, say=options.close)
    if not sealed:
        options.close(f"没有生成网站，{place}/ 没有动" if place.exists() else "没有生成网站")
        return PROBLEMS
    return report_sealed(root, place, sealed, previous)


def _log(root: Path, previous: str, online: str | None, *, new: bool) -> Continuation:
    """Return the log that this publication goes on with: that of the site online, unless there is none yet."""
    settings = Settings.load(root)
    if new or not (previous or online):
        return begin(settings)
    from quanze.cli.previous import address  # noqa: PLC0415 — most builds ask no site that is online
    from quanze.proof.remote import published  # noqa: PLC0415

    return go_on(root, settings, published(online or address(root), Path.cwd()), previous)
