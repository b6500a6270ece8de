"""A clerk's sheets → records: what stands in Excel, in a document or on a page is never typed again."""

from quanze.edit.importer.formats import read
from quanze.edit.importer.plan import Plan
from quanze.edit.importer.planning import plan
from quanze.edit.importer.problem import RULES, SheetProblem
from quanze.edit.importer.sheet import Sheet
from quanze.edit.importer.taking import Wishes
from quanze.edit.importer.words import NONE, OWN, MapAnswers, answers, own

__all__ = [
    "NONE", "OWN", "RULES", "MapAnswers", "Plan", "Sheet", "SheetProblem", "Wishes", "answers", "own", "plan", "read",
]  # fmt: skip
