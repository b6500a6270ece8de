"""quanze new."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import click

from quanze.base.problem import Fault
from quanze.cli import options
from quanze.cli.frame import SOUND, Command
from quanze.edit import NewIds, cells, skeleton
from quanze.edit.changeset import Edit, save
from quanze.edit.importer.draft import put
from quanze.edit.naming import schema_path
from quanze.register.catalog import Catalog

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from quanze.base.model import Value
    from quanze.form import Form

_HELP = """新建一条记录：按表单写好骨架，打印文件的位置。

必填的栏目在前，空着等人填写；其余的栏目是注释。已有的文件不会被覆盖。"""


@click.command("new", cls=Command, help=_HELP)
@click.argument("collection", metavar="集合", help="catalog/ 下的文件夹名，如 items。")
@click.argument("id_", metavar="[编号]", required=False, help="不写时，自动编一个没有用过的。")
@click.option("--set", "settings", metavar="栏目=值", multiple=True, help="先填好的栏目；可以写几次。")
@options.root
def command(root: Path, collection: str, id_: str | None, settings: tuple[str, ...]) -> int:
    """Write the skeleton of a new record."""
    catalog = Catalog.load(root)
    form = form_of(catalog, collection)
    data = settled(catalog, form, settings)
    names = NewIds(catalog)
    name = names.take(collection, id_) if id_ else names.new(form, data)
    path = names.path(collection, name)
    save(root, [Edit(path, None, skeleton(form, data, schema_path(path, collection)))])
    click.echo(path)
    return SOUND


def form_of(catalog: Catalog, collection: str) -> Form:
    """Return the form of a collection; a Fault that names those there are."""
    if collection not in catalog.records:
        raise Fault(f"没有「{collection}」这个集合；有：{'、'.join(catalog.records)}")
    return catalog.forms[collection]


def settled(catalog: Catalog, form: Form, settings: Iterable[str]) -> dict[str, Value]:
    """Return what `--set 栏目=值` gives, in the form's order; a Fault where a field or value is none."""
    data: dict[str, Value] = {}
    for setting in settings:
        path, mark, text = setting.partition("=")
        field = form.find(path)
        if not mark or not field:
            near = difflib.get_close_matches(path, form.fields, 1, 0.5)
            hint = f"；是不是「{near[0]}」" if near else f"；可以用的有：{'、'.join(form.fields)}"
            raise Fault(f"--set 写成「栏目=值」；「{form.title}」没有「{path}」这个栏目{hint}")
        try:
            value = cells.read(text, field, catalog)
        except ValueError as error:
            raise Fault(f"--set {path}：{error}") from None
        if value is not None:
            put(data, path, value)
    return {name: data[name] for name in form.fields if name in data}
