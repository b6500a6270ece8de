"""Powers, laws and changes as lines of JSON, each with the bureau that it is of: a database loads them as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.compact import compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quanze.portal.facts import AdoptedFact
    from quanze.portal.gathering import RegisterFacts
    from quanze.portal.reading import ChangeFact
    from quanze.portal.settings import PublishedSource
    from quanze.portal.state import SourceState


def powers(facts: RegisterFacts, source: PublishedSource, state: SourceState) -> bytes:
    """Return the powers of one register."""
    return _lines(_power(facts, source, _whose(source, state)))


def _power(facts: RegisterFacts, source: PublishedSource, whose: dict[str, object]) -> Iterator[dict[str, object]]:
    over = {fact.path: fact for fact in facts.adopted}
    for power in facts.powers:
        yield {
            **whose,
            "id": power.path.rstrip("/"),
            "url": source.url(power.path),
            "title": power.title,
            "type": power.type,
            "status": power.status,
            "ended": power.ended,
            "bodies": power.bodies,
            "adopted": _adopted(over.get(power.path)),
            "bases": [basis._asdict() for basis in power.bases],
            "sanctions": [{"when": it.when, "what": it.what, "fine": it.fine} for it in power.ranges],
            "tiers": [{"title": it.title, "lines": it.lines} for it in power.tiers],
            "exemptions": [{"title": it.title, "lines": it.lines} for it in power.exemptions],
        }


def _adopted(fact: AdoptedFact | None) -> dict[str, object] | None:
    if fact is None:
        return None
    there = fact.there.rstrip("/")
    return {"body": fact.body, "id": there, "dated": fact.dated or None, "sha256": fact.digest or None, "own": fact.own}


def laws(facts: RegisterFacts, source: PublishedSource, state: SourceState) -> bytes:
    """Return the instruments as one register has them."""
    whose = _whose(source, state)
    return _lines(
        {**whose, **law._asdict(), "versions": [version._asdict() for version in law.versions]} for law in facts.laws
    )


def changes(changed: Iterable[tuple[tuple[PublishedSource, SourceState], ChangeFact]]) -> bytes:
    """Return the changes of several registers."""
    return _lines({**_whose(*whose), **change._asdict()} for whose, change in changed)


def _whose(source: PublishedSource, state: SourceState) -> dict[str, object]:
    bureau = {"bureau": source.id, "body": source.body, "region": source.region}
    return bureau | ({"demonstration": True} if state.demonstration else {})


def _lines(objects: Iterable[dict[str, object]]) -> bytes:
    return b"".join(b"%b\n" % compact(fields) for fields in objects)
