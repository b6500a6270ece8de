"""Two lists side by side (对照): ours and a superior's, or two editions; every difference, and what was decided of it.

A superior's directory is coarser and words things otherwise: its row may stand for several of our items. So rows are
brought together by code, by name, then by likeness where they rest on the same article; what is left over is lacking
here (缺少) or more than there (多出). A basis differs where the other row rests on an article that ours does not name:
ours may name more.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from quanze.base.value import elements, texts
from quanze.form import kinds
from quanze.law.citation import Citation, citations
from quanze.law.codes import AssignedCode
from quanze.law.places import numbers
from quanze.register.catalog import ITEMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Value
    from quanze.form import Form
    from quanze.register.catalog import Catalog
    from quanze.register.definition import Decision
    from quanze.register.table import Listing

Kind = Literal["缺少", "多出", "合并", "名称", "类型", "依据"]
_MARKS = re.compile(r"[\W_]+")
_ALIKE, _NEARLY = 0.6, 0.85
"""From this likeness on two names mean the same: with a common article, and without."""
_ALONE: Final = frozenset({"缺少", "多出"})
_NEAR = 8
"""More rows than that on one article are no hint."""


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One row of a list, as far as it is compared."""

    title: str
    type: str
    bases: frozenset[tuple[str, int]]
    """(instrument, article)."""
    cited: tuple[str, ...]
    """The same in words."""
    codes: frozenset[str]
    ids: tuple[str, ...]
    """The ids of its records; none for a row of a file."""
    stands_for: tuple[str, ...] = ()
    """The ids of the items that a row of a superior's directory says it stands for."""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One difference between our rows and one of theirs."""

    kind: Kind
    ours: tuple[ListedRow, ...]
    theirs: ListedRow | None
    old: str
    """What ours says."""
    new: str
    """What theirs says."""
    decision: Decision | None = None
    near: tuple[ListedRow, ...] = ()
    """Of what has no counterpart: those without one on the other side that rest on the same article."""

    @property
    def row(self) -> ListedRow:
        """The row above, or ours where there is none."""
        return self.theirs or self.ours[0]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of our records that it touches."""
        return tuple(id_ for one in self.ours for id_ in one.ids)

    @property
    def title(self) -> str:
        """The name of the row above, or of ours where there is none."""
        return self.row.title


def of_listing(listing: Listing, catalog: Catalog) -> tuple[ListedRow, ...]:
    """Return the rows of a list; where it words a name otherwise, that name."""
    title = listing.form.title_field
    found = []
    for row in listing.entries:
        parts = [entry(record.data, listing.form, catalog, (record.id,)) for record in row.records]
        found.append(
            ListedRow(
                title=row.rewritten.get(title, "；".join(part.title for part in parts)),
                type=parts[0].type,
                bases=frozenset().union(*(part.bases for part in parts)),
                cited=tuple(dict.fromkeys(text for part in parts for text in part.cited)),
                codes=frozenset().union(*(part.codes for part in parts)),
                ids=tuple(record.id for record in row.records),
                stands_for=tuple(id_ for part in parts for id_ in part.stands_for),
            )
        )
    return tuple(found)


def entry(data: Mapping[str, Value], form: Form, catalog: Catalog, ids: tuple[str, ...] = ()) -> ListedRow:
    """Return a document of a form as one row."""
    basis = citations(data.get(form.bases.name)) if form.bases else ()
    codes = elements(data.get(form.role(kinds.CODE)))
    return ListedRow(
        title=str(data.get(form.title_field, "")),
        type=str(data.get(form.role(kinds.POWERTYPE), "")),
        bases=frozenset((_law(catalog, one), article) for one in basis for article in numbers(one.article) or (0,)),
        cited=tuple(map(str, basis)),
        codes=frozenset(AssignedCode.of(code).code for code in codes),
        ids=ids,
        stands_for=texts(data.get(answering(form))),
    )


def answering(form: Form) -> str:
    """Return the field of a form by which a row of a superior's directory says which items it stands for."""
    links = (field.name for field in form.fields.values() if field.collection == ITEMS and field.many)
    return next(links, "") if form.collection != ITEMS else ""


def _fold(text: str) -> str:
    """Return a name without what does not make it another: widths, spaces, marks."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _law(catalog: Catalog, citation: Citation) -> str:
    name = citation.law or citation.number or citation.unread
    named = catalog.named(name)
    return named[0].id if len(named) == 1 else name


def reconcile(
    ours: Iterable[ListedRow], theirs: Iterable[ListedRow], decisions: Sequence[Decision] = (), *, whole: bool = False
) -> tuple[Discrepancy, ...]:
    """Return every difference, in the order of their rows and then of ours, with what was decided of it.

    Between two editions of one list each change of a basis is one, its paragraph and item with it (`whole`).
    """
    theirs = tuple(theirs)
    matched, more = beside(ours, theirs)
    found = [
        difference
        for mine, their in zip(matched, theirs, strict=True)
        for difference in _differences(mine, their, whole=whole)
    ]
    found += (Discrepancy("多出", (one,), None, one.title, "") for one in more)
    return tuple(_decided(one, decisions) for one in _hinted(found))


def beside(
    ours: Iterable[ListedRow], theirs: Sequence[ListedRow]
) -> tuple[tuple[list[ListedRow], ...], list[ListedRow]]:
    """Return for each of their rows those of ours that belong to it, and those of ours that belong to none.

    A row that one of ours is called like, or that says which of ours it stands for, takes no other for its likeness.
    """
    above = _Above(theirs)
    told = [(row, above.sure(row)) for row in ours]
    taken = frozenset(number for _, number in told if number is not None)
    found: tuple[list[ListedRow], ...] = tuple([] for _ in theirs)
    more: list[ListedRow] = []
    for one, sure in told:
        match = above.like(one, taken) if sure is None else sure
        (more if match is None else found[match]).append(one)
    return found, more


class _Above:
    """Their rows, found by code, by name, by article and by the pairs of letters of their names."""

    def __init__(self, rows: Sequence[ListedRow]) -> None:
        self._rows = rows
        self._names = [_fold(row.title) for row in rows]
        self._by_name = {name: number for number, name in reversed([*enumerate(self._names)])}
        self._by_item = {id_: number for number, one in enumerate(rows) for id_ in one.stands_for}
        self._by_code = {code: number for number, one in enumerate(rows) for code in one.codes}
        self._by_base: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        self._by_pair: defaultdict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(rows):
            for base in one.bases:
                self._by_base[base].append(number)
            for pair in _pairs(self._names[number]):
                self._by_pair[pair].append(number)

    def sure(self, row: ListedRow) -> int | None:
        """Return the number of the row that one of ours belongs to by what is written: itself, its code, its name."""
        stated = next((self._by_item[id_] for id_ in row.ids if id_ in self._by_item), None)
        if stated is not None:
            return stated
        known = (self._by_code[code] for code in sorted(row.codes) if code in self._by_code)
        return next(known, self._by_name.get(_fold(row.title)))

    def like(self, row: ListedRow, taken: frozenset[int]) -> int | None:
        """Return the number of the row that means the same by its article and its words, of those not taken."""
        name = _fold(row.title)
        near = {number for base in row.bases for number in self._by_base.get(base, ())}
        pairs = _pairs(name)
        common = Counter(number for pair in pairs for number in self._by_pair.get(pair, ()))
        alike = {number for number, count in common.items() if count * 2 >= len(pairs)}
        best, most = None, 0.0
        matcher = SequenceMatcher(None, "", name, autojunk=False)
        for number in sorted((near | alike) - taken):
            there = self._names[number]
            matcher.set_seq1(there)
            within = number in near and (there in name or name in there)
            likeness = 1.0 if within else matcher.ratio()
            if likeness > most and likeness >= (_ALIKE if number in near else _NEARLY):
                best, most = number, likeness
        return best


def _pairs(name: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(name)))


def _differences(ours: Sequence[ListedRow], their: ListedRow, *, whole: bool) -> Iterator[Discrepancy]:
    """Yield what differs between a row above and those of ours that belong to it."""
    if not ours:
        yield Discrepancy("缺少", (), their, "", their.title)
        return
    both = tuple(ours)
    if len(both) > 1:
        yield Discrepancy("合并", both, their, "；".join(row.title for row in both), their.title)
    elif _fold(both[0].title) != _fold(their.title):
        yield Discrepancy("名称", both, their, both[0].title, their.title)
    for listed_row in both:
        if listed_row.type and their.type and listed_row.type != their.type:
            yield Discrepancy("类型", (listed_row,), their, listed_row.type, their.type)
    bases = frozenset().union(*(row.bases for row in both))
    cited = dict.fromkeys(text for row in both for text in row.cited)
    if their.bases - bases or (whole and {*cited} != {*their.cited}):
        yield Discrepancy("依据", both, their, "；".join(cited), "；".join(their.cited))


def _decided(discrepancy: Discrepancy, decisions: Sequence[Decision]) -> Discrepancy:
    ids = frozenset(discrepancy.ids)
    found = (one for one in decisions if one.covers(discrepancy.kind, ids, discrepancy.title))
    return replace(discrepancy, decision=next(found, None))


def _hinted(found: Sequence[Discrepancy]) -> Iterator[Discrepancy]:
    """Yield the differences; of what is lacking here or more than there, what rests on the same article is named."""
    resting: defaultdict[tuple[str, int], list[Discrepancy]] = defaultdict(list)
    for one in found:
        for base in one.row.bases if one.kind in _ALONE else ():
            resting[base].append(one)
    for one in found:
        here = one.row.bases if one.kind in _ALONE else frozenset()
        near = tuple(
            {
                other.title: other.row for base in sorted(here) for other in resting[base] if other.kind != one.kind
            }.values()
        )
        yield replace(one, near=near) if 0 < len(near) <= _NEAR else one
