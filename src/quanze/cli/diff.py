"""quanze diff."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from quanze import history
from quanze.base.printable import shown
from quanze.base.problem import Fault
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.history.delta import FORMATS, delta, returned
from quanze.history.timeline import Timeline
from quanze.io import git
from quanze.proof import evidence
from quanze.register.links import SiteLook
from quanze.register.tree import CATALOG

if TYPE_CHECKING:
    from pathlib import Path

    from quanze.history.delta import Delta
    from quanze.register.catalog import Catalog

_FORMATS = (*FORMATS, "xlsx")
_FEW = 5
_HELP = """两个版本之间哪些记录变了，逐个栏目说明。

版本可以是标签、提交、分支，或者日期（指那一天结束时）。首尾相比：改了又改回来的不算。
xlsx 是可以交出去的证据：逐次列出每个改动、提交、作者和动态调整。"""


@click.command("diff", cls=Command, help=_HELP)
@click.argument("old", metavar="旧版本", help="如 2025-12-31，或者标签、提交。")
@click.argument("new", metavar="[新版本]", default="HEAD", help="不写时是最近一次提交；没有提交的改动不在内。")
@click.option("--format", "layout", type=click.Choice(_FORMATS), help="格式；不写时看 -o 的扩展名。")
@click.option("-o", "--output", metavar="文件", help="写到哪个文件；不写时打印出来。")
@options.root
def command(*, root: Path, old: str, new: str, layout: str | None, output: str | None) -> int:
    """Print what differs between two revisions, or write it to a file."""
    layout = layout or options.layout(output, _FORMATS)
    if layout == "xlsx" and not output and sys.stdout.isatty():
        raise Fault("Excel 文件不能打印出来；请用 -o 写明文件，如 -o 变更.xlsx")
    catalog = options.catalog(root)
    changed = delta(catalog, SiteLook(catalog), old, new)
    if layout == "xlsx":
        words = f"quanze diff {old} {new} --format xlsx"
        content = _pack(catalog, changed, words, [*options.moved(root, old, new)])
    else:
        lines = FORMATS[layout](changed)
        content = "".join(f"{line if layout == 'json' else shown(line)}\n" for line in lines).encode()
    if output:
        options.write(catalog.root, output, content)
    else:
        click.echo(content, nl=False)
    _close(root, changed)
    options.tell_revisions(root, old, new)
    return PROBLEMS if changed.records or changed.governing else SOUND


def _pack(catalog: Catalog, changed: Delta, words: str, moved: list[str]) -> bytes:
    recorded = history.read(catalog.root, catalog.root / history.CACHE)
    timeline = Timeline(catalog, catalog, recorded, SiteLook(catalog), whole=True)
    return evidence.pack(timeline, changed, words, moved)


def _close(root: Path, changed: Delta) -> None:
    counted = [f"{kind} {count} 条" for kind, count in changed.counts.items()]
    governing = [f"设置、表单、附件和自己的网页 {len(changed.governing)} 个文件"] if changed.governing else []
    counts = "，".join((*counted, *governing)) or "首尾没有差异"
    ends = " → ".join(f"{commit.id[:12]}（{commit.date}）" for commit in (changed.old, changed.new))
    options.close(f"{ends}：{counts}")
    back = returned(changed, root)
    if back:
        more = f"等 {len(back)} 个文件" if len(back) > _FEW else ""
        options.close(f"其间改过又改回来的：{'、'.join(map(shown, back[:_FEW]))}{more}；逐次的用 -o 变更.xlsx 看")
    waiting = git.dirty(root, CATALOG)
    if waiting:
        options.close(f"catalog/ 里有 {len(waiting)} 个文件改了还没有提交，不在比较之内")
