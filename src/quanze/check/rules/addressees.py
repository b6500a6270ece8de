"""Addressees: whom a sanction of a record meets, against whom the provision names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.check.rules.provisions import PERSONS, elsewhere, on_persons, places, until_confirmed, worded
from quanze.law.amounts import personal, whom
from quanze.law.fine import FINE
from quanze.law.sanction import ADDRESSEE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.law.sanction import Sanction
    from quanze.register.catalog import Catalog

_ANYBODY = "个人"
"""A person whom provisions call in many ways: 公民, 任何人, 行为人."""
_UNIT_TOLD = re.compile("责令[^,;。]{0,12}(?:单位|企业|机构)\\Z")
"""What stands before a kind that is for the unit in a sentence on persons: 责令生产经营单位停产停业整顿."""


def addressee_of_the_law(catalog: Catalog, at: str) -> Iterator[Finding]:
    """处罚的对象须是所引条文处罚的：条文没有提到的人不能写，条文对单位的不能写成对人的，对人的不能写成对单位的；收录了全文的，逐一核对。

    所引的条随新版本改了、还没有核对的，只是待复核。
    """
    yield from until_confirmed(catalog, at, _addressees(catalog, at))


def _addressees(catalog: Catalog, at: str) -> Iterator[Finding]:
    for occurrence, bases in worded(catalog, at):
        row, texts = occurrence.value, [basis.text for basis in bases]
        if not elsewhere(texts) and (why := _wrong(row, texts)):
            where = "、".join(dict.fromkeys(basis.place for basis in bases))
            message = f"{where}{why}，「{ADDRESSEE}」却写「{row.addressee}」；请照条文改"
            yield Finding(occurrence.record, f"{occurrence.pointer}/{ADDRESSEE}", message)


def _wrong(row: Sanction, texts: Sequence[str]) -> str:
    """Return why provisions do not meet the addressee of a row; empty where they may."""
    mine = personal(row.addressee)
    named = [word for word in PERSONS if word in row.addressee and word != _ANYBODY]
    if mine is None or (mine and not named):
        return ""
    if mine and not any(word in text for text in texts for word in named):
        return f"没有提到{'、'.join(named)}"
    for kind in row.kinds:
        found = [(text, at) for text in texts for at in places(text, kind)] if kind != FINE else []
        if found and mine and not any(_met(text, at, named) for text, at in found):
            return f"的「{kind}」不是对{'、'.join(named)}的"
        if found and not mine and all(_on_person(text, at) for text, at in found):
            return f"的「{kind}」是对人的"
    return ""


def _met(text: str, at: int, named: Sequence[str]) -> bool:
    """Tell whether what stands at a place can be for persons: those named before it, or whose it is behind it."""
    before = text[max(text.rfind(mark, 0, at) for mark in ";。") + 1 : at]
    behind = re.split("[,;。]", text[at:], maxsplit=1)[0]
    told = re.search(f"对[^,;。]*(?:{'|'.join(named)})", before)
    return bool(told) or on_persons(text, at) or any(word in behind for word in named) or "资格" in behind


def _on_person(text: str, at: int) -> bool:
    """Tell whether what stands at a place is for persons and not for the unit."""
    who = whom(text, at)
    return bool(personal(who)) if who else on_persons(text, at) and not _UNIT_TOLD.search(text[:at])


RULES = (addressee_of_the_law,)
