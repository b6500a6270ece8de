"""Two wordings of an instrument → a draft of the map between them: articles matched by what they say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.amounts import amounts, fold
from quanze.law.move import RENUMBERED, REWORDED, UNVERIFIED
from quanze.law.places import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.law.places import Article
    from quanze.law.text import Statute

_LEAST = 0.45
"""Less alike, two articles are not taken for one: in two pairs of revised laws no true pair was below it."""
_NUMBER = re.compile("第[零〇一二三四五六七八九十百千]+条")
_SIGNS = re.compile("[^\u4e00-\u9fff0-9a-zA-Z]")


class MappedRow(NamedTuple):
    """One row of a draft."""

    old: Step | None
    new: Step | None
    changes: tuple[str, ...]
    likeness: float
    """1 where both say the same, signs and numbers of articles aside; 0 where one of them is not there."""


class _Text(NamedTuple):
    plain: str
    grams: Counter[str]


def rows(old: Statute, new: Statute) -> Iterator[MappedRow]:
    """Yield the articles that moved, changed, went or came, in the order of the older version and then the newer.

    What says the same under the same number is left out. The most alike are matched first; of equals, the nearest. An
    article whose 款 say the same elsewhere, not all in one article, was split: it has a row for each. An article that
    says something else has rows for its 款 and 项 that went elsewhere, or that say the same. An older article or part
    that is like no newer one may be gone, or said in other words: that is for a person to tell.
    """
    before, after = _texts(old), _texts(new)
    places = _places(new)
    split = {article: parts for article in before if (parts := _split(old, article, places))}
    taken = {part.article for parts in split.values() for part in parts}
    pairs = _matched(
        {article: text for article, text in before.items() if article not in split},
        {article: text for article, text in after.items() if article not in taken},
    )
    for article in before:
        if article in split:
            yield from (
                MappedRow(Step(article, number), part, (RENUMBERED,), 1)
                for number, part in enumerate(split[article], 1)
            )
            continue
        other = pairs.get(article)
        if other is None:
            yield MappedRow(Step(article), None, (UNVERIFIED,), 0)
            continue
        likeness = _likeness(before[article], after[other])
        changes = _changes(before[article], after[other], _words(old, article), _words(new, other))
        if article != other or changes != (RENUMBERED,):
            yield MappedRow(Step(article), Step(other), changes, likeness)
        if changes != (RENUMBERED,):
            yield from _parts(old, Step(article), new, Step(other))
    met = {*pairs.values(), *taken}
    yield from (MappedRow(None, Step(article), ("新增",), 0) for article in after if article not in met)


def _places(statute: Statute) -> Mapping[str, Step]:
    """Return where each 款 stands by what it says, an article of one 款 as a whole; none of what stands twice."""
    found: dict[str, list[Step]] = {}
    for article, clauses in statute.articles.items():
        for number in range(1, len(clauses) + 1):
            place = Step(article, number if len(clauses) > 1 else 0)
            found.setdefault(_plain(fold(statute.words(article, number))), []).append(place)
    return {words: steps[0] for words, steps in found.items() if len(steps) == 1}


def _split(statute: Statute, article: Article, places: Mapping[str, Step]) -> tuple[Step, ...]:
    """Return where the 款 of an article went that was split, one for each; none of one that stayed together."""
    numbers = range(1, len(statute.articles[article]) + 1)
    found = [places.get(_plain(fold(statute.words(article, number)))) for number in numbers]
    steps = tuple(step for step in found if step)
    return steps if len(steps) == len(found) and len({step.article for step in steps}) > 1 else ()


def _parts(old: Statute, whole: Step, new: Statute, other: Step) -> Iterator[MappedRow]:
    """Yield what became of the 款 of an article, or of the 项 of a 款, where the row of the whole does not say it."""
    before, after = _below(old, whole, new, other), _below(new, other, old, whole)
    pairs = _matched({key: text for key, (_, text) in before.items()}, {key: text for key, (_, text) in after.items()})
    for key, (part, text) in before.items():
        if key not in pairs:
            yield MappedRow(part, None, (UNVERIFIED,), 0)
            continue
        place, another = after[pairs[key]]
        was, now = (fold(one.words(*step[:3])) for one, step in ((old, part), (new, place)))
        changes = _changes(_text(was), _text(now), was, now)
        if changes == (RENUMBERED,) or part[1:] != place[1:]:
            yield MappedRow(part, place, changes, _likeness(text, another))
        if changes != (RENUMBERED,) and not part.item:
            yield from _parts(old, part, new, place)


def _below(statute: Statute, whole: Step, other: Statute, another: Step) -> Mapping[Article, tuple[Step, _Text]]:
    """Return the 款 of an article by their numbers where it or the other one has several; else the 项 of its 款."""
    clauses = statute.articles[whole.article]
    if not whole.paragraph and not another.paragraph and (len(clauses) > 1 or len(other.articles[another.article]) > 1):
        return {
            (number, 0): (Step(whole.article, number), _text(fold(clause.words)))
            for number, clause in enumerate(clauses, 1)
        }
    items = clauses[max(whole.paragraph, 1) - 1].items
    named = whole.paragraph if len(clauses) > 1 else 0
    return {
        (number, 0): (Step(whole.article, named, number), _text(fold(item.words)))
        for number, item in enumerate(items, 1)
    }


def same_words(one: str, other: str) -> bool:
    """Tell whether two provisions say the same: signs, and the numbers of the articles that they name, aside."""
    return _plain(fold(one)) == _plain(fold(other))


def _plain(words: str) -> str:
    """Return a text as it is compared: without signs, and without the numbers of the articles that it names."""
    return _SIGNS.sub("", _NUMBER.sub("第条", words))


def _texts(statute: Statute) -> Mapping[Article, _Text]:
    return {article: _text(_words(statute, article)) for article in statute.articles}


def _text(words: str) -> _Text:
    plain = _plain(words)
    return _Text(plain, Counter(plain[n : n + 2] for n in range(len(plain) - 1)))


def _words(statute: Statute, article: Article) -> str:
    return fold(statute.words(article))


def _matched(before: Mapping[Article, _Text], after: Mapping[Article, _Text]) -> Mapping[Article, Article]:
    alike = [
        (likeness, -abs(one[0] - other[0]), one, other)
        for one, text in before.items()
        for other, another in after.items()
        if (likeness := _likeness(text, another)) >= _LEAST
    ]
    pairs: dict[Article, Article] = {}
    taken: set[Article] = set()
    for _, _, one, other in sorted(alike, reverse=True):
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs


def _likeness(text: _Text, other: _Text) -> float:
    """Return how much two texts share: twice their common pairs of signs by all of them."""
    if text.plain == other.plain:
        return 1
    shorter, longer = sorted((text.grams, other.grams), key=len)
    whole = sum(text.grams.values()) + sum(other.grams.values())
    common = sum(min(count, longer[gram]) for gram, count in shorter.items())
    return 2 * common / whole if whole else 0


def _changes(one: _Text, other: _Text, before: str, after: str) -> tuple[str, ...]:
    """Return what changed: 仅改号, else 改文字, and 改幅度 where the amounts differ."""
    if one.plain == other.plain:
        return (RENUMBERED,)
    fines = [Counter(amount.range for amount in amounts(text)) for text in (before, after)]
    return (REWORDED, "改幅度") if fines[0] != fines[1] else (REWORDED,)
