"""quanze report."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from quanze import history
from quanze.base.problem import Fault
from quanze.check.checking import check
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.proof.proposal import FORMATS, approval_sheet, propose
from quanze.proof.publication import published

if TYPE_CHECKING:
    from pathlib import Path

    from quanze.proof.proposal import Proposal
    from quanze.register.catalog import Catalog

_FORMATS = (*FORMATS, "docx")
_HELP = """一次改动的报告：从哪个分支分出来，就与分出来的地方相比。

哪些记录新增、变更、终止（逐栏原和现），牵动哪些清单、版次和页面，改动的依据现在怎样，改动的记录还有哪些待复核，还缺哪些批准。
docx 是审批表。"""


@click.command("report", cls=Command, help=_HELP)
@click.argument("base", metavar="起点", help="改动合并进去的分支，如 main；也可以是标签、提交、日期。")
@click.option("--format", "layout", type=click.Choice(_FORMATS), help="格式；不写时看 -o 的扩展名。")
@click.option("-o", "--output", "outputs", metavar="文件", multiple=True, help="写到哪个文件，可以写几次；不写时打印。")
@click.option(
    "--tip", metavar="提交", default="", help="修改建议的行号按这个提交：检查的是合并以后的样子时，写分支上最新的。"
)
@options.at
@options.root
def command(  # noqa: PLR0913, PLR0917 — one for each option
    root: Path, base: str, layout: str | None, outputs: tuple[str, ...], tip: str, at: str | None
) -> int:
    """Print what a branch puts forward, or write it to files."""
    if layout == "docx" and not outputs and sys.stdout.isatty():
        raise Fault("Word 文件不能打印出来；请用 -o 写明文件，如 -o 审批表.docx")
    layouts = {output: layout or options.layout(output, _FORMATS) for output in outputs}
    checked = check(root, options.day(root, at), also=published)
    proposal = propose(checked, base, history.read(root, root / history.CACHE), tip)
    for output, wanted in layouts.items():
        options.write(root, output, _content(proposal, checked.catalog, wanted))
    if not outputs:
        click.echo(_content(proposal, checked.catalog, layout or "markdown"), nl=False)
    if proposal.uncommitted:
        options.close(f"有 {len(proposal.uncommitted)} 个文件改了还没有提交，不在比较之内")
    options.close(f"{len(proposal.records)} 条记录、{len(proposal.lists)} 张清单；{len(checked.errors)} 个问题")
    return PROBLEMS if checked.errors else SOUND


def _content(proposal: Proposal, catalog: Catalog, layout: str) -> bytes:
    if layout == "docx":
        return approval_sheet(proposal, catalog)
    return "".join(f"{line}\n" for line in FORMATS[layout](proposal)).encode()
