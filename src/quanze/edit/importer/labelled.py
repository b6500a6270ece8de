"""Items of which each is one cell: lines that begin with labels (事项名称：…), read as the columns of a table.

Each part of such a cell is given a column beyond the sheet's own, so that it is read, compared and accounted for like
any other cell; the sheet knows where it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from quanze.edit.importer.closing import notes_only, signs
from quanze.edit.importer.laid import Context, Laid, LayoutItem
from quanze.edit.importer.layout import is_heading, under
from quanze.edit.importer.sheet import BLANK, Cell
from quanze.edit.importer.target import Head, Target
from quanze.form import kinds
from quanze.register.definition import NUMBER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from quanze.edit.importer.head import Heads
    from quanze.edit.importer.sheet import Place, Sheet

_SEARCHED = 80
"""Rows in which such a cell is looked for."""
_FEWEST = 2
"""Labels that one cell has at least."""
_HALF, _LONGEST = 0.5, 4_000
_LABEL = re.compile(
    r"^[ 　]*(?P<number>[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．][ 　]*)?"
    r"(?:【(?P<framed>[^】\n]{2,12})】[：:]?|(?P<plain>[^：:，。；、《\n]{2,12})[：:])[ 　]*",
    re.MULTILINE,
)
_WITHIN = re.compile(
    r"(?<![ 　])(?P<gap>[ 　]*+(?:[;；][ 　]*+)?)"
    r"(?:【(?P<framed>[^】\n]{2,12})】[：:]?|(?P<plain>[^：:，。；;、《》【】\s]{2,12})[：:])"
)
"""A label within a line, and what stands before it."""
_STRANGE = re.compile("(?!第)[\u4e00-\u9fff]{2,8}")
_SAYS = re.compile(r"[《。；\n]|第.{1,9}条|.{60}")
"""What stands in an item, or in a text that goes on, and in no heading."""
_BEFORE = "标签前面的话"
"""What is written above the first label of a cell."""


def labelled(sheet: Sheet, heads: Heads, title: str) -> tuple[Sheet, Laid] | None:
    """Return a sheet of such cells, taken apart; None for any other sheet."""
    reading = _Reading(heads, title)
    columns = {
        n for row in sheet.rows[:_SEARCHED] for n, one in enumerate(row, 1) if reading.is_item(reading.lined(one.text))
    }
    if not columns:
        return None
    lined = ((row, n, reading.lined(one.text)) for row, n, one in sheet.filled() if n in columns)
    cells = {(row, n): text for row, n, text in lined if "\n" in text}
    items = {place: text for place, text in cells.items() if reading.is_item(text)}
    if len(items) < _HALF * len(cells):
        return None
    reading.learn(items.values())
    laying = _Laying(sheet, heads, {place: reading.parts(text) for place, text in items.items()})
    return laying.sheet, laying.laid


class _Reading:
    """What cuts cells at their labels."""

    def __init__(self, heads: Heads, title: str) -> None:
        self._heads, self._title, self._often = heads, title, frozenset[str]()

    def lined(self, text: str) -> str:
        """Return a text of one line with a line for each label that is known: 【名称】… 【类型】…, 名称:…;类型:…."""
        return text if "\n" in text or len(text) > _LONGEST else _WITHIN.sub(self._lined, text)

    def _lined(self, found: re.Match[str]) -> str:
        label = self._heads.label((_word(found),)) if found.start() and (found["gap"] or found["framed"]) else None
        return f"\n{found[0].removeprefix(found['gap'])}" if label and label.path else found[0]

    def is_item(self, text: str) -> bool:
        """Tell whether a text begins lines with several labels that are known, that of the name among them."""
        if "\n" not in text:
            return False
        known = (self._heads.label((_word(one),)) for one in _LABEL.finditer(text))
        paths = {one.path for one in known if one and one.path}
        return self._title in paths and len(paths) >= _FEWEST

    def learn(self, texts: Collection[str]) -> None:
        """Take for labels also words that no field has, but that stand in half of the cells."""
        times = Counter(
            word for text in texts for word in {_word(one) for one in _LABEL.finditer(text) if not one["number"]}
        )
        self._often = frozenset(word for word, n in times.items() if n >= max(_FEWEST, _HALF * len(texts)))

    def parts(self, text: str) -> Mapping[str, str]:
        """Return what is said behind each label."""
        marks = [*self._marks(text)]
        ends = [*(one.start() for one in marks[1:]), len(text)]
        found = {_BEFORE: text[: marks[0].start()].strip()} if text[: marks[0].start()].strip() else {}
        for one, end in zip(marks, ends, strict=True):
            have = found.get(_word(one), "")
            found[_word(one)] = f"{have}\n{text[one.end() : end]}".strip()
        return found

    def _marks(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the labels of a text; a word that nobody knows is one where no bases or duties go on."""
        running = True
        for one in _LABEL.finditer(text):
            known = self._heads.label((_word(one),))
            strange = not running and not one["number"] and bool(_STRANGE.fullmatch(_word(one)))
            if known or _word(one) in self._often or strange:
                running = known is not None and (known.gathered or known.kind is kinds.PARAGRAPH)
                yield one


class _Laying:
    """What makes a table of such cells."""

    def __init__(self, sheet: Sheet, heads: Heads, items: Mapping[Place, Mapping[str, str]]) -> None:
        self._old, self._heads = sheet, heads
        self._known: dict[str, Target] = {}
        self._items = {place: dict(self._keyed(place, parts)) for place, parts in items.items()}
        keys = dict.fromkeys((column, key) for (_, column), parts in self._items.items() for key in parts)
        self._columns = {key: sheet.width + n for n, key in enumerate(keys, 1)}
        self._beside: dict[int, Target] = {}
        """What the columns beside hold, by a row of heads above."""
        self._headings: tuple[str, ...] = ()
        self._rows = [[*row] for row in sheet.rows]
        self._parts: dict[Place, Place] = {}
        self._struck, self._colours = dict(sheet.struck), dict(sheet.colours)
        self.laid = Laid(titles=[line for line in sheet.lead.split("\n") if line])
        self._lay()
        self.sheet = replace(sheet, rows=self._rows, parts=self._parts, struck=self._struck, colours=self._colours)

    def _keyed(self, place: Place, parts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield the parts by what their labels name, so that 项目名称 is 事项名称; a second one of a cell by itself."""
        seen: set[str] = set()
        for label, text in parts.items():
            found = self._heads.label((label,)) or self._heads.near(Target(0, label))
            key = label if found.path in seen or not found.path else found.path
            seen.add(key)
            self._known.setdefault(key, replace(found, place=place))
            yield key, text

    def _lay(self) -> None:
        shapes: dict[int, Head] = {}
        rows = {row for row, _ in self._items}
        for row in range(1, len(self._rows) + 1):
            filled = [(n, one.text) for n, one in enumerate(self._old.rows[row - 1], 1) if one.text]
            if row not in rows:
                self._outside(row, filled)
                continue
            beside = {n: ((row, n),) for n, _ in filled if n in self._beside}
            number = next((text for n, text in filled if n in beside and self._beside[n].path == NUMBER), "")
            for n, _ in filled:
                if (row, n) in self._items:
                    head = shapes.get(n) or shapes.setdefault(n, Head(row, row, tuple(self._targets(n))))
                    context = Context(self._headings, (*self.laid.titles,))
                    cells = {**beside, **self._spread((row, n))}
                    self.laid.items.append(LayoutItem((row,), cells, context, head, number))
        self.laid.heads += shapes.values()

    def _outside(self, row: int, filled: Sequence[tuple[int, str]]) -> None:
        """Take a row without an item: heads of the columns beside, a heading, a title or a note; leave any other."""
        texts = [text for _, text in filled]
        known = {n: one for n, text in filled if (one := self._heads.label((text,)))}
        note = notes_only(texts) or signs(texts)
        if len(filled) > 1 and known and not self.laid.items:
            self._beside, note = known, False
        elif not note and (len({*texts}) > 1 or any(map(_SAYS.search, texts))):
            return  # no item by its labels, and too much for a heading: told as what no column has
        elif not note and texts and (self.laid.items or is_heading(texts[0])):
            self._headings = under(self._headings, texts[0])
        elif not note:
            self.laid.titles += texts[:1]
        self.laid.notes += texts if note else []
        self.laid.went |= dict.fromkeys([(row, n) for n, _ in filled], "note" if note else "heading")

    def _targets(self, column: int) -> Iterator[Target]:
        """Yield the columns of the items in one; a field is given to the first that names it, bases to all."""
        labels = [(index, self._known[key]) for (of, key), index in self._columns.items() if of == column]
        seen: set[str] = set()
        for index, one in [*self._beside.items(), *labels]:
            again = one.path in seen and not one.gathered
            seen.add(one.path)
            placed = replace(one, index=index)
            yield replace(placed, column=None, near=False) if again else placed

    def _spread(self, place: Place) -> dict[int, tuple[Place, ...]]:
        """Give each part of a cell a place of its own, and return them by column."""
        row, column = place
        line, crossed = self._rows[row - 1], self._struck.pop(place, None)
        old, line[column - 1] = line[column - 1], BLANK
        found: dict[int, tuple[Place, ...]] = {}
        for key, text in self._items[place].items():
            index = self._columns[column, key]
            line.extend([BLANK] * (index - len(line)))
            line[index - 1] = Cell(text, unseen=old.unseen)
            self._parts[row, index] = place
            found[index] = ((row, index),)
            if crossed and (struck := crossed.within(text)):
                self._struck[row, index] = struck
            if place in self._old.colours:
                self._colours[row, index] = self._old.colours[place]
        return found


def _word(mark: re.Match[str]) -> str:
    return "".join((mark["framed"] or mark["plain"]).split())
