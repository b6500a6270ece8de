"""Handling: what a body promises must not be worse than what the law gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.problem import Finding
from quanze.form.words import spot
from quanze.law.numerals import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Value
    from quanze.register.catalog import Catalog

_PROMISED, _STATUTORY = "承诺时限", "法定时限"
_D, _N = "[0-9０-９]", "[零〇一二两三四五六七八九十百]"
_TIME = re.compile(f"((?<!{_D}){_D}+|(?<!{_N}){_N}+)\\s*个?(工作日|小时|日|天|个?月|年)")
"""A number is looked at from its beginning alone: a long one takes linear time."""
_HOURS = {"小时": 1, "日": 24, "天": 24, "工作日": 24, "月": 24 * 28, "个月": 24 * 28, "年": 24 * 365}
"""So many hours at least."""
_LONGEST = {**_HOURS, "月": 24 * 31, "个月": 24 * 31, "年": 24 * 366}
"""So many hours a unit of it can take at most."""
_HOLIDAYS = 24 * 11
"""So many hours twenty working days may wait for holidays."""


class _Span(NamedTuple):
    size: int
    unit: str

    @property
    def least(self) -> int:
        """The hours that it takes at least."""
        return self.size * _HOURS[self.unit]

    @property
    def most(self) -> int:
        """The hours that it takes at most: between working days lie weekends and the longest holidays."""
        if self.unit == "工作日":
            return 24 * (self.size + self.size // 5 * 2) + _HOLIDAYS * (self.size // 20 + 1)
        return self.size * _LONGEST[self.unit]

    def longer(self, other: _Span) -> bool:
        """Tell whether this is the longer one, whatever the calendar."""
        same = self.unit == other.unit
        return self.size > other.size if same else self.least > other.most


def promised_time(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """承诺时限不能比法定时限长；写成「15个工作日」「二十日」的样子就能比较。"""
    for record in catalog:
        for pointer, promised, statutory in _pairs(record.data, ""):
            mine, theirs = _spans(promised), _spans(statutory)
            if mine and theirs and all(one.longer(other) for one in mine for other in theirs):
                message = f"{spot(pointer)}写的「{promised}」比法定时限「{statutory}」长；请核对"
                yield Finding(record, pointer, message)


def _pairs(value: Mapping[str, Value], pointer: str) -> Iterator[tuple[str, str, str]]:
    """Yield (pointer, promised, statutory) of every group that has both."""
    if _PROMISED in value and _STATUTORY in value:
        yield f"{pointer}/{_PROMISED}", str(value[_PROMISED]), str(value[_STATUTORY])
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from _pairs(inner, f"{pointer}/{name}")


def _spans(text: str) -> list[_Span]:
    found = ((number(count.translate(_FIGURES)), unit) for count, unit in _TIME.findall(text))
    at_once = [_Span(0, "小时")] if "当场" in text else []
    return [*(_Span(count, unit) for count, unit in found if count is not None), *at_once]


_FIGURES = str.maketrans("０１２３４５６７８９", "0123456789")
RULES = (promised_time,)
