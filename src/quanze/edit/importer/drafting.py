"""An item of a sheet → the data of a record, and what became of each of its cells."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from quanze.base.value import rows
from quanze.edit.cells import SCHEMES
from quanze.edit.importer import duties
from quanze.edit.importer.bases import basis, misread
from quanze.edit.importer.draft import OURS, SOURCE, UNWANTED, Draft, Went, put
from quanze.edit.importer.footnotes import without_note
from quanze.edit.importer.joining import LEADING, a_row_each, is_ditto, joined, staged
from quanze.edit.importer.power import Types, Whose
from quanze.edit.importer.problem import After
from quanze.edit.importer.spread import level_part
from quanze.edit.importer.status import renamed, still_open
from quanze.edit.importer.values import measured
from quanze.edit.importer.words import (
    TITLE,
    is_traditional,
    plain,
    says_nothing,
    simplified,
    ticked,
    unticked,
    usual,
)
from quanze.form import kinds
from quanze.law.citation import BASIS, UNREAD
from quanze.law.fee import CHARGED
from quanze.law.sanction import CIRCUMSTANCE
from quanze.register.catalog import SUBITEM
from quanze.register.definition import ID, NUMBER
from quanze.register.disclaimer import COLUMN
from quanze.register.life import DRAFT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Value
    from quanze.edit.importer.draft import RowReading
    from quanze.edit.importer.laid import LayoutItem
    from quanze.edit.importer.target import Target
    from quanze.form import Field

_AS_TEXT = (kinds.CODE, kinds.USCC, kinds.REGION, kinds.PHONE)
"""The kinds whose leading zeros count."""
_DIGITS_KEPT = 15
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})


class Drafting:
    """What reads the items of one sheet."""

    def __init__(self, reading: RowReading, above: Mapping[int, str]) -> None:
        """Begin a sheet; `above` is what the last item of the one that it goes on with says by column."""
        self._reading, self._form, self._sheet = reading, reading.form, reading.sheet
        self._types, self._whose = Types(reading), Whose(reading)
        self._status = self._form.fields.get(self._form.role(kinds.STATUS))
        self._own = {self._types.name, self._whose.name, NUMBER, ID}
        self._main: dict[int, Draft] = {}
        self.last: Mapping[int, str] = above
        """What the last item says by column, for 同上."""

    def draft(self, item: LayoutItem) -> Draft:
        """Return what an item comes to."""
        draft = Draft(item, self._sheet)
        texts = self._texts(draft)
        self._keep_stages(draft, texts)
        self._named(draft, texts)
        for path, targets in _by_path(item.head.outer_first, texts).items():
            self._field(draft, path, targets, texts)
        above = self._main.get(item.above) if item.above else None
        self._types.settle(draft, texts, above)
        self._whose.settle(draft, texts)
        still_open(draft, self._form, self._reading.fixed)
        self._given(draft, above)
        self._main[item.row] = draft
        return draft

    def _texts(self, draft: Draft) -> dict[int, str]:
        """Return the texts by column that count, and say what became of the others."""
        found: dict[int, str] = {}
        said: dict[int, str] = {}
        item = draft.item
        for target in item.head.targets:
            parts: list[str] = []
            for place in item.cells.get(target.index, ()):
                cell = self._sheet.cell(*place)
                left = self._reading.signals.left_out(place)
                if left:
                    draft.went[place] = Went("report", target.path, left)
                    draft.left_out.add(target.index)
                    continue
                text = self._reading.signals.text(place, cell.text)
                if cell.unseen:
                    draft.say(
                        target.index, "import-unseen", f"「{target.head}」里有看不见的字符（如零宽空格），去掉后导入"
                    )
                if target.skipped:
                    draft.went[place] = OURS if target.head == COLUMN else UNWANTED
                    continue
                if target.tick and _says_no_tick(target, text):
                    draft.went[place] = Went("report", target.path, f"「{text}」不是勾")
                elif says_nothing(text) and not (
                    target.tick or ticked(text) or is_ditto(text) or _no_fee(target, text)
                ):
                    draft.went[place] = Went("report", target.path, f"「{text}」表示没有内容")
                else:
                    draft.went[place] = SOURCE
                    parts.append(self._meant(draft, target, text, parts))
                if not target.column or target.column.field or target.path == ID:
                    _add(draft.texts, target.head, text)
            first = item.head.of(target.path) if target.tick else None  # several columns, one value
            index = first.index if first else target.index
            if any(parts):
                said[target.index] = "\n".join(dict.fromkeys(parts))
                before = [found[index]] if first and index in found else []
                found[index] = "\n".join(filter(None, [*before, *dict.fromkeys(parts)]))
        self.last = said
        return found

    def _keep_stages(self, draft: Draft, texts: Mapping[int, str]) -> None:
        """Have 来源 keep stages of which each stands in a row of its own as one text: what belongs together."""
        together = _by_path(draft.item.head.targets, texts) if draft.item.head.staged else {}
        for targets in together.values():
            if a_row_each(targets):
                draft.texts[targets[0].head] = staged(draft.item, self._sheet, targets, texts)
                for target in targets[1:]:
                    draft.texts.pop(target.head, None)

    def _meant(self, draft: Draft, target: Target, text: str, parts: Sequence[str]) -> str:
        """Return a text in the usual characters; where it says 同上, what stands above it, if that says something."""
        if is_ditto(text):
            before = parts[-1] if parts else self.last.get(target.index, "")
            before = before.rpartition("\n")[2] if target.part == TITLE else before
            done = "按上一项的填" if before else "，而上一项没有写，没有填"
            after = None if before else After.KEPT
            draft.say(target.index, "import-near", f"「{target.head}」写的「{text}」{done}", after=after)
            return before
        if is_traditional(text):
            said = f"「{target.head}」里有繁体字：文字照原样写，类型、机关、依据按简体字认"
            draft.say(target.index, "import-unseen", said)
            return target.whole(text)
        read = usual(text)
        if read != text:
            odd = "、".join(dict.fromkeys(f"{a}→{b}" for a, b in zip(text, read, strict=True) if a != b))
            draft.say(target.index, "import-unseen", f"「{target.head}」里有看起来一样的别的字，换成常用的字（{odd}）")
        return target.whole(read)

    def _named(self, draft: Draft, texts: dict[int, str]) -> None:
        """Put name and type into their places where they are swapped, and the name of a part where it is one."""
        head = draft.item.head
        title, kind = head.of(self._form.title_field), head.of(self._types.name)
        if title and kind:
            name, type_ = texts.get(title.index, ""), texts.get(kind.index, "")
            if self._types.swapped(name, type_):
                texts[title.index], texts[kind.index] = type_, name
                draft.say(title.index, "import-swapped", f"「{title.head}」和「{kind.head}」写反了，换过来读取")
        if title:
            renamed(draft, title, texts)
        target = head.of(ID)
        draft.ids = tuple(texts.get(target.index, "").split()) if target else ()
        if target and draft.ids:
            draft.hold([target], ID)

    def _field(self, draft: Draft, path: str, targets: Sequence[Target], texts: Mapping[int, str]) -> None:
        """Read the cells of one field."""
        field_ = targets[0].field
        if field_ is None or path in self._own:
            return
        for target in targets:
            draft.columns[target.head] = target
        if self._damaged(draft, targets, field_):
            return
        text = self._words(path, draft, targets, joined(draft.item, self._sheet, targets, texts))
        if targets[0].column and targets[0].column.inner:
            self._elements(draft, path, targets[0], field_)
            return
        if "." in path and self._form.fields[path.partition(".")[0]].many:
            self._attached(draft, path, targets, text)
            return
        try:
            value = self._reading.values.of(text, field_, targets)
        except ValueError as error:
            message = f"「{targets[0].head}」这一格：{error}"
            draft.say(targets[0].index, "import-value", message, after=After.KEPT)
            for place in (one for target in targets for one in draft.item.cells.get(target.index, ())):
                draft.unread(place, path, str(error))
            return
        if value is None or value == []:
            return
        put(draft.data, path, value)
        draft.hold(targets, path)
        if field_.kind is kinds.CITATION:
            self._doubt(draft, targets[0], text, rows(value if field_.many else [value]))
        self._also_bases(draft, path, targets, text)

    def _doubt(self, draft: Draft, target: Target, text: str, citations: Iterable[Mapping[str, Value]]) -> None:
        """Tell what no citation explains, and which titles are taken for others by the shape of their signs."""
        if any(UNREAD in one for one in citations):
            draft.say(target.index, "import-citation", f"「{target.head}」没能全部拆成条款，原话保留在「{UNREAD}」里")
        for written, short in misread(simplified(text), self._reading.catalog).items():
            draft.say(target.index, "import-near", f"「{written}」按名称相近的《{short}》读取，请核对")

    def _words(self, path: str, draft: Draft, targets: Sequence[Target], text: str) -> str:
        """Return the text of a field: a name in one line and without its number, a number with the unit of its head."""
        if path in {self._form.title_field, SUBITEM}:
            name, told = without_note(LEADING.sub("", "".join(text.split("\n")) if _chinese(text) else text))
            if told:
                draft.say(targets[0].index, "import-signal", f"「{targets[0].head}」里的{told}")
            return name
        return measured(text, targets[0], draft.item.context.titles)

    def _elements(self, draft: Draft, path: str, target: Target, field: Field) -> None:
        """Read one part of the elements of a field, of which each stands in a row of its own."""
        name, _, part = path.partition(".")
        have = rows(draft.data.get(name)) or [{} for _ in draft.item.rows]
        draft.data[name] = found = [dict(one) for one in have]
        draft.hold([target], path)
        for element, row in zip(found, draft.item.rows, strict=True):
            text = self._sheet.shown(row, target.index).text
            try:
                said = measured(text, target, draft.item.context.titles)
                value = None if says_nothing(text) else self._reading.values.read(said, field)
            except ValueError as error:
                message = f"「{target.head}」第 {row} 行：{error}"
                draft.say(target.index, "import-value", message, after=After.KEPT)
                draft.unread((row, target.index), path, str(error))
                continue
            if value not in (None, []):
                element[part] = value

    def _also_bases(self, draft: Draft, path: str, targets: Sequence[Target], text: str) -> None:
        """Take what a column of circumstances cites for their bases, where its head says that they stand there."""
        beside = path.removesuffix(CIRCUMSTANCE) + BASIS
        other = self._form.fields.get(beside) if path.endswith(CIRCUMSTANCE) else None
        if other and other.kind is kinds.CITATION and BASIS in targets[0].head and not draft.item.head.of(beside):
            cited = [one for one in basis(text, self._reading.catalog) if one.law]
            if cited:
                draft.data[beside] = [one._replace(unread="").data() for one in cited]

    def _attached(self, draft: Draft, path: str, targets: Sequence[Target], text: str) -> None:
        """Give the bases of a column to the stages of the other, number by number."""
        name, _, part = path.partition(".")
        have = draft.data.get(name)
        parts = duties.numbered(text) or [text]
        if isinstance(have, list) and have and part == BASIS:
            cited = [[one.data() for one in basis(one, self._reading.catalog) if one.law] for one in parts]
            if len(cited) == len(have) and any(cited):
                draft.data[name] = duties.with_bases(have, cited)
                draft.hold(targets, path)

    def _damaged(self, draft: Draft, targets: Sequence[Target], field_: Field) -> bool:
        """Say what the spreadsheet itself did to a cell, if anything."""
        for target in targets:
            for place in draft.item.cells.get(target.index, ()):
                cell, said = self._sheet.cell(*place), ""
                rule = "import-formula"
                if place in self._sheet.unsettled:
                    said = f"「{target.head}」{self._sheet.unsettled[place]}"
                elif cell.text in _ERRORS:
                    said = f"「{target.head}」是错误值 {cell.text}；请改成文字"
                elif cell.number and self._cut(cell.text, field_):
                    rule = "import-number"
                    said = (
                        f"「{target.head}」在表里存成了数字，可能丢了前面的 0 或者后面的位数；请把这一列设成文本后重填"
                    )
                if said:
                    title = target.path == self._form.title_field
                    draft.say(target.index, rule, said, "error" if title else "review")
                    draft.went[place] = Went("report" if title else "source", target.path, said)
                    if title:
                        draft.refused = said
                    return True
        return False

    @staticmethod
    def _cut(text: str, field_: Field) -> bool:
        whole = len(text) in SCHEMES and len(text) <= _DIGITS_KEPT
        return not whole and (field_.kind in _AS_TEXT or len(text) > _DIGITS_KEPT)

    def _given(self, draft: Draft, above: Draft | None) -> None:
        """Add what is fixed, the name that a part has from its item, and the state of what nobody has confirmed."""
        title = self._form.title_field
        if above and title in above.data:
            own = draft.data.get(title)
            if draft.item.named_above and SUBITEM in self._form.fields:
                draft.data[SUBITEM] = own or ""
                draft.data[title] = above.data[title]
            elif own is None:
                draft.data[title] = above.data[title]
        part = draft.item.head.of(SUBITEM)
        if title and part and title not in draft.data and SUBITEM in draft.data:
            draft.data[title] = draft.data.pop(SUBITEM)
            draft.say(part.index, "import-near", f"没有名称，按「{part.head}」填「{title}」；是谁的子项，请看")
            draft.went |= dict.fromkeys(draft.item.cells.get(part.index, ()), Went("field", title))
        draft.data.update({name: value for name, value in self._reading.fixed.items() if name not in draft.data})
        status = self._status
        if status and status.name not in draft.data and DRAFT in status.choices:
            draft.data[status.name] = DRAFT
        layout = draft.item.head.listing.definition.layout if draft.item.head.listing else None
        if title and title not in draft.data and layout and layout.matrix:
            named = [draft.texts.get(one.head, "") for one in draft.item.head.targets if one.path in layout.matrix[:2]]
            draft.data[title] = "：".join(named)
        if title and title not in draft.data and not draft.refused:
            draft.refuse(1, "import-required", f"「{title}」空着，这一行没有导入")


def _by_path(targets: Sequence[Target], texts: Mapping[int, str]) -> Mapping[str, list[Target]]:
    """Return the columns that say something by field."""
    found: defaultdict[str, list[Target]] = defaultdict(list)
    for one in targets:
        if one.column and one.path not in {NUMBER, ID} and texts.get(one.index):
            found[one.path].append(one)
    return found


def _says_no_tick(target: Target, text: str) -> bool:
    """Tell whether a cell has no tick, nor, below a level, what that may do."""
    levels = target.field and level_part(target.field)
    return not ticked(text) and not (levels and not unticked(text))


def _no_fee(target: Target, text: str) -> bool:
    """Tell whether a column says that there is no fee: there, 无 is a statement."""
    field = target.field
    return bool(field and CHARGED in field.fields) and plain(text).startswith("无")


def _chinese(text: str) -> bool:
    return bool(re.search("[\u4e00-\u9fff]", text))


def _add(texts: dict[str, str], head: str, text: str) -> None:
    texts[head] = f"{texts[head]}\n{text}" if head in texts else text


def unplaced(head_targets: Sequence[Target]) -> Iterator[Target]:
    """Yield the columns that no field has."""
    return (one for one in head_targets if not one.column and not one.skipped)
