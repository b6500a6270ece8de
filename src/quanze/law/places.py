"""The numbers of 条, 款, 项 and 目 as records and statutes write them, and the places that they name."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.numerals import number, numeral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Value

UNITS = ARTICLE, PARAGRAPH, ITEM, POINT = "条", "款", "项", "目"
MOST = 1_000
"""So many places of one citation are looked at; one that names more is an error."""
Article = tuple[int, int]
"""The number of an article and of its 之: (134, 1) is 第一百三十四条之一, (134, 0) 第一百三十四条."""
Span = tuple[int, int]
"""The first and the last of a run of numbers, both included."""
Place = tuple[int, int, int]
"""(条, 款, 项), 0 where a part is not named; the 条 is as `coded` gives it."""
_INSERTED = 10_000
"""No article has so high a number: in a place 第四条之一 stands as 4 + 10000."""

_NUMBER = "[0-9零〇一二两三四五六七八九十百千]+"
_PART = re.compile(rf"第({_NUMBER})(条)(?:之({_NUMBER}))?|第({_NUMBER})([款项目])")


class Step(NamedTuple):
    """A place in an instrument; 0 where a part is not named."""

    article: Article
    paragraph: int = 0
    item: int = 0
    point: int = 0

    def __str__(self) -> str:
        """Return the place as a statute writes it."""
        below = "".join(f"第{numeral(n)}{unit}" for n, unit in zip(self[1:], UNITS[1:], strict=True) if n)
        return article_name(self.article) + below


def article_name(article: Article) -> str:
    """Return an article's number as a statute writes it: 第一百三十四条之一."""
    number, inserted = article
    return f"第{numeral(number)}条" + (f"之{numeral(inserted)}" if inserted else "")


def written(value: Value, unit: str) -> Iterator[str]:
    """Yield the numbers of a unit as a statute writes them, each run as one: 第九十五条至第九十九条."""
    if isinstance(value, int):
        yield f"第{numeral(value)}{unit}"
    elif isinstance(value, str):
        yield "至".join(_ordinal(part, unit) for part in value.split("至"))
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from written(part, unit)


def _ordinal(text: str, unit: str) -> str:
    head, _, tail = text.partition("之")
    if not head.isdecimal():
        return text
    return f"第{numeral(int(head))}{unit}" + (f"之{numeral(int(tail))}" if tail.isdecimal() else "")


def each(value: Value, unit: str) -> Iterator[str]:
    """Yield the numbers of 条, 款 or 项 one by one in words, as something deeper is named of each."""
    for part in value if isinstance(value, (list, tuple)) else (value,):
        first, *last = str(part).split("至")
        yield _ordinal(first, unit)
        if last:
            between = (range(begin + 1, min(end, begin + MOST)) for begin, end in spans(part)[:1])
            yield from (_ordinal(str(number), unit) for number in chain.from_iterable(between))
            yield _ordinal(last[-1], unit)


def spans(value: Value) -> tuple[Span, ...]:
    """Return the numbers that 条, 款, 项 or 目 names, as runs; 第十二条之一 counts as 12."""
    if isinstance(value, int):
        return ((value, value),)
    if isinstance(value, str):
        ends = [int(part.partition("之")[0]) for part in value.split("至") if part.partition("之")[0].isdecimal()]
        return ((ends[0], ends[-1]),) if ends else ()
    if isinstance(value, (list, tuple)):
        return tuple(span for part in value for span in spans(part))
    return ()


def numbers(value: Value) -> tuple[int, ...]:
    """Return every number that 条, 款, 项 or 目 names, one by one; no more than the first 1,000."""
    if value.__class__ is int:  # nearly all
        return (value,)
    return tuple(islice((n for first, last in spans(value) for n in range(first, last + 1)), MOST))


def articles(value: Value) -> Iterator[Article]:
    """Yield the articles that a 条 names, runs one by one."""
    if isinstance(value, int):
        yield value, 0
    elif isinstance(value, str):
        ends = [_article(part) for part in value.split("至")]
        if all(number for number, _ in ends) and ends:
            yield from expanded((ends[0], ends[-1]))
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from articles(part)


def expanded(run: tuple[Article, Article]) -> Iterator[Article]:
    """Yield the numbers of a run; between 第十二条 and 第十二条之三 stand 之一 and 之二."""
    (first, sub), (last, inner) = run
    if first == last:
        yield from ((first, one) for one in range(sub, inner + 1))
        return
    yield first, sub
    yield from ((one, 0) for one in range(first + 1, min(last, first + MOST)))
    yield from ((last, one) for one in range(inner + 1))


def coded(article: Article) -> int:
    """Return an article as one number, as it stands in a place: 第四条 is 4, 第四条之一 is 10004."""
    return article[0] + _INSERTED * article[1]


def decoded(code: int) -> Article:
    """Return the article of a place."""
    return code % _INSERTED, code // _INSERTED


def _article(text: str) -> Article:
    number, _, inserted = text.partition("之")
    return (int(number) if number.isdecimal() else 0, int(inserted) if inserted.isdecimal() else 0)


def parse_place(text: str) -> Place | None:
    """Return (条, 款, 项) of a place such as 第九十二条第二款, 0 where a part is not named; None if it is none."""
    found = {unit: coded((number(words) or 0, number(inserted) or 0)) for words, unit, inserted in _parts(text)}
    article, paragraph, item = (found.get(unit, 0) for unit in UNITS[:3])
    return (article, paragraph, item) if article else None


def _parts(text: str) -> Iterator[tuple[str, str, str]]:
    for match in _PART.finditer(text):
        yield (match[1], match[2], match[3] or "") if match[1] else (match[4], match[5], "")
