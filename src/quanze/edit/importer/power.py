"""Of which type a power is and whose: what a row says, else what stands above it, else what the register says."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from quanze.edit.importer.beside import Beside, entrusted
from quanze.edit.importer.heading import acting, bare
from quanze.edit.importer.problem import After
from quanze.edit.importer.values import Typed
from quanze.edit.importer.whose import is_body
from quanze.edit.importer.worded import names_actors
from quanze.edit.importer.words import OWN, WORDS
from quanze.form import kinds
from quanze.register.catalog import BODIES
from quanze.register.life import DRAFT
from quanze.register.roles import STATUTORY, UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.edit.importer.draft import Draft, RowReading
    from quanze.edit.importer.target import Target
    from quanze.form import Field

_SHOWN = 24
_TYPE_LIKE = re.compile(r"\s*(?:行政|公共|其[他它]|党[务内]|政务).{2,6}\Z")
_NOT_OURS = re.compile(
    r"不(?:属于?|是)本(?:机关|单位|部门|局|委|镇|乡|街道|级)|以[^，。；（）()]{0,10}(?:部门|局|机关)(?:的)?名义(?:实施|行使|作出)"
)
"""What a heading says of rows that are another's."""
_IN_BRACKETS = re.compile(
    r"(?P<name>.{2,}?)(?<!\s)\s*[（(〔【\[［](?P<type>[^（）()〔〕【】\[\]［］]{2,8})[）)〕】\]］]\Z", re.DOTALL
)


class Types:
    """What settles the types of the items of one sheet."""

    def __init__(self, reading: RowReading) -> None:
        self._reading = reading
        self._field = reading.form.fields.get(reading.form.role(kinds.POWERTYPE))
        self.name = self._field.name if self._field else ""
        self._last = ""

    def swapped(self, name: str, type_: str) -> bool:
        """Tell whether name and type stand in each other's place."""
        values, field = self._reading.values, self._field
        return bool(field and type_ and values.is_type(name, field) and not values.is_type(type_, field))

    def settle(self, draft: Draft, texts: Mapping[int, str], above: Draft | None) -> None:
        """Give an item its type, or say why it can have none."""
        if self._field is None:
            return
        target = draft.item.head.of(self.name)
        text = texts.get(target.index, "") if target else ""
        if target:
            draft.columns[target.head] = target
        if target and text and self._said(draft, target, text):
            return
        column = target.index if target else 1
        if not text and self._beside(draft):
            return
        for type_, why in self._elsewhere(draft, above, self._field, text if target else None):
            if type_.type:
                self._take(draft, type_)
                if why:
                    draft.say(column, "import-type", f"「{self.name}」{why.format(type_.type)}")
                return
        if draft.data.get(self._reading.form.title_field):
            said = f"，「{_cut(text)}」不是职权类型" if text else ""
            message = f"看不出「{self.name}」{said}；请在表里写明，或者用 --set {self.name}=…"
            draft.refuse(column, "import-type", message)

    def _said(self, draft: Draft, target: Target, text: str) -> bool:
        """Take the type that a cell says; return whether it says one."""
        found = self._reading.values.typed(text, self._field) if self._field else None
        if not found or not found.type:
            draft.say(target.index, "import-value", f"「{_cut(text)}」不是职权类型", after=After.KEPT)
            return False
        self._last = found.type
        self._take(draft, found)
        draft.hold([target], self.name)
        return True

    def _beside(self, draft: Draft) -> bool:
        """Take the type that stands in brackets behind the name: 土地登记（行政确认）; return whether one does."""
        title = self._reading.form.title_field
        found = _IN_BRACKETS.match(str(draft.data.get(title, "")))
        if not found or not self._field or not self._reading.values.is_type(found["type"], self._field):
            return False
        self._take(draft, self._reading.values.typed(found["type"], self._field))
        draft.data[title] = found["name"]
        named = draft.item.head.of(title)
        said = f"名称后面括号里的「{found['type']}」按「{self.name}」读取"
        draft.say(named.index if named else 1, "import-near", said)
        return True

    def _take(self, draft: Draft, found: Typed) -> None:
        draft.data[self.name] = found.type
        subtype = self._reading.form.role(kinds.SUBTYPE)
        if found.subtype and subtype:
            draft.data[subtype] = found.subtype

    def _elsewhere(
        self, draft: Draft, above: Draft | None, field: Field, text: str | None
    ) -> Iterator[tuple[Typed, str]]:  # fmt: skip
        """Yield (type, what to say) from the places beside the cell, the surest first.

        `text` is what the cell says and is no type; empty where it says nothing, None where there is no column. What
        it says is not made another type by what stands above: 行政处分 in a list of sanctions is asked about.
        """
        values = self._reading.values
        yield Typed(str(above.data.get(self.name, "")) if above else ""), ""
        yield Typed(str(self._reading.fixed.get(self.name, ""))) if text else Typed(), ""
        if text and _TYPE_LIKE.match(text):
            return
        for heading in reversed(draft.item.context.headings):
            yield values.typed_within(heading, field), ""
        yield self._reading.type, ""
        yield Typed(self._last if text == "" else ""), "空着，按上一行的「{}」填"
        yield Typed(str(self._reading.fixed.get(self.name, ""))), ""
        if not text:
            name = str(draft.data.get(self._reading.form.title_field, ""))
            yield Typed(values.typed_by_name(name, field)), "没有写，看名称像「{}」，请核对"


class Whose:
    """What settles whose the items of one sheet are."""

    def __init__(self, reading: RowReading) -> None:
        self._reading, self._beside = reading, Beside(reading)
        self._another: dict[str, bool] = {}
        fields = reading.form.fields.values()
        found = (one.name for one in fields if one.kind is kinds.REF and one.collection == BODIES and one.many)
        self.name = next(found, "")

    def settle(self, draft: Draft, texts: Mapping[int, str]) -> None:
        """Give an item its bodies, or say that it is another's."""
        if not self.name:
            return
        target = draft.item.head.of(self.name)
        text = texts.get(target.index, "") if target else ""
        if target:
            draft.columns[target.head] = target
        elsewhere = next(filter(self._elsewhere, reversed(draft.item.context.headings)), "")
        if elsewhere:
            self._refuse(draft, elsewhere)
        elif target and text:
            self._said(draft, target, text)
        else:
            self._below(draft)
            self._by_law(draft, texts)
            if not target:
                self._unsaid(draft, texts)
        if not elsewhere:
            self._told_beside(draft, texts)
        own = self._reading.bodies.own
        if not draft.refused and own and self.name not in draft.data and self.name not in self._reading.fixed:
            draft.data[self.name] = [own]

    def _elsewhere(self, heading: str) -> bool:
        """Tell whether a heading says that what stands below is another's: 不属本机关职权, 由公安机关实施的事项."""
        if heading not in self._another:
            who = acting(heading).now
            named = self._reading.bodies.named(who)
            theirs = bool(named.others or named.doubtful) and not (named.ids or named.generic)
            self._another[heading] = theirs if who else bool(_NOT_OURS.search(heading))
        return self._another[heading]

    def _said(self, draft: Draft, target: Target, text: str) -> None:
        """Take the bodies that a cell names."""
        named = self._reading.bodies.named(text)
        if named.doubtful and not named.ids:
            self._doubt(draft, target.index, named.doubtful[0])
            return
        if named.others and not named.ids and entrusted(draft.texts.values(), self._reading.bodies):
            draft.data[self.name] = [self._reading.bodies.own]
            draft.hold([target], self.name)
            draft.say(target.index, "import-body", f"「{_cut(text)}」受本机关委托，按本机关读取，不是的请改")
            return
        if named.others and not named.ids:
            draft.refused = f"「{_cut(text)}」不是本机关，这一行没有导入；是的，{self._way_out(named.others[0])}"
            draft.say(target.index, "import-section", draft.refused)
            return
        if named.ids:
            draft.data[self.name] = [*named.ids]
            draft.hold([target], self.name)
        if named.ours:
            draft.say(target.index, "import-body", f"「{_cut('、'.join(named.ours))}」按本机关读取，不是的请改")
        if named.others or named.doubtful:
            message = f"「{'、'.join((*named.doubtful, *named.others))}」在 bodies/ 里没有"
            draft.say(target.index, "import-body", message, after=After.KEPT)
        if named.units:
            units = "、".join(named.units)
            draft.say(target.index, "import-body", f"「{_cut(units)}」按本机关的内设机构读取，不是的请改")
            if UNIT in self._reading.form.fields and UNIT not in draft.data:
                draft.data[UNIT] = units
                draft.hold([target], UNIT)
        if named.generic and STATUTORY in self._reading.form.fields and STATUTORY not in draft.data:
            draft.data[STATUTORY] = "".join(text.split())
            draft.hold([target], STATUTORY)

    def _told_beside(self, draft: Draft, texts: Mapping[int, str]) -> None:
        """Refuse a row of which another cell names the body that acts; ask where that is not plain, or we are named."""
        ours = self.name in draft.data
        others = [] if draft.refused else self._beside.others(draft, texts)
        for said in sorted(others, key=lambda one: not one.plainly):
            if ours and not said.body:  # whose it is, its own cell says
                continue
            head = next(one.head for one in draft.item.head.targets if one.index == said.column)
            way_out = f"；是的，{self._way_out(said.body)}" if said.body else "；是的，请改这一格"
            if said.plainly and not ours:
                draft.refused = f"「{head}」写的是「{_cut(said.words)}」，不是本机关，这一行没有导入{way_out}"
                draft.say(said.column, "import-section", draft.refused)
            else:
                self._ask(draft, said.column, f"「{head}」写的是「{_cut(said.words)}」，看不出是不是本机关的", way_out)
            return

    def _by_law(self, draft: Draft, texts: Mapping[int, str]) -> None:
        """Ask where the law's own authority is named, is another body, and no cell says who acts."""
        target = draft.item.head.of(STATUTORY)
        text = texts.get(target.index, "") if target else ""
        if not target or not text:
            return
        named = self._reading.bodies.named(text)
        ours = named.ids or named.ours or named.units or named.generic or named.doubtful
        if named.others and not ours and not draft.refused:
            self._doubt(draft, target.index, named.others[0])

    def _unsaid(self, draft: Draft, texts: Mapping[int, str]) -> None:
        """Ask where no column says who acts, and that of offices, or one that no field has, names another body."""
        for one in draft.item.head.targets:
            if one.path != UNIT and not names_actors(one):
                continue
            named = self._reading.bodies.named(texts.get(one.index, ""))
            ours = named.ids or named.doubtful or named.units
            if named.others and not ours and is_body(named.others[0]) and not draft.refused:
                self._doubt(draft, one.index, named.others[0])
                return

    def _doubt(self, draft: Draft, column: int, word: str) -> None:
        """Ask whether a word means the register's own body."""
        self._ask(draft, column, f"看不出「{word}」是不是本机关", f"；是的，{self._way_out(word)}")

    def _ask(self, draft: Draft, column: int, asked: str, way_out: str) -> None:
        """Make a draft of what may be ours, and ask; refuse it where the form has no drafts."""
        form = self._reading.form
        status = form.fields.get(form.role(kinds.STATUS))
        if status and DRAFT in status.choices:
            draft.data[status.name] = DRAFT
            said = f"{asked}，先按本机关写成「{DRAFT}」{way_out}；不是的，请删去"
        else:
            said = draft.refused = f"{asked}，这一行没有导入{way_out}"
        draft.say(column, "import-doubt", said)

    def _way_out(self, word: str) -> str:
        """Return the line that says once and for all that a word means the register's own body."""
        catalog, own = self._reading.catalog, self._reading.bodies.own
        body = catalog.record(BODIES, own)
        to = _scalar(catalog.title(body)) if body else own
        return f"在 {OWN} 或者 --map 的文件里写 {WORDS}: {{{self.name}: {{{_scalar(word)}: {to}}}}}"

    def _below(self, draft: Draft) -> None:
        """Refuse what stands below the heading of another body."""
        bodies, unit = self._reading.bodies, ""
        for heading in reversed(draft.item.context.headings):
            before = acting(heading).before
            if before and self._reading.bodies.named(before).ids:  # what was ours may have gone
                self._doubt(draft, 1, before)
                return
            name = bare(heading)
            if not name:
                continue
            if bodies.is_own(name) or bodies.named(name).ids:
                break
            unit = unit or next(iter(bodies.named(name).units), "")
            if bodies.named(name).doubtful:
                self._doubt(draft, 1, name)
                return
            if bodies.is_other(name):
                self._refuse(draft, heading)
                return
        if unit:
            if UNIT in self._reading.form.fields:
                draft.data.setdefault(UNIT, unit)
            draft.say(1, "import-body", f"分节标题「{_cut(unit)}」按本机关的内设机构读取，不是的请改")

    @staticmethod
    def _refuse(draft: Draft, heading: str) -> None:
        draft.refused = f"分节标题写的是「{_cut(heading)}」，不是本机关，其下各行没有导入"
        draft.say(1, "import-section", draft.refused)


def _scalar(word: str) -> str:
    """Return a word as YAML has it between braces."""
    return word if re.fullmatch(r"[\w（）·—]+", word) else json.dumps(word, ensure_ascii=False)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
