"""Articles as people type them into a search box: made by chance from what they write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.law.numerals import numeral

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

OLD = str.maketrans("产险学烟实对应条项关处罚许证规设备质灾监测评", "產險學煙實對應條項關處罰許證規設備質災監測評")
MARKS = ("%s", "%s", "《%s》", "《%s》", "〈%s〉", "「%s」")
NOTES = (*[""] * 8, "（2021年修正）", "（2014）", "（试行）", "(国务院令第591号)", "的", "中", "规定的")
AFTER = ("的规定", "处罚", "罚多少", "怎么罚", "是什么", "罚款", "。", "？")
BEFORE = ("依据", "违反", "根据", "违反了", "查")
RUN = ("至", "到", "-", "—", "~", "～", "－")
LIST = ("、", ",", "，", "和", "及", "与", "；")


def query(names: Sequence[str], dice: random.Random) -> str:
    """Return a query that names an article of one of some laws, seldom of two."""
    text = dice.choice(MARKS) % dice.choice(names) + dice.choice(NOTES) + _run(dice, "条", 130)
    for unit, most, share in (("款", 6, 0.35), ("项", 15, 0.4), ("目", 5, 0.05)):
        text += _run(dice, unit, most) if dice.random() < share else ""
    text += dice.choice(("、", "和", "，", " ")) + query(names, dice) if dice.random() < 0.08 else ""
    text += dice.choice(AFTER) if dice.random() < 0.15 else ""
    text = (dice.choice(BEFORE) if dice.random() < 0.08 else "") + text
    text = text.translate(OLD) if dice.random() < 0.1 else text
    for _ in range(dice.randint(1, 3) if dice.random() < 0.15 else 0):
        at = dice.randrange(len(text) + 1)
        text = text[:at] + dice.choice((" ", "\u3000")) + text[at:]
    return text


def _run(dice: random.Random, unit: str, most: int) -> str:
    """Return one number with its unit, a run or a list of several."""
    first = dice.randint(1, most)
    last = first + dice.randint(1, 6)
    shape = dice.random()
    if shape < 0.72:
        return _place(dice, first, unit)
    sign = dice.choice(RUN if shape < 0.86 else LIST)
    short = f"第{_numeral(dice, first)}{sign}{dice.choice(('第', ''))}{_numeral(dice, last)}{unit}"
    full = _place(dice, first, unit) + sign + _place(dice, last, unit)
    more = f"{full}、{_place(dice, last + 2, unit)}" if shape >= 0.86 else full
    return dice.choice((short, full, more))


def _place(dice: random.Random, number: int, unit: str) -> str:
    lead = dice.choice(("第", "第", "第", ""))
    if unit != "条":
        return lead + _small(dice, number) + unit
    inserted = f"之{dice.choice((numeral(dice.randint(1, 9)), '2'))}" if dice.random() < 0.12 else ""
    return lead + _numeral(dice, number) + unit + inserted


def _numeral(dice: random.Random, number: int) -> str:
    """Return a number in Chinese, in figures, in wide ones, digit by digit."""
    wide = "".join(chr(ord("０") + int(sign)) for sign in str(number))
    digits = "".join("〇一二三四五六七八九"[int(sign)] for sign in str(number))
    return dice.choice((*[numeral(number)] * 3, *[str(number)] * 3, wide, digits, numeral(number).replace("零", "〇")))


def _small(dice: random.Random, number: int) -> str:
    """Return the number of a 款, 项 or 目: as others, in brackets, in a ring."""
    ringed = (chr(ord("①") + number - 1), chr(ord("⑴") + number - 1))
    words = (
        dice.choice((*[_numeral(dice, number)] * 6, *ringed)) if number <= len("一二三四五六七八九十") else str(number)
    )
    return dice.choice(("（%s）", "(%s)", "%s", "%s", "%s")) % words
