"""How a citation that a change touches stands: what the rules found at its place, else what its law says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.law.standing import ABSENT, DISPLACED, IN_FORCE, MOVED, NOT_KEPT, NOT_YET, REPEALED, UNKNOWN, standing
from quanze.proof.proposal.shapes import Basis
from quanze.register.displaced import overtaken
from quanze.register.life import lives

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.base.model import Record
    from quanze.base.problem import Problem
    from quanze.history.diff import Change
    from quanze.law.citation import Citation
    from quanze.law.places import Step
    from quanze.register.catalog import Catalog
    from quanze.register.occurrences import Occurrence

_STATES = {
    "unknown-instrument": NOT_KEPT,
    "ambiguous-instrument": UNKNOWN,
    "unknown-version": UNKNOWN,
    "unparsed-basis": UNKNOWN,
    "blank-basis": UNKNOWN,
    "not-yet-in-force": NOT_YET,
    "repealed-instrument": REPEALED,
    "article-beyond-last": ABSENT,
    "no-such-paragraph": ABSENT,
    "no-such-item": ABSENT,
    "paragraph-without-items": ABSENT,
    "old-number": MOVED,
    "moved-provision": MOVED,
}
"""What a rule's finding at a citation means for it, the gravest first."""


def bases(
    catalog: Catalog, record: Record, changes: Sequence[Change] | None, problems: Sequence[Problem], at: str
) -> tuple[Basis, ...]:
    """Return the citations of a record that its changes touch; all of them where `changes` is None."""
    day = lives(catalog)[record.collection].day(record.data, at)
    return tuple(
        Basis(
            str(occurrence.value),
            occurrence.pointer,
            _laws(catalog, occurrence),
            _state(catalog, occurrence, problems, day),
        )
        for occurrence in _occurrences(catalog, record)
        if changes is None or any(_meets(occurrence.pointer, change) for change in changes)
    )


def _laws(catalog: Catalog, occurrence: Occurrence[Citation]) -> tuple[str, ...]:
    return tuple(one.id for one in catalog.named(occurrence.value.law))


def _occurrences(catalog: Catalog, record: Record) -> Iterator[Occurrence[Citation]]:
    return (occurrence for occurrence in catalog.bases if occurrence.record is record)


def _meets(pointer: str, change: Change) -> bool:
    """Tell whether a change is in a citation, or of what holds it."""
    if change.new is None and len(change.steps) > 1 and isinstance(change.steps[-1], int):
        return False  # an element that is gone: its place is another's now
    steps_ = "".join(f"/{step - 1 if isinstance(step, int) else step}" for step in change.steps) + "/"
    return f"{pointer}/".startswith(steps_) or steps_.startswith(f"{pointer}/")


def _state(catalog: Catalog, occurrence: Occurrence[Citation], problems: Sequence[Problem], day: str) -> str:
    here = [one for one in problems if f"{one.pointer}/".startswith(f"{occurrence.pointer}/")]
    stands = _stands(catalog, occurrence.value, day)
    if stands == IN_FORCE:  # a place that is there is old for sure only where the rule is
        here = [one for one in here if (one.rule, one.level) != ("old-number", "review")]
    return next((state for rule, state in _STATES.items() if rule in {one.rule for one in here}), stands)


def _stands(catalog: Catalog, citation: Citation, day: str) -> str:
    """Return the first state of the citation's places that is not 有效."""
    named = catalog.named(citation.law)
    if citation.displaced or len(named) != 1:
        return DISPLACED if citation.displaced else NOT_KEPT
    when, role = (citation.version, ""), citation.role
    places: list[Step | None] = [*citation.steps]
    found = ((place, standing(named[0], place, day, when=when, role=role)) for place in places or [None])
    states = (overtaken(catalog, named[0], place, one) for place, one in found)
    return next((f"部分{one.state}" if one.part else one.state for one in states if one.state != IN_FORCE), IN_FORCE)
