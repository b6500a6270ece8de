"""Three sides of every fact: what a register says now, what it took last, what stands here."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.base.value import texts
from quanze.edit.naming import NewIds
from quanze.edit.pulling.lock import mark
from quanze.edit.pulling.taking import amended, begun
from quanze.io.yaml import read
from quanze.law.facts import Fact, facts
from quanze.law.instrument import SUCCESSORS, Instrument
from quanze.register.catalog import LAWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quanze.base.model import Value
    from quanze.edit.changeset import Edit
    from quanze.edit.pulling.lock import LawPin
    from quanze.edit.pulling.source import Offer
    from quanze.form import Validator
    from quanze.register.catalog import Catalog


_HEIRS = Fact("", SUCCESSORS)


class Resolution(enum.Enum):
    """Whose word stands."""

    TAKEN = "取来"
    """Nobody has changed it here since it was taken, or it was not there."""
    OWN = "本处改过"
    """It was changed here, and not there: it stands, and is offered to the source."""
    BOTH = "两处不一致"
    """Nobody can tell by the past who is right: what stands here stands, and a person has to look."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One fact on which the two registers do not agree, and whose word stands."""

    fact: Fact
    resolution: Resolution
    own: Value
    """None where it does not stand here."""
    theirs: Value
    """None where it does not stand there."""


@dataclass(frozen=True, slots=True)
class PulledLaw:
    """What came of one law."""

    title: str
    new: bool
    """Whether this register did not have it."""
    settled: tuple[Settled, ...]
    refused: str = ""
    """Why nothing of it is taken; empty where nothing hinders."""


@dataclass(slots=True)
class Pulled:
    """What came of all."""

    laws: list[PulledLaw] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    marks: dict[str, dict[Fact, str]] = field(default_factory=dict)
    """The facts as the source has them now, for the lock."""
    others: list[str] = field(default_factory=list)
    """The laws that it has besides, and this register has not."""

    def of(self, resolution: Resolution) -> Iterator[tuple[PulledLaw, Settled]]:
        """Yield the facts on which one side's word stands."""
        for law in self.laws:
            yield from ((law, one) for one in law.settled if one.resolution is resolution)


def pull(catalog: Catalog, offer: Offer, pin: LawPin, wanted: Iterable[str] = (), take: Iterable[str] = ()) -> Pulled:
    """Work out what taking a source's facts comes to.

    The laws that this register has are looked at, those that are `wanted` besides, and what took the place of either.
    Of the laws in `take`, the source's word stands wherever the two differ.

    Raises:
        Fault: a law that was asked for is not there.

    """
    titles = {id_: one.title for id_, one in catalog.instruments.items()}
    own = {title: id_ for id_, title in titles.items()}
    forced = {_title(offer, name) for name in take}
    asked = [title for title in offer.laws if title in own] + [_title(offer, name) for name in wanted]
    chosen = _with_heirs(offer, asked)
    form, names = catalog.forms[LAWS], NewIds(catalog)
    ids = own | {title: names.new(form, offer.laws[title]) for title in chosen if title not in own}
    valid = form.validator
    pulled = Pulled(others=[title for title in offer.laws if title not in {*chosen}])
    for title in sorted(chosen, key=own.__contains__):  # what is new first: one that is refused is nobody's successor
        theirs = _with_known_heirs(offer.facts(title), ids)
        here = facts(catalog.records[LAWS][own[title]].data, titles) if title in own else {}
        base = pin.base(title) if title in own else {}
        settled = tuple(_settled(here, theirs, base, forced=title in forced, partial=offer.partial))
        if title in own:
            taken = {one.fact: one.theirs for one in settled if one.resolution is Resolution.TAKEN}
            if taken.get(_HEIRS):
                taken[_HEIRS] = [ids[heir] for heir in texts(taken[_HEIRS])]
            edit = amended(catalog, own[title], offer.laws[title], taken)
        else:
            edit = begun(catalog, offer.laws[title], ids, offer.ids)
        refused = _refused(valid, edit) if edit.old != edit.new else ""
        if refused:
            settled = tuple(one for one in settled if one.resolution is not Resolution.TAKEN)
            ids.pop(title)
        else:
            pulled.marks[title] = {fact: mark(value) for fact, value in theirs.items()}
            pulled.edits += [edit] if edit.old != edit.new else []
        pulled.laws.append(PulledLaw(title, title not in own, settled, refused))
    return pulled


def _settled(
    own: Mapping[Fact, Value], theirs: Mapping[Fact, Value], base: Mapping[Fact, str], *, forced: bool, partial: bool
) -> Iterator[Settled]:
    for fact in theirs if partial else dict.fromkeys((*theirs, *own)):
        here, there, was = own.get(fact), theirs.get(fact), base.get(fact)
        if here == there:
            continue
        untouched = was == (None if here is None else mark(here))
        unchanged = was == (None if there is None else mark(there))
        if untouched or (forced and there is not None):
            resolution = Resolution.TAKEN
        else:
            resolution = Resolution.OWN if unchanged else Resolution.BOTH
        yield Settled(fact, resolution, here, there)


def _with_known_heirs(theirs: Mapping[Fact, Value], ids: Mapping[str, str]) -> dict[Fact, Value]:
    """Return the facts without the laws that took a place and are not here: what is not taken is no fact to compare."""
    heirs: list[Value] = [title for title in texts(theirs.get(_HEIRS)) if title in ids]
    others = {fact: value for fact, value in theirs.items() if fact != _HEIRS}
    return others | ({_HEIRS: heirs} if heirs else {})


def _title(told: Offer, name: str) -> str:
    """Return the full title of a law that the source has; a Fault where it has none of that name."""
    plain = name.strip("《》")
    found = [title for title, data in told.laws.items() if plain in Instrument.of("", data).names]
    if not found:
        raise Fault(f"来源里没有《{plain}》；请写全称，如《安全生产法》")
    return found[0]


def _with_heirs(told: Offer, titles: Iterable[str]) -> list[str]:
    """Return the laws with those that took their place, and theirs, as far as the source has them."""
    chosen = dict.fromkeys(titles)
    waiting = [*chosen]
    while waiting:
        for title in texts(told.facts(waiting.pop()).get(_HEIRS)):
            if title in told.laws and title not in chosen:
                chosen[title] = None
                waiting.append(title)
    return [*chosen]


def _refused(valid: Validator, edit: Edit) -> str:
    """Return why a law's file, as it would be, does not fit the form of this register; empty where it does."""
    data, problems = read(edit.new.encode(), edit.path)
    told = [problem.message for problem in problems or valid.errors(data)]
    return told[0] if told else ""
