"""What a sheet shows beside its words: hidden, crossed out, commented, coloured; asked about, never published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.edit.importer.problem import SheetProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.edit.importer.laid import Laid
    from quanze.edit.importer.sheet import Place, Sheet

HIDDEN, STRUCK, COLOURED, ENDED = "隐藏", "划线", "颜色", "停办"
KINDS = (HIDDEN, STRUCK, COLOURED, ENDED)
"""What --include can name."""
_SHOWN = 30
_LEGEND = re.compile(r"标?(?P<colour>[红橙黄绿蓝紫灰])(?P<ink>字|色?字体)?")
_EXPLAINED = re.compile(
    r"(?<!商)标(?:[浅深淡])?[红橙黄绿蓝紫灰]|[红橙黄绿蓝紫灰]"
    r"(?:色?(?:字|底|填充|背景|标[注记示识]|部分|单元格|的)|色?\s*[，,]?(?:[均都]|已|拟|[为是系指即]|表示|代表|[：:=＝-])|色\s+\S)"
)
"""What a row says that explains a colour: 图例：灰色底纹为已取消事项; 绿色食品, 红十字会 and 黄标车 explain none."""
_NEXT_COLOUR = re.compile(r"[；;。\n]|[，,](?=[^，,；;。\n]*[红橙黄绿蓝紫灰]\s*(?:色|字|底|标|[为是：:=＝]))")
_MEANS_GONE = re.compile(r"取消|删除|删去|废止|停用|移出|剔除|不再|不公开|不导入|已?下放|作废|注销")


@dataclass(frozen=True, slots=True)
class Legend:
    """A colour and what a note says of it."""

    colour: str
    text: str

    @property
    def gone(self) -> bool:
        """Whether the note says that what is so coloured is no longer there."""
        return bool(_MEANS_GONE.search(self.text))


class Signals:
    """The signals of one sheet, and which of them a person wants in."""

    def __init__(self, sheet: Sheet, include: frozenset[str], laid: Laid, ids: frozenset[int]) -> None:
        self._sheet, self._include, self._went = sheet, include, laid.went
        self._hidden_columns = sheet.hidden_columns - ids
        self._plain = not (self._hidden_columns or sheet.hidden_rows or sheet.struck)
        said = [*_legends([*laid.notes, *laid.titles])]
        self.legends = (*said, *_shown(sheet, laid, {one.colour for one in said}))
        self._gone = {one.colour for one in self.legends if one.gone} if COLOURED not in include else set()

    @property
    def hidden_rows(self) -> frozenset[int]:
        """The rows that are left out because nobody sees them."""
        return frozenset() if HIDDEN in self._include else self._sheet.hidden_rows

    def gone(self, place: Place) -> str:
        """Return why an item is left out whole: its name, here, is crossed out, or coloured as what is gone."""
        text = self._sheet.cell(*place).text
        if STRUCK not in self._include and text and self._struck(place, text):
            return "名称划掉了"
        colour = self._sheet.colours.get(place, "")
        return f"标了{colour}色，说明里写着是不要的" if colour and colour in self._gone else ""

    def left_out(self, place: Place) -> str:
        """Return why a cell is left out; empty where it is not."""
        if self._plain:
            return ""
        if HIDDEN not in self._include:
            if place[1] in self._hidden_columns:
                return "在隐藏的列里"
            if self._unseen(place):
                return "在隐藏的行里"
        if STRUCK not in self._include and self._struck(place, self._sheet.cell(*place).text):
            return "划掉了"
        return ""

    def _unseen(self, place: Place) -> bool:
        """Tell whether all rows of a cell are hidden: the words of a merged one are seen while one is not."""
        if place[0] not in self._sheet.hidden_rows:
            return False
        merged = self._sheet.merged(*place)
        return self._sheet.hidden_rows.issuperset(range(merged.top, merged.bottom + 1))

    def text(self, place: Place, text: str) -> str:
        """Return a text without the words in it that are crossed out."""
        crossed = self._sheet.struck.get(place)
        return crossed.left if crossed and STRUCK not in self._include else text

    def _struck(self, place: Place, text: str) -> bool:
        """Tell whether a text is crossed out whole."""
        crossed = self._sheet.struck.get(place)
        return crossed is not None and "".join(crossed.words.split()) == "".join(text.split())

    def told(self, rows: frozenset[int]) -> Iterator[SheetProblem]:
        """Yield what there is to say, once for each kind; `rows` are those with content."""
        sheet = self._sheet
        hidden = sorted(sheet.hidden_rows & rows)
        used = {column for _, column, _ in sheet.filled()}
        columns = sorted(self._hidden_columns & used)
        done = "照样导入了" if HIDDEN in self._include else f"没有导入；要导入的，加 --include {HIDDEN}"
        if hidden:
            yield self._problem(hidden[0], 1, f"{len(hidden)} 行是隐藏的（第 {_some(hidden)} 行），{done}", HIDDEN)
        for column in columns:
            yield self._problem(1, column, f"这一列是隐藏的，{done}", HIDDEN)
        struck = sorted(sheet.struck)
        if struck:
            kept = "照样导入了" if STRUCK in self._include else f"划掉的没有导入；要导入的，加 --include {STRUCK}"
            rows_ = _some(sorted({row for row, _ in struck}))
            yield self._problem(*struck[0], f"{len(struck)} 格里有划掉的字（第 {rows_} 行），{kept}", STRUCK)
        for place, text in sorted(sheet.veiled.items()):
            yield self._problem(*place, f"隐藏的字「{_cut(text)}」没有导入；要导入的，请改成看得见的", HIDDEN)
        for place, text in sorted(sheet.comments.items()):
            yield self._problem(*place, f"批注「{_cut(text)}」没有导入；要写进记录的，请写在格子里", "批注")
        for legend in self.legends:
            same = (place for place, colour in sheet.colours.items() if colour == legend.colour)
            places = sorted(one for one in same if sheet.cell(*one).text and one not in self._went)
            if places:
                left = "，这些行没有导入" if legend.colour in self._gone else "，这个意思没有导入"
                rows_ = _some(sorted({row for row, _ in places}))
                yield self._problem(
                    *places[0], f"第 {rows_} 行标了{legend.colour}，「{_cut(legend.text)}」{left}；请看要不要", COLOURED
                )

    def _problem(self, row: int, column: int, message: str, about: str) -> SheetProblem:
        row, column = self._sheet.real((row, column))
        return SheetProblem(row, column, self._sheet.file, self._sheet.name, "import-signal", message, "review", about)


def _legends(notes: Sequence[str]) -> Iterator[Legend]:
    """Yield the colours that notes explain: 黄色为拟取消事项."""
    for note in notes:
        for clause in _NEXT_COLOUR.split(note):
            found = _LEGEND.search(clause)
            if found and re.search("色|字|标|底", clause):
                yield Legend(found["colour"] + ("字" if found["ink"] else ""), clause.strip())


def _shown(sheet: Sheet, laid: Laid, said: set[str]) -> Iterator[Legend]:
    """Yield the colours that the sheet shows beside, or behind, what they mean."""
    for place, where in sorted(laid.went.items()):
        colour = sheet.swatch(*place) or (sheet.colours.get(place, "") if where == "note" else "")
        if colour and colour not in said and len(sheet.cell(*place).text) <= _SHOWN:
            yield Legend(colour, sheet.cell(*place).text)


def is_legend(sheet: Sheet, row: int, column: int) -> bool:
    """Tell whether a row's only text says what a colour means: it names one, or stands beside one."""
    text, colour = sheet.cell(row, column).text, sheet.colours.get((row, column), "")
    return bool(_EXPLAINED.search(text)) or (sheet.swatch(row, column) not in {"", colour} and len(text) <= _SHOWN)


def _some(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers[:6])) + (" 等" if len(numbers) > 6 else "")  # noqa: PLR2004


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
