"""Days as a calendar file (RFC 5545): whole days, the same bytes for the same days."""

from __future__ import annotations

import datetime
import hashlib
from typing import TYPE_CHECKING

from quanze.register.disclaimer import disclaimer, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quanze.register.settings import Settings
    from quanze.site.dates import Date

_WIDE = 75
"""Octets that a line of a calendar file holds."""


def ics(dates: Iterable[Date], site: Settings) -> bytes:
    """Return a calendar; what the site says of itself (a demonstration) stands before every title."""
    said, before, title = disclaimer(site), mark(site), f"{site.title}：日程"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//quanze//calendar//ZH",
        f"X-WR-CALNAME:{_text(before + title)}",
    ]
    lines += [f"X-WR-CALDESC:{_text(said)}"] if said else []
    for date in dates:
        lines += _event(date, site.url, before)
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line.encode()))


def _event(date: Date, address: str, before: str) -> Iterator[str]:
    day = datetime.date.fromisoformat(date.day)
    digest = hashlib.sha256(f"{date.what}\n{date.title}\n{date.url}".encode()).hexdigest()[:16]
    yield "BEGIN:VEVENT"
    yield f"UID:{day:%Y%m%d}-{digest}@quanze"
    yield f"DTSTAMP:{day:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"SUMMARY:{_text(before + date.title)}"
    yield f"CATEGORIES:{_text(date.what)}"
    if address:
        yield f"URL:{address}{date.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """Return a text with what has a meaning in a calendar file escaped."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _folded(line: bytes) -> Iterator[bytes]:
    """Yield a line in parts of at most 75 octets, no character cut, each but the first after a space."""
    head = b""
    while len(head) + len(line) > _WIDE:
        end = _WIDE - len(head)
        while line[end] & 0xC0 == 0x80:  # noqa: PLR2004 - a byte within a character of UTF-8
            end -= 1
        yield head + line[:end]
        line, head = line[end:], b" "
    yield head + line
