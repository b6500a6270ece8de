"""A column whose head names no field, known by what stands below it: the words of one vocabulary and no others."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from quanze.edit.importer.spread import level_part
from quanze.edit.importer.words import meanings, plain
from quanze.register.definition import ColumnDefinition
from quanze.register.table import column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.edit.importer.target import Target
    from quanze.form import Field, Form

_MARKS = re.compile(r"[、，,；;/\s]+")
_FEWEST = 3
"""Words of a vocabulary that tell it from another, and cells that tell a column."""


def worded(form: Form, targets: Sequence[Target], below: Mapping[int, Sequence[str]]) -> Iterator[Target]:
    """Yield the columns; one that is no field's by its head is that whose words alone stand in it, if one is left."""
    taken = {one.path for one in targets}
    for one in targets:
        texts = [] if one.column or one.skipped else below[one.index]
        said = {plain(word) for text in texts for word in _MARKS.split(text) if word}
        field = _of_words(form, said, taken) if len(texts) >= _FEWEST else None
        if field:
            taken.add(field.name)
        yield replace(one, column=column(form, ColumnDefinition(field.name)), near=True) if field else one


def _of_words(form: Form, said: set[str], taken: set[str]) -> Field | None:
    """Return the first field of the form that is left and has all these words."""
    return next((one for one in form.fields.values() if one.name not in taken and said <= _vocabulary(one)), None)


def _vocabulary(field: Field) -> set[str]:
    """Return all that means one of a field's words; nothing where it has so few that others have them too."""
    part = field.fields[level_part(field)] if level_part(field) else field
    if len(part.choices) < _FEWEST:
        return set()
    return {word for word, one in meanings(part.kind.name, part.choices).items() if one in part.choices}
