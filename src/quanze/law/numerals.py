"""Chinese numerals as statutes write them, both ways."""

from __future__ import annotations

from functools import lru_cache

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_MYRIADS = ((10**8, "亿"), (10**4, "万"))
_BEYOND = 10**16
_LONGEST = 40
"""So many numerals a number may have, be it written in words or figures."""
_VALUES = {**{digit: value for value, digit in enumerate(_DIGITS)}, "〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}


@lru_cache(maxsize=4096)
def numeral(number: int) -> str:
    """Return a non-negative whole number in words: 97 → 九十七, 100000 → 十万, 2000 → 二千.

    From 10^16 on there is no word that every reader knows: the figures stand.
    """
    if number == 0:
        return "零"
    if number >= _BEYOND:
        return str(number)
    words = _words(number)
    return words[1:] if words.startswith("一十") else words


def _words(number: int) -> str:
    for unit, word in _MYRIADS:
        if number >= unit:
            high, low = divmod(number, unit)
            gap = "零" if low and low < unit // 10 else ""
            return _words(high) + word + gap + _words(low)
    return _below_myriad(number)


def _below_myriad(number: int) -> str:
    words, zero = "", False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            words += ("零" if zero and words else "") + _DIGITS[digit] + _UNITS[power]
            zero = False
        else:
            zero = True
    return words


def number(words: str) -> int | None:
    """Return the whole number that Chinese or ASCII numerals say, or None: 一百零七 → 107."""
    if len(words) > _LONGEST:
        return None
    if words.isascii():
        return int(words) if words.isdecimal() else None
    total = section = digit = 0
    for word in words:
        if word in _VALUES:
            digit = digit * 10 + _VALUES[word] if digit and section == 0 else _VALUES[word]
        elif word in _SCALES:
            section += (digit or 1) * _SCALES[word]
            digit = 0
        elif word == "万":
            total += (section + digit) * 10_000
            section = digit = 0
        elif word == "亿":
            total = (total + section + digit) * 100_000_000
            section = digit = 0
        else:
            return None
    return total + section + digit


def yuan(amount: int) -> str:
    """Return an amount of yuan in words: 100000 → 十万元."""
    return f"{numeral(amount)}元"
