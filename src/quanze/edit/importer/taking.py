"""Sheets → drafts: each sheet taken apart, its signals told, its items read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.edit.importer import layouts
from quanze.edit.importer.cards import cards
from quanze.edit.importer.draft import Draft, RowReading
from quanze.edit.importer.drafting import Drafting, unplaced
from quanze.edit.importer.footnotes import without
from quanze.edit.importer.head import Heads
from quanze.edit.importer.labelled import labelled
from quanze.edit.importer.laid import Laid, unheaded
from quanze.edit.importer.layout import lay
from quanze.edit.importer.panes import panes
from quanze.edit.importer.problem import SheetProblem
from quanze.edit.importer.signals import HIDDEN, Signals
from quanze.edit.importer.subitems import apart
from quanze.edit.importer.values import Typed, Values
from quanze.edit.importer.whose import Bodies, titled
from quanze.edit.importer.words import fold
from quanze.form import kinds
from quanze.io.workbook import KEPT
from quanze.register.catalog import BODIES
from quanze.register.definition import ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Value
    from quanze.base.problem import Level
    from quanze.edit.importer.sheet import Sheet
    from quanze.edit.importer.target import Head, Target
    from quanze.edit.importer.words import MapAnswers
    from quanze.form import Form
    from quanze.register.catalog import Catalog
    from quanze.register.table import Listing

_PAGES = re.compile(r"表[0-9]+\Z")
"""The names of tables in a page or a document: one may go on in the next."""
_PIVOT = frozenset({"行标签", "列标签", "Row Labels"})
_PAGE = frozenset({"页码", "页次", "页数", "所在页", "所在页码"})
"""Heads of a table of contents."""
_TABLE = 3
"""A sheet of fewer rows holds no list: a cover, or what a page shows beside its list."""
_HEADING = 24
"""A line above a table that is longer says more than what stands in it."""
_UNIT = re.compile(r"\A(?:填报)?(?:单位|部门)(?:名称)?[：:]\s*(?P<name>.+)")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the clerk asks of an import."""

    answers: MapAnswers
    fixed: Mapping[str, Value] = field(default_factory=dict)
    """What every new record is given where the sheet has no column for it."""
    update: bool = False
    """Whether records that are there take over what the sheet says otherwise."""
    whole: bool = False
    """Whether nothing is written where not all can be."""
    include: frozenset[str] = frozenset()
    """The signals of a sheet that are not to keep anything out."""
    sheet: str = ""
    """The one sheet that is wanted; all that are not hidden where none is named."""


@dataclass
class Taken:
    """One sheet and all that was read of it."""

    sheet: Sheet
    laid: Laid = field(default_factory=Laid)
    drafts: list[Draft] = field(default_factory=list)
    problems: list[SheetProblem] = field(default_factory=list)
    left: str = ""
    """Why the sheet was not read; empty where it was."""


class Taking:
    """What reads the sheets of one file into one collection."""

    def __init__(self, catalog: Catalog, form: Form, listings: Sequence[Listing], wishes: Wishes) -> None:
        self._catalog, self._form, self._wishes = catalog, form, wishes
        self._listings = listings
        self._heads = Heads(form, listings, wishes.answers.heads)
        who = next((one.name for one in form.fields.values() if one.collection == BODIES), "")
        self._bodies = Bodies(catalog, wishes.answers.words.get(who, {}))
        self._values = Values(catalog, self._bodies, wishes.answers.words)
        self._before: tuple[Head, int] | None = None
        self._last: tuple[list[tuple[int, str]], Mapping[int, str]] = [], {}
        """The columns of the sheet before, and what its last item says in them."""
        self.kept: dict[str, dict[str, str]] = {}
        """By ids, what the cells of an exported row said: head → text."""

    def take(self, sheets: Sequence[Sheet]) -> list[Taken]:
        """Read the sheets that are wanted; a Fault where there is none of the name asked for."""
        wanted = self._wishes.sheet
        if wanted and wanted not in {one.name for one in sheets}:
            names = "、".join(one.name for one in sheets if one.name and not one.hidden)
            hint = f"有：{names}" if names else "这个文件没有分表，请去掉 --sheet"
            raise Fault(f"{sheets[0].file} 里没有叫「{wanted}」的表；{hint}")
        first = sorted(sheets, key=lambda one: one.name != KEPT)
        taken = {id(one): [self._take(pane) for pane in self._panes(one)] for one in first}
        return [pane for one in sheets for pane in taken[id(one)]]

    def _panes(self, sheet: Sheet) -> tuple[Sheet, ...]:
        return (sheet,) if sheet.name == KEPT or sheet.hidden else panes(sheet, self._heads)

    def _take(self, sheet: Sheet) -> Taken:
        wishes = self._wishes
        if wishes.sheet and sheet.name != wishes.sheet:
            return Taken(sheet, left="没有要这张表")
        if sheet.name == KEPT:
            self.kept |= _kept(sheet)
            return Taken(sheet, left="导出时的底稿，用来看出改了哪些格")
        if sheet.hidden and not wishes.sheet and HIDDEN not in wishes.include:
            said = f"「{sheet.name}」是隐藏的表，没有导入；要导入的，加 --sheet {sheet.name}"
            return Taken(sheet, problems=[_of_sheet(sheet, "import-signal", said)], left="在隐藏的表里")
        before = (
            self._before[0] if self._before and sheet.width <= self._before[1] and _PAGES.match(sheet.name) else None
        )
        hidden = frozenset() if HIDDEN in wishes.include else sheet.hidden_rows
        footnotes: tuple[SheetProblem, ...] = ()
        name = self._form.title_field
        crossed = layouts.matrix(sheet, self._listings) or labelled(sheet, self._heads, name)
        crossed = crossed or cards(sheet, self._heads, name)
        if crossed:
            sheet, laid = crossed
        else:
            laid = layouts.settled(lay(sheet, self._heads, name, before, hidden), sheet, name)
            sheet, footnotes = without(sheet, laid.notes)
            sheet = apart(sheet, laid)
        if laid.heads:
            self._before = laid.heads[-1], sheet.width
        if not laid.heads and not laid.items:
            said = f"「{sheet.name}」里没有找到有「{self._form.title_field}」的表头，没有导入"
            told = [_of_sheet(sheet, "import-head", said)] if len(sheet.rows) >= _TABLE and sheet.width > 1 else []
            return Taken(sheet, laid, problems=told, left="这张表里没有找到表头")
        if laid.heads and all(map(_contents, laid.heads)):
            return Taken(sheet, Laid(titles=laid.titles), left="是目录页，只写了名称和页码")
        ids = frozenset(one.index for head in laid.heads for one in head.targets if one.path == ID)
        signals = Signals(sheet, wishes.include, laid, ids)
        taken = Taken(sheet, laid)
        taken.problems += footnotes
        taken.problems += signals.told(frozenset(row for row, _, _ in sheet.filled()))
        taken.problems += self._of_heads(sheet, laid, hidden)
        type_ = self._type(sheet, laid)
        bodies = self._bodies.under(laid.titles)
        reading = RowReading(self._catalog, self._form, sheet, self._values, bodies, signals, wishes.fixed, type_)
        self._prepare(sheet, laid)
        columns = [[(one.index, one.head) for one in item.head.targets] for item in (*laid.items[:1], *laid.items[-1:])]
        goes_on = columns and columns[0] == self._last[0] and _PAGES.match(sheet.name)
        drafting = Drafting(reading, self._last[1] if goes_on else {})
        units = (found["name"] for line in laid.titles if (found := _UNIT.match(line)))
        called = [*filter(None, (*units, *map(titled, (*laid.titles, sheet.name))))]
        unit = next((one for one in called if bodies.own in bodies.named(one).ids), next(iter(called), ""))
        for item in laid.items:
            whose = (
                replace(item, context=replace(item.context, headings=(unit, *item.context.headings))) if unit else item
            )
            draft = drafting.draft(whose)
            title = item.head.of(self._form.title_field)
            named = item.cells.get(title.index) if title else None
            gone = signals.gone(named[0]) if named else ""
            if gone:
                draft.refused, draft.problems = gone, []
            taken.drafts.append(draft)
        self._last = (columns[-1], drafting.last) if columns else self._last
        return taken

    def _prepare(self, sheet: Sheet, laid: Laid) -> None:
        """Have the citations read, which take most of the time."""
        for head in laid.heads:
            for one in head.fields:
                if one.field and one.field.kind is kinds.CITATION and not one.part:
                    places = (item.cells.get(one.index, ()) for item in laid.items if item.head is head)
                    texts = ("\n".join(sheet.cell(*place).text for place in some) for some in places)
                    self._values.prepare(texts, one.field)

    def _type(self, sheet: Sheet, laid: Laid) -> Typed:
        """Return the type that the name of a sheet, its titles or at last its file names; of headings the nearest."""
        field_ = self._form.fields.get(self._form.role(kinds.POWERTYPE))
        headings = [one for one in reversed(laid.titles) if len(one) <= _HEADING]
        names = (sheet.name, *headings, *laid.titles, sheet.file) if field_ else ()
        typed = (self._values.typed_within(text, field_) for text in names if field_)
        return next((one for one in typed if one.type), Typed())

    def _of_heads(self, sheet: Sheet, laid: Laid, hidden: frozenset[int]) -> Iterator[SheetProblem]:
        keeps = bool(self._form.role(kinds.ORIGIN))
        for head in laid.heads:
            for one in head.targets:
                if one.near:
                    beside = any(other.head == one.head and other.index == one.index - 1 for other in head.targets)
                    said = (
                        f"没有表头的一栏按左边的「{one.head}」"
                        if beside
                        else f"表头「{one.head}」按相近的「{one.path}」"
                    )
                    message = f"{said}读取；不对的，用 --map 写明"
                    yield _of_head(sheet, head, one, "import-near", message)
            for one in unplaced(head.targets):
                kept = "内容保留在「来源」的原文里" if keeps else "内容没有地方保留；不要的，用 --map 写明 null"
                message = f"表头「{one.head}」没有对应的栏目；{kept}"
                yield _of_head(sheet, head, one, "import-column", message, "review" if keeps else "error")
        for row in laid.jumps:
            yield SheetProblem(row, 1, sheet.file, sheet.name, "import-gap", "序号没有接上前一行的", "review")
        if laid.unread:
            first, last = laid.unread[0], laid.unread[-1]
            said = f"第 {first}—{last} 行像是清单，没有认出上面的表头，没有导入；叫法不同的，用 --map 写明对照"
            yield SheetProblem(first, 1, sheet.file, sheet.name, "import-head", said, "review")
        message = "有内容的格不在任何一栏的表头下面，没有导入"
        for row, column in unheaded(sheet, laid, hidden):
            yield SheetProblem(row, column, sheet.file, sheet.name, "import-column", message, "review")

    def headless(self, taken: Iterable[Taken]) -> Iterator[SheetProblem]:
        """Yield the sentence for a file in none of whose sheets heads were found."""
        sheets = [one.sheet for one in taken]
        fields = "、".join(list(self._form.fields)[:8])
        name = f"要有「{self._form.title_field}」，" if self._form.title_field else ""
        if any(cell.text in _PIVOT for one in sheets for _, _, cell in one.filled()):
            message = "没有找到表头；这是数据透视表，只有汇总，请导入它所依据的明细表"
            yield _of_sheet(sheets[0], "import-head", message, "error")
            return
        message = f"没有找到表头；{name}其他的栏目有 {fields}……；叫法不同的，用 --map 写明对照"
        yield _of_sheet(sheets[0], "import-head", message, "error")


def _contents(head: Head) -> bool:
    """Tell whether heads are those of a table of contents: the page of each item, and no basis."""
    fields = (one.column.field for one in head.targets if one.column)
    return not any(one and one.kind is kinds.CITATION for one in fields) and any(
        fold(one.head) in _PAGE for one in head.targets
    )


def _kept(sheet: Sheet) -> dict[str, dict[str, str]]:
    """Return what the hidden sheet of our own export keeps of each row."""
    heads = [one.text for one in sheet.rows[0]] if sheet.rows else []
    found: dict[str, dict[str, str]] = {}
    for ids, *texts in ([one.text for one in row] for row in sheet.rows[1:] if row and row[0].text):
        kept = found.setdefault(ids, {})
        for head, text in zip(heads[1:], texts, strict=False):
            kept[head] = f"{kept[head]}\n{text}" if text and head in kept else kept.get(head, text)
    return found


def _of_sheet(sheet: Sheet, rule: str, message: str, level: Level = "review") -> SheetProblem:
    return SheetProblem(0, 0, sheet.file, sheet.name, rule, message, level)


def _of_head(sheet: Sheet, head: Head, one: Target, rule: str, message: str, level: Level = "review") -> SheetProblem:  # noqa: PLR0913, PLR0917
    row, column = one.place or (head.bottom, one.index)
    return SheetProblem(row, column, sheet.file, sheet.name, rule, message, level, one.head)
