"""The shapes of what is put forward for approval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quanze.base.problem import Problem
    from quanze.history.adjustment import OpenAdjustment
    from quanze.history.comparison import Comparison
    from quanze.history.delta import Changed
    from quanze.history.editions import ListSnapshot
    from quanze.history.wording import Difference
    from quanze.io import git
    from quanze.proof.proposal.suggestions import Suggestion
    from quanze.register.definition import Edition


@dataclass(frozen=True, slots=True)
class Basis:
    """A citation that is new or changed, and how it stands on the day of the check."""

    words: str
    pointer: str
    laws: tuple[str, ...]
    """The ids of the instruments that it can mean."""
    state: str
    """有效, 未核, 不存在, …: what the check knows of it."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """One record that differs."""

    changed: Changed
    url: str
    """The address of its page from the root; empty where it has none (any more)."""
    fields: tuple[Difference, ...]
    """Field by field in the form's words; a record that is new, or gone, with all that it says or said."""
    bases: tuple[Basis, ...]
    problems: tuple[Problem, ...]
    """What the check says of this record: errors and reviews."""
    adjustments: tuple[OpenAdjustment, ...]
    """The open ones that register it."""
    governed: bool
    """Whether it is of a list that has an edition: only then is it asked which approvals it has."""
    missing: tuple[str, ...]
    """Which approvals are missing, a sentence each."""
    suggestions: tuple[Suggestion, ...]
    """Lines as they should be, where a problem names the right value."""

    @property
    def kind(self) -> str:
        """What became of it, in a word; of a draft that is gone, that it is."""
        entry = self.changed.entry
        return f"{entry.kind}（删去）" if entry.kind == "拟" and entry.removed else entry.kind

    @property
    def cited(self) -> tuple[tuple[str, str], ...]:
        """The citations in words and how they stand, each once: a penalty's basis is cited again by its sanctions."""
        return tuple(dict.fromkeys((basis.words, basis.state) for basis in self.bases))


@dataclass(frozen=True, slots=True)
class Touched:
    """One list of which rows differ, or the list itself."""

    id: str
    title: str
    old: ListSnapshot | None
    new: ListSnapshot | None
    """As it stood and stands; None where the list is not there, or cannot be worked out as it was."""
    comparison: Comparison | None
    note: str
    """Why there is no comparison."""
    named: bool
    """Whether the list's own file differs."""
    newest: Edition | None
    """The edition that was published last: the list says something else from now on."""
    editions: tuple[Edition, ...]
    """Editions that are new in the list's file."""

    @property
    def differs(self) -> bool:
        """Whether the list, or one of its rows, says something else."""
        comparison = self.comparison
        return (
            self.named
            or comparison is None
            or bool(comparison.added or comparison.ended or comparison.changed or comparison.renumbered)
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything that is put forward."""

    at: str
    """The day on which the law was looked at."""
    title: str
    """Of the register."""
    body: str
    """Who publishes it."""
    disclaimer: str
    """The words of a demonstration; empty for a real register."""
    old: git.Commit
    new: git.Commit
    counts: Mapping[str, int]
    records: tuple[Submitted, ...]
    lists: tuple[Touched, ...]
    pages: tuple[str, ...]
    """The addresses, from the root, of every page that says something else."""
    errors: tuple[Problem, ...]
    """Errors in files that were not touched."""
    fresh: tuple[Problem, ...]
    """Reviews in files that were not touched, which were not there before."""
    others: int
    """How many reviews stand elsewhere, as they did before."""
    settled: int
    """How many reviews and errors are no longer there."""
    files: tuple[str, ...]
    """Files that differ and are no records."""
    uncommitted: tuple[str, ...]
    """Files that are changed and not yet recorded: they are checked, but not compared."""
