"""A catalog as the pages of its records ask it: which law is in force on the day, who stands where, what is known.

Ten thousand pages repeat themselves: what is rendered once here is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from markupsafe import Markup

from quanze.base.markup import as_html, escape
from quanze.base.value import rows as groups
from quanze.form import kinds
from quanze.form.kinds import in_words, show
from quanze.form.kinds.citation import link
from quanze.form.kinds.kind import linked
from quanze.law.citation import Citation
from quanze.register.catalog import BODIES, LAWS
from quanze.register.published import PublishedRegister
from quanze.register.remedies import Remedy, remedies
from quanze.site.today import SLOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from quanze.base.model import Record
    from quanze.form import Field
    from quanze.history.figures import Figures
    from quanze.io.store import Pieces
    from quanze.law.instrument import Instrument
    from quanze.law.version import Version
    from quanze.register.catalog import Catalog
    from quanze.register.links import SiteLook
    from quanze.register.roles import Roles
    from quanze.register.table import Listing, Row

UNKNOWN, ABSENT = Markup("待核"), Markup("未载明")


class LawState(NamedTuple):
    """An instrument on the day of the build."""

    instrument: Instrument
    version: Version | None
    """The version in force; None before the first and after repeal."""
    until: str
    """The day on which another version takes its place or it is repealed, as far as is known; empty for none."""
    url: str
    official: str
    """Where the official text is; empty where the record does not say."""


class Office(NamedTuple):
    """A body as an item's page shows it."""

    name: Markup
    level: str
    phones: Markup | None
    numbers: Markup | None
    """The same, each with what it is for and no more."""


class RowKeys(Protocol):
    """What tells whether a row of a list is the same as before, and what was kept of it (`site.page_keys`)."""

    def tells(self, listing: Listing) -> bool:
        """Tell whether what the rows of a list are made of can be known."""

    def of_row(self, row: Row) -> bytes:
        """Return the digest of all that a row is made of; empty where nobody knows."""

    def pieces(self, slot: str) -> AbstractContextManager[Pieces]:
        """Give what was kept piece by piece."""


Made = TypeVar("Made")


@dataclass(frozen=True, eq=False)
class RenderContext:
    """The published records with the look-ups and the memory of their pages."""

    catalog: Catalog
    look: SiteLook
    at: str
    """The day on which the law is looked at."""
    figures: Figures | None = None
    """What works out the figures of the lists; None where they are not asked for."""
    keys: RowKeys | None = None
    """What tells whether a part of a page is the same as before; None where all is made anew."""
    _made: dict[tuple[object, ...], Any] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The permanent address of the site, ending in a slash; empty where site.yaml has none."""
        return self.catalog.settings.url

    @cached_property
    def register(self) -> PublishedRegister:
        """What the records are to each other."""
        return PublishedRegister(self.catalog, self.at)

    @cached_property
    def roles(self) -> Mapping[str, Roles]:
        """What the fields of each collection's form are."""
        return self.register.roles

    def once(self, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """Return what was made before under a key, or make it."""
        try:
            return self._made[key]  # type: ignore[no-any-return]
        except KeyError:
            made = self._made[key] = make()
        return made

    def show(self, field: Field, value: object) -> Markup:
        """Return a value as HTML; what many records share is rendered once."""
        if not field.kind.shared:
            return show(field, value, self.look)
        return self.once((id(field), repr(value)), lambda: show(field, value, self.look))

    def element(self, field: Field, value: object) -> Markup:
        """Return one element of a list as HTML, rendered once."""
        return self.once((id(field), repr(value)), lambda: field.kind.html(value, field, self.look))

    def lines(self, field: Field, value: object) -> Markup:
        """Return a value; of several groups, such as a level and what it may do, each as a line of words."""
        if field.kind is not kinds.GROUP or not field.many:
            return self.show(field, value)
        parts = field.fields.items()
        told = (
            "：".join([self.show(part, group[name]) for name, part in parts if name in group])
            for group in groups(value)
        )
        return as_html("".join(f'<span class="qz-line">{line}</span>' for line in told))

    def in_words(self, field: Field, value: object) -> str:
        """Return a value in words."""
        return in_words(field, value, self.look)

    def link(self, record: Record) -> Markup:
        """Return a link to a record's page that bears its name."""
        return self.once((record.collection, record.id), lambda: self._link(record))

    def _link(self, record: Record) -> Markup:
        link = linked(self.look.url(record.collection, record.id), self.catalog.title(record))
        return as_html(f'{link} <span class="qz-tag qz-tag--dead">已终止</span>') if self.ended(record) else link

    def place(self, citation: Citation) -> Markup:
        """Return a citation as a statute writes it, as a link to its article."""
        return self.once(("place", citation), lambda: link(citation, self.look))

    def cite(self, name: str, article: int) -> Markup:
        """Return an article of a law, by the law's name and its number, as a link."""
        return self.place(Citation(name, article=article))

    def law(self, name: object) -> LawState | None:
        """Return an instrument on the day of the build; None for one that is not kept or ambiguous."""
        return self.once(("law", name), lambda: self._law(self.catalog.named(name)))

    def _law(self, named: Sequence[Instrument]) -> LawState | None:
        if len(named) != 1:
            return None
        instrument = named[0]
        version = instrument.in_force(self.at)
        later = [one.in_force for one in instrument.versions if one.in_force > self.at]
        ends = sorted(filter(None, [*later, instrument.repealed if instrument.repealed > self.at else ""]))
        return LawState(
            instrument,
            version,
            ends[0] if ends else "",
            self.look.url(LAWS, instrument.id),
            instrument.official,
        )

    def law_line(self, law: LawState) -> Markup:
        """Return what an instrument is on the day: its rank, the version in force, and where to read it."""
        return self.once(("law line", law.instrument.id), lambda: self._law_line(law))

    def _law_line(self, law: LawState) -> Markup:
        version = law.version
        none = f"截至 {SLOT} 没有施行中的版本" if law.instrument.looked_up else f"版本{UNKNOWN}"
        said = f"{escape(version.name)}，{version.in_force} 起施行" if version else none
        if law.instrument.in_doubt(self.at):
            said += f"；{law.instrument.doubtful} 起是否继续有效{UNKNOWN}"
        span = f' data-qz-span="/{law.until}" data-qz-words="尚未施行 现行 已有变化"' if law.until else ""
        official = f'<a href="{escape(law.official)}" rel="external noopener">官方文本</a>' if law.official else ""
        return as_html(
            f'<a href="{law.url}">《{escape(law.instrument.short)}》</a><span>{escape(law.instrument.rank)}</span>'
            f"<span{span}>{said}</span>{official}"
        )

    def laws(self, citations: Iterable[Citation]) -> tuple[LawState, ...]:
        """Return the instruments that some citations name, each once."""
        found = {law.instrument.id: law for law in map(self.law, (citation.law for citation in citations)) if law}
        return tuple(found.values())

    def listing(self, record: Record) -> Listing:
        """Return a list, worked out."""
        return self.register.listing(record)

    def ended(self, record: Record) -> bool:
        """Tell whether a record is no longer in effect on the day of the build."""
        return self.register.ended(record)

    @cached_property
    def remedies(self) -> tuple[Remedy, ...]:
        """What can be done against each kind of power."""
        return remedies(self.catalog)

    @cached_property
    def offices(self) -> Mapping[str, Office]:
        """The bodies by id."""
        return {id_: self._office(record) for id_, record in self.catalog.records.get(BODIES, {}).items()}

    def _office(self, record: Record) -> Office:
        form = self.catalog.forms[BODIES]
        phones = (f for f in form.fields.values() if any(p.kind is kinds.PHONE for p in (f, *f.fields.values())))
        phone = next((f for f in phones if f.name in record.data), None)
        level = str(record.data.get(form.role(kinds.LEVEL), ""))
        if not phone:
            return Office(self.link(record), level, None, None)
        value = record.data[phone.name]
        return Office(self.link(record), level, self.lines(phone, value), self._numbers(phone, value))

    def _numbers(self, field: Field, value: object) -> Markup:
        """Return telephones up to the number: what comes after it, such as hours, is not called."""
        if field.kind is not kinds.GROUP or not field.many:
            return self.show(field, value)
        parts = [*field.fields.values()]
        end = next(place for place, part in enumerate(parts, 1) if part.kind is kinds.PHONE)
        told = (
            " ".join([self.show(part, group[part.name]) for part in parts[:end] if part.name in group])
            for group in groups(value)
        )
        return as_html(" ".join(f'<span class="qz-first__phone">{one}</span>' for one in told))

    def warm(self) -> None:
        """Look up what every page asks for, once, before the work is divided among processes."""
        _ = self.register.memberships, self.register.articles, self.register.backlinks
