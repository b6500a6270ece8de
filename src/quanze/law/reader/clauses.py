"""Articles of the text's own: it is a rule or contract whose lines begin with 第一条, or speaks of 本合同第九条."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.law.reader.lexicon import pattern
from quanze.law.reader.quotation import inside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quanze.law.reader.folding import Folded
    from quanze.law.reader.known import Title, TitledInstrument
    from quanze.law.reader.units import Group, Number

_ARTICLE = 0
_FIRST = (1, 0)
_NEAR = 30
_OPENING = 24


@dataclass(frozen=True, slots=True)
class OwnArticles:
    """What a text says of articles of its own."""

    heads: frozenset[int] = frozenset()
    """Where those begin that stand in it, one after another."""
    of: TitledInstrument | None = None
    """The law whose title stands over them; None where it is none, or unsaid."""
    spoken: bool = False
    """Whether the text speaks of 本合同第九条, or is a contract, a charter, a draft: 甲方：…, 本条例（草案）."""

    def may_be(self, law: TitledInstrument) -> bool:
        """Tell whether an article without a law may be the text's own rather than that law's."""
        if not self.heads:
            return self.spoken
        return self.of is None or self.of.same != law.same


def own_articles(
    text: Folded, numbers: Sequence[Group], titles: Sequence[Title], quotes: Sequence[tuple[int, int]]
) -> OwnArticles:
    """Return the articles of a text's own: those that begin lines in order, the first of them under no other's title.

    One that stands alone counts where the text speaks of itself (本制度), or tells at length before it names a law.
    What is quoted are others' own.
    """
    within = inside(quotes)
    chain = _Chain(text, [title for title in titles if title.instrument.kind])
    for group in numbers:
        if group.ordinal and _begins(text, group) and not within(group.start):
            chain.take(group)
    words = [match for match in pattern("own_document").finditer(text.text) if not within(match.start())]
    papers = (match.start() for name in ("contract", "own_rules") for match in pattern(name).finditer(text.text))
    spoken = any(not within(start) for start in papers)
    if len(chain.heads) > 1 or chain.telling or words:
        return OwnArticles(frozenset(chain.heads), chain.over, spoken)
    return OwnArticles(spoken=spoken)


class _Chain:
    """The articles that begin lines, one after another."""

    def __init__(self, text: Folded, laws: Sequence[Title]) -> None:
        self.text = text
        self.laws = laws
        self.passed = 0
        self.heads: list[int] = []
        self.over: TitledInstrument | None = None
        self.telling = False
        self.last: Number = (0, 0)
        self.theirs: Number | None = None
        """The last number of a law whose title stands in between."""

    def take(self, group: Group) -> None:
        while self.passed < len(self.laws) and self.laws[self.passed].start < group.start:
            self.passed += 1
        number = group.spans[0][0]
        over = self._over(group.start)
        if not self.heads:
            if number != _FIRST and self.passed:
                return
            self.over, self.telling = over, not self.passed and _tells(self.text, group)
        elif over:
            self.theirs = number
            return
        elif number != _FIRST and not self._follows(number):
            return
        self.heads.append(group.start)
        self.last = number

    def _follows(self, number: Number) -> bool:
        if number == (self.last[0] + 1, 0):
            return True
        return number > self.last and (self.theirs is None or number <= self.theirs)

    def _over(self, start: int) -> TitledInstrument | None:
        """Return the law whose title stands right over an article, or on the first line of the text."""
        if not self.passed:
            return None
        nearest, first = self.laws[self.passed - 1], self.laws[0]
        gap = self.text.text[nearest.end : start] if start - nearest.end <= _NEAR else "。"
        if pattern("over").match(gap):
            return nearest.instrument
        return first.instrument if not first.start and first.end in self.text.breaks else None


def _begins(text: Folded, group: Group) -> bool:
    """Tell whether an article begins a line or a sentence that goes on with its text; 第一条 may follow a title."""
    start, end = group.start, group.end
    (span, *more) = group.spans
    if group.unit != _ARTICLE or not group.said or more or span[0] != span[1]:
        return False
    if start and start not in text.breaks and text.text[start - 1] not in "。;":
        titled = span[0] == _FIRST and end in text.spaces
        if not titled or not pattern("noun").search(text.text[max(0, start - _OPENING) : start]):
            return False
    return bool(pattern("clause" if end in text.spaces else "clause_glued").match(text.text[end : end + _OPENING]))


def _tells(text: Folded, group: Group) -> bool:
    words = text.text[group.end : group.end + _OPENING]
    return group.end in text.spaces and bool(pattern("clause_alone").match(words))
