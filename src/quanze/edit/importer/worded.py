"""A column whose head names no field, by what stands below it: words of a vocabulary, citations, bodies."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from quanze.edit.importer.spread import level_part
from quanze.edit.importer.whose import is_body, may_be_body
from quanze.edit.importer.words import bare, fold, is_stage, meanings, of_others, plain, says_nothing, split_heads
from quanze.form import kinds
from quanze.register.catalog import BODIES
from quanze.register.definition import ColumnDefinition
from quanze.register.table import column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.edit.importer.target import Target
    from quanze.form import Field, Form

_MARKS = re.compile(r"[、，,；;/\s]+")
_FEWEST = 3
"""Words of a vocabulary that tell it from another, and cells that tell a column."""
_FEWEST_CELLS, _NEARLY_ALL = 2, 0.8
"""Cells that tell a column of bodies or of bases, and their part of all."""
_JOINED = re.compile("[、，,；;/和与及或]+")
_RANK = re.compile("法律|法规|规章|文件")
ARTICLE = re.compile(r"第[^第《\n]{1,12}条")
_PLACED = re.compile(rf"《[^》]{{1,200}}》[^《\n]{{0,40}}?{ARTICLE.pattern}")
_CITES = re.compile(rf"《[^》]{{1,200}}》|{ARTICLE.pattern}")


def told_below(form: Form, targets: Sequence[Target], below: Mapping[int, Sequence[str]]) -> list[Target]:
    """Return the columns, with what stands below them where their heads do not say enough."""
    found = [*targets]
    for told in (_ranked, _worded, _acting, _citing, _staged, _typed):
        found = [*told(form, found, below)]
    return found


def _ranked(form: Form, targets: Sequence[Target], below: Mapping[int, Sequence[str]]) -> Iterator[Target]:
    """Yield the columns; 法律 and 法规、规章 are bases where the cells below cite, though no head above says so."""
    for one in targets:
        ranks = [] if one.column or one.skipped else _ranks(one.head)
        if form.bases and ranks and any(map(_CITES.search, below[one.index])):
            rank = ranks[0] if len(ranks) == 1 else ""
            bases = replace(column(form, ColumnDefinition(form.bases.name)), title=one.head, rank=rank)
            yield replace(one, column=bases, near=True)
        else:
            yield one


def _ranks(head: str) -> list[str]:
    """Return the ranks that a head names and nothing else; empty where there is anything else in it."""
    words = [word for word in _JOINED.split(bare(head)) if word] if _RANK.search(head) else []
    found = [split_heads().get(fold(word), ("", ""))[1] for word in words]
    return found if all(found) else []


def _worded(form: Form, targets: Sequence[Target], below: Mapping[int, Sequence[str]]) -> Iterator[Target]:
    """Yield the columns; one that is no field's by its head is that whose words alone stand in it, if one is left."""
    taken = {one.path for one in targets}
    for one in targets:
        texts = [] if one.column or one.skipped else below[one.index]
        said = {plain(word) for text in texts for word in _MARKS.split(text) if word}
        field = _of_words(form, said, taken) if len(texts) >= _FEWEST else None
        if field:
            taken.add(field.name)
        yield replace(one, column=column(form, ColumnDefinition(field.name)), near=True) if field else one


def _typed(form: Form, targets: Sequence[Target], below: Mapping[int, Sequence[str]]) -> Iterator[Target]:
    """Yield the columns; one headed like a name in which types alone stand is that of the types, where none is."""
    field = form.fields.get(form.role(kinds.POWERTYPE))
    free = field is not None and not any(one.path == field.name for one in targets)
    for one in targets:
        texts = below[one.index] if free and one.path == form.title_field else []
        types = sum(plain(text) in _vocabulary(field) for text in texts) if field else 0
        if field and types >= max(_FEWEST, _NEARLY_ALL * len(texts)):
            yield replace(one, column=column(form, ColumnDefinition(field.name)), near=True)
        else:
            yield one


def _acting(form: Form, targets: Sequence[Target], below: Mapping[int, Sequence[str]]) -> Iterator[Target]:
    """Yield the columns; where none is that of the acting body, one of no field in which nearly all are bodies is."""
    name = next((one.name for one in form.fields.values() if one.collection == BODIES and one.many), "")
    targets = [
        one if one.path != name or _answered(one, below[one.index]) else replace(one, column=None, near=False)
        for one in targets
    ]
    free = bool(name) and not any(one.path == name for one in targets)
    for one in targets:
        texts = [text for text in below[one.index] if not says_nothing(text)]
        bodies = sum(map(is_body, texts))
        if free and names_actors(one) and bodies >= max(_FEWEST_CELLS, _NEARLY_ALL * len(texts)):
            free = False
            yield replace(one, column=column(form, ColumnDefinition(name)), near=True)
        else:
            yield one


def _staged(form: Form, targets: Sequence[Target], below: Mapping[int, Sequence[str]]) -> list[Target]:
    """Return the columns; where one holds the names of stages and one beside it their duties, both are the duties'."""
    name = form.role(kinds.STAGE)
    own = {one.index for one in targets if name and name in {one.path, one.path.partition(".")[0]}}
    free = {one.index for one in targets if not (one.column or one.skipped)}
    for one in targets if name else ():
        both = {one.index, one.index + 1}
        named = _names_stages(below[one.index]) and not _names_stages(below.get(one.index + 1, ()))
        if named and below.get(one.index + 1) and own < both <= own | free:
            duties = column(form, ColumnDefinition(name))
            return [replace(of, column=duties, near=of.index in free) if of.index in both else of for of in targets]
    return [*targets]


def _names_stages(texts: Sequence[str]) -> bool:
    return len(texts) >= _FEWEST and sum(map(is_stage, texts)) >= _NEARLY_ALL * len(texts)


def _citing(form: Form, targets: Sequence[Target], below: Mapping[int, Sequence[str]]) -> Iterator[Target]:
    """Yield the columns; where none is that of the bases, the first of no field in which nearly all cells cite is."""
    free = form.bases is not None and not any(one.path == form.bases.name or one.part for one in targets)
    for one in targets:
        texts = [] if one.column or one.skipped or not free else [*below[one.index]]
        cited = sum(bool(_PLACED.search(text)) for text in texts)
        if form.bases and cited >= max(_FEWEST_CELLS, _NEARLY_ALL * len(texts)) and not of_others().search(one.head):
            free = False
            yield replace(one, column=column(form, ColumnDefinition(form.bases.name)), near=True)
        else:
            yield one


def _answered(one: Target, texts: Sequence[str]) -> bool:
    """Tell whether a column that asks who acts may hold bodies: 谁负责 may be answered by people's names alone."""
    return "谁" not in one.head or not texts or any(map(may_be_body, texts))


def names_actors(one: Target) -> bool:
    """Tell whether bodies in a column that no field has may be those that act: not 谁来监督, nor 原实施部门."""
    return not one.column and not one.skipped and not of_others().search(fold(one.head))


def _of_words(form: Form, said: set[str], taken: set[str]) -> Field | None:
    """Return the first field of the form that is left and has all these words."""
    return next((one for one in form.fields.values() if one.name not in taken and said <= _vocabulary(one)), None)


def _vocabulary(field: Field) -> frozenset[str]:
    """Return all that means one of a field's words; nothing where it has so few that others have them too."""
    part = field.fields[level_part(field)] if level_part(field) else field
    return _meaning(part.kind.name, part.choices) if len(part.choices) >= _FEWEST else frozenset()


@lru_cache(64)
def _meaning(kind: str, choices: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word, one in meanings(kind, choices).items() if one in choices)
