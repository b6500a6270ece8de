"""quanze impact."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from quanze.cli import options
from quanze.cli.frame import SOUND, Command
from quanze.edit import impact, sought
from quanze.edit.impact import data, text
from quanze.register.catalog import Catalog
from quanze.register.links import SiteLook
from quanze.register.tree import load

if TYPE_CHECKING:
    from pathlib import Path

_HELP = "一部文件或者其中一条牵动什么：记录、罚则、清单，以及引用这些记录的记录。"


@click.command("impact", cls=Command, help=_HELP)
@click.argument(
    "words",
    metavar="法律[条[款[项]]]",
    nargs=-1,
    required=True,
    help="如 安全生产法 97，或者 安全生产法第九十七条第三项。",
)
@click.option("--format", "layout", type=click.Choice(["text", "json"]), default="text", help="怎样打印。")
@options.root
def command(root: Path, words: tuple[str, ...], layout: str) -> int:
    """Print what rests on an instrument or an article."""
    loaded = load(root)
    catalog = Catalog(root, loaded.site, loaded.forms, loaded.records, loaded.broken)
    found = impact(catalog, sought(catalog, words))
    if layout == "json":
        click.echo(json.dumps(data(found, catalog), ensure_ascii=False, indent=2))
    else:
        options.say(text(found, catalog, SiteLook(catalog)))
    if catalog.broken:
        options.close(f"有 {len(catalog.broken)} 个文件读不出来，没有算在内；请运行 quanze check")
    return SOUND
