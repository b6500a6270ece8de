"""Characters that nobody sees, and that steer what is seen: refused in records, written out in messages."""

from __future__ import annotations

import re

_BREAKS = "\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029"
_CONTROLS = "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"
_HIDDEN = "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
_BEYOND = (
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
)

INVISIBLE = re.compile(f"[\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029{_CONTROLS}{_HIDDEN}{_BEYOND}\ufffd]")
"""What no text of a record holds: controls, marks of direction, characters without width, the mark of lost ones.

What chooses among the shapes of a Han character (U+E0100 and on) belongs to names and stays."""
_STEERING = re.compile(f"[\t{_BREAKS}{_CONTROLS}{_HIDDEN}{_BEYOND}\ud800-\udfff]")
_LONGEST = 1_000
_KINDS = {
    "零宽字符": "\u200b\u200c\u200d\u2060\ufeff",
    "软连字符": "\u00ad",
    "改变书写方向的字符": "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    "字形选择符": "".join(map(chr, range(0xFE00, 0xFE10))),
    "换行、换页的字符": "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029",
    "控制字符": "".join(map(chr, (*range(9), *range(14, 28), 31, *range(127, 160)))),
}


def named(character: str) -> str:
    """Return how a message names a character that nobody sees: U+202E."""
    return f"U+{ord(character):04X}"


def described(character: str) -> str:
    """Return the name of a character that nobody sees, and of what kind it is: U+202E（改变书写方向的字符）."""
    kind = next((name for name, these in _KINDS.items() if character in these), "")
    return f"{named(character)}{f'（{kind}）' if kind else ''}"


def printable(text: str) -> str:
    """Return a text as one line that says what it holds: what would break it or steer a terminal is written out."""
    return shown(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def shown(text: str) -> str:
    """Return a text with what would steer a terminal written out, however long it is."""
    return _STEERING.sub(lambda match: f"<{named(match[0])}>", text)
