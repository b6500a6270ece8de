"""A statute's wording into the register: its file under texts/, and what the law's own file says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.model import Record
from quanze.base.problem import Fault
from quanze.edit import lawfile, ranks, statute_days
from quanze.edit.changeset import Edit
from quanze.edit.naming import NewIds, schema_path
from quanze.edit.place import absent, instrument_named
from quanze.io.yaml import write
from quanze.law.instrument import NUMBERS, UNVERIFIED, Instrument, short_titles, unverified
from quanze.law.version import IN_FORCE, LAST, NAME, PROMULGATED, STRUCTURE, TEXT, Version
from quanze.register.catalog import LAWS
from quanze.register.links import TEXTS

if TYPE_CHECKING:
    from quanze.base.model import Value
    from quanze.law.text import Statute
    from quanze.register.catalog import Catalog

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NEWEST = -1
"""The place in a file of a version that it does not have."""


@dataclass(frozen=True, slots=True)
class Text:
    """A wording and where it belongs."""

    instrument: Instrument
    version: Version
    edits: tuple[Edit, ...]
    path: str
    new: bool
    """Whether the register did not have the version."""
    first: bool
    """Whether it had none of the instrument, or not even the instrument."""


def text(catalog: Catalog, statute: Statute, law: str = "", name: str = "", since: str = "") -> Text:
    """Work out the files that keep a wording; a Fault where it cannot be the version that it is taken for.

    A wording younger than every version of the register is a version of its own, in force from `since`, else from the
    day that it tells itself; the numbers that citations speak stay those of the version before. One of an instrument
    that the register lacks, by the title that it has itself, makes its record.
    """
    title = law or statute.title
    if not title:
        raise Fault("文本里没有读到名称；请用 --law 写明是哪一部文件")
    file = _draft(catalog, statute) if not law and absent(catalog, title) else _kept(catalog, title)
    instrument = Instrument.of(file.record.id, file.record.data)
    version = _new(instrument, statute, name, since) or _version(instrument, statute, name)
    last = statute.outline.last
    if last != version.last_article:
        raise Fault(
            f"文本到第 {last} 条为止，《{instrument.short}》{version.name}登记的是 {version.last_article} 条；"
            "请核对是不是这一版的文本"
        )
    path = f"{TEXTS}/{instrument.id}-{version.promulgated}.txt"
    wording = catalog.root / path
    old = wording.read_bytes().decode("utf-8", "replace") if wording.is_file() else None
    edits = [Edit(path, old, str(statute))]
    after = _told(file, instrument, version, statute, path)
    if after != file.old:
        edits.append(Edit(file.record.path, file.old, after))
    first = not instrument.looked_up
    return Text(instrument, version, tuple(edits), path, new=version not in instrument.versions, first=first)


class _File(NamedTuple):
    """The file of an instrument."""

    record: Record
    text: str
    old: str | None
    """None where it is not there yet."""


def _kept(catalog: Catalog, title: str) -> _File:
    record = catalog.records[LAWS][instrument_named(catalog, title).id]
    text = lawfile.text(catalog, record)
    return _File(record, text, text)


def _draft(catalog: Catalog, statute: Statute) -> _File:
    """Return the file of an instrument that the register lacks, as far as its title and its notes prove it."""
    form = catalog.forms.get(LAWS)
    if form is None:
        raise Fault(f"这里没有依据文件的表单（schema/{LAWS}.schema.json），登记不了《{statute.title}》")
    number = next(filter(None, map(ranks.number_in, statute.notes)), "")
    rank = ranks.by_number(number) or ranks.by_title(statute.title)
    data = unverified(statute.title, rank, number, short_titles(statute.title))
    names = NewIds(catalog)
    id_ = names.new(form, data)
    path = names.path(LAWS, id_)
    return _File(Record(LAWS, id_, path, data), write(data, schema_path(path, LAWS)), None)


def _new(instrument: Instrument, statute: Statute, name: str, since: str) -> Version | None:
    """Return the version that a wording is of where it is younger than all that are registered."""
    newest = instrument.newest
    known = instrument.version(name) or any(name == one.promulgated for one in instrument.versions)
    dated = not newest.verified and bool(_DAY.fullmatch(name))
    made = name if dated else max(statute_days.made(statute), default="")
    if not made and not newest.verified:
        raise Fault("文本没有写哪一天通过、公布；请用 --version 写明公布日期，如 --version 2025-11-28")
    if (known and newest.verified) or made <= newest.promulgated:
        return None
    event = statute_days.event(statute, made)
    begins = since or statute_days.begun(statute, made)
    if not begins:
        than = f"，比《{instrument.short}》登记的都新" if newest.verified else ""
        raise Fault(f"文本是 {made} {event}的{than}，没有写从哪一天起施行；请用 --since 写明，如 --since 2027-06-01")
    if begins <= newest.in_force:
        return None
    called = f"{made[:4]}年{event}" if dated or name in ("", UNVERIFIED) else name
    row: dict[str, Value] = {NAME: called, PROMULGATED: made, IN_FORCE: begins, LAST: statute.outline.last}
    every = (*instrument.undated, *(() if newest.verified else (newest,)))
    return Version.of(next((one.index for one in every if one.name in (called, UNVERIFIED)), _NEWEST), row)


def _version(instrument: Instrument, statute: Statute, name: str) -> Version:
    """Return the version that a text is of: the one named, else the one of the last day that its notes name."""
    if name:
        return lawfile.version(instrument, name)
    days = statute_days.made(statute)
    found = [one for one in instrument.versions if one.promulgated in days]
    if found and found[-1].promulgated == days[-1]:
        return found[-1]
    if len(instrument.versions) == 1 and not any(day > instrument.newest.promulgated for day in days):
        return instrument.newest  # many texts of regulations do not name their last amendment
    known = "、".join(f"{one.name}（{one.promulgated} 公布）" for one in instrument.versions)
    told = f"文本最后写到的日期是 {days[-1]}" if days else "文本没有写公布、修正的日期"
    raise Fault(f"{told}，看不出是《{instrument.short}》的哪一版；登记的有：{known}；请用 --version 写明")


def _told(file: _File, instrument: Instrument, version: Version, statute: Statute, path: str) -> str:
    """Return the file of an instrument with what the wording of a version says of it."""
    spoken, record = file.text, file.record
    facts: dict[str, Value] = {STRUCTURE: str(statute.outline)}
    of_law = not instrument.looked_up or version == (instrument.named_numbers or instrument.newest)
    if not of_law:
        facts[TEXT] = path
    if version not in instrument.versions:
        told: dict[str, Value] = {
            PROMULGATED: version.promulgated,
            IN_FORCE: version.in_force,
            LAST: version.last_article,
        }
        facts = {NAME: version.name, **told, **facts}
        numbers = instrument.numbers or (instrument.newest if instrument.looked_up else version).name
        spoken = lawfile.with_fields(spoken, record, {NUMBERS: numbers})
    if version.index == _NEWEST:
        after = lawfile.with_newest(spoken, record, facts)
    else:
        after = lawfile.with_version(spoken, record, version, facts)
    if of_law:
        own: dict[str, Value] = {TEXT: path}
        if instrument.versions == (version,) and version.verified and not instrument.numbers:
            own[NUMBERS] = version.name  # so that a version added later leaves the citations as they are
        after = lawfile.with_fields(after, record, own)
    return after
