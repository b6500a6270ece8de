"""A project → its catalog and every problem in it, each at its line and column."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from quanze.base.problem import Problem
from quanze.check import rules
from quanze.form.kinds.adoption import ADOPTION, Overlay
from quanze.io.file import held
from quanze.io.yaml import MOST, marks
from quanze.register import tree
from quanze.register.adopted import inherited
from quanze.register.adopting import theirs
from quanze.register.catalog import Catalog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from quanze.base.problem import Finding
    from quanze.check.rules import RuleResult, Waived
    from quanze.io.store import Store
    from quanze.register.reading import Seen

    Also = Callable[[Catalog], Iterable[RuleResult]]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: the sound records, and the problems sorted by place."""

    catalog: Catalog
    problems: tuple[Problem, ...]
    files: int
    at: str
    """The day on which the law was looked at."""
    waived: tuple[Waived, ...] = ()
    """The reviews that site.yaml lets stand for a while (豁免), each with its reason and last day."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that block publication."""
        return tuple(problem for problem in self.problems if problem.level == "error")

    @property
    def reviews(self) -> tuple[Problem, ...]:
        """The problems that are published and listed (待复核)."""
        return tuple(problem for problem in self.problems if problem.level == "review")


def check(
    root: Path, at: str, seen: Seen | None = None, also: Also | None = None, kept: Store | None = None
) -> Checked:
    """Read and check a whole project as of a day; raises Fault where it is no project.

    `seen` spares a later check in the same process the files that have not changed; `also` asks of the catalog what
    cannot be known from it alone; `kept` spares a later process what it would work out again.
    """
    loaded = tree.load(root, seen, kept)
    catalog = Catalog.of(root, loaded)
    found = rules.run(catalog, at, partial(also, catalog) if also else tuple, kept)
    problems = sorted((*loaded.problems, *_placed(root, found.open)))
    return Checked(catalog, tuple(problems), loaded.files, at, found.waived)


def _placed(root: Path, found: Iterable[tuple[str, Finding]]) -> Iterable[Problem]:
    """Give every finding its line and column; only files with findings are read again."""
    by_path: dict[str, list[tuple[str, Finding]]] = defaultdict(list)
    for rule, finding in found:
        by_path[finding.record.path].append((rule, finding))
    for path, findings in by_path.items():
        where = marks(held(root / path, MOST))
        told: set[tuple[str, str]] = set()
        for rule, finding in findings:
            if inherited(finding.record, finding.pointer):
                said = theirs(Overlay.of(finding.record.data.get(ADOPTION)), finding.message)
                if (rule, said) not in told:  # many places of the superior's are one place here
                    told.add((rule, said))
                    yield Problem(path, *where.key(f"/{ADOPTION}"), rule, said, finding.pointer, finding.level)
                continue
            line, column = (where.key if finding.at_key else where.value)(finding.pointer)
            yield Problem(path, line, column, rule, finding.message, finding.pointer, finding.level)
