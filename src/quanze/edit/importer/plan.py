"""A sheet → what importing it would do: which files are made, which changed, and everything that is in the way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from quanze.base.model import Record
from quanze.check import rules
from quanze.edit.changeset import Edit
from quanze.edit.importer.drafting import Draft, Drafting
from quanze.edit.importer.head import find
from quanze.edit.importer.matching import Matching
from quanze.edit.importer.problem import SheetProblem
from quanze.edit.importer.reading import SheetReading
from quanze.edit.naming import NewIds, schema_path
from quanze.edit.patch import amend
from quanze.edit.skeleton import needed
from quanze.form import Validator, kinds
from quanze.io.yaml import write
from quanze.register.catalog import LAWS, LISTS
from quanze.register.links import SiteLook
from quanze.register.listing import ID, listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Value
    from quanze.base.problem import Finding
    from quanze.edit.importer.sheet import Sheet
    from quanze.form import Form
    from quanze.register.catalog import Catalog
    from quanze.register.listing import Listing

_SHOWN = 5
_WHOLE = 0
"""The row of a problem of no row: one that a new record makes elsewhere, which no row alone can be kept from."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the clerk asks of an import."""

    fixed: Mapping[str, Value] = field(default_factory=dict)
    """What every new record is given where the sheet has no column for it."""
    renamed: Mapping[str, str | None] = field(default_factory=dict)
    """Head → field; None for a column that is not wanted."""
    update: bool = False
    """Whether records that are there take over what the sheet says otherwise."""
    keep_sound: bool = False
    """Whether the sound rows are written when others are not."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import comes to."""

    edits: tuple[Edit, ...] = ()
    problems: tuple[SheetProblem, ...] = ()
    rows: int = 0
    same: int = 0
    """How many rows say what their records say."""

    @property
    def errors(self) -> tuple[SheetProblem, ...]:
        """The problems for which nothing, or not all, is written."""
        return tuple(one for one in self.problems if one.level == "error")

    @property
    def open(self) -> bool:
        """Whether the sheet and the catalog do not agree when all is written."""
        return any(one.level == "error" or one.rule == "import-differs" for one in self.problems)


def plan(catalog: Catalog, form: Form, sheet: Sheet, day: str, wishes: Wishes) -> Plan:
    """Work out the import of a sheet into a collection; the law is looked at as of a day."""
    head = find(sheet, form, _listings(catalog, form), wishes.renamed, _ranks(catalog))
    if not head:
        fields = "、".join(list(form.fields)[:12])
        message = f"没有找到表头；表头要有表单的栏目（{fields}……），或者用 --map 写明对照"
        return Plan(problems=(SheetProblem(0, 0, sheet.file, sheet.name, "import-head", message),))
    look = SiteLook(catalog)
    reading = SheetReading(catalog, form, sheet, head, wishes.fixed, look)
    drafting = Drafting(reading, Matching(catalog, form, head, look), update=wishes.update)
    drafts = [*drafting.drafts()]
    problems = [*drafting.heads(), *(one for draft in drafts for one in draft.problems), *_misfits(reading, drafts)]
    missing = {draft.row: _missing(reading, draft) for draft in drafts}
    problems += _asked(reading, missing)
    bad = _bad_rows(problems) | {row for row, names in missing.items() if names}
    names = NewIds(catalog)
    problems += _misnamed(reading, names, drafts)
    bad |= _bad_rows(problems)
    named = [*_named(form, names, (one for one in drafts if one.data and one.row not in bad))]
    problems += _found(catalog, form, reading, named, day)
    bad |= _bad_rows(problems)
    made = {draft: _edit(catalog, form, draft, record) for draft, record in named if draft.row not in bad}
    unmade = (draft for draft, edit in made.items() if not edit)
    problems += (reading.problem(draft.row, 1, "import-layout", "记录的写法不便自动改动；请人工改") for draft in unmade)
    stopped = _WHOLE in bad or (not wishes.keep_sound and any(one.level == "error" for one in problems))
    return Plan(
        edits=() if stopped else tuple(edit for edit in made.values() if edit),
        problems=tuple(sorted(problems)),
        rows=sum(not one.heading for one in drafts),
        same=sum(one.same for one in drafts),
    )


def _listings(catalog: Catalog, form: Form) -> list[Listing]:
    """Return the lists that select from a collection, in their order on the home page."""
    lists = (one for one in catalog.records.get(LISTS, {}).values() if one.data.get("集合") == form.collection)
    return [listing(catalog, one, "") for one in sorted(lists, key=lambda one: (one.data.get("次序", 999), one.id))]


def _ranks(catalog: Catalog) -> tuple[str, ...]:
    """Return the ranks of instruments, in the words of their form."""
    form = catalog.forms.get(LAWS)
    field = form.fields.get(form.role(kinds.RANK)) if form else None
    return field.choices if field else ()


def _bad_rows(problems: Iterable[SheetProblem]) -> set[int]:
    return {one.row for one in problems if one.level == "error"}


def _misfits(reading: SheetReading, drafts: Iterable[Draft]) -> Iterator[SheetProblem]:
    """Yield how the data of rows does not fit the form, at its cell; a cell that is told already is not told again."""
    validator = Validator(reading.form.schema)
    for draft in drafts:
        told = {one.column for one in draft.problems}
        for one in validator.errors(dict(draft.data)) if draft.data else ():
            column = reading.column(one.pointer.split("/")[1]) if one.pointer else 1
            if column not in told and (one.pointer or one.rule != "form-required"):
                yield reading.problem(draft.row, column or 1, one.rule, one.message)


def _missing(reading: SheetReading, draft: Draft) -> frozenset[str]:
    """Return the fields that a row has to have and has not; those that could not be read are told already."""
    told = {one.column for one in draft.problems if one.level == "error"}
    names = needed(reading.form, draft.data) - draft.data.keys() if draft.data else frozenset()
    return frozenset(name for name in names if reading.column(name) not in told)


def _asked(reading: SheetReading, missing: Mapping[int, frozenset[str]]) -> Iterator[SheetProblem]:
    """Yield what is missing: at its cell, or once at the heads where the sheet has no such column."""
    for name in reading.form.fields:
        rows = [row for row, names in missing.items() if name in names]
        column = reading.column(name)
        if column:
            for row in rows:
                yield reading.problem(row, column, "form-required", f"「{name}」必填，这里空着")
        elif rows:
            some = "、".join(map(str, rows[:_SHOWN])) + (" 行等" if len(rows) > _SHOWN else " 行")
            message = f"表里没有「{name}」一栏，第 {some}必填；用 --set {name}=… 或者 --map 的「固定值」写明"
            yield reading.problem(reading.head.bottom, 1, "import-required", message)


def _misnamed(reading: SheetReading, names: NewIds, drafts: Iterable[Draft]) -> Iterator[SheetProblem]:
    """Yield why ids in the sheet cannot be those of new records."""
    target = reading.head.of(ID)
    for draft in drafts:
        objection = names.objection(reading.form.collection, draft.id) if draft.id and target else ""
        if objection and target:
            yield reading.problem(draft.row, target.index, "import-value", objection)


def _named(form: Form, names: NewIds, drafts: Iterable[Draft]) -> Iterator[tuple[Draft, Record]]:
    """Yield the drafts with their records: a new one gets the next id."""
    for draft in drafts:
        if draft.old:
            yield draft, replace(draft.old, data=draft.data)
        else:
            id_ = names.take(form.collection, draft.id) if draft.id else names.new(form, draft.data)
            yield draft, Record(form.collection, id_, names.path(form.collection, id_), draft.data)


def _found(
    catalog: Catalog, form: Form, reading: SheetReading, named: Sequence[tuple[Draft, Record]], day: str
) -> Iterator[SheetProblem]:
    """Yield what the rules find in the whole catalog with the new records, and did not find without them."""
    if not named:
        return
    rows = {record.path: draft.row for draft, record in named}
    records = {**catalog.records[form.collection], **{record.id: record for _, record in named}}
    whole = replace(catalog, records={**catalog.records, form.collection: dict(sorted(records.items()))})
    known = {_key(one) for one in rules.run(catalog, day).open}
    for id_, finding in rules.run(whole, day).open:
        if _key((id_, finding)) not in known:
            row = rows.get(finding.record.path, 0)
            name = finding.pointer.split("/")[1] if "/" in finding.pointer else ""
            where = "" if row else f"导入后，{finding.record.path}："
            column = (reading.column(name) or 1) if row else 0
            yield reading.problem(row, column, id_, where + finding.message, finding.level)


def _key(found: tuple[str, Finding]) -> tuple[str, str, str, str]:
    id_, one = found
    return id_, one.record.path, one.pointer, one.message


def _edit(catalog: Catalog, form: Form, draft: Draft, record: Record) -> Edit | None:
    """Return the file of a record as it will be; None where its text cannot be changed safely."""
    if not draft.old:
        return Edit(record.path, None, write(record.data, schema_path(record.path, form.collection)))
    before = (catalog.root / record.path).read_bytes().decode()
    values = {name: value for name, value in draft.data.items() if draft.old.data.get(name) != value}
    after = amend(before, "", values, [*form.fields])
    return Edit(record.path, before, after) if after else None
