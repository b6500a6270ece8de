"""Codes of items: the national schemes of 12, 31 and 33 digits, and the credit code of a body (GB 32100)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

from quanze.base.value import mapping, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quanze.base.model import Value

SCHEME, CODE, _START, END = "方案", "编码", "起", "止"

BASIC, IMPLEMENTATION, BUSINESS = "基本编码", "实施编码", "业务办理项编码"
LENGTHS: Mapping[str, int] = {BASIC: 12, IMPLEMENTATION: 31, BUSINESS: 33}
"""The national schemes. 基本编码: region 2, type 2, department 2, item 3, sub-item 3 digits; 实施编码 puts the
18 characters of a credit code and a level digit before it, 业务办理项编码 two more digits behind."""

LEVELS: Mapping[str, str] = {"1": "国家级", "2": "省级", "3": "市级", "4": "县级", "5": "乡级", "6": "村级"}
NATIONAL = "00"
"""The region digits of a code that the whole country shares."""

_CREDIT = 18
_DIGITS = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True)
class Code:
    """The parts of a code of a national scheme; empty where the scheme has no such part."""

    basic: str
    credit: str = ""
    level: str = ""

    @property
    def region(self) -> str:
        """The two digits of the province; 00 for the whole country."""
        return self.basic[:2]

    @property
    def type(self) -> str:
        """The two digits of the power type; the form says which word has them."""
        return self.basic[2:4]


class AssignedCode(NamedTuple):
    """A code that some scheme gives a power (编码), as a record has it; no days where it holds without end."""

    scheme: str
    code: str
    start: str = ""
    end: str = ""

    @classmethod
    def of(cls, data: object) -> AssignedCode:
        """Return the code that a value of a record tells."""
        get = mapping(data).get
        return cls(text(get(SCHEME)), text(get(CODE)), text(get(_START)), text(get(END)))

    def data(self) -> dict[str, Value]:
        """Return it as a record has it."""
        told = ((SCHEME, self.scheme), (CODE, self.code), (_START, self.start), (END, self.end))
        return {name: value for name, value in told if value}


class LocalScheme(NamedTuple):
    """A scheme that a register's settings describe."""

    pattern: str
    fits: Callable[[str], bool]


def read(scheme: str, text: str) -> Code | None:
    """Return the parts of a sound code of a national scheme, else None."""
    if scheme not in LENGTHS or fault(scheme, text, {}):
        return None
    if scheme == BASIC:
        return Code(text)
    return Code(text[_CREDIT + 1 : _CREDIT + 13], text[:_CREDIT], LEVELS.get(text[_CREDIT], ""))


def fault(scheme: str, text: str, local: Mapping[str, LocalScheme]) -> str:
    """Return what is wrong with a code in words, or an empty string; `local` tells those of other schemes."""
    if scheme in local:
        return "" if local[scheme].fits(text) else f"不符合{scheme}的写法 {local[scheme].pattern}"
    if scheme not in LENGTHS:
        return f"的方案「{scheme}」没有登记；可以用的有：{'、'.join([*LENGTHS, *local])}"
    if len(text) != LENGTHS[scheme]:
        return f"有 {len(text)} 位，{scheme}应当是 {LENGTHS[scheme]} 位"
    if scheme == BASIC:
        return "" if _DIGITS.fullmatch(text) else "里有不是数字的字符"
    return _long_fault(text)


def _long_fault(text: str) -> str:
    if not _DIGITS.fullmatch(text[_CREDIT:]):
        return "第 19 位以后须都是数字"
    if text[_CREDIT] not in LEVELS:
        return f"第 19 位「{text[_CREDIT]}」不是层级（1 国家 2 省 3 市 4 县 5 乡 6 村）"
    wrong = credit_fault(text[:_CREDIT])
    return f"前 18 位的统一社会信用代码{wrong}" if wrong else ""


@lru_cache(maxsize=4096)
def credit_fault(text: str) -> str:
    """Return what is wrong with a credit code in words, or an empty string."""
    if len(text) != _CREDIT:
        return f"有 {len(text)} 位，应当是 {_CREDIT} 位"
    try:
        strange = uscc.validate(text) != text
    except InvalidChecksum:
        return f"校验码不对：照前 17 位算，末位应当是 {uscc.calc_check_digit(text)}"
    except ValidationError:
        strange = True
    return "里有不该有的字符（前 8 位是数字，字母大写，没有 I、O、S、V、Z）" if strange else ""
