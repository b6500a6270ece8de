"""A statute's wording by article, and the plain text in which a project keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.numerals import numeral
from quanze.law.outline import Outline, Paragraph
from quanze.law.places import article_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.law.places import Article


class Item(NamedTuple):
    """One 项, without its number, and its 目."""

    text: str
    points: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The 项 with its 目."""
        return "".join((self.text, *self.points))


class Clause(NamedTuple):
    """One 款 and its 项."""

    text: str
    items: tuple[Item, ...] = ()

    @property
    def words(self) -> str:
        """The 款 with its 项."""
        return "".join((self.text, *(item.words for item in self.items)))


@dataclass(frozen=True, slots=True, eq=False)
class Statute:
    """The wording of one version of an instrument."""

    title: str
    notes: tuple[str, ...]
    """What stands between the title and the first article, tables of contents aside: who adopted it, and when."""
    heads: tuple[tuple[Article, str], ...]
    """The heads of 编, 章 and 节, each with the article that follows it."""
    articles: Mapping[Article, tuple[Clause, ...]]
    after: tuple[str, ...] = ()
    """What follows the last article: annexes, what a page says below a text."""

    @property
    def outline(self) -> Outline:
        """Which articles there are, and what each is made of."""
        return Outline(
            {
                article: tuple(
                    Paragraph(
                        len(clause.items),
                        tuple((n, len(one.points)) for n, one in enumerate(clause.items, 1) if one.points),
                    )
                    for clause in clauses
                )
                for article, clauses in self.articles.items()
            }
        )

    def words(self, article: Article, paragraph: int = 0, item: int = 0) -> str:
        """Return the wording of a place, 0 for a part not named; empty where the text has no such place.

        Of a 项 it is the 款's opening words and the 项's own. A 项 without its 款 is that of the only 款 that has it.
        """
        clauses = self.articles.get(article, ())
        number = paragraph or (self.outline.holder(article, item) if item else 0)
        if item:
            clause = clauses[number - 1] if 0 < number <= len(clauses) else Clause("")
            return clause.text + clause.items[item - 1].words if item <= len(clause.items) else ""
        return "".join(clause.words for clause in (clauses[number - 1 : number] if number else clauses))

    def __str__(self) -> str:
        """Return the plain text: the title, the notes, a line for each head, 款, 项 and 目."""
        after = ("", *self.after) if self.after else ()
        return "\n".join((self.title, *self.notes, "", *self._body(), *after)) + "\n"

    def _body(self) -> Iterator[str]:
        heads: dict[Article, list[str]] = {}
        for article, head in self.heads:
            heads.setdefault(article, []).append(head)
        for article, clauses in self.articles.items():
            yield from heads.get(article, ())
            for number, clause in enumerate(clauses):
                yield f"{article_name(article)}　{clause.text}" if number == 0 else f"　　{clause.text}"
                for n, item in enumerate(clause.items, 1):
                    yield f"　　（{numeral(n)}）{item.text}"
                    yield from (f"　　{m}．{point}" for m, point in enumerate(item.points, 1))
