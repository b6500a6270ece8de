"""All citations of an instrument at once from the numbers of one version to those of a later one, by its article maps.

What a map cannot carry over (a provision that is gone, one that became several) is pinned to the version that it was
written for, and left for a person.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from quanze.base.problem import Fault
from quanze.edit import lawfile
from quanze.edit.changeset import Edit
from quanze.edit.patch import amend
from quanze.form.kinds import ORIGIN
from quanze.law.articlemap import Fate, describe, follow, landings, rows
from quanze.law.citation import BY, CITED, QUOTE, UNREAD, VERSION, Citation
from quanze.law.instrument import NUMBERS
from quanze.law.move import RENUMBERED
from quanze.law.places import UNITS, numbers, parse_place
from quanze.law.version import ADOPTED, TEXT
from quanze.register.catalog import LAWS
from quanze.register.exclusions import exclusions
from quanze.register.numbering import day, meant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Record, Value
    from quanze.law.instrument import Instrument
    from quanze.law.places import Place
    from quanze.law.version import Version
    from quanze.register.catalog import Catalog, Occurrence

_THEIRS = re.compile(rf"\s*(?:-\s*)?\{{?(?:{QUOTE}|{UNREAD}|{ORIGIN}|{BY})[:：]|\s*#")
"""Lines whose words are somebody else's, or are carried over."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One citation that the maps touch."""

    record: Record
    pointer: str
    old: str
    new: str
    """How it is written afterwards; empty where it is left for a person."""
    changes: tuple[str, ...]
    why: str = ""
    """Why it is left."""

    @property
    def renewed(self) -> bool:
        """Whether more changed than the number, so that the record is to be checked again."""
        return self.changes != (RENUMBERED,)


@dataclass(frozen=True, slots=True)
class Renumbering:
    """What adopting a version's numbers comes to."""

    instrument: Instrument
    old: Version
    new: Version
    moved: tuple[Moved, ...]
    mentions: tuple[str, ...]
    """Where running text names an article that has another number now: path, line, and the words."""
    edits: tuple[Edit, ...]


class _ByHandError(Exception):
    """Why a citation cannot be carried over."""


class _Plan(NamedTuple):
    """What is adopted, when, and the versions whose maps lead there."""

    instrument: Instrument
    old: Version
    new: Version
    later: tuple[Version, ...]
    at: str


def renumber(catalog: Catalog, instrument: Instrument, name: str, at: str) -> Renumbering:
    """Work out the citations and files that adopting a version changes; nothing where it is adopted already."""
    plan = _planned(instrument, lawfile.version(instrument, name), at)
    if not plan.later:
        return Renumbering(instrument, plan.old, plan.new, (), (), ())
    record = catalog.records[LAWS][instrument.id]
    texts = {record.path: lawfile.text(catalog, record)}
    before = dict(texts)
    moved: list[Moved] = []
    for occurrence, told, values in _changes(catalog, plan):
        path = occurrence.record.path
        if path not in texts:
            texts[path] = before[path] = lawfile.text(catalog, occurrence.record)
        texts[path] = _amended(texts[path], occurrence.pointer, occurrence.record, values)
        moved += [told] if told else []
    _carry_exclusions(catalog, plan, texts, before)
    texts[record.path] = _adopted(texts[record.path], record, plan)
    mentions = tuple(_mentions(catalog, plan, texts))
    edits = tuple(Edit(path, before[path], text) for path, text in sorted(texts.items()) if text != before[path])
    return Renumbering(instrument, plan.old, plan.new, tuple(moved), mentions, edits)


def _planned(instrument: Instrument, new: Version, at: str) -> _Plan:
    old = instrument.named_numbers or _before(instrument, new)
    between = (one for one in instrument.versions if old.in_force < one.in_force <= new.in_force)
    later = tuple(sorted(between, key=lambda one: one.in_force))
    if new.in_force < old.in_force:
        raise Fault(f"{new.name}比现在采用的{old.name}早；条号只能换成更新的版本")
    unmapped = [one.name for one in later if not one.moves]
    if unmapped:
        raise Fault(
            f"《{instrument.short}》{'、'.join(unmapped)}没有条文对照，不知道哪一条移到哪里；"
            "请先写条文对照（quanze law map 可以起草）"
        )
    return _Plan(instrument, old, new, later, at)


def _changes(catalog: Catalog, plan: _Plan) -> Iterator[tuple[Occurrence[Citation], Moved | None, Mapping[str, Value]]]:
    """Yield each citation that changes, what is told of it, and the fields that change."""
    for occurrence in catalog.citations.get(plan.instrument.id, ()):
        found = _move(occurrence, plan) if _speaks(catalog, occurrence, plan) else None
        if found:
            yield (occurrence, *found)
    for occurrence in catalog.bases:
        text = _displacing(occurrence.value.by, plan)
        if text and day(catalog, occurrence, plan.at) >= plan.new.in_force:
            yield occurrence, None, {BY: text}


def _displacing(text: str, plan: _Plan) -> str:
    """Return a 取代依据 of the instrument with its new number; empty where it stays, or names another."""
    name = next((name for name in plan.instrument.names if text.removeprefix("《").startswith(name)), "")
    place = parse_place(text) if name else None
    fates = [*follow(place, plan.later)] if place else []
    if len(fates) != 1 or not fates[0].new[0]:
        return ""
    head = text.partition("第")[0]
    return f"{head}{describe(fates[0].new)}" if describe(place or fates[0].old) == text[len(head) :] else ""


def _before(instrument: Instrument, new: Version) -> Version:
    older = [one for one in instrument.versions if one.in_force < new.in_force]
    if not older:
        raise Fault(f"《{instrument.short}》{new.name}以前没有登记别的版本，没有条号可换")
    return max(older, key=lambda one: one.in_force)


def _speaks(catalog: Catalog, occurrence: Occurrence[Citation], plan: _Plan) -> bool:
    """Tell whether a citation speaks the old numbers and goes on to count when the new ones do."""
    if occurrence.value.version or occurrence.value.article is None:
        return False
    spoken = meant(catalog, plan.instrument, occurrence, plan.at)
    return spoken is plan.old and day(catalog, occurrence, plan.at) >= plan.new.in_force


def _move(occurrence: Occurrence[Citation], plan: _Plan) -> tuple[Moved, Mapping[str, Value]] | None:
    """Return what becomes of a citation, and the fields that change; None where the maps do not touch it."""
    citation = occurrence.value
    followed = [fate for place in citation.places for fate in follow(place, plan.later)]
    changes = tuple(dict.fromkeys(change for fate in followed for change in fate.changes))
    if not changes:
        return None
    try:
        values = _carried(citation, plan)
    except _ByHandError as why:
        told = Moved(occurrence.record, occurrence.pointer, str(citation), "", changes, str(why))
        return told, {VERSION: plan.old.name}
    after = Citation.of({**citation.data(), **values})
    return Moved(occurrence.record, occurrence.pointer, str(citation), str(after), changes), values


def _carried(citation: Citation, plan: _Plan) -> dict[str, Value]:
    """Return the fields of a citation that change; a _ByHandError where no single citation says the same."""
    have = citation.levels
    if any("之" in str(value) for value in have.values()):
        raise _ByHandError("它引了「之一」这样的条，条文对照里看不出")
    fates = [fate for place in citation.places for fate in _landed(place, plan)]
    gone = [fate for fate in fates if not fate.new[0]]
    if gone:
        raise _ByHandError(str(gone[0]))
    news = {fate.new for fate in fates}
    parts = [sorted({place[level] for place in news}) for level in range(3)]
    if any(0 in part and len(part) > 1 for part in parts[1:]):
        raise _ByHandError("它移到了几处，有的到条、有的到款")
    whole = {(a, p, i) for a in parts[0] for p in parts[1] for i in parts[2]}
    if whole != news:
        raise _ByHandError(f"它移到了几处：{'、'.join(map(describe, sorted(news)))}")
    values: dict[str, Value] = {}
    for unit, part in zip(UNITS, parts, strict=False):
        wanted = None if part == [0] else _numbers(have.get(unit), part)
        if have.get(unit) != wanted:
            values[unit] = wanted
    return values


def _landed(place: Place, plan: _Plan) -> tuple[Fate, ...]:
    """Return where a place goes; a _ByHandError where the map speaks of some of its 款 only."""
    first = next((one for one in plan.later if one.moves), plan.new)
    parts = {move.old[1] for move in rows(first.moves, place) if move.old and move.old[1] and not place[1]}
    if parts:
        outline = plan.old.outline
        every = range(1, len(outline.articles.get((place[0], 0), ())) + 1) if outline else ()
        if parts != {*every}:
            raise _ByHandError(f"{describe(place)}只有一部分写在条文对照里")
    return landings(place, plan.later)


def _numbers(have: Value, part: list[int]) -> Value:
    """Return numbers as the citation had them: one alone, a run, a list."""
    if set(numbers(have)) == set(part):
        return have
    if len(part) == 1:
        return part[0]
    if isinstance(have, str) and "至" in have and part == [*range(part[0], part[-1] + 1)]:
        return f"{part[0]}至{part[-1]}"
    return [*part]


def _amended(text: str, pointer: str, record: Record, values: Mapping[str, Value]) -> str:
    amended = amend(text, pointer, values, CITED)
    if amended is None:
        raise Fault(f"{record.path} 的{pointer}几个栏目写在同一行里，改不了；请先每个栏目写一行")
    return amended


def _adopted(text: str, record: Record, plan: _Plan) -> str:
    """Return the instrument's file with the version adopted, and the wording of the older one kept with it."""
    facts: dict[str, Value] = {NUMBERS: plan.new.name}
    if plan.instrument.text:
        facts[TEXT] = None
        if not plan.old.text:
            text = lawfile.with_version(text, record, plan.old, {TEXT: plan.instrument.text})
    text = lawfile.with_version(text, record, plan.new, {ADOPTED: max(plan.at, plan.new.in_force)})
    return lawfile.with_fields(text, record, facts)


def _carry_exclusions(catalog: Catalog, plan: _Plan, texts: dict[str, str], before: dict[str, str]) -> None:
    """Give the provisions without an item their new numbers too."""
    for one in exclusions(catalog).get(plan.instrument.id, ()):
        with suppress(_ByHandError):
            values = _carried(one.place, plan)
            if values:
                path = one.record.path
                text = texts.get(path) or lawfile.text(catalog, one.record)
                before.setdefault(path, text)
                texts[path] = _amended(text, one.pointer, one.record, values)


def _mentions(catalog: Catalog, plan: _Plan, after: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of running text that name an article of the instrument by a number that has moved."""
    names = "|".join(map(re.escape, sorted(plan.instrument.names, key=len, reverse=True)))
    number = "[零〇一二三四五六七八九十百]+"
    pattern = re.compile(rf"(?:{names})》?(第{number}条(?:第{number}[款项]){{0,2}})")
    for record in catalog:
        text = after.get(record.path) or lawfile.text(catalog, record)
        for line, words in (
            enumerate(text.split("\n"), 1) if any(name in text for name in plan.instrument.names) else ()
        ):
            if _THEIRS.match(words):
                continue
            for match in pattern.finditer(words):
                place = parse_place(match[1])
                fates = [fate for fate in follow(place, plan.later) if fate.moved] if place else []
                if fates:
                    yield f"{record.path}:{line}: 文字里写的{match[0]}没有改：{'，'.join(map(str, fates))}"
