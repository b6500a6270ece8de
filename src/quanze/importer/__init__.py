"""A clerk's sheet → records: the clerk never types again what stands in Excel."""

from quanze.importer.file import read
from quanze.importer.plan import Plan, Wishes, plan
from quanze.importer.problem import RULES, SheetProblem
from quanze.importer.sheet import Sheet

__all__ = ["RULES", "Plan", "Sheet", "SheetProblem", "Wishes", "plan", "read"]
