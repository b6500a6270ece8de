"""All citations of an instrument at once from the numbers of one version to those of a later one, by its article maps.

What a map cannot carry over (a provision that is gone, one that became several) is pinned to the version that it was
written for, and left for a person.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.edit import lawfile
from quanze.edit.carrying import Adoption, ByHandError, adrift, carried
from quanze.edit.changeset import Edit
from quanze.edit.patch import amend
from quanze.edit.running_text import MentionedArticle, mentions, renamed, running_texts
from quanze.law.articlemap import describe, follow
from quanze.law.citation import BY, CITED, VERSION, Citation
from quanze.law.instrument import NUMBERS
from quanze.law.move import RENUMBERED, UNVERIFIED
from quanze.law.places import parse_place
from quanze.law.version import ADOPTED, TEXT
from quanze.register.adopted import inherited
from quanze.register.catalog import LAWS
from quanze.register.exclusions import exclusions
from quanze.register.numbering import day, meant
from quanze.register.occurrences import Occurrence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.base.model import Record, Value
    from quanze.law.instrument import Instrument
    from quanze.law.version import Version
    from quanze.register.catalog import Catalog


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
    mentions: tuple[MentionedArticle, ...]
    """Where running text names an article that has another number now."""
    edits: tuple[Edit, ...]


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
    mentions = tuple(_reworded(catalog, plan, texts, before))
    edits = tuple(Edit(path, before[path], text) for path, text in sorted(texts.items()) if text != before[path])
    return Renumbering(instrument, plan.old, plan.new, tuple(moved), mentions, edits)


def _planned(instrument: Instrument, new: Version, at: str) -> Adoption:
    old = instrument.named_numbers or _before(instrument, new)
    between = (version for version in instrument.versions if old.in_force < version.in_force <= new.in_force)
    later = tuple(sorted(between, key=lambda one: one.in_force))
    if new.in_force < old.in_force:
        raise Fault(f"{new.name}比现在采用的{old.name}早；条号只能换成更新的版本")
    unmapped = [one.name for one in later if not one.moves]
    if unmapped:
        raise Fault(
            f"《{instrument.short}》{'、'.join(unmapped)}没有条文对照，不知道哪一条移到哪里；"
            "请先写条文对照（quanze law map 可以起草）"
        )
    return Adoption(instrument, old, new, later, at)


def _changes(
    catalog: Catalog, plan: Adoption
) -> Iterator[tuple[Occurrence[Citation], Moved | None, Mapping[str, Value]]]:
    """Yield each citation that changes, what is told of it, and the fields that change."""
    for occurrence in catalog.citations.get(plan.instrument.id, ()):
        if inherited(occurrence.record, occurrence.pointer):
            continue  # a superior speaks his own numbers, and from now on the citation names their version
        found = _move(occurrence, plan) if _speaks(catalog, occurrence, plan) else None
        if found:
            yield (occurrence, *found)
    for occurrence in catalog.bases:
        text = _displacing(occurrence.value.by, plan)
        if (
            text
            and not inherited(occurrence.record, occurrence.pointer)
            and day(catalog, occurrence, plan.at) >= plan.new.in_force
        ):
            yield occurrence, None, {BY: text}


def _displacing(text: str, plan: Adoption) -> str:
    """Return a 取代依据 of the instrument with its new number; empty where it stays, or names another."""
    name = next((name for name in plan.instrument.names if text.removeprefix("《").startswith(name)), "")
    place = parse_place(text) if name else None
    fates = [*follow(place, plan.later)] if place else []
    if len(fates) != 1 or not fates[0].new[0]:
        return ""
    head = text.partition("第")[0]
    return f"{head}{describe(fates[0].new)}" if describe(place or fates[0].old) == text[len(head) :] else ""


def _before(instrument: Instrument, new: Version) -> Version:
    older = [version for version in instrument.versions if version.in_force < new.in_force]
    if not older:
        raise Fault(f"《{instrument.short}》{new.name}以前没有登记别的版本，没有条号可换")
    return max(older, key=lambda one: one.in_force)


def _speaks(catalog: Catalog, occurrence: Occurrence[Citation], plan: Adoption) -> bool:
    """Tell whether a citation speaks the old numbers and goes on to count when the new ones do."""
    if occurrence.value.version or occurrence.value.article is None:
        return False
    spoken = meant(catalog, plan.instrument, occurrence, plan.at)
    return spoken is plan.old and day(catalog, occurrence, plan.at) >= plan.new.in_force


def _move(occurrence: Occurrence[Citation], plan: Adoption) -> tuple[Moved, Mapping[str, Value]] | None:
    """Return what becomes of a citation, and the fields that change; None where the maps do not touch it."""
    citation = occurrence.value
    followed = [fate for place in citation.places for fate in follow(place, plan.later)]
    changes = tuple(dict.fromkeys(change for fate in followed for change in fate.changes))
    if not changes and any(adrift(place, plan) for place in citation.places):
        changes = (UNVERIFIED,)
    if not changes:
        return None
    try:
        values = carried(citation, plan)
    except ByHandError as why:
        told = Moved(occurrence.record, occurrence.pointer, str(citation), "", changes, str(why))
        return told, {VERSION: plan.old.name}
    after = Citation.of({**citation.data(), **values})
    return Moved(occurrence.record, occurrence.pointer, str(citation), str(after), changes), values


def _reworded(
    catalog: Catalog, plan: Adoption, texts: dict[str, str], before: dict[str, str]
) -> Iterator[MentionedArticle]:
    """Give the articles that running text names their new numbers, where it is certain which they are."""
    for text in running_texts(catalog, plan.instrument):
        occurrence = Occurrence(text.record, text.pointer, text.field, Citation())
        counts = day(catalog, occurrence, plan.at) >= plan.new.in_force and not inherited(text.record, text.pointer)
        if counts and meant(catalog, plan.instrument, occurrence, plan.at) is plan.old:
            found = [*mentions(catalog, plan, text)]
            if found:
                path = text.record.path
                source = texts.get(path) or lawfile.text(catalog, text.record)
                before.setdefault(path, source)
                texts[path], found = renamed(source, text, found)
                yield from found


def _amended(text: str, pointer: str, record: Record, values: Mapping[str, Value]) -> str:
    amended = amend(text, pointer, values, CITED)
    if amended is None:
        raise Fault(f"{record.path} 的{pointer}几个栏目写在同一行里，改不了；请先每个栏目写一行")
    return amended


def _adopted(text: str, record: Record, plan: Adoption) -> str:
    """Return the instrument's file with the version adopted, and the wording of the older one kept with it."""
    facts: dict[str, Value] = {NUMBERS: plan.new.name}
    if plan.instrument.text:
        facts[TEXT] = None
        if not plan.old.text:
            text = lawfile.with_version(text, record, plan.old, {TEXT: plan.instrument.text})
    text = lawfile.with_version(text, record, plan.new, {ADOPTED: max(plan.at, plan.new.in_force)})
    return lawfile.with_fields(text, record, facts)


def _carry_exclusions(catalog: Catalog, plan: Adoption, texts: dict[str, str], before: dict[str, str]) -> None:
    """Give the provisions without an item their new numbers too."""
    for exclusion in exclusions(catalog).get(plan.instrument.id, ()):
        with suppress(ByHandError):
            values = carried(exclusion.place, plan)
            if values:
                path = exclusion.record.path
                text = texts.get(path) or lawfile.text(catalog, exclusion.record)
                before.setdefault(path, text)
                texts[path] = _amended(text, exclusion.pointer, exclusion.record, values)
