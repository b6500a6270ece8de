"""The columns of a field → its one text: line after line, the parts of a citation side by side, a stage a row."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from quanze.edit.importer.words import PLACE, TITLE, UNITS, WORDING, plain, says_nothing
from quanze.form import kinds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quanze.edit.importer.laid import LayoutItem
    from quanze.edit.importer.sheet import Sheet
    from quanze.edit.importer.target import Target

LEADING = re.compile(r"\A(?:[（(][0-9一二三四五六七八九十]{1,3}[）)]|[①-⑳]|[0-9]{1,3}[.．、）)])\s*(?=\D)")
"""The number before a name or a stage."""


_DITTO = frozenset({"同上", "同前", "同上一项", "〃", "″"})
_LONGEST_DITTO = 12


def is_ditto(text: str) -> bool:
    """Tell whether a text says that what stands above holds here too."""
    return len(text) <= _LONGEST_DITTO and (text.strip() in _DITTO or plain(text).rstrip("。") in _DITTO)


def joined(item: LayoutItem, sheet: Sheet, targets: Sequence[Target], texts: Mapping[int, str]) -> str:
    """Return the text of a field's columns: one after the other, or the parts of each citation side by side."""
    if len(targets) == 1 and not targets[0].part:
        return texts[targets[0].index]
    if a_row_each(targets):
        return staged(item, sheet, targets, texts)
    if not any(one.part for one in targets):
        return "\n".join(texts[one.index] for one in targets)
    lines: dict[str, None] = {}
    title = ""
    for row, group in product(item.rows, _groups(targets)):
        whole = {one.part: _shown(item, sheet, row, one, texts) for one in group}
        for said in _side_by_side(whole):
            title = said.get(TITLE, "") or title
            name = f"《{title}》" if title and "《" not in title else title
            units = "".join([_unit(said[unit], unit) for unit in UNITS if unit in said])
            place, words = said.get(PLACE, "") + units, said.get(WORDING, "")
            line = f"{name}{place}" + (f"：{words}" if words else "") + said.get("", "")
            lines[line] = None
    return "\n".join(lines)


def _groups(targets: Sequence[Target]) -> list[list[Target]]:
    """Return the columns of each citation: where a part comes again, the next one begins."""
    groups: list[list[Target]] = [[]]
    for one in targets:
        if any(other.part == one.part for other in groups[-1]):
            groups.append([])
        groups[-1].append(one)
    return groups


def _side_by_side(said: Mapping[str, str]) -> list[Mapping[str, str]]:
    """Return the parts of the citations of a row: line by line where its cells have equally many."""
    titles = said.get(TITLE, "").split("\n")
    lines = {part: text.split("\n") for part, text in said.items() if text}
    even = all(len(one) == len(titles) for part, one in lines.items() if part in {PLACE, *UNITS})
    if len(titles) == 1 or not even or not any(part in lines for part in (PLACE, *UNITS)):
        return [said]
    words = lines.get(WORDING, [])
    if len(words) not in {0, len(titles)}:
        return [said]
    return [{part: one[n] for part, one in lines.items() if len(one) == len(titles)} for n in range(len(titles))]


def a_row_each(targets: Sequence[Target]) -> bool:
    """Tell whether columns hold the parts of stages, of which each stands in a row of its own."""
    return targets[0].kind is kinds.STAGE and len(targets) > 1 and not targets[0].stage


def _unit(text: str, unit: str) -> str:
    """Return the number of a unit with what the head of its column says of it: 69 below 条 is 第69条."""
    if not text or says_nothing(text):
        return ""
    number = text.strip().removeprefix("第").removesuffix(unit)
    return f"第{number}{unit}"


def _shown(item: LayoutItem, sheet: Sheet, row: int, one: Target, texts: Mapping[int, str]) -> str:
    """Return what a column says in one row of an item: of one row what was read of it, for 同上 what stands above."""
    if len(item.rows) == 1:
        return texts.get(one.index, "")
    text = sheet.shown(row, one.index).text
    if not is_ditto(text):
        return text
    above = (said for n in reversed(item.rows) if n < row and not is_ditto(said := sheet.shown(n, one.index).text))
    return next(filter(None, above), texts.get(one.index, "").partition("\n")[0])


def staged(item: LayoutItem, sheet: Sheet, targets: Sequence[Target], texts: Mapping[int, str]) -> str:
    """Return stages that stand a row each, their names in one column and what is to be done in the next."""
    lines: dict[str, None] = {}
    for row in item.rows:
        name, *rest = [_shown(item, sheet, row, one, texts) for one in targets]
        bare = LEADING.sub("", name).removesuffix("责任")
        if bare or any(rest):
            lines[f"{bare}责任：{'；'.join(one for one in rest if one)}"] = None
    return "\n".join(f"{n}.{line}" for n, line in enumerate(lines, 1))
