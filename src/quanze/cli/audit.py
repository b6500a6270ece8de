"""quanze audit."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from quanze import history
from quanze.base.printable import shown
from quanze.base.problem import Fault
from quanze.check.checking import check
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.io import git
from quanze.proof import audit_report
from quanze.proof.audit import audit
from quanze.proof.publication import registered
from quanze.register.disclaimer import disclaimer
from quanze.register.tree import CATALOG, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from quanze.proof.audit import Audit

_HELP = """审计要看的：检查的结果、未登记的调整、豁免、动态调整的期限、罚则条和上级目录的缺项。

有错误，或者动态调整有逾期、未登记、登记不符的，退出状态是 1。"""


def _text(report: Audit, demonstration: str) -> bytes:
    return "".join(
        f"{shown(line)}\n" for line in (*filter(None, [demonstration]), *audit_report.lines(report))
    ).encode()


def _json(report: Audit, demonstration: str) -> bytes:
    whole = {**({"演示": demonstration} if demonstration else {}), **audit_report.data(report)}
    return json.dumps(whole, ensure_ascii=False, indent=2).encode() + b"\n"


_FORMATS: Mapping[str, Callable[[Audit, str], bytes]] = {"text": _text, "json": _json, "xlsx": audit_report.book}


def _whole(root: Path, recorded: history.History) -> history.History:
    """Return a history that tells also of what lies here and git was told to ignore, to overlook or to convert."""
    hidden = git.unheld(root, CATALOG, SCHEMA) if recorded.line else {}
    if not hidden:
        return recorded
    first, why = next(iter(hidden.items()))
    told = f"有 {len(hidden)} 个文件（{first}{'等' if len(hidden) > 1 else ''}）{why}：历史里没有这里的内容"
    gap = history.HistoryGap("有未提交的改动", told, tuple(hidden))
    return replace(recorded, gaps=(*recorded.gaps, gap))


@click.command("audit", cls=Command, help=_HELP)
@click.option("--format", "layout", type=click.Choice([*_FORMATS]), help="结果的格式；不写时，看 -o 的扩展名。")
@click.option("-o", "--output", metavar="文件", help="写到哪个文件；不写时打印出来。")
@options.at
@options.root
def command(root: Path, at: str | None, layout: str | None, output: str | None) -> int:
    """Tell the state of the register."""
    layout = layout or options.layout(output, _FORMATS)
    if layout == "xlsx" and not output and sys.stdout.isatty():
        raise Fault("Excel 文件不能打印出来；请用 -o 写明文件，如 -o 审计.xlsx")
    recorded = _whole(root, history.read(root, root / history.CACHE))
    day = options.day(root, at)
    checked = check(root, day, also=lambda catalog: registered(catalog, recorded, day))
    report = audit(checked.catalog, checked.at, checked.problems, checked.waived, recorded)
    content = _FORMATS[layout](report, disclaimer(checked.catalog.settings))
    if output:
        options.write(root, output, content)
    else:
        click.echo(content, nl=False)
    late = sum(clock.late(report.at) for clock in report.clocks)
    counts = f"错误 {len(report.errors)}，待复核 {len(report.reviews)}，豁免 {len(report.waivers)}，逾期 {late}"
    options.close(f"{f'写好了 {output}：' if output else ''}{counts}")
    return SOUND if report.sound else PROBLEMS
