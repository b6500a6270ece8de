"""Quotation marks that only hold the fields of a table, "…","…", or the strings of JSON: nobody speaks in them."""

from __future__ import annotations

import re
from itertools import pairwise

_PART = re.compile(r'[ \t\n\r{}\[\]:,+.0-9eEtrufalsn-]*(?:("(?:[^"\\\n\r]|\\[^\n\r])*")|\Z)')
"""What JSON is made of up to the end of its next string."""
_LINE = re.compile(r"[^\n\r]+")
_FIELD = r'(?:"[^"]*(?:""[^"]*)*"|[^",]*)'
_FIELDS = re.compile(rf"{_FIELD}(?:,{_FIELD}){{2,}}")
"""A line of three fields at least."""
_QUOTED = re.compile('"[^"]*(?:""[^"]*)*"')
_BLANK = " \t\n\r"


def unquoted(source: str) -> str:
    """Return a text with white space for such marks, its signs where they were; a mark that a field doubles is one."""
    if '"' not in source:
        return source
    begun, ended = source.lstrip(_BLANK)[:1], source.rstrip(_BLANK)[-1:]
    if begun and ended and begun + ended in {"{}", "[]"}:
        return _blanked(source, _strings(source))
    return _blanked(source, _fields(source)) if ',"' in source or '",' in source else source


def _strings(source: str) -> list[tuple[int, int]]:
    """Return where the strings of JSON stand; none where it is none."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(source):
        part = _PART.match(source, at)
        if not part:
            return []
        if part[1]:
            found.append(part.span(1))
        at = part.end()
    return found


def _fields(source: str) -> list[tuple[int, int]]:
    """Return where the quoted fields stand in lines of as many fields as the line before or after."""
    lines = [*_LINE.finditer(source)]
    counts = [_QUOTED.sub("", line[0]).count(",") if _FIELDS.fullmatch(line[0]) else 0 for line in lines]
    alike = [bool(one) and one == other for one, other in pairwise(counts)]
    rows = (line for line, *beside in zip(lines, [False, *alike], [*alike, False], strict=True) if any(beside))
    return [
        (line.start() + field.start(), line.start() + field.end())
        for line in rows
        for field in _QUOTED.finditer(line[0])
    ]


def _blanked(source: str, spans: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += [source[at:start], " ", source[start + 1 : end - 1].replace('""', '" '), " "]
        at = end
    return "".join([*parts, source[at:]])
