"""quanze impact."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from quanze.base.problem import Fault
from quanze.check import report
from quanze.check.checking import check
from quanze.cli import options
from quanze.cli.frame import PROBLEMS, SOUND, Command
from quanze.cli.saving import save_and_check
from quanze.edit import impact, renumbering_report, sought
from quanze.edit.impact import data, markdown, tables, text
from quanze.edit.renumbering import renumber
from quanze.io.workbook import workbook
from quanze.law.places import Step, decoded
from quanze.law.standing import lacking
from quanze.register.catalog import Catalog
from quanze.register.links import SiteLook

if TYPE_CHECKING:
    from pathlib import Path

    from quanze.edit.impact import Impact
    from quanze.edit.place import Sought
    from quanze.edit.renumbering import Renumbering

_HELP = """一部文件或者其中一条牵动什么：记录、罚则、清单，以及引用这些记录的记录。

法律有了新版本，用 --to 说明全部依据换成新条号是怎样的；加 --apply 一次写入，注释和版面不动。
内容有改动的条留给人重新核对。"""


@click.command("impact", cls=Command, help=_HELP)
@click.argument(
    "words",
    metavar="法律[条[款[项]]]",
    nargs=-1,
    required=True,
    help="如 安全生产法 97，或者 安全生产法第九十七条第三项。",
)
@click.option("--to", "version", metavar="版本", help="换成哪一版的条号：版本的名称或者公布日期。")
@click.option("--apply", "write", is_flag=True, help="与 --to 一起用：写入文件；不加时只说明会怎样。")
@click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "markdown", "json", "xlsx"]),
    default="text",
    help="怎样打印；xlsx 是工作簿，要重定向到文件。",
)
@options.at
@options.root
def command(  # noqa: PLR0913 - click hands over each option
    root: Path, *, words: tuple[str, ...], version: str | None, write: bool, layout: str, at: str | None
) -> int:
    """Print what rests on an instrument or an article, or carry its citations over to a newer version."""
    if write and not version:
        raise Fault("--apply 要与 --to 一起用，写明换成哪一版的条号")
    catalog = Catalog.load(root)
    wanted = sought(catalog, words)
    if version:
        return _adopt(catalog, wanted, version, options.day(root, at), layout, write=write)
    _print(impact(catalog, wanted), catalog, layout)
    spoken = wanted.instrument.named_numbers or wanted.instrument.newest
    for step in (Step(decoded(article), *rest) for article, *rest in wanted.places):
        if lacking(spoken, step):
            options.close(f"《{wanted.instrument.short}》{spoken.name}没有{step}；请核对条号")
    if catalog.broken:
        options.close(f"有 {len(catalog.broken)} 个文件读不出来，没有算在内；请运行 quanze check")
    return SOUND


def _print(touched: Impact, catalog: Catalog, layout: str) -> None:
    if layout == "json":
        click.echo(json.dumps(data(touched, catalog), ensure_ascii=False, indent=2))
    elif layout == "markdown":
        options.say(markdown(touched, catalog))
    elif layout == "xlsx":
        _binary(workbook(f"{touched.sought}牵动什么", tables(touched, catalog)))
    else:
        options.say(text(touched, catalog, SiteLook(catalog)))


def _adopt(  # noqa: PLR0913 - what was asked for
    catalog: Catalog, wanted: Sought, version: str, day: str, layout: str, *, write: bool
) -> int:
    """Tell, and on demand write, what adopting the numbers of a version comes to."""
    if wanted.places:
        raise Fault("换条号是整部文件一次换；请只写文件的名称")
    if catalog.broken:
        raise Fault(f"有 {len(catalog.broken)} 个文件读不出来，换不全；请先运行 quanze check 改正")
    renumbering = renumber(catalog, wanted.instrument, version, day)
    if renumbering.edits and renumbering.new.in_force > day:
        raise Fault(
            f"{renumbering.new.name}自 {renumbering.new.in_force} 起施行，{day} 还不能换；"
            f"到那天再换，或者用 --at {renumbering.new.in_force} 先看会怎样"
        )
    _tell(renumbering, catalog, layout)
    if not write:
        options.close(
            f"{renumbering_report.summary(renumbering)}{'；没有写入，加 --apply 才写' if renumbering.edits else ''}"
        )
        return PROBLEMS if renumbering.edits else SOUND
    after = save_and_check(check(catalog.root, day), renumbering.edits)
    for line in report.text(after.errors):
        options.close(line)
    options.close(renumbering_report.summary(renumbering))
    if renumbering.edits:
        errors, waiting = len(after.errors), len(after.checked.reviews)
        options.close(
            f"写入了 {len(renumbering.edits)} 个文件；重新检查，新出现 {errors} 个问题，待复核共 {waiting} 处"
        )
    return PROBLEMS if after.errors else SOUND


def _tell(renumbering: Renumbering, catalog: Catalog, layout: str) -> None:
    if layout == "json":
        click.echo(json.dumps(renumbering_report.data(renumbering, catalog), ensure_ascii=False, indent=2))
    elif layout == "markdown":
        options.say(renumbering_report.markdown(renumbering, catalog))
    elif layout == "xlsx":
        title = f"{renumbering.instrument.short}换成{renumbering.new.name}的条号"
        _binary(workbook(title, {"依据": renumbering_report.rows(renumbering, catalog)}))
    else:
        options.say(renumbering_report.text(renumbering))


def _binary(content: bytes) -> None:
    """Write a file to the standard output."""
    if sys.stdout.isatty():
        raise Fault("工作簿不能打印在屏幕上；请写成 quanze impact … --format xlsx > 文件.xlsx")
    click.echo(content, nl=False)
