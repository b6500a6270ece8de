"""What the reader found in a text → citations as records have them: {依据文件, 版本, 条, 款, 项, 目, 附件}."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.law.reader.lexicon import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Value
    from quanze.law.instrument import Instrument
    from quanze.law.reader import Cited
    from quanze.law.reader.units import Number, Span

_MOST = 1_000
"""A run of numbers is expanded so far."""


def basis(cited: Cited, instruments: Mapping[str, Instrument], version: str = "") -> dict[str, Value]:
    """Return a citation as a record has it, under the short title of the instrument if it is just one."""
    keys = cited.instrument.keys
    known = instruments.get(keys[0]) if len(keys) == 1 else None
    found: dict[str, Value] = {"依据文件": known.short if known else cited.instrument.name}
    if version:
        found["版本"] = version
    found |= {unit: _numbers(spans) for unit, spans in zip(UNITS, cited.levels, strict=True) if spans}
    if cited.annex:
        found["附件"] = cited.annex
    return found


def _numbers(spans: tuple[Span, ...]) -> Value:
    values = [_number(first) if first == last else f"{_number(first)}至{_number(last)}" for first, last in spans]
    return values if len(values) > 1 else values[0]


def _number(number: Number) -> int | str:
    return f"{number[0]}之{number[1]}" if number[1] else number[0]


def expanded(span: Span) -> Iterator[Number]:
    """Yield the numbers of a run; between 第十二条 and 第十二条之三 stand 之一 and 之二."""
    (first, sub), (last, inner) = span
    if first == last:
        yield from ((first, one) for one in range(sub, inner + 1))
        return
    yield first, sub
    yield from ((one, 0) for one in range(first + 1, min(last, first + _MOST)))
    yield from ((last, one) for one in range(inner + 1))
