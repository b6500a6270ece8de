"""How a citation stands: told from what the rules found at its place, and never more than was looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.form.kinds import CITATION
from quanze.law.citation import written
from quanze.proof.proposal.shapes import Basis
from quanze.register.renewal import DISPLACED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.base.model import Record
    from quanze.base.problem import Problem
    from quanze.history.diff import Change
    from quanze.register.catalog import Catalog, Occurrence

_STATES = {
    "unknown-instrument": "未收录",
    "ambiguous-instrument": "名称指两部以上的文件",
    "unknown-version": "没有这个版本",
    "not-yet-in-force": "尚未施行",
    "repealed-instrument": "已废止",
    "article-beyond-last": "不存在",
    "no-such-paragraph": "不存在",
    "no-such-item": "不存在",
    "paragraph-without-items": "不存在",
    "old-number": "旧条号",
    "moved-provision": "旧条号或者有改动",
    "unparsed-basis": "没有拆成文件和条款",
    "blank-basis": "空的",
}
"""What a rule's finding at a citation means for it, the gravest first."""
UNCHECKED, CURRENT, UNKNOWN = "未核", "有效", "未收录"


def bases(
    catalog: Catalog, record: Record, changes: Sequence[Change] | None, problems: Sequence[Problem], at: str
) -> tuple[Basis, ...]:
    """Return the citations of a record that its changes touch; all of them where `changes` is None."""
    return tuple(
        Basis(
            written(occurrence.value),
            occurrence.pointer,
            _laws(catalog, occurrence),
            _state(catalog, occurrence, problems, at),
        )
        for occurrence in _occurrences(catalog, record)
        if changes is None or any(_meets(occurrence.pointer, change) for change in changes)
    )


def _laws(catalog: Catalog, occurrence: Occurrence) -> tuple[str, ...]:
    return tuple(one.id for one in catalog.named(occurrence.value.get("依据文件")))


def _occurrences(catalog: Catalog, record: Record) -> Iterator[Occurrence]:
    return (occurrence for occurrence in catalog.by_kind[CITATION] if occurrence.record is record)


def _meets(pointer: str, change: Change) -> bool:
    """Tell whether a change is in a citation, or of what holds it."""
    if change.new is None and len(change.steps) > 1 and isinstance(change.steps[-1], int):
        return False  # an element that is gone: its place is another's now
    steps = "".join(f"/{step - 1 if isinstance(step, int) else step}" for step in change.steps) + "/"
    return f"{pointer}/".startswith(steps) or steps.startswith(f"{pointer}/")


def _state(catalog: Catalog, occurrence: Occurrence, problems: Sequence[Problem], at: str) -> str:
    here = {one.rule for one in problems if f"{one.pointer}/".startswith(f"{occurrence.pointer}/")}
    told = next((state for rule, state in _STATES.items() if rule in here), "")
    if told:
        return told
    if occurrence.value.get("效力") in DISPLACED:
        return "被上位法取代"
    named = catalog.named(occurrence.value.get("依据文件"))
    if len(named) != 1:
        return UNKNOWN
    version = named[0].version(str(occurrence.value.get("版本", ""))) or named[0].in_force(at)
    known = version is not None and version.outline is not None and "条" in occurrence.value
    return CURRENT if known else UNCHECKED
