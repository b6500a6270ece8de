"""quanze law outline."""

from __future__ import annotations

from pathlib import Path

import click

from quanze.base.problem import Fault
from quanze.cli import options
from quanze.cli.frame import SOUND, Command
from quanze.edit import lawfile
from quanze.edit.changeset import Edit, diff, save
from quanze.edit.place import instrument_named
from quanze.law.version import STRUCTURE
from quanze.register import wording
from quanze.register.catalog import LAWS

_HELP = """从一部法律的全文得出「结构」：各条有几款、各款有几项。

没有收录全文的，用 --text 给出文本文件（Word、网页、Markdown 或者纯文本），文件不会被收录。不加 --write 只打印。"""


@click.command("outline", cls=Command, help=_HELP)
@click.argument("law", metavar="法律", help="名称、简称或者编号。")
@click.option("--version", "name", metavar="版本", default="", help="版本的名称或者公布日期；不写就是最新的一版。")
@click.option("--text", "source", metavar="文件", type=click.Path(path_type=Path), help="这一版的文本。")
@click.option("--write", is_flag=True, help="写进 catalog/laws/ 里这一版的「结构」，注释和版面不动。")
@options.root
def command(root: Path, law: str, *, name: str, source: Path | None, write: bool) -> int:
    """Print or write the structure of a version."""
    catalog = options.catalog(root)
    instrument = instrument_named(catalog, law)
    version = lawfile.version(instrument, name)
    statute = options.statute(source) if source else wording.statute(catalog, instrument, version)
    if statute is None:
        raise Fault(f"没有收录《{instrument.short}》{version.name}的全文；请用 --text 给出它的文本文件")
    outline = statute.outline
    if outline.last != version.last_article:
        raise Fault(
            f"文本到第 {outline.last} 条为止，《{instrument.short}》{version.name}登记的是 {version.last_article} 条；"
            "请核对是不是这一版的文本"
        )
    if not write:
        click.echo(str(outline))
        return SOUND
    record = catalog.records[LAWS][instrument.id]
    before = lawfile.text(catalog, record)
    edit = Edit(record.path, before, lawfile.with_version(before, record, version, {STRUCTURE: str(outline)}))
    if edit.old == edit.new:
        options.close(f"{record.path} 里{version.name}的结构已经是这样，没有改")
        return SOUND
    options.say(diff([edit]))
    save(root, [edit])
    options.close(f"{record.path} 写入了{version.name}的结构")
    return SOUND
