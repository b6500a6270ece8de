"""Remedies: what a text says of provisions and days is what its basis and its period say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.form.words import spot
from quanze.register.remedies import BRIEF, QUICK, REMEDIES, WORDING, Remedy, deadlines, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Record
    from quanze.register.catalog import Catalog

_DIGITS = "[零〇一二三四五六七八九十百千]"
_N = f"{_DIGITS}+"
_PERIOD = re.compile(f"(?<!{_DIGITS}){_N}(?:个工作日|日|个月|年)(?=内)")
_SHORT = (f"/{BRIEF}/", f"/{QUICK}/")
_PLACE = re.compile(f"第{_N}条(?:之{_N})?(?:第{_N}款)?(?:第{_N}项)?")


def remedy_text(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """救济途径的正文、要点里写到的条文，须是同一处「引用」「依据」里列明的，这样条文改动时才查得到。"""
    for record in catalog.records.get(REMEDIES, {}).values():
        for pointer, remark in texts(record):
            known = {citation.place for citation in remark.cited}
            for place in dict.fromkeys(_PLACE.findall(remark.text)):
                if place not in known:
                    message = f"{spot(pointer)}写了{place}，「引用」「依据」里没有；请补上，或者改成一致"
                    yield Finding(record, pointer, message)


def remedy_period(catalog: Catalog, _at: str) -> Iterator[Finding]:
    """救济途径的期限写了「写法」的，里面须有「数」和「单位」写的那个期限；要点、速答写的期限，须是某一步写了的。"""
    known = catalog.records.get(REMEDIES, {})
    for record in known.values():
        yield from _brief(record, Remedy.of(record, known))
        for pointer, one in deadlines(record):
            if one.wording and one.length and one.length not in one.wording:
                message = f"写法「{one.wording}」里没有「{one.length}」；请把「数」「单位」和「写法」改成一致"
                yield Finding(record, f"{pointer}/{WORDING}", message)


def _brief(record: Record, remedy: Remedy) -> Iterator[Finding]:
    """Yield the periods of the printed sheet and the quick answers that no step has."""
    steps = [step for paper in remedy.papers for step in paper.steps]
    told = [text for step in steps for text in (step.remark.text, step.deadline.text if step.deadline else "")]
    lengths = {period for text in told for period in _PERIOD.findall(text)}
    for pointer, one in texts(record):
        if pointer.startswith(_SHORT) and lengths:
            for period in dict.fromkeys(_PERIOD.findall(one.text)):
                if period not in lengths:
                    have = "、".join(sorted(lengths))
                    message = f"{spot(pointer)}写了{period}，各步里没有；有的是{have}；请改成一致"
                    yield Finding(record, pointer, message)


RULES = (remedy_text, remedy_period)
