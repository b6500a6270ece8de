"""The places that a citation names, one by one, inserted articles (第十二条之一) told apart from the others."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.citation import MOST, numbers
from quanze.law.numerals import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Value
    from quanze.law.outline import Article


class Step(NamedTuple):
    """A place in an instrument; 0 where a part is not named."""

    article: Article
    paragraph: int = 0
    item: int = 0
    point: int = 0

    def __str__(self) -> str:
        """Return the place as a statute writes it."""
        number, inserted = self.article
        parts = ((self.paragraph, "款"), (self.item, "项"), (self.point, "目"))
        below = "".join(f"第{numeral(n)}{unit}" for n, unit in parts if n)
        return f"第{numeral(number)}条" + (f"之{numeral(inserted)}" if inserted else "") + below


def steps(citation: Mapping[str, Value]) -> Iterator[Step]:
    """Yield the places that a citation names; none where it cites the whole instrument."""
    paragraphs, items, points = (numbers(citation.get(unit)) or (0,) for unit in ("款", "项", "目"))
    whole = (Step(a, p, i, m) for a in articles(citation.get("条")) for p in paragraphs for i in items for m in points)
    yield from islice(whole, MOST)


def articles(value: Value) -> Iterator[Article]:
    """Yield the articles that a 条 names; of a run, its ends as they are written and the numbers between."""
    if isinstance(value, int):
        yield value, 0
    elif isinstance(value, str):
        ends = [_article(part) for part in value.split("至")]
        if all(number for number, _ in ends) and ends:
            first, last = ends[0], ends[-1]
            yield first
            yield from ((number, 0) for number in range(first[0] + 1, min(last[0], first[0] + MOST)))
            if last != first:
                yield last
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from articles(part)


def _article(text: str) -> Article:
    number, _, inserted = text.partition("之")
    return (int(number) if number.isdecimal() else 0, int(inserted) if inserted.isdecimal() else 0)
