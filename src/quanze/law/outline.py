"""The structure of an instrument's version: its articles, the 款 of each, the 项 of each 款, the 目 of each 项.

The compact text says all of it, and `quanze law outline` makes it: articles in order, apart by spaces, each with the
numbers of 项 of its 款, joined by slashes. An article of one 款 without 项 is its number alone, neighbours alike are a
run: `1-2 3:0/0/0 36:0/0/2 97:7 134之1` says that 第三条 has three 款, that the third 款 of 第三十六条 has two 项, and
that the only 款 of 第九十七条 has seven. Where 项 have 目, their numbers follow: `40:3(2=4)`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.places import ARTICLE, ITEM, PARAGRAPH, POINT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quanze.law.places import Article

_ENTRY = re.compile("([1-9][0-9]{0,3})(?:之([1-9][0-9]?))?(?:-([1-9][0-9]{0,3}))?(?::([0-9/(),=]+))?")
_PARAGRAPH = re.compile("(0|[1-9][0-9]{0,2})(?:\\(((?:[1-9][0-9]{0,2}=[1-9][0-9]{0,2},?)+)\\))?")


class Paragraph(NamedTuple):
    """One 款: how many 项 it has, and how many 目 those of them that have any."""

    items: int = 0
    points: tuple[tuple[int, int], ...] = ()
    """(项, how many 目), in order."""

    def __str__(self) -> str:
        """Return the 款 as the compact text has it."""
        points = ",".join(f"{item}={count}" for item, count in self.points)
        return f"{self.items}({points})" if points else str(self.items)


_PLAIN = (Paragraph(),)
_WIDE = 100


@dataclass(frozen=True, slots=True)
class Outline:
    """Which 条, 款, 项 and 目 a version has."""

    articles: Mapping[Article, tuple[Paragraph, ...]]

    @classmethod
    def of(cls, text: str) -> Outline:
        """Return what a compact text says; a ValueError with a Chinese sentence where it says nothing sound."""
        return _read(text)

    @property
    def last(self) -> int:
        """The number of the last article; 0 where there is none."""
        return max(self.articles, default=(0, 0))[0]

    def lacks(self, article: Article, paragraph: int = 0, item: int = 0, point: int = 0) -> str:
        """Return the first unit of a place that is not there (条, 款, 项, 目); empty where the whole place is.

        A 0 is a part that is not named. A 项 without its 款 is there if some 款 of the article has it, and so for 目.
        """
        paragraphs = self.articles.get(article)
        if paragraphs is None:
            return ARTICLE
        if paragraph > len(paragraphs):
            return PARAGRAPH
        named = paragraphs[paragraph - 1 : paragraph] if paragraph else paragraphs
        if item and not any(item <= one.items for one in named):
            return ITEM
        if point and not any(point <= count for one in named for n, count in one.points if n == item or not item):
            return POINT
        return ""

    def parts(self, article: Article) -> Iterator[tuple[int, int]]:
        """Yield what an article is made of as (款, 项): each 项, and each 款 that has none."""
        for number, one in enumerate(self.articles.get(article, ()), 1):
            yield from ((number, item) for item in range(1, one.items + 1)) if one.items else ((number, 0),)

    def holder(self, article: Article, item: int) -> int:
        """Return the only 款 that has a 项; 0 where none has it, or several have."""
        paragraphs = self.articles.get(article, ())
        found = [number for number, one in enumerate(paragraphs, 1) if item <= one.items]
        return found[0] if len(found) == 1 else 0

    def __str__(self) -> str:
        """Return the compact text, in lines of moderate length."""
        return "\n".join(wrap(" ".join(_written(self.articles.items())), _WIDE, break_long_words=False))


def _written(articles: Iterable[tuple[Article, tuple[Paragraph, ...]]]) -> Iterator[str]:
    """Yield the entries, neighbours alike as one."""
    alike = groupby(enumerate(sorted(articles)), key=lambda pair: _run(*pair))
    for (_, inserted, paragraphs), run in alike:
        (first, _), *rest = (article for _, (article, _) in run)
        name = f"{first}之{inserted}" if inserted else f"{first}-{rest[-1][0]}" if rest else str(first)
        yield name if paragraphs == _PLAIN else f"{name}:{'/'.join(map(str, paragraphs))}"


def _run(place: int, entry: tuple[Article, tuple[Paragraph, ...]]) -> tuple[int, int, tuple[Paragraph, ...]]:
    (number, inserted), paragraphs = entry
    return (place if inserted else number - place, inserted, paragraphs)


@lru_cache(maxsize=1024)
def _read(text: str) -> Outline:
    found: dict[Article, tuple[Paragraph, ...]] = {}
    last: Article = (0, 0)
    for word in text.split():
        match = _ENTRY.fullmatch(word)
        if match is None:
            raise ValueError(f"「{word}」不是一条的写法；结构请用 quanze law outline 生成")
        number, inserted, end = int(match[1]), int(match[2] or 0), int(match[3] or match[1])
        if (number, inserted) <= last or end < number or (inserted and match[3]):
            raise ValueError(f"「{word}」的次序不对；结构请用 quanze law outline 生成")
        paragraphs = _paragraphs(match[4], word) if match[4] else _PLAIN
        found.update(((one, inserted), paragraphs) for one in range(number, end + 1))
        last = (end, inserted)
    return Outline(found)


def _paragraphs(text: str, word: str) -> tuple[Paragraph, ...]:
    found = []
    for part in text.split("/"):
        match = _PARAGRAPH.fullmatch(part)
        points = _points(match[2] or "") if match else ()
        if match is None or any(item > int(match[1]) for item, _ in points):
            raise ValueError(f"「{word}」读不出各款有几项；结构请用 quanze law outline 生成")
        found.append(Paragraph(int(match[1]), points))
    return tuple(found)


def _points(text: str) -> tuple[tuple[int, int], ...]:
    pairs = (pair.split("=") for pair in text.split(",") if pair)
    return tuple((int(item), int(count)) for item, count in pairs)
