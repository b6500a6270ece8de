"""quanze law map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quanze.base.problem import Fault
from quanze.cli import options
from quanze.cli.frame import SOUND, Command
from quanze.edit import lawfile
from quanze.edit.place import instrument_named
from quanze.io.yaml import write
from quanze.law.mapping import rows
from quanze.law.move import RENUMBERED, Move
from quanze.law.version import MAP
from quanze.register import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.law.instrument import Instrument
    from quanze.law.mapping import MappedRow
    from quanze.law.text import Statute
    from quanze.register.catalog import Catalog

_HELP = """起草两个版本的条文对照：按用词找出哪一条移到了哪里、改了没有，供人核对。

旧、新两个版本写版本的名称（收录了全文的），或者文本文件。用词完全相同（标点、所引条号除外）而条号没变的不列。
每行注明相似的程度，1 是完全相同；相似不等于相同，改了什么要对照条文写。"""


@click.command("map", cls=Command, help=_HELP)
@click.argument("law", metavar="法律", help="名称、简称或者编号。")
@click.argument("old", metavar="旧", help="旧版本的名称、公布日期，或者文本文件。")
@click.argument("new", metavar="新", help="新版本的名称、公布日期，或者文本文件。")
@options.root
def command(root: Path, law: str, old: str, new: str) -> int:
    """Print a draft of the map between two versions."""
    catalog = options.catalog(root)
    instrument = instrument_named(catalog, law)
    pairs = [*rows(_wording(catalog, instrument, old), _wording(catalog, instrument, new))]
    click.echo(f"{MAP}:  # 草稿：按用词比对，须由人对照条文核对")
    options.say(line for row in pairs for line in _lines(row))
    same = sum(RENUMBERED in row.changes for row in pairs)
    options.close(f"《{instrument.short}》：{len(pairs)} 行，其中仅改号 {same} 行；条号和用词都没变的没有列")
    return SOUND


def _wording(catalog: Catalog, instrument: Instrument, name: str) -> Statute:
    file = Path(name)
    if file.is_file():
        return options.statute(file)
    version = lawfile.version(instrument, name)
    statute = wording.statute(catalog, instrument, version)
    if statute is None:
        raise Fault(
            f"没有收录《{instrument.short}》{version.name}的全文；请写它的文本文件，或者先收录（quanze law import）"
        )
    return statute


def _lines(row: MappedRow) -> Iterator[str]:
    """Yield a row as an element of 条文对照."""
    was, new = (str(place) if place else "" for place in (row.old, row.new))
    first, *rest = write(Move(None, was, new, row.changes).data()).rstrip("\n").split("\n")
    likeness = f"  # 相似 {row.likeness:.2f}" if row.likeness and RENUMBERED not in row.changes else ""
    yield f"  - {first}{likeness}"
    yield from (f"    {line}" for line in rest)
