"""YAML text ↔ data: the only package that knows the YAML library."""

from quanze.source.faults import RULES
from quanze.source.marks import Marks, Place, escape, marks
from quanze.source.reader import read
from quanze.source.writer import write

__all__ = ["RULES", "Marks", "Place", "escape", "marks", "read", "write"]
