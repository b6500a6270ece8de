"""A clerk's sheet → records: the clerk never types again what stands in Excel."""

from quanze.edit.importer.file import read
from quanze.edit.importer.plan import Plan, Wishes, plan
from quanze.edit.importer.problem import RULES, SheetProblem
from quanze.edit.importer.sheet import Sheet

__all__ = ["RULES", "Plan", "Sheet", "SheetProblem", "Wishes", "plan", "read"]
