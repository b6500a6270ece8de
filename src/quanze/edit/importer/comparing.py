"""An item against its record: three-way where 来源 keeps what the sheet said the last time, else cell by cell."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quanze.base.value import elements, rows
from quanze.edit.importer.draft import Went, put
from quanze.edit.importer.merging import apart, as_turned, core, joined, kept, last, plain, quotes, turned
from quanze.edit.importer.values import measured
from quanze.edit.importer.words import fold, says_nothing
from quanze.form import kinds
from quanze.form.kinds.origin import RowOrigin
from quanze.law.citation import UNREAD, Citation
from quanze.register.cells import cell
from quanze.register.definition import ID, NUMBER
from quanze.register.paths import value_at
from quanze.register.table import ABSENT, Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quanze.base.model import Record, Value
    from quanze.edit.importer.draft import Draft
    from quanze.edit.importer.target import Target
    from quanze.edit.importer.values import Values
    from quanze.form import Form
    from quanze.form.kinds import Look
    from quanze.register.catalog import Catalog

_SHOWN = 30
_OF_READING = frozenset(
    {"import-value", "import-citation", "import-near", "import-body", "import-type", "import-doubt", "import-status"}
)
_NEVER_EMPTIED = (kinds.POWERTYPE, kinds.STATUS, kinds.TITLE)
_NOTHING = "（没有）"


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one field of one item, and the record that they are about."""

    draft: Draft
    row: Row
    path: str
    targets: Sequence[Target]
    was: str | None
    """What they said the last time; None where nothing is known of that."""
    now: str

    @property
    def record(self) -> Record:
        return self.row.records[0]

    @property
    def head(self) -> str:
        return self.targets[0].head

    @property
    def new(self) -> Value:
        """What the cells say now; nothing where they are empty, whatever stands there by default."""
        value: Value = value_at(self.draft.data, self.path) if self.now else None
        return None if value in ("", []) else value

    @property
    def inner(self) -> bool:
        """Whether they are rows of their own, one for each element of the field."""
        return any(one.column and one.column.inner for one in self.targets)

    @property
    def several(self) -> bool:
        """Whether each element of the field has a cell of its own."""
        cells = self.draft.item.cells.get(self.targets[0].index, ())
        return not self.inner and 1 < len(cells) == len(elements(self.new))

    @property
    def unread(self) -> bool:
        """Whether they say something that could not be read."""
        return self.new is None and bool(self.now) and not says_nothing(self.now)

    def say(self, rule: str, message: str, *, stop: bool = False) -> None:
        """Say why the record does not come to say what the cells say."""
        self.draft.say(self.targets[0].index, rule, f"「{self.head}」{message}", "error" if stop else "review")
        for place in (place for one in self.targets for place in self.draft.item.cells.get(one.index, ())):
            if self.draft.went[place].where in {"field", "source"}:
                self.draft.went[place] = Went("report", self.path, message)


@dataclass(frozen=True, slots=True)
class Comparing:
    """What compares the items of a collection with its records."""

    catalog: Catalog
    form: Form
    values: Values
    look: Look
    update: bool
    exported: Mapping[str, Mapping[str, str]]
    """By ids, what an exported row said: it counts before what 来源 keeps."""

    def changed(self, draft: Draft, row: Row) -> dict[str, Value]:
        """Return the data of the record as it is to be; the same where nothing is to be written."""
        record = row.records[0]
        data: dict[str, Value] = deepcopy(dict(record.data))
        exported = self.exported.get("\n".join(draft.ids))
        base = exported or last(str(value_at(record.data, f"{self.form.role(kinds.ORIGIN)}.{UNREAD}") or ""))
        known = {fold(head): text for head, text in base.items()}
        settled = dict(base)
        for path, targets in _paths(draft).items():
            if any(one.index in draft.left_out for one in targets):
                continue
            heads = [one.head for one in targets]
            told = [one.whole(known[fold(one.head)]) for one in targets if fold(one.head) in known]
            placed = any(one.index > draft.sheet.width for one in targets)  # a heading: no cell kept it
            was = _joined(told) if told or (base and not placed) else None
            now = _joined([one.whole(draft.texts[one.head]) for one in targets if one.head in draft.texts])
            if self._settled(_Cells(draft, row, path, targets, was, now), data):
                _agreed(draft, targets, path)
                for head in heads:
                    settled.pop(head, None)
                settled |= {head: draft.texts[head] for head in heads if head in draft.texts}
        if exported is None and (data != record.data or self._loose(draft, base)):
            self._keep(draft, record, data, settled)
        return data

    def _loose(self, draft: Draft, base: Mapping[str, str]) -> bool:
        """Tell whether cells that no field has say something else than the last time."""
        numbers = {one.head for one in draft.item.head.targets if one.path in {NUMBER, ID}}
        loose = [head for head in draft.texts if head not in _fielded(draft) | numbers]
        return (
            self.update and bool(base) and any(plain(base.get(head, "")) != plain(draft.texts[head]) for head in loose)
        )

    def _keep(self, draft: Draft, record: Record, data: dict[str, Value], settled: Mapping[str, str]) -> None:
        """Keep what the sheet says now as what it said the last time."""
        origin = self.form.role(kinds.ORIGIN)
        if not origin or not value_at(record.data, origin):
            return
        fielded = _fielded(draft)
        texts = {head: text for head, text in settled.items() if head in fielded}
        texts |= {head: text for head, text in draft.texts.items() if head not in fielded}
        order = {head: n for n, head in enumerate(draft.texts)}
        raw = kept({head: texts[head] for head in sorted(texts, key=lambda head: order.get(head, len(order)))})
        data[origin] = origin_of(draft, raw)

    def _settled(self, cells: _Cells, data: dict[str, Value]) -> bool:
        """Settle the cells of one field; return whether they and the record agree from now on."""
        if cells.was is not None and plain(cells.was) == plain(cells.now):
            return True
        have = value_at(cells.record.data, cells.path)
        shown, hidden = self._shown(have, cells.targets)
        turned = self._turned(cells, shown)
        if not turned and self._says_same(cells, shown):
            return True
        if cells.unread:
            return False
        if len(cells.row.records) > 1 or cells.path in cells.row.rewritten:
            if cells.new is not None:
                ids = "、".join(one.id for one in cells.row.records)
                one = cells.draft.item.head.listing
                crossed = one is not None and one.definition.layout.matrix
                where = "这一格由几条记录合成，请改那几条" if crossed else "请在清单的「条目」里改"
                cells.say("import-joined", f"与清单对 {ids} 的写法不同；{where}", stop=True)
            return False
        had, says = _cut(self._told(cells)) or _NOTHING, _cut(cells.now) or "（空）"
        touched = not self._untouched(cells, shown)
        each = apart(self._read(cells, cells.was or ""), have, cells.new) if touched and cells.several else None
        if touched and each is None:
            message = f"表和记录都改了：上次是「{_cut(cells.was or '')}」，记录里现在是「{had}」，表里现在是「{says}」"
            cells.say("import-conflict", f"{message}；请定用哪个，改成一样的", stop=True)
            return False
        if cells.new is None:
            return self._emptied(cells, data, had)
        if not self.update:
            cells.say("import-differs", f"与 {cells.record.path} 不同：「{had}」→「{says}」；要更新的加 --update")
            return False
        merged = _merged(cells, have, hidden) if each is None else each
        put(data, cells.path, as_turned(elements(merged), elements(cells.new)) if turned else merged)
        return True

    def _emptied(self, cells: _Cells, data: dict[str, Value], had: str) -> bool:
        field = self.form.fields.get(cells.path.partition(".")[0])
        if not cells.was or field is None or field.required or field.kind in _NEVER_EMPTIED:
            if cells.was and had != _NOTHING:
                cells.say("import-blank", f"清空了，这一项不能空，记录里的「{had}」没有动")
            return False
        if not self.update:
            cells.say("import-blank", f"清空了，记录里还是「{had}」；要删去的加 --update")
            return False
        _drop(data, cells.path)
        return True

    def _untouched(self, cells: _Cells, shown: Value) -> bool:
        """Tell whether the record still says what the sheet said the last time."""
        field = cells.targets[0].field
        if cells.was is None or field is None or plain(cells.was) == plain(self._told(cells)):
            return True
        if cells.inner:
            return False
        before = self._read(cells, cells.was)
        shown = shown if field.kind is kinds.CITATION else _alike(before, shown)
        return core(before) == core(shown) and quotes(before) in (quotes(shown), quotes(shown, bare=True))

    def _turned(self, cells: _Cells, shown: Value) -> bool:
        """Tell whether the sheet has citations in another order than the last time, and the record has them in that."""
        field = cells.targets[0].field
        if not cells.was or field is None or field.kind is not kinds.CITATION or not field.many or not cells.new:
            return False
        before = self._read(cells, cells.was)
        return turned(before, cells.new) and not turned(before, shown)

    def _read(self, cells: _Cells, text: str) -> Value:
        """Return what a text of the cells would give the field; nothing where it cannot be read."""
        field = cells.targets[0].field
        if field is None or not text or says_nothing(text):
            return None
        if field.kind is kinds.POWERTYPE:
            return self.values.typed(text, field).type
        try:
            said = measured(text, cells.targets[0], cells.draft.item.context.titles)
            return self.values.of(said, field, cells.targets)
        except ValueError:
            return None

    def _says_same(self, cells: _Cells, shown: Value) -> bool:
        """Tell whether the cells say what the record says, if in other words."""
        new = cells.new
        if len(cells.row.records) > 1:
            return bool(cells.now) and plain(self._told(cells)) == plain(cells.now)
        if cells.inner and isinstance(shown, list) and isinstance(new, list):
            return _elements(shown, new) == shown
        if new is not None and core(new) == core(shown):
            known = bool(cells.was)
            return not known or quotes(new) in (quotes(shown), quotes(self._read(cells, cells.was or "")))
        if new is None and shown in (None, [], "") and not cells.unread:
            return True
        return bool(cells.now) and plain(self._told(cells)) == plain(cells.now)

    def _told(self, cells: _Cells) -> str:
        """Return what a list would say of the record in these columns."""
        columns = [one.column for one in cells.targets if one.column]
        have = value_at(cells.record.data, cells.path) if cells.inner else None
        parts = [replace(cells.row, part=n) for n in range(len(have))] if isinstance(have, list) else [cells.row]
        texts = ("\n".join(cell(one, row, self.catalog, self.look)) for one in columns for row in parts)
        return "\n".join(text or ABSENT for text in texts) if cells.inner else "\n".join(texts)

    def _shown(self, have: Value, targets: Sequence[Target]) -> tuple[Value, list[Value]]:
        """Return what of a record's value the columns show, and what they do not."""
        ranks = {one.rank for one in targets}
        if not isinstance(have, list) or "" in ranks:
            return have, []
        shown = [one for one in have if self._rank(one) in ranks]
        return shown, [one for one in have if one not in shown]

    def _rank(self, citation: object) -> str:
        named = self.catalog.named(Citation.of(citation).law)
        return named[0].rank if len(named) == 1 else ""


def _merged(cells: _Cells, have: Value, hidden: Sequence[Value]) -> Value:
    """Return the value of a field with what the sheet says now."""
    if not isinstance(have, list):
        return cells.new
    if isinstance(cells.new, list) and cells.inner:
        return _elements(have, cells.new)
    return joined(have, cells.new, hidden, words=cells.was is not None)


def _alike(before: Value, shown: Value) -> Value:
    """Return a record's elements without the parts that no element in the sheet had: who adds those changes no cell."""
    parts = {name for one in rows(before) for name in one}
    if not parts or not isinstance(shown, list):
        return shown
    return [{name: value for name, value in one.items() if name in parts} for one in rows(shown)]


def _elements(have: Sequence[Value], new: Sequence[Value]) -> list[Value]:
    """Return elements with what the sheet says of them; what it does not show of each stays."""
    if len(have) != len(new):
        return [*new]
    pairs = zip(have, new, strict=True)
    return [{**old, **one} if isinstance(old, dict) and isinstance(one, dict) else one for old, one in pairs]


def origin_of(draft: Draft, words: str) -> dict[str, Value]:
    """Return where an item stands, and what the row said."""
    return RowOrigin(draft.sheet.file, draft.sheet.name, draft.row, words).data()


def _agreed(draft: Draft, targets: Sequence[Target], path: str) -> None:
    """Take back what was said of cells that say what the record says."""
    heads = {one.head for one in targets}
    draft.problems = [one for one in draft.problems if one.about not in heads or one.rule not in _OF_READING]
    for one in targets:
        for place in draft.item.cells.get(one.index, ()):
            if draft.went[place].where == "source":
                draft.went[place] = Went("field", path)


def _joined(texts: Sequence[str]) -> str:
    """Return what several cells say together; of several, those that say that there is nothing say nothing."""
    return "\n".join(text for text in texts if text and (len(texts) == 1 or not says_nothing(text)))


def _paths(draft: Draft) -> Mapping[str, list[Target]]:
    """Return the columns of an item by field, those included that are empty."""
    found: dict[str, list[Target]] = {}
    for one in draft.item.head.targets:
        if one.column and one.field and not one.skipped and one.path not in {NUMBER, ID}:
            path = one.path.partition(".")[0] if one.column.inner else one.path
            found.setdefault(path, []).append(one)
    return found


def _fielded(draft: Draft) -> frozenset[str]:
    return frozenset(one.head for targets in _paths(draft).values() for one in targets)


def _drop(data: dict[str, Value], path: str) -> None:
    above, _, name = path.rpartition(".")
    inner = value_at(data, above) if above else data
    if isinstance(inner, dict):
        inner.pop(name, None)
        if above and not inner:
            data.pop(above, None)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
