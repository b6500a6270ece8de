"""quanze reconcile."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quanze.base.problem import Fault
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.cli.import_ import asked_by
from quanze.cli.new import form_of
from quanze.edit import importer
from quanze.edit.changeset import Edit, save
from quanze.edit.deciding import decide
from quanze.form import kinds
from quanze.form.words import near
from quanze.io import yaml
from quanze.register.catalog import LISTS
from quanze.register.disclaimer import disclaimer
from quanze.register.life import DRAFT, unpublished
from quanze.register.listing import listing
from quanze.register.reconciliation import entry, of_listing, reconcile
from quanze.site.exports import reconciliation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quanze.base.model import Record
    from quanze.edit.importer.sheet import Sheet
    from quanze.register.catalog import Catalog
    from quanze.register.reconciliation import Discrepancy, ListedRow

FORMATS = ("markdown", "json", "xlsx")
_HELP = """把本机关的清单与上级的目录（或者另一张清单、旧网站上的表）并排对照，逐处说明差异。

缺少、多出、合并（上级一项，本清单几项）、名称、类型、依据不同；清单的「对照」里写过采纳还是不采纳的，一并列出。"""


@click.command("reconcile", cls=Command, help=_HELP)
@click.argument("list_", metavar="清单", help="本机关的清单的编号。")
@click.argument("other", metavar="清单或文件", help="另一张清单的编号，或者 import 读得懂的一个文件。")
@click.option("--since", metavar="清单或文件", help="上级的上一版：说明上级新增、变更、取消了什么。")
@click.option(
    "--decided", "filled", metavar="文件", help="在 -o 写的 Excel 里填好了决定、理由：写进清单的「对照」，不再对照。"
)
@click.option("--format", "layout", type=click.Choice(FORMATS), help="格式；不写时看 -o 的扩展名。")
@click.option("-o", "--output", metavar="文件", help="写到哪个文件；不写时打印出来。")
@options.at
@options.root
def command(  # noqa: PLR0913 — one for each option
    *,
    root: Path,
    list_: str,
    other: str,
    since: str | None,
    filled: str | None,
    layout: str | None,
    output: str | None,
    at: str | None,
) -> int:
    """Set two lists side by side."""
    layout = layout or options.layout(output, FORMATS)
    catalog, day = options.catalog(root), options.day(root, at)
    known = catalog.records.get(LISTS, {})
    if list_ not in known:
        raise Fault(f"没有清单「{list_}」{near(list_, known)}；有：{'、'.join(known)}")
    if filled:
        done = take(catalog, known[list_], other, importer.read(Path(filled)), Path(filled).name)
        if done.edits:
            save(catalog.root, done.edits)
            options.say(one.path for one in done.edits)
        options.say(done.wrong)
        options.close(done.summary)
        return PROBLEMS if done.wrong else SOUND
    theirs = _entries(catalog, list_, other, day)
    discrepancies = reconcile(_entries(catalog, list_, list_, day), theirs, catalog.lists[list_].decided(other))
    edition = reconcile(_entries(catalog, list_, since, day), theirs, whole=True) if since else ()
    title = f"{catalog.title(known[list_])}，与{catalog.title(known[other]) if other in known else Path(other).name}"
    if layout == "xlsx" and not output and sys.stdout.isatty():
        raise Fault("Excel 文件不能打印出来；请用 -o 写明文件，如 -o 对照.xlsx")
    pair = [(one, catalog.title(known[one])) for one in (list_, other) if one in known]
    beside = pair if len(pair) == 2 else []  # noqa: PLR2004
    content = _content(layout, title, discrepancies, edition, disclaimer(catalog.settings), beside)
    if output:
        options.write(root, output, content, other)
    else:
        click.echo(content, nl=False)
    undecided = sum(discrepancy.decision is None for discrepancy in discrepancies)
    options.close(f"{title}：{len(discrepancies)} 处差异，{undecided} 处待定{_left_out(catalog, list_)}")
    return PROBLEMS if discrepancies else SOUND


@dataclass(frozen=True, slots=True)
class Decided:
    """What the decisions of a workbook come to."""

    edits: tuple[Edit, ...]
    wrong: tuple[str, ...]
    """What cannot be written as it stands there."""
    summary: str


def take(catalog: Catalog, record: Record, other: str, book: Sequence[Sheet], name: str) -> Decided:
    """Return what writes the decisions of a workbook into a list's file.

    Raises:
        Fault: the other is no list, nothing is decided, or the file is laid out so that it cannot be written.

    """
    if other not in catalog.records[LISTS]:
        raise Fault(
            f"决定写在清单的「对照」里，只能与一张清单对照；先把 {other} 用 quanze import --list 导入成上级目录"
        )
    told = [*reconciliation.decided(book)]
    wrong = tuple(f"{name} {place}：{what}" for place, what in told if isinstance(what, str))
    found = [what for _, what in told if not isinstance(what, str)]
    if not told:
        raise Fault(f"{name} 里没有写好的决定；在「决定」一栏选采纳或者不采纳，写上理由")
    before = (catalog.root / record.path).read_text("utf-8")
    after = decide(before, record, other, found, [*catalog.forms[LISTS].fields])
    edits = (Edit(record.path, before, after),) if after != before else ()
    return Decided(edits, wrong, f"{name}：{len(found)} 处决定" + ("" if edits else "，清单里都有了"))


def _content(  # noqa: PLR0913, PLR0917
    layout: str,
    title: str,
    discrepancies: tuple[Discrepancy, ...],
    edition: tuple[Discrepancy, ...],
    notice: str,
    beside: Sequence[tuple[str, str]],
) -> bytes:
    if layout == "xlsx":
        return reconciliation.xlsx(title, discrepancies, edition, notice, beside)
    if layout == "json":
        return reconciliation.as_json(title, discrepancies, edition).encode() + b"\n"
    return "".join(f"{line}\n" for line in reconciliation.markdown(title, discrepancies, edition)).encode()


def _left_out(catalog: Catalog, list_: str) -> str:
    """Return what to say of the records of a list's collection that cannot stand in it: drafts, and files at fault."""
    collection = catalog.lists[list_].collection
    status = catalog.forms[collection].role(kinds.STATUS)
    drafts = sum(unpublished(str(one.data.get(status))) for one in catalog.records[collection].values() if status)
    broken = sum(of == collection for of, _ in catalog.broken)
    told = (f"{drafts} 条「{DRAFT}」的" if drafts else "", f"{broken} 条有问题的" if broken else "")
    return f"；没有对照的：{'、'.join(filter(None, told))}，可能就在「缺少」里" if any(told) else ""


def _entries(catalog: Catalog, beside: str, name: str, at: str) -> tuple[ListedRow, ...]:
    """Return the rows of a list, or of a file in whatever shape an import reads, as what stands beside a list."""
    record = catalog.record(LISTS, name)
    if record:
        return of_listing(listing(catalog, record, at), catalog)
    if not Path(name).is_file():
        known = catalog.records.get(LISTS, {})
        raise Fault(f"没有清单「{name}」，也没有这个文件{near(name, known)}")
    collection = catalog.lists[beside].collection
    form = form_of(catalog, collection)
    wishes = importer.Wishes(importer.own(catalog.root), asked_by(catalog, form, beside))
    empty = replace(catalog, records={**catalog.records, collection: {}})
    plan = importer.plan(empty, form, importer.read(Path(name)), at, wishes, "")
    texts = (yaml.read(edit.new.encode(), edit.path)[0] for edit in plan.edits if f"/{collection}/" in edit.path)
    entries = tuple(entry(data, form, catalog) for data in texts if isinstance(data, dict))
    if not entries:
        raise Fault(f"{Path(name).name} 里没有认出一项；先用 quanze import {name} --dry-run 看看它读成了什么")
    return entries
