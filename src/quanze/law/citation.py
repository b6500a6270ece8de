"""Citations as a statute writes them: 《安全生产法》第九十七条第三项."""

from __future__ import annotations

import re
from itertools import islice, product
from math import prod
from typing import TYPE_CHECKING

from quanze.law.numerals import number, numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quanze.base.model import Value

UNITS = ("条", "款", "项", "目")
MOST = 1_000
"""So many places of one citation are looked at; one that names more is an error."""
Span = tuple[int, int]
"""The first and the last of a run of numbers, both included."""

_NUMBER = "[0-9零〇一二两三四五六七八九十百千]+"
_PART = re.compile(rf"第({_NUMBER})(条)(?:之({_NUMBER}))?|第({_NUMBER})([款项目])")


def _written(value: Value, unit: str) -> Iterator[str]:
    if isinstance(value, int):
        yield f"第{numeral(value)}{unit}"
    elif isinstance(value, str):
        yield "至".join(_ordinal(part, unit) for part in value.split("至"))
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _written(part, unit)


def _ordinal(text: str, unit: str) -> str:
    head, _, tail = text.partition("之")
    if not head.isdecimal():
        return text
    return f"第{numeral(int(head))}{unit}" + (f"之{numeral(int(tail))}" if tail.isdecimal() else "")


def _each(value: Value, unit: str) -> Iterator[str]:
    """Yield the numbers of 条, 款 or 项 one by one in words, as something deeper is named of each."""
    for part in value if isinstance(value, (list, tuple)) else (value,):
        first, *last = str(part).split("至")
        yield _ordinal(first, unit)
        if last:
            begin, end = spans(part)[0]
            yield from (_ordinal(str(number), unit) for number in range(begin + 1, min(end, begin + MOST)))
            yield _ordinal(last[-1], unit)


def articles(citation: Mapping[str, Value]) -> str:
    """Return the place within the instrument: 第九十七条第一款第三项、第四项; empty when the whole is cited.

    Where several numbers have something below them, each is written with it: 第五条第一款、第六条第一款.
    """
    named = [unit for unit in UNITS if unit in citation]
    if not named:
        return ""
    above = product(*(_each(citation[unit], unit) for unit in named[:-1]))
    last = "、".join(_written(citation[named[-1]], named[-1]))
    return "、".join("".join(head) + last for head in islice(above, MOST))


def written(citation: Mapping[str, Value]) -> str:
    """Return the whole citation as text, with the version, annex and state that it names."""
    name, place = citation.get("依据文件"), articles(citation)
    head = f"《{name}》" if name else str(citation.get("文号", ""))
    version = f"（{citation['版本']}）" if "版本" in citation else ""
    annex = str(citation.get("附件", ""))
    annex = annex if not annex or annex.startswith("附") else f"附件{annex}"
    text = f"{head}{version}{place}{annex}" or str(citation.get("原文", "")).strip()
    state = citation.get("效力")
    if state:
        by = f"：{citation['取代依据']}" if "取代依据" in citation else ""
        text += f"（{state}{by}）"
    return text


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


def count(citation: Mapping[str, Value]) -> int:
    """Return how many places a citation names, without naming them: 条 1至20 and 款 [1, 2] are 40."""
    runs = (sum(max(0, last - first + 1) for first, last in spans(citation.get(unit))) for unit in UNITS)
    return prod(number or 1 for number in runs)


def parse_place(text: str) -> tuple[int, int, int] | None:
    """Return (条, 款, 项) of a place such as 第九十二条第二款, 0 where a part is not named; None if it is none."""
    found = {unit: number(words) or 0 for words, unit in _parts(text)}
    return (found["条"], found.get("款", 0), found.get("项", 0)) if found.get("条") else None


def _parts(text: str) -> Iterator[tuple[str, str]]:
    for match in _PART.finditer(text):
        yield (match[1], match[2]) if match[1] else (match[4], match[5])


def places(citation: Mapping[str, Value]) -> tuple[tuple[int, int, int], ...]:
    """Return every (条, 款, 项) that a citation names, 0 where a part is left out; no more than the first 1,000."""
    paragraphs: Sequence[int] = numbers(citation.get("款")) or (0,)
    items: Sequence[int] = numbers(citation.get("项")) or (0,)
    whole = ((a, p, i) for a in numbers(citation.get("条")) for p in paragraphs for i in items)
    return tuple(islice(whole, MOST))
