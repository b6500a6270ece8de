"""A citation (引用依据) as records have it and as a statute writes it: 《安全生产法》第九十七条第三项."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, product
from math import prod
from types import NoneType
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.places import (
    MOST,
    UNITS,
    Place,
    Step,
    articles,
    coded,
    each,
    numbers,
    spans,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quanze.base.model import Value

LAW, NUMBER, VERSION, ANNEX, ROLE = "依据文件", "文号", "版本", "附件", "作用"
STATE, BY, QUOTE, UNREAD = "效力", "取代依据", "摘录", "原文"
BASIS = "依据"
"""What the field is called by which a part of a record cites."""
CITED = (LAW, NUMBER, VERSION, *UNITS, ANNEX)
"""The parts that say what is cited, in the order in which one writes them."""
OF_THE_PLACE = (STATE, BY, QUOTE, UNREAD)
"""What is said of the very place: gone when another is cited."""
PARTS = (*CITED, ROLE, *OF_THE_PLACE)

POWER, DUTY, PENALTY = "职权", "义务", "罚则"
"""What a citation proves (作用)."""
OUTRANKED, SUPERSEDED, IN_PART = "被上位法取代", "被新法取代", "部分适用"
"""What a citation says of a provision that does not apply as it stands (效力)."""
DISPLACED = frozenset({OUTRANKED, SUPERSEDED})


class Citation(NamedTuple):
    """One citation; what it does not say is empty, or None among its numbers."""

    law: str = ""
    """The instrument, by its full or short title."""
    number: str = ""
    """That of an instrument which is not kept."""
    version: str = ""
    article: Value = None
    """97, "95至99", "12之1", or several of these."""
    paragraph: Value = None
    item: Value = None
    point: Value = None
    annex: str = ""
    role: str = ""
    state: str = ""
    by: str = ""
    """What prevails over it."""
    quote: str = ""
    unread: str = ""
    """What could not be taken apart, as it was written."""

    @classmethod
    def of(cls, data: object) -> Citation:
        """Return the citation that a value of the kind tells; an empty one where it is nothing of the sort."""
        if not isinstance(data, dict):
            return cls()
        get = data.get
        levels = [*map(get, UNITS)]
        if list in map(type, levels):
            levels = [tuple(value) if value.__class__ is list else value for value in levels]
        head = get(LAW, ""), get(NUMBER, ""), get(VERSION, "")
        rest = get(ANNEX, ""), get(ROLE, ""), get(STATE, ""), get(BY, ""), get(QUOTE, ""), get(UNREAD, "")
        return tuple.__new__(cls, (*head, *levels, *rest))

    def data(self) -> dict[str, Value]:
        """Return it as a record has it."""
        told = ((name, value) for name, value in zip(PARTS, self, strict=True) if value not in ("", None))
        return {name: [*value] if isinstance(value, tuple) else value for name, value in told}

    @property
    def levels(self) -> Mapping[str, Value]:
        """The numbers by their unit, as far as it names any."""
        return {unit: value for unit, value in zip(UNITS, self[3:7], strict=True) if value is not None}

    @property
    def displaced(self) -> bool:
        """Whether it says that another provision is applied in the place of this one."""
        return self.state in DISPLACED

    @property
    def place(self) -> str:
        """The place within the instrument: 第九十七条第一款第三项、第四项; empty when the whole is cited.

        Where several numbers have something below them, each is written with it: 第五条第一款、第六条第一款.
        """
        levels = self[3:7]
        return _known(*levels) if _PLAIN.issuperset(map(type, levels)) else _place(levels)

    def __str__(self) -> str:
        """Return the whole as text, with the version, annex and state that it names."""
        head = f"《{self.law}》" if self.law else self.number
        version = f"（{self.version}）" if self.version else ""
        annex = f"{'' if str(self.annex).startswith('附') else ANNEX}{self.annex}" if self.annex else ""
        text = f"{head}{version}{self.place}{annex}" or str(self.unread).strip()
        by = f"：{self.by}" if self.by else ""
        return f"{text}（{self.state}{by}）" if self.state else text

    @property
    def size(self) -> int:
        """How many places it names, without naming them: 条 1至20 and 款 [1, 2] are 40."""
        runs = (sum(max(0, last - first + 1) for first, last in spans(value)) for value in self[3:7])
        return prod(number or 1 for number in runs)

    @property
    def places(self) -> tuple[Place, ...]:
        """Every (条, 款, 项) that it names, 0 where a part is left out; no more than the first 1,000."""
        paragraphs, items = numbers(self.paragraph) or (0,), numbers(self.item) or (0,)
        named = map(coded, articles(self.article))
        whole = ((a, p, i) for a in named for p in paragraphs for i in items)
        return tuple(islice(whole, MOST))

    @property
    def steps(self) -> Iterator[Step]:
        """The places that it names, one by one, inserted articles apart; none where it cites the whole instrument."""
        paragraphs, items, points = (numbers(value) or (0,) for value in self[4:7])
        whole = product(articles(self.article), paragraphs, items, points)
        return islice((Step(*place) for place in whole), MOST)


_PLAIN = frozenset({int, str, NoneType})


def _place(levels: Iterable[Value]) -> str:
    """Return 条, 款, 项 and 目 as a statute writes them."""
    named = [(unit, value) for unit, value in zip(UNITS, levels, strict=True) if value is not None]
    *heads, last = named or [("", ())]
    above = product(*(each(value, unit) for unit, value in heads))
    words = "、".join(written(last[1], last[0]))
    return "、".join("".join(head) + words for head in islice(above, MOST))


@lru_cache(maxsize=1 << 14, typed=True)
def _known(*levels: Value) -> str:
    """Return a single place in words, worked out once: registers name a few thousand, a hundred times each."""
    return _place(levels)


def citations(values: object) -> tuple[Citation, ...]:
    """Return the citations that a list of 依据 tells; none where it is no list."""
    return tuple(map(Citation.of, values)) if isinstance(values, (list, tuple)) else ()


def joined(cited: Iterable[Citation]) -> str:
    """Return citations on one line."""
    return "、".join(map(str, cited))
