"""Rules that look at each power by itself: asked of some powers at a time, so that what was found can be kept.

A share is a catalog without all other powers: what is found in it cannot hang on them. So its key is told easily. What
the other rules find is kept of the whole, for who checks and then builds.
"""

from __future__ import annotations

import marshal
import zlib
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.register.digest import digest
from quanze.register.inputs import DayInputs
from quanze.register.life import checked_since
from quanze.register.roles import roles
from quanze.register.tree import SITE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from quanze.base.model import Record
    from quanze.io.store import Store
    from quanze.register.catalog import Catalog

    Ask = Callable[[Catalog], Iterator[tuple[str, Finding]]]

APART = frozenset(
    {
        *("abolished-name", "addressee-of-the-law", "ambiguous-instrument", "article-beyond-last", "article-run"),
        *("basis-without-article", "blank-basis", "check-date", "code-mismatch", "code-scheme", "compulsion-rank"),
        *("decider", "decider-uncovered", "displaced-basis", "doubtful-instrument", "duty-of-the-law"),
        *("either-or", "excluded-provision", "fine-amount", "fine-bounds", "fine-limit", "fine-of-the-law"),
        *("fine-percent", "future-start", "kind-of-the-law", "licence-fee", "licence-rank", "look-alike"),
        *("moved-provision", "name-type", "no-such-item", "no-such-paragraph", "not-yet-in-force", "old-number"),
        *("paragraph-without-items", "past-end", "penalty-article", "penalty-kind", "penalty-rank"),
        *("period-reversed", "personal-data", "placeholder", "promised-time", "quotation", "real-date"),
        *("repealed-instrument", "sanction-basis", "sanction-incomplete", "sanction-until", "sanction-words"),
        *("unknown-instrument", "unknown-version", "unparsed-basis"),
    }
)
"""The rules whose findings in a power hang on no other power; each was read for that, and is held to it by a test."""
ON_DISK = frozenset({"attachment", "document-number", "logo-missing", "own-program", "page-not-listed"})
"""The rules that read more than the records: what they find is never kept."""
_SIZE = 200


@dataclass(frozen=True, slots=True)
class Share:
    """Some powers, or none, among all records that are no powers."""

    slot: str
    key: bytes
    catalog: Catalog
    powers: frozenset[str]
    """The collections that are shared out."""

    marks: tuple[str, ...] = ()
    """The days that hang on the day asked and may be told: what names one of them is found anew on another."""

    def found(self, ask: Ask, kept: Store) -> list[tuple[str, Finding]]:
        """Return what is found in the share's own records, as it was kept or asked anew."""
        known = self.known(kept)
        if known is not None:
            return known
        told = [(rule, one) for rule, one in ask(self.catalog) if self.owns(one.record)]
        self.keep(told, kept)
        return told

    def known(self, kept: Store) -> list[tuple[str, Finding]] | None:
        """Return what was found before; None where that is not known."""
        body = kept.get(self.slot, self.key)
        marks, rows = marshal.loads(body) if body else (None, ())  # noqa: S302 — sealed by this code
        if marks not in ((), self.marks):
            return None
        return [(rule, Finding(self._record(collection, id_), *rest)) for rule, collection, id_, *rest in rows]

    def keep(self, told: Sequence[tuple[str, Finding]], kept: Store) -> None:
        """Keep what was found, unless it is in something else than a record: in a form, say."""
        rows = [(rule, one.record.collection, one.record.id, *_rest(one)) for rule, one in told]
        records = self.catalog.records
        if all(collection == SITE or id_ in records.get(collection, {}) for _, collection, id_, *_ in rows):
            named = any(mark in one.message for _, one in told for mark in self.marks)
            kept.put(self.slot, self.key, marshal.dumps((self.marks if named else (), rows)))

    def owns(self, record: Record) -> bool:
        """Tell whether a finding in a record is this share's: that without powers tells all in others."""
        if record.collection in self.powers:
            return record.id in self.catalog.records[record.collection]
        return not any(self.catalog.records[name] for name in self.powers)

    def _record(self, collection: str, id_: str) -> Record:
        return self.catalog.site_record if collection == SITE else self.catalog.records[collection][id_]


def whole(catalog: Catalog, at: str, parts: Iterable[Share]) -> Share:
    """Return all powers as one share, by the keys of all and the day: some of what is found in it is reckoned."""
    return Share("rules/whole", digest(at, *(one.key for one in parts)), catalog, frozenset())


def _rest(one: Finding) -> tuple[str, str, str, bool]:
    return one.pointer, one.message, one.level, one.at_key


def shares(catalog: Catalog, at: str, size: int = _SIZE) -> Iterator[Share]:
    """Yield the share without powers, then the powers in shares of about so many."""
    powers = frozenset(name for name, form in catalog.forms.items() if name in catalog.records and roles(form).is_power)
    inputs, since = DayInputs(catalog, at), checked_since(catalog.settings, at)
    base, marks = inputs.shared(powers), tuple(filter(None, (at, since)))

    def of(one: Record) -> tuple[object, ...]:
        return *inputs.of(one), bisect_left(catalog.days[one.path], since)  # a check of before is too old

    bare: dict[str, Mapping[str, Record]] = {**catalog.records, **{name: {} for name in powers}}
    rest = [of(one) for one in catalog if one.collection not in powers]
    yield Share("rules/rest", digest(base, rest), replace(catalog, records=bare), powers, marks)
    for name in sorted(powers):
        records = catalog.records[name]
        count = len(records) // size + 1
        found: dict[int, dict[str, Record]] = defaultdict(dict)
        for id_, one in records.items():  # by its id alone: a new power leaves the others where they are
            found[zlib.crc32(id_.encode()) % count][id_] = one
        for number, own in found.items():
            key = digest(base, [*map(of, own.values())])
            part = replace(catalog, records={**bare, name: own})
            yield Share(f"rules/{name}-{number}", key, part, powers, marks)
