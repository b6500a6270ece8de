"""What of a text no citation explains: whatever is left when law, numbers, joining words and marks are gone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from quanze.law.reader.lexicon import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quanze.law.reader.folding import Folded


def rest(text: Folded, explained: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the stretches of the text as given that say something beside what is explained."""
    found: list[tuple[int, int]] = []
    at = 0
    for start, end in [*sorted(explained), (len(text.text), len(text.text))]:
        words = text.text[at:start]
        behind = at > 0 and at not in text.breaks
        if words and _says(words, behind=behind, last=start == len(text.text)):
            found.append(text.span(at, start))
        at = max(at, end)
    return tuple(found)


@lru_cache(maxsize=16_384)
def _says(words: str, *, behind: bool, last: bool) -> bool:
    """Tell whether words say something; a number right behind a citation does, unless the next one begins with it."""
    number = pattern("number_left").match(words) if behind else None
    alone = number is not None and (last or number.end() < len(words))
    return alone or bool(pattern("neutral").sub("", pattern("tag").sub("", words)))
