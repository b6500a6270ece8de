"""A field over several columns, each of which is one word of it: ticked types and levels, the stages of duties."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from quanze.edit.importer.words import bare, plain, stage_of, synonyms, ticked, unticked
from quanze.form import kinds
from quanze.register.definition import ColumnDefinition
from quanze.register.table import column

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from quanze.edit.importer.target import Target
    from quanze.form import Field, Form
    from quanze.register.table import Column

_LEAST = 2
"""Columns of one field: one alone is not spread."""


def spread(
    form: Form,
    targets: Sequence[Target],
    words: Sequence[tuple[str, ...]],
    below: Mapping[int, Sequence[str]],
    upper: Callable[[tuple[str, ...]], Column | None],
) -> list[Target]:
    """Return the columns; those that share a field, with the word that each is of it.

    `words` are the heads over each column, `below` what stands in it, `upper` finds the field of a head above.
    """
    found: dict[int, Target] = {}
    for one in targets:
        head = words[one.index - 1]
        made = _staged(one, head) or _ticked(form, one, head, below[one.index], upper(head) if len(head) > 1 else None)
        if made:
            found[one.index] = made
    times = Counter(one.path for one in found.values())
    said = {one.path for one in found.values() if one.stage or any(map(_says, below[one.index]))}
    return [
        made if (made := found.get(one.index)) and times[made.path] >= _LEAST and made.path in said else one
        for one in targets
    ]


def _says(text: str) -> bool:
    return ticked(text) or not unticked(text)


def level_part(field: Field) -> str:
    """Return the part of a field that is a level: each of its values tells what one level may do."""
    return next((one.name for one in field.fields.values() if one.kind is kinds.LEVEL), "") if field.many else ""


def _staged(one: Target, head: tuple[str, ...]) -> Target | None:
    """Return a column of duties as that of the one stage which its head names."""
    field = one.field
    if not head or field is None or field.kind is not kinds.STAGE or "." in one.path:
        return None
    if len(head) == 1 and not one.near:
        return None
    name = stage_of(head[-1])
    return replace(one, stage=name) if name and name not in field.fields else None


def _ticked(form: Form, one: Target, head: tuple[str, ...], said: Sequence[str], upper: Column | None) -> Target | None:
    """Return a column as that of one word: of a type or a level with ticks below it, of a level with its powers."""
    if not head:
        return None
    for field in [upper.field] if upper else [form.fields.get(form.role(kinds.POWERTYPE)), levels(form)]:
        meant = _word(field, plain(bare(head[-1]))) if field else ""
        if not field or not meant:
            continue
        if all(ticked(text) or unticked(text) for text in said) or (upper and level_part(field)):
            return replace(one, column=upper or column(form, ColumnDefinition(field.name)), near=False, tick=meant)
    return None


def levels(form: Form) -> Field | None:
    """Return the field of a form that is a list of levels, if it has one."""
    return next((one for one in form.fields.values() if level_part(one)), None)


def _word(field: Field, said: str) -> str:
    """Return what a head is as a word of a field; of free text it is its own."""
    if field.kind is kinds.TEXT:
        return said
    part = field.fields[level_part(field)] if level_part(field) else field
    if not part.choices:
        return ""
    word = synonyms(str(part.kind)).get(said, said)
    return word if word in part.choices else ""
