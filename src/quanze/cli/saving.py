"""What several commands do with a change: write it, check the register again, and tell what has come up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quanze.check.checking import check
from quanze.edit.changeset import save

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quanze.base.problem import Problem
    from quanze.check.checking import Checked
    from quanze.edit.changeset import Edit


class Recheck(NamedTuple):
    """The register after a change."""

    checked: Checked
    fresh: tuple[Problem, ...]
    """What was not there before; that lines have moved makes nothing new."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What of it blocks publication."""
        return tuple(problem for problem in self.fresh if problem.level == "error")

    @property
    def summary(self) -> str:
        """How many there are, in words."""
        return f"重新检查，新出现 {len(self.errors)} 个问题、{len(self.fresh) - len(self.errors)} 处待复核"


def save_and_check(before: Checked, edits: Sequence[Edit]) -> Recheck:
    """Write a change to a register that was checked, and check it again as of the same day."""
    root = before.catalog.root
    save(root, edits)
    after = check(root, before.at)
    known = {(problem.path, problem.rule, problem.message) for problem in before.problems}
    return Recheck(
        after,
        tuple(problem for problem in after.problems if (problem.path, problem.rule, problem.message) not in known),
    )
