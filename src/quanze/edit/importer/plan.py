"""What an import comes to: files made, files changed, what there is to say, and the whole as the JSON report."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from quanze.edit.importer import account
from quanze.edit.importer.problem import questions

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping

    from quanze.edit.changeset import Edit, NewFile
    from quanze.edit.importer.account import Told
    from quanze.edit.importer.draft import Draft
    from quanze.edit.importer.problem import Question, SheetProblem
    from quanze.edit.importer.taking import Taken


class Made(NamedTuple):
    """One record that the workbook gives or is about."""

    id: str
    path: str
    sheet: str
    row: int
    title: str
    done: str
    """new, updated or same."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import comes to."""

    edits: tuple[Edit | NewFile, ...] = ()
    problems: tuple[SheetProblem, ...] = ()
    rows: int = 0
    records: tuple[Made, ...] = ()
    laws: tuple[str, ...] = ()
    """The titles of the draft records of instruments."""
    citations: tuple[int, int] = (0, 0)
    """How many name their instrument, and how many stayed as they were written."""
    taken: tuple[Taken, ...] = ()
    ids: Mapping[Draft, str] = field(default_factory=dict)

    @property
    def cells(self) -> Iterator[Told]:
        """What became of every cell that has a text."""
        return account.cells(self.taken, self.ids)

    @property
    def counts(self) -> Counter[str]:
        """Of how many cells that have a text became what."""
        return account.counts(self.taken, self.ids)

    @property
    def errors(self) -> tuple[SheetProblem, ...]:
        """What was not written, and why."""
        return tuple(problem for problem in self.problems if problem.level == "error")

    @property
    def questions(self) -> list[Question]:
        """What is asked of the clerk."""
        return questions(self.problems)

    @property
    def open(self) -> bool:
        """Whether the sheets and the catalog do not agree when all is written."""
        return any(problem.level == "error" or problem.rule == "import-differs" for problem in self.problems)

    def count(self, done: str) -> int:
        """Return how many records are new, updated or the same."""
        return sum(record.done == done for record in self.records)

    def report(self) -> Iterator[str]:
        """Yield the JSON report piece by piece: counts, problems, citations, the records and every cell, one a line."""
        resolved, unresolved = self.citations
        whole: dict[str, object] = {
            "rows": self.rows,
            "records": len(self.records),
            "questions": [
                {**_problem(question.problems[0]), "places": len(question.problems)} for question in self.questions
            ],
            "problems": [_problem(problem) for problem in self.problems],
            "citations": {"resolved": resolved, "unresolved": unresolved},
            "made": [record._asdict() for record in self.records],
            "laws": list(self.laws),
        }
        yield "{\n"
        for name, value in whole.items():
            yield f"{_json(name)}: {_json(value)},\n"
        yield '"cells": ['
        mark = "\n"
        for cell in self.cells:
            yield mark + _json(cell._asdict())
            mark = ",\n"
        yield "\n]}\n"


def _problem(one: SheetProblem) -> dict[str, object]:
    place = {"sheet": one.sheet, "cell": one.cell, "row": one.row}
    return {**place, "rule": one.rule, "level": one.level, "message": one.message}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
