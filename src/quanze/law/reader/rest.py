"""What of a text no citation explains: whatever is left when law, numbers, joining words and marks are gone."""

from __future__ import annotations

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
        if words and pattern("neutral").sub("", pattern("tag").sub("", words)):
            found.append(text.span(at, start))
        at = max(at, end)
    return tuple(found)
