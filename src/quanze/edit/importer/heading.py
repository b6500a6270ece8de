"""Who acts, and who acted before, as the heading of a section says it: 由公安机关实施的事项, 原由区城管局行使的职权."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from quanze.edit.importer.words import section_words

_NUMBERING = re.compile(r"\A[（(]?[一二三四五六七八九十0-9]{1,3}[）)]?[、.．]?\s*")
_COUNT = re.compile(r"[（(][^）)]{0,200}[）)]|共?(?<![0-9])[0-9]+项\Z")
_WRAPPED = re.compile(r"\A[（(【]([^（）()【】]+)[）)】]\Z")
_UNIT = re.compile(r"\A(?:单位|部门|填报单位|实施主体|责任单位|责任部门)[：:]")


class Acting(NamedTuple):
    """Who acts by a heading; empty where it does not say."""

    now: str = ""
    before: str = ""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    do, still, to, now, once = (f"(?:{section_words()[name]})" for name in ("做", "仍", "给", "现", "原"))
    end = r"的(?:行政)?(?:职权|权力|事项|项目|处罚|许可|检查|强制)*"
    beside = r"(?:[、，,；;]?[^、，,；;]{2,30}?(?:配合|协助|协同)(?:实施)?)?"
    return (
        re.compile(
            rf"\A(?!委托|授权|{once})(?:{now}|{still})*(?:{to}|由|(?=.+{do}{beside}的))(?P<who>.+?)"
            rf"{still}*(?:负责)?{do}?{beside}{end}\Z"
        ),
        re.compile(rf"\A{once}(?:{still})*(?:由|归|属于?)?(?P<who>.+?)(?:{do}+|(?=的))(?P<rest>.*)\Z"),
        re.compile(to),
    )


def acting(heading: str) -> Acting:
    """Return who acts by a heading, and who did before: 原由甲局行使、现由乙局行使的职权 says both."""
    by, formerly, _ = _patterns()
    said = _COUNT.sub("", unwrapped(heading)).strip()
    before = formerly.match(said)
    if before:
        now = by.match(before["rest"].lstrip("、，,；; "))
        return Acting(now["who"] if now else "", before["who"])
    now = by.match(said)
    return Acting(given_to(now["who"]) if now else "")


def given_to(words: str) -> str:
    """Return to whom a power went: 镇政府 of 县林业局划转镇政府; the same words where it went to nobody."""
    return _patterns()[2].split(words)[-1]


def bare(heading: str) -> str:
    """Return who acts by a heading, else the heading without its number and count: （二）市教育局（3项） → 市教育局."""
    said = _UNIT.sub("", _COUNT.sub("", unwrapped(heading))).strip()
    found = acting(said)
    return "" if found.before and not found.now else found.now or said


def unwrapped(heading: str) -> str:
    """Return a heading without its number and the brackets around all of it."""
    return _WRAPPED.sub(r"\1", _NUMBERING.sub("", heading.strip()))
