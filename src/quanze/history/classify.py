"""From a record's steps and what came of them to its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.history import diff
from quanze.history.entry import Entry
from quanze.history.outcome import follow
from quanze.register.life import unpublished

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.history.entry import EntryKind
    from quanze.history.outcome import BlobPair, Fields, Outcome
    from quanze.history.walk import FileStep


def entries(
    chain: list[FileStep], fields: Fields, outcomes: Mapping[BlobPair, Outcome], edge: frozenset[str] = frozenset()
) -> Iterator[Entry]:
    """Yield the entries of one record, oldest first; a step that changes nothing one could read is none.

    `edge` are the commits at which a shallow clone breaks off.
    """
    status: str | None = None
    previous: Outcome | None = None
    for step, _, outcome in follow(chain, fields, outcomes.__getitem__):
        kind = _kind(step, status, previous, outcome)
        following = outcome.status if outcome and not outcome.fault else status
        if kind and following is not None and unpublished(following) and unpublished(status):
            kind = "拟"
        elif kind == "新增" and step.commit.id in edge:
            kind = "起点"
        if kind:
            yield Entry(
                commit=step.commit,
                key=step.key,
                kind=kind,
                path=step.path or step.old_path,
                changes=outcome.changes if outcome else (),
                fault=outcome.fault if outcome else "",
                old_path=step.old_path if step.path not in {"", step.old_path} else "",
                old_key=step.old_key,
                merged=step.merged,
                removed=not step.blob,
            )
        previous, status = outcome, following


def _kind(step: FileStep, status: str | None, previous: Outcome | None, outcome: Outcome | None) -> EntryKind | None:
    """Name a step; `status` is that of the newest version so far that could be read, None if none could."""
    if outcome is None:
        return "消失"
    if outcome.fault:
        return "不可读"
    if step.old_key:
        became = "变更" if status is None else diff.kind(status, outcome.status)
        return "改名" if became == "变更" else became
    if previous is None or status is None or outcome.changes:
        returned = previous is None and not unpublished(status)
        return "恢复" if returned else diff.kind(status, outcome.status)
    if previous.fault:
        return "修复"
    return "移动" if step.path != step.old_path else None
