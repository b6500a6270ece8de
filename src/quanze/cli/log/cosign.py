"""quanze log cosign."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from quanze.base.problem import Fault
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.io import writing
from quanze.io.file import given
from quanze.proof import memory
from quanze.proof.log import note
from quanze.proof.log.publications import fetch
from quanze.proof.manifest import CHECKPOINT
from quanze.proof.remote import Folder, published

_HELP = """作为见证人签名：证明这份公布日志接着上一次看到的往下写，没有改写过。

上一次看到的记在 --state 的文件里；接不上的不签，退出状态是 1。网站的文件夹：签名直接加在检查点上；
网址：打印签名的那一行，由公布的机关加在 log/checkpoint 的末尾。"""

_FIRST_YEAR = 1971
"""A signature counts the seconds since 1970, in whatever zone."""


@click.command("cosign", cls=Command, help=_HELP)
@click.argument("place", metavar="网址或文件夹", help="发布的网站，如 https://… 或者 site。")
@click.option("--key", "file", metavar="文件", required=True, help="私钥的文件，quanze log key 写的。")
@click.option("--state", metavar="文件", required=True, help="上一次看到的；第一次签的，文件还没有。")
@click.option("--time", metavar="时间", required=True, help="签名的时间，如 2026-05-01T09:30+08:00。")
def command(place: str, file: str, state: str, time: str) -> int:
    """Sign the head of a log that only goes on from the one seen before."""
    moment = _seconds(time)
    key = note.secret_key(given(file).decode("utf-8", "replace"))
    site = published(place, Path.cwd())
    log = fetch(site)
    if not log or not log.signed:
        raise Fault("网站没有公布日志，没有可签的")
    seen = memory.head_at(Path(state))
    if seen and not log.begins_with(seen):
        options.say([f"没有签：上次看到的 {seen.size} 条不再是这份日志的开头，公布日志被改写过"])
        return PROBLEMS
    line = key.cosign(log.signed.text, moment)
    memory.keep_head(Path(state), log.checkpoint)
    if isinstance(site, Folder):
        target = Path(place, CHECKPOINT)
        writing.write(target, target.read_bytes() + line.encode())
        options.close(f"签名加在了 {target}")
    else:
        click.echo(line, nl=False)
    return SOUND


def _seconds(time: str) -> int:
    try:
        moment = datetime.datetime.fromisoformat(time)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Fault(f"「{time}」不是带时区的时间，写成 2026-05-01T09:30+08:00 的样子")
    if moment.year < _FIRST_YEAR:
        raise Fault(f"「{time}」早于 1971 年，签名里写不了；写现在的时间，如 2026-05-01T09:30+08:00")
    return int(moment.timestamp())
