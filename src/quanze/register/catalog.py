"""The documents of a project as one whole: records by collection and id, and the look-ups between them."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import product, starmap
from typing import TYPE_CHECKING

from quanze.base.model import Record
from quanze.base.value import gather_texts, text
from quanze.form import kinds
from quanze.law.articlemap import same
from quanze.law.citation import PENALTY, VERSION, Citation
from quanze.law.instrument import Instrument
from quanze.law.reader import KnownTitles
from quanze.law.sanction import Sanction
from quanze.register.adopted import AdoptedCopy, inherited, put
from quanze.register.come import gather_days
from quanze.register.definition import UPSTREAM, ListDefinition
from quanze.register.digest import of_record
from quanze.register.occurrences import ByKind, Occurrence
from quanze.register.settings import Settings
from quanze.register.tree import CATALOG, SITE, load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from quanze.base.model import Document, Value
    from quanze.form import Form
    from quanze.form.kinds import Kind
    from quanze.register.tree import Tree

LAWS, LISTS, BODIES, ITEMS = "laws", "lists", "bodies", "items"
"""The collections that the law itself gives a meaning; every other one is known by its form alone."""
SUBITEM = "子项名称"


def titled(form: Form, data: Mapping[str, Value]) -> str:
    """Return the name of what a record says, with that of its part where the name is the whole item's: 主项：子项."""
    name, part = str(data.get(form.title_field) or ""), str(data.get(SUBITEM) or "")
    return f"{name}：{part}" if name and part not in name else name


@dataclass(frozen=True, eq=False)
class Catalog:
    """Every sound record of a project with the forms that they follow; one that is read again is another."""

    root: Path
    site: Document
    forms: Mapping[str, Form]
    records: Mapping[str, Mapping[str, Record]]
    """By collection, then by id, both sorted."""
    broken: frozenset[tuple[str, str]] = frozenset()
    """(collection, id) of the files whose text or form is at fault: there, but not readable."""
    words: Document = dataclasses.field(default_factory=dict)
    """What people say for the register's own words."""
    _citations: dict[int, tuple[object, Citation]] = dataclasses.field(default_factory=dict)
    _cited: dict[int, tuple[Citation, str]] = dataclasses.field(default_factory=dict)
    _sanctions: dict[int, tuple[object, Sanction]] = dataclasses.field(default_factory=dict)

    @classmethod
    def of(cls, root: Path, tree: Tree) -> Catalog:
        """Return what was read of a project as a catalog."""
        return cls(root, tree.site, tree.forms, tree.records, tree.broken, tree.words)._numbered()  # noqa: SLF001 - of this class

    def _numbered(self) -> Catalog:
        """Let what is taken over from a superior name the version whose numbers it speaks, where that is not ours."""
        over = {
            (one.collection, one.id): AdoptedCopy.of(one.adopted.copy).numbers
            for records in self.records.values()
            for one in records.values()
            if one.adopted
        }
        if not over:
            return self
        records = {name: dict(found) for name, found in self.records.items()}
        for record, pointer, _, citation in self.bases:
            spoken = over.get((record.collection, record.id), {})
            named = self.named(citation.law) if spoken and not citation.version else ()
            if len(named) != 1 or not inherited(record, pointer):
                continue
            theirs = spoken.get(named[0].title, "")
            if theirs and theirs != (named[0].numbers or named[0].newest.name):
                now = records[record.collection][record.id]
                data = put(now.data, pointer.split("/")[1:], VERSION, theirs)
                records[record.collection][record.id] = dataclasses.replace(now, data=data)
        return dataclasses.replace(self, records=records)

    @classmethod
    def load(cls, root: Path) -> Catalog:
        """Read a project; what is at fault is among the `broken`. A Fault where the folder holds no project."""
        return cls.of(root, load(root))

    def __iter__(self) -> Iterator[Record]:
        """Yield every record, by collection and id."""
        for records in self.records.values():
            yield from records.values()

    def citation(self, value: object) -> Citation:
        """Return the citation that a value tells; a dozen pages and files ask for each: the same value is read once."""
        known = self._citations.get(id(value))
        if known is None:  # what is kept of the value keeps its id
            known = self._citations[id(value)] = value, Citation.of(value)
        return known[1]

    def cited(self, value: object) -> str:
        """Return it in words, put together once."""
        citation = self.citation(value)
        known = self._cited.get(id(citation))
        if known is None:
            known = self._cited[id(citation)] = citation, str(citation)
        return known[1]

    def sanction(self, value: object) -> Sanction:
        """Return the sanction that a value tells, read once too."""
        known = self._sanctions.get(id(value))
        if known is None:
            known = self._sanctions[id(value)] = value, Sanction.of(value)
        return known[1]

    def record(self, collection: str, id_: object) -> Record | None:
        """Return a record, or None."""
        return self.records.get(collection, {}).get(str(id_))

    def title(self, record: Record) -> str:
        """Return the name of a record; its id where its form has no title."""
        return titled(self.forms[record.collection], record.data) or record.id

    @cached_property
    def digests(self) -> Mapping[str, bytes]:
        """What each record says, as a digest, by its path."""
        return {one.path: of_record(one) for one in self}

    @cached_property
    def days(self) -> Mapping[str, Sequence[str]]:
        """What can turn on a day in each record, by its path, in order."""
        found: dict[str, Sequence[str]] = {}
        for one in (self.site_record, *self):
            days: set[str] = set()
            gather_days(one.data.values(), days)
            found[one.path] = sorted(days)
        return found

    @cached_property
    def settings(self) -> Settings:
        """What site.yaml says."""
        return Settings.of(self.site)

    @cached_property
    def site_record(self) -> Record:
        """The settings as a record, so that rules can find fault with them at their place."""
        return Record(SITE, SITE, f"{CATALOG}/{SITE}.yaml", self.site)

    @cached_property
    def lists(self) -> Mapping[str, ListDefinition]:
        """What the lists' files say, by id."""
        return {id_: ListDefinition.of(one.data) for id_, one in self.records.get(LISTS, {}).items()}

    @cached_property
    def from_above(self) -> frozenset[str]:
        """The collections that hold what a superior lists and nothing of ours: what is in them is in its words."""
        natures: defaultdict[str, set[str]] = defaultdict(set)
        for list_ in self.lists.values():
            natures[list_.collection].add(list_.nature)
        return frozenset(name for name, found in natures.items() if found == {UPSTREAM})

    @property
    def lists_in_order(self) -> tuple[Record, ...]:
        """The lists by the family of their forms, those of one form in their own order (次序)."""
        return tuple(sorted(self.records.get(LISTS, {}).values(), key=self._place))

    def _place(self, record: Record) -> tuple[float, int, str]:
        told = self.lists[record.id]
        form = self.forms.get(told.collection)
        return form.family if form else 0, told.order, record.id

    def site_occurrences(self, kind: Kind) -> Iterator[Occurrence[str]]:
        """Yield the settings of one kind that stand at the top of site.yaml."""
        form = self.forms.get(SITE)
        for name, field in form.fields.items() if form else ():
            if field.kind is kind and not field.many and name in self.site:
                yield Occurrence(self.site_record, f"/{name}", field, text(self.site[name]))

    @cached_property
    def instruments(self) -> Mapping[str, Instrument]:
        """The instruments by id."""
        return {id_: Instrument.of(id_, record.data) for id_, record in self.records.get(LAWS, {}).items()}

    @cached_property
    def _names(self) -> Mapping[str, tuple[Instrument, ...]]:
        names: dict[str, list[Instrument]] = defaultdict(list)
        for instrument in self.instruments.values():
            for name in instrument.names:
                names[name].append(instrument)
        return {name: tuple(found) for name, found in names.items()}

    def named(self, name: object) -> tuple[Instrument, ...]:
        """Return the instruments of that full or short title: none is unknown, several are ambiguous."""
        return self._names.get(str(name), ())

    def successors(self, instrument: Instrument) -> str:
        """Return what took an instrument's place: 《煤矿安全生产条例》; empty where the register keeps none of it."""
        kept = (self.instruments[id_].short for id_ in instrument.successors if id_ in self.instruments)
        return "".join(f"《{title}》" for title in kept)

    @cached_property
    def titles(self) -> KnownTitles:
        """The names of the instruments, as the reader of citations takes them."""
        return KnownTitles(((id_, one.names) for id_, one in self.instruments.items()), self.numbers())

    def numbers(self) -> Iterator[tuple[str, str, str]]:
        """Yield the numbers (文号) that name instruments: (id, number, the day of the version that it is of)."""
        return ((id_, *number) for id_, one in self.instruments.items() for number in one.issues)

    @cached_property
    def texts(self) -> frozenset[str]:
        """Every text in the records, each distinct one once: they repeat, and a rule need look at each only once."""
        found: set[str] = set()
        for record in self:
            gather_texts(record.data.values(), found)
        return frozenset(found)

    @cached_property
    def by_kind(self) -> ByKind:
        """Every value by its kind, the elements of lists one by one, parts of objects included."""
        return ByKind(self.records, self.forms)

    @cached_property
    def references(self) -> Mapping[tuple[str, str], tuple[Occurrence[str], ...]]:
        """The references to each record, by (collection, id)."""
        found: dict[tuple[str, str], list[Occurrence[str]]] = defaultdict(list)
        for record, pointer, field, value in self.by_kind[kinds.REF]:
            if field.collection:
                id_ = text(value)
                found[field.collection, id_].append(Occurrence(record, pointer, field, id_))
        return {key: tuple(occurrences) for key, occurrences in found.items()}

    @cached_property
    def bases(self) -> tuple[Occurrence[Citation], ...]:
        """Every citation, by collection, id and place, as `proving` returns it."""
        occurrences = self.by_kind[kinds.CITATION]
        return tuple(
            Occurrence(record, at, field, self.proving(record, self.citation(value)))
            for record, at, field, value in occurrences
        )

    def proving(self, record: Record, citation: Citation) -> Citation:
        """Return a record's citation, as 罚则 where it does not say what it proves and a sanction there rests on it."""
        if citation.role:
            return citation
        imposed = self._imposing.get((record.collection, record.id), ())
        penal = any(
            one.role == PENALTY
            and one.version == citation.version
            and (one.law == citation.law or self.named(one.law) == self.named(citation.law) != ())
            and any(starmap(same, product(one.places, citation.places)))
            for one in imposed
        )
        return citation._replace(role=PENALTY) if penal else citation

    @cached_property
    def _imposing(self) -> Mapping[tuple[str, str], tuple[Citation, ...]]:
        found: dict[tuple[str, str], list[Citation]] = defaultdict(list)
        for record, _, _, sanction in self.sanctions:
            found[record.collection, record.id] += sanction.bases
        return {key: tuple(bases) for key, bases in found.items()}

    @cached_property
    def sanctions(self) -> tuple[Occurrence[Sanction], ...]:
        """Every sanction, by collection, id and place."""
        occurrences = self.by_kind[kinds.SANCTION]
        return tuple(Occurrence(record, at, field, self.sanction(value)) for record, at, field, value in occurrences)

    @cached_property
    def citations(self) -> Mapping[str, tuple[Occurrence[Citation], ...]]:
        """The citations of each instrument by its id, in the order of the records."""
        by_law: dict[str, list[Occurrence[Citation]]] = defaultdict(list)
        for occurrence in self.bases:
            named = self.named(occurrence.value.law)
            if len(named) == 1:
                by_law[named[0].id].append(occurrence)
        return {id_: tuple(occurrences) for id_, occurrences in by_law.items()}
