"""YAML text ↔ data: the only package that knows the YAML library."""

from quanze.io.yaml.faults import RULES, explain
from quanze.io.yaml.marks import Marks, Position, escape, marks, steps
from quanze.io.yaml.reader import MOST, read
from quanze.io.yaml.writer import write

__all__ = ["MOST", "RULES", "Marks", "Position", "escape", "explain", "marks", "read", "steps", "write"]
