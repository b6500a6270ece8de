"""quanze audit."""

from __future__ import annotations

import json
from pathlib import Path

import click

from quanze import history
from quanze.audit import as_data, as_workbook, audit, lines
from quanze.check import check
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.notice import notice
from quanze.problem import Fault

_HELP = """审计要看的：检查的结果、待复核的问题、豁免、动态调整的期限、罚则条和上级目录的缺项。

有错误，或者有过期的期限，退出状态是 1。"""


@click.command("audit", cls=Command, help=_HELP)
@click.option("--format", "layout", type=click.Choice(["text", "json", "xlsx"]), default="text", help="写成什么。")
@click.option("-o", "--output", metavar="文件", help="写到这个文件；Excel 必须写明。")
@options.at
@options.root
def command(root: Path, at: str | None, layout: str, output: str | None) -> int:
    """Tell the state of the register."""
    if layout == "xlsx" and not output:
        raise Fault("Excel 要用 -o 写明文件名，如 -o 审计.xlsx")
    checked = check(root, options.day(root, at))
    found = audit(checked, history.read(root))
    said = notice(checked.catalog.site)
    if layout == "xlsx" and output:
        Path(output).write_bytes(as_workbook(found, said))
    else:
        data = json.dumps({"演示": said, **as_data(found)} if said else as_data(found), ensure_ascii=False, indent=2)
        text = data if layout == "json" else "\n".join(filter(None, (said, *lines(found))))
        if output:
            Path(output).write_text(text + "\n", "utf-8")
        else:
            click.echo(text)
    late = any(clock.late(found.at) for clock in found.clocks)
    return PROBLEMS if found.errors or late else SOUND
