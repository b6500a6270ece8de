"""quanze cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quanze.base.problem import Fault
from quanze.check import report
from quanze.check.checking import check
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.edit import cite, replace, sought
from quanze.edit.changeset import diff, save
from quanze.edit.citing import lines

if TYPE_CHECKING:
    from pathlib import Path

    from quanze.check.checking import Checked

_HELP = """把文字里的依据写成记录的样子，并说明它在不在、有没有效；或者把一处依据换成另一处。

打印的「依据」可以直接粘贴到记录里。--replace 只改那几行，注释和版面不动。"""


@click.command("cite", cls=Command, help=_HELP)
@click.argument("text", metavar="[文字]", required=False, help="一段引用依据的文字；写「-」从标准输入读。")
@click.option("--replace", "pair", metavar="旧 新", nargs=2, help="把全部记录里的一处依据换成另一处。")
@click.option("--write", is_flag=True, help="与 --replace 一起用：写入文件；不加时，只打印会改什么。")
@options.at
@options.root
def command(root: Path, *, text: str | None, pair: tuple[str, str] | None, write: bool, at: str | None) -> int:
    """Print the citations of a text as YAML, or replace a basis."""
    if bool(pair) == bool(text) or (write and not pair):
        raise Fault("写一段文字，或者用 --replace 旧 新；--write 只与 --replace 一起用")
    checked = check(root, options.day(root, at))
    if pair:
        return _replace(root, checked, *pair, write=write)
    found = cite(checked.catalog, options.text_of(text or ""), checked.at)
    for one in found:
        options.say(lines(one))
    if not found:
        options.close("没有找到依据；文件名要加书名号，如《安全生产法》第九十七条第三项")
    return PROBLEMS if not found or any(one.problems for one in found) else SOUND


def _replace(root: Path, checked: Checked, old: str, new: str, *, write: bool) -> int:
    if checked.catalog.broken and options.refuse(checked, "替换"):
        return PROBLEMS
    found = replace(checked.catalog, sought(checked.catalog, [old]), sought(checked.catalog, [new]))
    counts = f"{len(found.edits)} 个文件、{found.places} 处依据"
    if not write:
        options.say(diff(found.edits))
    options.say(map(str, found.left))
    if not write:
        options.close(f"会改 {counts}，{len(found.left)} 处要人工看；没有写入，加 --write 才写")
        return PROBLEMS if found.edits or found.left else SOUND
    save(root, found.edits)
    after = check(root, checked.at)
    fresh = [one for one in after.problems if one not in checked.problems]
    options.say(report.text(fresh))
    errors = sum(one.level == "error" for one in fresh)
    options.close(
        f"改了 {counts}，{len(found.left)} 处要人工看；重新检查，新出现 {errors} 个问题、{len(fresh) - errors} 处待复核"
    )
    return PROBLEMS if errors or found.left else SOUND
