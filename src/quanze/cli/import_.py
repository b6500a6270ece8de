"""quanze import."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quanze.base.parallel import lasting
from quanze.base.printable import printable
from quanze.base.problem import Fault
from quanze.check.checking import check
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.cli.new import form_of, settled
from quanze.edit import importer
from quanze.edit.changeset import Edit, diff, save
from quanze.edit.importer import marked
from quanze.edit.importer.signals import KINDS
from quanze.form import kinds
from quanze.io.yaml import write
from quanze.register.catalog import ITEMS, LISTS
from quanze.register.definition import ID, NUMBER, UPSTREAM

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quanze.base.model import Value
    from quanze.edit.importer import Plan
    from quanze.edit.importer.problem import SheetProblem
    from quanze.form import Form
    from quanze.register.catalog import Catalog

_HELP = """把现有的表导入成记录，不用重新录入：Excel、WPS、CSV、网页、Word 里的表。

按栏目名、清单的标题和常见的说法认表头；按编号、编码、名称找已有的记录；没有写的，用本机关、拟。
不确定的照样导入成「拟」的记录，并说明；同一个文件再导入一次，什么也不变。

先是一段小结，再是每个问题一行：文件:表!格: 中文一句话 [规则]。"""


@click.command("import", cls=Command, help=_HELP)
@click.argument("file", metavar="文件", help=".xlsx .xls .ods .csv .html .docx；看内容，不看扩展名。")
@click.argument(
    "collection", metavar="[集合]", default="", help="catalog/ 下的文件夹名；不写时是 --list 的，再没有就是 items。"
)
@click.option(
    "--list",
    "list_",
    metavar="清单",
    default="",
    help="表头照这张清单的标题认，记录照它的条件写；上级目录的，找出对应的事项。",
)
@click.option("--sheet", metavar="表", default="", help="只读这一张表；不写时，读全部没有隐藏的表。")
@click.option(
    "--map", "map_", metavar="文件",
    help="对照文件（YAML）：「表头」「词」「固定值」「改名」；写过的记在 catalog/import.yaml，以后不用再写。",
)  # fmt: skip
@click.option("--set", "settings", metavar="栏目=值", multiple=True, help="表里没有的栏目，每条新记录都填这个值。")
@click.option("--include", type=click.Choice(KINDS), multiple=True, help="隐藏、划掉、按颜色该去掉、停办的，照样导入。")
@click.option("--dry-run", is_flag=True, help="只说会做什么，不写文件。")
@click.option("--update", is_flag=True, help="已有的记录按表更新；不加时，只指出不同。")
@click.option("--whole", is_flag=True, help="有一行不能导入，就都不写；不加时，能导入的照写。")
@click.option("--report", "report_", metavar="文件", help="每一格到哪里去了，写成 JSON。")
@click.option("--marked", "marked_", metavar="文件", help="把问题写成批注、涂上颜色，另存一份工作簿（.xlsx）。")
@options.at
@options.root
def command(  # noqa: PLR0913 — one for each option
    *,
    root: Path,
    file: str,
    collection: str,
    list_: str,
    sheet: str,
    map_: str | None,
    settings: tuple[str, ...],
    include: tuple[str, ...],
    dry_run: bool,
    update: bool,
    whole: bool,
    report_: str | None,
    marked_: str | None,
    at: str | None,
) -> int:
    """Read sheets into records, or say what that would do."""
    with lasting():
        book = importer.read(Path(file))
    checked = check(root, options.day(root, at))
    catalog = checked.catalog
    if catalog.broken and options.refuse(checked, "导入"):
        return PROBLEMS
    form = _form(catalog, collection, list_)
    asked = importer.answers(Path(map_)) if map_ else importer.NONE
    answers = importer.own(root) | asked
    fixed = {**asked_by(catalog, form, list_), **answers.fixed, **settled(catalog, form, settings)}
    names = [*fixed, *answers.words, *(path for path in answers.heads.values() if path)]
    strange = [name for name in names if not form.find(name) and name not in {NUMBER, ID}]
    if strange and map_:
        raise Fault(f"对照文件里的「{strange[0]}」不是「{form.title}」的栏目；可以用的有：{'、'.join(form.fields)}")
    kept = {name: value for name, value in fixed.items() if form.find(name)}
    wishes = importer.Wishes(answers, kept, update, whole, frozenset(include), sheet)
    with lasting():
        plan = importer.plan(catalog, form, book, checked.at, wishes, list_)
    edits = [*plan.edits, *_learned(root, asked)]
    options.say(summary(plan, Path(file).name, dry_run=dry_run))
    options.say(map(str, plan.questions))
    if report_:
        options.write(root, report_, "".join(plan.report()).encode(), file)
    if marked_:
        options.write(root, marked_, marked.workbook(Path(file), book, plan), file)
    if dry_run:
        options.say(diff(edits))
    else:
        save(root, edits)
        options.say(edit.path for edit in edits)
    options.close(_closing(plan, dry_run=dry_run))
    return PROBLEMS if plan.open or (dry_run and plan.edits) else SOUND


def _form(catalog: Catalog, collection: str, list_: str) -> Form:
    listed = catalog.record(LISTS, list_) if list_ else None
    if list_ and not listed:
        names = "、".join(catalog.records.get(LISTS, {}))
        raise Fault(f"没有清单「{list_}」；有：{names}")
    definition = catalog.lists[listed.id] if listed else None
    if definition and definition.nature == UPSTREAM and (collection or definition.collection) == ITEMS:
        own = f"导入成 {ITEMS} 会变成本机关自己的事项"
        raise Fault(f"「{definition.title}」是{UPSTREAM}，{own}；请把清单的「集合」写成 directories")
    return form_of(catalog, collection or (definition.collection if definition else ITEMS))


def asked_by(catalog: Catalog, form: Form, list_: str) -> Mapping[str, Value]:
    """Return the values that a record must have to stand in a list; its state is for people to say."""
    condition = catalog.lists[list_].condition if list_ else {}
    fields = {name: form.fields.get(name) for name in condition}
    alone = {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in condition.items()
    }
    return {
        name: value
        for name, value in alone.items()
        if isinstance(value, str) and (field := fields[name]) and field.kind is not kinds.STATUS
    }


def _learned(root: Path, asked: importer.MapAnswers) -> Iterable[Edit]:
    """Return the edit that keeps what the map answered, so that nobody is asked twice."""
    if asked == importer.NONE:
        return ()
    path = root / importer.OWN
    before = path.read_text("utf-8") if path.is_file() else None
    after = write((importer.own(root) | asked).data)
    return (Edit(importer.OWN, before, after),) if before != after else ()


def summary(plan: Plan, file: str, *, dry_run: bool) -> Iterable[str]:
    """Yield what an import came to, in at most fifteen lines."""
    done = "会" if dry_run else ""
    new, updated, same = (plan.count(name) for name in ("new", "updated", "same"))
    yield f"{printable(file)}：读了 {plan.rows} 项，{done}新增 {new} 条、{done}更新 {updated} 条，{same} 条没有变化"
    where = plan.counts
    if where:
        yield (
            f"{where.total()} 格有内容：{where['field']} 格进了栏目，{where['source']} 格保留在来源里，"
            f"{where['heading'] + where['note']} 格是标题、表头、说明，{where['report']} 格没有导入（原因见 --report）"
        )
    resolved, unresolved = plan.citations
    if resolved or unresolved:
        yield f"依据：{resolved} 条拆成了条款，{unresolved} 条保留原文"
    asked = [question.problems[0] for question in plan.questions]
    counts = Counter((_weight(question), question.rule) for question in asked)
    for (weight, rule), count in sorted(counts.items(), key=lambda counted: (counted[0][0], -counted[1]))[:_LINES]:
        rule_text = importer.RULES.get(rule, "")
        yield f"  {_WEIGHTS[weight]} {count} 个 {rule}{f'：{rule_text}' if rule_text else ''}"
    if len(counts) > _LINES:
        yield f"  另有 {len(counts) - _LINES} 种，见下面"
    if asked:
        yield f"一共 {len(asked)} 个问题；同一栏的同一种算一个，每一处见 --report 和 --marked"


_LINES = 10
_WEIGHTS = ("不能写", "写了以后还要改", "请看")
"""What a problem means for what is written: of a row, of the register as it is afterwards, of neither."""


def _weight(problem: SheetProblem) -> int:
    return 2 if problem.level != "error" else 0 if problem.row else 1


def _closing(plan: Plan, *, dry_run: bool) -> str:
    done = "会" if dry_run else ""
    counts = (
        f"读了 {plan.rows} 行：{done}新增 {plan.count('new')} 条、{done}更新 {plan.count('updated')} 条，"
        f"{plan.count('same')} 行没有变化"
    )
    if not plan.errors:
        return counts
    left = "有问题的行没有写" if any(problem.row for problem in plan.errors) else "写了以后还要改"
    return f"{counts}；{len(plan.errors)} 个问题，{left if plan.edits else '什么也没有写'}"
