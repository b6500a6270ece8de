"""quanze import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quanze.base.problem import Fault
from quanze.check.checking import check
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.cli.new import form_of, settled
from quanze.edit import importer
from quanze.edit.changeset import diff, save
from quanze.io.yaml import read

if TYPE_CHECKING:
    from quanze.edit.importer import Plan

_HEADS, _FIXED = "表头", "固定值"

_HELP = """把 Excel 表导入成记录，不用重新录入。

按栏目名、清单的标题认表头；按编号、编码、名称找已有的记录；同一张表再导入一次，什么也不变。

每个问题一行：文件:表!格: 中文一句话 [规则]。全部行都没有问题才写，要么都写，要么都不写。"""


@click.command("import", cls=Command, help=_HELP)
@click.argument("file", metavar="文件", help="Excel 工作簿（.xlsx）或者 CSV。")
@click.argument("collection", metavar="集合", help="catalog/ 下的文件夹名，如 items。")
@click.option("--sheet", metavar="表", default="", help="读哪一张表；不写时，读第一张有内容的。")
@click.option("--map", "map_", metavar="文件", help="对照文件（YAML）：「表头」写表头: 栏目，「固定值」写栏目: 值。")
@click.option("--set", "settings", metavar="栏目=值", multiple=True, help="表里没有的栏目，每条新记录都填这个值。")
@click.option("--dry-run", is_flag=True, help="只说会做什么，不写文件。")
@click.option("--update", is_flag=True, help="已有的记录按表更新；不加时，只指出不同。")
@click.option("--keep-sound", is_flag=True, help="有问题的行不写，其余的照写；不加时，有一行有问题就都不写。")
@options.at
@options.root
def command(  # noqa: PLR0913 — one for each option
    *,
    root: Path,
    file: str,
    collection: str,
    sheet: str,
    map_: str | None,
    settings: tuple[str, ...],
    dry_run: bool,
    update: bool,
    keep_sound: bool,
    at: str | None,
) -> int:
    """Read a sheet into records, or say what that would do."""
    checked = check(root, options.day(root, at))
    if checked.catalog.broken and options.refuse(checked, "导入"):
        return PROBLEMS
    form = form_of(checked.catalog, collection)
    heads, fixed = _map(Path(map_)) if map_ else ({}, {})
    given = {**fixed, **settled(checked.catalog, form, settings)}
    strange = [name for name in [*given, *(path for path in heads.values() if path)] if not form.find(name)]
    if strange:
        raise Fault(f"对照文件里的「{strange[0]}」不是「{form.title}」的栏目；可以用的有：{'、'.join(form.fields)}")
    wishes = importer.Wishes(given, heads, update, keep_sound)
    book = importer.read(Path(file), sheet)
    plan = importer.plan(checked.catalog, form, book, checked.at, wishes)
    options.say(map(str, plan.problems))
    if dry_run:
        options.say(diff(plan.edits))
    else:
        save(root, plan.edits)
        options.say(edit.path for edit in plan.edits)
    if book.others:
        options.close(f"只读了「{book.name}」；没有读的表：{'、'.join(book.others)}（用 --sheet 指明）")
    options.close(_closing(plan, dry_run=dry_run))
    return PROBLEMS if plan.open or (dry_run and plan.edits) else SOUND


def _map(path: Path) -> tuple[dict[str, str | None], dict[str, Any]]:
    """Return head → field and the fixed values of a map; a Fault where it is none."""
    data, problems = read(path.read_bytes(), path.name)
    if problems:
        first = problems[0]
        raise Fault(f"{first.path}:{first.line}:{first.column}: {first.message}")
    parts = data if isinstance(data, dict) else {"": None}
    heads, fixed = (parts.get(name) or {} for name in (_HEADS, _FIXED))
    plain = isinstance(heads, dict) and isinstance(fixed, dict) and not {*parts} - {_HEADS, _FIXED}
    if not plain or not all(isinstance(one, str | None) for one in heads.values()):
        raise Fault(f"{path.name} 只写「{_HEADS}」（表头: 栏目，不要的写 null）和「{_FIXED}」（栏目: 值）两项")
    return dict(heads), dict(fixed)


def _closing(plan: Plan, *, dry_run: bool) -> str:
    new = sum(edit.old is None for edit in plan.edits)
    changed = len(plan.edits) - new
    done = "会" if dry_run else ""
    counts = f"读了 {plan.rows} 行：{done}新增 {new} 条、{done}更新 {changed} 条，{plan.same} 行没有变化"
    if not plan.errors:
        return counts
    return f"{counts}；{len(plan.errors)} 个问题，{'有问题的行没有写' if plan.edits else '什么也没有写'}"
