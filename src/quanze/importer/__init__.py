"""A clerk's sheet → records: the clerk never types again what stands in Excel."""

from quanze.importer.plan import Plan, Wishes, plan
from quanze.importer.problem import RULES, SheetProblem
from quanze.importer.sheet import Sheet, read

__all__ = ["RULES", "Plan", "Sheet", "SheetProblem", "Wishes", "plan", "read"]
