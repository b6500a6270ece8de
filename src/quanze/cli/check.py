"""quanze check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quanze import history
from quanze.check import report
from quanze.check.checking import check
from quanze.check.summary import lines, summary
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.io import git
from quanze.io.store import Store
from quanze.proof.publication import counted

if TYPE_CHECKING:
    from pathlib import Path

    from quanze.base.problem import Problem
    from quanze.check.checking import Checked

_HELP = """检查全部记录：写法、表单、记录之间。

每个问题一行：文件:行:列: 中文一句话 [规则]。待复核的不影响退出状态。
--changed 先说改过的文件，别的文件只说错误，待复核的只数一数。"""


@click.command("check", cls=Command, help=_HELP)
@click.option("--format", "layout", type=click.Choice([*report.FORMATS]), default="text", help="怎样打印问题。")
@click.option("--summary", "brief", is_flag=True, help="不逐个打印，只说总数：记录、依据、清单、问题。")
@click.option("--changed", "base", metavar="起点", help="只细说与这个分支（或者标签、提交、日期）相比改过的文件。")
@options.at
@options.root
def command(root: Path, at: str | None, layout: str, base: str | None, *, brief: bool) -> int:
    """Check a project and print its problems."""
    day = options.day(root, at)
    checked = check(
        root,
        day,
        also=lambda catalog: counted(catalog, day, lambda: history.read(root, root / history.CACHE)),
        kept=Store.of(root),
    )
    listed, others = _touched_first(root, base, checked) if base else (checked.problems, 0)
    if brief:
        options.say(lines(summary(checked.catalog, checked.at, checked.problems, len(checked.waived))))
    else:
        options.say(report.FORMATS[layout](listed))
    if others:
        sentence = f"没有改动的文件里另有 {others} 处待复核，没有逐个列出"
        if layout == "github":
            options.say([f"::notice::{sentence}"])
        options.close(sentence)
    if at:  # without, the day was asked of the history
        try:
            git.head(root)
        except git.NoRepository as fault:
            options.close(f"看不到历史，从前公布的有没有删去、改动没有检查：{fault}")
    counts = ((len(checked.errors), "个问题"), (len(checked.reviews), "处待复核"))
    outcome = "、".join(f"{count} {what}" for count, what in counts if count) or "没有问题"
    options.close(f"按 {checked.at} 的法律检查了 {checked.files} 个文件：{outcome}")
    return PROBLEMS if checked.errors else SOUND


def _touched_first(root: Path, base: str, checked: Checked) -> tuple[list[Problem], int]:
    """Return the problems of touched files, errors first, and the errors of the others; count the rest."""
    paths = git.since(root, git.fork(root, base).id)
    first = [problem for problem in checked.problems if problem.path in paths or problem.level == "error"]
    first.sort(key=lambda problem: (problem.path not in paths, problem.level != "error"))
    return first, len(checked.problems) - len(first)
