"""The heads of a sheet: which rows they take and which field each column is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.edit.importer.citation_columns import numbered, side_by_side
from quanze.edit.importer.spread import spread
from quanze.edit.importer.target import Head, Target
from quanze.edit.importer.worded import told_below
from quanze.edit.importer.words import (
    bare,
    fold,
    heads,
    instead_of_names,
    near_heads,
    plainly,
    questions,
    split_heads,
    unit,
)
from quanze.edit.spelling import initials
from quanze.form import kinds
from quanze.register.definition import ID, NUMBER, ColumnDefinition
from quanze.register.disclaimer import COLUMN
from quanze.register.paths import own_words, within
from quanze.register.table import Column, Listing, column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.edit.importer.sheet import Merge, Sheet
    from quanze.form import Form

_LONGEST, _SAYING = 40, 18
"""Signs of a head, and of one that need not be like a known one letter by letter."""
_ENOUGH, _PLENTY = 2, 4
_HALF = 0.5
_MOST = 3
"""Lower heads that make a row one of heads though one word more in it is not known."""
_LOOKED_AT = 40
_OUR_ID = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*[-_][0-9]+\Z")
_HEAD_OF_ID = re.compile(r"[A-Za-z]+(?=[-_][0-9]+\Z)")
_FOREIGN = re.compile(r"[A-Za-z][A-Za-z .,&'’/()-]*\Z")
_IN_BRACKETS = re.compile(r"[（(]([^（）()]{2,12})[）)]\Z")
_VALUE = re.compile(r"\A[0-9]+\Z|《[^》]{1,200}》\s*第|第[0-9一二三四五六七八九十百零〇]{1,9}条")
"""What stands in a row of data, and never in one of heads: a number alone, an article of a law."""
_DEEPEST = 3
"""Rows that heads take."""
_WIDE = 40
"""Different words in a row: heads that are so many have some that are known by themselves."""
_MOST_LOOKED = 15_000
"""Columns of all rows that may be heads, for each of which what stands below is looked at; lists have a few hundred."""
_KEPT = 16_384


class Heads:
    """What knows the heads of one form's sheets."""

    def __init__(self, form: Form, listings: Sequence[Listing], renamed: Mapping[str, str | None]) -> None:
        self._form, self._listings = form, listings
        self._unwanted = {fold(COLUMN), *(fold(head) for head, path in renamed.items() if not path)}
        self._known = {fold(head): column(form, ColumnDefinition(path)) for head, path in renamed.items() if path}
        self._ours = frozenset(self._known)
        self._order: dict[str, int] = {}
        self._alone = lru_cache(_KEPT)(self._names)
        self._looked = 0
        self._read: dict[tuple[str, ...], Target | None] = {}
        self._add_form()

    def _add_form(self) -> None:
        form, paths = self._form, [*within(self._form.fields)]
        for path in (NUMBER, ID, *paths):
            self._known.setdefault(fold(path), column(form, ColumnDefinition(path)))
        for path, synonyms in heads().items():
            if path in {NUMBER, ID} or form.find(path):
                for order, word in enumerate(synonyms, 1):
                    self._order.setdefault(fold(word), order)
                    self._known.setdefault(fold(word), column(form, ColumnDefinition(path)))
        for path in paths:  # 依据 alone is no fee's
            self._known.setdefault(fold(own_words(form, path)), column(form, ColumnDefinition(path)))

    def at(self, sheet: Sheet, row: int) -> Head | None:
        """Return the heads that begin in a row, or None where they do not.

        Raises:
            Fault: more rows may be heads than any list has.

        """
        texts = [sheet.shown(row, index).text for index in range(1, sheet.width + 1)]
        filled = [text for text in texts if text]
        if len({*filled}) < _ENOUGH or any(len(text) > _LONGEST or _VALUE.search(text) for text in filled):
            return None
        different = {*filled}
        known_words = sum(map(self._alone, different))
        if not known_words or (known_words < _PLENTY and len(different) > _WIDE):
            return None
        self._looked += sheet.width
        if self._looked > _MOST_LOOKED:
            raise Fault(f"{sheet.file} 的「{sheet.name}」里像表头的行太多，看不出哪一行是；请另存一份只有清单的表再试")
        bottom = self._bottom(sheet, row)
        words = [_words(sheet, row, bottom, index) for index in range(1, sheet.width + 1)]
        below = range(bottom + 1, bottom + _LOOKED_AT)
        below_of = {n: [text for row in below if (text := sheet.cell(row, n).text)] for n in range(1, sheet.width + 1)}
        targets = [
            self.settled(one, below_of[one.index])
            for one in _spread(sheet, [*self._targets(words, self._known)], below)
        ]
        shared = self._shared(targets, words, below_of)
        targets = told_below(self._form, shared, below_of)
        generic = Head(row, bottom, tuple(side_by_side(self._form, tuple(self._titled(targets)), below_of)))
        named = {one.head for one in generic.targets}
        known = [one for one in generic.targets if one.column or one.skipped]
        sure = [one for one in known if not one.near]
        plenty = len(known) >= _PLENTY and any(one.path == self._form.title_field for one in known)
        if len(known) < _ENOUGH or not sure or (len(known) < _HALF * len(named) and not plenty):
            return None
        found = self._listed(words, generic, below_of) or generic
        return replace(found, texts=tuple(fold("".join(one)) for one in words))

    def label(self, words: tuple[str, ...]) -> Target | None:
        """Return what a label, below that of its group if it has one, is the name of; None where nothing is."""
        found = self._exact(0, words, self._known)
        return found if found and (found.column or found.skipped) else None

    def _names(self, text: str) -> bool:
        """Tell whether a text by itself is the head of a column that is known, or not wanted."""
        return self.label((text,)) is not None

    def near(self, one: Target) -> Target:
        """Return a label that names nothing as what it nearly names."""
        return self._near(one, set())

    def _titled(self, targets: Sequence[Target]) -> Iterator[Target]:
        """Yield the columns; where none is the name, that which often is: 主项, 检查内容."""
        title = self._form.title_field
        free = not title or any(one.path == title for one in targets)
        said = {fold(one.head.rpartition("·")[2]) for one in targets if not one.skipped}
        words = said.intersection(map(fold, heads().get(title, ()))) or {*map(fold, instead_of_names())}
        for one in targets:
            if not free and not one.skipped and fold(one.head.rpartition("·")[2]) in words:
                free = True
                yield replace(one, column=column(self._form, ColumnDefinition(title)), near=False)
            else:
                yield one

    def settled(self, target: Target, texts: Sequence[str]) -> Target:
        """Return what a column called 编号 is: ids of records, codes of somebody else's, or the numbers of rows."""
        if target.path != ID or not texts or any(self._is_id(text.split()[0]) for text in texts):
            return target
        code = self._form.role(kinds.CODE)
        path = NUMBER if all(text.isdecimal() for text in texts) or not code else code
        return replace(target, column=column(self._form, ColumnDefinition(path)))

    @cached_property
    def _prefixes(self) -> frozenset[str]:
        types = self._form.fields.get(self._form.role(kinds.POWERTYPE))
        return frozenset((self._form.prefix, *map(initials, types.choices if types else ())))

    def _is_id(self, word: str) -> bool:
        """Tell whether a word is an id of ours, or one in capitals: A-03 is somebody else's code."""
        capitals = _HEAD_OF_ID.match(word)
        return bool(_OUR_ID.match(word) or (capitals and capitals[0].lower() in self._prefixes))

    def _shared(
        self, targets: Sequence[Target], words: Sequence[tuple[str, ...]], below: Mapping[int, Sequence[str]]
    ) -> list[Target]:
        return spread(self._form, targets, words, below, lambda head: self._upper(head, self._known))

    def _listed(
        self, words: Sequence[tuple[str, ...]], generic: Head, below: Mapping[int, Sequence[str]]
    ) -> Head | None:
        """Return the heads as one list's own, where every column of the list is there."""
        for this in self._listings:
            known = {**self._known, **_list_names(this, self._ours)}
            targets = self._shared([*self._targets(words, known)], words, below)
            found = replace(generic, targets=tuple(targets), listing=this)
            here = {(one.path, one.rank) for one in found.targets if not one.near}
            if all((one.path, one.rank) in here for one in this.columns):
                return found
        return None

    def _bottom(self, sheet: Sheet, row: int) -> int:
        """Return the last row of heads: as far as merged cells reach, and as long as only lower heads stand there."""
        bottom = max((one.bottom for one in _beginning(sheet, row)), default=row)
        bottom = min(bottom, row + _DEEPEST - 1)
        while bottom < row + _DEEPEST - 1 and self._lower(sheet, row, bottom + 1):
            bottom += 1
        return bottom

    def _lower(self, sheet: Sheet, top: int, row: int) -> bool:
        """Tell whether a row holds lower heads alone."""
        filled = [(n, sheet.cell(row, n).text) for n in range(1, sheet.width + 1) if sheet.cell(row, n).text]
        if not filled or any(len(text) > _LONGEST // 2 for _, text in filled):
            return False
        if len(filled) == 1:  # a heading over rows, though it be called like a field; merged heads reach down anyhow
            return False
        words = split_heads()
        first = [sheet.shown(top, n).text for n in range(1, sheet.width + 1)]
        if [fold(text) for _, text in filled] == [fold(text) for text in first if text]:
            return False
        if self._nameless(sheet, top, row, filled) or all(_FOREIGN.match(text) for _, text in filled):
            return True
        above = {n: next(iter(_words(sheet, top, row, n)[:-1]), "") for n, _ in filled}
        bases = {one for one in _shared(above.values()) if self._cites(one)}
        known = sum(
            one in words or one in self._known or fold(above[n]) + one in self._known or fold(text) in self._known
            or above[n] in bases
            for n, text in filled
            for one in (fold(bare(text)),)
        )  # fmt: skip
        return known >= min(len(filled), max(len(filled) - 1, _MOST))

    def _cites(self, word: str) -> bool:
        found = self._known.get(fold(word))
        return bool(found and found.field and found.field.kind is kinds.CITATION)

    def _nameless(self, sheet: Sheet, top: int, row: int, filled: Sequence[tuple[int, str]]) -> bool:
        """Tell whether a row right below the heads has neither name nor number: then it is no item, but heads too."""
        words = [_words(sheet, top, top, index) for index in range(1, sheet.width + 1)]
        found = [*self._targets(words, self._known)]
        named = [one.index for one in found if one.path in {self._form.title_field, NUMBER, ID}]
        title = any(one.path == self._form.title_field for one in found)
        blank = all(not sheet.cell(row, index).text and sheet.merged(row, index).top in {row, top} for index in named)
        below = {index for index, _ in filled}
        grouped = all(not sheet.cell(top, n).text or n + 1 in below for n in below)
        return title and blank and row == top + 1 and len(filled) >= _ENOUGH and grouped

    def _targets(self, words: Sequence[tuple[str, ...]], known: Mapping[str, Column]) -> Iterator[Target]:
        """Yield what each column is; but for citations, a field is given to one column, first to one with its name."""
        found = [self._exact(index, head, known) for index, head in enumerate(words, 1)]
        first = self._first_named(found)
        taken = {*first}
        seen: set[tuple[str, str, str]] = set()
        for one in found:
            if one is None:
                continue
            target = one if one.column or one.skipped else self._near(one, taken)
            key = (target.path, target.rank, target.part)
            if target.column and (key in seen or first.get(key, target.index) != target.index) and not target.gathered:
                target = Target(one.index, one.head)
            elif target.column:
                seen.add(key)
                taken.add(key)
            yield target

    def _first_named(self, found: Sequence[Target | None]) -> Mapping[tuple[str, str, str], int]:
        """Return, for each field that several columns have a name of, the column of the name that stands first.

        The names of a field stand in `words.yaml` from what says it plainly to what may: 实施主体 before 部门名称.
        """
        named = [one for one in reversed(found) if one and one.column]
        named.sort(key=lambda one: self._order.get(fold(one.head), 0), reverse=True)
        return {(one.path, one.rank, one.part): one.index for one in named}

    def _exact(self, index: int, head: tuple[str, ...], known: Mapping[str, Column]) -> Target | None:
        if known is not self._known:
            return self._named(index, head, known)
        if len(self._read) > _KEPT:
            self._read.clear()
        if head not in self._read:
            self._read[head] = self._named(0, head, known)
        found = self._read[head]
        return replace(found, index=index) if found else None

    def _named(self, index: int, head: tuple[str, ...], known: Mapping[str, Column]) -> Target | None:
        title = "·".join(head)
        if not title:
            return None
        if fold(title) in self._unwanted or fold(head[-1]) in self._unwanted:
            return Target(index, title, skipped=True)
        for words in ("".join(head), "".join(map(bare, head))):
            if fold(words) in known:
                return Target(index, title, known[fold(words)])
        upper = self._upper(head, known) if len(head) > 1 else None
        lower = split_heads().get(fold(bare(head[-1])))
        if upper and lower and upper.field and upper.field.kind is kinds.CITATION:
            part, rank = lower
            return Target(index, title, replace(upper, title=head[-1], group=head[0], rank=rank), part=part)
        for word in reversed(head):
            one = known.get(fold(word)) or known.get(fold(bare(word))) or self._asked(word) or numbered(word, known)
            if one:
                return Target(index, title, one)
        return Target(index, title)

    def _asked(self, word: str) -> Column | None:
        """Return the field that a head asks for in plain words, 由谁办; brackets behind it may name another."""
        words = [fold(word)] if _bracketed(word) and not unit(word) else [fold(word), fold(bare(word))]
        asked = [*map(plainly, words)]
        found = (path for pattern, path in questions() if any(map(pattern.fullmatch, asked)))
        path = next((one for one in found if one == NUMBER or self._form.find(one)), "")
        return column(self._form, ColumnDefinition(path)) if path else None

    def _upper(self, head: tuple[str, ...], known: Mapping[str, Column]) -> Column | None:
        for word in reversed(head[:-1]):
            one = known.get(fold(word)) or known.get(fold(bare(word)))
            if one:
                return one
        return None

    def _near(self, one: Target, taken: set[tuple[str, str, str]]) -> Target:
        words = [fold("".join(map(part, one.head.split("·")))) for part in (bare, _bracketed)]
        for pattern, path in near_heads():
            if any(word and len(word) <= _SAYING and pattern.search(word) for word in words):
                field = self._form.find(path) if path else None
                several = field is not None and field.kind in {kinds.CITATION, kinds.STAGE}
                if field is None or ((path, "", "") in taken and not several):
                    return one
                return replace(one, column=column(self._form, ColumnDefinition(path)), near=True)
        return one


def _shared(words: Iterable[str]) -> list[str]:
    """Return the heads that stand over several columns."""
    return [word for word, times in Counter(words).items() if word and times > 1]


def _spread(sheet: Sheet, targets: Sequence[Target], below: range) -> Iterator[Target]:
    """Yield the columns, also those without a head that cite below the head of bases: a merged one that came apart."""
    known = {one.index: one for one in targets}
    for index in range(1, sheet.width + 1):
        one, left = known.get(index), known.get(index - 1)
        field = left.field if left and not left.part else None
        bases = not one and field and field.kind is kinds.CITATION and field.many
        if bases and left and any("《" in sheet.cell(row, index).text for row in below):
            one = known[index] = replace(left, index=index, near=True)
        if one:
            yield one


def _list_names(this: Listing, ours: frozenset[str]) -> dict[str, Column]:
    titles = Counter(one.title for one in this.columns)
    found = {fold(one.group + one.title): one for one in this.columns}
    found |= {fold(one.title): one for one in this.columns if titles[one.title] == 1}
    return {name: one for name, one in found.items() if name not in ours}


def _bracketed(head: str) -> str:
    """Return what a head says in brackets at its end: 谁来办（内设机构）."""
    found = _IN_BRACKETS.search(head)
    return found[1] if found else ""


def _beginning(sheet: Sheet, row: int) -> list[Merge]:
    return [one for index in range(1, sheet.width + 1) if (one := sheet.merged(row, index)).top == row]


def _words(sheet: Sheet, top: int, bottom: int, index: int) -> tuple[str, ...]:
    """Return the texts over a column, from the top.

    A merged cell stands over all the columns that it spans; where nothing is merged, an upper head stands over the
    columns on its right that have a lower head alone.
    """
    texts: dict[str, None] = {}
    for row in range(top, bottom + 1):
        text = sheet.shown(row, index).text
        if not text and row < bottom and sheet.shown(bottom, index).text:
            left = index - 1
            while left > 0 and not sheet.shown(row, left).text and sheet.shown(bottom, left).text:
                left -= 1
            text = sheet.shown(row, left).text if left > 0 and sheet.shown(bottom, left).text else ""
        if text:
            texts["".join(text.split())] = None
    return tuple(texts)
