"""A statute's wording into the register: its file under texts/, and what the law's own file says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.edit import lawfile
from quanze.edit.changeset import Edit
from quanze.edit.place import instrument_named
from quanze.law.numerals import number
from quanze.law.version import STRUCTURE, TEXT
from quanze.register.catalog import LAWS
from quanze.register.links import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.law.instrument import Instrument
    from quanze.law.text import Statute
    from quanze.law.version import Version
    from quanze.register.catalog import Catalog

_DAY = re.compile(r"(\w{4})年(\w{1,2})月(\w{1,3})日(\s*起?(?:正式)?(?:施行|实施|生效))?")
"""A day in either numerals; the one from which a text is in force says nothing of when it was made."""
_MADE = re.compile("通过|公布|修正|修订|发布|修改")


@dataclass(frozen=True, slots=True)
class Text:
    """A wording and where it belongs."""

    instrument: Instrument
    version: Version
    edits: tuple[Edit, ...]
    path: str


def text(catalog: Catalog, statute: Statute, law: str = "", name: str = "") -> Text:
    """Work out the files that keep a wording; a Fault where it cannot be the version that it is taken for."""
    title = law or statute.title
    if not title:
        raise Fault("文本里没有读到名称；请用 --law 写明是哪一部文件")
    instrument = instrument_named(catalog, title)
    version = _version(instrument, statute, name)
    last = statute.outline.last
    if last != version.last_article:
        raise Fault(
            f"文本到第 {last} 条为止，《{instrument.short}》{version.name}登记的是 {version.last_article} 条；"
            "请核对是不是这一版的文本"
        )
    path = f"{TEXTS}/{instrument.id}-{version.promulgated}.txt"
    return Text(instrument, version, tuple(_edits(catalog, instrument, version, statute, path)), path)


def _version(instrument: Instrument, statute: Statute, name: str) -> Version:
    """Return the version that a text is of: the one named, else the one of the last day that its notes name."""
    if name:
        return lawfile.version(instrument, name)
    days = sorted(days_of(statute))
    found = [one for one in instrument.versions if one.promulgated in days]
    if found and found[-1].promulgated == days[-1]:
        return found[-1]
    if len(instrument.versions) == 1 and not any(day > instrument.newest.promulgated for day in days):
        return instrument.newest  # many texts of regulations do not name their last amendment
    known = "、".join(f"{one.name}（{one.promulgated} 公布）" for one in instrument.versions)
    told = f"文本最后写到的日期是 {days[-1]}" if days else "文本没有写公布、修正的日期"
    raise Fault(f"{told}，看不出是《{instrument.short}》的哪一版；登记的有：{known}；请用 --version 写明")


def days_of(statute: Statute) -> Iterator[str]:
    """Yield the days on which a statute was made or amended, as its notes tell."""
    for note in filter(_MADE.search, statute.notes):
        for *words, effective in _DAY.findall(note):
            year, month, day = (number(one) or 0 for one in words)
            if year and month and day and not effective:
                yield f"{year:04}-{month:02}-{day:02}"


def _edits(catalog: Catalog, instrument: Instrument, version: Version, statute: Statute, path: str) -> Iterator[Edit]:
    file = catalog.root / path
    yield Edit(path, file.read_bytes().decode("utf-8", "replace") if file.is_file() else None, str(statute))
    record = catalog.records[LAWS][instrument.id]
    before = lawfile.text(catalog, record)
    facts: dict[str, str] = {STRUCTURE: str(statute.outline)}
    of_law = version == (instrument.named_numbers or instrument.newest)
    after = lawfile.with_version(before, record, version, facts if of_law else {**facts, TEXT: path})
    if of_law:
        after = lawfile.with_fields(after, record, {TEXT: path})
    if after != before:
        yield Edit(record.path, before, after)
