"""quanze check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quanze.check import report
from quanze.check.checking import check
from quanze.check.summary import lines, summary
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.proof.publication import published

if TYPE_CHECKING:
    from pathlib import Path

_HELP = """检查全部记录：写法、表单、记录之间。

每个问题一行：文件:行:列: 中文一句话 [规则]。待复核的不影响退出状态。"""


@click.command("check", cls=Command, help=_HELP)
@click.option("--format", "layout", type=click.Choice([*report.FORMATS]), default="text", help="怎样打印问题。")
@click.option("--summary", "brief", is_flag=True, help="不逐个打印，只说总数：记录、依据、清单、问题。")
@options.at
@options.root
def command(root: Path, at: str | None, layout: str, *, brief: bool) -> int:
    """Check a project and print its problems."""
    checked = check(root, options.day(root, at), also=published)
    if brief:
        options.say(lines(summary(checked.catalog, checked.at, checked.problems, len(checked.waived))))
    else:
        options.say(report.FORMATS[layout](checked.problems))
    counts = ((len(checked.errors), "个问题"), (len(checked.reviews), "处待复核"))
    told = "、".join(f"{count} {what}" for count, what in counts if count) or "没有问题"
    options.close(f"按 {checked.at} 的法律检查了 {checked.files} 个文件：{told}")
    return PROBLEMS if checked.errors else SOUND
