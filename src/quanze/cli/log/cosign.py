"""quanze log cosign."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.proof.log.publications import PublicationLog

_HELP = """作为见证人签名：证明这份公布日志接着上一次看到的往下写，没有改写过。

--log-key 是公布的机关的公钥，日志没有它的签名的不签；上一次看到的记在 --state 的文件里，接不上的不签；
--time 早于日志里写的公布时间的不签。不签的，退出状态是 1。网站的文件夹：签名直接加在检查点上；
网址：打印签名的那一行，由公布的机关加在 log/checkpoint 的末尾。"""

_FIRST_YEAR = 1971
"""A signature counts the seconds since 1970, in whatever zone."""


@click.command("cosign", cls=Command, help=_HELP)
@click.argument("place", metavar="网址或文件夹", help="发布的网站，如 https://… 或者 site。")
@click.option("--key", "file", metavar="文件", required=True, help="私钥的文件，quanze log key 写的。")
@click.option(
    "--log-key", "own", metavar="公钥", required=True, help="公布的机关的公钥，它的 site.yaml「公布日志」写着。"
)
@click.option("--state", metavar="文件", required=True, help="上一次看到的；第一次签的，文件还没有。")
@click.option("--time", metavar="时间", required=True, help="签名的时间，如 2026-05-01T09:30+08:00。")
def command(place: str, file: str, own: str, state: str, time: str) -> int:
    """Sign the head of a log that its owner signed and that only goes on from the one seen before."""
    moment = _seconds(time)
    key, publisher = note.secret_key(given(file).decode("utf-8", "replace")), _publisher(own)
    site = published(place, Path.cwd())
    log = fetch(site)
    if not log or not log.signed:
        raise Fault("网站没有公布日志，没有可签的")
    seen = memory.head_at(Path(state))
    wrong = [*_wrong(log, log.signed, publisher, moment)]
    if seen and not log.begins_with(seen):
        wrong.append(f"上次看到的 {seen.size} 条不再是这份日志的开头，公布日志被改写过")
    if wrong:
        options.say(f"没有签：{why}" for why in wrong)
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


def _publisher(told: str) -> note.PublicKey:
    try:
        key = note.public_key(told)
    except ValueError:
        key = None
    if key is None or key.kind != note.SIGNATURE:
        raise Fault("--log-key 写的不是公布日志的公钥；应是公布的机关用 quanze log key 打印的那一行")
    return key


def _wrong(log: PublicationLog, signed: note.Note, publisher: note.PublicKey, moment: int) -> Iterator[str]:
    """Yield why the head of a log is not what its owner published by a moment."""
    try:
        if signed.signed_by(publisher) is None:
            yield f"检查点没有 {publisher.name} 的签名"
    except ValueError:
        yield f"检查点上写着 {publisher.name} 的签名，但签名不对"
    last = max(log.entries, key=lambda one: one.moment, default=None)
    if last and moment < last.moment.timestamp():
        yield f"签名的时间早于日志里写的公布时间 {last.time}"


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
