"""quanze inbox."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quanze.base.printable import printable
from quanze.base.problem import Fault
from quanze.check.checking import check
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.cli.import_ import summary
from quanze.cli.new import form_of
from quanze.cli.reconcile import take
from quanze.edit import importer
from quanze.edit.changeset import save
from quanze.edit.importer import marked
from quanze.edit.spelling import spelt
from quanze.history.delta import cell
from quanze.io import git
from quanze.io.workbook import KEPT
from quanze.io.writing import write
from quanze.register.catalog import ITEMS, LISTS
from quanze.site.exports import reconciliation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.edit.importer import Plan
    from quanze.edit.importer.sheet import Sheet
    from quanze.register.catalog import Catalog

INBOX, README = "inbox", "README.md"
_OTHERS, _PASSING = (README, ".gitkeep"), ("~$", ".")
"""Files of the inbox that are no workbooks; how those begin that Excel and LibreOffice keep while one is open."""
_MOST = 50
"""So many problems are told at once; all of them stand in the workbook and in the report."""

_OPTION = re.compile(r"--[a-z]+")
_KEY = re.compile(r"//[^/@\s]+@")
"""Who asks and with which key, in the address of another repository: an answer is read by many."""

_WITHOUT = {
    "--update": "从网站“填写和修改”下载那张清单的工作簿，在里面改好，再放进 inbox/：改过的格才更新，清空的才删去",
    "--report": "附带的 report.json",
    "--marked": "附带的 marked.xlsx",
    "--map": "写进 catalog/import.yaml 的「表头」「词」",
    "--set": "写进 catalog/import.yaml 的「固定值」，或者在工作簿里加这一栏",
    "--include": "在工作簿里取消隐藏、删除线，去掉颜色，或者改正状态，再放进 inbox/",
    "--sheet": "在工作簿里取消隐藏这张表，再放进 inbox/",
}
"""What to do instead of an option that a sentence names, for those who have no terminal."""

_HELP = """导入 inbox/ 里的工作簿：每个工作簿一个草稿分支 import/…，附报告和标了问题的工作簿。

inbox/ 里的导入到权责事项，inbox/集合/ 里的导入到那个集合。导出来改的工作簿按改过的格更新，别的只新增。
填好了决定的对照工作簿，把决定写进清单。已经导入过的同一份工作簿不再导入。当前分支不变。"""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What came of one workbook."""

    path: str
    branch: str
    """Empty where there is none."""
    lines: tuple[str, ...]
    sound: bool
    files: bool = False
    """Whether the marked workbook and the report were made in this run."""
    written: bool = False
    """Whether its branch has anything to merge."""
    same: bool = False
    """Whether all that the workbook says is there already, and nothing is asked."""


@click.command("inbox", cls=Command, help=_HELP)
@click.option("-o", "--output", metavar="文件夹", default="inbox-answer", help="报告和工作簿写到哪里。")
@click.option("--push", "remote", metavar="版本库", help="把草稿分支推到这个版本库；不写时，只在这里建分支。")
@options.at
@options.root
def command(root: Path, output: str, remote: str | None, at: str | None) -> int:
    """Import what lies in the inbox, each workbook into a branch of its own."""
    day, folder = options.day(root, at), Path(output)
    away = _away(remote) if remote else None
    answers = [_answer(root, path, blob, folder, away, day) for path, blob in waiting(root)]
    answers += unrecorded(root)
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "answer.md", "".join(f"{line}\n" for line in answer_lines(answers)).encode())
    for answer in answers:
        name = printable(answer.path)
        options.say([f"{name}：{answer.branch or '没有导入'}", *(f"  {line}" for line in answer.lines[:1])])
    options.close(f"{INBOX}/ 里有 {len(answers)} 个工作簿；报告在 {output}/")
    return SOUND if all(answer.sound for answer in answers) else PROBLEMS


def _away(remote: str) -> str:
    """Return another repository as it is named everywhere: a folder's path holds for where the command was typed."""
    place = Path(remote)
    return str(place.resolve()) if len(place.parts) > 1 and place.is_dir() else remote


def waiting(root: Path) -> list[tuple[str, str]]:
    """Return (path, blob) of the workbooks in the inbox, as the newest commit has them."""
    held = git.files(root, git.head(root).id, INBOX)
    return [(path, blob) for path, blob in held.items() if not path.endswith(_OTHERS)]


def unrecorded(root: Path) -> Iterator[Drafted]:
    """Yield an answer for each workbook that lies in the inbox otherwise than in the newest commit."""
    held = {path for path, _ in waiting(root)}
    why = dict.fromkeys(git.dirty(root, INBOX), "还没有提交；先提交（git add、git commit），再运行")
    for path, reason in sorted((why | dict(git.unheld(root, INBOX))).items()):
        if path in held and path in why:
            yield Drafted(
                path, "", ("这里的与提交的不一样，上面说的是提交的那一份；要导入这里的，先提交",), sound=False
            )
        elif path not in held and not path.endswith(_OTHERS) and not path.rpartition("/")[2].startswith(_PASSING):
            yield Drafted(path, "", (f"没有导入：{reason}",), sound=False)


def _answer(root: Path, path: str, blob: str, folder: Path, remote: str | None, at: str) -> Drafted:  # noqa: PLR0913, PLR0917
    """Import one workbook; what goes wrong with it is told in its answer, and stops no other."""
    *folders, name = Path(path).parts[1:]  # a folder says into what a workbook goes: the same one may go into two
    names = [spelt(one) for one in (*folders, Path(name).stem)]
    branch = f"import/{'-'.join(filter(None, names)) or 'gong-zuo-bu'}-{blob[:8]}"
    lines: list[str] = []
    try:
        if branch in git.branches(root, remote):
            return Drafted(path, branch, (f"这份工作簿已经导入过，草稿在分支 {branch}，没有再做",), sound=True)
        into = folder / branch.removeprefix("import/")
        with git.worktree(root, "HEAD") as place:
            book, catalog = importer.read(place / path), _sound(place, at)
            ours, theirs = reconciliation.beside(book)
            if ours:
                drafted, lines = _decide(place, path, branch, book, (catalog, ours, theirs))
            else:
                plan, lines = _import(place, path, into, book, (catalog, at))
                same = bool(plan.records) and not plan.problems
                drafted = Drafted(path, branch, (), not plan.open, files=True, written=bool(plan.edits), same=same)
            (place / path).unlink()
            git.commit_all(place, f"导入 {printable(path)}：{lines[0].partition('：')[2]}")
            git.publish(place, branch, remote)
    except Fault as fault:
        why = _KEY.sub("//", str(fault))
        return Drafted(path, "", (f"草稿分支没有建成：{why}" if lines else why, *lines), sound=False)
    return replace(drafted, lines=tuple(lines))


def _sound(place: Path, at: str) -> Catalog:
    """Return the catalog of a work tree; a Fault where a file of it cannot be read."""
    catalog = check(place, at).catalog
    if catalog.broken:
        raise Fault(f"catalog/ 里有 {len(catalog.broken)} 个文件有问题，没有导入；请先改正")
    return catalog


def _decide(
    place: Path, path: str, branch: str, book: Sequence[Sheet], of: tuple[Catalog, str, str]
) -> tuple[Drafted, list[str]]:
    """Write what was decided in a workbook of differences into the list; return what was done, and what is told."""
    catalog, ours, theirs = of
    record = catalog.record(LISTS, ours)
    if record is None:
        raise Fault(f"没有清单「{ours}」；请从网站“填写和修改”重新下载对照的工作簿")
    done = take(catalog, record, theirs, book, Path(path).name)
    save(place, done.edits)
    drafted = Drafted(path, branch, (), not done.wrong, written=bool(done.edits))
    return drafted, [done.summary, *done.wrong]


def _import(
    place: Path, path: str, into: Path, book: Sequence[Sheet], of: tuple[Catalog, str]
) -> tuple[Plan, list[str]]:
    """Import one workbook in a work tree of its own; return what was done, and what is told."""
    catalog, at = of
    steps = path.split("/")[1:-1]
    file = place / path
    form = form_of(catalog, steps[0] if steps else ITEMS)
    answers = importer.own(place)
    fixed = {name: value for name, value in answers.fixed.items() if form.find(name)}
    ours = any(sheet.name == KEPT for sheet in book)
    plan = importer.plan(catalog, form, book, at, importer.Wishes(answers, fixed, update=ours), "")
    save(place, [*plan.edits])
    into.mkdir(parents=True, exist_ok=True)
    write(into / "report.json", "".join(plan.report()).encode())
    write(into / "marked.xlsx", marked.workbook(file, book, plan))
    lines = [*summary(plan, file.name, dry_run=False)]
    return plan, [*lines, *map(str, plan.questions)]


def answer_lines(answers: list[Drafted]) -> Iterator[str]:
    """Yield the answer to whoever dropped the workbooks, as Markdown."""
    yield "# 导入的结果"
    for answer in answers:
        yield from ("", f"## {cell(answer.path)}", "")
        if answer.branch and not answer.files and answer.written:
            yield f"决定写在分支 `{answer.branch}`：从它发起合并请求，看过以后请有权的人同意。\n"
        if answer.files:
            asked = "从它发起合并请求，检查会自动运行；看过以后改“状态”，再请有权的人同意。"
            none = "没有什么可写的，不用合并；原因在下面，工作簿改好以后再上传一次。"
            same = "没有什么可写的，不用合并：表里的都已经有了，没有不同。"
            yield f"草稿在分支 `{answer.branch}`：{asked if answer.written else same if answer.same else none}"
            yield "标了问题的工作簿 marked.xlsx 和逐格的去向 report.json 在这次运行附带的文件里。"
            yield ""
        yield from (f"- {cell(line)}" for line in answer.lines[:_MOST])
        if len(answer.lines) > _MOST:
            yield f"- ……共 {len(answer.lines)} 行，都标在工作簿里"
    named = {option for answer in answers for line in answer.lines for option in _OPTION.findall(line)}
    if named:
        yield from ("", "## 不用命令的怎样做", "")
        yield from (f"- `{option}`：{way}" for option, way in _WITHOUT.items() if option in named)
    if not answers:
        yield from ("", f"{INBOX}/ 里没有工作簿。")
