"""How texts are packed for a browser: what is the same is written once, and told by one sign wherever it stands.

What the scripts of the search unpack again (`pools.js`).
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SURROGATES: Final = (0xD800, 0x800)
"""The first code point that is no character, and how many there are."""

_LONGEST: Final = 9
"""So many digits at the end of a key are read as a number."""

_CLAUSE: Final = re.compile(r"[，。；：、\n]|[^，。；：、\n]+")


def column(rows: Sequence[Sequence[str]], order: Sequence[str]) -> dict[str, object]:
    """Return a column of few values: the values in the order to show, and a line of signs for each row."""
    count = Counter(chain.from_iterable(rows))
    values = [value for value in order if value in count]
    values += [value for value, _ in count.most_common() if value not in values]
    signs = {value: sign(number) for number, value in enumerate(values, 1)}
    return {"values": values, "rows": "\n".join("".join(signs[value] for value in row) for row in rows)}


def runs(keys: Iterable[str]) -> Iterator[str | tuple[str, str, int]]:
    """Yield keys in their order; several that follow each other as (what all begin with, first number, how many)."""
    for _, run in groupby(enumerate(map(_numbered, keys)), key=lambda one: (*one[1][:2], one[1][2] - one[0])):
        (_, (stem, width, number)), *more = run
        first = f"{number:0{width}}" if width else ""
        yield (stem, first, len(more) + 1) if more else stem + first


def _numbered(key: str) -> tuple[str, int, int]:
    """Return a key without the number at its end, how many digits that has, and the number."""
    stem = key.rstrip("0123456789")
    digits = key[len(stem) :]
    return (stem, len(digits), int(digits)) if 0 < len(digits) <= _LONGEST else (key, 0, 0)


def pool(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return texts so packed that gzip needs a third less: rows of values, values of clauses, clauses of letters.

    Legal texts repeat each other at distances that gzip does not see, in whole values and in clauses, and a Chinese
    character costs three bytes. So each distinct value, clause and letter is written once, and what is made of
    them becomes one line of signs, the shortest for the most frequent.
    """
    return letters(*sentences(rows))


def sentences(rows: Sequence[Sequence[str]]) -> tuple[str, list[list[str]]]:
    """Return rows of values as signs, and the clauses of each distinct value."""
    records, values = _pack(rows)
    return records, [_CLAUSE.findall(value) for value in values]


def letters(records: str, clauses: Sequence[Sequence[str]]) -> list[str]:
    """Return what `pool` returns, of what `sentences` made: rows of values, values of clauses, clauses of letters."""
    sentences, distinct = _pack(clauses)
    signs, letters = _signs(distinct)
    told = str.maketrans(signs)
    return [records, sentences, "\n".join([clause.translate(told) for clause in distinct]), "".join(letters)]


def _pack(sequences: Sequence[Sequence[str]]) -> tuple[str, list[str]]:
    """Return one line of signs for each sequence, and the symbols that the signs stand for."""
    signs, symbols = _signs(sequences)
    return "\n".join(["".join(map(signs.__getitem__, row)) for row in sequences]), symbols


def _signs(sequences: Iterable[Iterable[str]]) -> tuple[dict[str, str], list[str]]:
    """Return the sign of each symbol of some sequences, and the symbols that the signs stand for.

    Sign n stands for symbol n, counted from 1. Symbols that occur once come last and need no number: sign 0
    stands for the next of them.
    """
    count = Counter(chain.from_iterable(sequences))
    symbols = [symbol for symbol, times in count.most_common() if times > 1]
    once = [symbol for symbol, times in count.items() if times == 1]
    signs = {symbol: sign(number) for number, symbol in enumerate(symbols, 1)} | dict.fromkeys(once, sign(0))
    return signs, symbols + once


def sign(number: int) -> str:
    """Return the character for a number: what JSON would have to escape, and surrogates, are left out."""
    code = number + ord("#")
    code += code >= ord("\\")
    return chr(code + _SURROGATES[1] if code >= _SURROGATES[0] else code)
