"""Remedies: what a text says of provisions and days is what its basis and its period say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.form.words import spot
from quanze.register.remedies import REMEDIES, WORDING, deadlines, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.register.catalog import Catalog

_N = "[零〇一二三四五六七八九十百千]+"
_PLACE = re.compile(f"第{_N}条(?:之{_N})?(?:第{_N}款)?(?:第{_N}项)?")


def remedy_text(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """救济途径的正文、要点里写到的条文，须是同一处「引用」「依据」里列明的，这样条文改动时才查得到。"""
    for record in catalog.records.get(REMEDIES, {}).values():
        for pointer, one in texts(record):
            known = {citation.place for citation in one.cited}
            for place in dict.fromkeys(_PLACE.findall(one.text)):
                if place not in known:
                    message = f"{spot(pointer)}写了{place}，「引用」「依据」里没有；请补上，或者改成一致"
                    yield Finding(record, pointer, message)


def remedy_period(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """救济途径的期限写了「写法」的，里面须有「数」和「单位」写的那个期限。"""
    for record in catalog.records.get(REMEDIES, {}).values():
        for pointer, one in deadlines(record):
            if one.wording and one.length and one.length not in one.wording:
                message = f"写法「{one.wording}」里没有「{one.length}」；请把「数」「单位」和「写法」改成一致"
                yield Finding(record, f"{pointer}/{WORDING}", message)


RULES = (remedy_text, remedy_period)
