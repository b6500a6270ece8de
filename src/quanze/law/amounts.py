"""The amounts that a provision names (元, 倍, 百分之), as ranges, and to whom each is addressed."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from quanze.law.fine import MEASURES, Fine
from quanze.law.numerals import number

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS = "[零〇一二两三四五六七八九十百千万亿]"
_N = rf"(?:(?<![0-9])[0-9]++(?:,[0-9]{{3}})*+(?:\.[0-9]++)?+|(?<!{_SIGNS}){_SIGNS}++(?:点[零〇一二三四五六七八九]++)?+)"
_TO = "(?:以上(?:至)?|至|到|-|—|~)"
_AMOUNT = re.compile(
    rf"百分之(?P<words>{_N})|(?P<sign>{_N})%|(?P<yuan>{_N})(?P<scale>万|亿)?元|(?P<times>{_N})倍"
    rf"|(?P<bare>{_N})(?P<bare_scale>万|亿)?(?={_TO}(?:百分之)?{_N}(?:万|亿)?[元倍%])"
)
_JOINED = re.compile(_TO)
_AT_MOST = re.compile("以下|以内")
_NOT_OVER = re.compile("(?:不超过|不得超过|最高)\\Z")
_SCALES = {"万": 10_000, "亿": 100_000_000}
YUAN, TIMES, PERCENT = "元", "倍", "百分之"
MEASURED = dict(zip((YUAN, TIMES, PERCENT), MEASURES, strict=True))
"""The measure of a fine in each unit."""
_WHO = re.compile(
    "对(?P<who>(?:[^，；。:;]{0,40}?)(?:人员|负责人|投资人|个人|单位|机构|企业|组织|者|人))(?=[，可处并依给由予以,实施])"
)
_EITHER = re.compile("(?:单位|组织|机构|企业)(?:或者|和|或|、)个人|个人(?:或者|和|或|、)单位")
_PERSON = re.compile("人员|负责人|个人|投资人|责任人|执业人|法定代表人|工程师")


class Range(NamedTuple):
    """One range, or one amount where both bounds are the same; None is a bound that is not named."""

    unit: str
    low: float | None
    high: float | None


class Amount(NamedTuple):
    """A range that a provision names."""

    range: Range
    start: int
    """Where it stands in the folded text."""
    who: str
    """The words behind 对 that name whom it is for; empty where it is the one that the provision speaks of."""

    @property
    def personal(self) -> bool | None:
        """Whether it is for persons, not for the unit; None where the provision does not say whom it is for."""
        return personal(self.who) if self.who else None


class _Token(NamedTuple):
    unit: str
    value: float
    start: int
    end: int


def fold(text: str) -> str:
    """Return a provision as it is compared: half-width, without white space and the numbers of its 项."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return re.sub(r"\([一二三四五六七八九十]{1,3}\)(?!项)", "", plain)


def amounts(text: str) -> Iterator[Amount]:
    """Yield the amounts of a folded text in order: 十万元以上二十万元以下, 5万元以下, 百分之三十至百分之六十, 二倍."""
    tokens = [*_tokens(text)]
    at = 0
    while at < len(tokens):
        token = tokens[at]
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if following and following.unit == token.unit and _JOINED.fullmatch(text, token.end, following.start):
            yield Amount(Range(token.unit, token.value, following.value), token.start, whom(text, token.start))
            at += 2
            continue
        low: float | None = token.value
        high: float | None = token.value
        if _AT_MOST.match(text, token.end) or _NOT_OVER.search(text, max(0, token.start - 5), token.start):
            low = None
        elif text.startswith("以上", token.end):
            high = None
        yield Amount(Range(token.unit, low, high), token.start, whom(text, token.start))
        at += 1


def ranges(fine: Fine) -> Iterator[Range]:
    """Yield the ranges of a fine of a record."""
    for unit, measure in MEASURED.items():
        if measure in fine.bounds:
            yield Range(unit, *fine.bounds[measure])


def personal(addressee: str) -> bool | None:
    """Tell whether an addressee (对象) is a person, not a unit; None where it is either."""
    return None if _EITHER.search(addressee) else bool(_PERSON.search(addressee))


def _tokens(text: str) -> Iterator[_Token]:
    """Yield the numbers that have a unit; one before 至 has that of the number behind it."""
    bare: list[tuple[float, str, int, int]] = []
    for match in _AMOUNT.finditer(text):
        if match["bare"]:
            bare = [(_value(match["bare"]), match["bare_scale"] or "", match.start(), match.end())]
            continue
        unit = YUAN if match["yuan"] else TIMES if match["times"] else PERCENT
        scale = match["scale"] or ""
        for value, own, start, end in bare:
            if _JOINED.fullmatch(text, end, match.start()):
                yield _Token(unit, value * _SCALES.get(own or scale, 1), start, end)
        bare = []
        value = _value(match["yuan"] or match["times"] or match["words"] or match["sign"])
        yield _Token(unit, value * _SCALES.get(scale, 1), match.start(), match.end())


def _value(words: str) -> float:
    plain = words.replace(",", "")
    if plain[0].isdecimal():
        return float(plain)
    whole, _, digits = plain.partition("点")
    fraction = "".join(str(number(digit) or 0) for digit in digits)
    return float(f"{number(whole) or 0}.{fraction or 0}")


def whom(text: str, at: int) -> str:
    """Return whom the clause before a place names behind 对: not beyond the last semicolon or full stop."""
    begin = max(text.rfind(mark, 0, at) for mark in ";。；:") + 1
    found = [match["who"] for match in _WHO.finditer(text, begin, at)]
    return found[-1].removeprefix("其") if found else ""
