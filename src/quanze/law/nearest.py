"""Which titles a person may mean who wrote one that is not known."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from quanze.law.reader.known import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALIKE = 0.5
_FEW = 3
"""More titles that are equally near say nothing."""


def nearest(title: str, known: Iterable[str]) -> str:
    """Return a clause that names the titles nearest to one by what stands before 法, 条例 …, or an empty string.

    Of a bare 条例 none is near; where several are equally near, none is said to be the one.
    """
    stems: dict[str, set[str]] = {}
    for name in known:
        stems.setdefault(_stem(name), set()).add(name)
    stem = _stem(title)
    close = difflib.get_close_matches(stem, stems, _FEW + 1, _ALIKE) if stem else []
    best = [one for one in close if _ratio(stem, one) == _ratio(stem, close[0])]
    found = sorted({name for one in best for name in stems[one]})
    if not 0 < len(found) <= _FEW:
        return ""
    return f"；最接近的{'是' if len(found) == 1 else '有'}{'、'.join(f'《{one}》' for one in found)}"


def _stem(title: str) -> str:
    return next((title.removesuffix(end) for end, _ in CLASSES if title.endswith(end)), title)


def _ratio(stem: str, other: str) -> float:
    return difflib.SequenceMatcher(None, other, stem).ratio()
