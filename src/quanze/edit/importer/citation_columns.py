"""The columns of one citation, side by side: title, place or its parts, wording; or one basis of several a column."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from quanze.edit.importer.worded import ARTICLE
from quanze.edit.importer.words import PARTS, PLACE, TITLE, UNITS, bare, fold, split_heads
from quanze.form import kinds
from quanze.register.definition import ColumnDefinition
from quanze.register.table import column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.edit.importer.target import Target
    from quanze.form import Form
    from quanze.register.table import Column

_NUMBER_OF_SEVERAL = re.compile(
    r"\A第[一二三四五六七八九十0-9]{1,2}(?=..)"
    r"|(?<=..)之?(?:[一二三四五六七八九十]{1,2}|[0-9]{1,2})(?=(?:(?:名称|文件|条款|条文|内容|法条)号?)?\Z)"
)
"""What numbers one of several heads: 依据一, 法律依据2, 第三依据, 依据1条款."""


def side_by_side(form: Form, targets: tuple[Target, ...], below: Mapping[int, Sequence[str]]) -> Iterator[Target]:
    """Yield the columns; a citation may take several of them also where no head above says what they cite."""
    parts = {one.index: _part(one.head) for one in targets if not one.skipped}
    basis = form.bases
    for one in targets:  # 法定依据 | 具体条款: the titles alone stand in the first
        beside = basis and one.path == basis.name and parts.get(one.index + 1) in {PLACE, UNITS[0]}
        if beside and not any(map(ARTICLE.search, below.get(one.index, ()))):
            parts[one.index] = TITLE
            targets = tuple(replace(other, near=True) if other is one else other for other in targets)
    ranks = [one for one in targets if basis and one.path == basis.name and one.rank and not one.part]
    placed = {one.index for one in targets if (one.part or parts.get(one.index)) in {PLACE, UNITS[0]}}
    if len(ranks) == 1 and ranks[0].index + 1 in placed:  # 文件 | 第几条: any instrument
        targets = tuple(_title(one, below.get(one.index, ())) if one is ranks[0] else one for one in targets)
    whole = basis is None or any(one.path == basis.name and not one.near for one in targets)
    name = next((n for n, part in parts.items() if part == TITLE and parts.get(n + 1) in {PLACE, UNITS[0]}), 0)
    last = next((n for n in range(name, name + len(PARTS)) if not parts.get(n + 1)), name)
    for one in targets:
        if basis and name and not whole and name <= one.index <= last:
            said = column(form, ColumnDefinition(basis.name))
            yield replace(one, column=said, near=False, part=parts[one.index])
        else:
            yield one


def numbered(head: str, known: Mapping[str, Column]) -> Column | None:
    """Return the bases that one of several columns holds, each with its number: 依据一, 法律依据2, 第三依据."""
    one = known.get(_unnumbered(head))
    return one if one and one.field and one.field.kind is kinds.CITATION and one.field.many else None


def _unnumbered(head: str) -> str:
    return _NUMBER_OF_SEVERAL.sub("", fold(bare(head)))


def _title(one: Target, texts: Sequence[str]) -> Target:
    """Return a column beside that of places as that of titles, of no one rank, where it has no places itself."""
    if not one.column or any(map(ARTICLE.search, texts)):
        return one
    return replace(one, column=replace(one.column, rank=""), part=TITLE)


def _part(head: str) -> str:
    """Return which part of a citation a head of one row names: 依据名称, 条款2, 内容; 名称 alone names an item."""
    word = _unnumbered(head)
    return "" if word == TITLE else split_heads().get(word, ("", ""))[0]
