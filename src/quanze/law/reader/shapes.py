"""Signs that look alike, as scanners mistake them: 《安全牛产法》 can only be 《安全生产法》.

`shapes.txt` has a line for each common sign: the sign, then up to six that are drawn nearly as it is, whole or in their
right or lower part, the nearest first. It was computed from the drawings of two open typefaces.
"""

from __future__ import annotations

from importlib.resources import files
from operator import ne
from typing import TYPE_CHECKING

from quanze.law.reader.lexicon import DATA, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ALIKE = {
    line[0]: line[1:] for line in files(__package__).joinpath("shapes.txt").read_text("utf-8").splitlines() if line
}
_HEARD: Mapping[str, str] = DATA["misread"]["heard"]
"""What is typed for a sign because it sounds as it: 安全生产发."""
_FEWEST: int = DATA["misread"]["fewest"]
"""A title of fewer signs may well be another law's."""
_EACH: int = DATA["misread"]["each"]
"""Of so many signs one may be mistaken."""


def shapes(names: Iterable[str]) -> dict[str, str]:
    """Return, for each sign of these names that has any, the signs that may be taken for it."""
    signs = sorted(set().union(*names))
    return {sign: _ALIKE.get(sign, "") + _HEARD.get(sign, "") for sign in signs if sign in _ALIKE or sign in _HEARD}


def mistaken(written: str, name: str, alike: Mapping[str, str]) -> bool:
    """Tell whether a title can be this name with few of its signs mistaken for others of their shape."""
    if len(written) != len(name) or len(name) < _FEWEST:
        return False
    left = max(1, len(name) // _EACH)
    if sum(map(ne, written, name)) > left:
        return False
    for at, (sign, right) in enumerate(zip(written, name, strict=True)):
        if sign == right:
            continue
        if sign not in alike.get(right, ""):
            return False
        place = pattern("region").match(name)
        if place and at < place.end():  # 宜城市 is not 宣城市, however alike they look
            return False
    return True
