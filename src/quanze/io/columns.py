"""How wide the columns of a printed table are: so that its rows take as few lines as can be."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOKED_AT = 400
"""So many rows tell what the others are like."""
_WORD = re.compile(r"[!-~]+")
_NARROW, _LONGEST_WORD, _SLACK = 2.0, 12.0, 0.5
"""Characters: what each column has, the most that one word gets, and what fonts differ by in one."""
_NARROW_TEXT, _MANY_LINES = 5.0, 10
"""A text of more lines has so many characters in one."""


def em(text: str) -> float:
    """Return how wide a text is in one line, in Chinese characters; a Latin sign is half of one."""
    return sum(0.55 if sign < "\u0250" else 1.0 for sign in text)


def lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of so many characters."""
    return sum(max(1, ceil(em(line) / width)) for line in text.split("\n")) if text else 0


def columns(heads: Sequence[Sequence[str]], rows: Sequence[Sequence[str]], room: float) -> list[float]:
    """Return the width of each column in characters, `room` in all.

    None is narrower than the longest word of Latin signs in it (a number, an id) and than a head that takes two lines;
    what is left goes, one by one, to the column that makes the most rows tall.
    """
    some = rows[:: len(rows) // _LOOKED_AT + 1]
    widths = [max(_NARROW, *(_least(one) for one in column)) for column in zip(*heads, *some, strict=True)]
    for n, column in enumerate(zip(*heads, strict=True)):
        widths[n] = max(widths[n], *(ceil(em(one) / 2) for one in column))
    if sum(widths) >= room:
        return [width * room / sum(widths) for width in widths]
    tall = [[lines(text, width) for text, width in zip(row, widths, strict=True)] for row in some]
    left = room - sum(widths)
    while left >= 1:
        gain = [0.0] * len(widths)
        for row in tall:
            *_, second, first = (0, *sorted(row))
            for n, height in enumerate(row):
                if height == first:
                    gain[n] += 1 + first - second
        widest = max(range(len(widths)), key=gain.__getitem__)
        if not gain[widest] or max(map(max, tall)) <= 1:
            break
        widths[widest] += 1
        left -= 1
        for row, texts in zip(tall, some, strict=True):
            row[widest] = lines(texts[widest], widths[widest])
    return [width * room / sum(widths) for width in widths]


def _least(text: str) -> float:
    """Return how wide a column is at least for a text in it: for its longest word, and not a sign a line."""
    word = max(map(em, _WORD.findall(text)), default=0.0)
    whole = min(_LONGEST_WORD, word + _SLACK) if word else 0.0
    return max(whole, min(_NARROW_TEXT, em(text) / _MANY_LINES))
