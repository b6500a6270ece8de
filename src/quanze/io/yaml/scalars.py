"""What a plain scalar means in our dialect of YAML: text, unless it is one of very few other things."""

from __future__ import annotations

import re
from sys import intern

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.(?!0+\Z)[0-9]{1,9})?\Z")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


def plain(text: str) -> str | int | float | bool | None:
    """Return the value of an unquoted scalar.

    Only canonical decimals, true, false and null are not text: dates, `no`, `1e3`, `0x1F`, `9.0` (which is no
    number of an article) and codes with leading zeros stay as they are written.
    """
    if text in _WORDS:
        return _WORDS[text]
    if _NUMBER.match(text):
        return float(text) if "." in text else int(text)
    return intern(text)


def reads_as_text(text: str) -> bool:
    """Tell whether `text`, written without quotes, would be read back as text."""
    return isinstance(plain(text), str)
