"""Sheets → what importing them would do."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from quanze.base.model import Record
from quanze.edit.changeset import NewFile
from quanze.edit.importer import instruments
from quanze.edit.importer.answering import answer
from quanze.edit.importer.comparing import Comparing, origin_of
from quanze.edit.importer.grounding import ground
from quanze.edit.importer.matching import Found, Matching
from quanze.edit.importer.merging import amended, kept
from quanze.edit.importer.obeying import Obeying, whole
from quanze.edit.importer.plan import Made, Plan
from quanze.edit.importer.problem import SheetProblem, together
from quanze.edit.importer.settling import Settling
from quanze.edit.importer.signals import ENDED
from quanze.edit.importer.taking import Taking
from quanze.edit.importer.values import Values
from quanze.edit.importer.whose import Bodies
from quanze.edit.naming import NewIds, schema_path
from quanze.form import kinds
from quanze.form.kinds.origin import RowOrigin
from quanze.io.yaml import write
from quanze.law.citation import LAW
from quanze.law.instrument import Instrument
from quanze.register.adopted import rewritten
from quanze.register.catalog import BODIES, LAWS, SUBITEM
from quanze.register.definition import ID, UPSTREAM
from quanze.register.life import DRAFT, Life
from quanze.register.links import SiteLook
from quanze.register.listing import listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.edit.changeset import Edit
    from quanze.edit.importer.draft import Draft, Gone
    from quanze.edit.importer.sheet import Sheet
    from quanze.edit.importer.taking import Taken, Wishes
    from quanze.form import Form
    from quanze.register.catalog import Catalog
    from quanze.register.table import Listing

_SHOWN = 5
_OPEN = frozenset({"import-differs", "import-conflict", "import-blank", "import-joined", "import-renamed"})


def plan(catalog: Catalog, form: Form, sheets: Sequence[Sheet], day: str, wishes: Wishes, named: str = "") -> Plan:  # noqa: PLR0913, PLR0917
    """Work out the import of sheets into a collection; `named` is the list of their heads."""
    lists = listings(catalog, form, day, named)
    taking = Taking(catalog, form, lists, wishes)
    taken = taking.take(sheets)
    drafts = [draft for one in taken for draft in one.drafts]
    if not drafts:
        said = [one for sheet in taken for one in sheet.problems]
        if not any(one.laid.heads for one in taken):
            said = [*(one for one in said if one.rule != "import-head"), *taking.headless(taken)]
        return Plan(problems=tuple(sorted(said)), taken=tuple(taken))
    above = any(one.definition.nature == UPSTREAM for one in lists)
    return _Planning(catalog, form, day, wishes, taken, drafts, taking.kept, above=above).plan()


def listings(catalog: Catalog, form: Form, day: str, named: str = "") -> list[Listing]:
    """Return the lists that select from a collection, the named one or all in their order on the home page."""
    lists = (one for one in catalog.lists_in_order if catalog.lists[one.id].collection == form.collection)
    return [listing(catalog, one, day) for one in lists if named in {"", one.id}]


class _Planning:
    """The drafts of a file on their way to records."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        catalog: Catalog,
        form: Form,
        day: str,
        wishes: Wishes,
        taken: Sequence[Taken],
        drafts: Sequence[Draft],
        kept: Mapping[str, Mapping[str, str]],
        *,
        above: bool,
    ) -> None:
        self._above = above
        self._catalog, self._form, self._day, self._wishes = catalog, form, day, wishes
        self._taken, self._drafts, self._kept = taken, drafts, kept
        self._settling, self._names = Settling(form), NewIds(catalog)
        self._records: dict[Draft, Record] = {}
        self._laws: list[Record] = []
        self._written: Sequence[instruments.WrittenInstrument] = ()
        self._same: set[Draft] = set()
        self._problems: list[SheetProblem] = []

    def plan(self) -> Plan:
        lacking = instruments.lacking(self._catalog, (one for one in self._drafts if not one.refused))
        self._written = [*lacking.values()]
        self._laws = [*self._drafted(self._written)]
        with_laws = whole(self._catalog, {LAWS: self._laws})
        found = self._match(with_laws)
        ground(self._catalog, self._form, self._wishes.fixed, self._drafts)
        if self._above:
            new = [one for one in self._drafts if not one.refused and not found[one].row]
            answer(with_laws, self._form, new, self._day)
        self._settling.fit_all([draft for draft in self._drafts if self._to_fit(draft, found[draft])])
        self._unique(found)
        self._name(found)
        changed = {one: record for one, record in self._records.items() if one not in self._same}
        there = frozenset(one for one in changed if found[one].row)
        obeying = Obeying(self._catalog, self._form, self._settling, self._day)
        self._problems += obeying.obey(changed, self._laws, there)
        self._records |= changed
        return self._closed(found)

    def _match(self, catalog: Catalog) -> dict[Draft, Found]:
        only = self._wishes.fixed if self._above else {}
        matching = Matching(catalog, self._form, self._wishes.answers.renamed, only)
        live = [one for one in self._drafts if not one.refused]
        found = matching.find(live)
        for draft, one in found.items():
            self._renamed(draft, one)
        records = catalog.records[self._form.collection].items()
        ended = frozenset(id_ for id_, one in records if Life.of(self._form).ended(one.data, self._day))
        for record in (*matching.vanished(self._drafts, found, ended), *self._dropped(found)):
            message = f"{record.path}「{catalog.title(record)}」原来在这张表里，这次没有了；记录没有动"
            first = self._drafts[0].sheet
            self._problems.append(SheetProblem(0, 0, first.file, first.name, "import-vanished", message, "review"))
        return {**{one: Found() for one in self._drafts}, **found}

    def _dropped(self, found: Mapping[Draft, Found]) -> Iterator[Record]:
        """Yield the records whose rows stood in the workbook when it was exported and are in it no longer."""
        here = {record.id for one in found.values() if one.row for record in one.row.records}
        for ids in self._kept:
            for id_ in ids.split():
                record = self._catalog.record(self._form.collection, id_)
                if record and id_ not in here:
                    yield record

    def _renamed(self, draft: Draft, found: Found) -> None:
        title = self._form.title_field
        target = draft.item.head.of(title)
        name = draft.data.get(title)
        if found.maybe:
            then = self._catalog.title(found.maybe)
            message = (
                f"「{name}」像是 {found.maybe.id}「{then}」改了名称，没有导入；是的，在对照文件的「改名」里写 "
                f"{name}: {found.maybe.id}，是新事项的写 {name}: null"
            )
            draft.refuse(target.index if target else 1, "import-renamed", message)
        elif found.renamed and found.row:
            record = found.row.records[0]
            then = self._catalog.title(record)
            message = f"当作 {record.id}「{then}」改了名称；不是的，在对照文件的「改名」里写 {name}: null"
            draft.say(target.index if target else 1, "import-renamed", message)

    def _drafted(self, found: Iterable[instruments.WrittenInstrument]) -> Iterator[Record]:
        form = self._catalog.forms.get(LAWS)
        for one in found if form else ():
            assert form  # noqa: S101
            id_ = self._names.new(form, one.data)
            yield Record(LAWS, id_, self._names.path(LAWS, id_), one.data)

    def _to_fit(self, draft: Draft, found: Found) -> bool:
        """Say what is gone and where a draft comes from; return whether it is a new record's."""
        if draft.refused:
            return False
        known = [draft.data, *(one.data for one in found.row.records)] if found.row else []
        if draft.gone and not any(map(Life.of(self._form).gone, known)):
            self._gone(draft, draft.gone, there=bool(known))
        if found.row or draft.refused:
            return False
        origin = self._form.role(kinds.ORIGIN)
        if origin:
            raw = kept(draft.texts)
            draft.data[origin] = origin_of(draft, raw)
        if len(draft.ids) > 1:
            draft.refuse(
                1, "import-joined", f"一格里写了几个编号（{'、'.join(draft.ids)}），而没有这样的行；一行只导入一条记录"
            )
            return False
        return True

    def _gone(self, draft: Draft, gone: Gone, *, there: bool) -> None:
        """Ask about an item that its row says to be gone, and make no new record of it unless that is wanted."""
        if there:
            message = f"{gone.said}，像是不再办的；已有的记录没有动，还办不办，请定"
        elif ENDED in self._wishes.include:
            message = f"{gone.said}，像是不再办的；写成「{DRAFT}」，还办不办，请定"
        else:
            draft.refused = message = f"{gone.said}，像是不再办的，没有导入；还办的，加 --include {ENDED}"
        draft.say(gone.column, "import-status", message)

    def _unique(self, found: Mapping[Draft, Found]) -> None:
        """Refuse the second of two items that are the same."""
        matching = Matching(self._catalog, self._form, {})
        seen: dict[object, Draft] = {}
        for draft in self._drafts:
            row = found[draft].row
            if draft.refused:
                continue
            who = str(draft.data.get(self._who))
            key = row.records[0].id if row else (*matching.name(draft.data), who, draft.ids)
            first = seen.setdefault(key, draft)
            if first is not draft:
                where = (
                    f"第 {first.row} 行" if first.sheet is draft.sheet else f"「{first.sheet.name}」第 {first.row} 行"
                )
                draft.refuse(1, "import-duplicate", f"与{where}是同一条记录；请合并，或者改正名称、编号")

    @property
    def _who(self) -> str:
        return next((one.name for one in self._form.fields.values() if one.collection == BODIES and one.many), "")

    def _name(self, found: Mapping[Draft, Found]) -> None:
        """Give every draft its record: a new one the next id, a part of an item the id of that."""
        for draft in self._drafts:
            if draft.refused or found[draft].row or not draft.ids:
                continue
            objection = self._names.objection(self._form.collection, draft.ids[0])
            if objection:
                draft.refuse(
                    next(one.index for one in draft.item.head.targets if one.path == ID), "import-value", objection
                )
            else:
                self._record(draft, self._names.take(self._form.collection, draft.ids[0]))
        for draft in self._drafts:
            row = found[draft].row
            if draft.refused or draft in self._records:
                continue
            if row:
                comparing = self._comparing
                data = comparing.changed(draft, row)
                record = row.records[0]
                self._records[draft] = rewritten(record, data)
                if data == record.data and not any(one.rule in _OPEN for one in draft.problems):
                    self._same.add(draft)
            else:
                self._record(draft, self._names.new(self._form, draft.data))
        self._parts()

    def _record(self, draft: Draft, id_: str) -> None:
        self._records[draft] = Record(
            self._form.collection, id_, self._names.path(self._form.collection, id_), draft.data
        )

    def _parts(self) -> None:
        """Let the parts of an item that has a record of its own point to it."""
        main = self._form.fields.get("主项")
        at = {(draft.sheet, draft.row): draft for draft in self._drafts}
        for draft, record in self._records.items():
            above = at.get((draft.sheet, draft.item.above)) if draft.item.above else None
            other = self._records.get(above) if above else None
            if (
                main
                and other
                and other.id != record.id
                and SUBITEM in draft.data
                and SUBITEM not in other.data
                and draft not in self._same
            ):
                draft.data["主项"] = other.id
                draft.data = self._settling.ordered(draft.data)
                self._records[draft] = replace(record, data=draft.data)

    @cached_property
    def _comparing(self) -> Comparing:
        bodies = Bodies(self._catalog, self._wishes.answers.words.get(self._who, {}))
        values = Values(self._catalog, bodies, self._wishes.answers.words)
        return Comparing(self._catalog, self._form, values, SiteLook(self._catalog), self._wishes.update, self._kept)

    def _closed(self, found: Mapping[Draft, Found]) -> Plan:
        live = {draft: record for draft, record in self._records.items() if not draft.refused}
        edits: list[Edit | NewFile] = []
        made: list[Made] = []
        for draft, record in live.items():
            done = "same"
            if not found[draft].row:
                edits.append(_new_file(record))
                done = "new"
            elif draft not in self._same and record.data != self._catalog.records[record.collection][record.id].data:
                edit = amended(self._catalog, self._form, record)
                if edit:
                    edits.append(edit)
                    done = "updated"
                else:
                    draft.say(1, "import-layout", "记录的写法不便自动改动；请人工改", "error")
            title = str(record.data.get(self._form.title_field, ""))
            made.append(Made(record.id, record.path, draft.sheet.name, draft.row, title, done))
        cited = {one[LAW] for record in live.values() for one in instruments.citations(record.data)}
        laws = [one for one in self._laws if {*Instrument.of(one.id, one.data).names} & cited]
        edits = [*map(_new_file, laws), *edits]
        problems = [*self._problems, *(one for sheet in self._taken for one in sheet.problems)]
        origin = self._form.role(kinds.ORIGIN)
        for draft in self._drafts:
            draft.close(RowOrigin.of(live[draft].data.get(origin)).words if draft in live else "")
        problems += [one for draft in self._drafts for one in draft.problems]
        named = {Instrument.of(one.id, one.data).title for one in laws}
        problems += _told_laws(self._drafts[0].sheet, [one for one in self._written if one.title in named])
        stop = self._wishes.whole and any(one.level == "error" for one in problems)
        ids = {draft: record.id for draft, record in live.items()}
        return Plan(
            edits=() if stop else tuple(edits),
            problems=tuple(sorted(together(problems))),
            rows=len(self._drafts),
            records=() if stop else tuple(made),
            laws=tuple(Instrument.of(one.id, one.data).title for one in laws),
            citations=instruments.counted(draft.data for draft in live),
            taken=tuple(self._taken),
            ids={} if stop else ids,
        )


def _new_file(record: Record) -> NewFile:
    return NewFile(record.path, partial(write, record.data, schema_path(record.path, record.collection)))


def _told_laws(first: Sheet, laws: Sequence[instruments.WrittenInstrument]) -> Iterator[SheetProblem]:
    if laws:
        names = "、".join(map(str, laws[:_SHOWN]))
        more = f" 等 {len(laws)} 部" if len(laws) > _SHOWN else ""
        message = f"laws/ 里没有 {names}{more}，各建了一条待核的记录；位阶是看名称和文号定的，看不出的写待核，请核对"
        yield SheetProblem(0, 0, first.file, first.name, "import-law", message, "review")
