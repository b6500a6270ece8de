"""Text → citations: what a clerk's cell or a notice cites, as far as it can be read without guessing."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from quanze.law.numerals import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Value

_N = "[0-9零〇一二两三四五六七八九十百千]+"
_STEP = rf"(?:第?{_N}条(?:之{_N})?|第?{_N}[款项目]|第?{_N}(?=(?:至|、|和|或|及)))"
_PLACE = re.compile(rf"第{_N}条(?:之{_N})?(?:(?:至|、|和|或者|或|及|以及)?\(?{_STEP}\)?)*")
_TITLE = re.compile(r"《([^《》]+)》(?:\(([^()]*)\))?")
_BRACKETED = re.compile(rf"第\(({_N})\)")
_UNIT = re.compile(rf"第({_N})([条款项目])(?:之({_N}))?(至)?")


def citations(text: str) -> list[dict[str, Value]]:
    """Return the citations of one or more instruments in book-title marks that a text makes.

    Each is a 依据 with 依据文件 and, where named, 条, 款, 项, 目; places joined by 、 become several citations.
    A text that cannot be read wholly still gives the titles; the caller keeps it as 原文.
    """
    normal = _BRACKETED.sub(r"第\1", unicodedata.normalize("NFKC", text))
    found: list[dict[str, Value]] = []
    titles = list(_TITLE.finditer(normal))
    for index, title in enumerate(titles):
        end = titles[index + 1].start() if index + 1 < len(titles) else len(normal)
        rest = normal[title.end() : end]
        places = [place for match in _PLACE.finditer(rest) for place in _places(match[0])]
        found.extend({"依据文件": title[1].strip(), **place} for place in places or [{}])
    return found


def _places(text: str) -> Iterator[dict[str, Value]]:
    """Yield the places of one run such as 第三十六条第一款第二项、第三项或者第四十条."""
    place: dict[str, Value] = {}
    units = "条款项目"
    for match in _UNIT.finditer(text):
        unit, value = match[2], number(match[1])
        if value is None:
            continue
        if unit in place or any(later in place for later in units[units.index(unit) + 1 :]):
            yield dict(place)
            place = {name: place[name] for name in units[: units.index(unit)] if name in place}
        place[unit] = f"{value}之{number(match[3])}" if match[3] else value
    if place:
        yield place
