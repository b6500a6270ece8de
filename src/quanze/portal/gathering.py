"""From a register's published files to what the portal keeps of it: its facts, and its search records."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.problem import Fault
from quanze.base.value import elements, mapping, rows, text, texts
from quanze.form import kinds
from quanze.form.declared import WAIVE
from quanze.form.kinds import in_words
from quanze.form.kinds.adoption import Overlay
from quanze.law.citation import Citation, citations
from quanze.law.penalty import BASE
from quanze.law.sentence import SILENT
from quanze.portal import reading
from quanze.portal.facts import (
    AdoptedFact,
    LawFact,
    ListFact,
    Power,
    PowerBasis,
    PowerRange,
    PowerSide,
    RecordFact,
    VersionFact,
    article_key,
)
from quanze.portal.reading import ChangeFact
from quanze.portal.rebuilt import catalog
from quanze.register.catalog import BODIES, LISTS
from quanze.register.links import SiteLook
from quanze.register.published import PublishedRegister
from quanze.site import search_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Record
    from quanze.law.instrument import Instrument
    from quanze.law.sanction import Sanction
    from quanze.law.version import Version
    from quanze.register.backlinks import Backlink
    from quanze.register.catalog import Catalog
    from quanze.site.search import SearchRecord

MOST_CHANGES = 200
_STATE_NAME = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """All that the portal keeps of a register."""

    code: str
    """The unified social credit code of its bureau; empty where the data tells none."""
    bodies: tuple[str, ...]
    """The names of the bodies that it knows."""
    powers: tuple[Power, ...]
    laws: tuple[LawFact, ...]
    lists: tuple[ListFact, ...]
    records: Mapping[str, tuple[RecordFact, ...]]
    """Of each collection of which a list is made, other than powers."""
    changes: tuple[ChangeFact, ...]
    adopted: tuple[AdoptedFact, ...]
    """What it says that it takes over from superiors."""

    def content(self) -> bytes:
        """Return the file that keeps them."""
        names = ("code", "bodies", "powers", "laws", "lists", "records", "changes", "adopted")
        return json.dumps({name: getattr(self, name) for name in names}, ensure_ascii=False).encode()

    @classmethod
    def of(cls, kept: Mapping[str, object]) -> RegisterFacts:
        """Return the facts that a kept object tells."""
        records = mapping(kept["records"])
        return cls(
            text(kept["code"]),
            texts(kept["bodies"]),
            tuple(map(Power.of, elements(kept["powers"]))),
            tuple(map(LawFact.of, elements(kept["laws"]))),
            tuple(ListFact._make(elements(element)) for element in elements(kept["lists"])),
            {
                name: tuple(RecordFact._make(elements(element)) for element in elements(facts))
                for name, facts in records.items()
            },
            tuple(ChangeFact._make(elements(element)) for element in elements(kept["changes"])),
            tuple(map(AdoptedFact.of, elements(kept["adopted"]))),
        )


class Gathered(NamedTuple):
    """What was made of a register's files."""

    facts: RegisterFacts
    records: tuple[SearchRecord, ...]
    orders: Mapping[str, Sequence[str]]
    """The order of a facet's values."""


def gather(files: Mapping[str, bytes], body: str, at: str) -> Gathered:
    """Return what a register's files tell on a day; `body` is the bureau's name.

    Raises:
        ValueError: they are not what a register publishes.

    """
    try:
        published = catalog(files)
        gathering = _Gathering(published, at)
        return Gathered(gathering.facts(files, body), tuple(gathering.search()), search_records.orders(published))
    # What a stranger wrote may be of any shape, and its forms are its own: it is refused, whatever it breaks.
    except (Fault, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError) as error:
        raise ValueError(error) from error


class _Gathering:
    """The look-ups of one register."""

    def __init__(self, published: Catalog, at: str) -> None:
        self._catalog, self._at = published, at
        self._register = PublishedRegister(published, at)
        self._look = SiteLook(published, "", at)
        self._bases = lru_cache(maxsize=None)(self._placed)

    def search(self) -> Iterator[SearchRecord]:
        """Yield what the search knows of the lists and of all that they are made of."""
        listed = {LISTS, *(record.collection for record in self._catalog.lists.values())}
        records = search_records.entries(self._register, self._look)
        return (record for record in records if record.collection in listed and not record.outside)

    def facts(self, files: Mapping[str, bytes], body: str) -> RegisterFacts:
        lists = tuple(self._lists(reading.list_rows(files)))
        powers = tuple(self._powers())
        named = {fact.kind for fact in lists}
        roles = self._register.roles
        plain = (name for name in sorted(named) if name in roles and not roles[name].is_power)
        records = {name: tuple(self._records(name)) for name in plain}
        return RegisterFacts(
            self._code(body),
            tuple(map(self._catalog.title, self._catalog.records.get(BODIES, {}).values())),
            powers,
            tuple(map(_law, self._catalog.instruments.values())),
            lists,
            records,
            reading.changes(files, MOST_CHANGES),
            tuple(self._adopted()),
        )

    def _adopted(self) -> Iterator[AdoptedFact]:
        for record in self._catalog:
            overlay = Overlay.of(record.data.get(self._catalog.forms[record.collection].role(kinds.ADOPTION)))
            if overlay.body:
                taken = overlay.taken
                yield AdoptedFact(
                    f"{record.collection}/{record.id}/",
                    self._catalog.title(record),
                    overlay.body,
                    f"{record.collection}/{overlay.id}/" if reading.known_id(overlay.id) else "",
                    taken.dated,
                    taken.digest,
                    (*taken.own, *overlay.left_out),
                    tuple(map(str, taken.above)),
                )

    def _code(self, body: str) -> str:
        """Return the credit code of the body of that name."""
        codes = self._catalog.by_kind[kinds.USCC]
        return next(
            (text(occurrence.value) for occurrence in codes if self._catalog.title(occurrence.record) == body), ""
        )

    def _lists(self, counts: Mapping[str, int]) -> Iterator[ListFact]:
        for record in self._catalog.lists_in_order:
            listing = self._catalog.lists[record.id]
            form = self._catalog.forms.get(listing.collection)
            yield ListFact(
                f"{LISTS}/{record.id}/",
                self._catalog.title(record),
                listing.collection,
                form.title if form else listing.collection,
                listing.nature,
                self._look.title(BODIES, listing.publisher),
                counts.get(record.id, 0),
            )

    def _records(self, name: str) -> Iterator[RecordFact]:
        for record in self._catalog.records[name].values():
            yield RecordFact(f"{name}/{record.id}/", self._catalog.title(record), self._register.ended(record))

    def _powers(self) -> Iterator[Power]:
        for record in self._catalog:
            roles = self._register.roles[record.collection]
            if roles.is_power:
                sides = self._register.backlinks.get((record.collection, record.id), ())
                yield Power(
                    f"{record.collection}/{record.id}/",
                    self._catalog.title(record),
                    text(record.data.get(roles.power)),
                    text(record.data.get(roles.status)),
                    self._register.ended(record),
                    tuple(self._look.title(BODIES, id_) for id_ in texts(record.data.get(roles.bodies))),
                    tuple(
                        dict.fromkeys(basis for cited in self._register.cited(record) for basis in self._bases(cited))
                    ),
                    tuple(map(self._range, self._register.sanctions(record))),
                    tuple(self._sides(sides, tiers=True)),
                    tuple(self._sides(sides, tiers=False)),
                )

    def _placed(self, cited: Citation) -> tuple[PowerBasis, ...]:
        """Return the places that a citation names, one by one."""
        law, version = self._version(cited)
        steps = [*cited.steps]
        if not steps:
            return (PowerBasis(law, version, "", 0, 0, cited.role, "", cited.state),)
        return tuple(
            PowerBasis(
                law, version, _article(*step.article), step.paragraph, step.item, cited.role, str(step), cited.state
            )
            for step in steps
        )

    def _version(self, cited: Citation) -> tuple[str, str]:
        """Return the title of the instrument that a citation names, and which of its versions."""
        named = self._catalog.named(cited.law)
        if len(named) != 1 or not named[0].versions:
            return (cited.law or cited.number).removeprefix(_STATE_NAME), cited.version
        law: Instrument = named[0]
        meant: Version | None = law.version(cited.version) if cited.version else None
        meant = meant or law.named_numbers or law.in_force(self._at) or law.newest
        return law.short, meant.promulgated or meant.name

    def _range(self, sanction: Sanction) -> PowerRange:
        when = "，".join(part for part in (sanction.circumstance, sanction.addressee) if part not in {"", BASE, SILENT})
        what = "、".join((*sanction.orders, *sanction.kinds))
        return PowerRange(when, what, sanction.bounds.text, tuple(self._places(sanction.bases)))

    def _places(self, cited: Iterable[Citation]) -> list[str]:
        keys = (article_key(basis.law, basis.article) for each in cited for basis in self._bases(each) if basis.article)
        return [*dict.fromkeys(keys)]

    def _sides(self, links: Iterable[Backlink], *, tiers: bool) -> Iterator[PowerSide]:
        """Yield the records beside a power: those with tiers of discretion, or those that let off."""
        for record, field, _ in links:
            form = self._catalog.forms[record.collection]
            scale = form.role(kinds.TIER)
            if tiers and scale in record.data:
                shown: Iterable[str] = (scale,)
            elif not tiers and field.back and field.back.at == WAIVE:
                shown = (name for name in field.back.show if name in record.data)
            else:
                continue
            lines = tuple(line for name in shown for line in self._lines(record, name))
            fields = [field.name for field in form.fields.values() if field.kind is kinds.CITATION]
            cited = [citation for name in fields for citation in citations(record.data.get(name))]
            path = f"{record.collection}/{record.id}/"
            yield PowerSide(self._catalog.title(record), path, lines, tuple(self._places(cited)))

    def _lines(self, record: Record, name: str) -> Iterator[str]:
        field, value = self._catalog.forms[record.collection].fields[name], record.data[name]
        if field.kind is kinds.TIER and field.many:
            yield from (field.kind.text(row, field, self._look) for row in rows(value))
        else:
            yield f"{name}：{in_words(field, value, self._look)}"


def _article(number: int, inserted: int) -> str:
    return f"{number}之{inserted}" if inserted else str(number)


def _law(law: Instrument) -> LawFact:
    return LawFact(law.id, law.short, law.rank, law.repealed, law.numbers, tuple(map(_version, law.versions)))


def _version(version: Version) -> VersionFact:
    moves = tuple(
        f"{move.was or '无'} → {move.new or '无'}（{'、'.join(move.change)}）" for move in version.article_map
    )
    articles = version.last_article if version.counted else 0
    return VersionFact(
        version.name, version.promulgated, version.in_force, version.number, articles, version.structure, moves
    )
