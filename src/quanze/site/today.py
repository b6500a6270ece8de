"""The day of a build on its pages: it is put in when a page is written, so that another day makes no page anew."""

from __future__ import annotations

from markupsafe import Markup

SLOT = Markup("\0day\0")
"""Stands for the day where a page tells it, as text or in an attribute that is no link; no record can hold it."""
_MARK = SLOT.encode()
Places = tuple[int, ...]
"""Where the day stands in a file."""


def put_in(content: bytes, day: bytes) -> tuple[bytes, Places]:
    """Return a file with the day in its slots, and where it stands now."""
    first, *rest = content.split(_MARK)
    places, place = [], len(first)
    for part in rest:
        places.append(place)
        place += len(day) + len(part)
    return day.join((first, *rest)), tuple(places)


def moved(content: bytes, places: Places, day: bytes) -> bytes:
    """Return a file that tells another day at the same places."""
    whole = bytearray(content)
    for place in places:
        whole[place : place + len(day)] = day
    return bytes(whole)
