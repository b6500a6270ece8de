"""quanze cite."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quanze.base.problem import Fault
from quanze.check import report
from quanze.check.checking import check
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.edit import cite, replace, sought
from quanze.edit.changeset import diff, save
from quanze.edit.citing import lines, unread
from quanze.io.file import bounded, given

if TYPE_CHECKING:
    from quanze.check.checking import Checked

_HELP = """把文件里引用的依据写成记录的样子，并说明它在不在、有没有效；或者把一处依据换成另一处。

文件是文本（UTF-8 或者 GBK），写「-」从标准输入读；也可以直接写一段文字。打印的「依据」可以粘贴到记录里，别人的话里
提到的不作依据。--format json 逐条逐项地列出。--replace 只改那几行，注释和版面不动。"""
_LONGEST = 250
_MOST = 4 << 20
"""So many bytes are read, which are more than the characters that are looked at."""
_PARTS = "；请分成几份"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@click.command("cite", cls=Command, help=_HELP)
@click.argument(
    "text", metavar="[文件]", required=False, help="引用依据的文本文件，或者一段文字；写「-」从标准输入读。"
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="text（默认）或者 json。")
@click.option("--replace", "pair", metavar="旧 新", nargs=2, help="把全部记录里的一处依据换成另一处。")
@click.option("--write", is_flag=True, help="与 --replace 一起用：写入文件；不加时，只打印会改什么。")
@options.at
@options.root
def command(  # noqa: PLR0913 — one for each option
    root: Path, *, text: str | None, form: str, pair: tuple[str, str] | None, write: bool, at: str | None
) -> int:
    """Print the citations of a text as YAML or JSON, or replace a basis."""
    if bool(pair) == (text is not None) or (write and not pair) or (pair and form != "text"):
        raise Fault("写一段文字或者一个文件名，或者用 --replace 旧 新；--write 只与 --replace 一起用")
    day = options.day(root, at)
    if pair:
        return _replace(root, check(root, day), *pair, write=write)
    catalog, words = options.catalog(root), _text(text or "")
    places = cite(catalog, words, day)
    faulty = dict.fromkeys(entry.fault for place in places for entry in place.entries if entry.fault)
    for fault in faulty:
        options.close(fault)
    if form == "json":
        entries = [entry.data() for place in places for entry in place.entries]
        click.echo(json.dumps(entries, ensure_ascii=False, indent=1))
    else:
        for place in places:
            options.say(lines(place))
    left = unread(catalog, words)
    if form == "text":
        options.say(f"# {one}" for one in left)
    else:
        for one in left:
            options.close(one)
    if not places:
        options.close("没有找到依据；要写明是哪部法律、法规或者规章，如《安全生产法》第九十七条第三项")
    return SOUND if places and not faulty and all(place.sound for place in places) else PROBLEMS


def _text(argument: str) -> str:
    """Return the text of a file, of the standard input, or the argument itself where it is no file's name."""
    if argument == "-":
        return _decoded(bounded(sys.stdin.buffer, "标准输入", _MOST, _PARTS), "标准输入")
    file = Path(argument) if len(os.fsencode(argument)) < _LONGEST and "\0" not in argument else None
    if file and file.is_file():
        return _decoded(given(file, _MOST, _PARTS), argument)
    if argument.isascii() or (file and file.is_dir()):
        raise Fault(f"没有文件「{argument}」；写一个文本文件的名字，或者一段文字")
    return argument


def _decoded(data: bytes, name: str) -> str:
    """Return the text of UTF-8, UTF-16 or GBK; a Fault for what is no text."""
    marked = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"
    for encoding in ("utf-8-sig", marked):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise Fault(f"{name} 不是文本文件；Word、Excel、PDF 请先另存为文本（UTF-8 或者 GBK）")


def _replace(root: Path, checked: Checked, old: str, new: str, *, write: bool) -> int:
    if checked.catalog.broken and options.refuse(checked, "替换"):
        return PROBLEMS
    replaced = replace(checked.catalog, sought(checked.catalog, [old]), sought(checked.catalog, [new]))
    counts = f"{len(replaced.edits)} 个文件、{replaced.places} 处依据"
    if not write:
        options.say(diff(replaced.edits))
    options.say(map(str, replaced.left))
    if not write:
        options.close(f"会改 {counts}，{len(replaced.left)} 处要人工看；没有写入，加 --write 才写")
        return PROBLEMS if replaced.edits or replaced.left else SOUND
    save(root, replaced.edits)
    after = check(root, checked.at)
    fresh = [problem for problem in after.problems if problem not in checked.problems]
    options.say(report.text(fresh))
    left, errors = len(replaced.left), sum(problem.level == "error" for problem in fresh)
    options.close(f"改了 {counts}，{left} 处要人工看；重新检查，新出现 {errors} 个问题、{len(fresh) - errors} 处待复核")
    return PROBLEMS if errors or left else SOUND
