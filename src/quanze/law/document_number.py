"""The number of a document (发文字号): who issued it, of which year, which in turn: X政发〔2026〕12号, X令第3号."""

from __future__ import annotations

import re
import unicodedata

_COUNTED = re.compile("[0-9０-９〇零一二三四五六七八九十]")
_BRACKETS = str.maketrans("[［【(（〈{﹝「『《》』」]］】)）〉}﹞", "〔" * 11 + "〕" * 11)
_DIGIT = "0-9〇零○一二三四五六七八九十百千"
_YEAR = "(?P<year>(?:19|20)[0-9]{2}|[一二][〇零○一二三四五六七八九]{3})年?"
_ISSUER = "[A-Za-z㐀-鿿](?<![第年月日号附件表页条款项])"
_NUMBER = re.compile(
    rf"{_ISSUER}(?:〔{_YEAR}〕|{_YEAR.replace('year', 'bare')}[-—]?|〔[^〔〕]{{1,8}}届〕)?字?〔?"
    rf"第?(?!0+[号次期届])[{_DIGIT}]+(?:[-—之][{_DIGIT}]+)?[号次期]"
)
"""A meeting that decides is named by its own number: 第12次常务会议."""
_WAITING = re.compile("^(?:待|暂[无缺未]|未[定批发编印下出有取查]|拟[定报发批办稿]|正在|办理中|草案|送审|征求意见|尚)")
"""No number yet, whatever else is told."""
_YEARS = dict(zip("〇零○一二三四五六七八九", "000123456789", strict=True))


def numbered(told: str) -> bool:
    """Tell whether a text may be the number of a document: one has digits; 无 and 待核 are none."""
    return bool(_COUNTED.search(told))


def plain(told: str) -> str:
    """Return a text without what people write in several ways: width, brackets, spaces."""
    return "".join(unicodedata.normalize("NFKC", told).translate(_BRACKETS).split())


def usual(told: str) -> bool:
    """Tell whether a text has the number of a document in its usual form, or of the meeting that decided."""
    text = plain(told)
    return bool(_NUMBER.search(text)) and not _WAITING.search(text)


def year(told: str) -> str:
    """Return the year that a number is of; empty where it tells none in its usual form."""
    found = _NUMBER.search(plain(told))
    digits = (found["year"] or found["bare"] or "") if found else ""
    return "".join(_YEARS.get(digit, digit) for digit in digits)
