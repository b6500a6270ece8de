"""quanze portal."""

from __future__ import annotations

from pathlib import Path

import click

from quanze.check import report
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.io.exchange import alone
from quanze.portal import settings
from quanze.portal.publish import portal, publish
from quanze.portal.refreshing import Refresh, SourceNews
from quanze.portal.state import StateFolder

_LOCK = "portal.lock"
_HELP = """把几个机关公布的清单汇集成一个门户：照文件夹里的 portal.yaml，取来、核对、生成静态网站。

每个文件都与该机关的清单文件核对，有公布日志的看接不接得上。取不到的、太慢的、被改动的、退回旧版的、数据版本太新的、
冒用别的机关的，不采用新的，沿用上一次完好的，并在门户的网页上写明；一个机关不好，不影响别的机关。

退出状态 1：portal.yaml 有问题（没有生成），或者有机关没有取到最新的（照样生成了）。"""


@click.command("portal", cls=Command, help=_HELP)
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path), help="portal.yaml 所在的文件夹。")
@click.option("--site", type=click.Path(path_type=Path), metavar="文件夹", help="写到哪里；不写时，是里面的 site。")
@click.option(
    "--state",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="取来的存在哪里，下次要用；不写时，是里面的 state。",
)
@click.option("--at", type=options.Day(), metavar="日期", help="今天的日期，写在网页上；不写时，不写取得日期。")
@click.option("--offline", is_flag=True, help="不去取，只用存下的重新生成。")
def command(*, folder: Path, site: Path | None, state: Path | None, at: str | None, offline: bool) -> int:
    """Make a portal."""
    stated, problems = settings.load(folder)
    for line in report.text(problems):
        click.echo(line)
    if stated is None:
        options.close(f"{settings.FILE} 有 {len(problems)} 个问题，没有生成；请先改正")
        return PROBLEMS
    kept = StateFolder(state or folder / "state")
    target = site or folder / "site"
    with alone(kept.root / _LOCK, "另一次汇集还没有完，没有再做一次；请等它完，或者先停掉它"):
        if offline:
            news = tuple(SourceNews(source, kept.recall(source.id), changed=False) for source in stated.sources)
        else:
            news = Refresh(stated, folder, kept, at or "").run(options.close)
        made = publish(portal(stated, news, kept), kept, target)
    troubled = sum(new.state.trouble is not None for new in news)
    rest = f"；{troubled} 个机关没有取到最新的，已在网页上写明" if troubled else ""
    options.close(f"门户在 {target}/：{made.pages} 页、{made.files} 个文件，写了 {made.written} 个{rest}")
    return PROBLEMS if troubled else SOUND
