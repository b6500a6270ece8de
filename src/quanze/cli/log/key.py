"""quanze log key."""

from __future__ import annotations

from pathlib import Path

import click

from quanze.base.problem import Fault
from quanze.base.refusal import naming
from quanze.cli import options
from quanze.cli.frame import SOUND, Command
from quanze.io.writing import create
from quanze.proof.log import note
from quanze.proof.log.continuing import KEY

_HELP = f"""生成一对密钥：私钥写进文件，公钥打印出来。

本机关的：公钥写进 site.yaml 的「公布日志」，私钥那一行放进流水线的保密变量 {KEY}，文件另行保管。
见证人的：加 --witness，公钥告诉公布的机关，由它写进「公布日志」的「见证」。"""


@click.command("key", cls=Command, help=_HELP)
@click.argument("name", metavar="名称", help="宜写网址去掉 https://，如 example.gov.cn/quanze。")
@click.option("-o", "output", metavar="文件", required=True, help="私钥写到哪里；已有的文件不动。")
@click.option("--witness", is_flag=True, help="打印见证人用的公钥。")
def command(name: str, output: str, *, witness: bool) -> int:
    """Make a pair of keys."""
    key = note.new_key(name)
    try:
        with naming(output):
            create(Path(output), f"{key}\n".encode(), 0o600)
    except FileExistsError:
        raise Fault(f"已经有「{output}」，没有写；私钥丢了就不能再签名，请另写一个文件") from None
    click.echo(str(key.public(note.COSIGNATURE if witness else note.SIGNATURE)))
    options.close(f"私钥在 {output}：不要放进版本库，不要给别人看")
    return SOUND
