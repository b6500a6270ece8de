"""A number that need not be whole (数值); behind it what it counts, where the form says so: 2.5 公里."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from quanze.form.kinds.kind import Kind, escaped
from quanze.form.sentences import quote
from quanze.law import numerals

if TYPE_CHECKING:
    from quanze.form.kinds.kind import Field, Look, Lookup

_TIMES = {"万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_MYRIADS = re.compile(rf"([0-9]{{1,15}}(?:\.[0-9]{{1,9}})?)({'|'.join(_TIMES)})?(元)?\Z")
_MONEY = {"万元": 10_000, "亿元": 100_000_000}
"""Units of money that a field may count in: what a text says with its own unit is so many of them."""


def text(value: object, field: Field, _look: Look) -> str:
    """Return a number with its thousands apart, and its unit."""
    digits = f"{value:,}" if isinstance(value, int) else f"{value:,.9f}".rstrip("0").rstrip(".")
    return f"{digits} {field.unit}".rstrip()


def read(text: str, field: Field, _names: Lookup) -> int | float:
    """Return a number as people write it in a sheet: １０万元, 1,000, 2.5, 十五; with its unit or without.

    Raises:
        ValueError: the text is no number.

    """
    unit = _bare(field.unit)
    digits = _bare(text).removesuffix(unit).removesuffix(unit.removeprefix("个"))
    match = _MYRIADS.match(digits)
    amount = float(match[1]) * _TIMES.get(match[2] or "", 1) if match else _read(digits.removesuffix("元"), _bare(text))
    if digits.endswith(("万", "亿", "元")):
        amount /= _MONEY.get(unit, 1)
    return int(amount) if amount == int(amount) else amount


def _bare(text: str) -> str:
    return re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", text))


def _read(digits: str, written: str) -> int | float:
    whole = numerals.number(digits) if digits else None
    if whole is None:
        raise ValueError(f"{quote(written)}不是数字")
    return whole


KIND = Kind("数值", text, escaped(text), read)
