"""The first records of a new register: nothing in them is another bureau's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.edit.naming import schema_path
from quanze.edit.spelling import initials, spelt
from quanze.edit.starter import package
from quanze.edit.starter.answers import ALL, ENFORCED, ENFORCEMENT, NewRegister
from quanze.edit.starter.body_name import BodyName
from quanze.edit.starter.laws import checked, chosen
from quanze.edit.starter.procedures import procedures
from quanze.edit.starter.remedies import remedies
from quanze.form import SUFFIX
from quanze.register.catalog import BODIES, ITEMS, LAWS, LISTS
from quanze.register.remedies import REMEDIES
from quanze.register.roles import PROCEDURES
from quanze.register.tree import CATALOG, SITE

if TYPE_CHECKING:
    from collections.abc import Iterator


def records(answers: NewRegister, start: str) -> Iterator[tuple[str, str]]:
    """Yield (path, text) of every record of a new register; `start` is where its history begins."""
    bureau, government = spelt(answers.bureau), spelt(answers.government)
    environment = package.templates()

    def made(template: str, collection: str, id_: str = "", **given: object) -> tuple[str, str]:
        path = f"{CATALOG}/{collection}/{id_}.yaml" if id_ else f"{CATALOG}/{collection}.yaml"
        text = environment.get_template(f"catalog/{template}.yaml").render(
            answers=answers, bureau=bureau, government=government, **given
        )
        return path, f"# yaml-language-server: $schema={schema_path(path, collection)}\n{text}"

    yield made("site", SITE, start=start, checked=checked(answers))
    yield made("bureau", BODIES, bureau, kind=BodyName.of(answers.bureau).kind)
    if government not in {"", bureau}:
        yield made("government", BODIES, government, level=BodyName.of(answers.government).level or answers.level)
    yield from ((f"{CATALOG}/{LAWS}/{id_}.yaml", text) for id_, text in chosen(answers))
    yield from ((f"{CATALOG}/{PROCEDURES}/{id_}.yaml", text) for id_, text in procedures(answers))
    yield from ((f"{CATALOG}/{REMEDIES}/{id_}.yaml", text) for id_, text in remedies(answers))
    yield made("item", ITEMS, f"{initials(answers.example)}-001")
    enforced = [one for one in answers.types if one in ENFORCED]
    for number, name in enumerate(answers.lists, 1):
        if name in {ALL, ENFORCEMENT}:
            types = enforced if name == ENFORCEMENT else []
            yield made("powers", LISTS, spelt(name), name=name, number=number, types=types)
        else:
            file, form = next((file, form) for file, form in package.forms().items() if form["title"] == name)
            needed = [one for one in form["properties"] if one in form.get("required", ())]
            title = f"{name.removesuffix('清单')}清单"
            given = {"name": title, "number": number, "of": file.removesuffix(SUFFIX), "columns": needed}
            yield made("list", LISTS, spelt(title), **given)
