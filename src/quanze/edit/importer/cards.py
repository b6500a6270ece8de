"""A form an item read back: labels with their values beside them, and a list turned on its side.

Such a sheet has no row of heads: the labels stand one below the other, in one column or in several. Each item has cells
by its labels, as the item of a table has cells by its columns.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from quanze.edit.importer.closing import notes_only, signs
from quanze.edit.importer.laid import Context, Laid, LayoutItem
from quanze.edit.importer.target import Head, Target
from quanze.edit.importer.words import fold
from quanze.form import kinds
from quanze.register.definition import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.edit.importer.head import Heads
    from quanze.edit.importer.sheet import Place, Sheet

_SEARCHED = 80
"""Rows in which labels are looked for."""
_STACKED = 3
"""Labels that stand one below the other at least."""
_LONGEST = 20
_EXPLAINED = re.compile(r"填表说明|填报说明|填写说明|填写要求|填报要求|是否必填|字段说明|样表说明")
_NUMBERING = re.compile(r"\A[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．]\s*")
_INLINE = re.compile(r"\A(?P<label>[^：:\n]{2,12})[：:]\s*(?P<value>\S.*)\Z", re.DOTALL)


def cards(sheet: Sheet, heads: Heads, title: str) -> tuple[Sheet, Laid] | None:
    """Return a sheet of forms or of a list on its side, taken apart; None for any other sheet."""
    columns = _label_columns(sheet, heads, title)
    if not columns:
        return None
    laying = _Laying(sheet, heads, columns)
    values = laying.value_columns(title) if len(columns) == 1 else ()
    if len(values) > 1:
        laying.turned(values)
    else:
        laying.forms()
    return replace(sheet, rows=laying.rows), laying.laid


def _label_columns(sheet: Sheet, heads: Heads, title: str) -> tuple[int, ...]:
    """Return the columns in which labels stand one below the other; none where the sheet is no form."""
    known: dict[int, set[str]] = {}
    hits, filled = Counter[int](), Counter[int]()
    titled = False
    for row in range(1, min(len(sheet.rows), _SEARCHED) + 1):
        cells = [(n, one.text) for n, one in enumerate(sheet.rows[row - 1], 1) if one.text]
        if any(_EXPLAINED.search(text) for _, text in cells):
            return ()
        labels = {n: one for n, text in cells if len(text) <= _LONGEST and (one := heads.label((text,)))}
        filled.update(n for n, text in cells if len(cells) > 1 and not notes_only([text]))
        for n, one in labels.items():
            beside = sheet.merged(row, n).right + 1
            if beside not in labels and beside <= sheet.width:
                known.setdefault(n, set()).add(one.path or one.head)
                hits[n] += 1
                titled = titled or (one.path == title and bool(sheet.shown(row, beside).text))
    stacked = [n for n, paths in sorted(known.items()) if len(paths) >= _STACKED and 2 * hits[n] >= filled[n]]
    if not stacked or not titled:
        return ()
    return tuple(n for n in sorted(known) if n >= stacked[0] and 2 * hits[n] >= filled[n])


def _signed(cells: Sequence[tuple[int, str]]) -> bool:
    """Tell whether a row is a note or a line of signatures."""
    texts = [text for _, text in cells]
    return notes_only(texts) or signs(texts)


@dataclass
class _Card:
    """One form while it is read: its labels, and the places of what stands beside each."""

    above: tuple[str, ...] = ()
    labels: list[Target] = field(default_factory=list)
    places: list[list[Place]] = field(default_factory=list)

    def add(self, label: Target) -> int:
        """Take a label and return its number, from 0."""
        self.labels.append(replace(label, index=len(self.labels) + 1))
        self.places.append([])
        return len(self.labels) - 1


class _Laying:
    """What takes one sheet of labels apart."""

    def __init__(self, sheet: Sheet, heads: Heads, columns: tuple[int, ...]) -> None:
        self._sheet, self._heads, self._columns = sheet, heads, columns
        self.rows = [[*row] for row in sheet.rows]
        self.laid = Laid(titles=[line for line in sheet.lead.split("\n") if line])
        self._shapes: dict[tuple[str, ...], Head] = {}
        self._open: dict[int, int] = {}
        """By column the number of the label whose values may go on in the rows below."""

    def _cells(self, row: int) -> list[tuple[int, str]]:
        return [(n, one.text) for n, one in enumerate(self.rows[row - 1], 1) if one.text]

    def _label(self, row: int, column: int, *above: str) -> Target | None:
        """Return what the label at a place names; None where none is known."""
        text = self._word(row, column)
        known = self._heads.label((*above, text)) if text and len(text) <= _LONGEST else None
        return replace(known, place=(row, column)) if known else None

    def _word(self, row: int, column: int) -> str:
        return "".join(self._sheet.cell(row, column).text.split()).rstrip("：:")

    # A list on its side

    def value_columns(self, title: str) -> tuple[int, ...]:
        """Return the columns of the items, where the sheet is a list on its side."""
        first = self._columns[0]
        labelled = [row for row in range(1, len(self.rows) + 1) if self._label(row, first)]
        named = [row for row in labelled if (one := self._label(row, first)) and one.path == title]
        if len(named) != 1:
            return ()
        filled = (n for n, _ in self._cells(named[0]) if n > first and self._sheet.merged(named[0], n).right == n)
        many = [n for n in filled if 2 * sum(bool(self._sheet.shown(row, n).text) for row in labelled) >= len(labelled)]
        return tuple(many)

    def turned(self, columns: Sequence[int]) -> None:
        """Take a list on its side: an item a column."""
        first = self._columns[0]
        top = next(row for row in range(1, len(self.rows) + 1) if self._label(row, first))
        items = {column: _Card() for column in columns}
        for row in range(1, len(self.rows) + 1):
            cells = self._cells(row)
            outside = row < top or len({text for _, text in cells}) <= 1 or _signed(cells)
            if outside and cells and not self._label(row, first):
                self._beside(row, cells)
                continue
            merge = self._sheet.merged(row, first)
            if merge.top == row and cells:
                label = self._label(row, first) or self._unknown(row, first)
                self._mark((row, first), "heading")
                for card in items.values():
                    card.add(label)
            for column, card in items.items():
                one = self._sheet.merged(row, column)
                place = (one.top, one.left)
                if card.labels and self._sheet.cell(*place).text and place not in card.places[-1] and one.left > first:
                    card.places[-1].append(place)
        for card in items.values():
            self._close(card)

    # Forms

    def forms(self) -> None:
        """Take forms: labels with their values on the right, one form below the other."""
        card, start = _Card(), ""
        for row in range(1, len(self.rows) + 1):
            cells = self._cells(row)
            labelled = [n for n, _ in cells if n in self._columns and self._label(row, n)]
            if not cells:
                self._open = {}
            elif labelled:
                key = f"{labelled[0]} {fold(self._sheet.cell(row, labelled[0]).text)}"
                if key == start and card.labels:
                    self._close(card)
                    card = _Card()
                start = start or key
                if not card.labels:
                    card.above, self._above = self._above, ()
                self._row(card, row, cells)
            elif card.labels and self._goes_on(cells):
                self._row(card, row, cells)
            else:
                self._beside(row, cells)
        self._close(card)

    _above: tuple[str, ...] = ()
    """What stands above the form that comes next."""

    def _goes_on(self, cells: Sequence[tuple[int, str]]) -> bool:
        """Tell whether a row without a known label is one of the form: of the label above, or of one of its own."""
        if _signed(cells):
            return False
        if cells[0][0] > self._columns[0]:
            return bool(self._open)
        return len(cells) > 1 and len(cells[0][1]) <= _LONGEST

    def _beside(self, row: int, cells: Sequence[tuple[int, str]]) -> None:
        """Keep a row that is none of a form's: a title, a signature."""
        note = _signed(cells)
        for column, _ in cells:
            self._mark((row, column), "note" if note else "heading")
        texts = [text for _, text in cells]
        if not self.laid.items and not self._above:
            self.laid.titles += texts
        self._above = (*self._above, *texts)[-_STACKED:]
        self.laid.notes += texts
        self._open = {}

    def _row(self, card: _Card, row: int, cells: Sequence[tuple[int, str]]) -> None:
        """Take the labels of a row and what stands beside them."""
        merged = self._sheet.merged
        open_ = {n: label for n, label in self._open.items() if merged(row, n).top < row or cells[0][0] > n}
        here: dict[int, int] = {}
        for column, text in cells:
            known = {**open_, **here}
            left = max((n for n in known if n < column), default=0)
            bare = left > 0 and not any(place[0] == row for place in card.places[known[left]])
            label = self._below(card.labels[known[left]], row, column) if bare else None
            if not label and column in self._columns:
                label = self._label(row, column) or (None if bare or left in open_ else self._unknown(row, column))
            if label:
                self._mark((row, column), "heading")
                here[column] = card.add(label)
            elif left:
                card.places[known[left]].append((row, column))
            else:
                self._inline(card, row, column, text)
        self._open = {**open_, **here}

    def _below(self, group: Target, row: int, column: int) -> Target | None:
        """Return the lower label of a group that is merged over several rows; None for a value."""
        merge = self._sheet.merged(*group.place) if group.place else None
        if not merge or merge.bottom == merge.top or column >= self._sheet.width:
            return None
        known = self._label(row, column, group.head)
        return known if known and (known.rank or self._label(row, column)) else None

    def _unknown(self, row: int, column: int) -> Target:
        return self._heads.near(Target(0, self._word(row, column), place=(row, column)))

    def _inline(self, card: _Card, row: int, column: int, text: str) -> None:
        """Take a cell that holds its label and its value: 事项编码：123."""
        found = _INLINE.match(text)
        label = self._heads.label((found["label"],)) if found else None
        if not found or not label:
            self._mark((row, column), "note")
            return
        one = self.rows[row - 1][column - 1]
        self.rows[row - 1][column - 1] = one._replace(text=found["value"])
        card.places[card.add(replace(label, place=(row, column)))].append((row, column))

    # Both

    def _mark(self, place: Place, where: str) -> None:
        self.laid.went[place] = where

    def _close(self, card: _Card) -> None:
        """Make an item of a form that says something."""
        if not any(card.places):
            return
        targets = tuple(self._distinct(card))
        shape = tuple(f"{one.head}\t{one.path}\t{one.rank}" for one in targets)
        rows = sorted({place[0] for places in card.places for place in places})
        head = self._shapes.setdefault(shape, Head(rows[0], rows[0], targets))
        if head.targets is targets:
            self.laid.heads.append(head)
        for one, places in zip(targets, card.places, strict=True):
            if one.kind is kinds.STAGE:
                self._stages(places)
        cells = {one.index: tuple(places) for one, places in zip(targets, card.places, strict=True) if places}
        number = self._said(card, NUMBER)
        self.laid.items.append(LayoutItem(tuple(rows), cells, Context(card.above, (*self.laid.titles,)), head, number))

    def _said(self, card: _Card, path: str) -> str:
        pairs = zip(card.labels, card.places, strict=True)
        return next((self._sheet.cell(*places[0]).text for one, places in pairs if one.path == path and places), "")

    def _distinct(self, card: _Card) -> Iterator[Target]:
        """Yield the labels; a field is given to the first that names it, bases and duties to all."""
        seen: set[str] = set()
        for one, places in zip(card.labels, card.places, strict=True):
            settled = self._heads.settled(one, [self._sheet.cell(*place).text for place in places])
            if settled.path in seen and not settled.gathered:
                settled = replace(settled, column=None, near=False)
            seen.add(settled.path)
            yield settled

    def _stages(self, places: list[Place]) -> None:
        """Join the name of a stage with what is to be done, where they stand side by side."""
        by_row: dict[int, list[int]] = {}
        for row, column in places:
            by_row.setdefault(row, []).append(column)
        if not all(len(columns) == 2 for columns in by_row.values()):  # noqa: PLR2004 — a pair
            return
        for number, (row, (name, duty)) in enumerate(by_row.items(), 1):
            line = self.rows[row - 1]
            stage = _NUMBERING.sub("", line[name - 1].text).removesuffix("责任")
            line[duty - 1] = line[duty - 1]._replace(text=f"{number}.{stage}责任：{line[duty - 1].text}")
            self._mark((row, name), "heading")
            places.remove((row, name))
