"""What the rows of a sheet are: titles, heads, headings, notes, and the rows of which each item is made."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from quanze.edit.importer.closing import NOTE, closes, notes_only, page_line, signs
from quanze.edit.importer.footnotes import is_footnote, marks
from quanze.edit.importer.heading import bare
from quanze.edit.importer.laid import Context, Laid, LayoutItem
from quanze.edit.importer.signals import is_legend
from quanze.edit.importer.target import Head
from quanze.edit.importer.whose import is_body
from quanze.edit.importer.words import fold, plain, says_nothing, synonyms
from quanze.law.numerals import number
from quanze.register.catalog import SUBITEM
from quanze.register.definition import ID, NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quanze.edit.importer.head import Heads
    from quanze.edit.importer.sheet import Place, Sheet
    from quanze.edit.importer.target import Target

_LONGEST, _FEW, _SAYING = 60, 3, 6
_SUM = re.compile(r"\A(?:[合总小共]\s*计|总数)|.{0,12}[合总小共]\s*计(?:[：:]|\s*(?:共\s*)?[0-9]+\s*[项条个]?)?\Z")
_HEADING = re.compile(
    r"\A(?:第[一二三四五六七八九十百0-9]+[部分章节类编][、.．\s]?|[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．\s]|[（(][0-9]{1,3}[）)]|[0-9]{1,2}[、.．]\s*\D)"
)
_COUNT = re.compile(r"[（(]\s*(?:共\s*)?[0-9]+\s*[项条个类件大]?[^）)]{0,4}[）)]|共\s*[0-9]+\s*[项条个]|[0-9]+\s*项\Z")
_SUB_NUMBER = re.compile(r"\A[0-9]{1,4}\s*[.．\-—－]\s*[0-9]{1,3}\Z|\A[（(][0-9一二三四五六七八九十]{1,3}[）)]\Z")
_SUB_NAME = re.compile(r"\A(?:[（(][0-9一二三四五六七八九十]{1,3}[）)]|[①-⑳]|[0-9]{1,2}[.．、）)])\s*\D")
_PLAIN_NUMBER = re.compile(r"\A[0-9]{1,6}(?:\.0)?\Z")


_STYLES = tuple(
    re.compile(rf"\A{one}")
    for one in (
        "第[一二三四五六七八九十百0-9]+[部分章节类编]",
        "附?[表件][一二三四五六七八九十0-9]{1,3}[：:、.．\\s]",
        "[一二三四五六七八九十]{1,3}[、.．]",
        "[（(][一二三四五六七八九十]{1,3}[）)]",
        "[0-9]{1,2}[、.．]",
        "[（(][0-9]{1,3}[）)]",
    )
)
"""How headings of one level are numbered."""


def under(headings: Sequence[str], heading: str) -> tuple[str, ...]:
    """Return a heading behind those that stand over it: 三、… ends what 二、… began.

    Where the numbers begin anew, （二）公安分局 and （一）行政处罚, one stands over the other; a body's name ends both.
    """
    style = next((one for one in _STYLES if one.match(heading)), None)
    alike = [n for n, one in enumerate(headings) if style and style.match(one)]
    body = is_body(bare(heading))
    if style and alike and alike[-1] == len(headings) - 1 and headings[-1] != heading and not body:
        last, this = (_number(style, one) for one in (headings[-1], heading))
        if this <= last:
            return (*headings[-3:], heading)
    end = alike[0 if body else -1] if alike else len(headings)
    return (*headings[:end][-3:], heading)


def _number(style: re.Pattern[str], heading: str) -> int:
    found = style.match(heading)
    return number(re.sub("[^0-9一二三四五六七八九十百]", "", found[0])) or 0 if found else 0


def is_heading(text: str) -> bool:
    """Tell whether a text has the number, or says how many items, of a heading."""
    return bool(_HEADING.match(text) or _COUNT.search(text))


def _says(text: str) -> bool:
    """Tell whether a cell says something, as one of an item does, and does not count."""
    return len(text) >= _SAYING and not text.isdecimal()


def lay(sheet: Sheet, heads: Heads, title: str, before: Head | None, left_out: frozenset[int]) -> Laid:
    """Take a sheet apart; `before` are the heads of a table that this one may go on, `left_out` rows nobody wants."""
    return _Laying(sheet, heads, title, before, left_out).laid


class _Laying:
    def __init__(self, sheet: Sheet, heads: Heads, title: str, before: Head | None, left_out: frozenset[int]) -> None:
        self._sheet, self._heads, self._title, self._left_out = sheet, heads, title, left_out
        self.laid = Laid(titles=[line for line in sheet.lead.split("\n") if line])
        self._head: Head | None = None
        self._headings: tuple[str, ...] = ()
        self._number = 0
        self._main = 0
        self._signed = 0
        self._marks = marks(sheet)
        self._above: list[tuple[int, list[str]]] = []
        self._titles = {*map(fold, self.laid.titles)}
        row = 1
        if (
            before
            and self._numbered(before)
            and not any(heads.at(sheet, n) for n in range(1, min(len(sheet.rows), 6) + 1))
        ):
            self._head = before
        while row <= len(sheet.rows):
            row = self._next(row)

    def _numbered(self, before: Head) -> bool:
        """Tell whether a table goes on with numbered items where the one before had numbers: a page's foot does not."""
        number = before.of(NUMBER)
        rows = range(1, len(self._sheet.rows) + 1)
        return not number or any(_has_number(self._sheet, row, before) for row in rows)

    def _next(self, row: int) -> int:
        """Take the rows that begin here and return the next one."""
        filled = [(n, one.text) for n, one in enumerate(self._sheet.rows[row - 1], 1) if one.text]
        if not filled or row in self._left_out:
            return row + 1
        head = self._known_head(row) or self._new_head(row, filled)
        if head:
            for place in ((r, c) for r in range(row, head.bottom + 1) for c in range(1, self._sheet.width + 1)):
                self._mark(place, "heading")
            return head.bottom + 1
        if self._head is None:
            self._plain(row, filled)
            return row + 1
        if self._page_head(filled):
            self._keep(row, filled, "heading")
        elif self._is_note(row, filled):
            self._signed = row
            self._keep(row, filled, "note")
            self.laid.notes += [text for _, text in filled]
        elif heading := self._heading(row, filled):
            self._keep(row, filled, "heading")
            self.laid.headings.append((row, heading))
            self._headings = under(self._headings, heading)
        else:
            return self._item(row)
        return row + 1

    def _page_head(self, filled: Sequence[tuple[int, str]]) -> bool:
        """Tell whether a row has what stands above the heads again, as each page of a print has it."""
        return bool(self._titles) and all(fold(text) in self._titles for _, text in filled)

    def _plain(self, row: int, filled: Sequence[tuple[int, str]]) -> None:
        """Keep a row above the heads: a title that may say whose list this is and of what."""
        self._keep(row, filled, "note" if any(NOTE.search(text) for _, text in filled) else "heading")
        texts = [text for _, text in filled]
        self.laid.titles += texts
        self._titles.update(map(fold, texts))
        self._above.append((row, texts))

    def _unread(self) -> None:
        """Keep no rows of a table above the heads for titles: its own heads were not known, which is to be told."""
        rows = {row for row, texts in self._above if len(texts) >= _FEW and sum(map(_says, texts)) > 1}
        if len(rows) < _FEW:
            return
        lead = len(self.laid.titles) - sum(len(texts) for _, texts in self._above)
        self.laid.unread = sorted(rows)
        self.laid.titles[lead:] = [text for row, texts in self._above if row not in rows for text in texts]
        self.laid.went = {place: where for place, where in self.laid.went.items() if place[0] not in rows}

    def _keep(self, row: int, filled: Sequence[tuple[int, str]], where: str) -> None:
        for column, _ in filled:
            self._mark((row, column), where)

    def _mark(self, place: Place, where: str) -> None:
        if self._sheet.cell(*place).text:
            self.laid.went[place] = where

    def _known_head(self, row: int) -> Head | None:
        """Return heads that come again, as on each page of a print."""
        if not self._head or self._head not in self.laid.heads:
            return None
        first, here = ([one for one in self._sheet.rows[n - 1] if one.text] for n in (self._head.top, row))
        if len(here) != len(first) or any(fold(a.text) != fold(b.text) for a, b in zip(first, here, strict=True)):
            return None
        shift = row - self._head.top
        height = self._head.bottom - self._head.top
        for n in range(1, height + 1):
            have = [fold(one.text) for one in self._sheet.rows[row + n - 1]] if row + n <= len(self._sheet.rows) else []
            if have != [fold(one.text) for one in self._sheet.rows[self._head.top + n - 1]]:
                height = n - 1
                break
        return Head(row, self._head.top + shift + height, ())

    def _new_head(self, row: int, filled: Sequence[tuple[int, str]]) -> Head | None:
        if self._head and (len(filled) < len(self._head.targets) / 2 or self._is_item(row, self._head)):
            return None
        head = self._heads.at(self._sheet, row)
        if not head or (self._head and not head.of(self._title) and len(head.fields) < len(self._head.fields) / 2):
            return None
        if self._head is None and self._title and not any(map(head.of, (self._title, ID, *_PARTS))):
            return None  # how many there are of each type is no list of items
        if self._head is None:
            self._unread()
        self._head = head
        self.laid.heads.append(head)
        self._number = 0
        return head

    def _is_item(self, row: int, head: Head) -> bool:
        """Tell whether a row has the number of an item, or below a head of few words one of them beside a name."""
        if _has_number(self._sheet, row, head):
            return True
        name = head.of(self._title)
        told = self._sheet.cell(row, name.index).text if name else ""
        if not told or self._heads.label((told,)):
            return False
        choosing = [(one.index, one.field) for one in head.fields if one.field and one.field.choices]
        return any(
            plain(text) in synonyms(field.kind.name) or text in field.choices
            for index, field in choosing
            if (text := self._sheet.cell(row, index).text)
        )

    def _is_note(self, row: int, filled: Sequence[tuple[int, str]]) -> bool:
        """Tell whether a row is a note, a signature, a sum, the numbers of columns or what stands on each page."""
        texts = [text for _, text in filled]
        if self._closing(row, filled) or all(map(page_line, texts)):
            return True
        if len(filled) == 1 and filled[0][0] > _FEW and not self._apart(row, filled[0]):
            return False
        if notes_only(texts):
            return True
        if len(filled) == 1 and (is_footnote(texts[0], self._marks) or is_legend(self._sheet, row, filled[0][0])):
            return True
        if len(filled) == 1 and self._second(row, filled[0][0]):
            return True
        if _SUM.search(texts[0]) and len(texts) <= max(_FEW, len(self._sheet.rows[row - 1]) // 2):
            return True
        if len(texts) > _FEW and _counting(texts):
            return True
        return len(filled) == 1 and self._apart(row, filled[0]) and len(texts[0]) > _LONGEST

    def _closing(self, row: int, filled: Sequence[tuple[int, str]]) -> bool:
        """Tell whether a row is a line of signatures, or what is left of one below it or at the end of the sheet."""
        if self._head and _has_number(self._sheet, row, self._head):
            return False
        texts = [text for _, text in filled]
        if (len(filled) > 1 or filled[0][0] <= _FEW) and signs(texts):
            return True
        return all(map(closes, texts)) and (self._signed == row - 1 or row > self._last)

    @cached_property
    def _last(self) -> int:
        """The last row that holds more than what may be left of signatures."""
        rows = self._sheet.rows
        said = (n for n in range(len(rows), 0, -1) if not all(closes(one.text) for one in rows[n - 1] if one.text))
        return next(said, 0)

    def _second(self, row: int, column: int) -> bool:
        """Tell whether a row's only text stands where the item above has its one word of a few: it is no more of it."""
        target = next((one for one in self._targets if one.index == column), None)
        field = target.field if target else None
        last = self.laid.items[-1].cells if self.laid.items else {}
        free = self._sheet.merged(row, column).top == row
        return bool(free and field and field.choices and not field.many and last.get(column))

    def _heading(self, row: int, filled: Sequence[tuple[int, str]]) -> str:
        """Return the heading that a row is: one text that stands alone; else an empty text."""
        if len({text for _, text in filled}) != 1:
            return ""
        column, text = filled[0]
        if says_nothing(text) or len(text) > _LONGEST or _PLAIN_NUMBER.match(text):
            return ""
        if self._apart(row, filled[0]):
            return text
        target = next((one for one in self._targets if one.index == column), None)
        numbered = target is not None and target.path == NUMBER
        if (numbered or target is None or not target.column) and not _SUB_NUMBER.match(text):
            return text
        below = self._sheet.merged(row, column)
        if below.bottom == below.top and is_heading(text) and column <= 3 and not self._part_like(row):  # noqa: PLR2004
            return text
        return ""

    def _apart(self, row: int, one: tuple[int, str]) -> bool:
        """Tell whether a text stands across columns."""
        merge = self._sheet.merged(row, one[0])
        return merge.right > merge.left and merge.top == row

    def _part_like(self, row: int) -> bool:
        """Tell whether the row below says nothing of its own either: then this one is no heading, but a part."""
        return any(
            self._sheet.shown(row, one.index).text and self._sheet.merged(row, one.index).top < row
            for one in self._targets
        )

    @property
    def _targets(self) -> tuple[Target, ...]:
        return self._head.targets if self._head else ()

    def _item(self, row: int) -> int:
        """Take the rows of an item: as far as its name is merged, or each by itself."""
        head = self._head
        assert head  # noqa: S101 — asked before
        title, number = head.of(self._title), head.of(NUMBER)
        last = self._sheet.merged(row, title.index).bottom if title else row
        rows = [n for n in range(row, max(last, row) + 1) if n not in self._left_out and self._any(n)]
        groups = self._groups(head, rows or [row])
        if not self._goes_on(head, row, title, number):
            for group in groups:
                self._add(head, group)
        else:
            self._join(head, rows or [row])
        return max(last, row) + 1

    def _any(self, row: int) -> bool:
        return any(one.text for one in self._sheet.rows[row - 1]) if row <= len(self._sheet.rows) else False

    def _groups(self, head: Head, rows: Sequence[int]) -> list[tuple[int, ...]]:
        """Cut the rows below one name: each part by itself, where they have names of parts; else all one."""
        parts = [one for one in head.targets if one.path in _PARTS]
        if len(rows) == 1 or not parts:
            return [tuple(rows)]
        groups: list[list[int]] = []
        for row in rows:
            new = any(
                self._sheet.cell(row, one.index).text and not says_nothing(self._sheet.cell(row, one.index).text)
                for one in parts
            )
            if groups and not new:
                groups[-1].append(row)
            else:
                groups.append([row])
        return [tuple(one) for one in groups]

    def _goes_on(self, head: Head, row: int, title: Target | None, number: Target | None) -> bool:
        """Tell whether a row goes on with the item above: it has neither a name nor a number, nor a part's name."""
        if not self.laid.items or self.laid.items[-1].head is not head or title is None:
            return False
        if self._sheet.shown(row, title.index).text or any(
            self._sheet.shown(row, one.index).text for one in head.targets if one.path in _PARTS
        ):
            return False
        return not (number and self._sheet.shown(row, number.index).text)

    def _join(self, head: Head, rows: Sequence[int]) -> None:
        last = self.laid.items[-1]
        cells = {one: [*places] for one, places in last.cells.items()}
        for column, places in self._cells(head, rows).items():
            have = cells.setdefault(column, [])
            have += [place for place in places if place not in have]
        whole = {column: tuple(places) for column, places in cells.items()}
        self.laid.items[-1] = LayoutItem(
            (*last.rows, *rows), whole, last.context, head, last.number, last.above, last.named_above
        )

    def _add(self, head: Head, rows: tuple[int, ...]) -> None:
        row = rows[0]
        number, title = head.of(NUMBER), head.of(self._title)
        told = self._sheet.shown(row, number.index).text if number else ""
        name = self._sheet.shown(row, title.index).text if title else ""
        own_number = bool(number and self._sheet.cell(row, number.index).text)
        named_above = bool(name) and self._main > 0 and (
            bool(_SUB_NUMBER.match(told)) or (bool(number) and not told and bool(_SUB_NAME.match(name)))
        )  # fmt: skip
        shares = not name or (number and not own_number)
        above = self._main if named_above or (shares and self._main and self._part(head, row)) else 0
        if _PLAIN_NUMBER.match(told) and own_number:
            value = int(float(told))
            if self._number and value not in {self._number + 1, 1}:
                self.laid.jumps.append(row)
            self._number = value
        if not above:
            self._main = row if name or not title else 0  # nobody is a part of what has no name
        context = Context(self._headings, (*self.laid.titles,))
        self.laid.items.append(LayoutItem(rows, self._cells(head, rows), context, head, told, above, named_above))

    def _part(self, head: Head, row: int) -> bool:
        return any(self._sheet.cell(row, one.index).text for one in head.targets if one.path in _PARTS)

    def _cells(self, head: Head, rows: Sequence[int]) -> dict[int, tuple[Place, ...]]:
        """Return by column the cells that say something of some rows, a merged one by its first cell."""
        found: dict[int, tuple[Place, ...]] = {}
        for target in head.targets:
            places: dict[Place, None] = {}
            for row in rows:
                place = self._sheet.first(row, target.index)
                if self._sheet.cell(*place).text:
                    places[place] = None
            if places:
                found[target.index] = tuple(places)
        return found


_PARTS = frozenset({SUBITEM})
"""The fields that name a part of an item."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ甲乙丙丁戊己庚辛壬癸"


def _counting(texts: Sequence[str]) -> bool:
    """Tell whether texts are the numbers of columns, or each another letter, as in official forms: 甲, 乙, 丙."""
    signs = (re.sub(r"[（()）\s]", "", text) for text in texts)
    first = next(signs)
    if first == "1":
        return all(sign == str(n) for n, sign in enumerate(signs, 2))
    if len(first) != 1 or first not in _LETTERS:
        return False
    letters = [first, *signs]
    return len({*letters}) == len(letters) and all(len(one) == 1 and one in _LETTERS for one in letters)


def _has_number(sheet: Sheet, row: int, head: Head) -> bool:
    """Tell whether a row has the number of an item: then it is no head."""
    number = head.of(NUMBER)
    return bool(number and sheet.cell(row, number.index).text.isdecimal())
