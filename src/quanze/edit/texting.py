"""A statute's wording into the register: its file under texts/, and what the law's own file says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.edit import lawfile
from quanze.edit.changeset import Edit
from quanze.edit.place import instrument_named
from quanze.law.instrument import NUMBERS
from quanze.law.numerals import number
from quanze.law.version import IN_FORCE, LAST, NAME, PROMULGATED, STRUCTURE, TEXT, Version
from quanze.register.catalog import LAWS
from quanze.register.links import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.base.model import Value
    from quanze.law.instrument import Instrument
    from quanze.law.text import Statute
    from quanze.register.catalog import Catalog

_DAY = re.compile(r"(\w{4})年(\w{1,2})月(\w{1,3})日(\s*起?(?:正式)?(?:施行|实施|生效))?")
"""A day in either numerals; the one from which a text is in force says nothing of when it was made."""
_NEWEST = -1
"""The place in a file of a version that it does not have."""
_MADE = re.compile("通过|公布|修正|修订|发布|修改")
_EVENTS = ("修正", "修订", "修改", "公布")
"""What a new version is called by, as the note of its day has it; the last where that says none."""


@dataclass(frozen=True, slots=True)
class Text:
    """A wording and where it belongs."""

    instrument: Instrument
    version: Version
    edits: tuple[Edit, ...]
    path: str
    new: bool
    """Whether the register did not have the version."""


def text(catalog: Catalog, statute: Statute, law: str = "", name: str = "", since: str = "") -> Text:
    """Work out the files that keep a wording; a Fault where it cannot be the version that it is taken for.

    A wording younger than every version of the register is a version of its own, in force from `since`, else from the
    day that it tells itself; the numbers that citations speak stay those of the version before.
    """
    title = law or statute.title
    if not title:
        raise Fault("文本里没有读到名称；请用 --law 写明是哪一部文件")
    instrument = instrument_named(catalog, title)
    version = _new(instrument, statute, name, since) or _version(instrument, statute, name)
    last = statute.outline.last
    if last != version.last_article:
        raise Fault(
            f"文本到第 {last} 条为止，《{instrument.short}》{version.name}登记的是 {version.last_article} 条；"
            "请核对是不是这一版的文本"
        )
    path = f"{TEXTS}/{instrument.id}-{version.promulgated}.txt"
    edits = tuple(_edits(catalog, instrument, version, statute, path))
    return Text(instrument, version, edits, path, new=version not in instrument.versions)


def _new(instrument: Instrument, statute: Statute, name: str, since: str) -> Version | None:
    """Return the version that a wording is of where it is younger than all that are registered."""
    made = max(days_of(statute), default="")
    known = instrument.version(name) or any(name == one.promulgated for one in instrument.versions)
    if known or not instrument.newest.verified or made <= instrument.newest.promulgated:
        return None
    parts = [part for note in statute.notes for part in re.split("[,，。；;]", note)]
    note = "".join(part for part in parts if (made, False) in _days(part))
    event = next((one for one in _EVENTS if one in note), _EVENTS[-1])
    begins = since or max((found for found in _in_force(statute) if found >= made), default="")
    if not begins:
        raise Fault(
            f"文本是 {made} {event}的，比《{instrument.short}》登记的都新，没有写从哪一天起施行；"
            "请用 --since 写明，如 --since 2027-06-01"
        )
    if begins <= instrument.newest.in_force:
        return None
    last = statute.outline.last
    row: dict[str, Value] = {NAME: name or f"{made[:4]}年{event}", PROMULGATED: made, IN_FORCE: begins, LAST: last}
    named = next((one.index for one in instrument.undated if one.name == row[NAME]), _NEWEST)
    return Version.of(named, row)


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
        yield from (day for day, effective in _days(note) if not effective)


def _in_force(statute: Statute) -> Iterator[str]:
    """Yield the days from which a statute says that it is in force: in its notes, or in its last article."""
    for words in (*statute.notes, statute.words(max(statute.articles))):
        yield from (day for day, effective in _days(words) if effective)


def _days(words: str) -> Iterator[tuple[str, bool]]:
    """Yield the days that words name, and whether something is in force from them."""
    for *parts, effective in _DAY.findall(words):
        year, month, day = (number(one) or 0 for one in parts)
        if year and month and day:
            yield f"{year:04}-{month:02}-{day:02}", bool(effective)


def _edits(catalog: Catalog, instrument: Instrument, version: Version, statute: Statute, path: str) -> Iterator[Edit]:
    file = catalog.root / path
    yield Edit(path, file.read_bytes().decode("utf-8", "replace") if file.is_file() else None, str(statute))
    record = catalog.records[LAWS][instrument.id]
    before = spoken = lawfile.text(catalog, record)
    facts: dict[str, Value] = {STRUCTURE: str(statute.outline)}
    of_law = version == (instrument.named_numbers or instrument.newest)
    if not of_law:
        facts[TEXT] = path
    if version not in instrument.versions:
        told: dict[str, Value] = {
            PROMULGATED: version.promulgated,
            IN_FORCE: version.in_force,
            LAST: version.last_article,
        }
        facts = {NAME: version.name, **told, **facts}
        spoken = lawfile.with_fields(before, record, {NUMBERS: instrument.numbers or instrument.newest.name})
    if version.index == _NEWEST:
        after = lawfile.with_newest(spoken, record, facts)
    else:
        after = lawfile.with_version(spoken, record, version, facts)
    if of_law:
        own: dict[str, Value] = {TEXT: path}
        if instrument.versions == (version,) and version.verified and not instrument.numbers:
            own[NUMBERS] = version.name  # so that a version added later leaves the citations as they are
        after = lawfile.with_fields(after, record, own)
    if after != before:
        yield Edit(record.path, before, after)
