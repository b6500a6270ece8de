"""Where a sheet's heads are and which field each column is: by list titles, field names, a map, or nearly so."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quanze.form import kinds
from quanze.register.listing import ID, NUMBER, Column, Listing, column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.edit.importer.sheet import Sheet
    from quanze.form import Field, Form

_LOOKED_AT = 15
"""The heads stand in the first rows of a sheet, below its title, number and notice."""
_LONGEST = 40
_ALIKE = 0.8
_ENOUGH = 2
_NAME = "名称"
"""What the head of the column of titles ends in, whatever the province calls it."""


@dataclass(frozen=True, slots=True)
class Target:
    """One column of the sheet and what it is."""

    index: int
    """Counted from 1."""
    head: str
    """As the sheet has it; both rows of two."""
    column: Column | None
    """None for a column that no field has the name of."""
    near: bool = False
    """Whether the name is only similar."""
    skipped: bool = False
    """Whether the map says that the column is not wanted."""

    @property
    def path(self) -> str:
        """The field; empty where there is none."""
        return self.column.path if self.column else ""


@dataclass(frozen=True, slots=True)
class Head:
    """The heads of a sheet."""

    top: int
    bottom: int
    """The last row of the heads; the rows below are data."""
    targets: tuple[Target, ...]
    listing: Listing | None
    """The list whose titles the heads are, if they are one's."""

    @property
    def fields(self) -> tuple[Target, ...]:
        """The columns that are fields of the form."""
        return tuple(one for one in self.targets if one.column and one.column.field)

    def of(self, path: str) -> Target | None:
        """Return the first column of a field, or None."""
        return next((one for one in self.targets if one.path == path), None)


def find(
    sheet: Sheet, form: Form, listings: Sequence[Listing], renamed: Mapping[str, str | None], ranks: Sequence[str]
) -> Head | None:
    """Return the heads under which the most columns are known; the earlier rows and lists win a tie.

    `renamed` is head → dotted field, or None for a column that is not wanted. Below the head of a field of citations,
    one of the `ranks` is the column of those of that rank.
    """
    best: tuple[float, Head | None] = (0, None)
    for this in (*listings, None):
        known = _names(form, this, renamed)
        for top, bottom in _candidates(sheet):
            heads = [(index, _head(sheet, top, bottom, index)) for index in range(1, sheet.width + 1)]
            exact = {index: _exact(head, known, ranks) for index, head in heads}
            targets = tuple(_targets(heads, exact, known, {fold(title) for title, path in renamed.items() if not path}))
            head = Head(top, bottom, targets, this)
            score = _score(head)
            if score > best[0]:
                best = score, head
    found = best[1]
    return found if found and sum(bool(one.column) for one in found.targets) >= _ENOUGH else None


def fold(text: str) -> str:
    """Return a head as it is compared: half-width, without white space and punctuation."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def _names(form: Form, this: Listing | None, renamed: Mapping[str, str | None]) -> dict[str, Column]:
    """Return the columns by folded name: first come the map's, then the list's, then the form's own."""
    known: dict[str, Column] = {}
    for title, path in renamed.items():
        if path:
            known.setdefault(fold(title), column(form, {"字段": path}))
    for one in this.columns if this else ():
        known.setdefault(fold(one.group + one.title), one)
    titles = Counter(one.title for one in this.columns) if this else Counter()
    for one in this.columns if this else ():
        if titles[one.title] == 1:
            known.setdefault(fold(one.title), one)
    paths = [*_paths(form.fields)]
    last = Counter(path.rpartition(".")[2] for path in paths)
    for path in (NUMBER, ID, *paths):
        known.setdefault(fold(path), column(form, {"字段": path}))
    for path in paths:
        if last[path.rpartition(".")[2]] == 1:
            known.setdefault(fold(path.rpartition(".")[2]), column(form, {"字段": path}))
    return known


def _paths(fields: Mapping[str, Field], above: str = "") -> Iterator[str]:
    """Yield the dotted path of every field that a column can hold."""
    for name, field in fields.items():
        yield above + name
        if not field.many:
            yield from _paths(field.fields, f"{above}{name}.")


def _candidates(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Yield (first, last) row of what may be the heads: two rows where cells are merged downwards, or may be two."""
    for row in range(1, min(_LOOKED_AT, len(sheet.rows)) + 1):
        merges = [one for one in sheet.merges if one.top == row]
        bottom = max((one.bottom for one in merges), default=row)
        if bottom <= row + 1:
            yield row, bottom
        if bottom == row and merges:
            yield row, row + 1


def _targets(
    heads: Sequence[tuple[int, tuple[str, ...]]],
    exact: Mapping[int, Column | None],
    known: Mapping[str, Column],
    unwanted: set[str],
) -> Iterator[Target]:
    """Yield what each column is; a field is given to one column, first to one with its very name."""
    taken = {(one.path, one.rank) for one in exact.values() if one}
    named = [index for index, head in heads if head and not exact[index] and head[-1].endswith(_NAME)]
    seen: set[tuple[str, str]] = set()
    for index, head in heads:
        title = "·".join(head)
        if not title:
            continue
        found, near = exact[index], False
        if not found and len(title) <= _LONGEST:
            found, near = _near(head[-1], known, taken, titled=named == [index]), True
        key = (found.path, found.rank) if found else ("", "")
        if fold(title) in unwanted or fold(head[-1]) in unwanted:
            yield Target(index, title, None, skipped=True)
        elif found and key not in seen:
            seen.add(key)
            taken.add(key)
            yield Target(index, title, found, near)
        else:
            yield Target(index, title, None)


def _head(sheet: Sheet, top: int, bottom: int, index: int) -> tuple[str, ...]:
    """Return the texts over a column, from the top; a merged cell stands over all the columns that it spans."""
    texts: dict[str, None] = {}
    for row in range(top, bottom + 1):
        merge = sheet.merged(row, index)
        text = sheet.cell(merge.top, merge.left).text.replace("\n", "")
        if text and merge.top >= top:
            texts[text] = None
    return tuple(texts)


def _exact(head: tuple[str, ...], known: Mapping[str, Column], ranks: Sequence[str]) -> Column | None:
    for name in ("".join(head), *reversed(head)):
        one = known.get(fold(name))
        if one and head[-1] in ranks and len(head) > 1 and one.field and one.field.kind is kinds.CITATION:
            return replace(one, title=head[-1], group=head[0], rank=head[-1])
        if one:
            return one
    return None


def _near(title: str, known: Mapping[str, Column], taken: set[tuple[str, str]], *, titled: bool) -> Column | None:
    """Return the column with a similar name that no other head has; one whose name the title contains first.

    `titled` says that this is the only head without a field that ends in 名称: it may be the column of titles.
    """
    free = {name: one for name, one in known.items() if (one.path, one.rank) not in taken and one.field}
    bare = fold(title)
    within = [name for name in free if len(name) > 1 and name in bare]
    names = [max(within, key=len)] if within else difflib.get_close_matches(bare, free, 1, _ALIKE)
    titles = [one for one in free.values() if titled and one.field and one.field.kind is kinds.TITLE]
    return free[names[0]] if names else titles[0] if titles else None


def _score(head: Head) -> float:
    """Return how well the heads are known: columns known, then how many of the list's own columns are there."""
    known = sum(0.5 if one.near else 1 for one in head.targets if one.column)
    here = {(one.column.path, one.column.rank) for one in head.targets if one.column}
    own = head.listing.columns if head.listing else ()
    share = sum((one.path, one.rank) in here for one in own) / len(own) if own else 0
    return known + share / 10
