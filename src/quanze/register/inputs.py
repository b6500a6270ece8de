"""What a register says on a day, as digests: the same digest, the same pages."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from quanze.base.value import gather_texts
from quanze.form.conditions import TODAY
from quanze.io.file import held, walk
from quanze.register.digest import digest
from quanze.register.links import FILES, TEXTS
from quanze.register.wording import MOST

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

    from quanze.base.model import Record
    from quanze.register.catalog import Catalog


@dataclass(frozen=True)
class DayInputs:
    """A register on a day: its records count with what they say, and with which of the days in them have come."""

    catalog: Catalog
    at: str

    def of(self, record: Record) -> tuple[object, ...]:
        """Return what tells all of a record on the day: it turns when a day in it comes, and on no other."""
        days = self.catalog.days[record.path]
        passed = bisect_left(days, self.at) if self._asks else 0
        return self.catalog.digests.get(record.path), bisect_right(days, self.at), passed

    @cached_property
    def _asks(self) -> bool:
        """Whether a condition asks for the day itself (之前: 当日): that turns the day after, when a day has passed."""
        asked: set[str] = set()
        gather_texts((form.schema for form in self.catalog.forms.values()), asked)
        return TODAY in asked or any(TODAY in days for days in self.catalog.days.values())

    def shared(self, apart: Container[str]) -> bytes:
        """Return the digest of the whole register but for the records of some collections, which count apart."""
        catalog = self.catalog
        return digest(
            catalog.site,
            self.of(catalog.site_record),
            catalog.words,
            sorted(catalog.broken),
            [(name, form.schema) for name, form in catalog.forms.items()],
            [self.of(one) for one in catalog if one.collection not in apart],
            [*_beside(catalog.root)],
        )


def _beside(root: Path) -> Iterator[tuple[str, object]]:
    """Yield the statutes' texts with what they hold, the attached files with their sizes."""
    for path in walk(root / TEXTS):
        yield path, sha256(held(root / TEXTS / path, MOST)).digest()
    for path in walk(root / FILES):
        yield path, (root / FILES / path).lstat().st_size
