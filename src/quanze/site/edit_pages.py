"""The forms in the browser (/edit/): built only where site.yaml says 编辑: true, never for the public.

A page holds its record as it stands, with the place of every value in the file, so that the browser can change those
lines alone; what all pages need of forms, names and laws lies beside them once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from quanze.base.compact import compact, in_script
from quanze.base.markup import as_html
from quanze.base.problem import Fault
from quanze.check.rules.declared import alike
from quanze.edit.naming import NewIds, schema_path
from quanze.form import kinds
from quanze.form.conditions import conditions, meets
from quanze.io.yaml import marks
from quanze.register.catalog import ITEMS, LISTS
from quanze.register.definition import UPSTREAM
from quanze.register.life import Life, lives
from quanze.register.published import published
from quanze.site.pages.page import Page, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from markupsafe import Markup

    from quanze.base.model import Record
    from quanze.base.problem import Problem
    from quanze.form import Field, Form
    from quanze.law.instrument import Instrument
    from quanze.register.catalog import Catalog

BASE = "edit/"


def workbook(record: Record) -> str:
    """Return the address below it of a list as a workbook that is edited and imported again."""
    return f"{LISTS}/{record.id}.xlsx"


def reconciled(catalog: Catalog) -> Iterator[tuple[str, Record, Record]]:
    """Yield (address below it, list, list) of the workbooks in which differences from a superior's list are decided.

    A superior's list that nobody has set beside one of ours stands beside the first.
    """
    lists = [one for one in catalog.lists_in_order if catalog.lists[one.id].nature != UPSTREAM]
    for above in catalog.lists_in_order:
        if catalog.lists[above.id].nature == UPSTREAM:
            found = [one for one in lists if any(name == above.id for name, _ in catalog.lists[one.id].decisions)]
            first = [one for one in lists if catalog.lists[one.id].collection == ITEMS][:1]
            for one in found or first:
                yield f"{LISTS}/{one.id}.{above.id}.xlsx", one, above


@dataclass(frozen=True)
class EditPages:
    """The pages on which a record is changed or begun."""

    catalog: Catalog
    """Every record, drafts included."""
    at: str
    problems: Iterable[Problem]

    @cached_property
    def _found(self) -> Mapping[str, list[Problem]]:
        found: defaultdict[str, list[Problem]] = defaultdict(list)
        for problem in self.problems:
            found[problem.path].append(problem)
        return found

    @cached_property
    def _ids(self) -> NewIds:
        return NewIds(self.catalog)

    @property
    def forms(self) -> Iterator[Form]:
        """The forms of records, those of the site's settings left out."""
        return (self.catalog.forms[name] for name in self.catalog.records)

    def index(self) -> Page:
        """Return the page that leads to all forms."""
        known = lives(self.catalog)
        lists = published(self.catalog).records.get(LISTS, {}).values()
        rows = [
            (
                form,
                [
                    (workbook(one), self.catalog.title(one))
                    for one in lists
                    if self.catalog.lists[one.id].collection == form.collection
                ],
                [
                    (record.id, self.catalog.title(record), known[record.collection].draft(record.data))
                    for record in self.catalog.records[form.collection].values()
                    if not record.adopted  # it is little more than a name and reasons, which no form of fields shows
                ],
            )
            for form in self.forms
        ]
        titles = self.catalog.title
        beside = [
            (path, f"{titles(one)}，与{titles(other)}") for path, one, other in reconciled(published(self.catalog))
        ]
        return Page(BASE, "填写和修改", render("edit_index.html", rows=rows, beside=beside), kind="column")

    def change(self, record: Record) -> Page:
        """Return the page of one record."""
        form = self.catalog.forms[record.collection]
        content = (self.catalog.root / record.path).read_bytes()
        where = marks(content)
        data = {
            **self._common(form),
            "id": record.id,
            "path": record.path,
            "text": content.decode().removeprefix("\ufeff"),
            "places": {"values": where.values, "keys": where.keys},
            "data": record.data,
            "problems": [
                {"level": one.level, "rule": one.rule, "message": one.message, "pointer": one.pointer}
                for one in self._found.get(record.path, ())
            ],
        }
        title = f"修改：{self.catalog.title(record)}"
        return self._page(f"{BASE}{record.collection}/{record.id}/", title, form, data)

    def begin(self, form: Form) -> Page:
        """Return the page of a record that is not there yet."""
        ids = dict(self._numbers(form))
        folders = ((id_, self._ids.path(form.collection, id_).split("/")[2:-1]) for id_ in ids.values())
        data = {
            **self._common(form),
            "id": "",
            "path": "",
            "head": f"# yaml-language-server: $schema={schema_path(f'catalog/{form.collection}/x', form.collection)}",
            "data": {},
            "problems": [],
            "ids": ids,
            "heads": {id_.rpartition("-")[0]: "/".join(folder) for id_, folder in folders},
            "used": sorted(self._ids.used(form.collection) - {*ids.values()}),
            "role": form.role(kinds.POWERTYPE),
        }
        return self._page(f"{BASE}{form.collection}/new/", f"新增：{form.title}", form, data)

    def _common(self, form: Form) -> dict[str, object]:
        return {"collection": form.collection, "at": self.at}

    def _page(self, url: str, title: str, form: Form, data: Mapping[str, object]) -> Page:
        body = render("edit.html", title=title, help=form.help, data=_script(data), base="../../../")
        return Page(url, title, body, crumbs=(("填写和修改", BASE),), kind="column")

    def _numbers(self, form: Form) -> Iterator[tuple[str, str]]:
        """Yield (power type, next id) where ids are numbered by it; with an empty type where the form has a prefix."""
        role = form.role(kinds.POWERTYPE)
        types: Iterable[str] = [""] if form.prefix else form.fields[role].choices if role else ()
        for type_ in types:
            try:
                yield type_, self._ids.new(form, {role: type_} if type_ else {})
            except Fault:
                continue

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield what all forms need: the forms themselves, the names of all records, the laws."""
        for form in self.forms:
            yield f"{BASE}forms/{form.collection}.json", compact(form.schema)
        records = {
            form.collection: [
                (record.id, self.catalog.title(record)) for record in self.catalog.records[form.collection].values()
            ]
            for form in self.forms
        }
        laws = [self._law(instrument) for instrument in self.catalog.instruments.values()]
        code = self.catalog.settings.edit_base
        whole = {
            "records": records,
            "only": dict(self._only()),
            "unique": dict(self._unique()),
            "laws": laws,
            "code": code,
        }
        yield f"{BASE}choices.json", compact(whole)

    def _unique(self) -> Iterator[tuple[str, dict[str, object]]]:
        """Yield by collection the status that takes a record out, and what of each rule's fields is taken, by whom.

        What a rule asks of the record that another points to is left to the check.
        """
        for form in self.forms:
            rules = [
                rule for rule in form.rules if rule.kind == "unique" and not rule.review and _own(form, rule.fields)
            ]
            status, life = form.fields.get(form.role(kinds.STATUS)), Life.of(form)
            words = status.choices if status else ()
            idle = [
                word for word in words if status and (life.draft({status.name: word}) or life.gone({status.name: word}))
            ]
            taken = {
                "、".join(rule.fields): {
                    "\t".join(key): [record.id for record in records]
                    for key, records in alike(self.catalog, form, rule, self.at).items()
                }
                for rule in rules
            }
            if rules:
                yield form.collection, {"status": status.name if status else "", "idle": idle, "taken": taken}

    def _only(self) -> Iterator[tuple[str, list[str]]]:
        """Yield (collection and condition, the ids that fit) of every reference that may not point to all records."""
        found = {_key(field): field for form in self.forms for field in _limited(form.fields)}
        for key, field in found.items():
            wanted = conditions(field.only)
            records = self.catalog.records.get(field.collection, {})
            yield key, [id_ for id_, one in records.items() if meets(one.data, wanted, self.at)]

    def _law(self, instrument: Instrument) -> tuple[object, ...]:
        """Return (id, short title, names, last article, repealed from, version, in force from, numbers)."""
        now = instrument.in_force(self.at)
        begins = now.in_force if now else min(version.in_force for version in instrument.versions)
        version = now or instrument.newest
        return (
            instrument.id,
            instrument.short,
            sorted(instrument.names),
            version.last_article,
            instrument.repealed,
            version.name,
            begins,
            instrument.issues,
        )


def _limited(fields: Mapping[str, Field]) -> Iterator[Field]:
    for field in fields.values():
        if field.only:
            yield field
        yield from _limited(field.fields)


def _own(form: Form, paths: Iterable[str]) -> bool:
    """Tell whether fields are the record's own, none of a record that it points to."""
    return all(form.find(path) for path in paths)


def _key(field: Field) -> str:
    """Return by what the browser knows a condition: as JSON.stringify writes it."""
    return f"{field.collection} {compact(field.only).decode()}"


def _script(data: object) -> Markup:
    """Return data as it stands in a script element, which no text of a record can end."""
    return as_html(in_script(data))
